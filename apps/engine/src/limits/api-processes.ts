import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisKeys } from '../redis-keys.ts'

/** How many processes serve the API: rate limits are divided among them. */
export type ApiProcesses = {
  /** Tells the others of this process, now and every few seconds. */
  start(redis: Redis): Promise<void>
  stop(): Promise<void>
  /** Including this one; as last heard. */
  count(): number
}

const beatMs = 5_000
const silentMs = 3 * beatMs

/** By the clock of Redis, since those of hosts differ. */
const beatScript = `local now = redis.call('TIME')[1] * 1000
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return redis.call('ZCARD', KEYS[1])`

export const createApiProcesses = (options: { processId: string; logger: Logger }): ApiProcesses => {
  const { processId, logger } = options
  let known = 1
  let running: { redis: Redis; timer: NodeJS.Timeout } | null = null

  const beat = async (redis: Redis) => {
    try {
      const total = await redis.eval(beatScript, 1, redisKeys.apiProcesses, processId, silentMs)
      if (typeof total === 'number' && total > 0) known = total
    } catch (error) {
      // The last count stands: processes seldom come and go while Redis is away.
      logger.debug(errorFields(error), 'the number of API processes is not known')
    }
  }

  return {
    start: async (redis) => {
      await beat(redis)
      running = { redis, timer: setInterval(() => void beat(redis), beatMs).unref() }
    },
    stop: async () => {
      if (!running) return
      clearInterval(running.timer)
      await running.redis.zrem(redisKeys.apiProcesses, processId).catch(() => {})
      running = null
    },
    count: () => known,
  }
}
