import { isLarge, measure as measureBy, spend } from '../budget.ts'
import { runtime } from './runtime.ts'

export const isCollection = (value: unknown): value is object => typeof value === 'object' && value !== null

/** How many parts a value has: signs, items or entries. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  if (!isCollection(value)) return 1
  if (Array.isArray(value)) return value.length
  if (value instanceof Map || value instanceof Set) return value.size
  return value instanceof runtime.JavaArray ? value.items.length : 1
}

const partsOf = (value: unknown): Iterable<unknown> | null => {
  // Its text is made by the clock and the language.
  if (value instanceof runtime.Date) spend(100)
  if (Array.isArray(value) || value instanceof Set) return value
  if (value instanceof Map) return [...value].flat()
  if (value instanceof runtime.JavaArray) return value.items
  return value instanceof runtime.Entry ? [value.key, value.value] : null
}

/** Before somebody walks through all that a value holds. */
export const measure = (value: unknown): void => {
  if (isCollection(value)) measureBy(value, partsOf)
}

/** Before the result becomes text: what is small by what has been put together needs no look. */
export const measureResult = (value: unknown): void => {
  if (isLarge()) measure(value)
}
