import { type RuleNodeScript, ruleNodeScriptSchema } from '@thingwire/contracts'
import type { ScriptUser } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import type { ScriptStatistics } from './script-health.ts'

/** A process that says nothing for so long is taken for gone, and what its scripts did with it, ms. */
const trustMs = 180_000
const repeatMs = 60_000
const writeEveryMs = 1_000
const rememberSeconds = 600
/** What one process tells at most. */
const mostNodes = 10_000

const storedSchema = ruleNodeScriptSchema.extend({ untilMs: ruleNodeScriptSchema.shape.calls })

/** What the scripts of a chain's nodes have done in all processes, in the order of the nodes' ids. */
export const readScriptUses = async (redis: Redis, ruleChainId: string, nowMs: number): Promise<RuleNodeScript[]> => {
  const byNode = new Map<string, RuleNodeScript>()
  for (const text of Object.values(await redis.hgetall(redisKeys.scriptUses(ruleChainId)))) {
    const { untilMs, ...one } = storedSchema.parse(JSON.parse(text))
    if (untilMs <= nowMs) continue
    const known = byNode.get(one.nodeId)
    byNode.set(one.nodeId, known ? together(known, atTime(one, nowMs)) : atTime(one, nowMs))
  }
  return [...byNode.values()].sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1))
}

/** A suspension that has ended since it was written down. */
const atTime = (one: RuleNodeScript, nowMs: number): RuleNodeScript =>
  one.suspendedUntil !== null && one.suspendedUntil <= nowMs ? { ...one, state: 'watched', suspendedUntil: null } : one

const byHarm = ['active', 'watched', 'suspended'] as const

const together = (a: RuleNodeScript, b: RuleNodeScript): RuleNodeScript => ({
  nodeId: a.nodeId,
  calls: a.calls + b.calls,
  messages: a.messages + b.messages,
  errors: a.errors + b.errors,
  timeMs: a.timeMs + b.timeMs,
  state: byHarm.indexOf(a.state) > byHarm.indexOf(b.state) ? a.state : b.state,
  suspendedUntil: Math.max(a.suspendedUntil ?? 0, b.suspendedUntil ?? 0) || null,
})

type Place = Pick<ScriptUser, 'ruleChainId' | 'nodeId'>

export type ScriptUses = {
  /** The node's script has run; `read` tells what is known of it from now on. */
  ran(user: Place, read: () => ScriptStatistics | null): void
}

/** Keeps in Redis what the scripts of rule nodes have done in this process. */
export const createScriptUses = (options: {
  openRedis: OpenRedis
  /** Names this process. */
  server: string
  logger: Logger
  now?: () => number
}): Part & ScriptUses & { stopped(place: Place): void } => {
  const { logger, server, now = Date.now } = options
  const users = new Map<string, { place: Place; read: () => ScriptStatistics | null }>()
  /** What stands in Redis, with its chain. */
  const written = new Map<string, { ruleChainId: string; text: string }>()
  const dirty = new Set<string>()
  /** Their state changes by time alone. */
  const unwell = new Set<string>()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let nextRepeatMs = 0
  let writing: Promise<void> = Promise.resolve()

  const viewOf = (nodeId: string): { ruleChainId: string; view: RuleNodeScript } | null => {
    const user = users.get(nodeId)
    const known = user?.read()
    return user && known ? { ruleChainId: user.place.ruleChainId, view: { nodeId, ...known } } : null
  }

  const keep = async (connection: Redis, nodeIds: readonly string[]): Promise<void> => {
    const pipeline = connection.pipeline()
    for (const nodeId of nodeIds) {
      const found = viewOf(nodeId)
      const before = written.get(nodeId)
      if (before && before.ruleChainId !== found?.ruleChainId) {
        pipeline.hdel(redisKeys.scriptUses(before.ruleChainId), `${nodeId}/${server}`)
        written.delete(nodeId)
      }
      unwell.delete(nodeId)
      if (!found) continue
      const { ruleChainId, view } = found
      if (view.state !== 'active') unwell.add(nodeId)
      const text = JSON.stringify(view)
      if (written.get(nodeId)?.text === text) continue
      const key = redisKeys.scriptUses(ruleChainId)
      pipeline.hset(key, `${nodeId}/${server}`, JSON.stringify({ ...view, untilMs: now() + trustMs }))
      pipeline.expire(key, rememberSeconds)
      written.set(nodeId, { ruleChainId, text })
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
  }

  const write = async (): Promise<void> => {
    if (redis?.status !== 'ready') return
    if (now() >= nextRepeatMs) {
      nextRepeatMs = now() + repeatMs
      for (const nodeId of users.keys()) dirty.add(nodeId)
      for (const one of written.values()) one.text = ''
    }
    for (const nodeId of unwell) dirty.add(nodeId)
    const nodeIds = [...dirty]
    dirty.clear()
    if (nodeIds.length === 0) return
    try {
      await keep(redis, nodeIds)
    } catch (error) {
      for (const nodeId of nodeIds) {
        dirty.add(nodeId)
        const before = written.get(nodeId)
        if (before) before.text = ''
      }
      logger.warn(errorFields(error), 'statistics of scripts are not written')
    }
  }

  return {
    name: 'script uses',
    ran: (place, read) => {
      const { nodeId } = place
      const known = users.get(nodeId)
      if (known?.read !== read && (known || users.size < mostNodes)) users.set(nodeId, { place, read })
      dirty.add(nodeId)
    },
    // Its successor, should there be one, tells of itself as soon as it runs.
    stopped: ({ nodeId }) => {
      if (users.delete(nodeId)) dirty.add(nodeId)
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
