import { z } from 'zod'
import { alarmSeverities } from './queries.ts'

/** Alarm rules of device profiles (`profileData.alarms`, as ThingsBoard). Unknown members are allowed everywhere. */

const sourceTypes = ['CURRENT_DEVICE', 'CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER'] as const

const dynamicValueSchema = z
  .looseObject({
    sourceType: z.enum(sourceTypes).nullish(),
    sourceAttribute: z.string().nullish(),
    /** Of CURRENT_DEVICE: without such an attribute, that of the customer, then of the tenant. */
    inherit: z.boolean().nullish(),
  })
  .nullish()
export type DynamicValue = z.output<typeof dynamicValueSchema>

const valueSchema = <T extends z.ZodType>(plain: T) =>
  z.looseObject({ defaultValue: plain.nullish(), dynamicValue: dynamicValueSchema })

/** Files write a value in any of the forms that Java reads as the right one. */
const lenientNumber = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number(),
)
const lenientText = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
)
const lenientBoolean = z.preprocess(
  (value) => (value === 'true' || value === 'false' ? value === 'true' : value),
  z.boolean(),
)

const compared = ['EQUAL', 'NOT_EQUAL'] as const
const ordered = [...compared, 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const
const textual = [...compared, 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const

const numericPredicate = z.looseObject({
  type: z.literal('NUMERIC'),
  operation: z.enum(ordered),
  value: valueSchema(lenientNumber),
})
const stringPredicate = z.looseObject({
  type: z.literal('STRING'),
  operation: z.enum(textual),
  value: valueSchema(lenientText),
  ignoreCase: z.boolean().nullish(),
})
const booleanPredicate = z.looseObject({
  type: z.literal('BOOLEAN'),
  operation: z.enum(compared),
  value: valueSchema(lenientBoolean),
})

export type AlarmPredicate =
  | z.output<typeof numericPredicate>
  | z.output<typeof stringPredicate>
  | z.output<typeof booleanPredicate>
  | { type: 'COMPLEX'; operation: 'AND' | 'OR'; predicates: AlarmPredicate[] }

const mostNested = 200
const predicateSchema: z.ZodType<AlarmPredicate> = z.lazy(() =>
  z.union([
    numericPredicate,
    stringPredicate,
    booleanPredicate,
    z.looseObject({
      type: z.literal('COMPLEX'),
      operation: z.enum(['AND', 'OR']),
      predicates: z.array(predicateSchema).max(mostNested),
    }),
  ]),
)

const filterSchema = z.looseObject({
  key: z.looseObject({ type: z.enum(['ATTRIBUTE', 'TIME_SERIES', 'ENTITY_FIELD', 'CONSTANT']), key: z.string() }),
  valueType: z.enum(['STRING', 'NUMERIC', 'BOOLEAN', 'DATE_TIME']).nullish(),
  /** Of a CONSTANT. */
  value: z.unknown().optional(),
  predicate: predicateSchema,
})
export type AlarmKeyFilter = z.output<typeof filterSchema>

/** Milliseconds in each. */
export const durationUnits = {
  NANOSECONDS: 0.000_001,
  MICROSECONDS: 0.001,
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
} as const

const specSchema = z.union([
  z.looseObject({ type: z.literal('SIMPLE') }),
  z.looseObject({
    type: z.literal('DURATION'),
    unit: z.enum(['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS']),
    predicate: valueSchema(lenientNumber).nullish(),
    /** How files of old versions say it. */
    value: z.number().nullish(),
  }),
  z.looseObject({
    type: z.literal('REPEATING'),
    predicate: valueSchema(lenientNumber).nullish(),
    count: z.number().nullish(),
  }),
])

const isTimezone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}
const timezone = z.string().refine(isTimezone, { error: 'There is no such time zone!' })
/** Milliseconds since the day began. */
const ofDay = z.number().min(0).max(durationUnits.DAYS)
/** 1: Monday. */
const dayOfWeek = z.number().int().min(1).max(7)

export const specificTimeSchema = z.looseObject({
  type: z.literal('SPECIFIC_TIME'),
  timezone,
  daysOfWeek: z.array(dayOfWeek).nullish(),
  startsOn: ofDay.default(0),
  /** 0: the end of the day; before `startsOn`: on the next day. */
  endsOn: ofDay.default(0),
  dynamicValue: dynamicValueSchema,
})
export const customTimeSchema = z.looseObject({
  type: z.literal('CUSTOM'),
  timezone,
  items: z
    .array(
      z.looseObject({
        enabled: z.boolean().default(false),
        dayOfWeek,
        startsOn: ofDay.default(0),
        endsOn: ofDay.default(0),
      }),
    )
    .max(100)
    .nullish(),
  dynamicValue: dynamicValueSchema,
})
const scheduleSchema = z.union([z.looseObject({ type: z.literal('ANY_TIME') }), specificTimeSchema, customTimeSchema])
export type AlarmSchedule = z.output<typeof scheduleSchema>

export const alarmRuleSchema = z.looseObject({
  condition: z.looseObject({ condition: z.array(filterSchema).max(mostNested), spec: specSchema.nullish() }),
  schedule: scheduleSchema.nullish(),
  /** With `${key}` of the keys that the condition names. */
  alarmDetails: z.string().max(100_000).nullish(),
  dashboardId: z.looseObject({ id: z.string() }).nullish(),
})
export type AlarmRule = z.output<typeof alarmRuleSchema>

const flag = z
  .boolean()
  .nullish()
  .transform((isOn) => isOn ?? false)

export const deviceProfileAlarmSchema = z.looseObject({
  id: z.string().max(255),
  alarmType: z.string().max(255),
  createRules: z
    .partialRecord(z.enum(alarmSeverities), alarmRuleSchema)
    .nullish()
    .transform((rules) => rules ?? {}),
  clearRule: alarmRuleSchema.nullish(),
  propagate: flag,
  propagateToOwner: flag,
  propagateToTenant: flag,
  propagateRelationTypes: z
    .array(z.string().max(255))
    .max(1_000)
    .nullish()
    .transform((types) => types ?? []),
})
export type DeviceProfileAlarm = z.output<typeof deviceProfileAlarmSchema>

/** Why alarm rules cannot be evaluated, with the place in each; empty: they can. */
export const alarmRuleProblems = (alarms: readonly unknown[]): { path: PropertyKey[]; message: string }[] => {
  const types = new Set<string>()
  return alarms.flatMap((alarm, index) => {
    const parsed = deviceProfileAlarmSchema.safeParse(alarm)
    if (!parsed.success) return parsed.error.issues.map(({ path, message }) => ({ path: [index, ...path], message }))
    const { alarmType } = parsed.data
    if (alarmType.trim() === '')
      return [{ path: [index, 'alarmType'], message: 'Alarm rule type should be specified!' }]
    if (types.has(alarmType))
      return [{ path: [index, 'alarmType'], message: `Two alarm rules of the profile have the type "${alarmType}"!` }]
    types.add(alarmType)
    return []
  })
}
