import type { LivePoint, QueryValue } from '@thingwire/contracts'

const plainNumber = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/
/** Whole numbers up to this length may be exact 64-bit integers, which a number cannot hold. */
const longestInteger = 20

/** Live answers to queries are text: what reads back as the same number is one. */
export const parseValue = (text: string): unknown => {
  if (text === 'true') return true
  if (text === 'false') return false
  return parseNumber(text)
}

const parseNumber = (text: string): number | string => {
  if (!plainNumber.test(text)) return text
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  const isInexact = Number.isInteger(value) && !Number.isSafeInteger(value) && text.length <= longestInteger
  return isInexact ? text : value
}

/** Numbers of more digits than a double has are stored as text; the same list where there are none. */
export const withNumbers = (points: readonly LivePoint[]): readonly LivePoint[] =>
  points.some(([, value]) => typeof value === 'string' && typeof parseNumber(value) === 'number')
    ? points.map(([ts, value]): LivePoint => [ts, typeof value === 'string' ? parseNumber(value) : value])
    : points

/** Null for a value that is not there. */
export const toPoint = ({ ts, value }: QueryValue): LivePoint | null => (ts === 0 ? null : [ts, parseValue(value)])
