import { bounded, giveUp, keep, spend } from '@thingwire/tbel/budget'
import { type Callback, isFunction, listOf, primitive, toNumber, toText } from './values.ts'
import { Walk } from './walks.ts'

/*
 * What lists do. A list of a script has no holes, so a place that is missing in a walk has been taken away meanwhile.
 */

type ListMethod = (list: unknown[], args: readonly unknown[]) => unknown

const callbackOf = (value: unknown): Callback => (isFunction(value) ? value : giveUp())

/** Calls the function of `args` for each item that is there from the start and still there; `each` says when to end. */
const walk = (list: unknown[], args: readonly unknown[], each: (value: unknown, item: unknown) => boolean): void => {
  const call = callbackOf(args[0])
  const { length } = list
  for (let at = 0; at < length; at++) {
    if (at >= list.length) return
    spend(2)
    const item = list[at]
    if (each(call([item, at, list]), item)) return
  }
}

const map: ListMethod = (list, args) => {
  const made: unknown[] = []
  const { length } = list
  walk(list, args, (value) => {
    made.push(keep(value))
    return false
  })
  // There would be holes.
  return made.length < length ? giveUp() : made
}

const filter: ListMethod = (list, args) => {
  const made: unknown[] = []
  walk(list, args, (value, item) => {
    if (value) made.push(keep(item))
    return false
  })
  return made
}

const search = (list: unknown[], args: readonly unknown[], backwards = false): number => {
  const call = callbackOf(args[0])
  const { length } = list
  for (let count = 0; count < length; count++) {
    const at = backwards ? length - 1 - count : count
    spend(2)
    if (call([list[at], at, list])) return at
  }
  return -1
}

const reduce =
  (isBackwards: boolean): ListMethod =>
  (list, args) => {
    const call = callbackOf(args[0])
    const { length } = list
    let count = 0
    const placeOf = (): number => (isBackwards ? length - 1 - count : count)
    let value = args[1]
    if (args.length < 2) {
      if (length === 0) giveUp()
      value = list[placeOf()]
      count++
    }
    for (; count < length; count++) {
      const at = placeOf()
      if (at >= list.length) continue
      spend(2)
      value = call([value, list[at], at, list])
    }
    return value
  }

const sort: ListMethod = (list, args) => {
  spend(list.length)
  if (args[0] !== undefined) {
    const call = callbackOf(args[0])
    return list.sort((one, other) => {
      spend(2)
      return toNumber(call([one, other]))
    })
  }
  for (const item of list) spend(10 + (toText(primitive(item)).length >> 2))
  return list.sort()
}

const join: ListMethod = (list, args) => {
  const separator = args[0] === undefined ? ',' : toText(args[0])
  let text = ''
  for (let at = 0; at < listOf(list).length; at++) {
    const item = list[at]
    text += (at === 0 ? '' : separator) + (item === undefined || item === null ? '' : toText(primitive(item)))
    if (text.length > 10_000) giveUp()
  }
  return bounded(text)
}

const flat = (list: unknown[]): unknown[] =>
  list.flatMap((item) => (Array.isArray(item) ? listOf(item) : [item])).map(keep)

const only = (args: readonly unknown[]): unknown => (args.length === 1 ? args[0] : giveUp())

/** What is looked for, and from where on. */
const sought = ([item, from, ...more]: readonly unknown[]): [unknown, number | undefined] =>
  more.length > 0 ? giveUp() : [item, optional(from)]

const optional = (value: unknown): number | undefined => (value === undefined ? undefined : toNumber(value))

export const listMethods: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ['map', map],
  ['filter', filter],
  [
    'forEach',
    (list, args) => {
      walk(list, args, () => false)
      return undefined
    },
  ],
  [
    'some',
    (list, args) => {
      let isFound = false
      walk(list, args, (value) => (isFound = Boolean(value)))
      return isFound
    },
  ],
  [
    'every',
    (list, args) => {
      let isMissed = false
      walk(list, args, (value) => (isMissed = !value))
      return !isMissed
    },
  ],
  [
    'find',
    (list, args) => {
      const call = callbackOf(args[0])
      const { length } = list
      for (let at = 0; at < length; at++) {
        spend(2)
        const item = list[at]
        if (call([item, at, list])) return item
      }
      return undefined
    },
  ],
  ['findIndex', (list, args) => search(list, args)],
  [
    'findLast',
    (list, args) => {
      const call = callbackOf(args[0])
      for (let at = list.length - 1; at >= 0; at--) {
        spend(2)
        const item = list[at]
        if (call([item, at, list])) return item
      }
      return undefined
    },
  ],
  ['findLastIndex', (list, args) => search(list, args, true)],
  ['reduce', reduce(false)],
  ['reduceRight', reduce(true)],
  ['flatMap', (list, args) => flat(listOf(map(list, args)))],
  ['flat', (list, args) => (args.length === 0 ? flat(listOf(list)) : giveUp())],
  ['sort', sort],
  ['join', join],
  [
    'push',
    (list, args) => {
      for (const item of args) list.push(keep(item))
      return list.length
    },
  ],
  ['pop', (list) => list.pop()],
  ['shift', (list) => listOf(list).shift()],
  ['unshift', (list, args) => listOf(list).unshift(...args.map(keep))],
  ['slice', (list, [from, to]) => listOf(list).slice(optional(from), optional(to)).map(keep)],
  [
    'splice',
    (list, [from, count, ...items]) =>
      from === undefined || count === undefined
        ? giveUp()
        : listOf(list).splice(toNumber(from), toNumber(count), ...items.map(keep)),
  ],
  ['concat', (list, args) => flat([listOf(list), ...args])],
  ['reverse', (list) => listOf(list).reverse()],
  ['fill', (list, [value, from, to]) => listOf(list).fill(keep(value), optional(from), optional(to))],
  ['at', (list, [at]) => list.at(toNumber(at))],
  ['indexOf', (list, args) => listOf(list).indexOf(...sought(args))],
  ['lastIndexOf', (list, args) => listOf(list).lastIndexOf(only(args))],
  ['entries', (list) => new Walk(list.entries(), true)],
  ['keys', (list) => new Walk(list.keys(), false)],
  ['values', (list) => new Walk(list.values(), false)],
  ['includes', (list, args) => listOf(list).includes(...sought(args))],
  ['toString', (list) => join(list, [])],
])

const callers = new Set(
  ['map', 'filter', 'forEach', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex'].concat([
    'reduce',
    'reduceRight',
    'flatMap',
    'sort',
  ]),
)

/** Whether the method calls the function that is its first argument, and does not keep it. */
export const callsItsArgument = (name: string): boolean => callers.has(name)
