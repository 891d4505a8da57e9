import { type LiveBusEvent, liveBusEventSchema } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'

export type BusReader = Part & {
  /** Listens to the events of a tenant until as many `release`s came as `acquire`s. Resolves when it listens. */
  acquire(tenantId: string): Promise<void>
  release(tenantId: string): void
}

const eventsSchema = z.array(liveBusEventSchema)

/** The live bus of those tenants whose users look at something here. */
export const createBusReader = (options: {
  openRedis: OpenRedis
  logger: Logger
  onEvent(event: LiveBusEvent): void
  /** Events may have been missed. */
  onGap(): void
}): BusReader => {
  const { logger } = options
  const users = new Map<string, number>()
  const tenantOf = new Map<string, string>()
  let redis: Redis | null = null
  let wasReady = false

  const warn = (error: unknown) => logger.warn(errorFields(error), 'live bus subscription')

  return {
    name: 'live bus reader',
    start: async () => {
      const connection = options.openRedis('subscriber')
      redis = connection
      connection.on('message', (channel: string, text: string) => {
        const tenantId = tenantOf.get(channel)
        if (!tenantId) return
        for (const event of parseChannelMessage(text, eventsSchema, logger, channel) ?? [])
          if (event.tenantId === tenantId) options.onEvent(event)
      })
      connection.on('ready', () => {
        if (wasReady) options.onGap()
        wasReady = true
      })
      await connection.connect()
    },
    stop: async () => {
      redis?.disconnect()
    },
    acquire: async (tenantId) => {
      const count = users.get(tenantId) ?? 0
      users.set(tenantId, count + 1)
      const channel = redisChannels.live(tenantId)
      tenantOf.set(channel, tenantId)
      // Subscribing again costs nothing and makes the second caller wait for the first one's subscription too. While
      // Redis is away nobody waits: the subscription is made when it is back, and then everybody reads afresh.
      if (redis?.status === 'ready') await redis.subscribe(channel)
      else redis?.subscribe(channel).catch(warn)
    },
    release: (tenantId) => {
      const count = (users.get(tenantId) ?? 0) - 1
      if (count > 0) {
        users.set(tenantId, count)
        return
      }
      users.delete(tenantId)
      const channel = redisChannels.live(tenantId)
      tenantOf.delete(channel)
      redis?.unsubscribe(channel).catch(warn)
    },
  }
}
