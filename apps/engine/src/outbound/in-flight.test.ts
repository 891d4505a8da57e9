import { expect, test } from 'vitest'
import { createInFlight, tooManyPending } from './in-flight.ts'

const signal = new AbortController().signal

const calls = () => {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const call = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
  }
  return { started, call, end: (name: string) => ends.get(name)?.() }
}

test('lets so many run, and the next one when one has ended, in their order', async () => {
  const { started, call, end } = calls()
  const inFlight = createInFlight({ most: 2, mostPending: 10 })
  const results = ['a', 'b', 'c', 'd'].map((name) => inFlight.run(call(name), signal))
  await Promise.resolve()
  expect(started).toEqual(['a', 'b'])
  end('b')
  expect(await results[1]).toBe('b')
  await Promise.resolve()
  expect(started).toEqual(['a', 'b', 'c'])
  end('a')
  end('c')
  await results[2]
  await Promise.resolve()
  end('d')
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd'])
})

test('refuses at once what would have to wait behind too many', async () => {
  const { call, end } = calls()
  const inFlight = createInFlight({ most: 1, mostPending: 1 })
  const first = inFlight.run(call('a'), signal)
  const second = inFlight.run(call('b'), signal)
  await expect(inFlight.run(call('c'), signal)).rejects.toThrow(tooManyPending)
  end('a')
  await first
  await Promise.resolve()
  end('b')
  expect(await second).toBe('b')
})

test('a call that fails gives its place on', async () => {
  const inFlight = createInFlight({ most: 1, mostPending: 1 })
  const first = inFlight.run(() => Promise.reject(new Error('no')), signal)
  const second = inFlight.run(async () => 'b', signal)
  await expect(first).rejects.toThrow('no')
  expect(await second).toBe('b')
})

test('who gives up while waiting has never run, and leaves its place to the next one', async () => {
  const { started, call, end } = calls()
  const inFlight = createInFlight({ most: 1, mostPending: 2 })
  const first = inFlight.run(call('a'), signal)
  const stop = new AbortController()
  const second = inFlight.run(call('b'), stop.signal)
  const third = inFlight.run(call('c'), signal)
  stop.abort(new Error('enough'))
  await expect(second).rejects.toThrow('enough')
  end('a')
  await first
  await Promise.resolve()
  end('c')
  expect(await third).toBe('c')
  expect(started).toEqual(['a', 'c'])
})
