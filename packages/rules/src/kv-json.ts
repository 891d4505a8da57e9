import { type JsonNode, type KvEntry, type KvValue, maxKeyLength, renderJson } from '@thingwire/contracts'

const maxLong = 2n ** 63n - 1n
const minLong = -(2n ** 63n)
/** Above this a number written out in full is longer than anybody means it; below it, text stays text. */
const maxPlainLength = 400

const numericText = /^-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/

/** Text that becomes a number while type cast is on: optional minus, digits, at most one point, digits behind it. */
export const isNumericText = (text: string): boolean => {
  const first = text.charCodeAt(0)
  const maybe = (first >= 0x30 && first <= 0x39) || first === 0x2d || first === 0x2e
  return maybe && text.length <= maxPlainLength && numericText.test(text)
}

/** Why a key cannot be stored, or null. */
export const keyProblem = (key: string): string | null => {
  if (key.length > maxKeyLength) return `a key is longer than ${maxKeyLength} characters`
  const first = key.charCodeAt(0)
  const blank = !(first > 0x20 && first < 0x7f) && key.trim() === ''
  return blank ? 'a key is blank' : null
}

type Decimal = { negative: boolean; digits: string; scale: number }

const readDecimal = (literal: string): Decimal => {
  const negative = literal.startsWith('-')
  const [mantissa = '', exponent = '0'] = (negative ? literal.slice(1) : literal).toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { negative, digits: whole + fraction, scale: fraction.length - Number(exponent) }
}

/** Digits without exponent, or null when that would be absurdly long. */
const plainNotation = ({ negative, digits, scale }: Decimal): string | null => {
  if (Math.abs(scale) + digits.length > maxPlainLength) return null
  const sign = negative ? '-' : ''
  if (scale <= 0) return sign + (digits + '0'.repeat(-scale)).replace(/^0+(?=[0-9])/, '')
  const padded = digits.padStart(scale + 1, '0')
  const whole = padded.slice(0, -scale).replace(/^0+(?=[0-9])/, '')
  return `${sign}${whole}.${padded.slice(-scale)}`
}

/**
 * The typed value of a number literal (as ThingsBoard): a whole number is LONG unless it is written with a
 * plain decimal point; what fits neither 64 bits nor 16 decimals becomes text while type cast is on, else null.
 */
export const numberValue = (literal: string, typeCast: boolean): KvValue | null => {
  const decimal = readDecimal(literal)
  const zeros = /0*$/.exec(decimal.digits)?.[0].length ?? 0
  const isZero = zeros === decimal.digits.length
  const isWhole = isZero || decimal.scale - zeros <= 0
  const hasPlainPoint = literal.includes('.') && !/e/i.test(literal)
  if (!isWhole || hasPlainPoint) {
    const value = Number(literal)
    if (decimal.scale <= 16 && Number.isFinite(value)) return { type: 'DOUBLE', value }
  } else if (isZero) {
    return { type: 'LONG', value: 0 }
  } else {
    const value = Number(literal)
    if (Number.isSafeInteger(value)) return { type: 'LONG', value }
    const whole = Math.abs(value) < 1e19 ? plainNotation(decimal) : null
    const exact = whole === null ? maxLong + 1n : BigInt(whole.split('.')[0] ?? '')
    if (exact >= minLong && exact <= maxLong) return { type: 'LONG', value: exact }
  }
  const text = typeCast ? plainNotation(decimal) : null
  return text === null ? null : { type: 'STRING', value: text }
}

/** Members of an object as entries; null members are left out. A problem is returned as its text. */
export const entriesOf = (members: Map<string, JsonNode>, typeCast: boolean): KvEntry[] | string => {
  const entries: KvEntry[] = []
  for (const [key, node] of members) {
    const problem = keyProblem(key)
    if (problem) return problem
    if (node.kind === 'null') continue
    const value = kvValueOf(node, typeCast)
    if (!value) return `the number of key ${JSON.stringify(key.slice(0, 50))} is too large or too precise`
    entries.push({ key, ...value })
  }
  return entries
}

const kvValueOf = (node: Exclude<JsonNode, { kind: 'null' }>, typeCast: boolean): KvValue | null => {
  switch (node.kind) {
    case 'boolean':
      return { type: 'BOOLEAN', value: node.value }
    case 'number':
      return numberValue(node.literal, typeCast)
    case 'string': {
      const number = typeCast && isNumericText(node.value) ? numberValue(node.value, true) : null
      return number ?? { type: 'STRING', value: node.value }
    }
    case 'object':
    case 'array':
      return { type: 'JSON', value: renderJson(node) }
  }
}

const doubleText = (value: number): string => {
  if (!Number.isInteger(value)) return String(value)
  if (Object.is(value, -0)) return '-0.0'
  // String() writes an exponent from 1e21 on, which would read back as a whole number.
  return `${Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString()}.0`
}

/** JSON of one value that reads back as the same type and value. */
export const kvValueToJson = (kv: KvValue): string => {
  switch (kv.type) {
    case 'STRING':
      return JSON.stringify(kv.value)
    case 'DOUBLE':
      return doubleText(kv.value)
    case 'LONG':
    case 'BOOLEAN':
      return String(kv.value)
    case 'JSON':
      return kv.value
  }
}

/** `{"key":value,…}`, the data of a message that carries these entries. */
export const kvEntriesToJson = (entries: readonly KvEntry[]): string =>
  `{${entries.map((entry) => `${JSON.stringify(entry.key)}:${kvValueToJson(entry)}`).join()}}`

/** Equal in type and value; a text and a JSON of equal text differ. */
export const isSameKvValue = (a: KvValue, b: KvValue): boolean => a.type === b.type && a.value === b.value
