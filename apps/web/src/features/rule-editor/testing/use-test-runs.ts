'use client'
import type { ChainTest } from '@thingwire/contracts'
import { useSyncExternalStore } from 'react'
import { runChainTests } from '@/api/rule-tests.ts'
import { toData } from '../model/document.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { TestRuns } from './test-runs.ts'

const runsOf = new WeakMap<EditorStore, TestRuns>()

const testRuns = (store: EditorStore): TestRuns => {
  const known = runsOf.get(store)
  if (known) return known
  const made = new TestRuns()
  runsOf.set(store, made)
  return made
}

/** Tests that go together in one call; their reports come together. */
const atOnce = 10

/** What the tests of the open chain have come to, and the way to run some of them on the drawing as it stands. */
export const useTestRuns = (ruleChainId: string) => {
  const store = useEditorStore()
  const results = testRuns(store)
  const runs = useSyncExternalStore(results.subscribe, results.get, results.get)

  const runSome = async (tests: readonly ChainTest[]) => {
    const of = store.document
    try {
      const reports = await runChainTests(ruleChainId, toData(of).metadata, tests)
      results.put(
        tests.flatMap((test, index) => {
          const report = reports[index]
          return report ? [[test, { kind: 'done', report, of }] as const] : []
        }),
      )
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      results.put(tests.map((test) => [test, { kind: 'failed', reason, of }] as const))
    }
  }

  const run = async (tests: readonly ChainTest[]): Promise<void> => {
    results.put(tests.map((test) => [test, { kind: 'running' }] as const))
    for (let from = 0; from < tests.length; from += atOnce) await runSome(tests.slice(from, from + atOnce))
  }
  return { runs, run }
}
