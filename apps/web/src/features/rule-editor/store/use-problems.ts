'use client'
import { useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiError } from '@/api/http.ts'
import { getRuleChain } from '@/api/rule-chains.ts'
import { findManifest } from '../catalogue.ts'
import { type ChainProblem, type ChainProblems, calledChain, createProblemFinder } from '../model/problems.ts'
import { scriptProblemsIn } from '../scripts/use-script-errors.ts'
import type { EditorState, EditorStore } from './editor-store.ts'
import { useEditor, useEditorStore } from './use-editor.ts'

const finders = new WeakMap<EditorStore, ReturnType<typeof createProblemFinder>>()

const problemsIn = (store: EditorStore, { history, missingChains }: EditorState): ChainProblems => {
  const known = finders.get(store)
  const find = known ?? createProblemFinder(findManifest)
  if (!known) finders.set(store, find)
  return find(history.present, missingChains, scriptProblemsIn(store))
}

/** Everything that is wrong or odd about the open document. */
export const useProblems = (): ChainProblems => {
  const store = useEditorStore()
  return useEditor((state) => problemsIn(store, state))
}

/** Whether the open document can be published; for buttons, which are not to be drawn for every edit. */
export const useErrorCount = (): number => {
  const store = useEditorStore()
  return useEditor((state) => problemsIn(store, state).counts.error)
}

const none: readonly ChainProblem[] = []

/** Those of one node; the same list until they are others. */
export const useNodeProblems = (id: string): readonly ChainProblem[] => {
  const store = useEditorStore()
  return useEditor((state) => problemsIn(store, state).byNode.get(id) ?? none)
}

/** Finds out which of the chains that nodes name are not there. Mounted once for an open chain. */
export const useReferences = (): void => {
  const store = useEditorStore()
  const called = useEditor(({ history }) => calledIn(history.present.nodes))
  const ids = called === '' ? [] : called.split(' ')
  const missing = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['rule-chain', id, 'exists'],
      queryFn: ({ signal }: { signal: AbortSignal }) => isThere(id, signal),
      staleTime: 60_000,
    })),
    combine: (answers) => ids.filter((_, index) => answers[index]?.data === false).join(' '),
  })
  useEffect(() => {
    store.set({ missingChains: new Set(missing === '' ? [] : missing.split(' ')) })
  }, [store, missing])
}

const calledOf = new WeakMap<EditorState['history']['present']['nodes'], string>()

const calledIn = (nodes: EditorState['history']['present']['nodes']): string => {
  const known = calledOf.get(nodes)
  if (known !== undefined) return known
  const called = [...new Set(Object.values(nodes).flatMap((node) => calledChain(node) ?? []))].sort().join(' ')
  calledOf.set(nodes, called)
  return called
}

const isThere = async (id: string, signal: AbortSignal): Promise<boolean> => {
  try {
    await getRuleChain(id, signal)
    return true
  } catch (error) {
    if (error instanceof ApiError && [400, 404].includes(error.status)) return false
    throw error
  }
}
