import { type RuleNodeState, ruleNodeStateSchema } from '@thingwire/contracts'
import type { Database, DebugEvent } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import type { NodeState } from './live-node.ts'
import type { NodePlace, NodeStateObserver } from './live-nodes.ts'

/** A process that says nothing for so long is taken for gone, ms. */
const trustMs = 180_000
const repeatMs = 60_000
const writeEveryMs = 250
/** So long a trouble is remembered that nobody tells of any more: until then the same one is no news, s. */
const rememberSeconds = 24 * 3_600
/** What one process tells at most. */
const mostNodes = 10_000
const maxChars = 1_000

const storedSchema = ruleNodeStateSchema.extend({ untilMs: ruleNodeStateSchema.shape.since })

/** Which nodes of a chain are not active, in the order of their ids; where processes differ, the latest word. */
export const readNodeStates = async (redis: Redis, ruleChainId: string, nowMs: number): Promise<RuleNodeState[]> => {
  const fields = await redis.hgetall(redisKeys.nodeStates(ruleChainId))
  const latest = new Map<string, RuleNodeState>()
  for (const [field, text] of Object.entries(fields)) {
    if (field.startsWith('last/')) continue
    const { untilMs, ...state } = storedSchema.parse(JSON.parse(text))
    const known = latest.get(state.nodeId)
    if (untilMs > nowMs && !(known && known.since > state.since)) latest.set(state.nodeId, state)
  }
  return [...latest.values()].sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1))
}

type NodeStates = Part & NodeStateObserver

type Told = { place: NodePlace; state: NodeState }

/** Keeps in Redis which rule nodes are not active, and writes down as events when that changes. */
export const createNodeStates = (options: {
  openRedis: OpenRedis
  events: Pick<Database['events'], 'append'>
  /** Names this process. */
  server: string
  logger: Logger
  now?: () => number
}): NodeStates => {
  const { logger, server, now = Date.now } = options
  /** By node: those of this process that are not active. */
  const troubled = new Map<string, Told>()
  /** Those whose trouble stands in Redis, with their chain. */
  const written = new Map<string, string>()
  const dirty = new Set<string>()
  let news: Told[] = []
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let nextRepeatMs = 0
  let writing: Promise<void> = Promise.resolve()

  const keep = async (connection: Redis): Promise<void> => {
    const nodeIds = [...dirty]
    dirty.clear()
    const pipeline = connection.pipeline()
    for (const nodeId of nodeIds) {
      const told = troubled.get(nodeId)
      const chainBefore = written.get(nodeId)
      if (chainBefore && !told) {
        pipeline.hdel(redisKeys.nodeStates(chainBefore), `${nodeId}/${server}`)
        written.delete(nodeId)
      }
      if (!told) continue
      const key = redisKeys.nodeStates(told.place.ruleChainId)
      pipeline.hset(key, `${nodeId}/${server}`, JSON.stringify({ ...viewOf(told), untilMs: now() + trustMs }))
      pipeline.expire(key, rememberSeconds)
      written.set(nodeId, told.place.ruleChainId)
    }
    try {
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
    } catch (error) {
      for (const nodeId of nodeIds) dirty.add(nodeId)
      throw error
    }
  }

  /** Every process meets the same trouble, and again when it is started: told is what has not been told before. */
  const tell = async (connection: Redis): Promise<void> => {
    const batch = news
    news = []
    const events: DebugEvent[] = []
    try {
      for (const told of batch) {
        const key = redisKeys.nodeStates(told.place.ruleChainId)
        const field = `last/${told.place.nodeId}`
        const last = (await connection.hget(key, field)) ?? ''
        const { state, reason } = told.state
        const word = state === 'active' ? '' : `${state} ${reason ?? ''}`.slice(0, maxChars)
        if (word === last) continue
        if (word === '') await connection.hdel(key, field)
        else await connection.hset(key, field, word)
        events.push(eventOf(told, last, server))
      }
    } catch (error) {
      news.unshift(...batch.slice(0, mostNodes))
      throw error
    } finally {
      await options.events.append(events)
    }
  }

  const write = async (): Promise<void> => {
    if (redis?.status !== 'ready') return
    if (now() >= nextRepeatMs) {
      nextRepeatMs = now() + repeatMs
      for (const nodeId of troubled.keys()) dirty.add(nodeId)
    }
    try {
      if (dirty.size > 0) await keep(redis)
      if (news.length > 0) await tell(redis)
    } catch (error) {
      logger.warn(errorFields(error), 'states of rule nodes are not written')
    }
  }

  return {
    name: 'node states',
    changed: (place, state, before) => {
      const { nodeId } = place
      const wasTroubled = written.has(nodeId) || (before !== null && before.state !== 'starting')
      if (state.state === 'active') troubled.delete(nodeId)
      else if (troubled.has(nodeId) || troubled.size < mostNodes) troubled.set(nodeId, { place, state })
      dirty.add(nodeId)
      // Every start begins with "starting"; only what comes of it is worth an event, and success only after a failure.
      if (state.state === 'starting' || (state.state === 'active' && !wasTroubled)) return
      if (news.length < mostNodes) news.push({ place, state })
    },
    stopped: (place, error) => {
      const { tenantId, nodeId } = place
      // Not when its successor has told something of itself already.
      if (troubled.get(nodeId)?.place === place) troubled.delete(nodeId)
      dirty.add(nodeId)
      if (error === null) return
      const body = { server, event: 'STOPPED', success: false, error: String(error).slice(0, maxChars) }
      options.events
        .append([{ tenantId, entityId: nodeId, type: 'LC_EVENT', ts: now(), body }])
        .catch((problem: unknown) => logger.warn(errorFields(problem), 'an event of a rule node is lost'))
    },
    start: async () => {
      const connection = options.openRedis('commands')
      redis = connection
      await connection.connect()
      timer = setInterval(() => {
        writing = writing.then(write)
      }, writeEveryMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await writing.then(write)
      redis?.disconnect()
    },
  }
}

const viewOf = ({ place, state }: Told): RuleNodeState => ({
  nodeId: place.nodeId,
  state: state.state,
  reason: state.reason?.slice(0, maxChars) ?? null,
  since: state.sinceMs,
  attempts: state.attempts,
  nextAttempt: state.nextAttemptMs,
})

const eventOf = ({ place, state }: Told, last: string, server: string): DebugEvent => {
  const isWell = state.state === 'active'
  const isSuspension = state.state === 'suspended' || last.startsWith('suspended')
  const event = isSuspension ? (isWell ? 'ACTIVATED' : 'SUSPENDED') : 'STARTED'
  const error = isWell ? {} : { error: (state.reason ?? '').slice(0, maxChars) }
  const body = { server, event, success: isWell, ...error }
  return { tenantId: place.tenantId, entityId: place.nodeId, type: 'LC_EVENT', ts: state.sinceMs, body }
}
