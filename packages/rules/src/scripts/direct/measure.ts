import { Instance } from './instances.ts'
import { Memory } from './values.ts'
import { isLarge, measure as measureBy } from '@thingwire/tbel/budget'

/** Names and values. */
const membersOf = (value: object): unknown[] => {
  const parts: unknown[] = []
  for (const name of Object.keys(value)) parts.push(name, Reflect.get(value, name))
  return parts
}

const partsOf = (value: unknown): Iterable<unknown> | null => {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return null
  if (value instanceof Memory) return value.parts
  return membersOf(value instanceof Instance ? value.fields : value)
}

/** Before a value becomes text. */
export const measure = (value: unknown): void => measureBy(value, partsOf)

/** Before the result becomes text: what is small by what has been put together needs no look. */
export const measureResult = (value: unknown): void => {
  if (isLarge()) measure(value)
}
