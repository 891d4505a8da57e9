import { AppError, type EntityId, type KvValue, type Message, messageTs } from '@thingwire/contracts'
import {
  defineHandler,
  type Departure,
  failureOf,
  isJsonObject,
  type NodeContext,
  parseExactJson,
  setMember,
  withData,
} from '@thingwire/rules'
import type { z } from 'zod'
import { BoundedMap } from '../enriching/bounded-map.ts'
import { decimalOf, leniently, roundHalfUp } from './delta-number.ts'
import { calculateDelta } from './manifest.ts'

type Config = z.output<typeof calculateDelta.config>
/** A value and its time, epoch ms. */
type Point = { value: number; ts: number }
/** What a message was compared with; null: there was nothing before it. A text: why that is no number. */
type Before = Point | null | string

/** Originators whose last value is remembered, and messages whose comparison is. */
const mostOriginators = 50_000
const mostMessages = 20_000

/**
 * What a message is compared with is remembered by its id, for a batch may run again, and its value must not be compared
 * with itself or with one that came after it. A process that begins anew looks into the store instead: there the value
 * before a message is the one of an earlier time, once the message itself may have been stored.
 */
export const calculateDeltaHandler = defineHandler(calculateDelta, (config, { ports }) => {
  const { input, ...output } = settingsOf(config)
  const last = new BoundedMap<string, Point>(mostOriginators)
  const compared = new BoundedMap<string, { before: Before }>(mostMessages)

  return {
    handle: async (batch) => {
      const messages = batch.map((message) => read(message, input))
      const isNew = (one: Read): one is Counted => 'point' in one && !compared.get(one.message.id)
      const unknown = messages
        .filter(isNew)
        .filter(({ message }) => !config.useCache || !last.get(message.originator.id))
      const stored = await storedBefore(unknown, input, ports.telemetry)
      /** The value before, as messages of this call leave it. */
      const here = new Map<string, Before>(stored)
      return messages.map((one): Departure<'Success' | 'Other'> => {
        if (!('point' in one)) return one
        const { message, data, point } = one
        const { id } = message.originator
        const known = compared.get(message.id)
        const before = known ? known.before : here.has(id) ? (here.get(id) ?? null) : (last.get(id) ?? null)
        if (!known) {
          compared.set(message.id, { before })
          // What cannot be compared with is not replaced either: the next message fails for the same reason.
          if (typeof before !== 'string') {
            here.set(id, point)
            if (config.useCache) last.set(id, point)
          }
        }
        if (typeof before === 'string') return { message, connection: 'Failure', error: before }
        return departure({ message, data, point, before }, config, output)
      })
    },
  }
})

type Keys = { input: string; delta: string; period: string | null }

const settingsOf = ({ inputValueKey, outputValueKey, addPeriodBetweenMsgs, periodValueKey }: Config): Keys => {
  const required = (key: string | null | undefined, what: string): string => {
    if (!key?.trim()) throw new AppError('RULE_CHAIN_INVALID', `${what} should be specified!`)
    return key
  }
  return {
    input: required(inputValueKey, 'Input value key'),
    delta: required(outputValueKey, 'Output value key'),
    period: addPeriodBetweenMsgs ? required(periodValueKey, 'Period value key') : null,
  }
}

type Counted = { message: Message; data: Record<string, unknown>; point: Point }
type Read = Counted | Departure<'Other'>

const read = (message: Message, input: string): Read => {
  if (message.type !== 'POST_TELEMETRY_REQUEST') return { message, connection: 'Other' }
  const data = parseExactJson(message.data)
  if (data === undefined) return failureOf(message, new Error('The data is no JSON'))
  if (!isJsonObject(data) || !Object.hasOwn(data, input)) return { message, connection: 'Other' }
  return { message, data, point: { value: leniently(data[input]), ts: messageTs(message) } }
}

/** For each originator what is stored before the first of its messages, by one read of latest values. */
const storedBefore = async (
  counted: readonly Counted[],
  key: string,
  telemetry: NodeContext['ports']['telemetry'],
): Promise<Map<string, Before>> => {
  const firsts = new Map<string, { entityId: EntityId; ts: number }>()
  for (const { message, point } of counted) {
    const entityId = message.originator
    if (!firsts.has(entityId.id)) firsts.set(entityId.id, { entityId, ts: point.ts })
  }
  const wanted = [...firsts.values()]
  if (wanted.length === 0) return new Map()
  const latest = await telemetry.latest(wanted.map(({ entityId }) => ({ entityId, keys: [key] })))
  const found = wanted.map(({ ts, entityId }, index) => ({ ts, entityId, entry: latest[index]?.[0] }))
  // Such a value may be that of the message itself, or of one behind it, from a run that was cut off.
  const late = found.filter(({ entry, ts }) => entry !== undefined && entry.ts >= ts)
  const earlier =
    late.length > 0
      ? await telemetry.history(
          late.map(({ entityId, ts }) => ({
            ...{ entityId, keys: [key], startTs: 0, endTs: ts },
            ...{ aggregation: 'NONE' as const, intervalMs: 0, order: 'DESC' as const, limit: 1 },
          })),
        )
      : []
  const before = new Map(late.map(({ entityId }, index) => [entityId.id, earlier[index]?.get(key)?.[0]]))
  return new Map(found.map(({ entityId, entry }) => [entityId.id, pointOf(before.get(entityId.id) ?? entry, key)]))
}

const pointOf = (entry: (KvValue & { ts: number }) | undefined, key: string): Before => {
  if (!entry) return null
  switch (entry.type) {
    case 'LONG':
    case 'DOUBLE':
      return { value: Number(entry.value), ts: entry.ts }
    case 'STRING': {
      const value = decimalOf(entry.value)
      if (value !== undefined) return { value, ts: entry.ts }
      return `Calculation failed: the stored value of ${key} is the text ${JSON.stringify(entry.value.slice(0, 50))}`
    }
    case 'BOOLEAN':
    case 'JSON':
      return `Calculation failed: the stored value of ${key} is a ${entry.type}, not a number`
  }
}

const departure = (
  { message, data, point, before }: Counted & { before: Point | null },
  { round, tellFailureIfDeltaIsNegative, excludeZeroDeltas }: Config,
  { delta: deltaKey, period }: Omit<Keys, 'input'>,
): Departure<'Success'> => {
  const delta = before ? point.value - before.value : 0
  if (tellFailureIfDeltaIsNegative && delta < 0)
    return { message, connection: 'Failure', error: 'Delta value is negative!' }
  if (excludeZeroDeltas && delta === 0) return { message, connection: 'Success' }
  setMember(data, deltaKey, round === null || round === undefined ? delta : roundHalfUp(delta, round))
  if (period !== null) setMember(data, period, before ? point.ts - before.ts : 0)
  return { message: withData(message, JSON.stringify(data)), connection: 'Success' }
}
