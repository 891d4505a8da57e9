import {
  type AlarmFieldConfiguration,
  type AlarmSchedule,
  type AlarmSeverity,
  alarmFieldConfigurationSchema,
  alarmSeverities,
  type ArgumentPredicate,
  type ArgumentRule,
  type AttributeScope,
  customTimeSchema,
  durationUnits,
  type EntityId,
  type KvValue,
  type RuleExpression,
  specificTimeSchema,
} from '@thingwire/contracts'
import { numericTests, textTests } from '../alarm-rules/conditions.ts'
import { booleanOf, numberOf, textOf } from '../alarm-rules/facts.ts'
import { holdsAt } from '../alarm-rules/schedules.ts'
import { type Arguments, defaultOf } from './arguments.ts'

/** Where an argument comes from: the entity itself, whoever owns it, or an entity that is named. */
export type ArgumentSource = {
  name: string
  of: 'entity' | 'owner' | EntityId
  key: string
  /** Null: the newest point of the time series. */
  scope: AttributeScope | null
  fallback: KvValue | null
}

/** What a condition is asked: the arguments, at which moment, and what its script has answered. */
export type Question = { all: Arguments; nowMs: number; scripted: (expression: string) => boolean }
export type Holds = (question: Question) => boolean

type Spec =
  | { type: 'SIMPLE' }
  | { type: 'REPEATING'; required(all: Arguments): number }
  | { type: 'DURATION'; requiredMs(all: Arguments): number }

export type CompiledArgumentRule = {
  /** By which its counts are kept: a severity, or `clear`. */
  name: string
  severity: AlarmSeverity | null
  holds: Holds
  /** The TBEL expression that says whether it holds, if one does. */
  script: string | null
  isScheduled(all: Arguments, ts: number): boolean
  spec: Spec
  details: string | null
  dashboardId: string | null
}

export type CompiledAlarmField = {
  sources: readonly ArgumentSource[]
  /** The most severe first. */
  create: readonly CompiledArgumentRule[]
  clear: CompiledArgumentRule | null
  /** Whether time alone may change what it says: it is evaluated each minute. */
  isTimed: boolean
  /** TBEL expressions of all rules. */
  scripts: readonly string[]
} & Pick<AlarmFieldConfiguration, 'propagate' | 'propagateToOwner' | 'propagateToTenant' | 'propagateRelationTypes'>

/** Makes the configuration of an alarm rule ready to run; an error says what is wrong with it. */
export const compileAlarmField = (
  configuration: unknown,
): { ok: true; field: CompiledAlarmField } | { ok: false; problem: string } => {
  const parsed = alarmFieldConfigurationSchema.safeParse(configuration)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another form'}` }
  }
  const config = parsed.data
  const unknown = new Set<string>()
  const known = (name: string) => {
    if (!Object.hasOwn(config.arguments, name)) unknown.add(name)
    return name
  }
  const seen = { known, isTimed: false }
  const create = alarmSeverities.flatMap((severity) => {
    const rule = config.createRules[severity]
    return rule ? [compileRule(rule, severity, seen)] : []
  })
  const clear = config.clearRule ? compileRule(config.clearRule, null, seen) : null
  const [missing] = unknown
  if (missing !== undefined) return { ok: false, problem: `Argument '${missing}' is not defined!` }
  const rules = [...create, ...(clear ? [clear] : [])]
  return {
    ok: true,
    field: {
      sources: Object.entries(config.arguments).map(([name, argument]) => ({
        name,
        of: argument.refEntityId ?? (argument.refDynamicSourceConfiguration ? 'owner' : 'entity'),
        key: argument.refEntityKey.key,
        scope: argument.refEntityKey.type === 'ATTRIBUTE' ? (argument.refEntityKey.scope ?? 'SERVER_SCOPE') : null,
        fallback: defaultOf(argument.defaultValue),
      })),
      create,
      clear,
      isTimed: seen.isTimed,
      scripts: [...new Set(rules.flatMap(({ script }) => script ?? []))],
      propagate: config.propagate,
      propagateToOwner: config.propagateToOwner,
      propagateToTenant: config.propagateToTenant,
      propagateRelationTypes: config.propagateRelationTypes,
    },
  }
}

type Seen = { known(name: string): string; isTimed: boolean }

const compileRule = (rule: ArgumentRule, severity: AlarmSeverity | null, seen: Seen): CompiledArgumentRule => {
  const { condition, alarmDetails, dashboardId } = rule
  return {
    name: severity ?? 'clear',
    severity,
    holds: holdsOf(condition.expression, seen),
    script: condition.expression.type === 'TBEL' ? condition.expression.expression : null,
    isScheduled: scheduledBy(condition.schedule, seen),
    spec: specOf(condition, seen),
    details: alarmDetails || null,
    dashboardId: dashboardId?.id ?? null,
  }
}

type Given<T> = { staticValue?: T | null | undefined; dynamicValueArgument?: string | null | undefined }

/** A value that stands in the rule or in an argument; null: that argument has none of this kind. */
const valueFrom = <T>(
  { staticValue, dynamicValueArgument }: Given<T>,
  convert: (value: KvValue) => T | null,
  { known }: Seen,
): ((all: Arguments) => T | null) => {
  if (!dynamicValueArgument) return () => staticValue ?? null
  const name = known(dynamicValueArgument)
  return (all) => {
    const value = all.get(name)?.value
    return value ? convert(value) : null
  }
}

const specOf = (condition: ArgumentRule['condition'], seen: Seen): Spec => {
  if (condition.type === 'SIMPLE') return { type: 'SIMPLE' }
  if (condition.type === 'REPEATING') {
    const count = valueFrom(condition.count, numberOf, seen)
    return { type: 'REPEATING', required: (all) => needed(count(all), 'number of repetitions') }
  }
  const duration = valueFrom(condition.value, numberOf, seen)
  const unitMs = durationUnits[condition.unit]
  return { type: 'DURATION', requiredMs: (all) => needed(duration(all), 'duration') * unitMs }
}

const needed = (number: number | null, what: string): number => {
  if (number === null) throw new Error(`The ${what} of an alarm rule is no number`)
  return number
}

const holdsOf = (expression: RuleExpression, seen: Seen): Holds => {
  if (expression.type === 'TBEL') {
    const text = expression.expression
    return ({ scripted }) => scripted(text)
  }
  const filters = expression.filters.map((filter): Holds => {
    const name = seen.known(filter.argument)
    const tests = filter.predicates.map((predicate) => testOf(predicate, name, seen))
    return joined(tests, filter.operation)
  })
  return joined(filters, expression.operation)
}

const joined = (tests: readonly Holds[], operation: 'AND' | 'OR'): Holds =>
  operation === 'OR'
    ? (question) => tests.some((test) => test(question))
    : (question) => tests.every((test) => test(question))

const testOf = (predicate: ArgumentPredicate, name: string, seen: Seen): Holds => {
  switch (predicate.type) {
    case 'COMPLEX':
      return joined(
        predicate.predicates.map((one) => testOf(one, name, seen)),
        predicate.operation,
      )
    case 'NO_DATA': {
      seen.isTimed = true
      const duration = valueFrom(predicate.duration, numberOf, seen)
      const unitMs = durationUnits[predicate.unit]
      return ({ all, nowMs }) => {
        const argument = all.get(name)
        const required = duration(all)
        return argument !== undefined && required !== null && nowMs - argument.ts >= required * unitMs
      }
    }
    case 'NUMERIC': {
      const compare = numericTests[predicate.operation]
      return comparison(name, numberOf, valueFrom(predicate.value, numberOf, seen), compare)
    }
    case 'BOOLEAN': {
      const isEqual = predicate.operation === 'EQUAL'
      const expected = valueFrom(predicate.value, booleanOf, seen)
      return comparison(name, booleanOf, expected, (left, right) => (left === right) === isEqual)
    }
    case 'STRING': {
      const compare = textTests[predicate.operation]
      const folded = (text: string) => (predicate.ignoreCase ? text.toLowerCase() : text)
      const expected = valueFrom(predicate.value, textOf, seen)
      return comparison(name, textOf, expected, (left, right) => compare(folded(left), folded(right)))
    }
  }
}

/** False while the argument or what it is compared with has no value of the kind. */
const comparison =
  <T>(
    name: string,
    convert: (value: KvValue) => T | null,
    expected: (all: Arguments) => T | null,
    compare: (left: T, right: T) => boolean,
  ): Holds =>
  ({ all }) => {
    const value = all.get(name)?.value
    if (!value) return false
    const [left, right] = [convert(value), expected(all)]
    return left !== null && right !== null && compare(left, right)
  }

const scheduledBy = (given: ArgumentRule['condition']['schedule'], seen: Seen) => {
  const { staticValue, dynamicValueArgument } = given ?? {}
  if (dynamicValueArgument) {
    seen.isTimed = true
    const name = seen.known(dynamicValueArgument)
    let last: { text: string; schedule: AlarmSchedule | null } | null = null
    return (all: Arguments, ts: number): boolean => {
      const value = all.get(name)?.value
      if (!value) return true
      const text = textOf(value)
      if (last?.text !== text) last = { text, schedule: readSchedule(text) }
      return !last.schedule || holdsAt(last.schedule, ts)
    }
  }
  if (!staticValue || staticValue.type === 'ANY_TIME') return () => true
  seen.isTimed = true
  return (_: Arguments, ts: number) => holdsAt(staticValue, ts)
}

/** A schedule as an argument holds it: its members say its kind. Null: any time. */
const readSchedule = (text: string): AlarmSchedule | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return null
    const parsed =
      'items' in value
        ? customTimeSchema.safeParse({ ...value, type: 'CUSTOM' })
        : specificTimeSchema.safeParse({ ...value, type: 'SPECIFIC_TIME' })
    if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'it has another form')
    return parsed.data
  } catch (error) {
    throw new Error(`The schedule of an alarm rule cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}
