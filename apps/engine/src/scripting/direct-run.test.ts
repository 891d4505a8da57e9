import type { ScriptInput } from '@thingwire/rules'
import { expect, test } from 'vitest'
import { createDirectRun } from './direct-run.ts'

const inputs = (texts: string): ScriptInput[] => [...texts].map((data) => ({ data, metadata: {}, type: 'A' }))
const inSandbox = async (some: readonly ScriptInput[]) =>
  some.map(({ data }) => ({ ok: false as const, error: `${data} in the sandbox` }))

test('answers stand in the order of the messages, whoever gave them', async () => {
  const noted: number[] = []
  const run = createDirectRun(
    ({ data }) => (data === 'x' ? undefined : [data]),
    (messages) => noted.push(messages),
  )
  expect(await run(inputs('axb'), inSandbox)).toEqual([
    { ok: true, value: ['a'] },
    { ok: false, error: 'x in the sandbox' },
    { ok: true, value: ['b'] },
  ])
  expect(noted).toEqual([2])
})

test('a script that mostly needs the sandbox gets it at once after a while', async () => {
  let asked = 0
  const run = createDirectRun(
    ({ data }) => {
      asked++
      return data === 'a' ? [data] : undefined
    },
    () => {},
  )
  for (let batch = 0; batch < 10; batch++) await run(inputs('axx'.repeat(30)), inSandbox)
  expect(asked).toBe(200)
})

test('a batch that takes long lets others have their turn', async () => {
  let timeMs = 0
  const noted: number[] = []
  const run = createDirectRun(
    ({ data }) => {
      timeMs += 0.04
      return [data]
    },
    (_, usedMs) => noted.push(usedMs),
    () => timeMs,
  )
  let turns = 0
  const others = setImmediate(() => {
    turns++
    // Time that others take is none of the script's.
    timeMs += 1_000
  })
  const answers = await run(inputs('a'.repeat(100)), inSandbox)
  clearImmediate(others)
  expect([answers.length, turns]).toEqual([100, 1])
  expect(noted[0]).toBeCloseTo(4)
})

test('a script that takes long is left to the sandbox, from the message on that showed it', async () => {
  let timeMs = 0
  const run = createDirectRun(
    ({ data }) => {
      timeMs += data === 'x' ? 4 : 0.01
      return [data]
    },
    () => {},
    () => timeMs,
  )
  const byWhom = async (texts: string) => (await run(inputs(texts), inSandbox)).map(({ ok }) => (ok ? 'here' : 'there'))
  expect(await byWhom('aaa')).toEqual(['here', 'here', 'here'])
  expect(await byWhom('xxxxx')).toEqual(['here', 'here', 'here', 'here', 'there'])
  expect(await byWhom('a')).toEqual(['there'])
})

test('a script that had to wait for a processor stays', async () => {
  let timeMs = 0
  const run = createDirectRun(
    ({ data }) => {
      timeMs += data === 'x' ? 1_000 : 0.01
      return [data]
    },
    () => {},
    () => timeMs,
  )
  for (let batch = 0; batch < 20; batch++)
    expect((await run(inputs(`x${'a'.repeat(100)}`), inSandbox)).every(({ ok }) => ok)).toBe(true)
})

test('a batch of dear messages goes to the sandbox, a few of them do not, and whether they are dear is seen again', async () => {
  let timeMs = 0
  let costMs = 0.04
  const run = createDirectRun(
    ({ data }) => {
      timeMs += costMs
      return [data]
    },
    () => {},
    () => timeMs,
  )
  const isHere = async (count: number) => (await run(inputs('a'.repeat(count)), inSandbox)).every(({ ok }) => ok)
  // The first batch may be slow for other reasons.
  expect([await isHere(100), await isHere(100), await isHere(100)]).toEqual([true, true, false])
  expect([await isHere(1), await isHere(12), await isHere(13)]).toEqual([true, true, false])
  costMs = 0.01
  const later: boolean[] = []
  for (let batch = 0; batch < 20; batch++) later.push(await isHere(100))
  expect(later.indexOf(true)).toBe(13)
  expect(later.slice(13).every(Boolean)).toBe(true)
})
