import { z } from 'zod'
import { alarmSeverities } from './queries.ts'
import { customTimeSchema, type durationUnits, specificTimeSchema } from './alarm-rules.ts'
import { entityIdSchema, idOf, typedId, uuidSchema } from './ids.ts'
import { requiredText } from './plain-text.ts'
import { debugSettingsSchema } from './rule-chain.ts'
import { attributeScopeSchema } from './values.ts'

/**
 * Alarm rules over arguments (as ThingsBoard from 4.3 on): calculated fields of type ALARM. Those of device profiles
 * (alarm-rules.ts) are an older model, evaluated by a rule node.
 */
export const calculatedFieldTypes = [
  'SIMPLE',
  'SCRIPT',
  'GEOFENCING',
  'ALARM',
  'PROPAGATION',
  'RELATED_ENTITIES_AGGREGATION',
  'ENTITY_AGGREGATION',
] as const
export const calculatedFieldTypeSchema = z.enum(calculatedFieldTypes)
export type CalculatedFieldType = z.infer<typeof calculatedFieldTypeSchema>

/** What alarm rules can stand at; those of a profile or customer hold for each of its entities. */
export const alarmRuleOwners = ['DEVICE', 'ASSET', 'CUSTOMER', 'DEVICE_PROFILE', 'ASSET_PROFILE'] as const

const argumentName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z_$][\w$]*$/, 'An argument name must be an identifier!')
  .refine((name) => name !== 'ctx', { error: "Argument name 'ctx' is reserved and cannot be used." })

export const fieldArgumentSchema = z.looseObject({
  /** Whose value it is; absent: of the entity itself, unless a dynamic source says otherwise. */
  refEntityId: entityIdSchema.nullish(),
  refDynamicSourceConfiguration: z.looseObject({ type: z.literal('CURRENT_OWNER') }).nullish(),
  refEntityKey: z.looseObject({
    key: z.string().min(1).max(255),
    type: z.enum(['TS_LATEST', 'ATTRIBUTE'], { error: 'Alarm rules take latest values and attributes only!' }),
    scope: attributeScopeSchema.nullish(),
  }),
  defaultValue: z.string().max(10_000).nullish(),
})
export type FieldArgument = z.output<typeof fieldArgumentSchema>

const givenOf = <T extends z.ZodType>(plain: T) =>
  z
    .looseObject({ staticValue: plain.nullish(), dynamicValueArgument: z.string().nullish() })
    .refine(
      ({ staticValue, dynamicValueArgument }) => (staticValue ?? null) !== null || Boolean(dynamicValueArgument),
      {
        error: 'A static value or the name of an argument must be given!',
      },
    )

const compared = ['EQUAL', 'NOT_EQUAL'] as const
const ordered = [...compared, 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const
const textual = [...compared, 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const
const units = z.enum(['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'])
export type DurationUnit = keyof typeof durationUnits

const plainPredicates = [
  z.looseObject({ type: z.literal('NUMERIC'), operation: z.enum(ordered), value: givenOf(z.number()) }),
  z.looseObject({
    type: z.literal('STRING'),
    operation: z.enum(textual),
    value: givenOf(z.string()),
    ignoreCase: z.boolean().nullish(),
  }),
  z.looseObject({ type: z.literal('BOOLEAN'), operation: z.enum(compared), value: givenOf(z.boolean()) }),
  /** True when the argument has not been updated for so long. */
  z.looseObject({ type: z.literal('NO_DATA'), unit: units, duration: givenOf(z.number()) }),
] as const
export type ArgumentPredicate =
  | z.output<(typeof plainPredicates)[number]>
  | { type: 'COMPLEX'; operation: 'AND' | 'OR'; predicates: ArgumentPredicate[] }

const mostNested = 200
const predicateSchema: z.ZodType<ArgumentPredicate> = z.lazy(() =>
  z.union([
    ...plainPredicates,
    z.looseObject({
      type: z.literal('COMPLEX'),
      operation: z.enum(['AND', 'OR']),
      predicates: z.array(predicateSchema).max(mostNested),
    }),
  ]),
)

const operation = z
  .enum(['AND', 'OR'])
  .nullish()
  .transform((given) => given ?? 'AND')

const expressionSchema = z.union([
  z.looseObject({
    type: z.literal('SIMPLE'),
    filters: z
      .array(
        z.looseObject({
          argument: z.string(),
          valueType: z.enum(['STRING', 'NUMERIC', 'BOOLEAN', 'DATE_TIME']).nullish(),
          operation,
          predicates: z.array(predicateSchema).min(1).max(mostNested),
        }),
      )
      .min(1)
      .max(mostNested),
    operation,
  }),
  z.looseObject({ type: z.literal('TBEL'), expression: z.string().min(1).max(50_000) }),
])
export type RuleExpression = z.output<typeof expressionSchema>

const scheduleValue = z
  .looseObject({
    staticValue: z
      .union([z.looseObject({ type: z.literal('ANY_TIME') }), specificTimeSchema, customTimeSchema])
      .nullish(),
    dynamicValueArgument: z.string().nullish(),
  })
  .nullish()

const common = { expression: expressionSchema, schedule: scheduleValue }
const conditionSchema = z.union([
  z.looseObject({ type: z.literal('SIMPLE'), ...common }),
  z.looseObject({ type: z.literal('DURATION'), unit: units, value: givenOf(z.number()), ...common }),
  z.looseObject({ type: z.literal('REPEATING'), count: givenOf(z.number().int()), ...common }),
])

export const argumentRuleSchema = z.looseObject({
  condition: conditionSchema,
  /** With `${argument}` of any argument. */
  alarmDetails: z.string().max(100_000).nullish(),
  dashboardId: z.looseObject({ id: uuidSchema }).nullish(),
})
export type ArgumentRule = z.output<typeof argumentRuleSchema>

const flag = z
  .boolean()
  .nullish()
  .transform((isOn) => isOn ?? false)

export const alarmFieldConfigurationSchema = z.looseObject({
  type: z.literal('ALARM').default('ALARM'),
  arguments: z
    .record(argumentName, fieldArgumentSchema)
    .refine((all) => Object.keys(all).length > 0, { error: 'Arguments must be specified!' }),
  createRules: z
    .partialRecord(z.enum(alarmSeverities), argumentRuleSchema)
    .refine((rules) => Object.keys(rules).length > 0, { error: 'Alarm create rules must be specified!' }),
  clearRule: argumentRuleSchema.nullish(),
  propagate: flag,
  propagateToOwner: flag,
  propagateToTenant: flag,
  propagateRelationTypes: z
    .array(z.string().max(255))
    .max(1_000)
    .nullish()
    .transform((types) => types ?? []),
})
export type AlarmFieldConfiguration = z.output<typeof alarmFieldConfigurationSchema>

const nameMissing = 'Calculated field name should be specified!'

const stored = {
  id: typedId('CALCULATED_FIELD'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  entityId: entityIdSchema,
  name: z.string(),
  debugSettings: debugSettingsSchema.nullable(),
  configurationVersion: z.number(),
  configuration: z.looseObject({ type: z.string() }),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
  version: z.number(),
}

/** A calculated field as REST sends it (as ThingsBoard). */
export const calculatedFieldSchema = z.object({ ...stored, type: calculatedFieldTypeSchema })
export type CalculatedField = z.infer<typeof calculatedFieldSchema>

/** The same as an alarm rule: its name is the type of its alarms. */
export const alarmRuleDefinitionSchema = z.object(stored)
export type AlarmRuleDefinition = z.infer<typeof alarmRuleDefinitionSchema>

export const calculatedFieldInfoSchema = calculatedFieldSchema.extend({ entityName: z.string() })
export const alarmRuleDefinitionInfoSchema = alarmRuleDefinitionSchema.extend({ entityName: z.string() })
export type CalculatedFieldInfo = z.infer<typeof calculatedFieldInfoSchema>

export const saveAlarmRuleDefinitionSchema = z.object({
  id: idOf('CALCULATED_FIELD').nullish(),
  entityId: entityIdSchema,
  name: requiredText('name', nameMissing),
  debugSettings: debugSettingsSchema.nullish(),
  configurationVersion: z.number().int().nullish(),
  /** Of the form of `alarmFieldConfigurationSchema`, which is applied when it is saved. */
  configuration: z.looseObject({}),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().int().nullish(),
})
export type SaveAlarmRuleDefinition = z.infer<typeof saveAlarmRuleDefinitionSchema>

export const saveCalculatedFieldSchema = saveAlarmRuleDefinitionSchema.extend({
  type: calculatedFieldTypeSchema,
})
export type SaveCalculatedField = z.infer<typeof saveCalculatedFieldSchema>
