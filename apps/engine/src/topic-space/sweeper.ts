import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisKeys } from '../redis-keys.ts'
import type { SessionAddress } from './session-scripts.ts'
import type { LeftOver, SessionStore } from './session-store.ts'
import type { SpaceMessage } from './space-message.ts'

const sweepMs = 1_000
const atOnce = 200

/** Device or user, tenant and session of a session's id, see `sessionIdOf`. */
export const addressOf = (sessionId: string, nodeId: string): SessionAddress => {
  const [tenantId = '', holderId = ''] = sessionId.split('.')
  return { sessionId, tenantId, holderId, nodeId }
}

export type Sweeper = {
  start(): Promise<void>
  stop(): Promise<void>
  /** The session waits, or ends: then a will goes out, and others of its groups get what it left behind. */
  suspend(address: SessionAddress, request: Parameters<SessionStore['suspend']>[1]): Promise<void>
  /** Publishes a will that was taken, and forgets it when that is done. */
  publishWill(address: SessionAddress, will: SpaceMessage): Promise<void>
}

/**
 * What comes due without anybody's doing: wills with a delay, sessions whose time is over, and sessions of nodes that died.
 * Every node does it; the scripts see to it that each is done once.
 */
export const createSweeper = (options: {
  nodeId: string
  redis: () => Redis
  store: SessionStore
  publish: (message: SpaceMessage) => Promise<unknown>
  redistribute: (left: LeftOver) => Promise<void>
  logger: Logger
  /** A node that gives no sign of life for so long counts as dead. */
  lifeMs: number
}): Sweeper => {
  const { nodeId, redis, store, logger, lifeMs } = options
  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<void> | null = null

  const publishWill: Sweeper['publishWill'] = async (address, will) => {
    // Its time runs from now on ([MQTT-3.1.3-11] and §3.1.3.2.4); see `willOf`.
    const expiresAtMs = will.expiresAtMs < 0 ? Date.now() - will.expiresAtMs * 1_000 : 0
    await options.publish({ ...will, expiresAtMs })
    await store.willDone(address)
  }

  const due = (key: string) => redis().zrangebyscore(key, '-inf', Date.now(), 'LIMIT', 0, atOnce)

  const publishDueWills = async () => {
    for (const sessionId of await due(redisKeys.mqttWills)) {
      const address = addressOf(sessionId, nodeId)
      const will = await store.takeWill(address)
      if (will) await publishWill(address, will)
    }
  }

  const expireSessions = async () => {
    for (const sessionId of await due(redisKeys.mqttExpiry))
      for (const left of await store.expire(addressOf(sessionId, nodeId))) await options.redistribute(left)
  }

  const suspend: Sweeper['suspend'] = async (address, request) => {
    const { will, left } = await store.suspend(address, request)
    if (will) await publishWill({ ...address, nodeId }, will)
    for (const one of left) await options.redistribute(one)
  }

  const bury = async (deadId: string) => {
    for (;;) {
      const sessionIds = await redis().srandmember(redisKeys.mqttOwned(deadId), atOnce)
      if (sessionIds.length === 0) break
      for (const sessionId of sessionIds) {
        const request = { connectionId: null, keepsWill: true, keepSeconds: null }
        await suspend(addressOf(sessionId, deadId), request)
      }
      // Those that went to another node meanwhile are no longer its own.
      await redis().srem(redisKeys.mqttOwned(deadId), ...sessionIds)
    }
    await redis().zrem(redisKeys.mqttOwners, deadId)
  }

  const sweep = async () => {
    const now = Date.now()
    const dead = await redis().zrangebyscore(redisKeys.mqttOwners, '-inf', now, 'LIMIT', 0, 10)
    await redis().zadd(redisKeys.mqttOwners, now + lifeMs, nodeId)
    for (const deadId of dead) if (deadId !== nodeId) await bury(deadId)
    await publishDueWills()
    await expireSessions()
  }

  return {
    suspend,
    publishWill,
    start: async () => {
      await redis().zadd(redisKeys.mqttOwners, Date.now() + lifeMs, nodeId)
      timer = setInterval(() => {
        underWay ??= sweep()
          .catch((error: unknown) => logger.warn(errorFields(error), 'sessions were not looked after'))
          .finally(() => {
            underWay = null
          })
      }, sweepMs)
      timer.unref()
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await underWay
      // What its connections left behind belongs to nobody, and the next node finds it at once.
      await redis().zadd(redisKeys.mqttOwners, 0, nodeId)
    },
  }
}
