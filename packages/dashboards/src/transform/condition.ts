import { isRecord, numberOf, textOf } from '../read.ts'
import { longestText, safePattern } from '../look/pattern.ts'

/** Longer texts are compared by their beginning. */
const longestCompared = 2_000

export const conditionOperations = [
  'equal',
  'notEqual',
  'greater',
  'greaterOrEqual',
  'less',
  'lessOrEqual',
  'between',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'isEmpty',
  'isNotEmpty',
  'isTrue',
  'isFalse',
] as const
export type ConditionOperation = (typeof conditionOperations)[number]

/** A question about one value. `to`: the upper end of `between`, which belongs to it. */
export type Condition = {
  column: string
  operation: ConditionOperation
  value: string | number | boolean | null
  to: number | null
}

export const readCondition = (file: unknown): Condition | null => {
  if (!isRecord(file)) return null
  const operation = conditionOperations.find((one) => one === file.operation)
  if (!operation) return null
  const { value } = file
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return { column: textOf(file.column) ?? '', operation, value: isValue ? value : null, to: numberOf(file.to) }
}

const plain = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, longestCompared)

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (typeof value === 'number' && Number.isNaN(value))

const isSame = (value: unknown, to: Condition['value']): boolean => {
  const [a, b] = [numberOf(value), numberOf(to)]
  return a !== null && b !== null ? a === b : plain(value).toLowerCase() === plain(to).toLowerCase()
}

const compare = (value: unknown, to: Condition['value'], by: (a: number, b: number) => boolean): boolean => {
  const [a, b] = [numberOf(value), numberOf(to)]
  return a !== null && b !== null && by(a, b)
}

const find = (value: unknown, to: Condition['value'], by: (text: string, part: string) => boolean): boolean =>
  by(plain(value).toLowerCase(), plain(to).toLowerCase())

/** Whether a value is as the condition says. Texts are compared whatever their case; numbers also when written as text. */
export const holds = (value: unknown, { operation, value: to, to: end }: Condition): boolean => {
  switch (operation) {
    case 'equal':
      return isSame(value, to)
    case 'notEqual':
      return !isSame(value, to)
    case 'greater':
      return compare(value, to, (a, b) => a > b)
    case 'greaterOrEqual':
      return compare(value, to, (a, b) => a >= b)
    case 'less':
      return compare(value, to, (a, b) => a < b)
    case 'lessOrEqual':
      return compare(value, to, (a, b) => a <= b)
    case 'between':
      return compare(value, to, (a, b) => a >= b) && compare(value, end, (a, b) => a <= b)
    case 'contains':
      return find(value, to, (text, part) => text.includes(part))
    case 'notContains':
      return !find(value, to, (text, part) => text.includes(part))
    case 'startsWith':
      return find(value, to, (text, part) => text.startsWith(part))
    case 'endsWith':
      return find(value, to, (text, part) => text.endsWith(part))
    case 'matches':
      return safePattern(plain(to))?.test(plain(value).slice(0, longestText)) ?? false
    case 'isEmpty':
      return isEmpty(value)
    case 'isNotEmpty':
      return !isEmpty(value)
    case 'isTrue':
      return value === true || value === 'true' || value === 1
    case 'isFalse':
      return value === false || value === 'false' || value === 0
  }
}
