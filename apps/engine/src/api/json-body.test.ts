import { expect, test } from 'vitest'
import { nestsDeeperThan } from './json-body.ts'

test.each([
  ['[[1]]', 2, false],
  ['[[1]]', 1, true],
  ['{"a":{"b":[1]}}', 2, true],
  ['["[[[[", "{{{{"]', 1, false],
  ['["\\"[[["]', 1, false],
  ['[[],[],[]]', 2, false],
  ['', 0, false],
])('%s deeper than %i: %s', (text, limit, expected) => {
  expect(nestsDeeperThan(text, limit)).toBe(expected)
})
