import { type AlarmSeverity, alarmSeverities } from '@thingwire/contracts'
import type { CompiledAlarm, CompiledRule } from './compile.ts'
import type { RuleCounts } from './counts.ts'
import type { Facts } from './facts.ts'

/** What is known of the active alarm. */
export type ActiveAlarm = { severity: AlarmSeverity; details: unknown }

/** What is to be done about an alarm, and by which of its rules. */
export type AlarmDecision = {
  alarm: CompiledAlarm
  /** Null: the alarm is over. */
  severity: AlarmSeverity | null
  details: unknown
  /** What the message about it says of the condition. */
  marks: Readonly<Record<string, string>>
}

export type Occasion = {
  facts: Facts
  /** Epoch ms: that of the values, or of the clock when only time has passed. */
  ts: number
  /** By key, what is new; rules that look at none of it are not evaluated. Null: only time has passed. */
  changed: { has(key: string): boolean } | null
  /** Nothing is counted: the same values have been counted before. */
  isRepeated?: boolean
}

type Verdict = 'true' | 'false' | 'not yet'

/**
 * Evaluates the rules of one alarm of a device (as ThingsBoard): the most severe one that is true decides. When none is
 * and the alarm is active, its clear rule does.
 * @param counts Of the device; changed as the rules count
 * @returns Null: nothing is to be done
 */
export const evaluateAlarm = (
  alarm: CompiledAlarm,
  { active, counts, ...occasion }: Occasion & { active: ActiveAlarm | null; counts: RuleCounts },
): AlarmDecision | null => {
  const isDue = ({ keys }: CompiledRule) => occasion.changed === null || hasOneOf(occasion.changed, keys)
  const judge = (rule: CompiledRule): Verdict => {
    const verdict = verdictOf(rule, { ...occasion, counts, id: alarm.id })
    if (verdict === 'false' && !occasion.isRepeated) counts.reset(alarm.id, rule.name)
    return verdict
  }
  const decide = (rule: CompiledRule): AlarmDecision => ({
    alarm,
    severity: rule.severity,
    details: rule.details(occasion.facts) ?? active?.details ?? {},
    marks: marksOf(rule, counts, alarm.id),
  })

  const winner = alarm.create.find((rule) => isDue(rule) && judge(rule) === 'true')
  if (winner?.severity) {
    if (alarm.clear && !occasion.isRepeated) counts.reset(alarm.id, alarm.clear.name)
    return active && isLower(winner.severity, active.severity) ? null : decide(winner)
  }
  const { clear } = alarm
  if (!active || !clear || !isDue(clear) || judge(clear) !== 'true') return null
  const decision = decide(clear)
  counts.resetAlarm(alarm.id)
  return decision
}

const hasOneOf = (changed: { has(key: string): boolean }, keys: ReadonlySet<string>): boolean => {
  for (const key of keys) if (changed.has(key)) return true
  return false
}

const isLower = (severity: AlarmSeverity, than: AlarmSeverity): boolean =>
  alarmSeverities.indexOf(severity) > alarmSeverities.indexOf(than)

type Case = Occasion & { counts: RuleCounts; id: string }

const verdictOf = (rule: CompiledRule, one: Case): Verdict => {
  const { facts, ts, changed } = one
  if (changed === null) return verdictOfTime(rule, one)
  if (!rule.holds(facts) || !rule.isScheduled(facts, ts)) return 'false'
  switch (rule.spec.type) {
    case 'SIMPLE':
      return 'true'
    case 'REPEATING': {
      const times = one.isRepeated ? one.counts.of(one.id, rule.name).times : one.counts.again(one.id, rule.name)
      return times >= rule.spec.required(facts) ? 'true' : 'not yet'
    }
    case 'DURATION': {
      const lasted = one.isRepeated ? one.counts.of(one.id, rule.name).lastedMs : one.counts.last(one.id, rule.name, ts)
      return lasted > rule.spec.requiredMs(facts) ? 'true' : 'not yet'
    }
  }
}

/** Time alone makes only durations true: what held when the last value came still holds. */
const verdictOfTime = (rule: CompiledRule, { facts, ts, counts, id }: Case): Verdict => {
  if (rule.spec.type !== 'DURATION') return 'not yet'
  const { lastedMs, sinceMs } = counts.of(id, rule.name)
  const required = rule.spec.requiredMs(facts)
  if (required <= 0 || sinceMs === 0 || ts <= sinceMs || !rule.isScheduled(facts, ts)) return 'false'
  return lastedMs + (ts - sinceMs) > required ? 'true' : 'not yet'
}

const marksOf = ({ spec, name }: CompiledRule, counts: RuleCounts, id: string): Record<string, string> => {
  const { times, lastedMs } = counts.of(id, name)
  if (spec.type === 'REPEATING') return { alarmConditionRepeats: String(times) }
  return spec.type === 'DURATION' ? { alarmConditionDuration: String(lastedMs) } : {}
}
