import type { SimplePredicate } from '@thingwire/contracts'
import { withoutNul } from '../rows.ts'
import type { Bind } from './bindings.ts'

/** A predicate whose value is settled; null: there is nothing to compare with, so it is left out. */
export type SettledPredicate =
  | { type: 'STRING'; operation: StringOperation; value: string; ignoreCase: boolean }
  | { type: 'NUMERIC'; operation: NumericOperation; value: number }
  | { type: 'BOOLEAN'; operation: 'EQUAL' | 'NOT_EQUAL'; value: boolean }
  | { type: 'COMPLEX'; operation: 'AND' | 'OR'; predicates: SettledPredicate[] }
export type StringOperation = Extract<SimplePredicate, { type: 'STRING' }>['operation']
export type NumericOperation = Extract<SimplePredicate, { type: 'NUMERIC' }>['operation']

/** What a predicate may look at, by the type of the column; null: the subject has no values of that type. */
export type Comparable = { text: string | null; long: string | null; double: string | null; boolean: string | null }

const numericSigns: Record<NumericOperation, string> = {
  EQUAL: '=',
  NOT_EQUAL: '<>',
  GREATER: '>',
  LESS: '<',
  GREATER_OR_EQUAL: '>=',
  LESS_OR_EQUAL: '<=',
}

/** The predicate as a condition; undefined: it says nothing (an empty text). */
export const predicateSql = (predicate: SettledPredicate, subject: Comparable, bind: Bind): string | undefined => {
  switch (predicate.type) {
    case 'COMPLEX': {
      const parts = predicate.predicates
        .map((part) => predicateSql(part, subject, bind))
        .filter((part) => part !== undefined)
      return parts.length === 0 ? undefined : `(${parts.join(` ${predicate.operation} `)})`
    }
    case 'STRING':
      if (predicate.value === '') return undefined
      return subject.text === null ? 'false' : stringSql(predicate, subject.text, bind)
    case 'NUMERIC':
      return numericSql(predicate, subject, bind)
    case 'BOOLEAN':
      if (subject.boolean === null) return 'false'
      return `${subject.boolean} ${predicate.operation === 'EQUAL' ? '=' : '<>'} ${bind(predicate.value)}::boolean`
  }
}

/**
 * Each column is compared in its own type, with no expression around it: then the planner knows how many rows are left. With
 * COALESCE it guessed too few, looked them up one by one, and took twice as long.
 */
const numericSql = (
  { operation, value }: Extract<SettledPredicate, { type: 'NUMERIC' }>,
  { long, double }: Comparable,
  bind: Bind,
): string => {
  const sign = numericSigns[operation]
  const parts = [
    ...(double === null ? [] : [`${double} ${sign} ${bind(value)}::float8`]),
    ...(long === null ? [] : [longSql(long, operation, value, bind)]),
  ]
  return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`
}

const beyondInt64 = 2 ** 63

const longSql = (column: string, operation: NumericOperation, value: number, bind: Bind): string => {
  const exists = `${column} IS NOT NULL`
  const isUpward = operation === 'GREATER' || operation === 'GREATER_OR_EQUAL'
  const isDownward = operation === 'LESS' || operation === 'LESS_OR_EQUAL'
  if (Math.abs(value) >= beyondInt64) {
    if (operation === 'NOT_EQUAL' || (value > 0 ? isDownward : isUpward)) return exists
    return 'false'
  }
  if (Number.isInteger(value)) return `${column} ${numericSigns[operation]} ${bind(BigInt(value))}::bigint`
  if (isUpward) return `${column} > ${bind(BigInt(Math.floor(value)))}::bigint`
  if (isDownward) return `${column} < ${bind(BigInt(Math.ceil(value)))}::bigint`
  return operation === 'EQUAL' ? 'false' : exists
}

const stringSql = (
  predicate: Extract<SettledPredicate, { type: 'STRING' }>,
  column: string,
  bind: Bind,
): string | undefined => {
  const { operation, ignoreCase } = predicate
  const value = withoutNul(predicate.value)
  const subject = ignoreCase ? `lower(${column})` : column
  const one = (text: string) => {
    const placeholder = `${bind(text)}::text`
    return ignoreCase ? `lower(${placeholder})` : placeholder
  }
  switch (operation) {
    case 'EQUAL':
      return `${subject} = ${one(value)}`
    case 'NOT_EQUAL':
      return `${subject} <> ${one(value)}`
    case 'STARTS_WITH':
      return `${subject} LIKE ${one(`${pattern(value)}%`)}`
    case 'ENDS_WITH':
      return `${subject} LIKE ${one(`%${pattern(value)}`)}`
    case 'CONTAINS':
      return `${subject} LIKE ${one(`%${pattern(value)}%`)}`
    case 'NOT_CONTAINS':
      return `${subject} NOT LIKE ${one(`%${pattern(value)}%`)}`
    case 'IN':
    case 'NOT_IN': {
      const items = splitList(value)
      if (items.length === 0) return undefined
      const list = `${bind(items)}::text[]`
      const lowered = ignoreCase ? `(SELECT array_agg(lower(x)) FROM unnest(${list}) x)::text[]` : list
      return operation === 'IN' ? `${subject} = ANY(${lowered})` : `${subject} <> ALL(${lowered})`
    }
  }
}

/** Wildcards keep their meaning (as ThingsBoard); a backslash is only itself, for LIKE refuses one at the end. */
export const pattern = (text: string): string => text.replaceAll('\\', '\\\\')

/** What a name filter means: names that begin so, unless it says itself where it is open. */
export const namePattern = (name: string): string => {
  const text = pattern(withoutNul(name))
  return text.startsWith('%') || text.endsWith('%') ? text : `${text}%`
}

/** Comma separated; commas between quotes of one kind do not separate, and the quotes around an item go. */
export const splitList = (text: string): string[] => {
  const items: string[] = []
  let item = ''
  let quote: string | null = null
  for (const letter of text) {
    if (quote !== null) {
      if (letter === quote) quote = null
      item += letter
    } else if (letter === ',') {
      items.push(item)
      item = ''
    } else {
      // An apostrophe inside a word opens nothing.
      if ((letter === '"' || letter === "'") && item.trim() === '') quote = letter
      item += letter
    }
  }
  items.push(item)
  return items.map(unquoted).filter((one) => one !== '')
}

const unquoted = (raw: string): string => {
  const item = raw.trim()
  const quote = item.charAt(0)
  return item.length >= 2 && (quote === '"' || quote === "'") && item.endsWith(quote) ? item.slice(1, -1) : item
}
