import type { Redis } from 'ioredis'
import type { Invalidation } from '../channels.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'

export type Invalidate = (change: Invalidation) => Promise<void>

/**
 * Tells every process that something it may have cached is different now. The change itself is done by then, so a Redis
 * that is away fails nobody: the listeners have lost it too, and forget everything when they have it back.
 */
export const createInvalidate =
  (redis: Redis, logger: Logger): Invalidate =>
  async (change) => {
    try {
      await redis.publish(redisChannels.invalidation, JSON.stringify(change))
    } catch (error) {
      logger.warn({ ...change, ...errorFields(error) }, 'a change was not announced')
    }
  }
