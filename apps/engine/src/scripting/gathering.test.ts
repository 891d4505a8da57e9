import { expect, test } from 'vitest'
import { createGathering } from './gathering.ts'

/** Calls that end when they are told to, and what went into each. */
const world = (options: { maxCalls?: number; maxSize?: number; worthwhileSize?: number; patienceMs?: number } = {}) => {
  const calls: { key: string; inputs: readonly number[]; end(error?: Error): void }[] = []
  const gathering = createGathering<{ key: string }, number, string>({
    maxCalls: 1,
    maxSize: 100,
    ...options,
    sizeOf: (inputs) => inputs.length,
    call: ({ key }, inputs) =>
      new Promise((resolve, reject) => {
        calls.push({ key, inputs, end: (error) => (error ? reject(error) : resolve(inputs.map((n) => `${key}${n}`))) })
      }),
  })
  return { ...gathering, calls }
}

test('what comes while a call is under way goes into the next one, and each gets its own answers', async () => {
  const { run, calls } = world()
  const all = Promise.all([
    run({ key: 'a' }, [1]),
    run({ key: 'a' }, [2, 3]),
    run({ key: 'a' }, []),
    run({ key: 'a' }, [4]),
  ])
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1]])
  calls[0]?.end()
  await Promise.resolve()
  await expect.poll(() => calls.length).toBe(2)
  expect(calls[1]?.inputs).toEqual([2, 3, 4])
  calls[1]?.end()
  expect(await all).toEqual([['a1'], ['a2', 'a3'], [], ['a4']])
})

test('another key does not wait', () => {
  const { run, calls } = world()
  void run({ key: 'a' }, [1])
  void run({ key: 'b' }, [2])
  expect(calls.map(({ key }) => key)).toEqual(['a', 'b'])
})

test('as many calls as allowed are under way, and none is larger than allowed unless one batch is', async () => {
  const { run, calls } = world({ maxCalls: 2, maxSize: 3 })
  const all = Promise.all([[1], [2], [3, 4], [5, 6], [7, 8, 9, 10, 11]].map((inputs) => run({ key: 'a' }, inputs)))
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1], [2]])
  for (let ended = 0; ended < 5; ended++) {
    await expect.poll(() => calls.length).toBeGreaterThan(ended)
    calls[ended]?.end()
  }
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1], [2], [3, 4], [5, 6], [7, 8, 9, 10, 11]])
  expect((await all).flat()).toHaveLength(11)
})

test('a call that fails fails its batches, and those after it run', async () => {
  const { run, calls } = world()
  const first = run({ key: 'a' }, [1])
  const second = run({ key: 'a' }, [2])
  calls[0]?.end(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await expect.poll(() => calls.length).toBe(2)
  calls[1]?.end()
  expect(await second).toEqual(['a2'])
})

test('beside a call another one begins when enough waits', () => {
  const { run, calls } = world({ maxCalls: 2, worthwhileSize: 3, patienceMs: 1_000_000 })
  void run({ key: 'a' }, [1])
  void run({ key: 'a' }, [2, 3])
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1]])
  void run({ key: 'a' }, [4])
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1], [2, 3, 4]])
})

test('what is not worth a call beside another waits for the end of that one, but not for long', async () => {
  const { run, calls } = world({ maxCalls: 2, worthwhileSize: 3, patienceMs: 30 })
  const first = run({ key: 'a' }, [1])
  const second = run({ key: 'a' }, [2])
  calls[0]?.end()
  await first
  await expect.poll(() => calls.length).toBe(2)
  void run({ key: 'a' }, [3])
  expect(calls).toHaveLength(2)
  await expect.poll(() => calls.length).toBe(3)
  calls[1]?.end()
  expect(await second).toEqual(['a2'])
})
