import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createKeptConnection } from './kept-connection.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const world = (outcomes: (string | Error)[]) => {
  const told: unknown[] = []
  const closed: string[] = []
  let opened = 0
  const kept = createKeptConnection<string>({
    open: async () => {
      const outcome = outcomes[opened++] ?? new Error('nothing more')
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    close: async (connection) => void closed.push(connection),
    suspended: (reason) => void told.push(reason instanceof Error ? reason.message : reason),
    patience: { firstMs: 100, mostMs: 300 },
  })
  return { kept, told, closed, count: () => opened }
}

test('opens with the first need, once for all who need it', async () => {
  const { kept, count } = world(['one'])
  expect(count()).toBe(0)
  expect(await Promise.all([kept.get(), kept.get()])).toEqual(['one', 'one'])
  expect(count()).toBe(1)
})

test('after a failure it answers the reason at once, and tries again by itself, ever more patiently', async () => {
  const { kept, told, count } = world([new Error('away'), new Error('away'), new Error('still'), 'back'])
  await expect(kept.get()).rejects.toThrow('away')
  await expect(kept.get()).rejects.toThrow('away')
  expect(count()).toBe(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(count()).toBe(2)
  await vi.advanceTimersByTimeAsync(199)
  expect(count()).toBe(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(count()).toBe(3)
  await expect(kept.get()).rejects.toThrow('still')
  await vi.advanceTimersByTimeAsync(300)
  expect(await kept.get()).toBe('back')
  expect(told).toEqual(['away', 'away', 'still', null])
})

test('a connection that is lost is opened anew at once', async () => {
  const { kept, told, closed } = world(['one', 'two'])
  await kept.get()
  kept.lost('one', new Error('cut'))
  expect(await kept.get()).toBe('two')
  expect(closed).toEqual(['one'])
  expect(told).toEqual([null, 'cut', null])
  kept.lost('one', new Error('late news'))
  expect(await kept.get()).toBe('two')
})

test('a closed one opens nothing any more, neither by itself nor on demand', async () => {
  const { kept, count, closed } = world([new Error('away'), 'back'])
  await expect(kept.get()).rejects.toThrow('away')
  await kept.close()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(count()).toBe(1)
  await expect(kept.get()).rejects.toThrow('The client has been closed')
  const other = world(['one'])
  await other.kept.get()
  await other.kept.close()
  expect(other.closed).toEqual(['one'])
  expect(closed).toEqual([])
})

test('a connection that opens only after the end is closed again', async () => {
  const { kept, closed } = world(['one'])
  const opening = kept.get()
  await kept.close()
  await expect(opening).rejects.toThrow('The client has been closed')
  expect(closed).toEqual(['one'])
})
