import type { ChainTest, ChainTestReport } from '@thingwire/contracts'
import type { ChainDocument, DocNode } from '../model/document.ts'

export type TestRun =
  | { kind: 'running' }
  | { kind: 'done'; report: ChainTestReport; of: ChainDocument }
  /** It could not be run at all; `reason` for people. */
  | { kind: 'failed'; reason: string; of: ChainDocument }

export type Runs = ReadonlyMap<string, TestRun>

/** Two tests with the same content are the same test: what one did, the other does. */
export const keyOfTest = (test: ChainTest): string => JSON.stringify(test)

const worksAlike = (one: DocNode | undefined, other: DocNode | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.className === other.className &&
    one.name === other.name &&
    one.configuration === other.configuration &&
    one.configurationVersion === other.configurationVersion &&
    one.queueName === other.queueName &&
    one.bypass === other.bypass)

/** Whether messages would fare the same in both; places, notes and descriptions do not matter to them. */
export const doesTheSame = (one: ChainDocument, other: ChainDocument): boolean =>
  one === other ||
  (one.entry === other.entry &&
    (one.wires === other.wires || haveSame(one.wires, other.wires, (a, b) => a === b)) &&
    (one.nodes === other.nodes || haveSame(one.nodes, other.nodes, worksAlike)))

const haveSame = <T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  isSame: (a: T | undefined, b: T | undefined) => boolean,
): boolean => {
  const ids = Object.keys(one)
  return ids.length === Object.keys(other).length && ids.every((id) => isSame(one[id], other[id]))
}

/** How a test stands for the present drawing. */
export type TestState = 'new' | 'running' | 'passed' | 'failed' | 'stale'

export const stateOf = (run: TestRun | undefined, document: ChainDocument): TestState => {
  if (!run) return 'new'
  if (run.kind === 'running') return 'running'
  if (!doesTheSame(run.of, document)) return 'stale'
  return run.kind === 'done' && run.report.passed ? 'passed' : 'failed'
}

export type TestTally = Record<TestState, number> & { all: number }

export const tallyOf = (document: ChainDocument, runs: Runs): TestTally => {
  const tally: TestTally = { all: document.tests.length, new: 0, running: 0, passed: 0, failed: 0, stale: 0 }
  for (const test of document.tests) tally[stateOf(runs.get(keyOfTest(test)), document)] += 1
  return tally
}

/** What tests of one open chain have come to. */
export class TestRuns {
  #runs: Runs = new Map()
  readonly #listeners = new Set<() => void>()

  readonly get = (): Runs => this.#runs
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  put(entries: Iterable<readonly [ChainTest, TestRun | null]>): void {
    const runs = new Map(this.#runs)
    for (const [test, run] of entries) {
      if (run) runs.set(keyOfTest(test), run)
      else runs.delete(keyOfTest(test))
    }
    this.#runs = runs
    for (const listener of this.#listeners) listener()
  }
}
