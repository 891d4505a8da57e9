import { expect, test } from 'vitest'
import { pageSteps } from './page-steps.ts'

test('steps of the usual size, or of the size that a file names', () => {
  expect(pageSteps(10, null, null)).toEqual([10, 20, 30])
  expect(pageSteps(10, 25, 2)).toEqual([10, 25, 50])
})

test('never none, and never more than a page can hold', () => {
  expect(pageSteps(5, 0, 0)).toEqual([5])
  expect(pageSteps(100, 5_000, 3)).toEqual([100, 1_000])
})
