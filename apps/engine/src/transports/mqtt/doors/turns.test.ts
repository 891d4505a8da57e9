import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTurns } from './turns.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const begun = (most: number, count: number) => {
  const turns = createTurns({ most, holdMs: 1_000 })
  const order: number[] = []
  const taken = Array.from({ length: count }, (_, n) => turns.take(() => order.push(n)))
  return { order, taken, turns }
}

test('as many begin as may, and the next in order when one ends', () => {
  const { order, taken } = begun(2, 5)
  expect(order).toEqual([0, 1])
  taken[1]?.end()
  expect(order).toEqual([0, 1, 2])
  taken[1]?.end()
  expect(order).toEqual([0, 1, 2])
  for (const turn of taken) turn.end()
  expect(order).toEqual([0, 1, 2, 3, 4])
})

test('one that gives up before its turn does not get it', () => {
  const { order, taken } = begun(1, 3)
  taken[1]?.end()
  taken[0]?.end()
  expect(order).toEqual([0, 2])
})

test('one that takes too long keeps nobody waiting', () => {
  const { order, taken } = begun(2, 4)
  vi.advanceTimersByTime(999)
  expect(order).toEqual([0, 1])
  vi.advanceTimersByTime(1)
  expect(order).toEqual([0, 1, 2, 3])
  taken[0]?.end()
  taken[2]?.end()
  expect(order).toEqual([0, 1, 2, 3])
})

test('work that ends within its own begin leaves no place taken', () => {
  const turns = createTurns({ most: 1, holdMs: 1_000 })
  const first = turns.take(() => {})
  let count = 0
  const next = [1, 2, 3].map(() =>
    turns.take(() => {
      count++
    }),
  )
  first.end()
  for (const turn of next) turn.end()
  expect(count).toBe(3)
})
