import { type AlarmSeverity, alarmSeverities } from '@thingwire/contracts'
import { textOf } from '../alarm-rules/facts.ts'
import { type Arguments, newestTs } from './arguments.ts'
import type { CompiledAlarmField, CompiledArgumentRule } from './compile.ts'

/** What a rule has counted: how often its condition held, or since when it holds (epoch ms; 0: it does not). */
export type FieldCount = { times: number; sinceMs: number }
/** By rule; those that have counted nothing are left out. */
export type FieldCounts = Readonly<Record<string, FieldCount>>

/** What is to be done about the alarm, and by which of its rules. */
export type FieldDecision = {
  /** Null: the alarm is over. */
  severity: AlarmSeverity | null
  /** Null: those of the alarm stay. */
  details: Record<string, string> | null
  /** Of a new alarm, epoch ms. */
  startTs: number
  marks: Readonly<Record<string, string>>
}

export type FieldOutcome = {
  decision: FieldDecision | null
  counts: FieldCounts
  /** A duration may be over then, epoch ms; null: no rule waits for one. */
  nextMs: number | null
}

export type FieldOccasion = {
  all: Arguments
  /** A value of an argument is new; else only time has passed. */
  isEvent: boolean
  nowMs: number
  /** What the TBEL expression of a rule answered; it throws what the script failed with. */
  scripted(expression: string): boolean
  active: { severity: AlarmSeverity } | null
  counts: FieldCounts
}

type Verdict = 'true' | 'false' | 'not yet'
type Work = FieldOccasion & { kept: Map<string, FieldCount>; nextMs: number | null }

/**
 * Evaluates the rules of an alarm of one entity: the most severe one that is true decides; when none is and the alarm is
 * active, its clear rule does. Unlike the rules of device profiles, every update evaluates all of them, and durations are
 * measured by the clock.
 */
export const evaluateAlarmField = (field: CompiledAlarmField, occasion: FieldOccasion): FieldOutcome => {
  const { active, isEvent } = occasion
  const work: Work = { ...occasion, kept: new Map(Object.entries(occasion.counts)), nextMs: null }
  const outcome = (decision: FieldDecision | null): FieldOutcome => ({
    decision,
    counts: Object.fromEntries(work.kept),
    nextMs: work.nextMs,
  })
  const winner = field.create.find((rule) => judge(rule, work) === 'true')
  if (winner?.severity) {
    if (field.clear) work.kept.delete(field.clear.name)
    const isLower = active !== null && rankOf(winner.severity) > rankOf(active.severity)
    const isSameAgain = active?.severity === winner.severity && !isEvent
    return outcome(isLower || isSameAgain ? null : decisionOf(winner, work))
  }
  if (!active || !field.clear || judge(field.clear, work) !== 'true') return outcome(null)
  const decision = decisionOf(field.clear, work)
  work.kept.clear()
  work.nextMs = null
  return outcome(decision)
}

const rankOf = (severity: AlarmSeverity): number => alarmSeverities.indexOf(severity)

const judge = (rule: CompiledArgumentRule, work: Work): Verdict => {
  const verdict = verdictOf(rule, work)
  if (verdict === 'false') work.kept.delete(rule.name)
  return verdict
}

const verdictOf = (rule: CompiledArgumentRule, work: Work): Verdict => {
  const { all, nowMs, isEvent } = work
  if (!rule.isScheduled(all, nowMs)) return isEvent || rule.spec.type === 'DURATION' ? 'false' : 'not yet'
  if (!rule.holds(work)) return 'false'
  const count = work.kept.get(rule.name)
  switch (rule.spec.type) {
    case 'SIMPLE':
      return 'true'
    case 'REPEATING': {
      const required = rule.spec.required(all)
      const times = (count?.times ?? 0) + (isEvent ? 1 : 0)
      if (times > 0) work.kept.set(rule.name, { times, sinceMs: 0 })
      return required > 0 && times >= required ? 'true' : 'not yet'
    }
    case 'DURATION': {
      const newest = newestTs(all)
      // A value from the future does not put off what holds already.
      const sinceMs = count?.sinceMs || Math.min(newest > 0 ? newest : nowMs, nowMs)
      work.kept.set(rule.name, { times: 0, sinceMs })
      const endMs = sinceMs + rule.spec.requiredMs(all)
      if (nowMs >= endMs) return 'true'
      work.nextMs = Math.min(work.nextMs ?? endMs, endMs)
      return 'not yet'
    }
  }
}

const decisionOf = (rule: CompiledArgumentRule, { all, nowMs, kept }: Work): FieldDecision => {
  const newest = newestTs(all)
  const count = kept.get(rule.name)
  return {
    severity: rule.severity,
    details: detailsOf(rule, all),
    startTs: newest > 0 && newest <= nowMs ? newest : nowMs,
    marks:
      rule.spec.type === 'REPEATING'
        ? { alarmConditionRepeats: String(count?.times ?? 0) }
        : rule.spec.type === 'DURATION'
          ? { alarmConditionDuration: String(Math.max(0, nowMs - (count?.sinceMs ?? nowMs))) }
          : {},
  }
}

const detailsOf = ({ details, dashboardId }: CompiledArgumentRule, all: Arguments): Record<string, string> | null => {
  if (details === null && dashboardId === null) return null
  const data = details?.replace(/\$\{([^{}]+)\}/g, (whole, name: string) => {
    const argument = all.get(name)
    return argument?.value ? textOf(argument.value) : whole
  })
  return { ...(data !== undefined && { data }), ...(dashboardId !== null && { dashboardId }) }
}
