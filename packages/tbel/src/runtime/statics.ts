import type { Runtime } from './types.ts'

/** Math. Whole results keep the widest kind of their parameters, as Java's overloads do. */
export const installMath = ($: Runtime): void => {
  const widest = (...values: unknown[]) =>
    Math.max(1, ...values.map((value) => (typeof value === 'string' ? 4 : $.kindOf(value))))
  const number = (value: unknown) => {
    if (value instanceof $.Char) return $.int(value)
    const result = typeof value === 'boolean' ? Number(value) : $.numberOf(value)
    return Number.isNaN(result) && !$.isNumber(value) ? $.fail(`a number is needed, not ${$.text(value)}`) : result
  }
  const asKind = (value: unknown, kind: number): unknown => {
    if (kind === 1) return $.int(value)
    if (kind === 2) return typeof value === 'bigint' ? value : $.saturatedLong(number(value))
    return kind === 3 ? $.float(number(value)) : $.double(number(value))
  }
  const choose = (isFirst: (order: number) => boolean) => (left: unknown, right: unknown) => {
    const kind = widest(left, right)
    if (Number.isNaN(number(left)) || Number.isNaN(number(right))) return $.double(Number.NaN)
    return asKind(isFirst($.compare(left, right)) ? left : right, kind)
  }
  const real = (operation: (value: number) => number) => (value: unknown) => $.double(operation(number(value)))
  const names = [
    'sqrt',
    'cbrt',
    'floor',
    'ceil',
    'exp',
    'expm1',
    'log',
    'log10',
    'log1p',
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'sinh',
    'cosh',
    'tanh',
  ] as const
  const even = (value: number) => {
    const below = Math.floor(value)
    return value - below === 0.5 ? below + (below % 2 === 0 ? 0 : 1) : Math.round(value)
  }
  const round = (value: unknown) => {
    const rounded = Math.floor(number(value) + 0.5)
    return $.kindOf(value) === 3 ? $.saturatedInt(rounded) : $.saturatedLong(rounded)
  }
  const absolute = (value: unknown) => {
    if (typeof value === 'bigint') return $.long(value < 0n ? -value : value)
    return widest(value) === 1 ? Math.abs(number(value)) | 0 : asKind(Math.abs(number(value)), widest(value))
  }
  const whole = (value: unknown): bigint => {
    const kept = ($.cast as (type: string, value: unknown) => unknown)('long', value)
    return typeof kept === 'bigint' ? kept : $.fail('a whole number is needed, not null')
  }
  /** A whole result that must be of the kind of its parameters, Integer or Long. */
  const exact = (operation: (left: bigint, right: bigint) => bigint) => (left: unknown, right: unknown) => {
    const result = operation(whole(left), whole(right))
    const bits = widest(left, right) === 1 ? 32 : 64
    if (BigInt.asIntN(bits, result) !== result) return $.fail(`${bits === 64 ? 'Long' : 'Integer'} overflow`)
    return bits === 64 ? result : Number(result)
  }
  const add = exact((left, right) => left + right)
  const subtract = exact((left, right) => left - right)
  const wholes = (operation: (left: bigint, right: bigint) => bigint) => (left: unknown, right: unknown) => {
    const [a, b] = [whole(left), whole(right)]
    const result = b === 0n ? $.fail('/ by zero') : operation(a, b)
    return widest(left, right) === 2 ? $.long(result) : Number(BigInt.asIntN(32, result))
  }
  const below = (left: bigint, right: bigint) => {
    const quotient = left / right
    return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient
  }
  const view = new DataView(new ArrayBuffer(8))
  /** The next Double after a finite number, above or below. */
  const stepped = (value: number, isUp: boolean): number => {
    if (Number.isNaN(value) || value === (isUp ? Infinity : -Infinity)) return value
    if (value === 0) return isUp ? Number.MIN_VALUE : -Number.MIN_VALUE
    view.setFloat64(0, value)
    view.setBigInt64(0, view.getBigInt64(0) + (value > 0 === isUp ? 1n : -1n))
    return view.getFloat64(0)
  }
  const exponentOf = (value: number): number => {
    view.setFloat64(0, value)
    const bits = (view.getUint16(0) >> 4) & 0x7ff
    return bits === 0 ? -1023 : bits - 1023
  }
  const ulp = (value: number) => {
    const absolute = Math.abs(value)
    return absolute === Number.MAX_VALUE ? 2 ** 971 : stepped(absolute, true) - absolute
  }
  const scaled = (value: number, exponent: number): number => {
    const half = Math.trunc(Math.max(-4000, Math.min(4000, exponent)) / 4)
    const rest = Math.max(-4000, Math.min(4000, exponent)) - 3 * half
    return value * 2 ** half * 2 ** half * 2 ** half * 2 ** rest
  }
  const remainder = (left: number, right: number): number => {
    if (!Number.isFinite(left) || Number.isNaN(right) || right === 0) return Number.NaN
    if (!Number.isFinite(right)) return left
    const rest = left % right
    const twice = Math.abs(rest) * 2
    const size = Math.abs(right)
    const isOdd = Math.trunc(left / right) % 2 !== 0
    const nearest = twice > size || (twice === size && isOdd) ? rest - Math.sign(rest) * size : rest
    return nearest === 0 ? (left < 0 ? -0 : 0) : nearest
  }
  const power = (base: number, exponent: number) =>
    Math.abs(base) === 1 && !Number.isFinite(exponent) ? Number.NaN : base ** exponent
  const two = (operation: (left: number, right: number) => number) => (left: unknown, right: unknown) =>
    $.double(operation(number(left), number(right)))
  const toIntExact = (value: unknown) => {
    const made = whole(value)
    return BigInt.asIntN(32, made) === made ? Number(made) : $.fail('Integer overflow')
  }
  $.classes = Object.create(null)
  const math: Record<string, unknown> = {
    ...Object.fromEntries(names.map((name) => [name, real(Math[name])])),
    ...{ PI: Math.PI, E: Math.E, random: () => $.double(Math.random()), round, abs: absolute, toIntExact },
    ...{ rint: real(even), signum: real(Math.sign), ulp: real(ulp) },
    toRadians: real((value) => (value / 180) * Math.PI),
    toDegrees: real((value) => (value * 180) / Math.PI),
    ...{ pow: two(power), atan2: two(Math.atan2), hypot: two(Math.hypot), IEEEremainder: two(remainder) },
    copySign: two((size, sign) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size))),
    max: choose((order) => order > 0),
    min: choose((order) => order < 0),
    floorDiv: wholes(below),
    floorMod: wholes((left, right) => left - below(left, right) * right),
    ...{ addExact: add, subtractExact: subtract, multiplyExact: exact((left, right) => left * right) },
    incrementExact: (value: unknown) => add(value, 1),
    decrementExact: (value: unknown) => subtract(value, 1),
    negateExact: (value: unknown) => subtract(0, value),
    absExact: (value: unknown) => ($.compare(value, 0) < 0 ? subtract(0, value) : add(0, value)),
    multiplyFull: (left: unknown, right: unknown) => BigInt($.int(left)) * BigInt($.int(right)),
    multiplyHigh: (left: unknown, right: unknown) => $.long((whole(left) * whole(right)) >> 64n),
    fma: (left: unknown, right: unknown, plus: unknown) => $.double(number(left) * number(right) + number(plus)),
    nextUp: real((value) => stepped(value, true)),
    nextDown: real((value) => stepped(value, false)),
    nextAfter: two((value, to) => (value === to || Number.isNaN(to) ? to : stepped(value, to > value))),
    getExponent: (value: unknown) => exponentOf(number(value)),
    scalb: (value: unknown, exponent: unknown) => $.double(scaled(number(value), $.int(exponent))),
  }
  $.classes.Math = math
  $.classes.StrictMath = math
}

/** String, JSON, and what `new` makes. */
export const installClasses = ($: Runtime): void => {
  const format = $.format as (form: string, values: unknown[]) => string
  /** The text of an array of signs, or of bytes. */
  const ofArray = (value: unknown, from: unknown, count: unknown): string | null => {
    if (!(value instanceof $.JavaArray) || value.type !== 'char') return null
    const signs = value.items.map($.text)
    const start = from === undefined ? 0 : $.int(from)
    const end = count === undefined ? signs.length : start + $.int(count)
    return start < 0 || end < start || end > signs.length
      ? $.fail(`offset ${start}, count ${end - start}, length ${signs.length}`)
      : signs.slice(start, end).join('')
  }
  const textOf = (value: unknown, from?: unknown, count?: unknown) => ofArray(value, from, count) ?? $.text(value)
  const joined = (separator: unknown, parts: unknown[]) => {
    const [first] = parts
    const items =
      Array.isArray(first) || first instanceof Set || first instanceof $.JavaArray ? [...$.items(first)] : parts
    return items.map($.text).join($.string(separator))
  }
  $.classes.String = {
    format: (form: unknown, ...values: unknown[]) => format($.string(form), values),
    ...{ valueOf: textOf, copyValueOf: textOf },
    join: (separator: unknown, ...parts: unknown[]) => joined(separator, parts),
  }
  $.classes.JSON = {
    stringify: $.toJson,
    parse: (text: unknown) => ($.isNull(text) ? null : $.fromJson($.string(text))),
  }
  const made = ([value, second, third]: unknown[]): unknown => {
    if (value === undefined) return ''
    const isBytes = Array.isArray(value) || (value instanceof $.JavaArray && value.type === 'byte')
    return isBytes
      ? $.helpers.bytesToString?.(value, typeof second === 'string' ? second : 'UTF-8')
      : textOf(value, second, third)
  }
  const list = ([items]: unknown[]) => (items === undefined || $.isNumber(items) ? [] : [...$.list(items)])
  const set = ([items]: unknown[]) => new Set(items === undefined || $.isNumber(items) ? [] : $.list(items))
  const map = ([other]: unknown[]) => (other instanceof Map ? new Map(other) : new Map())
  const valueClass = (name: string) => (parameters: unknown[]) => {
    const method = ($.staticMethod as (className: string, name: string, line: number) => unknown)(name, 'valueOf', 0)
    return typeof method === 'function' ? method(parameters[0]) : null
  }
  const random = (parameters: unknown[]) => ($.makeRandom as (parameters: unknown[]) => unknown)(parameters)
  type Make = (parameters: unknown[]) => unknown
  const constructors: Record<string, Make> = {
    ...Object.fromEntries(
      ['Integer', 'Long', 'Double', 'Float', 'Short', 'Byte', 'Boolean', 'Character'].map((name) => [
        name,
        valueClass(name),
      ]),
    ),
    String: made,
    Date: (parameters) => ($.makeDate as Make)(parameters),
    Random: random,
  }
  /** These stand in the package java.util. */
  const ofUtil: Record<string, Make> = {
    ...Object.fromEntries(['ArrayList', 'LinkedList', 'Vector', 'Stack', 'ArrayDeque'].map((name) => [name, list])),
    ...{ HashMap: map, LinkedHashMap: map, Hashtable: map, HashSet: set, LinkedHashSet: set },
    ...{ Random: random, Date: (parameters) => ($.makeDate as Make)(parameters) },
  }
  $.make = (type: string, parameters: unknown[]): unknown => {
    const name = type.replace(/^java\.(util|lang)\./, '')
    const known = type.startsWith('java.util.') ? ofUtil : constructors
    return Object.hasOwn(known, name) ? known[name]?.(parameters) : $.fail(`new ${type}() is not supported`)
  }
}
