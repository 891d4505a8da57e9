import type { AlarmKeyFilter, AlarmPredicate, AlarmRule } from '@thingwire/contracts'
import { type RuleValue, valueTypeOf } from './rule-model.ts'
import { isDynamic } from './rule-problems.ts'

/** The words that a condition is told in. */
export type RuleWords = {
  operation: (operation: string) => string
  and: string
  or: string
  boolean: (value: boolean) => string
  /** An attribute of the device, its customer or its tenant. */
  attribute: (source: string, name: string) => string
  moment: (ts: number) => string
  forTime: (value: string, unit: string) => string
  times: (value: string) => string
}

const longestText = 60
const shortened = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

const valueText = (value: RuleValue, isMoment: boolean, words: RuleWords): string => {
  if (isDynamic(value))
    return words.attribute(value.dynamicValue?.sourceType ?? '', value.dynamicValue?.sourceAttribute ?? '')
  const { defaultValue } = value
  if (typeof defaultValue === 'boolean') return words.boolean(defaultValue)
  if (typeof defaultValue === 'number') return isMoment ? words.moment(defaultValue) : String(defaultValue)
  return typeof defaultValue === 'string' ? `“${shortened(defaultValue)}”` : '?'
}

const predicateText = (name: string, predicate: AlarmPredicate, isMoment: boolean, words: RuleWords): string => {
  if (predicate.type !== 'COMPLEX')
    return `${name} ${words.operation(predicate.operation)} ${valueText(predicate.value, isMoment, words)}`
  const word = predicate.operation === 'AND' ? words.and : words.or
  return predicate.predicates
    .map((one) => {
      const text = predicateText(name, one, isMoment, words)
      return one.type === 'COMPLEX' ? `(${text})` : text
    })
    .join(` ${word} `)
}

const filterText = (filter: AlarmKeyFilter, words: RuleWords): string => {
  const name = filter.key.type === 'CONSTANT' ? shortened(String(filter.value ?? '?')) : filter.key.key || '?'
  return predicateText(name, filter.predicate, valueTypeOf(filter) === 'DATE_TIME', words)
}

/** A condition in one line, as a person would say it: `temperature > 80 and door = “open” for 5 minutes`. */
export const conditionText = ({ condition: { condition, spec } }: AlarmRule, words: RuleWords): string => {
  const all = condition
    .map((filter) => {
      const text = filterText(filter, words)
      return condition.length > 1 && filter.predicate.type === 'COMPLEX' ? `(${text})` : text
    })
    .join(` ${words.and} `)
  switch (spec?.type) {
    case 'DURATION':
      return `${all} ${words.forTime(valueText(spec.predicate ?? { defaultValue: spec.value ?? null }, false, words), spec.unit)}`
    case 'REPEATING':
      return `${all}, ${words.times(valueText(spec.predicate ?? { defaultValue: spec.count ?? null }, false, words))}`
    default:
      return all
  }
}
