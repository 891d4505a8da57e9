import type { Message } from '@thingwire/contracts'
import type { CompiledChain, CompiledNode, InspectedCall } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { type MessageView, viewOf } from './message-view.ts'

/** A message that passed a connection, or came to a node. `error` is set on Failure. */
export type MessageSample = { at: number; message: MessageView; error: string | null }

/** Which messages: those that left `ruleNodeId` by this connection, or, with null, those that came to it. */
export type SamplePlace = { ruleChainId: string; ruleNodeId: string; connection: string | null }

export type ConnectionSamples = Part & {
  /** Whether the node's turn has come. Costs next to nothing: it is asked for every call. */
  isDue(node: CompiledNode): boolean
  seen(call: InspectedCall): void
  failed(failure: { chain: CompiledChain; node: CompiledNode; message: Message; error: string }): void
}

/** A node's messages are looked at this often; failures are taken whenever they come, within `maxPerFlush`. */
const everyMs = 1_000
const flushMs = 500
const keepPerPlace = 20
const keepSeconds = 24 * 3600
const maxChars = 4_096
/** What one process keeps at a time, however many chains run: the rest of that half second is not sampled. */
const maxPerFlush = 200

/** Newest first. */
export const readSamples = async (redis: Redis, place: SamplePlace): Promise<MessageSample[]> => {
  const texts = await redis.lrange(redisKeys.connectionSamples(place), 0, -1)
  return texts.map((text): MessageSample => JSON.parse(text))
}

/** Keeps the last few messages of each connection and of each node's arrivals, one a second at most, in Redis. */
export const createConnectionSamples = (options: {
  openRedis: OpenRedis
  logger: Logger
  now?: () => number
}): ConnectionSamples => {
  const { now = Date.now } = options
  const nextDueMs = new WeakMap<CompiledNode, number>()
  /** Nodes of calls that are under way and are to be sampled. */
  const due = new Set<CompiledNode>()
  let gathered = new Map<string, MessageSample[]>()
  let count = 0
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const take = (place: SamplePlace, message: Message, error: string | null) => {
    if (count >= maxPerFlush) return
    const key = redisKeys.connectionSamples(place)
    const list = gathered.get(key) ?? []
    if (list.length >= keepPerPlace) return
    gathered.set(key, list)
    list.push({ at: now(), message: viewOf(message, maxChars), error })
    count++
  }

  const flush = async () => {
    if (redis?.status !== 'ready' || gathered.size === 0) return
    const batch = gathered
    gathered = new Map()
    count = 0
    const pipeline = redis.pipeline()
    for (const [key, samples] of batch) {
      pipeline.lpush(key, ...samples.map((sample) => JSON.stringify(sample)))
      pipeline.ltrim(key, 0, keepPerPlace - 1)
      pipeline.expire(key, keepSeconds)
    }
    await pipeline.exec()
  }

  return {
    name: 'connection samples',
    isDue: (node) => {
      const atMs = now()
      if (atMs < (nextDueMs.get(node) ?? 0) || count >= maxPerFlush) return false
      nextDueMs.set(node, atMs + everyMs)
      due.add(node)
      return true
    },
    seen: ({ chain, node, arrivals, departures, isResumed }) => {
      if (!due.delete(node)) return
      const [first] = arrivals
      if (first && !isResumed)
        take({ ruleChainId: chain.id, ruleNodeId: node.id, connection: null }, first.message, null)
      const taken = new Set<string>()
      for (const { chain: by, node: from, connection, message, error } of departures) {
        // Failures come by themselves, each of them.
        if (connection === null || error !== null) continue
        const place = { ruleChainId: by.id, ruleNodeId: from.id, connection }
        const key = redisKeys.connectionSamples(place)
        if (taken.has(key)) continue
        taken.add(key)
        take(place, message, null)
      }
    },
    failed: ({ chain, node, message, error }) =>
      take({ ruleChainId: chain.id, ruleNodeId: node.id, connection: 'Failure' }, message, error),
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      timer = setInterval(() => {
        running = running
          .then(flush)
          .catch((error: unknown) => options.logger.debug(errorFields(error), 'message samples not kept'))
      }, flushMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running.then(flush).catch(() => {})
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
