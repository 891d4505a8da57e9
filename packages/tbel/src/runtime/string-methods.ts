import type { Runtime, Table } from './types.ts'

/** The methods of java.lang.String. */
export const installStringMethods = ($: Runtime): void => {
  const own = (value: unknown): string => (typeof value === 'string' ? value : $.fail('not a text'))
  const between = (text: string, from: number, to: number) =>
    from < 0 || to > text.length || from > to
      ? $.fail(`begin ${from}, end ${to}, length ${text.length}`)
      : text.slice(from, to)
  const at = (text: string, index: number) => between(text, index, index + 1)
  /** What is looked for; null for a number that is no sign. */
  const needle = (value: unknown): string | null => {
    if ($.kindOf(value) !== 1) return $.string(value)
    return $.int(value) >= 0 && $.int(value) <= 0x10ffff ? String.fromCodePoint($.int(value)) : null
  }
  const find = (text: string, value: unknown, from: unknown) => {
    const part = needle(value)
    return part === null ? -1 : text.indexOf(part, $.int(from))
  }
  const findLast = (text: string, value: unknown, from: unknown) => {
    const part = needle(value)
    const start = $.int(from)
    return part === null || start < 0 ? -1 : text.lastIndexOf(part, start)
  }
  const codeBefore = (text: string, index: number) =>
    index < 1 || index > text.length
      ? $.fail(`index ${index} is out of bounds for length ${text.length}`)
      : ([...text.slice(Math.max(0, index - 2), index)].at(-1)?.codePointAt(0) ?? 0)
  const moved = (text: string, from: number, count: number): number => {
    const signs = count < 0 ? [...between(text, 0, from)].reverse() : [...between(text, from, text.length)]
    if (Math.abs(count) > signs.length) return $.fail(`${count} signs from ${from} are out of bounds`)
    const { length } = signs.slice(0, Math.abs(count)).join('')
    return from + Math.sign(count) * length
  }
  const linesOf = (text: string) =>
    text
      .replace(/\r\n?|\n$/g, (end, at: number) => (end === '\n' || at + end.length === text.length ? '' : '\n'))
      .split('\n')
  const indented = (text: string, count: number): string => {
    if (text === '') return ''
    if (count > 0 && text.length + linesOf(text).length * count > 1_000_000) return $.fail('the text is too long')
    const change = (line: string) =>
      count > 0 ? ' '.repeat(count) + line : line.slice(Math.min(-count, line.length - line.trimStart().length))
    return linesOf(text)
      .map((line) => `${change(line)}\n`)
      .join('')
  }
  const withoutIndent = (text: string): string => {
    const lines = text.split(/\r\n?|\n/)
    const counted = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1)
    const least = Math.min(...counted.map((line) => line.length - line.trimStart().length))
    return lines.map((line) => line.slice(Math.min(least, line.length)).trimEnd()).join('\n')
  }
  const escapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', s: ' ', '\n': '' }
  const unescaped = (text: string) =>
    text.replace(/\\([0-3]?[0-7]{1,2}|[\s\S]|$)/g, (whole, sign: string) => {
      if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8))
      if ('\\\'"'.includes(sign) && sign !== '') return sign
      return Object.hasOwn(escapes, sign) ? (escapes[sign] ?? '') : $.fail(`the escape ${whole} is not known`)
    })
  const isRegion = (text: string, parameters: unknown[]): boolean => {
    const isLoose = parameters[0] === true
    const [from, other, otherFrom, count] = typeof parameters[0] === 'boolean' ? parameters.slice(1) : parameters
    const [a, b, size] = [$.int(from), $.int(otherFrom), $.int(count)]
    const [one, two] = [text.slice(a, a + size), $.string(other).slice(b, b + size)]
    if (a < 0 || b < 0 || one.length < size || two.length < size) return false
    return one === two || (isLoose && one.toLowerCase() === two.toLowerCase())
  }
  const sign = (value: unknown): string => needle(value) ?? $.fail(`${$.text(value)} is no sign`)
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
    charAt: (text, index) => $.char(at(own(text), $.int(index)).charCodeAt(0)),
    codePointAt: (text, index) =>
      own(text).codePointAt($.int(index)) ?? $.fail(`index ${$.text(index)} is out of bounds`),
    codePointBefore: (text, index) => codeBefore(own(text), $.int(index)),
    codePointCount: (text, from, to) => [...between(own(text), $.int(from), $.int(to))].length,
    offsetByCodePoints: (text, from, count) => moved(own(text), $.int(from), $.int(count)),
    contentEquals: (text, other) => own(text) === $.string(other),
    regionMatches: (text, ...parameters) => isRegion(own(text), parameters),
    charValue: (text) => $.char(at(own(text), 0).charCodeAt(0)),
    indexOf: (text, part, from = 0) => find(own(text), part, from),
    lastIndexOf: (text, part, from = own(text).length) => findLast(own(text), part, from),
    contains: (text, part) => own(text).includes($.string(part)),
    startsWith: (text, part, from = 0) => own(text).startsWith($.string(part), $.int(from)),
    endsWith: (text, part) => own(text).endsWith($.string(part)),
    equals: (text, other) => text === other,
    equalsIgnoreCase: (text, other) => typeof other === 'string' && own(text).toLowerCase() === other.toLowerCase(),
    compareTo: (text, other) => compared(own(text), $.string(other)),
    compareToIgnoreCase: (text, other) => compared(own(text).toLowerCase(), $.string(other).toLowerCase()),
    matches: (text, pattern) => $.pattern(`^(?:${$.string(pattern)})$`, '').test(own(text)),
    hashCode: (text) => $.hash(text),
    toCharArray: (text) => new $.JavaArray('char', [...$.items(own(text))]),
    getBytes: (text, charset = 'UTF-8') => new $.JavaArray('byte', $.list($.helpers.stringToBytes?.(text, charset))),
  }
  const making: Table = {
    substring: (text, from, to = own(text).length) => between(own(text), $.int(from), $.int(to)),
    subSequence: (text, from, to) => between(own(text), $.int(from), $.int(to)),
    formatted: (text, ...values) => ($.format as (form: string, values: unknown[]) => string)(own(text), values),
    indent: (text, count) => indented(own(text), $.int(count)),
    stripIndent: (text) => withoutIndent(own(text)),
    translateEscapes: (text) => unescaped(own(text)),
    toUpperCase: (text) => own(text).toUpperCase(),
    toLowerCase: (text) => own(text).toLowerCase(),
    trim: (text) => trimmed(own(text)),
    strip: (text) => own(text).trim(),
    stripLeading: (text) => own(text).trimStart(),
    stripTrailing: (text) => own(text).trimEnd(),
    concat: (text, other) => own(text) + $.string(other),
    repeat: (text, times) =>
      $.int(times) < 0 || own(text).length * $.int(times) > 1_000_000
        ? $.fail(`the text cannot be repeated ${$.int(times)} times`)
        : own(text).repeat($.int(times)),
    replace: (text, part, other) => own(text).replaceAll(sign(part), () => sign(other)),
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
  /** The low bits, as Java makes a narrower number of a wider one. */
  const low = (value: unknown, bits: number): number => {
    const whole = typeof value === 'bigint' ? value : BigInt($.saturatedInt($.numberOf(value)))
    return Number(BigInt.asIntN(bits, whole))
  }
  const compared = (value: unknown, other: unknown): unknown => {
    if ($.isNull(other)) return $.fail(`${$.text(value)} cannot be compared with null`)
    if ($.kindOf(value) < 3 || $.kindOf(other) < 0) return $.compare(value, other)
    const compare = $.staticMethod as (owner: string, name: string, line: number) => (...values: unknown[]) => unknown
    return compare('Double', 'compare', 0)(value, other)
  }
  const methods: Table = {
    intValue: (value) => low(value, 32),
    longValue: (value) => (typeof value === 'bigint' ? value : $.saturatedLong($.numberOf(value))),
    doubleValue: (value) => cast('double', value),
    floatValue: (value) => cast('float', value),
    byteValue: (value) => $.byte(low(value, 8)),
    shortValue: (value) => low(value, 16),
    booleanValue: (value) => value,
    isNaN: (value) => Number.isNaN($.numberOf(value)),
    isInfinite: (value) => !Number.isFinite($.numberOf(value)) && !Number.isNaN($.numberOf(value)),
    compareTo: (value, other) => compared(value, other),
    equals: (value, other) => $.equals(value, other),
    toString: (value: unknown) => $.text(value),
    hashCode: (value) => $.hash(value),
  }
  $.numberMethods = Object.assign(Object.create(null), methods)
}
