import { runtime } from './runtime.ts'

/*
 * What one run of a script may use up. Runs never overlap: each goes from its start to its end or gives up.
 */

const stop = Symbol('this message needs the sandbox')

/** Ends the run for one message: the sandbox runs the script from its start. Nothing has happened by then. */
export const giveUp = (): never => {
  throw stop
}

/** A step is an operation that takes some ten nanoseconds; what walks through texts and lists takes more of them. */
const maxSteps = 10_000
/** Calls within calls. */
const maxDepth = 60
/** No text of a script grows beyond. */
const maxText = 10_000
/** What is put into lists and maps until somebody looks how large they have become; twelve lists and a few values. */
const looseStores = 200
const storeOfCollection = 16
/** What is put together, walked through as it would be written. */
const largest = { values: 5_000, text: 100_000, depth: 50 } as const

let steps = 0
let depth = 0
let stores = 0

export const beginRun = (): void => {
  steps = maxSteps
  depth = 0
  stores = 0
}

export const spend = (count: number): void => {
  steps -= count
  if (steps < 0) giveUp()
}

export const enterCall = (): void => {
  depth++
  if (depth > maxDepth) giveUp()
}
export const leaveCall = (): void => {
  depth--
}

/** A value that came out of an operation. */
export const bounded = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  if (value.length > maxText) return giveUp()
  if (value.length > 64) spend(value.length >> 6)
  return value
}

export const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null

/** How many parts a value has: signs, items or entries. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  if (!isCollection(value)) return 1
  if (Array.isArray(value)) return value.length
  if (value instanceof Map || value instanceof Set) return value.size
  return value instanceof runtime.JavaArray ? value.items.length : 1
}

/** A value on its way into a list or a map: sharing makes small values long texts. */
export const keep = (value: unknown): unknown => {
  stores += isCollection(value) || (typeof value === 'string' && value.length > 100) ? storeOfCollection : 1
  return value
}

/** Many values at once on their way into another list or map. */
export const keepMany = (count: number): void => {
  stores += count
}

const partsOf = (value: unknown): Iterable<unknown> => {
  if (Array.isArray(value) || value instanceof Set) return value
  if (value instanceof Map) return [...value].flat()
  if (value instanceof runtime.JavaArray) return value.items
  return value instanceof runtime.Entry ? [value.key, value.value] : []
}

/** Before somebody walks through all that a value holds. */
export const measure = (value: unknown): void => {
  if (!isCollection(value)) return
  const left = { values: largest.values, text: largest.text }
  const walk = (part: unknown, depth: number): void => {
    if (--left.values < 0 || depth > largest.depth) giveUp()
    if (typeof part === 'string') {
      left.text -= part.length
      if (left.text < 0) giveUp()
    } else if (isCollection(part)) for (const item of partsOf(part)) walk(item, depth + 1)
  }
  walk(value, 0)
  spend(largest.values - left.values + ((largest.text - left.text) >> 4))
}

/** Before the result becomes text: what is small by what has been put together needs no look. */
export const measureResult = (value: unknown): void => {
  if (stores > looseStores) measure(value)
}
