import { expect, test } from 'vitest'
import { createQueueLine } from './queue-line.ts'

test('while no batch stands aside nobody is held, and nothing is noted', () => {
  const line = createQueueLine()
  const first = line.enter(() => expect.unreachable())
  expect([first.isHeld('x'), line.isEmpty()]).toEqual([false, true])
})

test('lanes of a batch that stands aside are held for later batches, in the order of these', async () => {
  const line = createQueueLine()
  const first = line.enter(() => ['x', 'y'])
  first.standAside(['x'])
  const second = line.enter(() => ['x', 'y'])
  const third = line.enter(() => ['x'])
  expect([second.isHeld('x'), second.isHeld('y'), third.isHeld('x')]).toEqual([true, false, true])
  const released = second.released()
  first.leave()
  await released
  expect([second.isHeld('x'), third.isHeld('x')]).toEqual([false, true])
  second.leave()
  expect([third.isHeld('x'), line.isEmpty()]).toEqual([false, false])
  third.leave()
  expect(line.isEmpty()).toBe(true)
})

test('a batch that leaves before its turn lets nobody go before the first', () => {
  const line = createQueueLine()
  const first = line.enter(() => [])
  first.standAside(['x'])
  const second = line.enter(() => ['x'])
  const third = line.enter(() => ['x'])
  second.leave()
  expect(third.isHeld('x')).toBe(true)
  first.leave()
  expect(third.isHeld('x')).toBe(false)
})

test('a batch that is not held itself may come to stand aside for more of its lanes', () => {
  const line = createQueueLine()
  const first = line.enter(() => [])
  first.standAside(['x'])
  const second = line.enter(() => ['x', 'y'])
  second.standAside(['x', 'y'])
  const third = line.enter(() => ['y'])
  first.leave()
  expect([second.isHeld('x'), third.isHeld('y')]).toEqual([false, true])
  second.leave()
  expect(third.isHeld('y')).toBe(false)
})
