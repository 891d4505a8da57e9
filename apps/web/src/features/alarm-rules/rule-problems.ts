import {
  type AlarmKeyFilter,
  type AlarmPredicate,
  type AlarmRule,
  alarmRuleProblems,
  type AlarmSeverity,
  type DeviceProfileAlarm,
} from '@thingwire/contracts'
import { type RuleValue, severitiesOf } from './rule-model.ts'

type Place = 'alarmType' | 'createRules' | AlarmSeverity | 'clearRule'
type Code =
  | 'typeMissing'
  | 'typeTaken'
  | 'noSeverity'
  | 'noFilter'
  | 'keyMissing'
  | 'valueMissing'
  | 'attributeMissing'
  | 'constantFixed'
  | 'specMissing'
  | 'scheduleWrong'
  | 'refused'
export type RuleProblem = { place: Place; code: Code }

/** What would keep a rule from ever working; the first of each place. `taken` are the types of the other rules. */
export const problemsOfRule = (rule: DeviceProfileAlarm, taken: readonly string[]): RuleProblem[] => {
  const problems: RuleProblem[] = []
  const type = rule.alarmType.trim()
  if (type === '') problems.push({ place: 'alarmType', code: 'typeMissing' })
  else if (taken.includes(type)) problems.push({ place: 'alarmType', code: 'typeTaken' })
  const severities = severitiesOf(rule)
  if (severities.length === 0) problems.push({ place: 'createRules', code: 'noSeverity' })
  const conditions: [Place, AlarmRule | null | undefined][] = [
    ...severities.map((severity): [Place, AlarmRule | undefined] => [severity, rule.createRules[severity]]),
    ['clearRule', rule.clearRule],
  ]
  for (const [place, condition] of conditions) {
    const code = condition && problemOfCondition(condition)
    if (code) problems.push({ place, code })
  }
  if (problems.length === 0 && alarmRuleProblems([rule]).length > 0)
    problems.push({ place: 'createRules', code: 'refused' })
  return problems
}

const problemOfCondition = (rule: AlarmRule): Code | null => {
  const filters = rule.condition.condition
  if (filters.length === 0) return 'noFilter'
  for (const filter of filters) {
    const code = problemOfFilter(filter)
    if (code) return code
  }
  return problemOfSpec(rule) ?? problemOfSchedule(rule)
}

const problemOfFilter = (filter: AlarmKeyFilter): Code | null => {
  const isConstant = filter.key.type === 'CONSTANT'
  if (!isConstant && filter.key.key.trim() === '') return 'keyMissing'
  if (isConstant && (filter.value === undefined || filter.value === null || filter.value === '')) return 'valueMissing'
  return problemOfPredicate(filter.predicate, isConstant)
}

const problemOfPredicate = (predicate: AlarmPredicate, isConstant: boolean): Code | null => {
  if (predicate.type === 'COMPLEX') {
    if (predicate.predicates.length === 0) return 'noFilter'
    for (const one of predicate.predicates) {
      const code = problemOfPredicate(one, isConstant)
      if (code) return code
    }
    return null
  }
  const { value } = predicate
  if (isConstant && !isDynamic(value)) return 'constantFixed'
  // A fixed text may be empty; a number may not.
  return problemOfValue(value, predicate.type !== 'STRING')
}

/** Whether the value comes from an attribute. */
export const isDynamic = (value: RuleValue): boolean => !!value.dynamicValue?.sourceType

const problemOfValue = (value: RuleValue, mustBeThere: boolean): Code | null => {
  if (isDynamic(value)) return value.dynamicValue?.sourceAttribute?.trim() ? null : 'attributeMissing'
  const { defaultValue } = value
  return mustBeThere && (defaultValue === null || defaultValue === undefined) ? 'valueMissing' : null
}

const problemOfSpec = (rule: AlarmRule): Code | null => {
  const { spec } = rule.condition
  if (!spec || spec.type === 'SIMPLE') return null
  // Files of old versions say the number without the possibility of an attribute.
  const number = spec.type === 'DURATION' ? spec.value : spec.count
  const value: RuleValue = spec.predicate ?? { defaultValue: number ?? null }
  const code = problemOfValue(value, true)
  if (code) return code === 'valueMissing' ? 'specMissing' : code
  return !isDynamic(value) && Number(value.defaultValue) <= 0 ? 'specMissing' : null
}

const problemOfSchedule = ({ schedule }: AlarmRule): Code | null => {
  if (schedule?.type === 'SPECIFIC_TIME' && (schedule.daysOfWeek ?? []).length === 0) return 'scheduleWrong'
  if (schedule?.type === 'CUSTOM' && !(schedule.items ?? []).some(({ enabled }) => enabled)) return 'scheduleWrong'
  return null
}
