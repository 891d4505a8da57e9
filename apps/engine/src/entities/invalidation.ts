import type { Redis } from 'ioredis'
import type { Invalidation } from '../channels.ts'
import { redisChannels } from '../redis-keys.ts'

export type Invalidate = (change: Invalidation) => Promise<void>

/** Tells every process that something it may have cached is different now. */
export const createInvalidate =
  (redis: Redis): Invalidate =>
  async (change) => {
    await redis.publish(redisChannels.invalidation, JSON.stringify(change))
  }
