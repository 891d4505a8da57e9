import {
  type AlarmFieldConfiguration,
  type AlarmSeverity,
  alarmFieldConfigurationSchema,
  alarmSeverities,
  type ArgumentRule,
  argumentRuleSchema,
  type DebugSettings,
  type EntityId,
  fieldArgumentSchema,
  type SaveAlarmRuleDefinition,
  saveAlarmRuleDefinitionSchema,
} from '@thingwire/contracts'
import type { AlarmFieldView } from '@/api/alarm-fields.ts'
import { argumentUses, type NamedArgument, newArgument, newConfiguration } from './alarm-field-model.ts'
import { type FieldIssue, plainIssues } from './issues.ts'

/** A rule as the page edits it: one that is stored, or one that is not yet. */
export type AlarmFieldState = {
  name: string
  /** -1: it is not stored yet. */
  version: number
  stored: AlarmFieldView | null
  owner: EntityId | null
  configuration: AlarmFieldConfiguration
  debug: DebugSettings
}

/**
 * What the page edits, flat: lists and conditions as JSON, since a field is one value, so that two states of it can be
 * compared; '' where there is no condition.
 */
export type AlarmFieldForm = {
  name: string
  owner: string
  arguments: string
  clearRule: string
  propagate: boolean
  propagateToOwner: boolean
  propagateToTenant: boolean
  propagateRelationTypes: string
  debug: string
} & Record<AlarmSeverity, string>
export type AlarmFieldField = keyof AlarmFieldForm & string
export type RuleField = AlarmSeverity | 'clearRule'

export const ruleFields: readonly RuleField[] = [...alarmSeverities, 'clearRule']
const noDebug: DebugSettings = { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 }

export const newState = (owner: EntityId | null): AlarmFieldState => ({
  name: '',
  version: -1,
  stored: null,
  owner,
  configuration: newConfiguration(),
  debug: noDebug,
})

/** Null: its configuration is of a form that this version does not know. */
export const toState = (rule: AlarmFieldView): AlarmFieldState | null => {
  const { data } = alarmFieldConfigurationSchema.safeParse(rule.configuration)
  if (!data) return null
  const { name, version, entityId, debugSettings } = rule
  return { name, version, stored: rule, owner: entityId, configuration: data, debug: debugSettings ?? noDebug }
}

// The texts of the form come from here and from the editors alone, which know no other members.
const fromText = <T>(text: string): T => JSON.parse(text) as T
export const ruleIn = (text: string): ArgumentRule | null => (text === '' ? null : fromText(text))
export const argumentsIn = (form: Pick<AlarmFieldForm, 'arguments'>): NamedArgument[] => fromText(form.arguments)
export const ownerIn = (form: Pick<AlarmFieldForm, 'owner'>): EntityId | null =>
  form.owner === '' ? null : fromText(form.owner)
export const debugIn = (form: Pick<AlarmFieldForm, 'debug'>): DebugSettings => fromText(form.debug)
export const relationTypesIn = (form: Pick<AlarmFieldForm, 'propagateRelationTypes'>): string[] =>
  fromText(form.propagateRelationTypes)
export const textOfRule = (rule: ArgumentRule | null | undefined): string => (rule ? JSON.stringify(rule) : '')

const rulesIn = (form: AlarmFieldForm, fields: readonly RuleField[]) =>
  fields.flatMap((field): [RuleField, ArgumentRule][] => {
    const rule = ruleIn(form[field])
    return rule ? [[field, rule]] : []
  })

export const toForm = ({ name, owner, configuration, debug }: AlarmFieldState): AlarmFieldForm => {
  const named = Object.entries(configuration.arguments).map(([key, argument]) => ({ ...argument, name: key }))
  const rule = (severity: AlarmSeverity) => textOfRule(configuration.createRules[severity])
  return {
    name,
    owner: owner ? JSON.stringify({ entityType: owner.entityType, id: owner.id }) : '',
    arguments: JSON.stringify(named.length > 0 ? named : [newArgument()]),
    CRITICAL: rule('CRITICAL'),
    MAJOR: rule('MAJOR'),
    MINOR: rule('MINOR'),
    WARNING: rule('WARNING'),
    INDETERMINATE: rule('INDETERMINATE'),
    clearRule: textOfRule(configuration.clearRule),
    propagate: configuration.propagate,
    propagateToOwner: configuration.propagateToOwner,
    propagateToTenant: configuration.propagateToTenant,
    propagateRelationTypes: JSON.stringify(configuration.propagateRelationTypes),
    debug: JSON.stringify(debug),
  }
}

const configurationOf = (form: AlarmFieldForm, over: AlarmFieldState) => ({
  ...over.configuration,
  arguments: Object.fromEntries(argumentsIn(form).map(({ name, ...argument }) => [name.trim(), argument])),
  createRules: Object.fromEntries(rulesIn(form, alarmSeverities)),
  clearRule: ruleIn(form.clearRule),
  propagate: form.propagate,
  propagateToOwner: form.propagateToOwner,
  propagateToTenant: form.propagateToTenant,
  propagateRelationTypes: relationTypesIn(form),
})

const nobody: EntityId = { entityType: 'DEVICE', id: '' }

/** What is sent: the state it started from with what the form says, over that version. */
export const toBody = (form: AlarmFieldForm, over: AlarmFieldState): SaveAlarmRuleDefinition => ({
  ...(over.stored && { id: over.stored.id, version: over.version }),
  name: form.name.trim(),
  entityId: ownerIn(form) ?? nobody,
  debugSettings: debugIn(form),
  configurationVersion: over.stored?.configurationVersion ?? 0,
  additionalInfo: over.stored?.additionalInfo ?? null,
  configuration: configurationOf(form, over),
})

/** What keeps the rule from being saved, and where: the schemas of the server say it, and what a reference leads to. */
export const issuesOf = (form: AlarmFieldForm, over: AlarmFieldState): FieldIssue[] => {
  const body = toBody(form, over)
  const whole = plainIssues(saveAlarmRuleDefinitionSchema.safeParse(body).error?.issues ?? [])
  const rules = rulesIn(form, ruleFields)
  const { propagateRelationTypes } = alarmFieldConfigurationSchema.shape
  return [
    ...whole.flatMap(({ path: [member], ...issue }): FieldIssue[] =>
      member === 'name' || member === 'entityId'
        ? [{ ...issue, field: member === 'name' ? 'name' : 'owner', path: [] }]
        : [],
    ),
    ...argumentIssues(argumentsIn(form)),
    ...(rules.some(([field]) => field !== 'clearRule')
      ? []
      : [{ field: 'CRITICAL' as const, path: [], code: 'noSeverity', message: '' }]),
    ...rules.flatMap(([field, rule]) =>
      plainIssues(argumentRuleSchema.safeParse(rule).error?.issues ?? []).map((issue) => ({ ...issue, field })),
    ),
    ...strayUses(rules, argumentsIn(form)),
    ...plainIssues(propagateRelationTypes.safeParse(relationTypesIn(form)).error?.issues ?? []).map((issue) => ({
      ...issue,
      field: 'propagateRelationTypes' as const,
    })),
  ]
}

/** A name that cannot be one hides what is wrong with the rest; so each is looked at by itself. */
const argumentIssues = (all: readonly NamedArgument[]): FieldIssue[] => {
  if (all.length === 0) return [{ field: 'arguments', path: [], code: 'noArgument', message: '' }]
  const { arguments: whole } = alarmFieldConfigurationSchema.shape
  const sound = { refEntityKey: { key: 'any', type: 'TS_LATEST' } }
  return all.flatMap(({ name, ...argument }, index): FieldIssue[] => {
    const key = name.trim()
    const ofName = plainIssues(whole.safeParse({ [key]: sound }).error?.issues ?? [])
    const ofValue = plainIssues(fieldArgumentSchema.safeParse(argument).error?.issues ?? [])
    const isTaken = key !== '' && all.some((one, place) => place < index && one.name.trim() === key)
    return [
      ...ofName.map(({ message }) => ({
        field: 'arguments' as const,
        path: [index, 'name'],
        code: key === '' ? 'too_small' : 'nameWrong',
        message,
      })),
      ...ofValue.map((issue) => ({ ...issue, field: 'arguments' as const, path: [index, ...issue.path] })),
      ...(isTaken ? [{ field: 'arguments' as const, path: [index, 'name'], code: 'nameTaken', message: '' }] : []),
    ]
  })
}

const strayUses = (rules: readonly [RuleField, ArgumentRule][], all: readonly NamedArgument[]): FieldIssue[] => {
  const known = new Set(all.map(({ name }) => name.trim()))
  return rules.flatMap(([field, rule]) =>
    argumentUses(rule).flatMap(({ path, name }) =>
      name !== '' && known.has(name)
        ? []
        : [{ field, path, code: name === '' ? 'argumentMissing' : 'argumentUnknown', message: name }],
    ),
  )
}

/** The field that a refusal of the server is about, by its words. */
export const refusedField = (message: string): AlarmFieldField | undefined => {
  if (/such type already exists|name should be specified/.test(message)) return 'name'
  if (/are not supported for|fields per entity limit/.test(message)) return 'owner'
  return /arguments limit/.test(message) ? 'arguments' : undefined
}
