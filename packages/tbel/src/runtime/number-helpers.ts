import type { Runtime, Table } from './types.ts'

/** Texts read as numbers. */
export const installParsing = ($: Runtime): void => {
  const isDecimal = (text: string) => (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? 10 : -1)
  const isHexadecimal = (text: string) => (/^-?(0[xX])?[0-9a-fA-F]+$/.test(text) ? 16 : -1)
  const isBinary = (text: string) => (/^[01]+$/.test(text) ? 2 : -1)
  const isOctal = (text: string) => (/^[0-7]+$/.test(text) ? 8 : -1)
  const reversed = (hex: string): string => {
    if (hex.startsWith('-')) return $.fail('The hexadecimal string must be without a negative sign.')
    if (hex.length % 2 > 0) return $.fail('The hexadecimal string must be even-length.')
    return (hex.match(/../g) ?? []).reverse().join('')
  }
  $.reversedHex = reversed
  const prepared = (value: unknown, isBigEndian = true): string | null => {
    if ($.isNull(value) || $.string(value).trim() === '') return null
    const text = $.string(value).trim().replace(/0x/gi, '').replaceAll(',', '.')
    return isBigEndian ? text : reversed(text)
  }
  const radixOf = (text: string, radix: number, original: string): number => {
    const questions: Record<number, (text: string) => number> = {
      2: isBinary,
      8: isOctal,
      10: isDecimal,
      16: isHexadecimal,
    }
    if (radix >= 25 && radix <= 36) return radix
    const question = radix === 0 ? undefined : questions[radix]
    if (radix !== 0 && question === undefined) return $.fail(`Invalid radix: [${radix}]`)
    const found = question ? question(text) : isDecimal(text) > 0 ? 10 : isHexadecimal(text)
    if (found < 0) {
      return $.fail(
        radix > 0
          ? `Failed radix [${radix}] for value: "${original}"!`
          : `Value: "${original}" is not numeric or hexDecimal format!`,
      )
    }
    const actual = original.startsWith('0x') ? 16 : found
    if (actual === 16 && original.replace(/^-/, '').length % 2 > 0) {
      return $.fail(
        `The hexadecimal value: "${original}" must be of even length, or if the decimal value must be a number!`,
      )
    }
    return actual
  }
  const whole = (value: unknown, radixValue: unknown, bits: 32 | 64, isBigEndian = true): bigint | null => {
    const text = prepared(value, isBigEndian)
    if (text === null) return null
    const radix = radixOf(text, $.int(radixValue), $.string(value))
    if (radix === 2) {
      return text.length > bits ? $.fail(`For input string: "${text}"`) : BigInt.asIntN(bits, BigInt(`0b${text}`))
    }
    const parser = bits === 32 ? $.classes.Integer?.parseInt : $.classes.Long?.parseLong
    return typeof parser === 'function' ? BigInt(parser(text, radix)) : $.fail('no parser')
  }
  const asInt = (value: bigint | null) => (value === null ? null : Number(value))
  const view = new DataView(new ArrayBuffer(8))
  const floatOfBits = (bits: bigint) => {
    view.setUint32(0, Number(BigInt.asUintN(32, bits)))
    return $.float(view.getFloat32(0))
  }
  const doubleOfBits = (bits: bigint) => {
    view.setBigUint64(0, bits)
    return $.double(view.getFloat64(0))
  }
  const hex = (text: string) =>
    /^[0-9a-fA-F]{1,16}$/.test(text) ? BigInt(`0x${text}`) : $.fail(`For input string: "${text}"`)
  const real = (
    value: unknown,
    radix: number,
    isBigEndian: boolean,
    ofBits: (bits: bigint) => unknown,
    of: (value: number) => unknown,
  ) => {
    const text = prepared(value, isBigEndian)
    if (text === null) return null
    return radixOf(text, radix, $.string(value)) === 16 ? ofBits(hex(text)) : of(Number(text))
  }
  const littleOrBig = (name: string, parse: (text: unknown, isBigEndian: boolean) => unknown): Table => ({
    [`parseLittleEndianHexTo${name}`]: (text) => parse(text, false),
    [`parseBigEndianHexTo${name}`]: (text) => parse(text, true),
    [`parseHexTo${name}`]: (text, isBigEndian = true) => parse(text, $.isNull(isBigEndian) || $.boolean(isBigEndian)),
  })
  const asNumber = (text: unknown, isBigEndian: boolean) => {
    const value = prepared(text, isBigEndian)
    if (value === null) return null
    radixOf(value, 16, $.string(text))
    return $.float(Number(BigInt.asIntN(32, hex(value))))
  }
  const question = (ask: (text: string) => number) => (text: unknown) => ($.isNull(text) ? -1 : ask($.string(text)))
  const helpers: Table = {
    parseInt: (text, radix = 0) => asInt(whole(text, radix, 32)),
    parseLong: (text, radix = 0) => whole(text, radix, 64),
    parseFloat: (text, radix = 0) => real(text, $.int(radix), true, floatOfBits, $.float),
    parseDouble: (text) =>
      real(
        $.isNull(text) ? $.fail('Value: "null" is not numeric or hexDecimal format!') : text,
        0,
        true,
        doubleOfBits,
        $.double,
      ),
    parseHexIntLongToFloat: (text, isBigEndian) => asNumber(text, $.isNull(isBigEndian) || $.boolean(isBigEndian)),
    ...littleOrBig('Int', (text, isBigEndian) => asInt(whole(text, 16, 32, isBigEndian))),
    ...littleOrBig('Long', (text, isBigEndian) => whole(text, 16, 64, isBigEndian)),
    ...littleOrBig('Float', (text, isBigEndian) => real(text, 16, isBigEndian, floatOfBits, $.float)),
    ...littleOrBig('Double', (text, isBigEndian) => real(text, 16, isBigEndian, doubleOfBits, $.double)),
    isBinary: question(isBinary),
    isOctal: question(isOctal),
    isDecimal: question(isDecimal),
    isHexadecimal: question(isHexadecimal),
  }
  Object.assign($.helpers, helpers)
}

/** Numbers written as texts, and rounded. */
export const installWriting = ($: Runtime): void => {
  const number = (value: unknown) => {
    if (typeof value === 'string') return ($.realOf as (value: unknown) => number)(value)
    if (typeof value === 'boolean') return Number(value)
    return $.isNumber(value) ? $.numberOf(value) : $.fail(`a number is needed, not ${$.text(value)}`)
  }
  const long = (value: unknown): bigint => {
    if (typeof value === 'bigint') return value
    return $.kindOf(value) === 4 && !Number.isNaN($.numberOf(value))
      ? $.saturatedLong($.numberOf(value))
      : BigInt($.int(value))
  }
  /** A flag, when it is given. */
  const isOn = (flag: unknown, other: boolean): boolean => ($.isNull(flag) ? other : $.boolean(flag))
  const even = (digits: string, filler: string) => (digits.length % 2 > 0 ? filler + digits : digits)
  const stripped = (value: bigint, most: number): string => {
    const digits = even(BigInt.asUintN(64, value).toString(16).toUpperCase(), '0')
    if (value >= 0n) return digits
    const rest = even(digits.replace(/^F+(?!$)/, ''), 'F')
    if (rest.length > most) return rest.slice(-most)
    return rest.length === most ? rest : `FF${rest}`
  }
  const reversed = $.reversedHex as (hex: string) => string
  const toHex = (value: bigint, isBigEndian: unknown, hasPrefix: unknown, length: unknown, most: number) => {
    const digits = stripped(value, most)
    const ordered = isOn(isBigEndian, true) ? digits : reversed(digits)
    const count = length === undefined || length === -1 ? ordered.length : $.int(length)
    if (count > ordered.length || count < 0)
      return $.fail(`begin ${ordered.length - count}, end ${ordered.length}, length ${ordered.length}`)
    return `${isOn(hasPrefix, false) ? '0x' : ''}${ordered.slice(ordered.length - count)}`
  }
  const inRadix = (value: bigint, radix: number, isBigEndian: unknown, hasPrefix: unknown) => {
    if (radix === 10 || (radix >= 25 && radix <= 36)) return value.toString(radix)
    const pattern = BigInt.asUintN(64, value)
    if (radix === 8) return pattern.toString(8)
    if (radix === 16) return toHex(value, isBigEndian, hasPrefix, undefined, pattern.toString(16).length)
    if (radix !== 2) return $.fail(`Invalid radix: [${radix}]`)
    const digits = pattern.toString(2)
    return digits.padStart([8, 16, 32, 64].find((size) => digits.length < size) ?? 64, '0')
  }
  /** Rounded half up in the decimal digits the number is written with. */
  const fixed = (value: number, places: number): number => {
    if (!Number.isFinite(value))
      return $.fail('Character N is neither a decimal digit number, decimal point, nor "e" notation exponential mark.')
    const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e')
    const plain = digits.replace('.', '')
    const cut = plain.length - 1 - Number(exponent) - places
    if (cut <= 0) return value
    const scale = 10n ** BigInt(Math.min(cut, 400))
    const rounded = (BigInt(plain) + scale / 2n) / scale
    // No negative zero.
    return Math.sign(value) * Number(`${rounded}e${-places}`) + 0
  }
  const view = new DataView(new ArrayBuffer(8))
  const floatHex = (value: unknown) => {
    const given = number(value)
    if (Number.isNaN(given)) return '7FC00000'
    view.setFloat32(0, given)
    return view.getUint32(0).toString(16).padStart(8, '0').toUpperCase()
  }
  const doubleHex = (value: unknown) => {
    view.setFloat64(0, number(value))
    return view.getBigUint64(0).toString(16).padStart(16, '0').toUpperCase()
  }
  const padded = (text: unknown, length: unknown, sign: unknown, isStart: boolean) => {
    const fill = $.string(sign).slice(0, 1)
    const size = Math.min($.int(length), 1_000_000)
    return isStart ? $.string(text).padStart(size, fill) : $.string(text).padEnd(size, fill)
  }
  const resolved = (text: string): string => {
    try {
      return decodeURIComponent(text)
    } catch {
      return $.fail(`${text} has an escape that is none`)
    }
  }
  const isNumeric = (value: unknown) =>
    typeof value === 'boolean' || (typeof value === 'string' && Number.isFinite(Number(value.trim() || 'no')))
  const helpers: Table = {
    toFixed: (value, places) => {
      const result = fixed(number(value), $.int(places))
      return $.kindOf(value) === 3 ? $.float(result) : $.double(result)
    },
    toInt: (value) => Number(BigInt.asIntN(32, BigInt(fixed(number(value), 0)))),
    isNaN: (value) => ($.isNumber(value) ? Number.isNaN($.numberOf(value)) : !isNumeric($.plain(value))),
    intToHex: (value, isBig, hasPrefix, length) => toHex(BigInt($.int(value)), isBig, hasPrefix, length, 8),
    longToHex: (value, isBig, hasPrefix, length) => toHex(long(value), isBig, hasPrefix, length, 16),
    intLongToRadixString: (value, radix = 10, isBig, hasPrefix) => inRadix(long(value), $.int(radix), isBig, hasPrefix),
    floatToHex: (value, isBig) => `0x${isOn(isBig, true) ? floatHex(value) : reversed(floatHex(value))}`,
    doubleToHex: (value, isBig) => `0x${isOn(isBig, true) ? doubleHex(value) : reversed(doubleHex(value))}`,
    padStart: (text, length, sign) => padded(text, length, sign, true),
    padEnd: (text, length, sign) => padded(text, length, sign, false),
    encodeURI: (text) => encodeURI($.string(text).replace(/\p{Surrogate}/gu, '?')),
    decodeURI: (text) => resolved($.string(text)),
    raiseError: (message, value) =>
      $.fail($.isNull(value) ? $.text(message) : `${$.text(message)} for value ${$.text(value)}`),
  }
  Object.assign($.helpers, helpers)
}
