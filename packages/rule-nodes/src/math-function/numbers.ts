import type { KvValue } from '@thingwire/contracts'

const maxLong = 2n ** 63n - 1n
const minLong = -(2n ** 63n)

/** Rounded half up by its decimal form, as it is written: 2.345 becomes 2.35. */
export const roundHalfUp = (value: number, digits: number): number => {
  if (value === 0) return 0
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential().split('e')
  const written = mantissa.replace('.', '')
  const surplus = written.length - 1 - Number(exponent) - digits
  if (surplus <= 0) return value
  const unit = 10n ** BigInt(surplus)
  const whole = BigInt(written)
  const rounded = whole / unit + ((whole % unit) * 2n >= unit ? 1n : 0n)
  const size = Number(`${rounded}e${-digits}`)
  return size === 0 ? 0 : Math.sign(value) * size
}

/** What stands in the message or in an attribute: a whole number without digits behind the point, else a double. */
export const toResult = (value: number, digits: number, isWhole: boolean): KvValue => {
  if (!Number.isFinite(value)) throw new Error(`The result is no number: ${value}`)
  if (digits > 0 && !isWhole) return { type: 'DOUBLE', value: roundHalfUp(value, digits) }
  const whole = Math.trunc(value) + 0
  if (Number.isSafeInteger(whole)) return { type: 'LONG', value: whole }
  const exact = BigInt(whole)
  return { type: 'LONG', value: exact > maxLong ? maxLong : exact < minLong ? minLong : exact }
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number of a text; null: it is blank. */
const numberOfText = (text: string, whose: string): number | null => {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (!decimal.test(trimmed)) throw new Error(`${whose} is no number: ${JSON.stringify(text.slice(0, 100))}`)
  return Number(trimmed)
}

/** The number of a stored value. Null here and below: there is none. */
export const numberOfKv = (kv: KvValue, whose: string): number | null =>
  kv.type === 'LONG' || kv.type === 'DOUBLE' ? Number(kv.value) : numberOfText(String(kv.value), whose)

/** The number of a member of the data, or of an entry of the metadata. */
export const numberOfJson = (value: unknown, number: number | undefined, whose: string): number | null => {
  if (value === undefined || value === null) return null
  if (number !== undefined) return number
  if (typeof value === 'string') return numberOfText(value, whose)
  throw new Error(`${whose} is no number: ${typeof value === 'object' ? 'an object or a list' : String(value)}`)
}
