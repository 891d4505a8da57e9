import type { Runtime } from './types.ts'

/** Character: a text of one sign, or the number of one. */
export const installCharacters = ($: Runtime): void => {
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
  /** The number of a sign. */
  const code = (value: unknown): number => {
    if (typeof value !== 'string') return $.int(value)
    return value.length === 1 || (value.length === 2 && (value.codePointAt(0) ?? 0) > 0xffff)
      ? (value.codePointAt(0) ?? 0)
      : $.fail(`a text of one sign is needed, not "${value}"`)
  }
  const sign = (number: number): string =>
    number >= 0 && number <= 0x10ffff ? String.fromCodePoint(number) : $.fail(`${number} is no sign`)
  $.codeOf = code
  $.signOf = sign
  const question = (pattern: RegExp) => (value: unknown) => {
    const number = code(value)
    return number >= 0 && number <= 0x10ffff && pattern.test(String.fromCodePoint(number))
  }
  /** The same kind of value again: a sign of a sign, a number of a number. */
  const changed = (change: (text: string) => string) => (value: unknown) => {
    const number = code(value)
    const text = change(sign(number))
    const made = text.codePointAt(0) ?? number
    const result = String.fromCodePoint(made) === text ? made : number
    return typeof $.plain(value) === 'string' ? $.char(result) : result
  }
  const inBase = (value: unknown) => {
    const base = $.int(value)
    return base < 2 || base > 36 ? 0 : base
  }
  const digit = (value: unknown, radix: unknown) => {
    const found = digits.slice(0, inBase(radix)).indexOf(sign(code(value)).toLowerCase())
    return found
  }
  const between = (least: number, most: number) => (value: unknown) => code(value) >= least && code(value) <= most
  /** No space that keeps words together. */
  const isSpace = question(/^(?![\u00a0\u2007\u202f])[\p{Zs}\p{Zl}\p{Zp}]$/u)
  const upper = changed((text) => text.toUpperCase())
  $.classes.Character = {
    isDigit: question(/^\p{Nd}$/u),
    isLetter: question(/^\p{L}$/u),
    isLetterOrDigit: question(/^[\p{L}\p{Nd}]$/u),
    isAlphabetic: question(/^\p{Alphabetic}$/u),
    isWhitespace: (value: unknown) => isSpace(value) || between(9, 13)(value) || between(28, 31)(value),
    isSpaceChar: question(/^[\p{Zs}\p{Zl}\p{Zp}]$/u),
    isUpperCase: question(/^\p{Uppercase}$/u),
    isLowerCase: question(/^\p{Lowercase}$/u),
    isTitleCase: question(/^\p{Lt}$/u),
    isDefined: question(/^\P{Cn}$/u),
    isIdeographic: question(/^\p{Ideographic}$/u),
    isISOControl: (value: unknown) => between(0, 31)(value) || between(127, 159)(value),
    isSurrogate: between(0xd800, 0xdfff),
    isHighSurrogate: between(0xd800, 0xdbff),
    isLowSurrogate: between(0xdc00, 0xdfff),
    isBmpCodePoint: between(0, 0xffff),
    isValidCodePoint: between(0, 0x10ffff),
    isSupplementaryCodePoint: between(0x10000, 0x10ffff),
    toUpperCase: upper,
    toLowerCase: changed((text) => text.toLowerCase()),
    toTitleCase: upper,
    digit,
    getNumericValue: (value: unknown) => digit(value, 36),
    forDigit: (number: unknown, radix: unknown) =>
      $.char(digits.slice(0, inBase(radix)).charCodeAt($.int(number)) || 0),
    toString: (value: unknown) => sign(code(value)),
    valueOf: (value: unknown) => $.char(code(value)),
    toChars: (value: unknown) => new $.JavaArray('char', [...$.items(sign(code(value)))]),
    charCount: (value: unknown) => (code(value) > 0xffff ? 2 : 1),
    hashCode: code,
    compare: (left: unknown, right: unknown) => code(left) - code(right),
    reverseBytes: (value: unknown) => $.char(((code(value) & 255) << 8) | ((code(value) >> 8) & 255)),
    toCodePoint: (high: unknown, low: unknown) => ((code(high) - 0xd800) << 10) + code(low) - 0xdc00 + 0x10000,
    codePointAt: (text: unknown, index: unknown) =>
      $.string(text).codePointAt($.int(index)) ?? $.fail(`index ${$.int(index)} is out of bounds`),
    ...{ MIN_RADIX: 2, MAX_RADIX: 36, MIN_VALUE: $.char(0), MAX_VALUE: $.char(0xffff), SIZE: 16, BYTES: 2 },
  }
}
