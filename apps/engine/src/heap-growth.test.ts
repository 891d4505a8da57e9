import { expect, test } from 'vitest'
import { heapGrowth } from './heap-growth.ts'

test('a small process has room, a large one is careful, and in between nothing changes', () => {
  expect([100, 229, 230, 269, 270, 400].map((mb) => heapGrowth(60, mb))).toEqual([60, 60, 60, 60, 25, 25])
  expect([400, 269, 230, 229].map((mb) => heapGrowth(25, mb))).toEqual([25, 25, 25, 60])
})
