import type { ArgumentPredicate } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import type { RuleWords } from '@/features/alarm-rules/rule-text.ts'
import {
  type ArgumentFilter,
  argumentUses,
  nameFromKey,
  newFilter,
  newRule,
  withoutMember,
  withRenamed,
  withValueType,
} from './alarm-field-model.ts'
import { argumentRuleText } from './alarm-field-text.ts'

test.each([
  ['temperature', [], 'temperature'],
  ['outside temp.', [], 'outsideTemp'],
  ['temperature', ['temperature'], 'temperature2'],
  ['temperature', ['temperature', 'temperature2'], 'temperature3'],
  ['4th-floor', [], '_4thFloor'],
  ['ctx', [], '_ctx'],
  ['°', [], ''],
])('the key %j beside %j is called %j', (key, taken, expected) => {
  expect(nameFromKey(key, taken)).toBe(expected)
})

test('an argument is called otherwise wherever it is named, and nothing else is', () => {
  const rule = {
    ...newRule('t'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the rule's own
    alarmDetails: 'It has ${t} of ${tt}',
    condition: {
      ...newRule('t').condition,
      type: 'DURATION',
      unit: 't',
      value: { dynamicValueArgument: 't' },
      schedule: { dynamicValueArgument: 'tt' },
    },
  }
  const renamed: unknown = JSON.parse(withRenamed(JSON.stringify(rule), 't', 'warmth'))
  expect(argumentUses(renamed).map(({ name }) => name)).toEqual(['warmth', 'tt', 'warmth'])
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  expect(renamed).toMatchObject({ alarmDetails: 'It has ${warmth} of ${tt}', condition: { unit: 't' } })
  expect(withRenamed('', 't', 'warmth')).toBe('')
  expect(argumentUses(JSON.parse(withRenamed(JSON.stringify(newRule('')), '', 't')))).toMatchObject([{ name: 't' }])
})

test('another type of value is another comparison; silence stays', () => {
  const silent = { type: 'NO_DATA' as const, unit: 'DAYS' as const, duration: { staticValue: 2 } }
  const filter = { ...newFilter('t'), predicates: [...newFilter('t').predicates, silent] }
  expect(withValueType(filter, 'BOOLEAN').predicates).toMatchObject([{ type: 'BOOLEAN' }, silent])
})

test('a group of one is that one, and of none is none', () => {
  const [one] = newFilter('t').predicates
  if (!one) throw new Error('it has one')
  const group = { type: 'COMPLEX' as const, operation: 'OR' as const, predicates: [one, one, one] }
  expect(withoutMember(group, 0)).toEqual({ ...group, predicates: [one, one] })
  expect(withoutMember({ ...group, predicates: [one, one] }, 0)).toEqual(one)
  expect(withoutMember({ ...group, predicates: [one] }, 0)).toBeNull()
})

const words: RuleWords = {
  operation: (operation) => (operation === 'GREATER' ? '>' : operation),
  and: 'and',
  or: 'or',
  boolean: String,
  attribute: (_, name) => name,
  moment: (ts) => new Date(ts).toISOString(),
  forTime: (value, unit) => `for ${value} ${unit}`,
  times: (value) => `${value} times`,
}
const told = (rule: ReturnType<typeof newRule>) =>
  argumentRuleText(rule, {
    ...words,
    noData: (name, value, unit) => `${name} silent ${value} ${unit}`,
    script: 'Script',
  })

test('conditions in one line', () => {
  const number = (staticValue: number): ArgumentPredicate => ({
    type: 'NUMERIC' as const,
    operation: 'GREATER' as const,
    value: { staticValue },
  })
  const one = { ...newFilter('t'), predicates: [number(20)] }
  const silent: ArgumentPredicate = { type: 'NO_DATA', unit: 'DAYS', duration: { dynamicValueArgument: 'd' } }
  const two: ArgumentFilter = { ...newFilter('h'), operation: 'OR', predicates: [number(1), silent] }
  const expression = { type: 'SIMPLE' as const, operation: 'AND' as const, filters: [one, two] }
  const rule = newRule('t')
  expect(told({ ...rule, condition: { type: 'SIMPLE', expression } })).toBe('t > 20 and (h > 1 or h silent d DAYS)')
  expect(
    told({
      ...rule,
      condition: {
        type: 'DURATION',
        unit: 'HOURS',
        value: { staticValue: 2 },
        expression: { ...expression, filters: [one] },
      },
    }),
  ).toBe('t > 20 for 2 HOURS')
  expect(
    told({
      ...rule,
      condition: {
        type: 'REPEATING',
        count: { staticValue: 3 },
        expression: { type: 'TBEL', expression: 'return t > 1;' },
      },
    }),
  ).toBe('Script: return t > 1;, 3 times')
})
