import type { AlarmKeyFilter, AlarmRule } from '@thingwire/contracts'
import { expect, it } from 'vitest'
import { newCondition, withAlternative } from './rule-model.ts'
import { conditionText, type RuleWords } from './rule-text.ts'

const words: RuleWords = {
  operation: (operation) => operation.toLowerCase(),
  and: 'and',
  or: 'or',
  boolean: (value) => (value ? 'yes' : 'no'),
  attribute: (source, name) => `${source}.${name}`,
  moment: (ts) => new Date(ts).toISOString(),
  forTime: (value, unit) => `for ${value} ${unit}`,
  times: (value) => `${value} times`,
}
const over = (key: string, value: number): AlarmKeyFilter => ({
  key: { type: 'TIME_SERIES', key },
  predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: value } },
})
const text = (condition: AlarmKeyFilter[], spec: AlarmRule['condition']['spec'] = null) =>
  conditionText({ ...newCondition(), condition: { condition, spec } }, words)

it('tells a condition as a person would', () => {
  expect(text([over('temperature', 80)])).toBe('temperature greater 80')
  expect(text([over('a', 1), over('b', 2)], { type: 'REPEATING', predicate: { defaultValue: 3 } })).toBe(
    'a greater 1 and b greater 2, 3 times',
  )
  expect(text([over('a', 1)], { type: 'DURATION', unit: 'MINUTES', value: 5 })).toBe('a greater 1 for 5 MINUTES')
})

it('puts groups into brackets where they would be misread', () => {
  const either = { ...over('a', 1), predicate: withAlternative(over('a', 1).predicate, over('a', 9).predicate) }
  expect(text([either])).toBe('a greater 1 or a greater 9')
  expect(text([either, over('b', 2)])).toBe('(a greater 1 or a greater 9) and b greater 2')
  const nested = withAlternative(either.predicate, withAlternative(over('a', 3).predicate, over('a', 4).predicate))
  expect(text([{ ...either, predicate: nested }])).toBe('a greater 1 or a greater 9 or (a greater 3 or a greater 4)')
})

it('names attributes, constants, texts, yes and no, and moments', () => {
  const dynamicValue = { sourceType: 'CURRENT_TENANT' as const, sourceAttribute: 'limit' }
  const predicate = { type: 'NUMERIC' as const, operation: 'LESS' as const, value: { dynamicValue } }
  expect(text([{ key: { type: 'CONSTANT', key: '' }, value: 5, predicate }])).toBe('5 less CURRENT_TENANT.limit')
  const of = (key: string, given: AlarmKeyFilter['predicate'], valueType: AlarmKeyFilter['valueType'] = null) =>
    text([{ key: { type: 'ATTRIBUTE', key }, valueType, predicate: given }])
  expect(of('state', { type: 'STRING', operation: 'EQUAL', value: { defaultValue: 'x'.repeat(70) } })).toBe(
    `state equal “${'x'.repeat(60)}…”`,
  )
  expect(of('on', { type: 'BOOLEAN', operation: 'EQUAL', value: { defaultValue: false } })).toBe('on equal no')
  expect(of('at', { type: 'NUMERIC', operation: 'LESS', value: { defaultValue: 0 } }, 'DATE_TIME')).toBe(
    'at less 1970-01-01T00:00:00.000Z',
  )
})
