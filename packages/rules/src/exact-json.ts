import type { KvValue } from '@thingwire/contracts'
import { kvValueToJson } from './kv-json.ts'

/** A number as it was written; in a value that is read exactly it stands for what a double would change. */
export type NumberLiteral = { readonly rawJSON: string }

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
const json = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown
  rawJSON(text: string): NumberLiteral
  isRawJSON(value: unknown): value is NumberLiteral
}

/** What a double writes differently: 20.0, 1e2, long whole numbers. It may match inside texts, which costs only time. */
const needsCare = /[.][0-9]*0(?![0-9])|[0-9]{16}|[0-9][eE]|-0(?![0-9.])/

/**
 * The value of a JSON text; numbers that would not be written again as they are become literals, which JSON.stringify
 * writes as they were. Undefined: no JSON.
 */
export const parseExactJson = (text: string): unknown => {
  try {
    return needsCare.test(text) ? json.parse(text, exactly) : JSON.parse(text)
  } catch {
    return undefined
  }
}

const exactly: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value

export const isNumberLiteral = (value: unknown): value is NumberLiteral => json.isRawJSON(value)

/** A JSON object, and no list or number literal. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumberLiteral(value)

/** The double of a number; undefined: it is none. */
export const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  return isNumberLiteral(value) ? Number(value.rawJSON) : undefined
}

/** Text as it is, anything else as JSON text (as ThingsBoard writes values of data into metadata). */
export const textOfJson = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The member to put into a JSON object for a stored value: it reads back as the same type. */
export const jsonOfKv = (kv: KvValue): unknown => {
  switch (kv.type) {
    case 'STRING':
    case 'BOOLEAN':
      return kv.value
    case 'JSON':
      return parseExactJson(kv.value) ?? null
    case 'LONG':
    case 'DOUBLE':
      return json.rawJSON(kvValueToJson(kv))
  }
}

/** Sets a member whatever its name is; `__proto__` is a name like any other. */
export const setMember = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

/** The text form of a stored value in metadata: that of Java, where a double of 2 is `2.0` and large ones have an `E`. */
export const textOfKv = (kv: KvValue): string => (kv.type === 'DOUBLE' ? javaDouble(kv.value) : String(kv.value))

const javaDouble = (value: number): string => {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (!Number.isFinite(value)) return String(value)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value)
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}
