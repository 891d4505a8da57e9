import type { Runtime } from './types.ts'

/** Math. Whole results keep the widest kind of their parameters, as Java's overloads do. */
export const installMath = ($: Runtime): void => {
  const widest = (...values: unknown[]) =>
    Math.max(1, ...values.map((value) => (typeof value === 'string' ? 4 : $.kindOf(value))))
  const number = (value: unknown) => {
    const result = $.numberOf(value)
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
  const floorMod = (left: unknown, right: unknown) =>
    number(right) === 0
      ? $.fail('/ by zero')
      : asKind(number(left) - Math.floor(number(left) / number(right)) * number(right), widest(left, right))
  $.classes = Object.create(null)
  const math: Record<string, unknown> = {
    ...Object.fromEntries(names.map((name) => [name, real(Math[name])])),
    ...{ PI: Math.PI, E: Math.E, random: () => $.double(Math.random()), round, abs: absolute, floorMod },
    rint: real(even),
    signum: real(Math.sign),
    toRadians: real((value) => (value / 180) * Math.PI),
    toDegrees: real((value) => (value * 180) / Math.PI),
    pow: (base: unknown, exponent: unknown) => $.double(number(base) ** number(exponent)),
    atan2: (y: unknown, x: unknown) => $.double(Math.atan2(number(y), number(x))),
    hypot: (x: unknown, y: unknown) => $.double(Math.hypot(number(x), number(y))),
    max: choose((order) => order > 0),
    min: choose((order) => order < 0),
    floorDiv: (left: unknown, right: unknown) =>
      number(right) === 0 ? $.fail('/ by zero') : asKind(Math.floor(number(left) / number(right)), widest(left, right)),
  }
  $.classes.Math = math
  $.classes.StrictMath = math
}

/** The classes of numbers, and String, Boolean, Character, JSON. */
export const installClasses = ($: Runtime): void => {
  const whole = (value: unknown, radix: unknown, least: bigint, most: bigint): bigint => {
    const text = $.string(value)
    const base = radix === undefined ? 10 : $.int(radix)
    const digits = text.replace(/^[+-]/, '').toLowerCase()
    const legal = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base)
    if (digits === '' || [...digits].some((digit) => !legal.includes(digit)))
      return $.fail(`For input string: "${text}"`)
    const size = [...digits].reduce((sum, digit) => sum * BigInt(base) + BigInt(legal.indexOf(digit)), 0n)
    const result = text.startsWith('-') ? -size : size
    return result < least || result > most ? $.fail(`For input string: "${text}"`) : result
  }
  const int = (value: unknown, radix?: unknown) => Number(whole(value, radix, -2147483648n, 2147483647n))
  const long = (value: unknown, radix?: unknown) => whole(value, radix, -9223372036854775808n, 9223372036854775807n)
  const real = (value: unknown) => {
    const text = $.string(value).trim()
    return /^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?)$/.test(text)
      ? Number(text.replace(/[dDfF]$/, ''))
      : $.fail(`For input string: "${text}"`)
  }
  const ofText =
    (parse: (value: unknown, radix?: unknown) => unknown, type: string) => (value: unknown, radix?: unknown) =>
      typeof value === 'string'
        ? parse(value, radix)
        : ($.cast as (type: string, value: unknown) => unknown)(type, value)
  const unsigned = (value: unknown) => BigInt.asUintN(32, BigInt($.int(value)))
  const wide = (value: unknown) => BigInt.asUintN(64, typeof value === 'bigint' ? value : BigInt($.int(value)))
  const common = {
    compare: (left: unknown, right: unknown) => $.compare(left, right),
    toString: (value: unknown) => $.text(value),
  }
  const reals = (type: string, make: (value: number) => unknown) => {
    const parse = (value: unknown) => make(real(value))
    const questions = {
      isNaN: (value: unknown) => Number.isNaN($.numberOf(value)),
      isInfinite: (value: unknown) => Math.abs($.numberOf(value)) === Infinity,
    }
    const limits = { NaN: make(Number.NaN), POSITIVE_INFINITY: make(Infinity), NEGATIVE_INFINITY: make(-Infinity) }
    return { ...common, ...questions, ...limits, [`parse${type}`]: parse, valueOf: ofText(parse, type) }
  }
  const inRadix = (value: unknown, radix: unknown) =>
    radix === undefined ? $.text(value) : BigInt($.text(value)).toString($.int(radix))
  $.classes.Integer = {
    ...common,
    ...{ MAX_VALUE: 2147483647, MIN_VALUE: -2147483648, parseInt: int, valueOf: ofText(int, 'int'), toString: inRadix },
    toHexString: (value: unknown) => unsigned(value).toString(16),
    toBinaryString: (value: unknown) => unsigned(value).toString(2),
    toOctalString: (value: unknown) => unsigned(value).toString(8),
  }
  $.classes.Long = {
    ...common,
    ...{
      MAX_VALUE: 9223372036854775807n,
      MIN_VALUE: -9223372036854775808n,
      parseLong: long,
      valueOf: ofText(long, 'long'),
      toString: inRadix,
    },
    toHexString: (value: unknown) => wide(value).toString(16),
    toBinaryString: (value: unknown) => wide(value).toString(2),
  }
  $.classes.Double = { ...reals('Double', $.double), MAX_VALUE: Number.MAX_VALUE, MIN_VALUE: Number.MIN_VALUE }
  $.classes.Float = { ...reals('Float', $.float), MAX_VALUE: $.float(3.4028234663852886e38) }
  $.classes.Byte = {
    toUnsignedInt: (value: unknown) => $.int(value) & 255,
    MAX_VALUE: $.byte(127),
    MIN_VALUE: $.byte(-128),
  }
  $.classes.Boolean = {
    parseBoolean: (text: unknown) => /^true$/i.test($.text(text)),
    valueOf: (value: unknown) => /^true$/i.test($.text(value)),
    TRUE: true,
    FALSE: false,
  }
  const one = (value: unknown) => $.string(value).slice(0, 1)
  $.classes.Character = {
    isDigit: (value: unknown) => /\p{Nd}/u.test(one(value)),
    isLetter: (value: unknown) => /\p{L}/u.test(one(value)),
    isLetterOrDigit: (value: unknown) => /[\p{L}\p{Nd}]/u.test(one(value)),
    isWhitespace: (value: unknown) => /\s/.test(one(value)),
    isUpperCase: (value: unknown) => /\p{Lu}/u.test(one(value)),
    isLowerCase: (value: unknown) => /\p{Ll}/u.test(one(value)),
  }
  const formatted = (form: string, values: unknown[]) => {
    let next = 0
    return form.replace(
      /%([-0+,]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
      (whole, flags: string, width: string, places: string, kind: string) => {
        if (kind === '%' || kind === 'n') return kind === '%' ? '%' : '\n'
        const value = values[next++]
        if (flags.includes(',') || !'dsfxXb'.includes(kind)) return $.fail(`the format ${whole} is not supported`)
        let text = $.text(value)
        if (kind === 'x' || kind === 'X')
          text = (typeof value === 'bigint' ? wide(value) : unsigned(value)).toString(16)
        if (kind === 'X') text = text.toUpperCase()
        if (kind === 'f') text = exact($.numberOf(value), places === undefined ? 6 : Number(places))
        else if (kind === 'd' && !/^-?\d+$/.test(text)) return $.fail(`%d needs a whole number, not ${text}`)
        else if (kind === 's' && places !== undefined) text = text.slice(0, Number(places))
        if (flags.includes('+') && 'df'.includes(kind) && !text.startsWith('-')) text = `+${text}`
        const size = Number(width ?? 0)
        if (flags.includes('-')) return text.padEnd(size)
        if (!flags.includes('0')) return text.padStart(size)
        const sign = /^[+-]/.exec(text)?.[0] ?? ''
        return sign + text.slice(sign.length).padStart(size - sign.length, '0')
      },
    )
  }
  const exact = (value: number, places: number) => {
    const rounded = $.helpers.toFixed?.(value, places)
    return $.numberOf(rounded).toFixed(Math.min(places, 100))
  }
  $.classes.String = {
    format: (form: unknown, ...values: unknown[]) => formatted($.string(form), values),
    valueOf: (value: unknown) => $.text(value),
    join: (separator: unknown, ...parts: unknown[]) =>
      (Array.isArray(parts[0]) || parts[0] instanceof Set ? $.list(parts[0]) : parts)
        .map($.text)
        .join($.string(separator)),
  }
  $.classes.JSON = {
    stringify: $.toJson,
    parse: (text: unknown) => ($.isNull(text) ? null : $.fromJson($.string(text))),
  }
  $.classes.Arrays = {
    asList: (...items: unknown[]) =>
      items.length === 1 && items[0] instanceof $.JavaArray ? [...items[0].items] : items,
  }
  const constructors: Record<string, (parameters: unknown[]) => unknown> = {
    String: ([value = '']) => $.text(value),
    Integer: ([value]) => ofText(int, 'int')(value),
    Long: ([value]) => ofText(long, 'long')(value),
    Double: ([value]) => (typeof value === 'string' ? $.double(real(value)) : $.double($.numberOf(value))),
    ArrayList: ([items]) => (items === undefined || $.isNumber(items) ? [] : [...$.list(items)]),
    HashMap: ([map]) => (map instanceof Map ? new Map(map) : new Map()),
    HashSet: ([items]) => new Set(items === undefined || $.isNumber(items) ? [] : $.list(items)),
    Date: (parameters) => ($.makeDate as (parameters: unknown[]) => unknown)(parameters),
  }
  $.make = (type: string, parameters: unknown[]): unknown => {
    const isUtil = type.startsWith('java.util.')
    const name = type
      .replace(/^java\.(util|lang)\./, '')
      .replace(/^Linked(?=Hash)|^LinkedList$/, (start) => (start === 'LinkedList' ? 'ArrayList' : ''))
    const known =
      Object.hasOwn(constructors, name) && (isUtil || !['ArrayList', 'HashMap', 'HashSet'].includes(name))
        ? constructors[name]
        : undefined
    return known ? known(parameters) : $.fail(`new ${type}() is not supported`)
  }
}
