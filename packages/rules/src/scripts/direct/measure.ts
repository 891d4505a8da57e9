import { Instance } from './instances.ts'
import { Memory } from './values.ts'
import { isLarge, measure as measureBy } from '@thingwire/tbel/budget'

const partsOf = (value: unknown): Iterable<unknown> | null => {
  if (Array.isArray(value)) return value
  if (value instanceof Instance) return Object.entries(value.fields).flat()
  if (value instanceof Memory) return value.parts
  return typeof value === 'object' && value !== null ? Object.entries(value).flat() : null
}

/** Before a value becomes text. */
export const measure = (value: unknown): void => measureBy(value, partsOf)

/** Before the result becomes text: what is small by what has been put together needs no look. */
export const measureResult = (value: unknown): void => {
  if (isLarge()) measure(value)
}
