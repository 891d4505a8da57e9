import { expect, test } from 'vitest'
import { fitWithin } from './picture.ts'

test.each([
  [
    { width: 4000, height: 3000 },
    { width: 640, height: 480 },
    { width: 640, height: 480 },
  ],
  [
    { width: 3000, height: 4000 },
    { width: 640, height: 480 },
    { width: 360, height: 480 },
  ],
  [
    { width: 100, height: 50 },
    { width: 640, height: 480 },
    { width: 100, height: 50 },
  ],
  [
    { width: 100, height: 50 },
    { width: 0, height: Number.NaN },
    { width: 100, height: 50 },
  ],
  [
    { width: 10_000, height: 1 },
    { width: 100, height: 100 },
    { width: 100, height: 1 },
  ],
])('%j within %j is %j', (natural, most, size) => {
  expect(fitWithin(natural, most)).toEqual(size)
})
