import type { Runtime, Table } from './types.ts'

/**
 * Properties, items and method calls. Nothing is ever read from an object of JavaScript by a name of the script: a
 * property is a key of a map or a named case below, a method an entry of a table without prototype.
 */
export const installAccess = ($: Runtime): void => {
  const { isNull } = $
  $.Entry = class {
    readonly key: unknown
    value: unknown
    constructor(key: unknown, value: unknown) {
      this.key = key
      this.value = value
    }
  }
  $.JavaArray = class {
    readonly type: string
    readonly items: unknown[]
    constructor(type: string, items: unknown[]) {
      this.type = type
      this.items = items
    }
  }
  $.Instance = class {
    readonly type: string
    readonly methods: Table
    constructor(type: string, methods: Table) {
      this.type = type
      this.methods = methods
    }
  }
  /** Marks what nobody may change any more. */
  const mark = Symbol('unmodifiable')
  $.unmodifiable = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.defineProperty(value, mark, { value: true })
      : $.fail(`${$.typeName(value)} is no collection`)
  $.checkChange = (target: unknown): void => {
    if (typeof target === 'object' && target !== null && mark in target)
      $.fail(`this ${$.typeName(target)} cannot be changed`)
  }
  const checkChange = $.checkChange as (target: unknown) => void
  const changing = new Set(
    'push pop shift unshift add addAll remove removeAll retainAll clear set splice sort reverse fill put putIfAbsent putAll replace sortByKey sortByValue invert'.split(
      ' ',
    ),
  )
  const tableOf = (value: unknown): Table | null => {
    if (typeof value === 'string') return $.stringMethods
    if (Array.isArray(value)) return $.listMethods
    if (value instanceof Map) return $.mapMethods
    if (value instanceof Set) return $.setMethods
    if (value instanceof $.Date) return $.dateMethods
    if (value instanceof $.Instance) return value.methods
    return $.isNumber(value) || typeof value === 'boolean' ? $.numberMethods : null
  }
  const { Char } = $
  const isChar = (value: unknown) => value instanceof Char
  const withoutChars = (parameters: unknown[]) => (parameters.some(isChar) ? parameters.map($.plain) : parameters)
  $.call = (target: unknown, name: string, parameters: unknown[]): unknown => {
    if (isNull(target)) return $.fail(`${name}() of null`)
    if (target instanceof $.Char) return call(target.text, name, parameters)
    const method = tableOf(target)?.[name]
    if (method !== undefined) {
      if (target instanceof $.Instance) return method(...parameters)
      if (typeof target === 'object' && changing.has(name)) checkChange(target)
      return method(target, ...withoutChars(parameters))
    }
    if (target instanceof $.Entry) {
      if (name === 'getKey') return target.key
      if (name === 'getValue') return target.value
      if (name === 'setValue') {
        target.value = parameters[0]
        return null
      }
    }
    if (name === 'length' && target instanceof $.JavaArray) return target.items.length
    if (name === 'equals') return $.equals(target, parameters[0])
    if (name === 'hashCode') return $.hash(target)
    if (name === 'toString') return $.text(target)
    return $.fail(`${$.typeName(target)} has no method ${name}()`)
  }
  const call = $.call as (target: unknown, name: string, parameters: unknown[]) => unknown
  $.callSafely = (target: unknown, name: string, parameters: unknown[]) =>
    isNull(target) ? null : call(target, name, parameters)
  const asMethods: Record<string, string[]> = {
    Map: ['size', 'isEmpty', 'keys', 'values', 'entrySet', 'keySet'],
    List: ['size', 'length', 'isEmpty'],
    Set: ['size', 'isEmpty'],
    String: ['length', 'isEmpty', 'isBlank', 'getBytes'],
  }
  const getters: Record<string, string> = Object.assign(Object.create(null), {
    ...{ empty: 'isEmpty', blank: 'isBlank', bytes: 'getBytes' },
  })
  const property = (target: unknown, name: string): unknown => {
    if (target instanceof $.Entry && (name === 'key' || name === 'value')) return target[name]
    if (target instanceof $.JavaArray && name === 'length') return target.items.length
    const method = getters[name] ?? name
    if (asMethods[$.typeName(target)]?.includes(method)) return call(target, method, [])
    if (target instanceof $.Date) {
      const getter = `get${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
      if ($.dateMethods[getter]) return call(target, getter, [])
    }
    if (target instanceof Map) return null
    if (name === 'hashCode' || name === 'toString') return call(target, name, [])
    return $.fail(`${$.typeName(target)} has no property ${name}`)
  }
  $.read = (target: unknown, name: string): unknown => {
    if (target instanceof Map) {
      const value = target.get(name)
      return value === undefined ? property(target, name) : value
    }
    return isNull(target) ? $.fail(`property ${name} of null`) : property($.plain(target), name)
  }
  const read = $.read as (target: unknown, name: string) => unknown
  $.readSafely = (target: unknown, name: string) => (isNull(target) ? null : read(target, name))
}

/** Items of lists, maps, arrays and texts; writing of properties and items. */
export const installItems = ($: Runtime): void => {
  const { isNull } = $
  const checkChange = $.checkChange as (target: unknown) => void
  const position = (items: { length: number }, index: unknown): number => {
    if (typeof index !== 'number' || (index | 0) !== index) return $.fail(`${$.text(index)} is no index`)
    return index < 0 || index >= items.length
      ? $.fail(`index ${index} is out of bounds for length ${items.length}`)
      : index
  }
  const heldBy = (target: unknown): unknown[] | null =>
    Array.isArray(target) ? target : target instanceof $.JavaArray ? target.items : null
  $.readAt = (target: unknown, index: unknown): unknown => {
    if (Array.isArray(target)) return target[position(target, index)]
    if (target instanceof Map) return target.get($.plain(index)) ?? null
    if (typeof target === 'string') return $.char(target.charCodeAt(position(target, index)))
    if (target instanceof $.JavaArray) return target.items[position(target.items, index)]
    return $.fail(isNull(target) ? `item ${$.text(index)} of null` : `${$.typeName(target)} has no items`)
  }
  /** Null is never kept in a map: it takes the key away. */
  $.put = (map, givenKey, givenValue) => {
    checkChange(map)
    const key = $.plain(givenKey)
    const value = $.plain(givenValue)
    const old = map.get(key) ?? null
    if (isNull(value)) map.delete(key)
    else map.set(key, value)
    return old
  }
  $.writeAt = (target: unknown, index: unknown, value: unknown): unknown => {
    const items = heldBy(target)
    checkChange(target)
    if (target instanceof Map) $.put(target, index, value)
    else if (items)
      items[position(items, index)] = target instanceof $.JavaArray ? converted(target.type, value) : $.plain(value)
    else $.fail(isNull(target) ? `item ${$.text(index)} of null` : `${$.typeName(target)} has no items`)
    return value
  }
  $.write = (target: unknown, name: string, value: unknown): unknown => {
    if (target instanceof Map) $.put(target, name, value)
    else if (target instanceof $.Entry && name === 'value') target.value = value
    else $.fail(isNull(target) ? `property ${name} of null` : `${$.typeName(target)} has no property ${name}`)
    return value
  }
  type Read = (target: unknown, index: unknown) => unknown
  type Write = (target: unknown, index: unknown, value: unknown) => unknown
  type Operation = (left: unknown, right: unknown) => unknown
  $.change = (target: unknown, name: string, operation: Operation, value: () => unknown) =>
    ($.write as Write)(target, name, operation(($.read as Read)(target, name), value()))
  $.changeAt = (target: unknown, index: unknown, operation: Operation, value: () => unknown) =>
    ($.writeAt as Write)(target, index, operation(($.readAt as Read)(target, index), value()))
  $.map = (parts) => {
    const map = new Map<unknown, unknown>()
    for (let index = 0; index < parts.length; index += 2)
      if (!isNull(parts[index + 1])) map.set($.plain(parts[index]), $.plain(parts[index + 1]))
    return map
  }
  const upTo = function* (last: number): Generator<number> {
    for (let count = 1; count <= last; count++) yield count
  }
  $.rounds = (value) => ($.kindOf(value) === 1 ? upTo($.numberOf(value)) : $.items(value))
  $.items = (value) => {
    if (Array.isArray(value)) return value
    if (value instanceof Map) return [...value].map(([key, item]) => new $.Entry(key, item))
    if (value instanceof Set) return [...value]
    if (value instanceof $.JavaArray) return value.items
    const text = $.plain(value)
    return typeof text === 'string' ? signsOf(text) : $.fail(`${$.typeName(value)} cannot be walked through`)
  }
  const signsOf = (text: string) => {
    const signs: unknown[] = []
    for (let index = 0; index < text.length; index++) signs.push($.char(text.charCodeAt(index)))
    return signs
  }
  $.list = (value) => {
    if (Array.isArray(value)) return value
    if (value instanceof Set) return [...value]
    return $.fail(`a list is needed, not ${$.typeName(value)}`)
  }
  const zeros: Record<string, unknown> = {
    ...{ int: 0, short: 0, char: $.char(0), long: 0n, byte: $.byte(0), boolean: false },
    ...{ double: $.double(0), float: $.float(0) },
  }
  const converted = (type: string, value: unknown): unknown =>
    ($.cast as (type: string, value: unknown) => unknown)(type, value)
  const isKnown = (type: string): boolean => Object.hasOwn(zeros, type)
  const listed = [
    ...['String', 'Object', 'Boolean', 'Character'],
    ...['Byte', 'Short', 'Integer', 'Long', 'Float', 'Double'],
  ]
  const array = (type: string, sizes: number[]): unknown => {
    const [size = 0, ...rest] = sizes
    if (size < 0 || size > 1_000_000) return $.fail(`an array cannot have ${size} items`)
    return new $.JavaArray(
      type,
      Array.from({ length: size }, () => (rest.length > 0 ? array(type, rest) : zeros[type])),
    )
  }
  $.newArray = (type: string, sizes: unknown[]) =>
    isKnown(type) ? array(type, sizes.map($.int)) : $.fail(`arrays of ${type} are not supported`)
  $.arrayOf = (type: string, items: unknown[]) =>
    isKnown(type) || listed.includes(type)
      ? new $.JavaArray(
          type,
          items.map((item) => converted(type, item)),
        )
      : $.fail(`arrays of ${type} are not supported`)
  $.unknown = (name: string, line: number) => $.fail(`${name} is not known (line ${line})`)
  $.tooMany = (name: string) => $.fail(`too many parameters for ${name}()`)
}

/** Casts, questions for a type, and classes. */
export const installTypes = ($: Runtime): void => {
  const inRange = (type: string, value: number, limit: number): number =>
    value >= -limit && value < limit ? value | 0 : $.fail(`${value} does not fit ${type}`)
  const numeric: Record<string, (value: number, whole: bigint | null) => unknown> = {
    int: (value) => inRange('Integer', Math.trunc(value), 2147483648),
    long: (value, whole) => whole ?? $.saturatedLong(value),
    double: (value) => $.double(value),
    float: (value) => $.float(value),
    byte: (value, whole) => $.byte(whole === null ? $.saturatedInt(value) : Number(BigInt.asIntN(8, whole))),
    short: (value) => inRange('Short', Math.trunc(value), 32768),
  }
  const names: Record<string, string> = {
    Integer: 'int',
    Long: 'long',
    Double: 'double',
    Float: 'float',
    Byte: 'byte',
    Short: 'short',
  }
  $.cast = (type: string, value: unknown): unknown => {
    const name = names[type] ?? type
    if (name === 'Object' || $.isNull(value)) return value
    if (name === 'String') return $.text(value)
    if (name === 'boolean' || name === 'Boolean') return $.boolean(value)
    const make = numeric[name]
    if (name === 'char' || name === 'Character') {
      const code = ($.codeOf as (value: unknown) => number)(value)
      return $.char(code)
    }
    if (make === undefined) return $.fail(`a cast to ${type} is not supported`)
    if (value instanceof $.Char) return make(value.text.charCodeAt(0), null)
    const number = $.numberOf(
      typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? value.trim() : value,
    )
    if (Number.isNaN(number) && !$.isNumber(value)) return $.fail(`${$.text(value)} is no ${type}`)
    return make(number, typeof value === 'bigint' ? value : null)
  }
  $.isType = (value: unknown, type: string): boolean => {
    const name = type.replace(/^java\.(util|lang)\./, '')
    if ($.isNull(value)) return false
    if (name === 'Object') return true
    if (name === 'Number') return $.isNumber(value)
    if (name === 'Collection') return Array.isArray(value) || value instanceof Set
    const own = $.typeName(value)
    const known = [
      'String',
      'Boolean',
      'Byte',
      'Integer',
      'Long',
      'Float',
      'Double',
      'Date',
      'List',
      'ArrayList',
      'Map',
      'HashMap',
      'LinkedHashMap',
      'Set',
      'Short',
      'Character',
    ]
    if (!known.includes(name)) return $.fail(`the type ${type} is not known`)
    return own === name || (own === 'List' && name === 'ArrayList') || (own === 'Map' && /HashMap$/.test(name))
  }
  /** A question about types, not about values: any text converts to a number. */
  $.isConvertible = (value: unknown, type: string): boolean => {
    const name = type.replace(/^java\.lang\./, '')
    const isSimple = typeof $.plain(value) === 'string' || typeof value === 'boolean' || $.isNumber(value)
    return (
      name === 'Object' ||
      name === 'String' ||
      (isSimple && (Object.hasOwn(numeric, name) || Object.hasOwn(names, name) || /^[bB]oolean$/.test(name)))
    )
  }
  const own = (className: string, name: string): unknown => {
    const members = $.classes[className]
    return members && Object.hasOwn(members, name) ? members[name] : undefined
  }
  $.staticMethod = (className: string, name: string, line: number) => {
    const method = own(className, name)
    return typeof method === 'function' ? method : () => $.fail(`${className} has no method ${name}() (line ${line})`)
  }
  $.staticField = (className: string, name: string, line: number) => {
    const field = own(className, name)
    return field === undefined || typeof field === 'function'
      ? $.fail(`${className} has no property ${name} (line ${line})`)
      : field
  }
}
