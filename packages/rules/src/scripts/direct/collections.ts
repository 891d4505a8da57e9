import { giveUp, keep, spend } from '@thingwire/tbel/budget'
import { type Callback, isFunction, itemsOf, Walkable } from './values.ts'
import { Walk } from './walks.ts'

/*
 * Maps and sets of a script.
 */

/** A key or an item: a text is looked at sign by sign. */
const key = (value: unknown): unknown => {
  if (typeof value === 'string') spend(value.length >> 4)
  return value
}

abstract class Collection extends Walkable {
  abstract override get size(): number

  /** Calls a function with each, also with those that come meanwhile. */
  protected walkBy(callback: unknown, pairs: Iterable<[unknown, unknown]>): undefined {
    const call: Callback = isFunction(callback) ? callback : giveUp()
    for (const [name, value] of pairs) {
      spend(3)
      call([value, name, this])
    }
    return undefined
  }
}

class MapValue extends Collection {
  readonly #map = new Map<unknown, unknown>()

  get size(): number {
    return this.#map.size
  }
  override items(): unknown[] {
    spend(3 * this.#map.size)
    return Array.from(this.#map, (pair) => keep(pair.map(keep)))
  }
  walk(): Walk {
    return new Walk(this.#map.entries(), true)
  }
  set(name: unknown, value: unknown): this {
    spend(2)
    this.#map.set(key(name), value)
    return this
  }
  call(name: string, args: readonly unknown[]): unknown {
    const [first, second] = args
    switch (name) {
      case 'get':
        return this.#map.get(key(first))
      case 'has':
        return this.#map.has(key(first))
      case 'set':
        return this.set(first, second)
      case 'delete':
        return this.#map.delete(key(first))
      case 'clear':
        return this.#map.clear()
      case 'forEach':
        return this.walkBy(first, this.#map)
      case 'keys':
        return new Walk(this.#map.keys(), false)
      case 'values':
        return new Walk(this.#map.values(), false)
      case 'entries':
        return this.walk()
      default:
        return giveUp()
    }
  }
}

class SetValue extends Collection {
  readonly #set = new Set<unknown>()

  get size(): number {
    return this.#set.size
  }
  override items(): unknown[] {
    spend(2 * this.#set.size)
    return [...this.#set].map(keep)
  }
  walk(): Walk {
    return new Walk(this.#set.values(), false)
  }
  add(value: unknown): this {
    spend(2)
    this.#set.add(key(value))
    return this
  }
  call(name: string, args: readonly unknown[]): unknown {
    const [first] = args
    switch (name) {
      case 'has':
        return this.#set.has(key(first))
      case 'add':
        return this.add(first)
      case 'delete':
        return this.#set.delete(key(first))
      case 'clear':
        return this.#set.clear()
      case 'forEach':
        return this.walkBy(first, this.#set.entries())
      case 'keys':
      case 'values':
        return this.walk()
      case 'entries':
        return new Walk(this.#set.entries(), true)
      default:
        return giveUp()
    }
  }
}

const given = ([items]: readonly unknown[]): unknown[] => (items === undefined || items === null ? [] : itemsOf(items))

/** `new Map(…)` and `new Set(…)`. */
export const makeMap = (args: readonly unknown[]): MapValue => {
  const made = new MapValue()
  for (const pair of given(args)) {
    const [name, value] = Array.isArray(pair) ? pair : giveUp()
    made.set(name, value)
  }
  return made
}
export const makeSet = (args: readonly unknown[]): SetValue => {
  const made = new SetValue()
  for (const value of given(args)) made.add(value)
  return made
}

const methods = new Set(['get', 'has', 'set', 'add', 'delete', 'clear', 'forEach', 'keys', 'values', 'entries'])
export const isCollectionMethod = (name: string): boolean => methods.has(name)
