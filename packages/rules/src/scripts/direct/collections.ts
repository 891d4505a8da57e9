import { giveUp, keep, spend } from '@thingwire/tbel/budget'
import { type Callback, isFunction, itemsOf, Walkable } from './values.ts'

/*
 * Maps and sets of a script. Who walks through one while it changes needs the sandbox.
 */

/** A key or an item: a text is looked at sign by sign. */
const key = (value: unknown): unknown => {
  if (typeof value === 'string') spend(value.length >> 4)
  return value
}

/** What `keys()`, `values()` and `entries()` give: to be walked through once. */
class Walk extends Walkable {
  readonly #of: Collection
  readonly #make: () => unknown[]
  readonly #state: number
  #isOver = false

  constructor(of: Collection, make: () => unknown[]) {
    super()
    this.#of = of
    this.#make = make
    this.#state = of.state
  }
  get state(): number {
    return this.#of.state
  }
  items(): unknown[] {
    if (this.#of.state !== this.#state) giveUp()
    if (this.#isOver) return []
    this.#isOver = true
    return this.#make()
  }
}

export abstract class Collection extends Walkable {
  #changes = 0
  get state(): number {
    return this.#changes
  }
  protected change(): void {
    this.#changes++
  }
  abstract override get size(): number
  abstract call(name: string, args: readonly unknown[]): unknown

  protected walkBy(callback: unknown, pairs: () => [unknown, unknown][]): undefined {
    const call: Callback = isFunction(callback) ? callback : giveUp()
    for (const [name, value] of pairs()) {
      spend(3)
      const before = this.#changes
      call([value, name, this])
      if (this.#changes !== before) giveUp()
    }
    return undefined
  }
}

class MapValue extends Collection {
  readonly #map = new Map<unknown, unknown>()

  get size(): number {
    return this.#map.size
  }
  items(): unknown[] {
    return this.#pairs().map((pair) => keep(pair.map(keep)))
  }
  #pairs(): [unknown, unknown][] {
    spend(3 * this.#map.size)
    return [...this.#map]
  }
  set(name: unknown, value: unknown): this {
    spend(2)
    this.change()
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
        this.change()
        return this.#map.delete(key(first))
      case 'clear':
        this.change()
        return this.#map.clear()
      case 'forEach':
        return this.walkBy(first, () => this.#pairs())
      case 'keys':
        return new Walk(this, () => this.#pairs().map(([one]) => keep(one)))
      case 'values':
        return new Walk(this, () => this.#pairs().map(([, value]) => keep(value)))
      case 'entries':
        return new Walk(this, () => this.items())
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
  items(): unknown[] {
    spend(2 * this.#set.size)
    return [...this.#set].map(keep)
  }
  add(value: unknown): this {
    spend(2)
    this.change()
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
        this.change()
        return this.#set.delete(key(first))
      case 'clear':
        this.change()
        return this.#set.clear()
      case 'forEach':
        return this.walkBy(first, () => this.items().map((value) => [value, value]))
      case 'keys':
      case 'values':
        return new Walk(this, () => this.items())
      case 'entries':
        return new Walk(this, () => this.items().map((value) => keep([value, value])))
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
