import { expect, test } from 'vitest'
import { heapGrowth } from './heap-growth.ts'

test('a small process has room, a large one is careful, and in between nothing changes', () => {
  expect([100, 319, 320, 349, 350, 400].map((mb) => heapGrowth(60, mb))).toEqual([60, 60, 60, 60, 25, 25])
  expect([400, 349, 320, 319].map((mb) => heapGrowth(25, mb))).toEqual([25, 25, 25, 60])
})
