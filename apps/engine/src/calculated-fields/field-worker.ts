import type { Alarm, AlarmSeverity, Message } from '@thingwire/contracts'
import type { Database, FieldState, FieldTarget } from '@thingwire/db'
import {
  errorText,
  evaluateAlarmField,
  type FieldDecision,
  type FieldOutcome,
  isEnvironmentError,
  type Ports,
} from '@thingwire/rules'
import type { Logger } from '../observability/logger.ts'
import type { DebugEvents } from '../rule-debug/debug-events.ts'
import { carryOutDecisions, type DecidedField } from './alarm-decisions.ts'
import { holderOf, readArguments } from './argument-reads.ts'
import { type FieldDirectory, fieldsOf, type LiveField } from './field-directory.ts'
import { fieldJson, type FieldNews, type FieldUpdate, readNews } from './field-messages.ts'
import { argumentsOf, type FieldScripts } from './field-scripts.ts'
import { type KnownField, readState, takeIn, writeState } from './field-state.ts'

/** What an evaluation uses of the rule engine. */
export type FieldPorts = Pick<Ports, 'alarms' | 'messages' | 'telemetry' | 'scripts' | 'clock'>

export type FieldWorker = {
  /** Evaluates what the messages of one tenant bring; in order for each entity. Rejects with environment errors only. */
  handle(tenantId: string, messages: readonly Message[], signal: AbortSignal): Promise<void>
}

/** Rules for which time counts are looked at so often (as ThingsBoard's tenant profiles begin with). */
const lookAgainMs = 60_000

/** One occasion to evaluate a rule. */
type Step = { kind: 'values'; update: FieldUpdate } | { kind: 'look' }

/** One rule of one entity while a batch is worked off. */
type Job = {
  field: LiveField
  target: FieldTarget
  known: KnownField
  /** Nothing was known of it before. */
  isNew: boolean
  steps: Step[]
  active: Alarm | null
  nextMs: number | null
}

export const createFieldWorker = (deps: {
  directory: FieldDirectory
  database: Pick<Database, 'fieldStates' | 'attributes'>
  portsOf(tenantId: string): FieldPorts
  scripts: FieldScripts
  debug: Pick<DebugEvents, 'evaluated'>
  logger: Logger
}): FieldWorker => {
  const { directory, database, scripts } = deps

  const gather = async (
    tenantId: string,
    messages: readonly Message[],
  ): Promise<Omit<Job, 'known' | 'isNew' | 'active'>[]> => {
    const fields = await directory.of(tenantId)
    if (fields.all.length === 0) return []
    const targets = await directory.targets(
      tenantId,
      messages.map(({ originator }) => originator),
    )
    const jobs = new Map<string, Omit<Job, 'known' | 'isNew' | 'active'>>()
    for (const [index, message] of messages.entries()) {
      const target = targets[index]
      const news = target && readNews(message)
      if (!news) continue
      for (const field of fieldsOf(fields, target)) {
        const step = stepOf(news, { field, target, tenantId })
        if (!step) continue
        const name = `${field.id} ${target.id.id}`
        const job = jobs.get(name) ?? { field, target, steps: [], nextMs: null }
        jobs.set(name, job)
        job.steps.push(step)
      }
    }
    return [...jobs.values()]
  }

  const load = async (tenantId: string, ports: FieldPorts, all: Awaited<ReturnType<typeof gather>>): Promise<Job[]> => {
    const [stored, active] = await Promise.all([
      database.fieldStates.find(all.map(({ field, target }) => ({ fieldId: field.id, entityId: target.id.id }))),
      ports.alarms.active(all.map(({ field, target }) => ({ originator: target.id, type: field.name }))),
    ])
    const states = all.map(({ field }, index) => readState(stored[index], field.version))
    const unknown = all.filter((_, index) => !states[index])
    const nowMs = ports.clock.now()
    const read = unknown.length > 0 ? await readArguments(unknown, { tenantId, ports, database, nowMs }) : []
    const fresh = new Map(unknown.map((job, index) => [job, read[index] ?? new Map()]))
    return all.map((job, index): Job => {
      const state = states[index]
      const alarm = active[index] ?? null
      const known = state ?? { version: job.field.version, all: fresh.get(job) ?? new Map(), counts: {}, alarmId: null }
      // Somebody cleared or deleted the alarm: its rules begin anew.
      if (known.alarmId !== null && known.alarmId !== alarm?.id.id) known.counts = {}
      return { ...job, known, isNew: !state, active: alarm }
    })
  }

  /** Takes the next news in that change something; null: there are none left. */
  const advance = async (job: Job, tenantId: string, ports: FieldPorts): Promise<{ isEvent: boolean } | null> => {
    for (;;) {
      const step = job.steps.shift()
      if (!step) return null
      // What is stored has been read already, and holds the news.
      if (job.isNew) {
        job.isNew = false
        return { isEvent: step.kind === 'values' }
      }
      if (step.kind === 'look') return { isEvent: false }
      if (await takeInUpdate(job, step.update, { tenantId, ports, database })) return { isEvent: true }
    }
  }

  const tell = ({ field, target, known }: Job, tenantId: string, result: string, error: string) =>
    deps.debug.evaluated({
      ...{ tenantId, fieldId: field.id, entityId: target.id, result, error },
      arguments: fieldJson(argumentsOf(known.all)),
    })

  const evaluate = async (
    turns: readonly { job: Job; isEvent: boolean }[],
    { tenantId, ports, signal }: { tenantId: string; ports: FieldPorts; signal: AbortSignal },
  ): Promise<DecidedField<Job>[]> => {
    const nowMs = ports.clock.now()
    const answers = await scripts.answers(
      tenantId,
      turns.map(({ job }) => ({ field: job.field, all: job.known.all })),
      signal,
    )
    return turns.flatMap(({ job, isEvent }, index) => {
      const { field, known, active, target } = job
      try {
        const outcome = evaluateAlarmField(field.compiled, {
          ...{ all: known.all, isEvent, nowMs, active: severityOf(active), counts: known.counts },
          scripted: (expression) => answers[index]?.(expression) ?? false,
        })
        known.counts = outcome.counts
        if (field.debug.allUntilMs > nowMs) tell(job, tenantId, resultText(outcome), '')
        job.nextMs = outcome.nextMs
        return outcome.decision ? [decided(job, outcome.decision)] : []
      } catch (error) {
        if (isEnvironmentError(error)) throw error
        const reason = errorText(error)
        if (field.debug.failures || field.debug.allUntilMs > nowMs) tell(job, tenantId, '', reason)
        const about = { tenantId, alarmRuleId: field.id, entityId: target.id.id }
        deps.logger.info(about, `an alarm rule could not be evaluated: ${reason}`)
        return []
      }
    })
  }

  return {
    handle: async (tenantId, messages, signal) => {
      const ports = deps.portsOf(tenantId)
      const found = await gather(tenantId, messages)
      if (found.length === 0) return
      const jobs = await load(tenantId, ports, found)
      for (;;) {
        const turns: { job: Job; isEvent: boolean }[] = []
        for (const job of jobs) {
          const turn = await advance(job, tenantId, ports)
          if (turn) turns.push({ job, ...turn })
        }
        if (turns.length === 0) break
        const decisions = await evaluate(turns, { tenantId, ports, signal })
        // The alarm first: should this process die before the rest, the same is done once more and comes to the same.
        for (const [job, alarm] of await carryOutDecisions(decisions, { tenantId, ports, logger: deps.logger }))
          job.active = alarm
      }
      await database.fieldStates.keep(jobs.map((job) => stateOf(job, ports.clock.now())))
    },
  }
}

/** What an evaluation came to, as JSON: the alarm, when something was to be done about it, and what is counted. */
const resultText = ({ decision, counts }: FieldOutcome): string =>
  JSON.stringify({
    alarm: decision === null ? 'unchanged' : decision.severity === null ? 'clear' : 'raise',
    ...(decision?.severity && { severity: decision.severity }),
    ...(decision?.details && { details: decision.details }),
    ...(Object.keys(counts).length > 0 && { counts }),
  })

const decided = (job: Job, decision: FieldDecision): DecidedField<Job> => ({
  key: job,
  decision,
  originator: job.target.id,
  type: job.field.name,
  active: job.active,
  field: job.field.compiled,
})

const severityOf = (alarm: Alarm | null): { severity: AlarmSeverity } | null => alarm && { severity: alarm.severity }

const stateOf = ({ field, target, known, active, nextMs }: Job, nowMs: number): FieldState => {
  const look = field.compiled.isTimed ? nowMs + lookAgainMs : Number.POSITIVE_INFINITY
  const dueMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, look)
  return {
    fieldId: field.id,
    entityId: target.id,
    state: writeState({ ...known, alarmId: active?.id.id ?? null }),
    dueMs: Number.isFinite(dueMs) ? dueMs : null,
  }
}

type Place = { field: LiveField; target: FieldTarget; tenantId: string }

const concerned = ({ field, target, tenantId }: Place, { of, scope }: FieldUpdate) =>
  field.compiled.sources.filter(
    (source) => source.scope === scope && holderOf(source, target, tenantId).id.toLowerCase() === of.id.toLowerCase(),
  )

/** What the news are for one rule; null: nothing. */
const stepOf = (news: FieldNews, place: Place): Step | null => {
  if (news.kind === 'look') return news.fieldIds.includes(place.field.id) ? { kind: 'look' } : null
  const keys = new Set(concerned(place, news.update).map(({ key }) => key))
  const entries = news.update.entries.filter(({ key }) => keys.has(key))
  return entries.length > 0 ? { kind: 'values', update: { ...news.update, entries } } : null
}

type Deps = { tenantId: string; ports: FieldPorts; database: Pick<Database, 'attributes'> }

/** What was deleted is read again: an older value may stand there now. Answers whether something changed. */
const takeInUpdate = async (job: Job, update: FieldUpdate, { tenantId, ports, database }: Deps): Promise<boolean> => {
  const { field, target, known } = job
  const entries = update.entries.toSorted((a, b) => a.ts - b.ts)
  const gone = new Set(entries.flatMap(({ key, value }) => (value === null ? key : [])))
  let isChanged = false
  for (const source of concerned({ field, target, tenantId }, update)) {
    if (gone.has(source.key)) {
      const nowMs = ports.clock.now()
      const [all] = await readArguments([{ field, target }], { tenantId, ports, database, nowMs })
      const again = all?.get(source.name)
      if (again) known.all.set(source.name, again)
      isChanged = true
      continue
    }
    for (const { key, ts, value } of entries)
      if (key === source.key) isChanged = takeIn(known, source.name, { ts, value }) || isChanged
  }
  return isChanged
}
