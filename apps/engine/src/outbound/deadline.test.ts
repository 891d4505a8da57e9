import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { limited, within } from './deadline.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = () => new Promise<string>(() => {})
const open = new AbortController().signal

test('work that is done in time leaves no timer and no listener behind', async () => {
  const stop = new AbortController()
  const heard: AbortSignal[] = []
  const done = limited(100, stop.signal, async (signal) => {
    heard.push(signal)
    return 'done'
  })
  expect(await done).toBe('done')
  const failed = limited(100, stop.signal, (signal) => {
    heard.push(signal)
    return Promise.reject(new Error('no'))
  })
  await expect(failed).rejects.toThrow('no')
  expect(await within(100, Promise.resolve('done'))).toBe('done')
  expect(vi.getTimerCount()).toBe(0)
  stop.abort()
  expect(heard.map(({ aborted }) => aborted)).toEqual([false, false])
})

test('work that takes too long hears that it is given up', async () => {
  let heard: AbortSignal | undefined
  const late = limited(100, open, (signal) => {
    heard = signal
    return never()
  })
  const told = expect(late).rejects.toThrow('no answer within 100 ms')
  await vi.advanceTimersByTimeAsync(100)
  await told
  expect(heard?.aborted).toBe(true)
})

test('work is given up with the signal, and does not begin when that has aborted before', async () => {
  const stop = new AbortController()
  const stopped = expect(limited(100, stop.signal, never)).rejects.toThrow('enough')
  stop.abort(new Error('enough'))
  await stopped
  const work = vi.fn(never)
  await expect(limited(100, stop.signal, work)).rejects.toThrow('enough')
  expect(work).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
