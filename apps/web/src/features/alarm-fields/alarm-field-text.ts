import type { ArgumentPredicate, ArgumentRule } from '@thingwire/contracts'
import type { RuleWords } from '@/features/alarm-rules/rule-text.ts'
import { type ArgumentFilter, type Given, valueTypeOf } from './alarm-field-model.ts'

/** Words of conditions over arguments, beside those of all conditions. */
export type FieldTextWords = RuleWords & {
  noData: (name: string, value: string, unit: string) => string
  script: string
}

const longestText = 60
const shortened = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

const givenText = (given: Given<string | number | boolean>, isMoment: boolean, words: RuleWords): string => {
  if (given.dynamicValueArgument) return given.dynamicValueArgument
  const value = given.staticValue
  if (typeof value === 'boolean') return words.boolean(value)
  if (typeof value === 'number') return isMoment ? words.moment(value) : String(value)
  return typeof value === 'string' ? `“${shortened(value)}”` : '?'
}

const joined = (texts: readonly string[], operation: 'AND' | 'OR', words: RuleWords): string =>
  texts.join(` ${operation === 'AND' ? words.and : words.or} `)

const predicateText = (
  name: string,
  predicate: ArgumentPredicate,
  isMoment: boolean,
  words: FieldTextWords,
): string => {
  switch (predicate.type) {
    case 'COMPLEX':
      return `(${joined(
        predicate.predicates.map((one) => predicateText(name, one, isMoment, words)),
        predicate.operation,
        words,
      )})`
    case 'NO_DATA':
      return words.noData(name, givenText(predicate.duration, false, words), predicate.unit)
    default:
      return `${name} ${words.operation(predicate.operation)} ${givenText(predicate.value, isMoment, words)}`
  }
}

const filterText = (filter: ArgumentFilter, isOneOfMany: boolean, words: FieldTextWords): string => {
  const isMoment = valueTypeOf(filter) === 'DATE_TIME'
  const all = filter.predicates.map((one) => predicateText(filter.argument || '?', one, isMoment, words))
  const text = joined(all, filter.operation, words)
  return isOneOfMany && all.length > 1 ? `(${text})` : text
}

const expressionText = ({ condition: { expression } }: ArgumentRule, words: FieldTextWords): string => {
  if (expression.type === 'TBEL') return `${words.script}: ${shortened(expression.expression)}`
  const { filters, operation } = expression
  return joined(
    filters.map((filter) => filterText(filter, filters.length > 1, words)),
    operation,
    words,
  )
}

/** A condition in one line: `temperature > limit for 5 minutes`. */
export const argumentRuleText = (rule: ArgumentRule, words: FieldTextWords): string => {
  const text = expressionText(rule, words)
  const { condition } = rule
  switch (condition.type) {
    case 'SIMPLE':
      return text
    case 'DURATION':
      return `${text} ${words.forTime(givenText(condition.value, false, words), condition.unit)}`
    case 'REPEATING':
      return `${text}, ${words.times(givenText(condition.count, false, words))}`
  }
}
