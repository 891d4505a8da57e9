import type { JavaArray, Runtime, Table } from './types.ts'

/** java.util.Arrays. A list may stand for an array. */
export const installArrays = ($: Runtime): void => {
  const zeroOf = (type: string): unknown =>
    /^[A-Z]/.test(type) ? null : ($.newArray as (type: string, sizes: unknown[]) => JavaArray)(type, [1]).items[0]
  const itemsOf = (value: unknown): unknown[] =>
    value instanceof $.JavaArray
      ? value.items
      : Array.isArray(value)
        ? value
        : $.fail(`an array is needed, not ${$.typeName(value)}`)
  const typeOf = (value: unknown): string => (value instanceof $.JavaArray ? value.type : 'Object')
  const copied = (array: unknown, from: number, to: number): JavaArray => {
    const items = itemsOf(array)
    if (from > to) return $.fail(`${from} > ${to}`)
    if (from < 0 || from > items.length) return $.fail(`index ${from} is out of bounds for length ${items.length}`)
    if (to - from > 100_000) return $.fail(`an array cannot have ${to - from} items`)
    const type = typeOf(array)
    const zero = to > items.length ? zeroOf(type) : null
    return new $.JavaArray(
      type,
      Array.from({ length: to - from }, (_, index) => (from + index < items.length ? items[from + index] : zero)),
    )
  }
  /** What stands between two places of an array is changed in place. */
  const within = (array: unknown, from: unknown, to: unknown, change: (part: unknown[]) => unknown[]): null => {
    const items = itemsOf(array)
    const start = from === undefined ? 0 : $.int(from)
    const end = to === undefined ? items.length : $.int(to)
    if (start < 0 || end > items.length || start > end)
      return $.fail(`from ${start} to ${end} is out of bounds for length ${items.length}`)
    const part = change(items.slice(start, end))
    for (const [index, item] of part.entries()) items[start + index] = item
    return null
  }
  const sorted = (items: unknown[]) => {
    $.listMethods.sort?.(items)
    return items
  }
  const converted = (array: unknown, value: unknown): unknown =>
    array instanceof $.JavaArray
      ? ($.arrayOf as (type: string, items: unknown[]) => JavaArray)(array.type, [value]).items[0]
      : value
  const same = (left: unknown, right: unknown): boolean => {
    if ($.isNull(left) || $.isNull(right)) return $.isNull(left) && $.isNull(right)
    const [a, b] = [itemsOf(left), itemsOf(right)]
    return a.length === b.length && a.every((item, index) => $.equals(item, b[index]))
  }
  const written = (array: unknown) => ($.isNull(array) ? 'null' : $.text([...itemsOf(array)]))
  $.found = (items: unknown[], key: unknown): number => {
    let low = 0
    let high = items.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = $.compare(items[middle], key)
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return -(low + 1)
  }
  const found = $.found as (items: unknown[], key: unknown) => number
  $.classes.Arrays = {
    asList: (...items: unknown[]) =>
      items.length === 1 && items[0] instanceof $.JavaArray ? [...items[0].items] : items,
    copyOf: (array: unknown, length: unknown) => copied(array, 0, $.int(length)),
    copyOfRange: (array: unknown, from: unknown, to: unknown) => copied(array, $.int(from), $.int(to)),
    fill: (array: unknown, ...rest: unknown[]) => {
      const [from, to] = rest.length > 1 ? rest : []
      const value = converted(array, rest.at(-1))
      return within(array, from, to, (part) => part.map(() => value))
    },
    sort: (array: unknown, from: unknown, to: unknown) => within(array, from, to, sorted),
    ...{ toString: written, deepToString: written, equals: same, deepEquals: same },
    hashCode: (array: unknown) => ($.isNull(array) ? 0 : $.hash([...itemsOf(array)])),
    binarySearch: (array: unknown, key: unknown) => found(itemsOf(array), key),
  }
}

/** java.util.Collections, and List.of, Set.of and Map.of. */
export const installCollections = ($: Runtime): void => {
  const most = 100_000
  const own = (value: unknown): unknown[] =>
    Array.isArray(value) ? value : $.fail(`a list is needed, not ${$.typeName(value)}`)
  const place = (list: unknown[], index: unknown) => {
    const at = $.int(index)
    return at < 0 || at >= list.length ? $.fail(`index ${at} is out of bounds for length ${list.length}`) : at
  }
  const method = (name: string, list: unknown, ...parameters: unknown[]) => $.listMethods[name]?.(list, ...parameters)
  const best = (values: unknown, isBetter: (order: number) => boolean): unknown => {
    const items = $.list(values)
    if (items.length === 0) return $.fail('the collection is empty')
    return items.reduce((found, item) => (isBetter($.compare(item, found)) ? item : found))
  }
  const repeated = (count: unknown, value: unknown) => {
    const size = $.int(count)
    return size < 0 || size > most
      ? $.fail(`a list cannot have ${size} items`)
      : Array.from({ length: size }, () => value)
  }
  const rotated = (list: unknown[], distance: number) => {
    const by = list.length === 0 ? 0 : ((distance % list.length) + list.length) % list.length
    list.splice(0, list.length, ...list.slice(list.length - by), ...list.slice(0, list.length - by))
    return null
  }
  const swapped = (list: unknown[], first: number, second: number) => {
    const kept = list[first]
    list[first] = list[second]
    list[second] = kept
    return null
  }
  const shuffled = (list: unknown[]) => {
    for (let index = list.length - 1; index > 0; index--) swapped(list, index, Math.floor(Math.random() * (index + 1)))
    return null
  }
  const replaced = (list: unknown[], old: unknown, value: unknown) => {
    let isChanged = false
    for (const [index, item] of list.entries()) {
      if (!$.equals(item, old)) continue
      list[index] = value
      isChanged = true
    }
    return isChanged
  }
  const startsAt = (whole: unknown[], part: unknown[], from: number) =>
    from + part.length <= whole.length && part.every((item, index) => $.equals(item, whole[from + index]))
  const places = (list: unknown, other: unknown): number[] => {
    const [whole, part] = [own(list), own(other)]
    if (whole.length * part.length > 1_000_000) return $.fail('the lists are too long')
    return [...whole.keys(), whole.length].filter((from) => startsAt(whole, part, from))
  }
  const added = (values: unknown, items: unknown[]) => {
    const others = items.length === 1 && items[0] instanceof $.JavaArray ? items[0].items : items
    return values instanceof Set ? $.setMethods.addAll?.(values, others) : method('addAll', own(values), others)
  }
  const copied = (target: unknown, source: unknown) => {
    const [to, from] = [own(target), own(source)]
    if (from.length > to.length) return $.fail('the list is too short')
    for (const [index, item] of from.entries()) to[index] = item
    return null
  }
  const isApart = (left: unknown, right: unknown) => {
    const [a, b] = [$.list(left), $.list(right)]
    if (a.length * b.length > 1_000_000) return $.fail('the lists are too long')
    return !a.some((item) => b.some((other) => $.equals(item, other)))
  }
  const map = (parts: unknown[]) => (parts.length % 2 > 0 ? $.fail('a map needs a value for each key') : $.map(parts))
  const same = (value: unknown) => value
  const fixed = $.unmodifiable as (value: unknown) => unknown
  $.classes.Collections = {
    addAll: (values: unknown, ...items: unknown[]) => added(values, items),
    binarySearch: (list: unknown, key: unknown) =>
      ($.found as (items: unknown[], key: unknown) => number)(own(list), key),
    copy: copied,
    disjoint: isApart,
    emptyList: () => [],
    emptySet: () => new Set(),
    emptyMap: () => new Map(),
    fill: (list: unknown, value: unknown) => {
      own(list).fill(value)
      return null
    },
    frequency: (values: unknown, value: unknown) => $.list(values).filter((item) => $.equals(item, value)).length,
    indexOfSubList: (list: unknown, part: unknown) => places(list, part)[0] ?? -1,
    lastIndexOfSubList: (list: unknown, part: unknown) => places(list, part).at(-1) ?? -1,
    max: (values: unknown) => best(values, (order) => order > 0),
    min: (values: unknown) => best(values, (order) => order < 0),
    nCopies: repeated,
    replaceAll: (list: unknown, old: unknown, value: unknown) => replaced(own(list), old, value),
    reverse: (list: unknown) => method('reverse', own(list)),
    rotate: (list: unknown, distance: unknown) => rotated(own(list), $.int(distance)),
    shuffle: (list: unknown) => shuffled(own(list)),
    singleton: (value: unknown) => new Set([value]),
    singletonList: (value: unknown) => [value],
    singletonMap: (key: unknown, value: unknown) => $.map([key, value]),
    sort: (list: unknown) => method('sort', own(list)),
    swap: (list: unknown, first: unknown, second: unknown) =>
      swapped(own(list), place(own(list), first), place(own(list), second)),
    ...{ unmodifiableList: fixed, unmodifiableSet: fixed, unmodifiableMap: fixed, unmodifiableCollection: fixed },
    ...{ synchronizedList: same, synchronizedSet: same, synchronizedMap: same, synchronizedCollection: same },
  }
  $.classes.List = {
    of: (...items: unknown[]) => fixed(items),
    copyOf: (items: unknown) => fixed([...$.list(items)]),
  }
  $.classes.Set = {
    of: (...items: unknown[]) => fixed(new Set(items)),
    copyOf: (items: unknown) => fixed(new Set($.list(items))),
  }
  $.classes.Map = {
    of: (...parts: unknown[]) => fixed(map(parts)),
    copyOf: (other: unknown) => fixed(other instanceof Map ? new Map(other) : $.fail('a map is needed')),
    entry: (key: unknown, value: unknown) => new $.Entry(key, value),
  }
}

/** java.util.Objects, UUID, Base64 and Random. */
export const installUtilities = ($: Runtime): void => {
  const needed = (value: unknown, message: unknown) =>
    $.isNull(value) ? $.fail($.isNull(message) ? 'a value is needed, not null' : $.text(message)) : value
  $.classes.Objects = {
    ...{
      equals: (left: unknown, right: unknown) => $.equals(left, right),
      hashCode: (value: unknown) => $.hash(value),
    },
    deepEquals: (left: unknown, right: unknown) => $.equals(left, right),
    isNull: (value: unknown) => $.isNull(value),
    nonNull: (value: unknown) => !$.isNull(value),
    hash: (...values: unknown[]) => $.hash(values),
    toString: (value: unknown, other?: unknown) => ($.isNull(value) && other !== undefined ? other : $.text(value)),
    requireNonNull: needed,
    requireNonNullElse: (value: unknown, other: unknown) => ($.isNull(value) ? needed(other, null) : value),
    checkIndex: (index: unknown, length: unknown) =>
      $.int(index) < 0 || $.int(index) >= $.int(length)
        ? $.fail(`index ${$.int(index)} is out of bounds for length ${$.int(length)}`)
        : $.int(index),
  }
  const randomUuid = () =>
    'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (sign) => {
      const bits = Math.floor(Math.random() * 16)
      return (sign === 'x' ? bits : (bits & 3) | 8).toString(16)
    })
  const uuidOf = (value: unknown): string => {
    const parts = /^([\da-f]{1,8})-([\da-f]{1,4})-([\da-f]{1,4})-([\da-f]{1,4})-([\da-f]{1,12})$/i.exec($.string(value))
    if (!parts) return $.fail(`${$.string(value)} is no UUID`)
    const sizes = [8, 4, 4, 4, 12]
    return sizes.map((size, index) => (parts[index + 1] ?? '').toLowerCase().padStart(size, '0')).join('-')
  }
  $.classes.UUID = { randomUUID: randomUuid, fromString: uuidOf }
  const instance = (type: string, methods: Table) => new $.Instance(type, Object.assign(Object.create(null), methods))
  const toBase64 = (value: unknown): string => $.text($.helpers.bytesToBase64?.(value))
  const bytesOf = (text: unknown): unknown =>
    typeof text === 'string' ? text : $.helpers.bytesToString?.(text, 'ISO-8859-1')
  const forUrl = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')
  const encoder = (change: (text: string) => string): unknown => ({
    encodeToString: (value: unknown) => change(toBase64(value)),
    encode: (value: unknown) => new $.JavaArray('byte', $.list($.helpers.stringToBytes?.(change(toBase64(value))))),
    withoutPadding: () => instance('Encoder', encoder((text) => change(text).replace(/=+$/, '')) as Table),
  })
  const decoder = (change: (text: string) => string): Table => ({
    decode: (value) => $.helpers.base64ToBytes?.(change($.string(bytesOf(value)))),
  })
  const ofUrl = (text: string) =>
    /[+/]/.test(text) ? $.fail('the text is not Base64') : text.replaceAll('-', '+').replaceAll('_', '/')
  const encoderOf = (change: (text: string) => string) => instance('Encoder', encoder(change) as Table)
  const lines = (text: string) => text.replace(/.{76}(?=.)/g, '$&\r\n')
  $.classes.Base64 = {
    getEncoder: () => encoderOf((text) => text),
    getUrlEncoder: () => encoderOf(forUrl),
    getMimeEncoder: () => encoderOf(lines),
    getDecoder: () =>
      instance(
        'Decoder',
        decoder((text) => text),
      ),
    getUrlDecoder: () => instance('Decoder', decoder(ofUrl)),
    getMimeDecoder: () =>
      instance(
        'Decoder',
        decoder((text) => text.replace(/[^A-Za-z0-9+/=]/g, '')),
      ),
  }
  /** Java's numbers: a seed gives the same ones. */
  $.makeRandom = ([given]: unknown[]): unknown => {
    const scramble = (value: unknown) =>
      BigInt.asUintN(48, (typeof value === 'bigint' ? value : BigInt($.int(value))) ^ 0x5deece66dn)
    let seed = scramble(given ?? BigInt(Math.floor(Math.random() * 2 ** 48)))
    let spare: number | null = null
    const bits = (count: number): number => {
      seed = BigInt.asUintN(48, seed * 0x5deece66dn + 0xbn)
      return Number(BigInt.asIntN(32, seed >> BigInt(48 - count)))
    }
    const below = (bound: number): number => {
      if (bound <= 0) return $.fail('the bound must be positive')
      if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(bits(31))) >> 31n)
      for (let tries = 0; tries < 100; tries++) {
        const made = bits(31)
        if (made - (made % bound) + (bound - 1) <= 2147483647) return made % bound
      }
      return 0
    }
    const nextInt = (first?: unknown, second?: unknown): number => {
      if (first === undefined) return bits(32)
      if (second === undefined) return below($.int(first))
      const size = $.int(second) - $.int(first)
      return size > 0 && size <= 2147483647
        ? $.int(first) + below(size)
        : $.fail('the bound must be greater than the origin')
    }
    const double = () => (bits(26) * 2 ** 27 + bits(27)) * 2 ** -53
    const gaussian = (): number => {
      if (spare !== null) {
        const kept = spare
        spare = null
        return kept
      }
      for (let tries = 0; tries < 100; tries++) {
        const [x, y] = [2 * double() - 1, 2 * double() - 1]
        const square = x * x + y * y
        if (square >= 1 || square === 0) continue
        const factor = Math.sqrt((-2 * Math.log(square)) / square)
        spare = y * factor
        return x * factor
      }
      return 0
    }
    return instance('Random', {
      nextInt,
      nextLong: () => $.long((BigInt(bits(32)) << 32n) + BigInt(bits(32))),
      nextBoolean: () => bits(1) !== 0,
      nextFloat: () => $.float(bits(24) / 2 ** 24),
      nextDouble: () => $.double(double()),
      nextGaussian: () => $.double(gaussian()),
      setSeed: (value) => {
        seed = scramble(value)
        spare = null
        return null
      },
    })
  }
  /** The iterator of a collection. */
  $.iterator = (values: unknown): unknown => {
    const items = [...$.items(values)]
    let next = 0
    const removed = () => {
      if (next === 0) return $.fail('there is nothing to remove yet')
      const item = items[next - 1]
      if (values instanceof Set) values.delete(item)
      else if (Array.isArray(values)) values.splice(values.length - items.length + next - 1, 1)
      items.splice(0, next)
      next = 0
      return null
    }
    return instance('Iterator', {
      hasNext: () => next < items.length,
      next: () => (next < items.length ? items[next++] : $.fail('there are no more items')),
      remove: removed,
    })
  }
}
