import { type Message, messageTs } from '@thingwire/contracts'
import { type Clock, type Departure, defineHandler, parseTelemetryPayload, type TelemetrySave } from '@thingwire/rules'
import type { z } from 'zod'
import { ActionPlan, type Decision } from '../saving/action-plan.ts'
import { saveApart } from '../saving/save-apart.ts'
import { saveTimeSeries } from './manifest.ts'

type Config = z.output<typeof saveTimeSeries.config>
type Actions = 'timeseries' | 'latest' | 'webSockets' | 'calculatedFields'
type Pending = { message: Message; decision: Decision<Actions>; save: TelemetrySave }

const actions: readonly Actions[] = ['timeseries', 'latest', 'webSockets', 'calculatedFields']

export const saveTimeSeriesHandler = defineHandler(saveTimeSeries, (config, { ports }) => {
  const plan = new ActionPlan<Actions>(actions, config.processingSettings, ports.clock)
  return {
    handle: async (batch) => {
      const steps = batch.map((message) => prepare(message, { config, plan, clock: ports.clock }))
      const pending = steps.filter((step) => 'save' in step)
      const due = pending.filter(({ decision }) => decision.any)
      try {
        const failed = await saveApart(due, (items) => ports.telemetry.save(items.map(({ save }) => save)))
        return steps.map((step) => ('save' in step ? departure(step, failed.get(step)) : step))
      } catch (error) {
        for (const { decision } of pending) decision.release()
        throw error
      }
    },
  }
})

const departure = ({ message, decision, save }: Pending, error: string | undefined): Departure => {
  if (error !== undefined) {
    decision.release()
    return { message, connection: 'Failure', error }
  }
  const stored = save.saveTimeseries || save.saveLatest
  return stored ? { message, connection: 'Success', stored } : { message, connection: 'Success' }
}

const prepare = (
  message: Message,
  { config, plan, clock }: { config: Config; plan: ActionPlan<Actions>; clock: Clock },
): Pending | Departure => {
  const fail = (error: string): Departure => ({ message, connection: 'Failure', error })
  if (message.type !== 'POST_TELEMETRY_REQUEST') return fail(`Unsupported msg type: ${message.type}`)
  if (message.originator.entityType === 'ENTITY_VIEW')
    return fail("Telemetry data can't be stored for entity view. Read only")
  const ts = config.useServerTs ? clock.now() : messageTs(message)
  const ttlSeconds = ttlOf(message, config.defaultTTL)
  if (ttlSeconds === null) return fail(`Metadata TTL is not a number of seconds: ${message.metadata.TTL}`)
  const decision = plan.decide(ts, message.originator.id)
  if (!decision.any) return { message, connection: 'Success' }
  const refuse = (error: string): Departure => {
    decision.release()
    return fail(error)
  }
  const parsed = parseTelemetryPayload(message.data, { now: ts })
  if (!parsed.ok) return refuse(parsed.message)
  const entries = parsed.records.flatMap((record) => record.entries.map((entry) => ({ ...entry, ts: record.ts })))
  if (entries.length === 0) return refuse(`Msg body is empty: ${message.data}`)
  const save: TelemetrySave = {
    entityId: message.originator,
    entries,
    ttlSeconds,
    saveTimeseries: decision.run.timeseries,
    saveLatest: decision.run.latest,
    notifyLive: decision.run.webSockets,
    ...(decision.run.calculatedFields && { calculatedFields: true }),
  }
  return { message, decision, save }
}

/** Seconds from the metadata, else from the configuration; null when the metadata has no number there. */
const ttlOf = ({ metadata }: Message, fallback: number): number | null => {
  const text = metadata.TTL ?? ''
  if (text === '') return fallback
  const seconds = /^[+-]?[0-9]{1,15}$/.test(text) ? Number(text) : null
  return seconds === null ? null : Math.max(seconds, 0)
}
