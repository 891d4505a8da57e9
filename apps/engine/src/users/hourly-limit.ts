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
    const answers = await redis.multi().incr(key).expire(key, windowSeconds, 'NX').exec()
    return Number(answers?.[0]?.[1] ?? 0) <= uses
  },
})
