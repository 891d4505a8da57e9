import { bounded, giveUp, keepMany, spend } from '@thingwire/tbel/budget'
import { type Callback, isFunction, itemsOf, Memory, toNumber, toText } from './values.ts'
import { Walk } from './walks.ts'

/*
 * Bytes: typed arrays, buffers and the views of them. None of them grows, and what would throw is left to the sandbox.
 */

/** What all typed arrays of numbers have. */
type Row = {
  readonly length: number
  readonly byteLength: number
  readonly byteOffset: number
  readonly buffer: ArrayBuffer
  [at: number]: number
  [Symbol.iterator](): Iterator<number>
  at(at: number): number | undefined
  entries(): Iterator<unknown>
  every(test: (item: number, at: number) => boolean): boolean
  fill(value: number, from?: number, to?: number): unknown
  filter(test: (item: number, at: number) => boolean): Row
  find(test: (item: number, at: number) => boolean): number | undefined
  findIndex(test: (item: number, at: number) => boolean): number
  findLastIndex(test: (item: number, at: number) => boolean): number
  forEach(visit: (item: number, at: number) => void): void
  includes(item: number): boolean
  indexOf(item: number): number
  join(separator?: string): string
  keys(): Iterator<unknown>
  lastIndexOf(item: number): number
  map(change: (item: number, at: number) => number): Row
  reverse(): unknown
  set(items: ArrayLike<number>, at: number): void
  slice(from?: number, to?: number): Row
  some(test: (item: number, at: number) => boolean): boolean
  sort(compare?: (one: number, other: number) => number): unknown
  subarray(from?: number, to?: number): Row
  values(): Iterator<unknown>
}

/** What making one costs; buffers lie outside the heap, and views are collected late. */
const price = 20

/** Nothing is longer, in numbers and in bytes. */
const longest = 10_000

const lengthOf = (value: unknown, size = 1): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value * size <= longest ? value : giveUp()

const optional = (value: unknown): number | undefined => (value === undefined ? undefined : toNumber(value))
const callbackOf = (value: unknown): Callback => (isFunction(value) ? value : giveUp())

const stores = new WeakMap<ArrayBuffer, Store>()

/** An ArrayBuffer: the same for all that look at it. */
const storeOf = (buffer: ArrayBuffer): Store => {
  const store = stores.get(buffer) ?? new Store(buffer)
  stores.set(buffer, store)
  return store
}

class Store extends Memory {
  readonly #buffer: ArrayBuffer
  constructor(buffer: ArrayBuffer) {
    super()
    this.#buffer = buffer
    spend(3 * price + (buffer.byteLength >> 4))
  }
  get buffer(): ArrayBuffer {
    return this.#buffer
  }
  get(name: string): unknown {
    return name === 'byteLength' ? this.buffer.byteLength : giveUp()
  }
  call(name: string, [from, to]: readonly unknown[]): unknown {
    if (name !== 'slice') return giveUp()
    return storeOf(this.buffer.slice(toNumber(from), optional(to)))
  }
}

/** A typed array. In JSON it is an object. */
export class Numbers extends Memory {
  readonly row: Row
  constructor(row: Row) {
    super()
    this.row = row
    spend(price + (row.length >> 4))
    keepMany(row.length)
  }
  override get parts(): Iterable<unknown> {
    return Array.from(this.row, (item) => item)
  }
  toJSON(): unknown {
    return { ...Array.from(this.row, (item) => item) }
  }
  get(name: string): unknown {
    switch (name) {
      case 'length':
      case 'byteLength':
      case 'byteOffset':
        return this.row[name]
      case 'buffer':
        return storeOf(this.row.buffer)
      default:
        return giveUp()
    }
  }
  override readAt(at: number): unknown {
    return this.row[at]
  }
  override writeAt(at: number, value: unknown): void {
    const number = toNumber(value)
    // Beyond its end there is nowhere to put it.
    if (at < this.row.length) this.row[at] = number
  }
  override items(): unknown[] {
    spend(this.row.length)
    keepMany(this.row.length)
    return Array.from(this.row, (item) => item)
  }
  override walk(): Walk {
    return new Walk(this.row.values(), false)
  }
  call(name: string, args: readonly unknown[]): unknown {
    return (methods.get(name) ?? giveUp())(this, args)
  }
}

/** Looks at each number with the function that it is given. */
const visitor = (on: Numbers, [by]: readonly unknown[]) => {
  const call = callbackOf(by)
  spend(on.row.length >> 4)
  return (item: number, at: number): unknown => {
    spend(2)
    return call([item, at, on])
  }
}

/** The same, when its answer is yes or no. */
const tester = (on: Numbers, args: readonly unknown[]) => {
  const visit = visitor(on, args)
  return (item: number, at: number): boolean => Boolean(visit(item, at))
}

type Method = (on: Numbers, args: readonly unknown[]) => unknown

const reduce =
  (isBackwards: boolean): Method =>
  (on, [by, ...first]) => {
    const call = callbackOf(by)
    const { row } = on
    let count = 0
    const placeOf = (): number => (isBackwards ? row.length - 1 - count : count)
    if (first.length === 0 && row.length === 0) giveUp()
    let value = first.length > 0 ? first[0] : row[placeOf()]
    if (first.length === 0) count++
    for (; count < row.length; count++) {
      spend(2)
      const at = placeOf()
      value = call([value, row[at], at, on])
    }
    return value
  }

const sort: Method = (on, [by]) => {
  const { row } = on
  spend(10 * row.length)
  if (by === undefined) row.sort()
  else {
    const call = callbackOf(by)
    row.sort((one, other) => {
      spend(2)
      return toNumber(call([one, other]))
    })
  }
  return on
}

const join = ({ row }: Numbers, separator: unknown): unknown => {
  const between = separator === undefined ? ',' : toText(separator)
  // A number is some digits long.
  spend(row.length * (4 + (between.length >> 4)))
  return bounded(row.join(between))
}

const set: Method = ({ row }, [items, at]) => {
  const given = items instanceof Numbers ? items.row : (Array.isArray(items) ? items : giveUp()).map(toNumber)
  spend(given.length >> (items instanceof Numbers ? 4 : 0))
  row.set(given, toNumber(at ?? 0))
}

const ofNumber =
  (look: (row: Row, item: number) => unknown, missing: unknown): Method =>
  ({ row }, args) => {
    const [item] = args
    if (args.length !== 1) giveUp()
    spend(row.length >> 4)
    return typeof item === 'number' ? look(row, item) : missing
  }

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['at', ({ row }, [at]) => row.at(toNumber(at))],
  ['entries', ({ row }) => new Walk(row.entries(), true)],
  ['keys', ({ row }) => new Walk(row.keys(), false)],
  ['values', (on) => on.walk()],
  ['every', (on, args) => on.row.every(tester(on, args))],
  ['some', (on, args) => on.row.some(tester(on, args))],
  ['filter', (on, args) => new Numbers(on.row.filter(tester(on, args)))],
  ['find', (on, args) => on.row.find(tester(on, args))],
  ['findIndex', (on, args) => on.row.findIndex(tester(on, args))],
  ['findLastIndex', (on, args) => on.row.findLastIndex(tester(on, args))],
  ['forEach', (on, args) => on.row.forEach(visitor(on, args))],
  [
    'map',
    (on, args) => {
      const visit = visitor(on, args)
      return new Numbers(on.row.map((item, at) => toNumber(visit(item, at))))
    },
  ],
  ['reduce', reduce(false)],
  ['reduceRight', reduce(true)],
  ['sort', sort],
  ['join', (on, [separator]) => join(on, separator)],
  ['toString', (on) => join(on, ',')],
  ['includes', ofNumber((row, item) => row.includes(item), false)],
  ['indexOf', ofNumber((row, item) => row.indexOf(item), -1)],
  ['lastIndexOf', ofNumber((row, item) => row.lastIndexOf(item), -1)],
  [
    'fill',
    (on, [value, from, to]) => {
      spend(on.row.length >> 4)
      on.row.fill(toNumber(value), optional(from), optional(to))
      return on
    },
  ],
  [
    'reverse',
    (on) => {
      spend(on.row.length >> 4)
      on.row.reverse()
      return on
    },
  ],
  ['set', set],
  ['slice', ({ row }, [from, to]) => new Numbers(row.slice(optional(from), optional(to)))],
  ['subarray', ({ row }, [from, to]) => new Numbers(row.subarray(optional(from), optional(to)))],
])

const sizes = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'] as const

type ViewMethod = (view: DataView, args: readonly unknown[]) => unknown

const viewMethods: ReadonlyMap<string, ViewMethod> = new Map(
  sizes.flatMap((size): [string, ViewMethod][] => [
    [`get${size}`, (view, [at, isLittle]) => view[`get${size}`](toNumber(at), Boolean(isLittle))],
    [
      `set${size}`,
      (view, [at, value, isLittle]) => view[`set${size}`](toNumber(at), toNumber(value), Boolean(isLittle)),
    ],
  ]),
)

class View extends Memory {
  readonly #view: DataView<ArrayBuffer>
  constructor(view: DataView<ArrayBuffer>) {
    super()
    this.#view = view
    spend(2 * price)
  }
  get(name: string): unknown {
    if (name === 'buffer') return storeOf(this.#view.buffer)
    return name === 'byteLength' || name === 'byteOffset' ? this.#view[name] : giveUp()
  }
  call(name: string, args: readonly unknown[]): unknown {
    return (viewMethods.get(name) ?? giveUp())(this.#view, args)
  }
}

export const isMemoryMethod = (name: string): boolean => methods.has(name) || viewMethods.has(name)

type Kind = {
  readonly BYTES_PER_ELEMENT: number
  new (length: number): Row
  new (items: number[]): Row
  new (buffer: ArrayBuffer, offset?: number, length?: number): Row
}

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>(
  Object.entries({
    ...{ Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array },
    ...{ Int32Array, Uint32Array, Float32Array, Float64Array },
  }),
)

const rowOf = (kind: Kind, items: readonly unknown[]): Numbers =>
  new Numbers(new kind(items.length > longest ? giveUp() : items.map(toNumber)))

/** `new Uint8Array(…)` and its like. */
const makeNumbers = (kind: Kind, [given, from, count]: readonly unknown[]): Numbers => {
  if (given === undefined) return rowOf(kind, [])
  if (given instanceof Store) return new Numbers(new kind(given.buffer, optional(from), optional(count)))
  if (typeof given === 'number') return new Numbers(new kind(lengthOf(given, kind.BYTES_PER_ELEMENT)))
  return typeof given === 'string' ? giveUp() : rowOf(kind, itemsOf(given))
}

/** `Uint8Array.from(…)` and its like. */
const numbersFrom = (kind: Kind, [given, by]: readonly unknown[]): Numbers => {
  const items = itemsOf(given)
  if (by === undefined) return rowOf(kind, items)
  const call = callbackOf(by)
  const made = new kind(lengthOf(items.length, kind.BYTES_PER_ELEMENT))
  for (let at = 0; at < items.length; at++) {
    spend(2)
    made[at] = toNumber(call([items[at], at]))
  }
  return new Numbers(made)
}

type Make = (args: readonly unknown[]) => unknown

const makeStore: Make = (args) => (args.length === 1 ? storeOf(new ArrayBuffer(lengthOf(args[0]))) : giveUp())

const makeView: Make = ([store, from, count]) =>
  store instanceof Store ? new View(new DataView(store.buffer, optional(from), optional(count))) : giveUp()

/** What `new` makes. */
export const memoryMakers: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...[...kinds].map(([name, kind]): [string, Make] => [name, (args) => makeNumbers(kind, args)]),
  ['ArrayBuffer', makeStore],
  ['DataView', makeView],
])

export const memoryFunctions: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...[...kinds].flatMap(([name, kind]): [string, Make][] => [
    [`${name}.from`, (args) => numbersFrom(kind, args)],
    [`${name}.of`, (args) => rowOf(kind, args)],
  ]),
  ['ArrayBuffer.isView', ([value]) => value instanceof Numbers || value instanceof View],
])

export const memorySizes: readonly (readonly [string, number])[] = [...kinds].map(([name, { BYTES_PER_ELEMENT }]) => [
  `${name}.BYTES_PER_ELEMENT`,
  BYTES_PER_ELEMENT,
])

/** Whether a value is a typed array of this name, or a buffer. */
export const memoryKinds: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ...[...kinds].map(
    ([name, kind]) => [name, (value: unknown) => value instanceof Numbers && value.row instanceof kind] as const,
  ),
  ['ArrayBuffer', (value) => value instanceof Store],
  ['DataView', (value) => value instanceof View],
]
