import { isNumberLiteral, numberOf } from '@thingwire/rules'

/** A value of data as Jackson's `asDouble` reads it: text that is no number, and everything else, is 0. */
export const leniently = (value: unknown): number => {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' || isNumberLiteral(value)) return numberOf(value) ?? 0
  return typeof value === 'string' ? (decimalOf(value) ?? 0) : 0
}

const decimal = /^\s*[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?\s*$/

/** The number that a text is; undefined: none. */
export const decimalOf = (text: string): number | undefined => {
  if (text.length > 400 || !decimal.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** Rounds the decimal that is shown of a number, halves away from zero (Java's HALF_UP). */
export const roundHalfUp = (value: number, decimals: number): number => {
  if (value === 0) return 0
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const scale = digits.length - 1 - Number(exponent)
  const dropped = scale - decimals
  if (dropped <= 0) return value
  // More is dropped than there is: it may still round up to one, by the digit behind the last one that is kept.
  if (dropped > digits.length) return 0
  const kept = BigInt(digits.slice(0, digits.length - dropped) || '0')
  const isUp = (digits[digits.length - dropped] ?? '0') >= '5'
  return Math.sign(value) * Number(`${kept + (isUp ? 1n : 0n)}e${-decimals}`)
}
