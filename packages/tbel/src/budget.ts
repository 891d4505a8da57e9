/*
 * What one run of a script without a sandbox may use up, whatever its language. Runs never overlap: each goes from its start to its end
 * or gives up.
 */

const stop = Symbol('this message needs the sandbox')

/** Ends the run of a script for one message: the sandbox runs it from its start. Nothing has happened by then. */
export const giveUp = (): never => {
  throw stop
}

/** A step is an operation that takes some ten nanoseconds; what walks through texts and lists takes more of them. */
const maxSteps = 20_000
/** Calls within calls. */
const maxDepth = 60
/** No text of a script grows beyond. */
const maxText = 10_000
/** What is put into objects until somebody looks how large they have become; twelve objects and a few values. */
const looseStores = 200
const storeOfObject = 16
/** What is put into objects and lists, walked through as it would be written. */
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
export const callDepth = (): number => depth
/** Also after what a call has thrown. */
export const returnTo = (before: number): void => {
  depth = before
}

/** A value that came out of an operation. */
export const bounded = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  if (value.length > maxText) return giveUp()
  if (value.length > 64) spend(value.length >> 6)
  return value
}

/** A value on its way into an object or a list: sharing makes small values long texts. */
export const keep = (value: unknown): unknown => {
  stores +=
    (typeof value === 'object' && value !== null) || (typeof value === 'string' && value.length > 100)
      ? storeOfObject
      : 1
  return value
}

/** Many values at once on their way into another one. */
export const keepMany = (count: number): void => {
  stores += count
}

/** Whether so much has been put together that somebody must look how large it has become. */
export const isLarge = (): boolean => stores > looseStores

/**
 * Walks through all that a value holds, before it becomes text or is compared.
 * @param partsOf What a value holds; nothing for what holds no others
 */
export const measure = (value: unknown, partsOf: (value: unknown) => Iterable<unknown> | null): void => {
  const left = { values: largest.values, text: largest.text }
  const walk = (part: unknown, depth: number): void => {
    if (--left.values < 0 || depth > largest.depth) giveUp()
    if (typeof part === 'string') {
      left.text -= part.length
      if (left.text < 0) giveUp()
      return
    }
    const parts = partsOf(part)
    if (parts) for (const item of parts) walk(item, depth + 1)
  }
  walk(value, 0)
  spend(largest.values - left.values + ((largest.text - left.text) >> 4))
}
