import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Part } from './lifecycle.ts'
import { errorFields, type Logger } from './observability/logger.ts'
import type { OpenRedis } from './redis.ts'

/** `{kind, tenantId, id}` on `redisChannels.invalidation`; the null id stands for "of the whole system". */
export const invalidationSchema = z.object({
  kind: z.enum([
    'device',
    'device-profile',
    'asset',
    'asset-profile',
    'entity-view',
    'customer',
    'dashboard',
    'rule-chain',
    'script-library',
    'calculated-field',
    'user',
    'api-key',
    'tenant',
    'tenant-profile',
    'queue',
    'settings',
  ]),
  tenantId: z.guid(),
  id: z.guid(),
})
export type Invalidation = z.infer<typeof invalidationSchema>

export type Channels = Part & {
  /** Calls `handler` with every message of the channel. Before or after `start`. */
  subscribe(channel: string, handler: (text: string) => void): void
  /** Called when messages may have been missed: the connection was lost and is back. */
  onGap(handler: () => void): void
}

/** The one subscriber connection of the process. A handler that throws is logged; the others still hear the message. */
export const createChannels = (options: { openRedis: OpenRedis; logger: Logger }): Channels => {
  const handlers = new Map<string, ((text: string) => void)[]>()
  const gapHandlers: (() => void)[] = []
  let redis: Redis | null = null
  let wasReady = false

  const fenced = (run: () => void) => {
    try {
      run()
    } catch (error) {
      options.logger.error(errorFields(error), 'a channel handler failed')
    }
  }

  return {
    name: 'channels',
    subscribe: (channel, handler) => {
      const existing = handlers.get(channel)
      if (existing) {
        existing.push(handler)
        return
      }
      handlers.set(channel, [handler])
      redis?.subscribe(channel).catch((error: unknown) => {
        options.logger.warn({ channel, ...errorFields(error) }, 'not subscribed')
      })
    },
    onGap: (handler) => gapHandlers.push(handler),
    start: async () => {
      const connection = options.openRedis('subscriber')
      redis = connection
      connection.on('message', (channel: string, text: string) => {
        for (const handler of handlers.get(channel) ?? []) fenced(() => handler(text))
      })
      connection.on('ready', () => {
        if (wasReady) for (const handler of gapHandlers) fenced(handler)
        wasReady = true
      })
      await connection.connect()
      if (handlers.size > 0) await connection.subscribe(...handlers.keys())
    },
    stop: async () => {
      redis?.disconnect()
    },
  }
}

/** Parses a channel message; one that is not understood is logged and skipped. */
export const parseChannelMessage = <T>(
  text: string,
  schema: z.ZodType<T>,
  logger: Logger,
  channel: string,
): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
  } catch {
    // Falls through to the same line as a wrong shape.
  }
  logger.warn({ channel }, 'a message on a channel is not understood')
  return null
}
