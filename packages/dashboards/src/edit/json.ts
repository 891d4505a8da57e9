import { isEqual } from '@thingwire/editing'
import { isRecord, type JsonRecord } from '../read.ts'

/** Members of objects by name, elements of lists by index, from the outside in. */
export type JsonPath = readonly (string | number)[]

/** A member that the object itself has: ids come from files, and one may be called `constructor`. */
export const own = (record: JsonRecord, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined

export const valueAt = (value: unknown, path: JsonPath): unknown =>
  path.reduce<unknown>((found, name) => {
    if (Array.isArray(found)) return found[Number(name)]
    return isRecord(found) ? own(found, String(name)) : undefined
  }, value)

/** The record with that member; without it for undefined. The same record when that is what it has. */
export const withMember = (record: JsonRecord, name: string, value: unknown): JsonRecord => {
  if (value === undefined) return without(record, [name])
  return Object.hasOwn(record, name) && isEqual(record[name], value) ? record : { ...record, [name]: value }
}

/** The record without those members; the same record when it has none of them. */
export const without = (record: JsonRecord, names: readonly string[]): JsonRecord => {
  if (!names.some((name) => Object.hasOwn(record, name))) return record
  const gone = new Set(names)
  return Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name)))
}

/** The record with several members, as `withMember`. */
export const withMembers = (record: JsonRecord, members: JsonRecord): JsonRecord =>
  Object.entries(members).reduce((now, [name, value]) => withMember(now, name, value), record)

const withElement = (list: readonly unknown[], index: number, value: unknown): readonly unknown[] => {
  if (!Number.isInteger(index) || index < 0 || index > list.length) return list
  if (value === undefined) return index < list.length ? list.toSpliced(index, 1) : list
  return index < list.length && isEqual(list[index], value) ? list : list.toSpliced(index, 1, value)
}

/**
 * The value with another one at that path; undefined takes the member or element out. What is beside the path keeps its
 * identity. Objects that are missing on the way are made; what is in the way and holds no members stays, unchanged.
 */
export const withValueAt = (value: unknown, path: JsonPath, to: unknown): unknown => {
  const [name, ...rest] = path
  if (name === undefined) return to
  if (Array.isArray(value)) {
    const inner = rest.length === 0 ? to : withValueAt(value[Number(name)], rest, to)
    return withElement(value, Number(name), inner)
  }
  if (value !== undefined && value !== null && !isRecord(value)) return value
  const record = isRecord(value) ? value : {}
  if (to === undefined && !Object.hasOwn(record, String(name))) return value
  const inner = rest.length === 0 ? to : withValueAt(own(record, String(name)), rest, to)
  return withMember(record, String(name), inner)
}

/** A list with some elements left out or changed; the same list when all came back as they were. */
export const mapped = <T>(list: readonly T[], to: (one: T, index: number) => readonly T[]): readonly T[] => {
  const result = list.flatMap(to)
  return result.length === list.length && result.every((one, index) => one === list[index]) ? list : result
}

/** A record with some members changed, or (undefined) left out; the same record when all came back as they were. */
export const mappedMembers = (record: JsonRecord, to: (value: unknown, name: string) => unknown): JsonRecord => {
  let isChanged = false
  const entries = Object.entries(record).flatMap(([name, value]): [string, unknown][] => {
    const result = to(value, name)
    if (result !== value) isChanged = true
    return result === undefined ? [] : [[name, result]]
  })
  return isChanged ? Object.fromEntries(entries) : record
}
