import { AppError } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'

export type HourlyLimit = {
  /** Counts one use; false when the hour's uses are used up already. */
  use(subject: string): Promise<boolean>
}

const windowSeconds = 3_600

/** So many uses an hour, counted over all processes from the first one on. */
export const createHourlyLimit = (redis: Redis, name: string, uses: number): HourlyLimit => ({
  use: async (subject) => {
    const key = redisKeys.hourlyUses(name, subject)
    const answers = await redis
      .multi()
      .incr(key)
      .expire(key, windowSeconds, 'NX')
      .exec()
      .catch((cause: unknown) => {
        throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause })
      })
    const count = answers?.[0]?.[1]
    // Without a count there is no limit, so there is no use either.
    if (typeof count !== 'number') throw new AppError('QUEUE_UNAVAILABLE')
    return count <= uses
  },
})
