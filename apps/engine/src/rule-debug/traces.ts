import { randomUUID } from 'node:crypto'
import {
  AppError,
  type EntityId,
  entityIdSchema,
  type Message,
  type Trace,
  type TraceHop,
  type TracePath,
  traceHopSchema,
} from '@thingwire/contracts'
import type { InspectedCall } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { type Channels, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { messageChanges } from './message-changes.ts'
import { viewOf } from './message-view.ts'

const keepSeconds = 24 * 3600
const maxHops = 500
const maxPerTenant = 100
const maxChars = 16_384
const flushMs = 200

/** The next message of an entity is to be followed. */
const armedSchema = z.object({ id: z.guid(), key: z.string(), untilMs: z.number() })
type Armed = z.infer<typeof armedSchema>

const armedKey = (tenantId: string, entityId: EntityId) => `${tenantId}/${entityId.id}`

/** What people ask for; any process that serves the API. */
export type TraceDesk = {
  /** Follows the next message of the entity that reaches the rule engine within `waitMs`. */
  begin(tenantId: string, entityId: EntityId, waitMs: number): Promise<Trace>
  /** Newest first, at most a hundred, of the last day. */
  list(tenantId: string): Promise<Trace[]>
  find(tenantId: string, traceId: string): Promise<TracePath>
  delete(tenantId: string, traceId: string): Promise<void>
}

/** KEYS: traces of the tenant, armed ones. ARGV: most traces, key of the armed one; removes what is too old. */
const trimScript = `
local old = redis.call('ZRANGE', KEYS[1], 0, -(tonumber(ARGV[1]) + 1))
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('DEL', ARGV[2] .. id, ARGV[2] .. id .. ':hops')
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
`

export const createTraceDesk = (redis: () => Redis, now: () => number = Date.now): TraceDesk => {
  const headerSchema = z.object({
    tenantId: z.string(),
    entityId: z.string().transform((text) => entityIdSchema.parse(JSON.parse(text))),
    createdTime: z.coerce.number(),
    waitsUntil: z.coerce.number(),
    startedTime: z.coerce.number().optional(),
    leftOut: z.coerce.number().default(0),
  })

  const header = async (tenantId: string, id: string): Promise<Trace | null> => {
    const found = headerSchema.safeParse(await redis().hgetall(redisKeys.trace(id)))
    if (!found.success || found.data.tenantId !== tenantId) return null
    const { entityId, createdTime, waitsUntil, startedTime, leftOut } = found.data
    const state = startedTime !== undefined ? 'STARTED' : waitsUntil > now() ? 'WAITING' : 'EXPIRED'
    return { id, entityId, createdTime, state, waitsUntil, leftOut }
  }

  const require = async (tenantId: string, id: string): Promise<Trace> => {
    const trace = await header(tenantId, id)
    if (!trace) throw new AppError('ENTITY_NOT_FOUND', `There is no trace ${id}`)
    return trace
  }

  return {
    begin: async (tenantId, entityId, waitMs) => {
      const [id, createdTime] = [randomUUID(), now()]
      const waitsUntil = createdTime + waitMs
      const armed: Armed = { id, key: armedKey(tenantId, entityId), untilMs: waitsUntil }
      const word = JSON.stringify(armed)
      const fields = { tenantId, entityId: JSON.stringify(entityId), createdTime, waitsUntil }
      await redis()
        .multi()
        .hset(redisKeys.trace(id), fields)
        .expire(redisKeys.trace(id), keepSeconds)
        .zadd(redisKeys.traces(tenantId), createdTime, id)
        .hset(redisKeys.armedTraces, armed.key, word)
        .publish(redisChannels.traces, word)
        .exec()
      await redis().eval(trimScript, 1, redisKeys.traces(tenantId), maxPerTenant, redisKeys.trace(''), keepSeconds)
      return { id, entityId, createdTime, state: 'WAITING', waitsUntil, leftOut: 0 }
    },
    list: async (tenantId) => {
      const ids = await redis().zrange(redisKeys.traces(tenantId), '+inf', '-inf', 'BYSCORE', 'REV')
      const traces = await Promise.all(ids.map((id) => header(tenantId, id)))
      return traces.filter((trace) => trace !== null)
    },
    find: async (tenantId, traceId) => {
      const trace = await require(tenantId, traceId)
      const texts = await redis().lrange(redisKeys.traceHops(traceId), 0, -1)
      return { ...trace, hops: texts.map((text) => traceHopSchema.parse(JSON.parse(text))) }
    },
    delete: async (tenantId, traceId) => {
      const { entityId } = await require(tenantId, traceId)
      const key = armedKey(tenantId, entityId)
      const armed = await redis().hget(redisKeys.armedTraces, key)
      const transaction = redis()
        .multi()
        .del(redisKeys.trace(traceId), redisKeys.traceHops(traceId))
        .zrem(redisKeys.traces(tenantId), traceId)
      if (armed?.includes(traceId)) transaction.hdel(redisKeys.armedTraces, key)
      await transaction.exec()
    },
  }
}

/** What the rule engine does for traces. */
export type Tracer = Part & {
  /** The same messages; those that somebody waits for carry their trace from now on. */
  mark(messages: readonly Message[]): Promise<readonly Message[]>
  /** Whether one of the messages is followed. Costs next to nothing: it is asked for every call. */
  isFollowed(messages: readonly { message: Message }[]): boolean
  seen(call: InspectedCall): void
}

/** The one process that finds the message takes the trace. KEYS: armed traces, trace. ARGV: key, id, now. */
const claimScript = `
local word = redis.call('HGET', KEYS[1], ARGV[1])
if not word or not string.find(word, ARGV[2], 1, true) then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HSET', KEYS[2], 'startedTime', ARGV[3])
return 1
`

/**
 * Keeps steps while there is place. KEYS: trace, its steps. ARGV: most steps, seconds to keep, steps left out already, then
 * the steps.
 */
const keepScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then return end
local over = tonumber(ARGV[3])
for i = 4, #ARGV do
  if redis.call('LLEN', KEYS[2]) < tonumber(ARGV[1]) then redis.call('RPUSH', KEYS[2], ARGV[i])
  else over = over + 1 end
end
if over > 0 then redis.call('HINCRBY', KEYS[1], 'leftOut', over) end
redis.call('EXPIRE', KEYS[2], ARGV[2])
`

/** What of one process waits to be written; beyond it steps are counted as left out. */
const maxWaitingHops = 2_000

export const createTracer = (options: {
  openRedis: OpenRedis
  channels: Channels
  logger: Logger
  now?: () => number
}): Tracer => {
  const { logger, now = Date.now } = options
  const armed = new Map<string, Armed>()
  let waiting: { trace: string; hop: string }[] = []
  const leftOut = new Map<string, number>()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const learn = async () => {
    for (const [key, text] of Object.entries((await redis?.hgetall(redisKeys.armedTraces)) ?? {})) {
      const word = armedSchema.safeParse(JSON.parse(text))
      if (word.success && word.data.untilMs > now()) armed.set(key, word.data)
      else await redis?.hdel(redisKeys.armedTraces, key)
    }
  }
  const learnSoon = () => {
    if (redis) learn().catch((error: unknown) => logger.warn(errorFields(error), 'traces were not learnt'))
  }
  options.channels.subscribe(redisChannels.traces, (text) => {
    const word = parseChannelMessage(text, armedSchema, logger, redisChannels.traces)
    if (word) armed.set(word.key, word)
  })
  options.channels.onGap(learnSoon)

  const claim = async ({ id, key }: Armed): Promise<boolean> => {
    armed.delete(key)
    try {
      const keys = [redisKeys.armedTraces, redisKeys.trace(id)]
      return (await redis?.eval(claimScript, keys.length, ...keys, key, id, now())) === 1
    } catch (error) {
      logger.warn(errorFields(error), 'a trace was not begun')
      return false
    }
  }

  const flush = async () => {
    if (redis?.status !== 'ready') return
    const hops = waiting
    waiting = []
    for (const [trace, group] of Map.groupBy(hops, (one) => one.trace)) {
      const missed = leftOut.get(trace) ?? 0
      leftOut.delete(trace)
      const keys = [redisKeys.trace(trace), redisKeys.traceHops(trace)]
      await redis.eval(keepScript, keys.length, ...keys, maxHops, keepSeconds, missed, ...group.map(({ hop }) => hop))
    }
  }

  return {
    name: 'tracer',
    mark: async (messages) => {
      if (armed.size === 0) return messages
      const marked: Message[] = []
      for (const message of messages) {
        const wanted = armed.get(armedKey(message.tenantId, message.originator))
        const isOurs = wanted !== undefined && wanted.untilMs > now() && (await claim(wanted))
        marked.push(isOurs ? { ...message, trace: wanted.id } : message)
      }
      return marked
    },
    isFollowed: (messages) => {
      for (const { message } of messages) if (message.trace !== undefined) return true
      return false
    },
    seen: (call) => {
      for (const [index, arrival] of call.arrivals.entries()) {
        const { trace } = arrival.message
        if (trace === undefined) continue
        if (waiting.length >= maxWaitingHops) leftOut.set(trace, (leftOut.get(trace) ?? 0) + 1)
        else waiting.push({ trace, hop: JSON.stringify(hopOf(call, index, arrival, now())) })
      }
    },
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      await learn()
      timer = setInterval(() => {
        if (waiting.length === 0) return
        running = running
          .then(flush)
          .catch((error: unknown) => logger.warn(errorFields(error), 'steps of a trace are lost'))
      }, flushMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running.then(flush).catch(() => {})
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}

const hopOf = (
  call: InspectedCall,
  index: number,
  arrival: InspectedCall['arrivals'][number],
  at: number,
): TraceHop => {
  const { chain, node, departures, elapsedMs, isResumed } = call
  const { message, via } = arrival
  return {
    at,
    elapsedMs: Math.round(elapsedMs * 1_000) / 1_000,
    chain: { id: chain.id, name: chain.name },
    node: { id: node.id, name: node.name, type: node.type },
    via,
    isResumed: isResumed === true,
    isBypassed: node.bypass !== null,
    message: viewOf(message, maxChars),
    departures: departures
      .filter((departure) => departure.arrival === index)
      .map(({ message: left, chain: by, node: from, connection, error, queueName, onward }) => ({
        connection,
        ...(from !== node && { by: { chain: { id: by.id, name: by.name }, node: { id: from.id, name: from.name } } }),
        error,
        ...(queueName !== undefined && { queueName }),
        changes: messageChanges(message, left),
        onward: [...onward],
      })),
  }
}
