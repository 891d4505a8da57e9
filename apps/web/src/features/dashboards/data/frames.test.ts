import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrames } from './frames.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const frames = () =>
  createFrames({
    now: () => performance.now(),
    nextFrame: (run) => void setTimeout(run, 16),
    after: (delayMs, run) => void setTimeout(run, delayMs),
  })

/** Asks every few ms; counts how often it is run in each half second. */
const stream = async (everyMs: number, halves: number): Promise<number[]> => {
  const { ask } = frames()
  let runs = 0
  const run = () => {
    runs++
  }
  const counts: number[] = []
  for (let half = 0; half < halves; half++) {
    const before = runs
    for (let ms = 0; ms < 500; ms += everyMs) {
      ask(run)
      await vi.advanceTimersByTimeAsync(everyMs)
    }
    counts.push(runs - before)
  }
  return counts
}

describe('what asks for a frame', () => {
  it('gets it at once after a pause, and once however often it asks', async () => {
    const { ask } = frames()
    const run = vi.fn()
    ask(run)
    ask(run)
    await vi.advanceTimersByTimeAsync(0)
    expect(run).toHaveBeenCalledTimes(1)
    ask(run)
    await vi.advanceTimersByTimeAsync(0)
    expect(run).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(16)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('gets no more than ten a second in the long run, but some in a row at first', async () => {
    const [first = 0, second = 0, third = 0, fourth = 0] = await stream(20, 4)
    expect(first).toBeGreaterThan(9)
    expect([second, third, fourth]).toEqual([5, 5, 5])
  })

  it('gets all of them when it asks less often', async () => {
    expect(await stream(125, 4)).toEqual([4, 4, 4, 4])
  })

  it('loses nothing of what it asked for last', async () => {
    const { ask } = frames()
    let seen = 0
    for (let value = 1; value <= 100; value++) {
      ask(() => {
        seen = value
      })
      await vi.advanceTimersByTimeAsync(5)
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(seen).toBe(100)
  })

  it('is not run any more once it is cancelled', async () => {
    const { ask, cancel } = frames()
    const run = vi.fn()
    ask(run)
    cancel(run)
    await vi.advanceTimersByTimeAsync(500)
    expect(run).not.toHaveBeenCalled()
  })
})
