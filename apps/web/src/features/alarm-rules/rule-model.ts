import {
  type AlarmKeyFilter,
  type AlarmPredicate,
  type AlarmRule,
  alarmSeverities,
  type AlarmSeverity,
  type DeviceProfileAlarm,
  deviceProfileAlarmSchema,
} from '@thingwire/contracts'

export type Spec = NonNullable<AlarmRule['condition']['spec']>
export type ValueType = NonNullable<AlarmKeyFilter['valueType']>
export type SimplePredicate = Exclude<AlarmPredicate, { type: 'COMPLEX' }>
export type GroupPredicate = Extract<AlarmPredicate, { type: 'COMPLEX' }>
/** What a predicate compares with, and what a duration or a count is: fixed, or an attribute with a fixed value behind it. */
export type RuleValue = Pick<SimplePredicate['value'], 'dynamicValue'> & {
  defaultValue?: string | number | boolean | null | undefined
}

/** A stored rule: one that can be edited, or one that this version does not understand and keeps as it is. */
export type StoredRule = { kind: 'known'; rule: DeviceProfileAlarm } | { kind: 'unknown'; raw: unknown }

/** `text` is the JSON of a list; anything else is an empty one. Members that are not known stay in the rules. */
export const readRules = (text: string): StoredRule[] => {
  const parsed: unknown = JSON.parse(text)
  if (!Array.isArray(parsed)) return []
  return parsed.map((raw: unknown): StoredRule => {
    const { data } = deviceProfileAlarmSchema.safeParse(raw)
    return data ? { kind: 'known', rule: data } : { kind: 'unknown', raw }
  })
}

export const writeRules = (rules: readonly StoredRule[]): string =>
  JSON.stringify(rules.map((stored) => (stored.kind === 'known' ? stored.rule : stored.raw)))

/** The list with the rule in the place of the one with its id, or behind all when it is new. */
export const putRule = (rules: readonly StoredRule[], rule: DeviceProfileAlarm): StoredRule[] => {
  const stored: StoredRule = { kind: 'known', rule }
  const isKnown = (one: StoredRule) => one.kind === 'known' && one.rule.id === rule.id
  return rules.some(isKnown) ? rules.map((one) => (isKnown(one) ? stored : one)) : [...rules, stored]
}

export const typesOf = (rules: readonly StoredRule[], exceptId: string): string[] =>
  rules.flatMap((one) => (one.kind === 'known' && one.rule.id !== exceptId ? [one.rule.alarmType] : []))

/** A copy with an id and a type of its own; `taken` are the types that there are. */
export const copyRule = (rule: DeviceProfileAlarm, id: string, taken: readonly string[]): DeviceProfileAlarm => {
  let number = 2
  while (taken.includes(`${rule.alarmType} ${number}`)) number += 1
  return { ...structuredClone(rule), id, alarmType: `${rule.alarmType} ${number}` }
}

export const newPredicate = (type: ValueType): SimplePredicate => {
  switch (type) {
    case 'STRING':
      return { type, operation: 'EQUAL', value: { defaultValue: '', dynamicValue: null }, ignoreCase: false }
    case 'BOOLEAN':
      return { type, operation: 'EQUAL', value: { defaultValue: true, dynamicValue: null } }
    case 'NUMERIC':
    case 'DATE_TIME':
      return { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: null, dynamicValue: null } }
  }
}

export const newFilter = (): AlarmKeyFilter => ({
  key: { type: 'TIME_SERIES', key: '' },
  valueType: 'NUMERIC',
  predicate: newPredicate('NUMERIC'),
})

export const newCondition = (): AlarmRule => ({
  condition: { condition: [newFilter()], spec: { type: 'SIMPLE' } },
  schedule: null,
  alarmDetails: null,
  dashboardId: null,
})

export const newRule = (id: string): DeviceProfileAlarm => ({
  id,
  alarmType: '',
  createRules: { MAJOR: newCondition() },
  clearRule: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
})

/** The type of the values that a filter compares; files of old versions tell it by their predicates alone. */
export const valueTypeOf = (filter: AlarmKeyFilter): ValueType => filter.valueType ?? simpleType(filter.predicate)

const simpleType = (predicate: AlarmPredicate): ValueType =>
  predicate.type === 'COMPLEX'
    ? predicate.predicates[0]
      ? simpleType(predicate.predicates[0])
      : 'NUMERIC'
    : predicate.type

/** Another type of value is another predicate: what was compared before means nothing now. */
export const withValueType = (filter: AlarmKeyFilter, type: ValueType): AlarmKeyFilter => ({
  ...filter,
  valueType: type,
  predicate: newPredicate(type),
})

/** The predicate and another one: in the same group when it is one, else in a group of the two. */
export const withAlternative = (predicate: AlarmPredicate, added: AlarmPredicate): GroupPredicate =>
  predicate.type === 'COMPLEX'
    ? { ...predicate, predicates: [...predicate.predicates, added] }
    : { type: 'COMPLEX', operation: 'OR', predicates: [predicate, added] }

/** A group of one is that one. */
export const withoutMember = (group: GroupPredicate, index: number): AlarmPredicate => {
  const predicates = group.predicates.filter((_, place) => place !== index)
  return predicates.length === 1 && predicates[0] ? predicates[0] : { ...group, predicates }
}

export const withMember = (group: GroupPredicate, index: number, member: AlarmPredicate): GroupPredicate => ({
  ...group,
  predicates: group.predicates.map((one, place) => (place === index ? member : one)),
})

/** From the highest down, as they are tried. */
export const severitiesOf = (rule: DeviceProfileAlarm): AlarmSeverity[] =>
  alarmSeverities.filter((severity) => rule.createRules[severity])

export const withCreateRule = (
  rule: DeviceProfileAlarm,
  severity: AlarmSeverity,
  condition: AlarmRule | null,
): DeviceProfileAlarm => {
  const { [severity]: _, ...others } = rule.createRules
  return { ...rule, createRules: condition ? { ...others, [severity]: condition } : others }
}

/** The condition of one severity becomes that of another, which has none. */
export const moveCreateRule = (
  rule: DeviceProfileAlarm,
  from: AlarmSeverity,
  to: AlarmSeverity,
): DeviceProfileAlarm => {
  const condition = rule.createRules[from]
  return condition ? withCreateRule(withCreateRule(rule, from, null), to, condition) : rule
}

const dayMs = 86_400_000

/** `HH:MM` of a moment of the day in ms. */
export const timeOfDay = (ms: number): string => {
  const minutes = Math.floor((((ms % dayMs) + dayMs) % dayMs) / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** ms since the day began; null for what is no time. */
export const parseTimeOfDay = (text: string): number | null => {
  const match = /^(\d{2}):(\d{2})$/.exec(text)
  return match ? (Number(match[1]) * 60 + Number(match[2])) * 60_000 : null
}
