import { createContext, Script } from 'node:vm'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'

/** Longest pattern, and longest common name it is tried on (X.520 allows 64 characters). */
export const longestPattern = 255
const longestName = 255
/** Far above what an honest pattern needs for so few characters, on a busy machine too. */
const deadlineMs = 100
/** How long a pattern that had to be stopped is not tried again: what it takes of the process stays far below a percent. */
const pauseMs = 300_000

/** Takes the device's name out of a common name; null when the pattern finds none. */
export type FindName = (pattern: string, commonName: string) => string | null

/**
 * Patterns are written by tenants, and a regular expression can take longer than the universe will last. No code of theirs
 * runs here: `node:vm` is used for its clock alone, which stops the search, and a pattern that had to be stopped is not
 * tried again for a while.
 */
export const createFindName = (): FindName => {
  const stopped = new LRUCache<string, true>({ ...upTo(10_000), ttl: pauseMs })
  const search = new Script(`new RegExp(pattern).exec(commonName)?.[1] ?? null`)
  return (pattern, commonName) => {
    if (pattern.length > longestPattern || commonName.length > longestName || stopped.has(pattern)) return null
    try {
      const found: unknown = search.runInContext(createContext({ pattern, commonName }), { timeout: deadlineMs })
      return typeof found === 'string' && found.trim() !== '' ? found.trim() : null
    } catch (error) {
      if (isTimeout(error)) stopped.set(pattern, true)
      return null
    }
  }
}

/** The error is one of the context's own realm: `instanceof` does not know it. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** What is wrong with a pattern that somebody wants to save; null: nothing. */
export const patternProblem = (pattern: string): string | null => {
  if (pattern.length > longestPattern)
    return `Certificate regular expression is longer than ${longestPattern} characters!`
  try {
    // With an empty alternative it matches, and tells how many groups there are.
    const groups = new RegExp(`${pattern}|`).exec('')?.length ?? 0
    return groups > 1 ? null : 'Certificate regular expression should have a group for the device name!'
  } catch {
    return 'Certificate regular expression cannot be read!'
  }
}
