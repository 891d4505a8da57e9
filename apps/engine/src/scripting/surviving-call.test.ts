import type { ScriptInput } from '@thingwire/rules'
import { describe, expect, test } from 'vitest'
import type { CallResult } from './script-child.ts'
import { processDied, type RunInProcess, runSurviving } from './surviving-call.ts'

const inputs = (count: number): ScriptInput[] =>
  Array.from({ length: count }, (_, n) => ({ data: String(n), metadata: {}, type: 'A' }))
const answerOf = ({ data }: ScriptInput) => ({ ok: true, value: [data] }) as const

/** A process that ends at each of `fatal`, and after so many messages in each of the runs that `killed` lists. */
const world = ({ fatal = [], killed = {} }: { fatal?: string[]; killed?: Record<number, number> }) => {
  const runs: { count: number; isAlone: boolean }[] = []
  const run: RunInProcess = async (batch, isAlone): Promise<CallResult> => {
    const until = killed[runs.length] ?? Number.POSITIVE_INFINITY
    runs.push({ count: batch.length, isAlone })
    const ends = batch.findIndex(({ data }, at) => at >= until || fatal.includes(data))
    const answered = ends < 0 ? batch : batch.slice(0, ends)
    return { answers: answered.map(answerOf), strikes: 0, hasDied: ends >= 0 }
  }
  return { run, runs }
}
const right = (count: number) => inputs(count).map(answerOf)

describe('a call whose process ends', () => {
  test('costs no message when somebody killed it, however often', async () => {
    const { run, runs } = world({ killed: { 0: 3, 1: 2, 2: 0, 4: 0 } })
    expect(await runSurviving(run, inputs(10), false)).toEqual({ answers: right(10), strikes: 0 })
    expect(runs.slice(0, 4)).toEqual([
      { count: 10, isAlone: false },
      { count: 7, isAlone: true },
      { count: 1, isAlone: true },
      { count: 1, isAlone: true },
    ])
  })

  test('costs the message that ends every process, and strikes its script', async () => {
    const { run } = world({ fatal: ['4'] })
    const { answers, strikes } = await runSurviving(run, inputs(10), false)
    expect(answers).toEqual(right(10).map((answer, n) => (n === 4 ? processDied : answer)))
    expect(strikes).toBe(1)
  })

  test('costs no more processes once it is clear that its script ends them all', async () => {
    const { run, runs } = world({ fatal: inputs(50).map(({ data }) => data) })
    const { answers, strikes } = await runSurviving(run, inputs(50), false)
    expect(answers).toEqual(inputs(50).map(() => processDied))
    expect([strikes, runs.length]).toEqual([3, 8])
  })

  test('is no call of a trial more than once', async () => {
    const { run, runs } = world({ fatal: ['0'] })
    expect(await runSurviving(run, inputs(1), true)).toEqual({ answers: [processDied], strikes: 1 })
    expect(runs).toHaveLength(2)
  })
})

test('a call that is not disturbed is one call', async () => {
  const { run, runs } = world({})
  expect(await runSurviving(run, inputs(5), false)).toEqual({ answers: right(5), strikes: 0 })
  expect(runs).toHaveLength(1)
})
