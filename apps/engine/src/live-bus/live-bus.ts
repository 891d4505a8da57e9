import type { LiveBusEvent } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import type { Channels } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'

export type LiveBus = Part & {
  isEntityWatched(tenantId: string, entityId: string): boolean
  isChainWatched(tenantId: string, ruleChainId: string): boolean
  /** Sends events of one tenant soon. The caller has checked that somebody watches. Best effort: clients refetch. */
  publish(tenantId: string, event: LiveBusEvent): void
}

const refreshMs = 3_000

/** Publishes committed changes to whoever watches, and knows who that is without asking Redis each time. */
export const createLiveBus = (options: {
  openRedis: OpenRedis
  channels: Channels
  logger: Logger
  metrics: Metrics
}): LiveBus => {
  const { logger } = options
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let watched = new Map<string, number>()
  let outgoing = new Map<string, LiveBusEvent[]>()
  let isFlushPlanned = false

  const isWatched = (member: string) => {
    if (watched.size === 0) return false
    const until = watched.get(member)
    return until !== undefined && until > Date.now()
  }

  const refreshAll = async () => {
    if (redis?.status !== 'ready') return
    const flat = await redis.zrangebyscore(redisKeys.watched, Date.now(), '+inf', 'WITHSCORES')
    const fresh = new Map<string, number>()
    for (let i = 0; i + 1 < flat.length; i += 2) fresh.set(String(flat[i]), Number(flat[i + 1]))
    watched = fresh
  }

  const refreshOne = async (member: string) => {
    const until = await redis?.zscore(redisKeys.watched, member)
    if (until) watched.set(member, Number(until))
    else watched.delete(member)
  }

  const logFailure = (error: unknown) => logger.debug(errorFields(error), 'live bus')

  const flush = () => {
    isFlushPlanned = false
    const events = outgoing
    outgoing = new Map()
    // Publishing into an offline queue would deliver stale values later; watchers refetch after a gap.
    if (redis?.status !== 'ready') return
    for (const [tenantId, list] of events) {
      options.metrics.livePublished.inc(list.length)
      redis.publish(redisChannels.live(tenantId), JSON.stringify(list)).catch(logFailure)
    }
  }

  options.channels.subscribe(redisChannels.watching, (member) => void refreshOne(member).catch(logFailure))

  return {
    name: 'live bus',
    isEntityWatched: (tenantId, entityId) => isWatched(`${tenantId}/${entityId}`),
    isChainWatched: (tenantId, ruleChainId) => isWatched(`${tenantId}/chain/${ruleChainId}`),
    publish: (tenantId, event) => {
      const list = outgoing.get(tenantId)
      if (list) list.push(event)
      else outgoing.set(tenantId, [event])
      if (isFlushPlanned) return
      isFlushPlanned = true
      setImmediate(flush)
    },
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      await refreshAll()
      timer = setInterval(() => void refreshAll().catch(logFailure), refreshMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      flush()
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
