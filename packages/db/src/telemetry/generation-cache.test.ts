import { expect, test } from 'vitest'
import { createGenerationCache } from './generation-cache.ts'

test('keeps what is used and forgets the rest, within twice its limit', () => {
  const cache = createGenerationCache<number, string>(10)
  cache.set(0, 'used')
  for (let n = 1; n <= 100; n++) {
    cache.set(n, 'once')
    expect(cache.get(0)).toBe('used')
  }
  const kept = Array.from({ length: 101 }, (_, n) => n).filter((n) => cache.get(n) !== undefined)
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept).toContain(100)
})

test('a deleted entry is gone from both generations', () => {
  const cache = createGenerationCache<string, number>(1)
  cache.set('a', 1)
  cache.set('b', 2)
  cache.delete('a')
  cache.delete('b')
  expect([cache.get('a'), cache.get('b')]).toEqual([undefined, undefined])
})
