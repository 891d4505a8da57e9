import type { Runtime, Table } from './types.ts'

/** The methods of java.lang.String. */
export const installStringMethods = ($: Runtime): void => {
  const own = (value: unknown): string => (typeof value === 'string' ? value : $.fail('not a text'))
  const between = (text: string, from: number, to: number) =>
    from < 0 || to > text.length || from > to
      ? $.fail(`begin ${from}, end ${to}, length ${text.length}`)
      : text.slice(from, to)
  const at = (text: string, index: number) => between(text, index, index + 1)
  const needle = (value: unknown) => (typeof value === 'number' ? String.fromCodePoint(value) : $.string(value))
  const split = (text: string, pattern: string, limit: number): unknown => {
    if (text === '') return new $.JavaArray('String', [''])
    const parts: string[] = []
    let start = 0
    for (const match of text.matchAll($.pattern(pattern, 'g'))) {
      if (limit > 0 && parts.length === limit - 1) break
      if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue
      if (match.index === 0 && match[0].length > 0 && start === 0 && parts.length === 0) parts.push('')
      else parts.push(text.slice(start, match.index))
      start = match.index + match[0].length
    }
    parts.push(text.slice(start))
    if (limit === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop()
    return new $.JavaArray('String', parts)
  }
  const compared = (left: string, right: string) => {
    for (let index = 0; index < Math.min(left.length, right.length); index++) {
      const difference = left.charCodeAt(index) - right.charCodeAt(index)
      if (difference !== 0) return difference
    }
    return left.length - right.length
  }
  const trimmed = (text: string) => {
    let start = 0
    let end = text.length
    while (start < end && text.charCodeAt(start) <= 32) start++
    while (end > start && text.charCodeAt(end - 1) <= 32) end--
    return text.slice(start, end)
  }
  const reading: Table = {
    length: (text) => own(text).length,
    isEmpty: (text) => own(text) === '',
    isBlank: (text) => own(text).trim() === '',
    charAt: (text, index) => at(own(text), $.int(index)),
    codePointAt: (text, index) =>
      own(text).codePointAt($.int(index)) ?? $.fail(`index ${$.text(index)} is out of bounds`),
    indexOf: (text, part, from = 0) => own(text).indexOf(needle(part), $.int(from)),
    lastIndexOf: (text, part, from = own(text).length) => own(text).lastIndexOf(needle(part), $.int(from)),
    contains: (text, part) => own(text).includes($.string(part)),
    startsWith: (text, part, from = 0) => own(text).startsWith($.string(part), $.int(from)),
    endsWith: (text, part) => own(text).endsWith($.string(part)),
    equals: (text, other) => text === other,
    equalsIgnoreCase: (text, other) => typeof other === 'string' && own(text).toLowerCase() === other.toLowerCase(),
    compareTo: (text, other) => compared(own(text), $.string(other)),
    compareToIgnoreCase: (text, other) => compared(own(text).toLowerCase(), $.string(other).toLowerCase()),
    matches: (text, pattern) => $.pattern(`^(?:${$.string(pattern)})$`, '').test(own(text)),
    hashCode: (text) => $.hash(text),
    toCharArray: (text) => new $.JavaArray('char', own(text).split('')),
    getBytes: (text, charset = 'UTF-8') => new $.JavaArray('byte', $.list($.helpers.stringToBytes?.(text, charset))),
  }
  const making: Table = {
    substring: (text, from, to = own(text).length) => between(own(text), $.int(from), $.int(to)),
    toUpperCase: (text) => own(text).toUpperCase(),
    toLowerCase: (text) => own(text).toLowerCase(),
    trim: (text) => trimmed(own(text)),
    strip: (text) => own(text).trim(),
    stripLeading: (text) => own(text).trimStart(),
    stripTrailing: (text) => own(text).trimEnd(),
    concat: (text, other) => own(text) + $.string(other),
    repeat: (text, times) =>
      own(text).length * $.int(times) > 1_000_000 ? $.fail('the text is too long') : own(text).repeat($.int(times)),
    replace: (text, part, other) => own(text).replaceAll($.string(part), () => $.string(other)),
    replaceAll: (text, pattern, other) =>
      own(text).replace($.pattern($.string(pattern), 'g'), $.replacement($.string(other))),
    replaceFirst: (text, pattern, other) =>
      own(text).replace($.pattern($.string(pattern), ''), $.replacement($.string(other))),
    split: (text, pattern, limit = 0) => split(own(text), $.string(pattern), $.int(limit)),
    intern: (text) => text,
    toString: (text: unknown) => text,
  }
  $.stringMethods = Object.assign(Object.create(null), reading, making)
}

/** The methods of numbers and booleans. */
export const installNumberMethods = ($: Runtime): void => {
  const cast = (type: string, value: unknown) => ($.cast as (type: string, value: unknown) => unknown)(type, value)
  const methods: Table = {
    intValue: (value) => cast('int', value),
    longValue: (value) => cast('long', value),
    doubleValue: (value) => cast('double', value),
    floatValue: (value) => cast('float', value),
    byteValue: (value) => $.byte($.int(cast('int', value))),
    shortValue: (value) => cast('short', value),
    booleanValue: (value) => value,
    isNaN: (value) => Number.isNaN($.numberOf(value)),
    isInfinite: (value) => !Number.isFinite($.numberOf(value)) && !Number.isNaN($.numberOf(value)),
    compareTo: (value, other) => $.compare(value, other),
    equals: (value, other) => $.equals(value, other),
    toString: (value: unknown) => $.text(value),
    hashCode: (value) => $.hash(value),
  }
  $.numberMethods = Object.assign(Object.create(null), methods)
}
