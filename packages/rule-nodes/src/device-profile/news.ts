import { type KvValue, type Message, messageTs } from '@thingwire/contracts'
import { factKey, parseAttributesPayload, parseTelemetryPayload } from '@thingwire/rules'
import { z } from 'zod'

export const tickType = 'DEVICE_PROFILE_PERIODIC_SELF_MSG'

/** What a message says about its device, as far as alarm rules care. */
export type News =
  /** Values by fact key; null: there is none any more. `ts` is epoch ms. */
  | { kind: 'values'; ts: number; values: ReadonlyMap<string, KvValue | null> }
  /** Nothing came, but time has passed. */
  | { kind: 'time'; ts: number }
  /** An alarm was cleared or deleted, by whomever. */
  | { kind: 'alarm over'; alarmId: string; alarmType: string }

/** In the order in which it counts. Throws an error that says what is wrong with the data. */
export const newsOf = (message: Message): News[] => {
  const { type, data, metadata } = message
  switch (type) {
    case 'POST_TELEMETRY_REQUEST':
      return telemetry(data, message)
    case 'TIMESERIES_UPDATED':
      return telemetry(JSON.stringify(read(data, seriesSchema).timeseries), message)
    case 'POST_ATTRIBUTES_REQUEST':
    case 'ATTRIBUTES_UPDATED':
      return attributes(data, message)
    case 'ACTIVITY_EVENT':
    case 'INACTIVITY_EVENT':
      return metadata.scope ? attributes(data, message) : telemetry(data, message)
    case 'ATTRIBUTES_DELETED': {
      const gone = read(data, deletedSchema).attributes.map((key) => [factKey('ATTRIBUTE', key), null] as const)
      return [{ kind: 'values', ts: messageTs(message), values: new Map(gone) }]
    }
    case 'ALARM_CLEAR':
    case 'ALARM_DELETE':
      return [alarmOver(read(data, alarmSchema))]
    case tickType:
      return [{ kind: 'time', ts: message.ts }]
    default:
      return []
  }
}

const seriesSchema = z.object({ timeseries: z.array(z.unknown()) })
const deletedSchema = z.object({ attributes: z.array(z.string()) })
const alarmSchema = z.object({ id: z.object({ id: z.string() }), type: z.string() })

const alarmOver = ({ id, type }: z.output<typeof alarmSchema>): News => ({
  kind: 'alarm over',
  alarmId: id.id,
  alarmType: type,
})

const read = <T>(data: string, schema: z.ZodType<T>): T => {
  try {
    return schema.parse(JSON.parse(data))
  } catch {
    throw new Error('The data of the message has not the form that its type says')
  }
}

const telemetry = (data: string, message: Message): News[] => {
  const parsed = parseTelemetryPayload(data, { now: messageTs(message) })
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.records
    .map(({ ts, entries }) => ({
      kind: 'values' as const,
      ts,
      values: new Map(entries.map(({ key, ...value }) => [factKey('TIME_SERIES', key), value])),
    }))
    .sort((a, b) => a.ts - b.ts)
}

const attributes = (data: string, message: Message): News[] => {
  const parsed = parseAttributesPayload(data)
  if (!parsed.ok) throw new Error(parsed.message)
  const values = parsed.entries.map(({ key, ...value }) => [factKey('ATTRIBUTE', key), value] as const)
  return [{ kind: 'values', ts: messageTs(message), values: new Map(values) }]
}
