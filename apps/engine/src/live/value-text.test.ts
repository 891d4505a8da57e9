import { expect, test } from 'vitest'
import { valueText } from './value-text.ts'

test.each([
  [23, '23'],
  [23.5, '23.5'],
  [-0.25, '-0.25'],
  [1e21, '1000000000000000000000'],
  [1.5e-7, '0.00000015'],
  [-2e-10, '-0.0000000002'],
  [true, 'true'],
  ['text', 'text'],
  [{ a: [1] }, '{"a":[1]}'],
  [null, ''],
])('%j is %s', (value, text) => {
  expect(valueText(value)).toBe(text)
})
