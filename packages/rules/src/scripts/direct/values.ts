import { bounded, giveUp, keep, spend } from '@thingwire/tbel/budget'

/*
 * What the operations of JavaScript do with values, as far as it needs no sandbox: each takes time in proportion to its operands
 * at most. Everything else gives up. Functions of a script are values too; no other function ever is.
 */

/** The variables of one call, and of the calls around it. */
export type Frame = {
  readonly slots: unknown[]
  readonly outer: Frame | null
  /** What the function returns. */
  result: unknown
}

/** A function of a script. `self`: what it is called on. */
export type Callback = (args: readonly unknown[], self?: unknown) => unknown

/** A value that is no plain data; it has no members that a script could name. */
export abstract class Special {}

/** A Date. As text it is what it is in JSON. */
export class Time extends Special {
  readonly #date: Date
  constructor(date: Date) {
    super()
    this.#date = date
  }
  get date(): Date {
    return this.#date
  }
  toJSON(): string | null {
    return this.#date.toJSON()
  }
}

/** What a script throws. */
export class Thrown {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

/** An Error: it has no members that would be written. */
export class Failure extends Special {
  readonly #error: { name: string; message: string }
  constructor(name: string, message: string) {
    super()
    this.#error = { name, message }
  }
  get error(): { name: string; message: string } {
    return this.#error
  }
}

type Steps = { step(): IteratorResult<unknown> }

/** All that a walk has not come to yet. */
export const remaining = (walk: Steps): unknown[] => {
  const items: unknown[] = []
  for (let step = walk.step(); !step.done; step = walk.step()) items.push(step.value)
  return items
}

/** What can be walked through beside lists and texts. */
export abstract class Walkable extends Special {
  /** Sees what changes on the way. Each step says what it costs. */
  abstract walk(): Steps
  abstract call(name: string, args: readonly unknown[]): unknown
  /** All that is there, or is left. */
  items(): unknown[] {
    return remaining(this.walk())
  }
  get size(): number | undefined {
    return undefined
  }
}

/** Bytes, as the numbers that somebody sees in them. */
export abstract class Memory extends Walkable {
  /** A member that it has by birth. */
  abstract get(name: string): unknown
  /** The numbers that it holds. */
  get parts(): Iterable<unknown> {
    return []
  }
  walk(): Steps {
    return giveUp()
  }
  readAt(_at: number): unknown {
    return giveUp()
  }
  writeAt(_at: number, _value: unknown): void {
    giveUp()
  }
}

/** An instance of a class of the script, or what stands behind a class. */
export abstract class Holder extends Special {
  /** Names are not inherited ones. */
  abstract get(name: string): unknown
  abstract set(name: string, value: unknown): void
  /** Whether `name in` it. */
  abstract has(name: string): boolean
  /** Whether it holds this itself. */
  abstract owns(name: string): boolean
  abstract remove(name: string): boolean
  /** What it holds itself, as data. */
  abstract get fields(): Record<string, unknown>
  abstract call(name: string, args: readonly unknown[]): unknown
}

const behind = new WeakMap<Callback, Holder>()

/** A class is a function among the values, which nobody may call. */
export const functionBefore = (holder: Holder): Callback => {
  const value: Callback = () => giveUp()
  behind.set(value, holder)
  return value
}

/** What has the members of an instance or a class. */
export const holderOf = (value: unknown): Holder | undefined => {
  if (typeof value === 'function') return isFunction(value) ? behind.get(value) : undefined
  return value instanceof Holder ? value : undefined
}

/** What every object has; a member of this name is not just data. */
const inherited: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'toJSON'])
export const isInherited = (name: string): boolean => inherited.has(name)

export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Special)

export const isFunction = (value: unknown): value is Callback => typeof value === 'function'

/** A value that has no members. */
export const primitive = (value: unknown): unknown =>
  (typeof value === 'object' && value !== null) || typeof value === 'function' ? giveUp() : value

const numberOf = (value: unknown): number => {
  if (typeof value === 'string') spend(value.length >> 4)
  return Number(primitive(value))
}

export const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return value
  return value instanceof Time ? value.date.getTime() : numberOf(value)
}

/** Lists nest no deeper in a text. */
const deepest = 20

/** What an object of the script is as a text. */
const textOfObject = (value: unknown, depth: number): string => {
  if (depth > deepest) giveUp()
  if (!Array.isArray(value)) {
    // A member of its own may say what it is.
    if (!isPlain(value) || Object.hasOwn(value, 'toString') || Object.hasOwn(value, 'valueOf')) giveUp()
    return '[object Object]'
  }
  spend(2 * value.length)
  let text = ''
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (at > 0) text += ','
    if (item !== undefined && item !== null)
      text += typeof item === 'object' && !(item instanceof Special) ? textOfObject(item, depth + 1) : toText(item)
    if (text.length > longestText) giveUp()
  }
  return text
}
const longestText = 10_000

export const toText = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value instanceof Failure)
    return value.error.message === '' ? value.error.name : `${value.error.name}: ${value.error.message}`
  if (Array.isArray(value) || isPlain(value)) return textOfObject(value, 0)
  return String(primitive(value))
}

const isObject = (value: unknown): boolean => Array.isArray(value) || isPlain(value)

export const add = (left: unknown, right: unknown): unknown => {
  if (typeof left === 'number' && typeof right === 'number') return left + right
  if (typeof left === 'string' || typeof right === 'string' || isObject(left) || isObject(right))
    return bounded(toText(left) + toText(right))
  return numberOf(left) + numberOf(right)
}

export const looselyEqual = (left: unknown, right: unknown): boolean => {
  if (left === undefined || left === null || right === undefined || right === null)
    return (left ?? null) === (right ?? null)
  if (typeof left === typeof right) return left === right
  return numberOf(left) === numberOf(right)
}

export const less = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? left < right : toNumber(left) < toNumber(right)
export const atMost = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? left <= right : toNumber(left) <= toNumber(right)

/** Names that some lists have and others have not. */
const ofSomeLists = new Set(['raw', 'index', 'input', 'groups', 'indices'])

/** A member that no text, number, truth value or list has. */
const readNothing = (target: unknown, name: string): undefined => {
  const prototype =
    typeof target === 'string'
      ? String.prototype
      : typeof target === 'number'
        ? Number.prototype
        : typeof target === 'boolean'
          ? Boolean.prototype
          : Array.isArray(target)
            ? Array.prototype
            : giveUp()
  if (name in prototype || ofSomeLists.has(name) || /^\d/.test(name)) giveUp()
}

/** A member whose name stands in the script and is not inherited. */
export const read = (target: unknown, name: string): unknown => {
  if (isPlain(target)) return target[name]
  if (name === 'length' && (typeof target === 'string' || Array.isArray(target))) return target.length
  if (target instanceof Holder || target instanceof Memory) return target.get(name)
  if (name === 'size' && target instanceof Walkable) return target.size
  if (target instanceof Failure && (name === 'message' || name === 'name')) return target.error[name]
  const holder = holderOf(target)
  return holder ? holder.get(name) : readNothing(target, name)
}

const nameOf = (key: unknown): string => {
  const name = toText(key)
  return isInherited(name) ? giveUp() : name
}

/** A place in a list or a text; a loop over names gives it as text. */
const placeOf = (key: unknown): number => {
  const at = typeof key === 'string' && key.length < 6 && String(Number(key)) === key ? Number(key) : key
  return typeof at === 'number' && Number.isInteger(at) && at >= 0 ? at : giveUp()
}

export const readAt = (target: unknown, key: unknown): unknown => {
  if (isPlain(target)) return target[nameOf(key)]
  if (key === 'length') return read(target, key)
  if (target instanceof Holder) return target.get(nameOf(key))
  if (typeof target === 'function') return read(target, nameOf(key))
  if (target instanceof Memory) return target.readAt(placeOf(key))
  if (typeof target !== 'string' && !Array.isArray(target)) return readNothing(target, nameOf(key))
  return typeof key === 'string' && !/^\d/.test(key) ? readNothing(target, nameOf(key)) : target[placeOf(key)]
}

/** `list.length = …`, which only makes it shorter here: there would be holes. */
const shorten = (list: unknown[], length: unknown): void => {
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > list.length) giveUp()
  else list.length = length
}

export const write = (target: unknown, name: string, value: unknown): void => {
  if (name === 'length' && Array.isArray(target)) shorten(target, value)
  else if (isPlain(target)) target[name] = keep(value)
  else (holderOf(target) ?? giveUp()).set(name, value)
}

export const writeAt = (target: unknown, key: unknown, value: unknown): void => {
  if (Array.isArray(target) && key !== 'length') {
    const at = placeOf(key)
    // Nothing is left out in between.
    if (at > target.length) giveUp()
    target[at] = keep(value)
  } else if (target instanceof Memory) target.writeAt(placeOf(key), value)
  else write(target, nameOf(key), value)
}

/** The members that an object holds itself. */
export const membersOf = (value: unknown): Record<string, unknown> => {
  if (isPlain(value)) return value
  return value instanceof Holder ? value.fields : giveUp()
}

export const remove = (target: unknown, key: unknown): boolean =>
  target instanceof Holder ? target.remove(nameOf(key)) : Reflect.deleteProperty(membersOf(target), nameOf(key))

export const hasOwn = (key: unknown, target: unknown): boolean =>
  target instanceof Holder ? target.owns(nameOf(key)) : Object.hasOwn(membersOf(target), nameOf(key))

/** `key in target` */
export const has = (key: unknown, target: unknown): boolean =>
  target instanceof Holder ? target.has(nameOf(key)) : hasOwn(key, target)

/** The names of an object, in their order. */
export const namesOf = (value: unknown): string[] => {
  const names = Object.keys(membersOf(value))
  spend(names.length)
  return names
}

/** `{ ...value }` into an object. */
export const spread = (target: Record<string, unknown>, value: unknown): void => {
  const given = value ?? {}
  const members = membersOf(given)
  for (const key of namesOf(given)) {
    if (key === '__proto__') giveUp()
    target[key] = keep(members[key])
  }
}

/** A list that something walks through. */
export const listOf = (value: unknown): unknown[] => {
  if (!Array.isArray(value)) return giveUp()
  spend(value.length)
  return value
}

/** What is a list already, or becomes one when it is walked through. */
export const itemsOf = (value: unknown): unknown[] => {
  if (value instanceof Walkable) return value.items()
  if (typeof value !== 'string') return listOf(value)
  spend(value.length)
  return [...value]
}
