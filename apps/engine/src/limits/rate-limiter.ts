import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'

export type RateLimiter = {
  /**
   * Takes from every bucket of the limit, or from none.
   * @param limit `capacity:seconds,capacity:seconds`; empty, null and undefined: unlimited
   * @returns whether all buckets had enough
   */
  take(key: string, limit: string | null | undefined, amount?: number): boolean
}

type Bucket = { capacity: number; perMs: number }
/** What one key has left, by bucket. */
type Purse = { limit: string; share: number; buckets: readonly Bucket[]; tokens: number[]; atMs: number }

const mostKeys = 100_000

/**
 * Token buckets that refill continuously. A purse that is forgotten, because so many other keys were busier, starts full
 * again. Buckets are of this process: `shares` says among how many processes the limit is divided.
 * @param now A clock in ms that never goes back
 */
export const createRateLimiter = (
  options: { now?: () => number; shares?: (() => number) | undefined; maxKeys?: number } = {},
): RateLimiter => {
  const { now = () => performance.now(), shares = () => 1 } = options
  const purses = new LRUCache<string, Purse>(upTo(options.maxKeys ?? mostKeys))

  return {
    take: (key, limit, amount = 1) => {
      if (!limit) return true
      const atMs = now()
      const share = shares()
      let purse = purses.get(key)
      if (purse?.limit !== limit || purse.share !== share) {
        purse = fullPurse(limit, share, atMs)
        purses.set(key, purse)
      }
      return takeFrom(purse, atMs, amount)
    },
  }
}

const fullPurse = (limit: string, share: number, atMs: number): Purse => {
  const buckets = parseRateLimit(limit).map(({ capacity, seconds }) => ({
    // Rounded up: with more processes than tokens each would have none.
    capacity: Math.ceil(capacity / share),
    perMs: capacity / share / (seconds * 1_000),
  }))
  return { limit, share, buckets, tokens: buckets.map(({ capacity }) => capacity), atMs }
}

const takeFrom = (purse: Purse, atMs: number, amount: number): boolean => {
  const { buckets, tokens } = purse
  const passedMs = atMs - purse.atMs
  purse.atMs = atMs
  let isEnough = true
  for (let n = 0; n < buckets.length; n++) {
    const { capacity, perMs } = buckets[n] as Bucket
    const left = Math.min(capacity, (tokens[n] as number) + passedMs * perMs)
    tokens[n] = left
    if (left < amount) isEnough = false
  }
  if (isEnough) for (let n = 0; n < tokens.length; n++) tokens[n] = (tokens[n] as number) - amount
  return isEnough
}

/** The parts of a limit; those that are not understood limit nothing, since a stored text was checked when it was saved. */
export const parseRateLimit = (limit: string): { capacity: number; seconds: number }[] =>
  limit.split(',').flatMap((part) => {
    const [capacity, seconds] = part.split(':').map(Number)
    return capacity && seconds && capacity > 0 && seconds > 0 ? [{ capacity, seconds }] : []
  })
