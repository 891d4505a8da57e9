import { expect, test } from 'vitest'
import { heapGrowth } from './heap.ts'

test('a small process has room, a large one is careful, and in between nothing changes', () => {
  expect([100, 324, 325, 344, 345, 400].map((mb) => heapGrowth(60, mb))).toEqual([60, 60, 60, 60, 20, 20])
  expect([400, 344, 325, 324].map((mb) => heapGrowth(20, mb))).toEqual([20, 20, 20, 60])
})
