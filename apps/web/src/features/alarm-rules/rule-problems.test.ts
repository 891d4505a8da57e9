import type { AlarmKeyFilter, AlarmRule, DeviceProfileAlarm } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { newCondition, newFilter, newPredicate, newRule, withAlternative } from './rule-model.ts'
import { problemsOfRule } from './rule-problems.ts'

const hot: AlarmKeyFilter = {
  ...newFilter(),
  key: { type: 'TIME_SERIES', key: 'temperature' },
  predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 80 } },
}
const ofAttribute = (sourceAttribute: string) => ({
  dynamicValue: { sourceType: 'CURRENT_DEVICE' as const, sourceAttribute },
})
const rule = (filter: AlarmKeyFilter, change: Partial<AlarmRule> = {}): DeviceProfileAlarm => ({
  ...newRule('one'),
  alarmType: 'Hot',
  createRules: { MAJOR: { ...newCondition(), condition: { condition: [filter] }, ...change } },
})
const codeOf = (one: DeviceProfileAlarm) => problemsOfRule(one, []).map(({ place, code }) => `${place} ${code}`)

it('finds nothing wrong with a whole rule', () => {
  expect(codeOf(rule(hot))).toEqual([])
})

describe('a rule that could never work', () => {
  it('needs a type that no other rule has, and a severity', () => {
    expect(codeOf({ ...rule(hot), alarmType: ' ', createRules: {} })).toEqual([
      'alarmType typeMissing',
      'createRules noSeverity',
    ])
    expect(problemsOfRule(rule(hot), ['Hot'])).toEqual([{ place: 'alarmType', code: 'typeTaken' }])
  })

  it.each<[string, AlarmKeyFilter]>([
    ['keyMissing', { ...hot, key: { type: 'ATTRIBUTE', key: ' ' } }],
    ['valueMissing', { ...hot, predicate: newPredicate('NUMERIC') }],
    ['valueMissing', { ...hot, predicate: withAlternative(hot.predicate, newPredicate('NUMERIC')) }],
    ['attributeMissing', { ...hot, predicate: { type: 'NUMERIC', operation: 'LESS', value: ofAttribute(' ') } }],
    ['valueMissing', { ...hot, key: { type: 'CONSTANT', key: '' } }],
    ['constantFixed', { ...hot, key: { type: 'CONSTANT', key: '' }, value: 5 }],
  ])('is told by %s', (code, filter) => {
    expect(codeOf(rule(filter))).toEqual([`MAJOR ${code}`])
  })

  it('has no filter at all, or a clear condition without one', () => {
    const empty = { ...newCondition(), condition: { condition: [] } }
    expect(codeOf({ ...rule(hot), clearRule: empty })).toEqual(['clearRule noFilter'])
  })

  it.each<[string, NonNullable<AlarmRule['condition']['spec']>]>([
    ['specMissing', { type: 'DURATION', unit: 'MINUTES', predicate: { defaultValue: 0 } }],
    ['specMissing', { type: 'REPEATING', predicate: { defaultValue: null } }],
    ['specMissing', { type: 'REPEATING' }],
    ['attributeMissing', { type: 'DURATION', unit: 'MINUTES', predicate: ofAttribute('') }],
  ])('has a duration or count that is none (%s)', (code, spec) => {
    expect(codeOf(rule(hot, { condition: { condition: [hot], spec } }))).toEqual([`MAJOR ${code}`])
  })

  it('has a schedule that is never open', () => {
    const never = { type: 'SPECIFIC_TIME' as const, timezone: 'UTC', daysOfWeek: [], startsOn: 0, endsOn: 0 }
    expect(codeOf(rule(hot, { schedule: never }))).toEqual(['MAJOR scheduleWrong'])
    const closed = { enabled: false, dayOfWeek: 1, startsOn: 0, endsOn: 0 }
    expect(codeOf(rule(hot, { schedule: { type: 'CUSTOM', timezone: 'UTC', items: [closed] } }))).toEqual([
      'MAJOR scheduleWrong',
    ])
  })
})

it('takes values of attributes, numbers of old files, and empty texts', () => {
  const spec = { type: 'DURATION' as const, unit: 'SECONDS' as const, value: 30 }
  const text: AlarmKeyFilter = { ...hot, valueType: 'STRING', predicate: newPredicate('STRING') }
  const dynamic: AlarmKeyFilter = {
    ...hot,
    key: { type: 'CONSTANT', key: '' },
    value: 5,
    predicate: { type: 'NUMERIC', operation: 'LESS', value: ofAttribute('limit') },
  }
  expect(codeOf(rule(hot, { condition: { condition: [text, dynamic], spec } }))).toEqual([])
})
