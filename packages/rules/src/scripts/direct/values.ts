/*
 * What the operations of JavaScript do with values, as far as it needs no sandbox: none of these functions runs code of a
 * script, and each takes time in proportion to its operands at most. Everything else gives up.
 */

const stop = Symbol('this message needs the sandbox')

/** Ends the run of a script for one message: the sandbox runs it from its start. Nothing has happened by then. */
export const giveUp = (): never => {
  throw stop
}

/** The variables of one run. */
export type Frame = {
  readonly slots: unknown[]
  /** What the script returns. */
  result: unknown
  /** How often an object was put into another: sharing makes small values long texts. */
  kept: number
}

/** No text of a script grows beyond. */
const maxText = 10_000
/** With twelve steps an object can be shared so that it is written 81 times. */
const maxKept = 12

/** What every object has; a member of this name is not just data. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
export const isInherited = (name: string): boolean => inherited.has(name)

export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that has no members. */
export const primitive = (value: unknown): unknown => (typeof value === 'object' && value !== null ? giveUp() : value)

export const bounded = (value: unknown): unknown =>
  typeof value === 'string' && value.length > maxText ? giveUp() : value

export const toNumber = (value: unknown): number => (typeof value === 'number' ? value : Number(primitive(value)))
export const toText = (value: unknown): string => String(primitive(value))

export const add = (left: unknown, right: unknown): unknown => {
  if (typeof left === 'number' && typeof right === 'number') return left + right
  return typeof left === 'string' || typeof right === 'string'
    ? bounded(toText(left) + toText(right))
    : toNumber(left) + toNumber(right)
}

export const looselyEqual = (left: unknown, right: unknown): boolean => {
  if (left === undefined || left === null || right === undefined || right === null)
    return (left ?? null) === (right ?? null)
  if (typeof left === typeof right) return left === right
  return toNumber(left) === toNumber(right)
}

export const less = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? left < right : toNumber(left) < toNumber(right)
export const atMost = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? left <= right : toNumber(left) <= toNumber(right)

/** A member whose name stands in the script and is not inherited. */
export const read = (target: unknown, name: string): unknown => {
  if (isPlain(target)) return target[name]
  if (name === 'length' && (typeof target === 'string' || Array.isArray(target))) return target.length
  return giveUp()
}

const nameOf = (key: unknown): string => {
  const name = toText(key)
  return isInherited(name) ? giveUp() : name
}

export const readAt = (target: unknown, key: unknown): unknown => {
  if (isPlain(target)) return target[nameOf(key)]
  if (typeof target !== 'string' && !Array.isArray(target)) return giveUp()
  return typeof key === 'number' && Number.isInteger(key) && key >= 0 ? target[key] : giveUp()
}

/** A value on its way into an object. */
export const keep = (frame: Frame, value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && ++frame.kept > maxKept) return giveUp()
  return value
}

export const write = (frame: Frame, target: unknown, name: string, value: unknown): void => {
  if (!isPlain(target)) giveUp()
  else target[name] = keep(frame, value)
}

export const writeAt = (frame: Frame, target: unknown, key: unknown, value: unknown): void =>
  write(frame, target, nameOf(key), value)

export const remove = (target: unknown, key: unknown): boolean =>
  isPlain(target) ? Reflect.deleteProperty(target, nameOf(key)) : giveUp()

export const has = (key: unknown, target: unknown): boolean =>
  isPlain(target) ? Object.hasOwn(target, nameOf(key)) : giveUp()

/** `{ ...value }` into an object. */
export const spread = (frame: Frame, target: Record<string, unknown>, value: unknown): void => {
  const given = value ?? {}
  if (!isPlain(given) || Object.hasOwn(given, '__proto__')) giveUp()
  else for (const key of Object.keys(given)) target[key] = keep(frame, given[key])
}
