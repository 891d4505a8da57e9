import type { Boxed, Char, Runtime } from './types.ts'

/** The kinds of numbers and how they turn into one another, as Java does it. */
export const installNumbers = ($: Runtime): void => {
  class Box implements Boxed {
    readonly type: Boxed['type']
    readonly value: number
    constructor(type: Boxed['type'], value: number) {
      this.type = type
      this.value = value
    }
  }
  $.Boxed = Box
  const bytes: Boxed[] = []
  for (let value = -128; value < 128; value++) bytes.push(new Box('byte', value))
  const kinds = { byte: 0, float: 3, double: 4 }
  $.Char = class {
    readonly text: string
    constructor(text: string) {
      this.text = text
    }
  }
  const { Char } = $
  const chars = new Map<number, Char>()
  $.char = (code) => {
    const at = code & 0xffff
    const known = chars.get(at)
    if (known) return known
    const made = new Char(String.fromCharCode(at))
    chars.set(at, made)
    return made
  }
  $.plain = (value) => (value instanceof Char ? value.text : value)
  $.fail = (message) => {
    throw new Error(message)
  }
  $.isNull = (value) => value === null || value === undefined
  $.double = (value) => ((value | 0) === value ? new Box('double', value) : value)
  $.float = (value) => new Box('float', Math.fround(value))
  $.byte = (value) => bytes[((value << 24) >> 24) + 128] ?? $.fail('no byte')
  $.long = (value) => BigInt.asIntN(64, value)
  $.saturatedInt = (value) =>
    Number.isNaN(value) ? 0 : Math.max(-2147483648, Math.min(2147483647, Math.trunc(value))) | 0
  $.saturatedLong = (value) => {
    if (Number.isNaN(value)) return 0n
    if (value >= 2 ** 63) return 9223372036854775807n
    if (value <= -(2 ** 63)) return -9223372036854775808n
    return BigInt(Math.trunc(value))
  }
  /** -1: no number, 0: Byte, 1: Integer, 2: Long, 3: Float, 4: Double. */
  $.kindOf = (value) => {
    if (typeof value === 'number') return (value | 0) === value ? 1 : 4
    if (typeof value === 'bigint') return 2
    return value instanceof Box ? kinds[value.type] : -1
  }
  $.isNumber = (value) => $.kindOf(value) >= 0
  $.numberOf = (value) => {
    if (typeof value === 'number') return value
    if (typeof value === 'bigint') return Number(value)
    if (value instanceof Box) return value.value
    if (value instanceof Char) return numberOf(value.text)
    return typeof value === 'string' && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value) ? Number(value) : Number.NaN
  }
  const { numberOf } = $
  $.int = (value) => {
    if (typeof value === 'number' && (value | 0) === value) return value
    if (typeof value === 'bigint')
      return BigInt.asIntN(32, value) === value ? Number(value) : $.fail(`${value} does not fit Integer`)
    if (value instanceof Char) return value.text.charCodeAt(0)
    const number = typeof value === 'boolean' ? Number(value) : $.numberOf(value)
    return Number.isNaN(number) ? $.fail(`a whole number is needed, not ${$.text(value)}`) : $.saturatedInt(number)
  }
  $.string = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Char) return value.text
    return $.isNull(value) ? $.fail('a text is needed, not null') : $.text(value)
  }
}

/** Arithmetic. The first line of each operation is the common case, two plain numbers. */
export const installArithmetic = ($: Runtime): void => {
  const { numberOf, kindOf, double } = $
  const isInt = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value
  const { Boxed } = $
  const toKind = (value: number, kind: number): unknown => {
    if (kind === 4) return double(value)
    if (kind === 3) return $.float(value)
    if (kind === 2) return $.saturatedLong(value)
    return kind === 1 ? $.saturatedInt(value) : $.byte($.saturatedInt(value))
  }
  const isNumeric = (value: unknown) => !Number.isNaN(numberOf(value)) || kindOf(value) >= 0
  type Step = { name: string; plain: (a: number, b: number) => number; longs: (a: bigint, b: bigint) => unknown }
  const divided = (a: bigint, b: bigint) => double(Number(a) / Number(b))
  const left = (a: bigint, b: bigint) => (b === 0n ? $.fail('/ by zero') : a % b)
  const raised = (a: bigint, b: bigint) => {
    const value = Number(a) ** Number(b)
    return value > 2 ** 63 ? double(value) : $.saturatedLong(value)
  }
  const steps = {
    add: { name: 'add', plain: (a, b) => a + b, longs: (a, b) => $.long(a + b) },
    subtract: { name: 'subtract', plain: (a, b) => a - b, longs: (a, b) => $.long(a - b) },
    multiply: { name: 'multiply', plain: (a, b) => a * b, longs: (a, b) => $.long(a * b) },
    divide: { name: 'divide', plain: (a, b) => a / b, longs: divided },
    remainder: { name: 'remainder', plain: (a, b) => a % b, longs: left },
    power: { name: 'power', plain: (a, b) => a ** b, longs: raised },
  } satisfies Record<string, Step>
  const ofInts = (name: string, a: number, b: number, value: number): unknown => {
    if (name === 'divide') return double(value)
    if (name === 'remainder') return b === 0 ? $.fail('/ by zero') : value | 0
    if (name === 'power') return value > 2147483647 ? double(value) : $.saturatedInt(value)
    if ((value | 0) === value) return value | 0
    return name === 'multiply' ? BigInt(a) * BigInt(b) : BigInt(value)
  }
  /** Two values of which at least one is not a plain number: Java's kinds, texts of numbers, and what is neither. */
  const general = (step: Step, a: unknown, b: unknown): unknown => {
    const first = kindOf(a)
    const second = kindOf(b)
    if (first < 0 || second < 0) {
      if (!isNumeric(a) || !isNumeric(b)) return null
      const value = step.plain(numberOf(a), numberOf(b))
      return toKind(value, first < 0 && second < 0 ? 4 : Math.max(first, second))
    }
    const value = step.plain(numberOf(a), numberOf(b))
    if (first !== second) return toKind(value, Math.max(first, second))
    if (typeof a === 'bigint' && typeof b === 'bigint') return step.longs(a, b)
    if (first <= 1) return ofInts(step.name, numberOf(a), numberOf(b), value)
    return first === 3 && step.name !== 'divide' ? $.float(value) : double(value)
  }
  $.add = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'number' && typeof b === 'number') {
      const value = a + b
      if ((a | 0) === a && (b | 0) === b) return (value | 0) === value ? value : BigInt(value)
      return isInt(a) || isInt(b) || (value | 0) !== value ? double(value) : new Boxed('double', value)
    }
    if (Array.isArray(a)) return Array.isArray(b) || b instanceof Set ? [...a, ...b] : [...a, b]
    if (kindOf(a) >= 0 && kindOf(b) >= 0) return general(steps.add, a, b)
    return $.text(a) + $.text(b)
  }
  $.subtract = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'number' && typeof b === 'number') {
      const value = a - b
      if ((a | 0) === a && (b | 0) === b) return (value | 0) === value ? value : BigInt(value)
      return double(value)
    }
    return general(steps.subtract, a, b)
  }
  $.multiply = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'number' && typeof b === 'number') {
      const value = a * b
      if ((a | 0) === a && (b | 0) === b) return ofInts('multiply', a, b, value)
      return double(value)
    }
    return general(steps.multiply, a, b)
  }
  $.divide = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'number' && typeof b === 'number') return double(a / b)
    return general(steps.divide, a, b)
  }
  // Both known as Integers before the run (static-type.ts); a value that is none after all is treated like any other.
  type Operation = (a: unknown, b: unknown) => unknown
  const ofKnownInts =
    (ints: (a: number, b: number) => number, other: Operation): Operation =>
    (a, b) =>
      isInt(a) && isInt(b) ? ints(a, b) : other(a, b)
  $.addInts = ofKnownInts((a, b) => (a + b) | 0, $.add as Operation)
  $.subtractInts = ofKnownInts((a, b) => (a - b) | 0, $.subtract as Operation)
  $.multiplyInts = ofKnownInts(Math.imul, $.multiply as Operation)
  $.divideInts = ofKnownInts((a, b) => (b === 0 ? $.fail('/ by zero') : (a / b) | 0), $.divide as Operation)
  $.remainder = (a: unknown, b: unknown): unknown => general(steps.remainder, a, b)
  $.power = (a: unknown, b: unknown): unknown => general(steps.power, a, b)
  $.negate = (value: unknown): unknown => {
    if (typeof value === 'number')
      return isInt(value) ? (value === -2147483648 ? 2147483648n : 0 - value) : double(-value)
    if (typeof value === 'bigint') return $.long(-value)
    if (value instanceof Boxed) return toKind(-value.value, kindOf(value))
    return $.fail(`- cannot be applied to ${$.typeName(value)}`)
  }
}

/** Operations on bits: Integer and Byte have 32 of them, Long 64; everything else has none. */
export const installBits = ($: Runtime): void => {
  type Bits = { name: string; ints: (a: number, b: number) => number; longs: (a: bigint, b: bigint) => bigint }
  const isWhole = (value: unknown) => {
    if (typeof value === 'boolean') return true
    const kind = $.kindOf(value)
    return kind >= 0 && kind <= 2
  }
  const narrow = (value: unknown): number => (typeof value === 'boolean' ? Number(value) : $.numberOf(value))
  const wide = (value: unknown): bigint => (typeof value === 'bigint' ? value : BigInt(narrow(value)))
  const distance = (value: unknown): number => Number(BigInt.asUintN(6, wide(value)))
  const general = (bits: Bits, a: unknown, b: unknown): unknown => {
    if (!isWhole(a) || !isWhole(b))
      return $.fail(`${bits.name} needs whole numbers, not ${$.typeName(a)} and ${$.typeName(b)}`)
    if (typeof a !== 'bigint' && typeof b !== 'bigint') return bits.ints(narrow(a), narrow(b))
    return $.long(bits.longs(wide(a), wide(b)))
  }
  const shift = (bits: Bits, a: unknown, b: unknown): unknown => {
    if (!isWhole(a) || !isWhole(b)) return general(bits, a, b)
    if (typeof a === 'bigint') return $.long(bits.longs(a, BigInt(distance(b))))
    return bits.ints(narrow(a), distance(b))
  }
  const and: Bits = { name: '&', ints: (a, b) => a & b, longs: (a, b) => a & b }
  const or: Bits = { name: '|', ints: (a, b) => a | b, longs: (a, b) => a | b }
  const xor: Bits = { name: '^', ints: (a, b) => a ^ b, longs: (a, b) => a ^ b }
  const up: Bits = { name: '<<', ints: (a, b) => a << b, longs: (a, b) => a << b }
  const down: Bits = { name: '>>', ints: (a, b) => a >> b, longs: (a, b) => a >> b }
  const unsigned: Bits = { name: '>>>', ints: (a, b) => (a >>> b) | 0, longs: (a, b) => BigInt.asUintN(64, a) >> b }
  $.bitAnd = (a: unknown, b: unknown) => general(and, a, b)
  $.bitOr = (a: unknown, b: unknown) => general(or, a, b)
  $.bitXor = (a: unknown, b: unknown) => general(xor, a, b)
  $.shiftLeft = (a: unknown, b: unknown) => shift(up, a, b)
  $.shiftRight = (a: unknown, b: unknown) => shift(down, a, b)
  $.shiftRightUnsigned = (a: unknown, b: unknown) => shift(unsigned, a, b)
  $.bitNot = (value: unknown) => {
    if (typeof value === 'bigint') return ~value
    return isWhole(value) ? ~narrow(value) : $.fail(`~ needs a whole number, not ${$.typeName(value)}`)
  }
}
