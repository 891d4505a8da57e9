import { expect, test } from 'vitest'
import { uuidV7 } from './uuid.ts'

test('ids that are made one after the other sort so, in one millisecond, too', () => {
  const ids = Array.from({ length: 10_000 }, () => uuidV7(1_700_000_000_000))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('they are version 7 with the time in front', () => {
  expect(uuidV7(1_700_000_000_001)).toMatch(/^018bcfe5-6801-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
