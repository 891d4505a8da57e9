import { useQueries, useQuery } from '@tanstack/react-query'
import type { ScriptLanguage, ScriptLibrary } from '@thingwire/contracts'
import { usedLibraries } from '@thingwire/rules'
import { useParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { getSamples } from '../../../api/rule-debug.ts'
import { getScriptLibrary, lastDebugMessage, listDeviceKeys, listScriptLibraries } from '../../../api/scripts.ts'
import { findManifest } from '../catalogue.ts'
import type { ChainDocument } from '../model/document.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import type { Suggest } from './code-types.ts'
import { functionsOf } from './library-functions.ts'
import type { NodeScript } from './script-kinds.ts'
import type { ScriptFrame } from './script-problem.ts'
import { messageOfDebugEvent, readJsonText, type SeenMessage } from './seen-messages.ts'
import { shapeOf, shapeOfKeys } from './shape.ts'
import type { ScriptScope, suggestIn } from './suggest.ts'

/** The chain of the page. */
const useChainId = (): string | null => {
  const params = useParams<{ id?: string | string[] }>()
  const id = params?.id
  return typeof id === 'string' ? id : null
}

type Sender = { ruleNodeId: string; connection: string }
/** So many wires are asked for messages when none is known of the node itself. */
const mostSenders = 8

const sendersOf = (document: ChainDocument, nodeId: string): Sender[] =>
  Object.values(document.wires)
    .filter(({ to }) => to === nodeId)
    .flatMap(({ from, labels }) => labels.map((connection) => ({ ruleNodeId: from, connection })))
    .slice(0, mostSenders)

/** Messages that came to a node, else along the wires that lead to it, else the last one of its debug events; newest first. */
const seenBy = async (
  place: { ruleChainId: string; nodeId: string; senders: readonly Sender[]; isPublished: boolean },
  signal: AbortSignal,
): Promise<SeenMessage[]> => {
  const { ruleChainId, nodeId, senders, isPublished } = place
  const own = await getSamples({ ruleChainId, ruleNodeId: nodeId }, signal)
  const found =
    own.length > 0 ? own : (await Promise.all(senders.map((one) => getSamples({ ruleChainId, ...one }, signal)))).flat()
  if (found.length > 0)
    return found
      .map(({ at, error, message: { type, data, metadata } }) => ({
        ...{ at, type, data, metadata },
        isFailed: error !== null,
      }))
      .sort((a, b) => b.at - a.at)
  if (!isPublished) return []
  const debugged = messageOfDebugEvent(await lastDebugMessage(nodeId, signal), Date.now())
  return debugged ? [debugged] : []
}

const fresh = 10_000
const nobody: readonly SeenMessage[] = []

/** Messages that a node's script can be tried with, and the keys that devices have when there are none. */
export const useSeenMessages = (nodeId: string) => {
  const ruleChainId = useChainId()
  const store = useEditorStore()
  const isPublished = useEditor(({ published }) => published.nodes[nodeId] !== undefined)
  const seen = useQuery({
    queryKey: ['rule-chain', ruleChainId, 'messages-for-script', nodeId],
    queryFn: ({ signal }) =>
      seenBy(
        { ruleChainId: ruleChainId ?? '', nodeId, isPublished, senders: sendersOf(store.document, nodeId) },
        signal,
      ),
    enabled: ruleChainId !== null,
    staleTime: fresh,
  })
  const messages = seen.data ?? nobody
  const keys = useQuery({
    queryKey: ['device-keys'],
    queryFn: ({ signal }) => listDeviceKeys(signal),
    enabled: seen.isFetched && messages.length === 0,
    staleTime: 60_000,
  })
  return { messages, keys: keys.data, isPending: seen.isPending && ruleChainId !== null, refetch: seen.refetch }
}

const together = (answers: readonly { data: ScriptLibrary | undefined }[]) => {
  const loaded = answers.flatMap(({ data }) => (data ? [data] : []))
  return {
    loaded: loaded.length,
    functions: loaded.flatMap(({ name, body }) => functionsOf(body).map((one) => ({ ...one, library: name }))),
  }
}

const useLibraries = (language: ScriptLanguage, text: string) => {
  const all = useQuery({
    queryKey: ['script-libraries', language],
    queryFn: ({ signal }) => listScriptLibraries(language, signal),
    staleTime: fresh,
  })
  const names = usedLibraries(text)
  const wanted = (all.data ?? []).filter(({ name }) => names.includes(name))
  const used = useQueries({
    queries: wanted.map(({ id, version }) => ({
      queryKey: ['script-library', id.id, version],
      queryFn: ({ signal }: { signal: AbortSignal }) => getScriptLibrary(id.id, signal),
      staleTime: fresh,
    })),
    combine: together,
  })
  const isComplete = all.data !== undefined && used.loaded === wanted.length
  return { all: all.data, functions: used.functions, isComplete: names.length === 0 || isComplete }
}

/** Labels that a switch may name: those of its wires, and those that its manifest has. */
const labelsOf = (document: ChainDocument, nodeId: string): string[] => {
  const drawn = Object.values(document.wires).flatMap(({ from, labels }) => (from === nodeId ? labels : []))
  const connections = findManifest(document.nodes[nodeId]?.className ?? '')?.connections
  const known = Array.isArray(connections) ? connections : []
  return [...new Set([...drawn, ...known])].filter((label) => label !== 'Failure')
}

/** Labels of the wires that leave a node, each in a line; the same text while they are the same. */
const wiredFrom = (document: ChainDocument, nodeId: string): string =>
  [...new Set(Object.values(document.wires).flatMap(({ from, labels }) => (from === nodeId ? labels : [])))].join('\n')

const usualTypes = ['POST_TELEMETRY_REQUEST', 'POST_ATTRIBUTES_REQUEST', 'ACTIVITY_EVENT', 'INACTIVITY_EVENT', 'ALARM']

/** The words of two languages are as much as the rest of the page's scripts: they come when a script is opened. */
const useSuggesting = (): typeof suggestIn | null => {
  const [loaded, setLoaded] = useState<typeof suggestIn | null>(null)
  useEffect(() => {
    let isGone = false
    void import('./suggest.ts').then((module) => isGone || setLoaded(() => module.suggestIn))
    return () => {
      isGone = true
    }
  }, [])
  return loaded
}

/** What is known around a script: for suggestions and for looking at its text. Both are the same object while nothing changes. */
export const useScriptScope = (
  node: { id: string; script: NodeScript; language: ScriptLanguage },
  text: string,
): { suggest: Suggest; frame: ScriptFrame } => {
  const { id, script, language } = node
  const store = useEditorStore()
  const { messages, keys } = useSeenMessages(id)
  const { all, functions, isComplete } = useLibraries(language, text)
  const wired = useEditor(({ history }) => wiredFrom(history.present, id))
  const frame = useMemo<ScriptFrame>(
    () => ({
      ...{ language, kind: script.kind, args: script.args },
      imports: isComplete ? functions.map(({ name }) => name) : null,
      libraries: all?.map(({ name }) => name) ?? null,
      // Before anything is wired, no label leads anywhere; that is not worth a word at each of them.
      labels: wired === '' ? null : wired.split('\n'),
    }),
    [language, script, functions, isComplete, all, wired],
  )
  const known = useMemo(
    () => ({
      data: messages.length > 0 ? shapeOf(messages.map(({ data }) => readJsonText(data))) : shapeOfKeys(keys ?? []),
      metadata: shapeOf(messages.map(({ metadata }) => metadata)),
      messageTypes: [...new Set([...messages.map(({ type }) => type), ...usualTypes])],
    }),
    [messages, keys],
  )
  const suggesting = useSuggesting()
  const scope = useRef<() => ScriptScope>(null)
  scope.current = () => ({
    ...{ language, kind: script.kind, args: script.args, functions },
    ...known,
    labels: labelsOf(store.document, id),
    libraries: all ?? [],
  })
  const suggest = useMemo<Suggest>(
    () => (value, at, isAsked) => {
      const read = scope.current
      return read && suggesting ? suggesting(read)(value, at, isAsked) : null
    },
    [suggesting],
  )
  return { suggest, frame }
}
