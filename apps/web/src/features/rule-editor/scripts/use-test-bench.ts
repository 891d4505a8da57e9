import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DocNode } from '../model/document.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { prettyJson } from './difference.ts'
import { casesOf, freeName, removeCase, sameMessage, saveCase, type ScriptCase } from './script-cases.ts'
import { languageIn, type NodeScript, textIn } from './script-kinds.ts'
import { runScript, type ScriptRun } from './script-run.ts'
import { nothingYet, stockMessage, type TestMessage } from './seen-messages.ts'
import { useTestMessage } from './test-message.ts'
import { useSeenMessages } from './use-script-scope.ts'

/** What stands on the bench: a message, what is expected of it, and the case that it was taken from. */
type BenchDraft = { message: TestMessage; expected: string | null; caseName: string | null }

/** What was on the benches of nodes that were open before, while the page lives. */
const kept = new Map<string, BenchDraft>()

const newest = ([message]: readonly TestMessage[]): TestMessage | null => (message ? laid(message) : null)

/** As it is shown and kept: nothing of when it was seen. */
const laid = ({ type, data, metadata }: TestMessage): TestMessage => ({ type, data: prettyJson(data), metadata })

const madeUp = ({ kind }: NodeScript, text: string, keys: readonly string[]): TestMessage =>
  kind === 'generate' ? nothingYet : stockMessage(text, keys)

/** `isReal`: the first message is one that was seen or kept; it stays, even when newer ones are known. */
const useDraft = (nodeId: string, initial: BenchDraft, isReal: boolean) => {
  const [changed, setChanged] = useState<BenchDraft | null>(() => kept.get(nodeId) ?? null)
  const set = useCallback(
    (draft: BenchDraft) => {
      kept.set(nodeId, draft)
      setChanged(draft)
    },
    [nodeId],
  )
  useEffect(() => {
    if (isReal && changed === null) set(initial)
  }, [isReal, changed, set, initial])
  return { draft: changed ?? initial, set, isTouched: changed !== null }
}

/** Everything about trying the script of a node. */
export const useTestBench = (node: DocNode, script: NodeScript) => {
  const store = useEditorStore()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const seen = useSeenMessages(node.id)
  const cases = useMemo(() => casesOf(node), [node])
  const language = languageIn(node.configuration)
  const text = textIn(node.configuration, script, language)
  const [first] = cases
  const initial = useMemo<BenchDraft>(
    () =>
      first
        ? { message: first.message, expected: first.expected, caseName: first.name }
        : { message: newest(seen.messages) ?? madeUp(script, text, seen.keys ?? []), expected: null, caseName: null },
    [first, seen.messages, seen.keys, script, text],
  )
  const { draft, set, isTouched } = useDraft(node.id, initial, first !== undefined || seen.messages.length > 0)
  const [run, setRun] = useState<ScriptRun | null>(null)
  const [isRunning, setRunning] = useState(false)
  const [results, setResults] = useState<ReadonlyMap<string, ScriptRun>>(new Map())
  const take = useCallback(
    (message: TestMessage) => {
      set({ message: laid(message), expected: null, caseName: null })
      setRun(null)
    },
    [set],
  )
  useTestMessage(node.id, take)

  const work = { script, language, text }
  const current = cases.find(({ name }) => name === draft.caseName)
  const runOne = async () => {
    set(draft)
    setRunning(true)
    const done = await runScript(work, draft.message, draft.expected)
    setRun(done)
    setRunning(false)
  }
  /** One after the other, as the engine takes them. */
  const runAll = async () => {
    setRunning(true)
    setResults(new Map())
    for (const one of cases) {
      const done = await runScript(work, one.message, one.expected)
      setResults((before) => new Map([...before, [one.name, done]]))
      if (one.name === draft.caseName) setRun(done)
    }
    setRunning(false)
  }
  return {
    ...{
      node,
      script,
      language,
      text,
      seen,
      cases,
      draft,
      run,
      isRunning,
      isReadOnly,
      isTouched,
      runOne,
      runAll,
      take,
      takeStock: () => take(madeUp(script, text, seen.keys ?? [])),
    },
    /** Differs from the case that it was taken from, or is none yet. */
    isChanged: !current || current.expected !== draft.expected || !sameMessage(current.message, draft.message),
    /** Of the cases as they and the script were when they ran. */
    resultOf: ({ name, message, expected }: ScriptCase): ScriptRun | null => {
      const found = results.get(name)
      return found && found.text === text && found.expected === expected && sameMessage(found.message, message)
        ? found
        : null
    },
    /** What was tried is not what stands there now. */
    isStale:
      run !== null &&
      (run.text !== text || run.expected !== draft.expected || !sameMessage(run.message, draft.message)),
    setMessage: (change: Partial<TestMessage>) => set({ ...draft, message: { ...draft.message, ...change } }),
    setExpected: (expected: string | null) => set({ ...draft, expected }),
    open: ({ name, message, expected }: ScriptCase) => {
      set({ message, expected, caseName: name })
      setRun(results.get(name) ?? null)
    },
    save: (wanted: string) => {
      const name =
        draft.caseName ??
        freeName(
          wanted,
          cases.map((one) => one.name),
        )
      store.edit('tests', saveCase(node.id, { name, message: draft.message, expected: draft.expected }))
      set({ ...draft, caseName: name })
    },
    saveAsNew: (wanted: string) => {
      const name = freeName(
        wanted,
        cases.map((one) => one.name),
      )
      store.edit('tests', saveCase(node.id, { name, message: draft.message, expected: draft.expected }))
      set({ ...draft, caseName: name })
    },
    rename: (one: ScriptCase, name: string) => {
      store.edit('tests', saveCase(node.id, { ...one, name }, one.name))
      if (draft.caseName === one.name) set({ ...draft, caseName: name })
    },
    remove: (one: ScriptCase) => {
      store.edit('tests', removeCase(node.id, one.name))
      if (draft.caseName === one.name) set({ ...draft, caseName: null })
    },
    setText: isReadOnly
      ? undefined
      : (next: string) =>
          store.edit(
            'settings',
            (document) => {
              const now = document.nodes[node.id]
              const configuration = now?.configuration
              if (!now || typeof configuration !== 'object' || configuration === null) return document
              const changed = { ...now, configuration: { ...configuration, [script.keys[language]]: next } }
              return { ...document, nodes: { ...document.nodes, [node.id]: changed } }
            },
            `${node.id} ${script.keys[language]}/`,
          ),
  }
}
export type TestBench = ReturnType<typeof useTestBench>
