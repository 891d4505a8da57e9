import type { DeviceProfileAlarm } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import {
  copyRule,
  moveCreateRule,
  newCondition,
  newPredicate,
  newRule,
  parseTimeOfDay,
  putRule,
  readRules,
  severitiesOf,
  timeOfDay,
  typesOf,
  valueTypeOf,
  withAlternative,
  withCreateRule,
  withMember,
  withoutMember,
  withValueType,
  writeRules,
} from './rule-model.ts'

/** As ThingsBoard exports it, with members that nobody here knows. */
const exported = {
  id: 'one',
  alarmType: 'High temperature',
  madeBy: 'somebody',
  createRules: {
    CRITICAL: {
      condition: {
        condition: [
          {
            key: { type: 'TIME_SERIES', key: 'temperature', hint: 'kept' },
            valueType: 'NUMERIC',
            value: null,
            predicate: {
              type: 'NUMERIC',
              operation: 'GREATER',
              value: { defaultValue: 80, userValue: null, dynamicValue: null },
            },
          },
        ],
        spec: {
          type: 'DURATION',
          unit: 'MINUTES',
          predicate: { defaultValue: 5, userValue: null, dynamicValue: null },
        },
      },
      schedule: null,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the rule's own
      alarmDetails: 'Temperature is ${temperature}',
      dashboardId: null,
    },
  },
  clearRule: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
}
const known = (text: string): DeviceProfileAlarm[] =>
  readRules(text).flatMap((one) => (one.kind === 'known' ? [one.rule] : []))

describe('stored rules', () => {
  it('survive reading and writing with everything that is not known', () => {
    expect(JSON.parse(writeRules(readRules(JSON.stringify([exported]))))).toEqual([exported])
  })

  it('that are not understood stay as they are when another one is edited', () => {
    const strange = { id: 'two', alarmType: 5, createRules: 'later' }
    const rules = readRules(JSON.stringify([strange, exported]))
    expect(rules.map(({ kind }) => kind)).toEqual(['unknown', 'known'])
    const [rule] = known(JSON.stringify([exported]))
    if (!rule) throw new Error('The rule was not read')
    const written: unknown = JSON.parse(writeRules(putRule(rules, { ...rule, alarmType: 'Changed' })))
    expect(written).toEqual([strange, { ...exported, alarmType: 'Changed' }])
  })

  it('keep what is not known of a condition when a part of it is edited', () => {
    const [rule] = known(JSON.stringify([exported]))
    const condition = rule?.createRules.CRITICAL
    const filter = condition?.condition.condition[0]
    if (!rule || !condition || !filter) throw new Error('The rule was not read')
    const changed = withCreateRule(rule, 'CRITICAL', {
      ...condition,
      condition: { ...condition.condition, condition: [withValueType(filter, 'STRING')] },
    })
    expect(changed).toMatchObject({
      madeBy: 'somebody',
      createRules: { CRITICAL: { condition: { condition: [{ key: { hint: 'kept' }, valueType: 'STRING' }] } } },
    })
  })

  it('are no rules when the text is no list', () => {
    expect(readRules('{}')).toEqual([])
    expect(readRules('null')).toEqual([])
  })
})

describe('editing', () => {
  it('puts a new rule behind the others, and a changed one in its place', () => {
    const rules = readRules(JSON.stringify([exported]))
    const both = putRule(rules, { ...newRule('two'), alarmType: 'Second' })
    expect(typesOf(both, '')).toEqual(['High temperature', 'Second'])
    expect(typesOf(both, 'two')).toEqual(['High temperature'])
    const [rule] = known(JSON.stringify([exported]))
    if (rule) expect(typesOf(putRule(both, { ...rule, alarmType: 'First' }), '')).toEqual(['First', 'Second'])
  })

  it('gives a copy an id and a type of its own', () => {
    const rule = { ...newRule('one'), alarmType: 'Hot' }
    const copy = copyRule(rule, 'two', ['Hot', 'Hot 2'])
    expect(copy).toMatchObject({ id: 'two', alarmType: 'Hot 3' })
    copy.propagateRelationTypes.push('x')
    expect(rule.propagateRelationTypes).toEqual([])
  })

  it('lists severities from the highest down, and moves a condition to another', () => {
    const rule = withCreateRule(newRule('one'), 'CRITICAL', newCondition())
    expect(severitiesOf(rule)).toEqual(['CRITICAL', 'MAJOR'])
    expect(severitiesOf(moveCreateRule(rule, 'CRITICAL', 'WARNING'))).toEqual(['MAJOR', 'WARNING'])
    expect(severitiesOf(withCreateRule(rule, 'MAJOR', null))).toEqual(['CRITICAL'])
  })

  it('groups predicates, and ends a group that has one left', () => {
    const [a, b, c] = [newPredicate('NUMERIC'), newPredicate('NUMERIC'), newPredicate('NUMERIC')]
    const pair = withAlternative(a, b)
    expect(pair).toEqual({ type: 'COMPLEX', operation: 'OR', predicates: [a, b] })
    const triple = withAlternative(pair, c)
    expect(triple.predicates).toHaveLength(3)
    const nested = withMember(triple, 1, withAlternative(b, c))
    expect(nested.predicates[1]).toMatchObject({ type: 'COMPLEX' })
    expect(withoutMember(pair, 0)).toBe(b)
    expect(withoutMember(triple, 0)).toMatchObject({ type: 'COMPLEX', predicates: [b, c] })
  })

  it('knows the type of values where only the predicate tells it', () => {
    const filter = { key: { type: 'ATTRIBUTE' as const, key: 'x' }, predicate: newPredicate('BOOLEAN') }
    expect(valueTypeOf(filter)).toBe('BOOLEAN')
    expect(valueTypeOf({ ...filter, predicate: withAlternative(newPredicate('STRING'), newPredicate('STRING')) })).toBe(
      'STRING',
    )
    expect(valueTypeOf({ ...filter, valueType: 'DATE_TIME' })).toBe('DATE_TIME')
  })
})

it.each([
  [0, '00:00'],
  [9 * 3_600_000 + 30 * 60_000, '09:30'],
  [86_400_000, '00:00'],
])('%i ms of the day is %s', (ms, text) => {
  expect(timeOfDay(ms)).toBe(text)
  expect(parseTimeOfDay(text)).toBe(ms % 86_400_000)
})

it('takes no time that is none', () => {
  expect(parseTimeOfDay('')).toBeNull()
})
