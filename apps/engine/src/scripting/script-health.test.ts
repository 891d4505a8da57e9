import { expect, test } from 'vitest'
import { createScriptHealth, maxStrikes, suspensionMs } from './script-health.ts'

const call = { messages: 10, errors: 1, timeMs: 5, strikes: 0 }
const struck = { ...call, strikes: 1 }

const health = () => {
  let nowMs = 1_000_000
  return { ...createScriptHealth(() => nowMs), later: (ms: number) => (nowMs += ms) }
}

test('calls, messages, errors and time of a script add up', () => {
  const { note, statistics } = health()
  note('a', call)
  note('a', call)
  note('b', call)
  expect(statistics('a')).toEqual({
    calls: 2,
    messages: 20,
    errors: 2,
    timeMs: 10,
    state: 'active',
    suspendedUntil: null,
  })
  expect(statistics('c')).toBeNull()
})

test('errors alone suspend nothing', () => {
  const { note, stateOf } = health()
  for (let n = 0; n < 100; n++) note('a', { ...call, errors: 10 })
  expect(stateOf('a')).toBe('active')
})

test('a script is watched after its first strike and suspended after the third', () => {
  const { note, stateOf, statistics } = health()
  expect([note('a', struck), stateOf('a')]).toEqual([false, 'watched'])
  expect([note('a', struck), stateOf('a')]).toEqual([false, 'watched'])
  expect([note('a', struck), stateOf('a')]).toEqual([true, 'suspended'])
  expect(statistics('a')).toMatchObject({ state: 'suspended', suspendedUntil: 1_000_000 + suspensionMs })
  expect(stateOf('b')).toBe('active')
})

test('a suspended script is tried again after a while, and one more strike suspends it anew', () => {
  const { note, stateOf, later } = health()
  note('a', { ...struck, strikes: maxStrikes + 5 })
  later(suspensionMs - 1)
  expect(stateOf('a')).toBe('suspended')
  later(1)
  expect(stateOf('a')).toBe('watched')
  expect([note('a', struck), stateOf('a')]).toEqual([true, 'suspended'])
})

test('strikes are forgotten a while after the last one', () => {
  const { note, stateOf, later } = health()
  note('a', { ...struck, strikes: 2 })
  later(2 * suspensionMs)
  expect(stateOf('a')).toBe('active')
  expect([note('a', struck), stateOf('a')]).toEqual([false, 'watched'])
})
