import { describe, expect, it } from 'vitest'
import { saveDeviceProfileSchema } from './device-profile.ts'

const rule = (predicate: unknown, rest: Record<string, unknown> = {}) => ({
  schedule: null,
  condition: {
    spec: { type: 'SIMPLE' },
    condition: [{ key: { key: 't', type: 'TIME_SERIES' }, value: null, valueType: 'NUMERIC', predicate }],
  },
  ...{ dashboardId: null, alarmDetails: null },
  ...rest,
})
const above = {
  type: 'NUMERIC',
  operation: 'GREATER',
  value: { userValue: null, defaultValue: 30, dynamicValue: null },
}
const alarm = (change: Record<string, unknown> = {}) => ({
  ...{ id: 'x', alarmType: 'Hot', clearRule: null, propagate: false, propagateRelationTypes: null },
  createRules: { MAJOR: rule(above) },
  ...change,
})
const saving = (alarms: unknown) => saveDeviceProfileSchema.safeParse({ name: 'p', profileData: { alarms } })
const problems = (alarms: unknown) =>
  saving(alarms).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('alarm rules of a profile', () => {
  it('stay as they were sent, with members that nobody knows', () => {
    const given = [alarm({ configurator: { color: 'red' }, createRules: { MAJOR: rule(above, { note: [1] }) } })]
    expect(saving(given)).toMatchObject({ success: true, data: { profileData: { alarms: given } } })
    expect(saving(null).success).toBe(true)
  })

  it('may write values in other forms, as files of other systems do', () => {
    const texts = [
      { ...above, value: { defaultValue: '30.5' } },
      { type: 'STRING', operation: 'EQUAL', value: { defaultValue: 5 } },
      { type: 'BOOLEAN', operation: 'EQUAL', value: { defaultValue: 'true', dynamicValue: null } },
      { type: 'COMPLEX', operation: 'AND', predicates: [above] },
    ]
    expect(
      problems([alarm({ createRules: { MAJOR: rule(texts[0]), MINOR: rule(texts[1]), WARNING: rule(texts[2]) } })]),
    ).toEqual([])
    expect(problems([alarm({ createRules: { MAJOR: rule(texts[3]) } })])).toEqual([])
    expect(
      problems([alarm({ createRules: { MAJOR: rule({ ...above, value: { defaultValue: 'hot' } }) } })]),
    ).toHaveLength(1)
  })

  it.each([
    ['a severity that is none', alarm({ createRules: { HIGH: rule(above) } }), 'createRules'],
    [
      'an operation that is none',
      alarm({ createRules: { MAJOR: rule({ ...above, operation: 'MORE' }) } }),
      'predicate',
    ],
    [
      'a zone that is none',
      alarm({ createRules: { MAJOR: rule(above, { schedule: { type: 'SPECIFIC_TIME', timezone: 'Mars' } }) } }),
      'schedule',
    ],
    ['no type', alarm({ alarmType: ' ' }), 'alarmType'],
    ['no id', { ...alarm(), id: undefined }, 'id'],
  ])('are refused for %s, with the place', (_, given, place) => {
    const [first = ''] = problems([given])
    expect(first).toMatch(/^profileData\.alarms\.0\./)
    expect(first).toContain(place)
  })

  it('have a type of their own each', () => {
    expect(problems([alarm(), alarm({ id: 'y' })])).toEqual([
      'profileData.alarms.1.alarmType: Two alarm rules of the profile have the type "Hot"!',
    ])
  })
})
