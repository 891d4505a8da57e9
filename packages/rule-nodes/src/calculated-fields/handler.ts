import { attributeScopeSchema, type Message } from '@thingwire/contracts'
import {
  type AttributesSave,
  type Departure,
  defineHandler,
  parseAttributesPayload,
  parseTelemetryPayload,
  type TelemetrySave,
} from '@thingwire/rules'
import { saveApart } from '../saving/save-apart.ts'
import { calculatedFields } from './manifest.ts'

type Given = { message: Message } & ({ telemetry: TelemetrySave } | { attributes: AttributesSave })

export const calculatedFieldsHandler = defineHandler(calculatedFields, (_, { ports }) => ({
  handle: async (batch) => {
    const steps = batch.map((message) => read(message, ports.clock.now()))
    const given = steps.filter((step) => 'telemetry' in step || 'attributes' in step)
    const failed = await saveApart(given, async (items) => {
      const telemetry = items.flatMap((item) => ('telemetry' in item ? item.telemetry : []))
      const attributes = items.flatMap((item) => ('attributes' in item ? item.attributes : []))
      if (telemetry.length > 0) await ports.telemetry.save(telemetry)
      if (attributes.length > 0) await ports.attributes.save(attributes)
    })
    return steps.map((step): Departure => {
      if (!('telemetry' in step || 'attributes' in step)) return step
      const error = failed.get(step)
      const { message } = step
      return error === undefined ? { message, connection: 'Success' } : { message, connection: 'Failure', error }
    })
  },
}))

/** What alarm rules are to hear of a message; nothing of it is stored. The time is that of the platform (as ThingsBoard). */
const read = (message: Message, now: number): Given | Departure => {
  const { type, originator, data, metadata } = message
  const fail = (error: string): Departure => ({ message, connection: 'Failure', error })
  const done: Departure = { message, connection: 'Success' }
  if (type === 'POST_TELEMETRY_REQUEST') {
    const parsed = parseTelemetryPayload(data, { now })
    if (!parsed.ok) return fail(parsed.message)
    const entries = parsed.records.flatMap((record) => record.entries.map((entry) => ({ ...entry, ts: record.ts })))
    if (entries.length === 0) return done
    const flags = { saveTimeseries: false, saveLatest: false, notifyLive: false, calculatedFields: true }
    return { message, telemetry: { entityId: originator, entries, ttlSeconds: 0, ...flags } }
  }
  if (type !== 'POST_ATTRIBUTES_REQUEST') return fail(`Unsupported msg type: ${type}`)
  const scope = attributeScopeSchema.safeParse(metadata.scope)
  if (!scope.success) return fail(`Metadata scope is not a scope: ${metadata.scope}`)
  const parsed = parseAttributesPayload(data)
  if (!parsed.ok) return fail(parsed.message)
  if (parsed.entries.length === 0) return done
  const flags = { save: false, notifyLive: false, notifyDevice: false, calculatedFields: true }
  return {
    message,
    attributes: { entityId: originator, scope: scope.data, entries: parsed.entries, ts: now, ...flags },
  }
}
