import type { EntityId } from '@thingwire/contracts'
import { describe, expect, it, test } from 'vitest'
import type { AlarmFieldView } from '@/api/alarm-fields.ts'
import { mergeEdits } from '../../components/edit-state.ts'
import { fromFile, toFile } from './alarm-field-file.ts'
import { type AlarmFieldForm, issuesOf, newState, ruleIn, toBody, toForm, toState } from './alarm-field-form.ts'
import { newRule } from './alarm-field-model.ts'

const owner: EntityId = { entityType: 'DEVICE', id: '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c11' }
const tenantId = { entityType: 'TENANT', id: '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c12' } as const

const stored: AlarmFieldView = {
  id: { entityType: 'CALCULATED_FIELD', id: '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c13' },
  createdTime: 1,
  tenantId,
  entityId: { entityType: 'DEVICE', id: owner.id },
  name: 'Too hot',
  debugSettings: null,
  configurationVersion: 2,
  additionalInfo: { note: 'kept' },
  version: 7,
  configuration: {
    type: 'ALARM',
    arguments: {
      t: { refEntityKey: { key: 'temperature', type: 'TS_LATEST' }, ofElsewhere: 1 },
      limit: {
        refEntityKey: { key: 'limit', type: 'ATTRIBUTE', scope: 'SHARED_SCOPE' },
        refDynamicSourceConfiguration: { type: 'CURRENT_OWNER' },
        defaultValue: '80',
      },
    },
    createRules: {
      CRITICAL: {
        condition: {
          type: 'DURATION',
          unit: 'MINUTES',
          value: { dynamicValueArgument: 'limit' },
          expression: {
            type: 'SIMPLE',
            operation: 'OR',
            filters: [
              {
                argument: 't',
                valueType: 'NUMERIC',
                operation: 'AND',
                predicates: [
                  { type: 'NUMERIC', operation: 'GREATER', value: { dynamicValueArgument: 'limit' } },
                  {
                    type: 'COMPLEX',
                    operation: 'OR',
                    predicates: [{ type: 'NO_DATA', unit: 'HOURS', duration: { staticValue: 1 } }],
                  },
                ],
              },
            ],
          },
          schedule: {
            staticValue: { type: 'SPECIFIC_TIME', timezone: 'UTC', daysOfWeek: [1], startsOn: 0, endsOn: 0 },
          },
        },
        alarmDetails: null,
        dashboardId: null,
        ofElsewhere: 2,
      },
    },
    clearRule: {
      condition: { type: 'SIMPLE', expression: { type: 'TBEL', expression: 'return t < limit;' }, schedule: null },
      alarmDetails: null,
      dashboardId: null,
    },
    propagate: true,
    propagateToOwner: false,
    propagateToTenant: true,
    propagateRelationTypes: ['Contains'],
    ofElsewhere: 3,
  },
}

const stateOf = (rule: AlarmFieldView) => {
  const state = toState(rule)
  if (!state) throw new Error('it is known')
  return state
}

/** Issues as `field path: code`. */
const told = (change: Partial<AlarmFieldForm>, from = stateOf(stored)) =>
  issuesOf({ ...toForm(from), ...change }, from).map(({ field, path, code }) => `${field} ${path.join('.')}: ${code}`)

const critical = (change: (rule: NonNullable<ReturnType<typeof ruleIn>>) => unknown): Partial<AlarmFieldForm> => {
  const rule = ruleIn(toForm(stateOf(stored)).CRITICAL)
  if (!rule) throw new Error('it is there')
  return { CRITICAL: JSON.stringify(change(rule)) }
}

describe('the form of an alarm rule', () => {
  it('gives back what it was made of, with members that nobody here knows', () => {
    const state = stateOf(stored)
    const body = toBody(toForm(state), state)
    expect(body.configuration).toEqual(stored.configuration)
    expect(body).toMatchObject({
      id: stored.id,
      version: 7,
      name: 'Too hot',
      entityId: owner,
      additionalInfo: { note: 'kept' },
    })
    expect(told({})).toEqual([])
  })

  it('sends no id and no version of a rule that is not stored', () => {
    const body = toBody(toForm(newState(owner)), newState(owner))
    expect(body).not.toHaveProperty('id')
    expect(body).not.toHaveProperty('version')
  })

  it('leaves each condition as whoever changed it wrote it', () => {
    const base = toForm(stateOf(stored))
    const mine = { ...base, MINOR: JSON.stringify(newRule('t')) }
    const merged = mergeEdits(base, mine, { ...base, clearRule: '', name: 'Hotter' })
    expect(merged).toMatchObject({ name: 'Hotter', clearRule: '', MINOR: mine.MINOR, CRITICAL: base.CRITICAL })
  })
})

describe('what keeps a rule from being saved', () => {
  it('tells of an empty one all that is missing', () => {
    expect(told({}, newState(null))).toEqual([
      'owner : invalid_format',
      'name : too_small',
      'arguments 0.name: too_small',
      'arguments 0.refEntityKey.key: too_small',
      'MAJOR condition.expression.filters.0.predicates.0.value: custom',
      'MAJOR condition.expression.filters.0.argument: argumentMissing',
    ])
  })

  test.each<[string, Partial<AlarmFieldForm>, string]>([
    ['no severity', { CRITICAL: '' }, 'CRITICAL : noSeverity'],
    ['no argument', { arguments: '[]' }, 'arguments : noArgument'],
    [
      'a name that scripts could not say',
      { arguments: JSON.stringify([{ name: 'two words', refEntityKey: { key: 'a', type: 'TS_LATEST' } }]) },
      'arguments 0.name: nameWrong',
    ],
    [
      'a name that stands twice',
      {
        arguments: JSON.stringify(
          ['t', 'limit', 't'].map((name) => ({ name, refEntityKey: { key: 'a', type: 'TS_LATEST' } })),
        ),
      },
      'arguments 2.name: nameTaken',
    ],
    [
      'a duration without a number',
      critical((rule) => ({ ...rule, condition: { ...rule.condition, value: { staticValue: null } } })),
      'CRITICAL condition.value: custom',
    ],
    [
      'half a repetition',
      critical(({ condition: { expression, schedule } }) => ({
        condition: { type: 'REPEATING', count: { staticValue: 1.5 }, expression, schedule },
      })),
      'CRITICAL condition.count.staticValue: notWhole',
    ],
    [
      'an empty script',
      critical(() => ({ condition: { type: 'SIMPLE', expression: { type: 'TBEL', expression: '' } } })),
      'CRITICAL condition.expression.expression: too_small',
    ],
    [
      'a schedule in no time zone',
      critical((rule) => ({
        ...rule,
        condition: {
          ...rule.condition,
          schedule: {
            staticValue: { type: 'SPECIFIC_TIME', timezone: 'Moon', daysOfWeek: [1], startsOn: 0, endsOn: 0 },
          },
        },
      })),
      'CRITICAL condition.schedule.staticValue.timezone: custom',
    ],
  ])('%s', (_, change, expected) => {
    expect(told(change)).toContain(expected)
  })

  it('finds arguments that are not there, wherever they are named', () => {
    expect(told({ arguments: JSON.stringify([{ name: 't', refEntityKey: { key: 'a', type: 'TS_LATEST' } }]) })).toEqual(
      [
        'CRITICAL condition.value.dynamicValueArgument: argumentUnknown',
        'CRITICAL condition.expression.filters.0.predicates.0.value.dynamicValueArgument: argumentUnknown',
      ],
    )
  })
})

describe('a rule as a file', () => {
  it('comes back as a new one', () => {
    const file: unknown = JSON.parse(JSON.stringify(toFile(stored)))
    expect(file).not.toHaveProperty('id')
    expect(fromFile(file)).toMatchObject({
      name: 'Too hot',
      version: -1,
      stored: null,
      owner,
      configuration: stored.configuration,
    })
  })

  it('needs no owner, and is refused when it is something else', () => {
    const { entityId: _, ...file } = toFile(stored)
    expect(fromFile(file).owner).toBeNull()
    expect(() => fromFile({ ...file, configuration: { type: 'SIMPLE', expression: 'a' } })).toThrow(/configuration/)
  })
})
