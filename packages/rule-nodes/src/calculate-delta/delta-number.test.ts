import { expect, test } from 'vitest'
import { leniently, roundHalfUp } from './delta-number.ts'

test.each([
  [2.345, 2, 2.35],
  [2.344, 2, 2.34],
  [-2.345, 2, -2.35],
  [1.005, 2, 1.01],
  [0.5, 0, 1],
  [-0.5, 0, -1],
  [0.4, 0, 0],
  [15, -1, 20],
  [14, -1, 10],
  [5, -1, 10],
  [5, -2, 0],
  [12.5, 5, 12.5],
  [1e21, 2, 1e21],
  [1.5e-7, 7, 2e-7],
  [0, 3, 0],
])('%d to %i decimals is %d', (value, decimals, rounded) => {
  expect(roundHalfUp(value, decimals)).toBe(rounded)
})

test.each([
  [5, 5],
  ['12.5', 12.5],
  [' 7 ', 7],
  ['-1e2', -100],
  ['abc', 0],
  ['', 0],
  ['0x10', 0],
  ['NaN', 0],
  [true, 1],
  [false, 0],
  [null, 0],
  [{ a: 1 }, 0],
  [[5], 0],
])('%j is read as %d', (value, number) => {
  expect(leniently(value)).toBe(number)
})
