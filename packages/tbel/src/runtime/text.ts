import type { Runtime } from './types.ts'

/** The text forms of values, as Java's toString gives them. */
export const installText = ($: Runtime): void => {
  const { isNull } = $
  /** Java's form of a decimal with these shortest digits; `exponent`: that of the first digit. */
  const shaped = (digits: string, exponent: number): string => {
    if (exponent < -3 || exponent >= 7) return `${digits[0]}.${digits.slice(1) || '0'}E${exponent}`
    if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
    return `${whole}.${digits.slice(exponent + 1) || '0'}`
  }
  const decimal = (value: number, exponential: (absolute: number) => string): string => {
    if (Number.isNaN(value)) return 'NaN'
    const sign = value < 0 || Object.is(value, -0) ? '-' : ''
    if (!Number.isFinite(value)) return `${sign}Infinity`
    if (value === 0) return `${sign}0.0`
    if (Math.abs(value) === Number.MIN_VALUE) return `${sign}4.9E-324`
    const [digits = '0', exponent = '0'] = exponential(Math.abs(value)).split('e')
    return sign + shaped(digits.replace('.', ''), Number(exponent))
  }
  const shortestFloat = (value: number): string => {
    for (let digits = 0; digits < 8; digits++) {
      const text = value.toExponential(digits)
      if (Math.fround(Number(text)) === value) return text
    }
    return value.toExponential(8)
  }
  $.doubleText = (value) => {
    const absolute = Math.abs(value)
    // The common case: JavaScript and Java write these numbers alike, but for the zero after the point.
    if (absolute >= 0.001 && absolute < 10_000_000) return Number.isInteger(value) ? `${value}.0` : String(value)
    return decimal(value, (positive) => positive.toExponential())
  }
  $.floatText = (value) => decimal(value, shortestFloat)
  const listed = (items: Iterable<unknown>) => `[${[...items].map($.text).join(', ')}]`
  $.text = (value) => {
    if (typeof value === 'string') return value
    if (typeof value === 'number') return (value | 0) === value ? String(value) : $.doubleText(value)
    if (isNull(value)) return 'null'
    if (value instanceof $.Boxed) {
      if (value.type === 'byte') return String(value.value)
      return value.type === 'float' ? $.floatText(value.value) : $.doubleText(value.value)
    }
    if (value instanceof $.Char) return value.text
    if (Array.isArray(value) || value instanceof Set) return listed(value)
    if (value instanceof $.JavaArray) return listed(value.items)
    if (value instanceof Map) return `{${[...value].map(([key, item]) => `${$.text(key)}=${$.text(item)}`).join(', ')}}`
    if (value instanceof $.Entry) return `${$.text(value.key)}=${$.text(value.value)}`
    if (value instanceof $.Date)
      return $.text(
        ($.call as (target: unknown, name: string, parameters: unknown[]) => unknown)(value, 'toString', []),
      )
    return value instanceof $.Instance ? value.type : String(value)
  }
  $.typeName = (value) => {
    if (isNull(value)) return 'null'
    if (typeof value === 'string') return 'String'
    if (typeof value === 'boolean') return 'Boolean'
    const kind = $.kindOf(value)
    if (kind >= 0) return ['Byte', 'Integer', 'Long', 'Float', 'Double'][kind] ?? 'Number'
    if (Array.isArray(value)) return 'List'
    if (value instanceof Map) return 'Map'
    if (value instanceof Set) return 'Set'
    if (value instanceof $.JavaArray) return `${value.type}[]`
    if (value instanceof $.Instance) return value.type
    if (value instanceof $.Char) return 'Character'
    return value instanceof $.Date ? 'Date' : 'Object'
  }
  $.hash = (value) => {
    if (typeof value === 'string') {
      let hash = 0
      for (let index = 0; index < value.length; index++) hash = (Math.imul(hash, 31) + value.charCodeAt(index)) | 0
      return hash
    }
    if (typeof value === 'boolean') return value ? 1231 : 1237
    if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value ^ (BigInt.asUintN(64, value) >> 32n)))
    if (value instanceof $.Char) return value.text.charCodeAt(0)
    if (Array.isArray(value)) return value.reduce((hash: number, item) => (Math.imul(31, hash) + $.hash(item)) | 0, 1)
    if (value instanceof Map)
      return [...value].reduce((sum, [key, item]) => (sum + ($.hash(key) ^ $.hash(item))) | 0, 0)
    if (typeof value === 'number' && (value | 0) === value) return value
    if (value instanceof Set) return [...value].reduce((sum: number, item) => (sum + $.hash(item)) | 0, 0)
    const kind = $.kindOf(value)
    if (kind === 0) return $.numberOf(value)
    if (kind > 0) {
      const owner = $.classes[kind === 3 ? 'Float' : 'Double']?.hashCode
      return typeof owner === 'function' ? Number(owner(value)) : 0
    }
    return isNull(value) ? 0 : $.hash($.text(value))
  }
}

/** Java's regular expressions, as far as those of JavaScript say the same. */
export const installPatterns = ($: Runtime): void => {
  const known = new Map<string, RegExp>()
  const classes: Record<string, string> = {
    ...{
      Alpha: 'A-Za-z',
      Digit: '0-9',
      Alnum: 'A-Za-z0-9',
      Upper: 'A-Z',
      Lower: 'a-z',
      Space: '\\s',
      XDigit: '0-9A-Fa-f',
    },
    Punct: '!-\\/:-@\\[-`{-~',
  }
  $.pattern = (text, flags) => {
    const key = `${flags}:${text}`
    const found = known.get(key)
    if (found) {
      found.lastIndex = 0
      return found
    }
    if (/[*+?}]\+|\(\?>|\\[AZzGQER]|&&/.test(text.replace(/\\\\/g, '')))
      $.fail(`the regular expression ${text} is not supported`)
    let source = text.replace(/\\p\{(\w+)\}/g, (whole, name: string) =>
      classes[name] === undefined ? whole : `[${classes[name]}]`,
    )
    const inline = /^\(\?([ims]+)\)/.exec(source)
    if (inline) source = source.slice(inline[0].length)
    try {
      const pattern = new RegExp(source, [...new Set(flags + (inline?.[1] ?? ''))].join(''))
      if (known.size > 500) known.clear()
      known.set(key, pattern)
      return pattern
    } catch {
      return $.fail(`the regular expression ${text} is not supported`)
    }
  }
  /** A replacement in Java's form (`$1`, `\$`) in the form of JavaScript. */
  $.replacement = (text) =>
    text.replace(
      /\\(.)|\$(\d|\{\w+\})|\$/g,
      (whole: string, escaped: string | undefined, group: string | undefined) => {
        if (escaped !== undefined) return escaped === '$' ? '$$' : escaped
        if (group === undefined) return $.fail(`illegal replacement ${text}`)
        if (group === '0') return '$&'
        return group.startsWith('{') ? `$<${group.slice(1, -1)}>` : whole
      },
    )
}
