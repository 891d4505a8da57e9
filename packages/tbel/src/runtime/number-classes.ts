import type { Runtime } from './types.ts'

/** Integer, Long, Short and Byte: whole numbers, their texts and their bits. */
export const installWholeClasses = ($: Runtime): void => {
  type Static = (...parameters: unknown[]) => unknown
  const cast = $.cast as (type: string, value: unknown) => unknown
  const signs = '0123456789abcdefghijklmnopqrstuvwxyz'
  const notNumber = (text: string) => $.fail(`For input string: "${text}"`)
  const inBase = (value: unknown): number => {
    const base = value === undefined ? 10 : $.int(value)
    return base < 2 || base > 36 ? $.fail(`the radix ${base} is not between 2 and 36`) : base
  }
  /** For writing, any other radix is 10. */
  const toWrite = (value: unknown): number => {
    const base = value === undefined ? 10 : $.int(value)
    return base < 2 || base > 36 ? 10 : base
  }
  const digitsOf = (digits: string, base: number, text: string): bigint => {
    const legal = signs.slice(0, base)
    if (digits === '' || digits.length > 200) return notNumber(text)
    let size = 0n
    for (const digit of digits.toLowerCase())
      size = size * BigInt(base) + (legal.includes(digit) ? BigInt(legal.indexOf(digit)) : notNumber(text))
    return size
  }
  const within = (value: bigint, bits: number, text: string): bigint =>
    BigInt.asIntN(bits, value) === value ? value : notNumber(text)
  const signed = (text: string, digits: bigint) => (text.startsWith('-') ? -digits : digits)
  const parsed = (value: unknown, radix: unknown, bits: number): bigint => {
    const text = $.string(value)
    return within(signed(text, digitsOf(text.replace(/^[+-]/, ''), inBase(radix), text)), bits, text)
  }
  const decoded = (value: unknown, bits: number): bigint => {
    const text = $.string(value)
    const [, start = '', digits = ''] = /^[+-]?(0[xX]|#|0(?=\d))?(.*)$/s.exec(text) ?? []
    const base = start === '' ? 10 : start === '0' ? 8 : 16
    return within(signed(text, digitsOf(digits, base, text)), bits, text)
  }
  const wide = (value: unknown): bigint => {
    const made = cast('long', value)
    return typeof made === 'bigint' ? made : $.fail('a whole number is needed, not null')
  }
  const order = (left: bigint, right: bigint) => (left < right ? -1 : left > right ? 1 : 0)
  const divisor = (value: bigint) => (value === 0n ? $.fail('/ by zero') : value)
  const compared = (left: unknown, right: unknown, bits: number) =>
    order(BigInt.asUintN(bits, wide(left)), BigInt.asUintN(bits, wide(right)))

  /** What Integer and Long have alike; `read` makes the parameter, `make` the result. */
  const ofBits = (
    bits: 32 | 64,
    read: (value: unknown) => bigint,
    make: (value: bigint) => unknown,
  ): Record<string, Static> => {
    const unsigned = (value: unknown) => BigInt.asUintN(bits, read(value))
    const binary = (value: unknown) => unsigned(value).toString(2).padStart(bits, '0')
    const of = (value: bigint) => make(BigInt.asIntN(bits, value))
    const rotated = (value: unknown, distance: unknown) => {
      const by = BigInt(((($.int(distance) % bits) + bits) % bits) | 0)
      return of((unsigned(value) << by) | (unsigned(value) >> (BigInt(bits) - by)))
    }
    const reversed = (text: string, size: number) =>
      (text.match(new RegExp(`.{${size}}`, 'g')) ?? []).reverse().join('')
    const ofBinary = (text: string) => of(BigInt(`0b${text}`))
    return {
      bitCount: (value) => binary(value).replaceAll('0', '').length,
      numberOfLeadingZeros: (value) => /^0*/.exec(binary(value))?.[0].length ?? 0,
      numberOfTrailingZeros: (value) => /0*$/.exec(binary(value))?.[0].length ?? 0,
      highestOneBit: (value) => ofBinary(binary(value).replace(/(?<=1).*$/, (rest) => '0'.repeat(rest.length))),
      lowestOneBit: (value) => of(unsigned(value) & -unsigned(value)),
      reverse: (value) => ofBinary(reversed(binary(value), 1)),
      reverseBytes: (value) => ofBinary(reversed(binary(value), 8)),
      rotateLeft: rotated,
      rotateRight: (value, distance) => rotated(value, bits - ($.int(distance) % bits)),
      signum: (value) => order(read(value), 0n),
      sum: (left, right) => of(read(left) + read(right)),
      max: (left, right) => make(read(left) > read(right) ? read(left) : read(right)),
      min: (left, right) => make(read(left) < read(right) ? read(left) : read(right)),
      compare: (left, right) => order(read(left), read(right)),
      compareUnsigned: (left, right) => order(unsigned(left), unsigned(right)),
      divideUnsigned: (left, right) => of(unsigned(left) / divisor(unsigned(right))),
      remainderUnsigned: (left, right) => of(unsigned(left) % divisor(unsigned(right))),
      toHexString: (value) => unsigned(value).toString(16),
      toOctalString: (value) => unsigned(value).toString(8),
      toBinaryString: (value) => unsigned(value).toString(2),
      toUnsignedString: (value, radix) => unsigned(value).toString(toWrite(radix)),
      toString: (value: unknown, radix: unknown) => read(value).toString(toWrite(radix)),
      hashCode: (value) => $.hash(make(read(value))),
      decode: (value) => make(decoded(value, bits)),
    }
  }
  const narrow = (value: unknown): bigint => BigInt($.int(value))
  const unsignedOf = (value: unknown, radix: unknown, bits: number): bigint => {
    const text = $.string(value)
    const digits = digitsOf(text.replace(/^\+/, ''), inBase(radix), text)
    return digits >> BigInt(bits) === 0n ? BigInt.asIntN(bits, digits) : notNumber(text)
  }
  const toInt: Static = (value, radix) => Number(parsed(value, radix, 32))
  const toLong: Static = (value, radix) => parsed(value, radix, 64)
  const ofText =
    (parse: Static, type: string): Static =>
    (value, radix) =>
      typeof value === 'string' ? parse(value, radix) : cast(type, value)
  $.classes.Integer = {
    ...ofBits(32, narrow, Number),
    ...{ MAX_VALUE: 2147483647, MIN_VALUE: -2147483648, SIZE: 32, BYTES: 4 },
    ...{ parseInt: toInt, valueOf: ofText(toInt, 'int') },
    parseUnsignedInt: (value: unknown, radix: unknown) => Number(unsignedOf(value, radix, 32)),
    toUnsignedLong: (value: unknown) => BigInt.asUintN(32, narrow(value)),
  }
  $.classes.Long = {
    ...ofBits(64, wide, (value) => value),
    ...{ MAX_VALUE: 9223372036854775807n, MIN_VALUE: -9223372036854775808n, SIZE: 64, BYTES: 8 },
    ...{ parseLong: toLong, valueOf: ofText(toLong, 'long') },
    parseUnsignedLong: (value: unknown, radix: unknown) => unsignedOf(value, radix, 64),
  }
  /** What Short and Byte have alike. */
  const ofFew = (bits: 8 | 16, type: 'byte' | 'short', make: (value: number) => unknown) => {
    const read = (value: unknown) => BigInt.asIntN(bits, wide(value))
    const parse: Static = (value, radix) => make(Number(parsed(value, radix, bits)))
    return {
      ...{ SIZE: bits, BYTES: bits / 8, MAX_VALUE: make(2 ** (bits - 1) - 1), MIN_VALUE: make(-(2 ** (bits - 1))) },
      [type === 'byte' ? 'parseByte' : 'parseShort']: parse,
      valueOf: ofText(parse, type),
      decode: (value: unknown) => make(Number(decoded(value, bits))),
      toUnsignedInt: (value: unknown) => Number(BigInt.asUintN(bits, wide(value))),
      toUnsignedLong: (value: unknown) => BigInt.asUintN(bits, wide(value)),
      toString: (value: unknown) => String(read(value)),
      hashCode: (value: unknown) => Number(read(value)),
      compare: (left: unknown, right: unknown) => Number(read(left) - read(right)),
      compareUnsigned: (left: unknown, right: unknown) => compared(left, right, bits),
    }
  }
  $.classes.Byte = ofFew(8, 'byte', $.byte)
  $.classes.Short = {
    ...ofFew(16, 'short', (value) => value),
    reverseBytes: (value: unknown) => {
      const [low, high] = [$.int(value) & 255, ($.int(value) >> 8) & 255]
      return (((low << 8) | high) << 16) >> 16
    },
  }
}

/** Double, Float and Boolean. */
export const installRealClasses = ($: Runtime): void => {
  const cast = $.cast as (type: string, value: unknown) => unknown
  const realOf = (value: unknown): number => {
    const text = $.string(value).trim()
    return /^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?)$/.test(text)
      ? Number(text.replace(/[dDfF]$/, ''))
      : $.fail(`For input string: "${text}"`)
  }
  $.realOf = realOf
  const number = (value: unknown) =>
    $.isNull(value) ? $.fail('a number is needed, not null') : $.numberOf(cast('double', value))
  const view = new DataView(new ArrayBuffer(8))
  const doubleBits = (value: unknown) => {
    const given = number(value)
    view.setFloat64(0, given)
    return Number.isNaN(given) ? 0x7ff8000000000000n : view.getBigInt64(0)
  }
  const floatBits = (value: unknown) => {
    const given = number(value)
    view.setFloat32(0, given)
    return Number.isNaN(given) ? 0x7fc00000 : view.getInt32(0)
  }
  const ofDoubleBits = (value: unknown) => {
    const bits = cast('long', value)
    view.setBigInt64(0, typeof bits === 'bigint' ? bits : $.fail('a whole number is needed, not null'))
    return $.double(view.getFloat64(0))
  }
  const ofFloatBits = (value: unknown) => {
    view.setInt32(0, $.int(value))
    return $.float(view.getFloat32(0))
  }
  /** A number as hexadecimal digits and a power of two. */
  const hexOf = (value: number, digits: number, least: number): string => {
    if (!Number.isFinite(value)) return $.text($.double(value))
    const sign = value < 0 || Object.is(value, -0) ? '-' : ''
    view.setFloat64(0, Math.abs(value))
    const bits = view.getBigUint64(0)
    const exponent = Number(bits >> 52n) - 1023
    const small = exponent < least
    // A number too small for its kind has no 1 before the point.
    const fraction = small ? Math.abs(value) / 2 ** least : 0
    if (small && value !== 0) view.setFloat64(0, 1 + fraction)
    const places = (small && value !== 0 ? view.getBigUint64(0) : bits) & 0xfffffffffffffn
    const text = places.toString(16).padStart(13, '0').slice(0, digits).replace(/0+$/, '') || '0'
    return `${sign}0x${small ? 0 : 1}.${text}p${value === 0 ? 0 : small ? least : exponent}`
  }
  /** Java's order: -0.0 before 0.0, NaN after all. */
  const compare = (left: unknown, right: unknown) => {
    const [a, b] = [number(left), number(right)]
    if (a < b) return -1
    if (a > b) return 1
    const [x, y] = [doubleBits(a), doubleBits(b)]
    return x === y ? 0 : x < y ? -1 : 1
  }
  const reals = (type: 'Double' | 'Float', make: (value: number) => unknown) => {
    const parse = (value: unknown) => make(realOf(value))
    return {
      [`parse${type}`]: parse,
      valueOf: (value: unknown) => (typeof value === 'string' ? parse(value) : cast(type, value)),
      toString: (value: unknown) => $.text(make(number(value))),
      isNaN: (value: unknown) => Number.isNaN(number(value)),
      isInfinite: (value: unknown) => Math.abs(number(value)) === Infinity,
      isFinite: (value: unknown) => Number.isFinite(number(value)),
      compare,
      toHexString: (value: unknown) =>
        type === 'Double' ? hexOf(number(value), 13, -1022) : hexOf(Math.fround(number(value)), 6, -126),
      sum: (left: unknown, right: unknown) => make(number(left) + number(right)),
      max: (left: unknown, right: unknown) => make(Math.max(number(left), number(right))),
      min: (left: unknown, right: unknown) => make(Math.min(number(left), number(right))),
      ...{ NaN: make(Number.NaN), POSITIVE_INFINITY: make(Infinity), NEGATIVE_INFINITY: make(-Infinity) },
    }
  }
  $.classes.Double = {
    ...reals('Double', $.double),
    ...{ MAX_VALUE: Number.MAX_VALUE, MIN_VALUE: Number.MIN_VALUE, MIN_NORMAL: 2.2250738585072014e-308 },
    ...{ MAX_EXPONENT: 1023, MIN_EXPONENT: -1022, SIZE: 64, BYTES: 8 },
    ...{ doubleToLongBits: doubleBits, doubleToRawLongBits: doubleBits, longBitsToDouble: ofDoubleBits },
    hashCode: (value: unknown) => $.hash(doubleBits(value)),
  }
  $.classes.Float = {
    ...reals('Float', $.float),
    ...{ MAX_VALUE: $.float(3.4028234663852886e38), MIN_VALUE: $.float(1.401298464324817e-45) },
    ...{ MIN_NORMAL: $.float(1.1754943508222875e-38), MAX_EXPONENT: 127, MIN_EXPONENT: -126, SIZE: 32, BYTES: 4 },
    ...{ floatToIntBits: floatBits, floatToRawIntBits: floatBits, intBitsToFloat: ofFloatBits },
    hashCode: floatBits,
  }
  const truth = (value: unknown): boolean =>
    $.isNull(value) ? $.fail('true or false is needed, not null') : $.boolean(value)
  /** Only the word true is true; anything else than a text is what it counts as in a condition. */
  const parsed = (value: unknown): boolean =>
    typeof value === 'string' ? /^true$/i.test(value) : !$.isNull(value) && truth(value)
  $.classes.Boolean = {
    ...{ TRUE: true, FALSE: false, parseBoolean: parsed, valueOf: parsed },
    toString: (value: unknown) => String(truth(value)),
    hashCode: (value: unknown) => $.hash(truth(value)),
    compare: (left: unknown, right: unknown) => Number(truth(left)) - Number(truth(right)),
    logicalAnd: (left: unknown, right: unknown) => truth(left) && truth(right),
    logicalOr: (left: unknown, right: unknown) => truth(left) || truth(right),
    logicalXor: (left: unknown, right: unknown) => truth(left) !== truth(right),
  }
}
