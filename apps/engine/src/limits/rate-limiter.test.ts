import { expect, test } from 'vitest'
import { createRateLimiter, parseRateLimit } from './rate-limiter.ts'

const clock = () => {
  let nowMs = 0
  return { now: () => nowMs, pass: (ms: number) => (nowMs += ms) }
}
const takes = (limiter: ReturnType<typeof createRateLimiter>, limit: string, times: number, key = 'a') =>
  Array.from({ length: times }, () => limiter.take(key, limit)).filter(Boolean).length

test.each([null, undefined, ''])('%j limits nothing', (limit) => {
  const limiter = createRateLimiter({ now: () => 0 })
  expect(Array.from({ length: 1_000 }, () => limiter.take('a', limit)).every(Boolean)).toBe(true)
})

test('as many pass at once as the bucket holds, then one for each refilled token', () => {
  const { now, pass } = clock()
  const limiter = createRateLimiter({ now })
  expect(takes(limiter, '10:1', 20)).toBe(10)
  pass(99)
  expect(takes(limiter, '10:1', 5)).toBe(0)
  pass(1)
  expect(takes(limiter, '10:1', 5)).toBe(1)
  pass(350)
  expect(takes(limiter, '10:1', 5)).toBe(3)
})

test('an idle bucket fills up and no further', () => {
  const { now, pass } = clock()
  const limiter = createRateLimiter({ now })
  takes(limiter, '10:1', 10)
  pass(3_600_000)
  expect(takes(limiter, '10:1', 50)).toBe(10)
})

test('every bucket must have a token, and a refusal takes from none', () => {
  const { now, pass } = clock()
  const limiter = createRateLimiter({ now })
  expect(takes(limiter, '5:1,8:60', 10)).toBe(5)
  pass(1_000)
  expect(takes(limiter, '5:1,8:60', 10)).toBe(3)
  pass(7_500)
  expect(takes(limiter, '5:1,8:60', 10)).toBe(1)
})

test('keys do not share tokens', () => {
  const limiter = createRateLimiter({ now: () => 0 })
  expect(takes(limiter, '2:1', 5, 'a')).toBe(2)
  expect(takes(limiter, '2:1', 5, 'b')).toBe(2)
})

test('a changed limit takes effect at once', () => {
  const limiter = createRateLimiter({ now: () => 0 })
  expect(takes(limiter, '2:1', 5)).toBe(2)
  expect(takes(limiter, '7:1', 10)).toBe(7)
})

test('several tokens are taken together or not at all', () => {
  const limiter = createRateLimiter({ now: () => 0 })
  expect(limiter.take('a', '10:1', 6)).toBe(true)
  expect(limiter.take('a', '10:1', 6)).toBe(false)
  expect(limiter.take('a', '10:1', 4)).toBe(true)
})

test('a limit is divided among the processes that count', () => {
  let processes = 1
  const { now, pass } = clock()
  const limiter = createRateLimiter({ now, shares: () => processes })
  expect(takes(limiter, '10:1', 20)).toBe(10)
  processes = 4
  expect(takes(limiter, '10:1', 20)).toBe(3)
  pass(400)
  expect(takes(limiter, '10:1', 20)).toBe(1)
})

test('the least used keys are forgotten first', () => {
  const limiter = createRateLimiter({ now: () => 0, maxKeys: 2 })
  takes(limiter, '1:1', 1, 'a')
  takes(limiter, '1:1', 1, 'b')
  takes(limiter, '1:1', 1, 'c')
  expect(takes(limiter, '1:1', 1, 'c')).toBe(0)
  expect(takes(limiter, '1:1', 1, 'a')).toBe(1)
})

test('limits are read part by part', () => {
  expect(parseRateLimit('100:1,2000:60')).toEqual([
    { capacity: 100, seconds: 1 },
    { capacity: 2_000, seconds: 60 },
  ])
  expect(parseRateLimit('0:1,nonsense,5:0')).toEqual([])
})
