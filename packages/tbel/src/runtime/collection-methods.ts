import type { Runtime, Table } from './types.ts'

/** The methods of lists that read, and those that make another list. */
export const installListReading = ($: Runtime): void => {
  const find = (list: unknown[], value: unknown, from = 0) =>
    list.findIndex((item, index) => index >= from && $.equals(item, value))
  const start = (list: unknown[], index: number) => (index < -list.length ? 0 : index < 0 ? index + list.length : index)
  const end = (list: unknown[], index: number) => (index < 0 ? start(list, index) : Math.min(index, list.length))
  const bounded = (list: unknown[], from: number, to: number) =>
    from > to || from < 0 || to > list.length
      ? $.fail(`from ${from} to ${to} is out of bounds for length ${list.length}`)
      : list.slice(from, to)
  const method = (name: string, list: unknown, ...parameters: unknown[]) => $.listMethods[name]?.(list, ...parameters)
  const changed =
    (name: string) =>
    (list: unknown, ...parameters: unknown[]) => {
      const copy = [...$.list(list)]
      method(name, copy, ...parameters)
      return copy
    }
  const joined = (list: unknown[], separator: string) =>
    list.map($.string).join(separator).replaceAll(', ', ',').replace(/[[\]]/g, '')
  const fixed = (list: unknown[]) => ($.unmodifiable as (value: unknown) => unknown)(list)
  const iterator = (list: unknown) => ($.iterator as (values: unknown) => unknown)(list)
  const methods: Table = {
    size: (list) => $.list(list).length,
    length: (list) => $.list(list).length,
    isEmpty: (list) => $.list(list).length === 0,
    get: (list, index) => ($.readAt as (list: unknown, index: unknown) => unknown)(list, $.int(index)),
    indexOf: (list, value, from = 0) => find($.list(list), value, $.int(from)),
    lastIndexOf: (list, value) => $.list(list).findLastIndex((item) => $.equals(item, value)),
    contains: (list, value) => find($.list(list), value) >= 0,
    containsAll: (list, values) => $.list(values).every((value) => find($.list(list), value) >= 0),
    join: (list, separator = ',') => joined($.list(list), $.string(separator)),
    clone: (list) => [...$.list(list)],
    slice: (list, from = 0, to = $.list(list).length) => {
      const values = $.list(list)
      return bounded(values, start(values, $.int(from)), end(values, $.int(to)))
    },
    subList: (list, from, to) => bounded($.list(list), $.int(from), $.int(to)),
    concat: (list, other) => [...$.list(list), ...$.list(other)],
    toSorted: changed('sort'),
    toReversed: changed('reverse'),
    toSpliced: (list, from, count, ...values) => {
      const { length } = $.list(list)
      const at = $.int(from)
      if (at > length) return [...$.list(list)]
      return changed('splice')(list, at, count === undefined ? length : count, ...values)
    },
    with: (list, index, value) => {
      const { length } = $.list(list)
      const place = $.int(index) < 0 ? $.int(index) + length : $.int(index)
      return place < 0 || place >= length
        ? $.fail(`index ${$.int(index)} is out of bounds for length ${length}`)
        : changed('splice')(list, place, 0, value)
    },
    toArray: (list) => new $.JavaArray('Object', [...$.list(list)]),
    memorySize: (list) => BigInt($.list(list).length * 8),
    validateClazzInArrayIsOnlyString: (list) => $.list(list).every((item) => typeof item === 'string'),
    validateClazzInArrayIsOnlyNumber: (list, value) =>
      value === undefined ? $.list(list).every($.isNumber) : $.isNumber(value),
    toUnmodifiable: (list) => fixed([...$.list(list)]),
    ...{ iterator, listIterator: iterator, ensureCapacity: () => null, trimToSize: () => null },
  }
  $.listMethods = Object.assign(Object.create(null), methods)
}

/** The methods that change a list. */
export const installListChanging = ($: Runtime): void => {
  /** What a method without a result gives. */
  const nothing = (_done: unknown): null => null
  const place = (list: unknown[], index: unknown, extra: number) => {
    const at = $.int(index)
    return at < 0 || at >= list.length + extra ? $.fail(`index ${at} is out of bounds for length ${list.length}`) : at
  }
  /** Texts of numbers are such beside numbers only. */
  const isNumeric = (list: unknown[]) =>
    !list.every((item) => typeof item === 'string') && !list.some((item) => Number.isNaN($.numberOf(item)))
  const sorted = (list: unknown[], isAscending: unknown) => {
    const areNumbers = isNumeric(list)
    const isUp = $.isNull(isAscending) || $.boolean(isAscending)
    // Other values by their texts, which are made once.
    const keyed = list.map((item) => ({ item, key: areNumbers ? $.numberOf(item) : $.text(item) }))
    const order = (left: { key: unknown }, right: { key: unknown }) => $.compare(left.key, right.key)
    keyed.sort((left, right) => (isUp ? order(left, right) : order(right, left)))
    list.splice(0, list.length, ...keyed.map(({ item }) => item))
    return null
  }
  const remove = (list: unknown[], what: unknown) => {
    if (typeof what === 'number' && (what | 0) === what) return list.splice(place(list, what, 0), 1)[0]
    const index = list.findIndex((item) => $.equals(item, what))
    if (index >= 0) list.splice(index, 1)
    return index >= 0
  }
  const keep = (list: unknown[], others: unknown, isKept: boolean) => {
    const values = $.list(others)
    const left = list.filter((item) => values.some((value) => $.equals(value, item)) === isKept)
    const isChanged = left.length < list.length
    list.splice(0, list.length, ...left)
    return isChanged
  }
  const spliced = (list: unknown[], from: unknown, count: unknown, values: unknown[]) => {
    const index = $.int(from)
    const start = index < 0 ? Math.max(0, index + list.length) : Math.min(index, list.length)
    return list.splice(start, count === undefined ? list.length - start : Math.max(0, $.int(count)), ...values)
  }
  const filled = (list: unknown[], value: unknown, from: number, to: number) => list.fill(value, from, to)
  const methods: Table = {
    push: (list, value) => $.list(list).push(value) > 0,
    pop: (list) => $.list(list).pop() ?? null,
    shift: (list) => $.list(list).splice(place($.list(list), 0, 0), 1)[0],
    unshift: (list, ...values) => nothing($.list(list).splice(0, 0, ...values)),
    add: (list, first, value) => {
      if (value === undefined) return $.list(list).push(first) > 0
      $.list(list).splice(place($.list(list), first, 1), 0, value)
      return null
    },
    addAll: (list, first, values) => {
      const added = $.list(values === undefined ? first : values)
      const at = values === undefined ? $.list(list).length : place($.list(list), first, 1)
      $.list(list).splice(at, 0, ...added)
      return added.length > 0
    },
    remove: (list, what) => remove($.list(list), what),
    removeAll: (list, values) => keep($.list(list), values, false),
    retainAll: (list, values) => keep($.list(list), values, true),
    clear: (list) => nothing($.list(list).splice(0)),
    set: (list, index, value) => $.list(list).splice(place($.list(list), index, 0), 1, value)[0],
    splice: (list, from, count, ...values) => spliced($.list(list), from, count, values),
    sort: (list, isAscending) => sorted($.list(list), isAscending),
    reverse: (list) => nothing($.list(list).reverse()),
    fill: (list, value, from = 0, to = $.list(list).length) => filled($.list(list), value, $.int(from), $.int(to)),
  }
  Object.assign($.listMethods, methods)
}

/** The methods of maps. */
export const installMapMethods = ($: Runtime): void => {
  /** What a method without a result gives. */
  const nothing = (_done: unknown): null => null
  const own = (value: unknown): Map<unknown, unknown> => (value instanceof Map ? value : $.fail('not a map'))
  const refill = (map: Map<unknown, unknown>, keys: unknown[]) => {
    const values = new Map(map)
    map.clear()
    for (const key of keys) map.set(key, values.get(key))
    return null
  }
  const sorted = (list: unknown[], isAscending: unknown) => {
    $.listMethods.sort?.(list, isAscending)
    return list
  }
  const byValue = (map: Map<unknown, unknown>, isAscending: unknown) => {
    const values = [...map.values()]
    const areNumbers =
      !values.every((value) => typeof value === 'string') && !values.some((value) => Number.isNaN($.numberOf(value)))
    const isUp = $.isNull(isAscending) || $.boolean(isAscending)
    const entries = [...map].map(([key, value]): [unknown, unknown] => [
      key,
      areNumbers ? $.numberOf(value) : $.text(value),
    ])
    entries.sort(([, left], [, right]) => (isUp ? $.compare(left, right) : $.compare(right, left)))
    return refill(
      map,
      entries.map(([key]) => key),
    )
  }
  const replaced = (map: Map<unknown, unknown>, key: unknown, parameters: unknown[]) => {
    if (parameters.length < 2) return map.has(key) ? $.put(map, key, parameters[0]) : null
    const isSame = map.has(key) && $.equals(map.get(key), parameters[0])
    if (isSame) $.put(map, key, parameters[1])
    return isSame
  }
  const removed = (map: Map<unknown, unknown>, key: unknown, value: unknown) => {
    if (value === undefined) return $.put(map, key, null)
    const isSame = map.has(key) && $.equals(map.get(key), value)
    if (isSame) map.delete(key)
    return isSame
  }
  const inverted = (map: Map<unknown, unknown>) => new Map([...map].map(([key, value]) => [value, key]))
  const changed =
    (change: (map: Map<unknown, unknown>, isAscending: unknown) => unknown) => (map: unknown, isAscending: unknown) => {
      const copy = new Map(own(map))
      change(copy, isAscending)
      return copy
    }
  const sortedByKey = (map: Map<unknown, unknown>, isAscending: unknown) =>
    refill(map, sorted([...map.keys()], isAscending))
  const reversed = (map: Map<unknown, unknown>) => refill(map, [...map.keys()].reverse())
  const replaceBy = (map: Map<unknown, unknown>, other: Map<unknown, unknown>) => {
    map.clear()
    for (const [key, value] of other) map.set(key, value)
    return null
  }
  const byKey = changed(sortedByKey)
  const iterated = (map: unknown) => ($.iterator as (values: unknown) => unknown)(new Set(own(map).keys()))
  const methods: Table = {
    get: (map, key) => own(map).get(key) ?? null,
    getOrDefault: (map, key, value) => own(map).get(key) ?? value,
    put: (map, key, value) => $.put(own(map), key, value),
    putIfAbsent: (map, key, value) => (own(map).has(key) ? own(map).get(key) : $.put(own(map), key, value)),
    putAll: (map, other) => {
      for (const [key, value] of own(other)) own(map).set(key, value)
      return null
    },
    replace: (map, key, ...parameters) => replaced(own(map), key, parameters),
    remove: (map, key, value) => removed(own(map), key, value),
    clear: (map) => nothing(own(map).clear()),
    containsKey: (map, key) => own(map).has(key),
    containsValue: (map, value) => [...own(map).values()].some((item) => $.equals(item, value)),
    keys: (map) => [...own(map).keys()],
    keySet: (map) => new Set(own(map).keys()),
    values: (map) => [...own(map).values()],
    entrySet: (map) => new Set($.items(own(map))),
    size: (map) => own(map).size,
    isEmpty: (map) => own(map).size === 0,
    clone: (map) => new Map(own(map)),
    sortByKey: (map, isAscending) => sortedByKey(own(map), isAscending),
    ...{ toSorted: byKey, toSortedByKey: byKey, toSortedByValue: changed(byValue), toReversed: changed(reversed) },
    reverse: (map) => reversed(own(map)),
    invert: (map) => replaceBy(own(map), inverted(own(map))),
    toInverted: (map) => inverted(own(map)),
    slice: (map, from, to) => new Map($.list($.listMethods.slice?.([...own(map)], from, to)) as [unknown, unknown][]),
    toUnmodifiable: (map) => ($.unmodifiable as (value: unknown) => unknown)(new Map(own(map))),
    iterator: iterated,
    sortByValue: (map, isAscending) => byValue(own(map), isAscending),
    memorySize: (map) => BigInt(own(map).size * 12),
  }
  $.mapMethods = Object.assign(Object.create(null), methods)
}

/** The methods of sets. */
export const installSetMethods = ($: Runtime): void => {
  /** What a method without a result gives. */
  const nothing = (_done: unknown): null => null
  const own = (value: unknown): Set<unknown> => (value instanceof Set ? value : $.fail('not a set'))
  const refill = (set: Set<unknown>, list: unknown[]) => {
    set.clear()
    for (const item of list) set.add(item)
    return null
  }
  const sorted = (set: Set<unknown>, isAscending: unknown) => {
    const list = [...set]
    $.listMethods.sort?.(list, isAscending)
    return list
  }
  const kept = (set: Set<unknown>, values: unknown, isKept: boolean) => {
    const others = new Set($.list(values))
    const { size } = set
    for (const item of [...set]) if (others.has(item) !== isKept) set.delete(item)
    return set.size < size
  }
  const methods: Table = {
    add: (set, value) => {
      const { size } = own(set)
      return own(set).add(value).size > size
    },
    addAll: (set, values) => {
      const { size } = own(set)
      for (const value of $.list(values)) own(set).add(value)
      return own(set).size > size
    },
    remove: (set, value) => own(set).delete(value),
    removeAll: (set, values) => kept(own(set), values, false),
    retainAll: (set, values) => kept(own(set), values, true),
    containsAll: (set, values) => $.list(values).every((value) => own(set).has(value)),
    toList: (set) => [...own(set)],
    toUnmodifiable: (set) => ($.unmodifiable as (value: unknown) => unknown)(new Set(own(set))),
    memorySize: (set) => BigInt(own(set).size * 4),
    iterator: (set) => ($.iterator as (values: unknown) => unknown)(set),
    clear: (set) => nothing(own(set).clear()),
    contains: (set, value) => own(set).has(value),
    size: (set) => own(set).size,
    isEmpty: (set) => own(set).size === 0,
    sort: (set, isAscending) => refill(own(set), sorted(own(set), isAscending)),
    toSorted: (set, isAscending) => new Set(sorted(own(set), isAscending)),
    toArray: (set) => new $.JavaArray('Object', [...own(set)]),
    clone: (set) => new Set(own(set)),
  }
  $.setMethods = Object.assign(Object.create(null), methods)
}
