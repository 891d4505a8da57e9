import {
  type AlarmPredicate,
  type AlarmRule,
  type AlarmSeverity,
  alarmSeverities,
  type DeviceProfileAlarm,
  type DynamicValue,
  deviceProfileAlarmSchema,
  durationUnits,
} from '@thingwire/contracts'
import { type Condition, conditionOf } from './conditions.ts'
import { type Facts, factKey, numberOf, resolved, textOf } from './facts.ts'
import { scheduleOf } from './schedules.ts'

/** How often, or for how long, a condition must hold. */
export type Spec =
  | { type: 'SIMPLE' }
  | { type: 'REPEATING'; required(facts: Facts): number }
  | { type: 'DURATION'; requiredMs(facts: Facts): number }

export type CompiledRule = {
  /** By which its counts are kept: a severity, or `clear`. */
  name: string
  severity: AlarmSeverity | null
  /** A change of one of these has the rule evaluated. */
  keys: ReadonlySet<string>
  holds: Condition
  /** @param ts Epoch ms */
  isScheduled(facts: Facts, ts: number): boolean
  spec: Spec
  /** Null: the details that the alarm has stay. */
  details(facts: Facts): Record<string, string> | null
}

export type CompiledAlarm = Pick<
  DeviceProfileAlarm,
  'id' | 'propagate' | 'propagateToOwner' | 'propagateToTenant' | 'propagateRelationTypes'
> & {
  type: string
  /** The most severe first. */
  create: readonly CompiledRule[]
  clear: CompiledRule | null
  /** Everything of the device that the rules look at. */
  keys: ReadonlySet<string>
  hasCounts: boolean
}

export type CompiledAlarms = {
  alarms: readonly CompiledAlarm[]
  /** Alarms with a rule that a key has evaluated. */
  byKey: ReadonlyMap<string, readonly CompiledAlarm[]>
  /** Whether some rule looks at name, type, label or time of creation. */
  usesFields: boolean
  /** Attributes of customer and tenant that rules look at. */
  customerKeys: readonly string[]
  tenantKeys: readonly string[]
  /** Rules that cannot be evaluated. */
  problems: readonly string[]
}

/** Makes the alarm rules of a device profile ready to run. Those that are no rules are left out, with a problem each. */
export const compileAlarms = (alarms: readonly unknown[]): CompiledAlarms => {
  const problems: string[] = []
  const owners = { customer: new Set<string>(), tenant: new Set<string>() }
  const compiled = alarms.flatMap((given, index) => {
    const parsed = deviceProfileAlarmSchema.safeParse(given)
    if (parsed.success) return [compileAlarm(parsed.data, owners)]
    const [issue] = parsed.error.issues
    problems.push(`Alarm rule ${index + 1}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another form'}`)
    return []
  })
  const byKey = new Map<string, CompiledAlarm[]>()
  for (const alarm of compiled)
    for (const key of new Set(
      [...alarm.create, ...(alarm.clear ? [alarm.clear] : [])].flatMap((rule) => [...rule.keys]),
    ))
      byKey.set(key, [...(byKey.get(key) ?? []), alarm])
  const usesFields = compiled.some(({ keys }) => [...keys].some((key) => key.startsWith(factKey('ENTITY_FIELD', ''))))
  return {
    alarms: compiled,
    byKey,
    usesFields,
    customerKeys: [...owners.customer],
    tenantKeys: [...owners.tenant],
    problems,
  }
}

type Owners = { customer: Set<string>; tenant: Set<string> }

const compileAlarm = (alarm: DeviceProfileAlarm, owners: Owners): CompiledAlarm => {
  const keys = new Set<string>()
  const seen = { ...owners, device: keys }
  const create = alarmSeverities.flatMap((severity) => {
    const rule = alarm.createRules[severity]
    return rule ? [compileRule(rule, severity, seen)] : []
  })
  const clear = alarm.clearRule ? compileRule(alarm.clearRule, null, seen) : null
  return {
    id: alarm.id,
    type: alarm.alarmType,
    propagate: alarm.propagate,
    propagateToOwner: alarm.propagateToOwner,
    propagateToTenant: alarm.propagateToTenant,
    propagateRelationTypes: alarm.propagateRelationTypes,
    create,
    clear,
    keys,
    hasCounts: [...create, ...(clear ? [clear] : [])].some(({ spec }) => spec.type !== 'SIMPLE'),
  }
}

type Seen = Owners & { device: Set<string> }

const compileRule = (rule: AlarmRule, severity: AlarmSeverity | null, seen: Seen): CompiledRule => {
  const { condition, schedule, alarmDetails, dashboardId } = rule
  const keys = new Set<string>()
  for (const { key, predicate } of condition.condition) {
    if (key.type !== 'CONSTANT') keys.add(factKey(key.type, key.key))
    for (const dynamic of dynamicsOf(predicate)) see(dynamic, seen, keys)
  }
  for (const key of keys) seen.device.add(key)
  if (schedule && schedule.type !== 'ANY_TIME') see(schedule.dynamicValue, seen)
  return {
    name: severity ?? 'clear',
    severity,
    keys,
    holds: conditionOf(condition.condition),
    isScheduled: scheduleOf(schedule),
    spec: specOf(condition.spec, seen),
    details: detailsOf(
      alarmDetails ?? '',
      dashboardId?.id ?? null,
      condition.condition.flatMap(({ key }) =>
        key.type === 'CONSTANT' ? [] : [{ name: key.key, fact: factKey(key.type, key.key) }],
      ),
    ),
  }
}

const dynamicsOf = (predicate: AlarmPredicate): DynamicValue[] =>
  predicate.type === 'COMPLEX' ? predicate.predicates.flatMap(dynamicsOf) : [predicate.value.dynamicValue]

/** Notes whose attribute a value may come from. */
const see = (dynamic: DynamicValue, seen: Seen, ruleKeys?: Set<string>): void => {
  const key = dynamic?.sourceAttribute
  if (!dynamic || !key) return
  const { sourceType, inherit } = dynamic
  if (sourceType === 'CURRENT_DEVICE') {
    seen.device.add(factKey('ATTRIBUTE', key))
    ruleKeys?.add(factKey('ATTRIBUTE', key))
  }
  if (sourceType === 'CURRENT_CUSTOMER' || (sourceType === 'CURRENT_DEVICE' && inherit)) seen.customer.add(key)
  if (sourceType === 'CURRENT_TENANT' || inherit) seen.tenant.add(key)
}

const specOf = (spec: AlarmRule['condition']['spec'], seen: Seen): Spec => {
  if (!spec || spec.type === 'SIMPLE') return { type: 'SIMPLE' }
  see(spec.predicate?.dynamicValue, seen)
  const plain = spec.type === 'DURATION' ? spec.value : spec.count
  const amount = (facts: Facts): number => {
    const dynamic = spec.predicate?.dynamicValue
    const found = dynamic ? resolved(dynamic, facts) : undefined
    if (!found) return spec.predicate?.defaultValue ?? plain ?? 0
    const number = numberOf(found)
    if (number !== null) return number
    const what = spec.type === 'DURATION' ? 'duration' : 'number of repetitions'
    throw new Error(
      `The ${what} of an alarm rule is no number: attribute ${dynamic?.sourceAttribute} is "${textOf(found)}"`,
    )
  }
  if (spec.type === 'REPEATING') return { type: 'REPEATING', required: amount }
  const unitMs = durationUnits[spec.unit]
  return { type: 'DURATION', requiredMs: (facts) => amount(facts) * unitMs }
}

const detailsOf = (template: string, dashboardId: string | null, keys: readonly { name: string; fact: string }[]) => {
  if (template === '' && dashboardId === null) return () => null
  return (facts: Facts): Record<string, string> => {
    let text = template
    for (const { name, fact } of keys) {
      const value = facts.values.get(fact)
      if (value) text = text.replaceAll(`\${${name}}`, () => textOf(value))
    }
    return { ...(text !== '' && { data: text }), ...(dashboardId !== null && { dashboardId }) }
  }
}
