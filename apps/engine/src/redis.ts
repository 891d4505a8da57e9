import { Redis } from 'ioredis'
import type { Logger } from './observability/logger.ts'

/**
 * `writes`: a command fails at once when Redis is away and is never sent again behind our back; the lane decides.
 * `commands`: short commands that may wait for a reconnect a little.
 * `worker`: BullMQ workers; they wait for as long as it takes.
 * `subscriber`: resubscribes by itself.
 */
export type RedisPurpose = 'writes' | 'commands' | 'worker' | 'subscriber'

export type OpenRedis = (purpose: RedisPurpose) => Redis

const reconnectDelay = (attempt: number) => Math.min(50 * attempt, 1_000)

const optionsFor = (purpose: RedisPurpose) => {
  const common = { retryStrategy: reconnectDelay, connectTimeout: 5_000, lazyConnect: true }
  switch (purpose) {
    case 'writes':
      // A hung server looks like a slow one until the socket timeout; the batch id makes the repeat harmless.
      return {
        ...common,
        enableOfflineQueue: false,
        autoResendUnfulfilledCommands: false,
        maxRetriesPerRequest: 0,
        socketTimeout: 15_000,
      }
    case 'commands':
      return { ...common, maxRetriesPerRequest: 3 }
    case 'worker':
    case 'subscriber':
      return { ...common, maxRetriesPerRequest: null }
  }
}

/** Makes connections to one Redis; each logs when it is lost and when it is back. Nothing connects before `connect()`. */
export const redisOpener =
  (url: string, logger: Logger): OpenRedis =>
  (purpose) => {
    const redis = new Redis(url, optionsFor(purpose))
    let isLost = false
    redis.on('error', (error: Error) => {
      if (!isLost) logger.warn({ connection: purpose, error: error.message }, 'redis connection trouble')
      isLost = true
    })
    redis.on('ready', () => {
      if (isLost) logger.info({ connection: purpose }, 'redis is back')
      isLost = false
    })
    return redis
  }

/** Settings without which an acknowledged message could be lost. One sentence each; empty when all is well. */
export const durabilityProblems = async (redis: Redis): Promise<{ refuse: string[]; warn: string[] }> => {
  const refuse: string[] = []
  const warn: string[] = []
  let settings: Map<string, string>
  try {
    settings = await readSettings(redis)
  } catch {
    return { refuse, warn: ['Redis does not allow CONFIG GET: cannot check that its append-only file is synced'] }
  }
  const policy = settings.get('maxmemory-policy')
  if (policy !== 'noeviction') refuse.push(`Redis maxmemory-policy is ${policy}; it must be noeviction`)
  if (settings.get('appendonly') !== 'yes')
    warn.push('Redis runs without an append-only file: acknowledged messages are lost when it dies')
  else if (settings.get('appendfsync') !== 'always')
    warn.push('Redis appendfsync is not "always": up to a second of acknowledged messages is lost when it dies')
  return { refuse, warn }
}

const readSettings = async (redis: Redis): Promise<Map<string, string>> => {
  const flat = await redis.config('GET', 'appendonly', 'appendfsync', 'maxmemory-policy')
  const settings = new Map<string, string>()
  if (Array.isArray(flat))
    for (let i = 0; i + 1 < flat.length; i += 2) settings.set(String(flat[i]), String(flat[i + 1]))
  return settings
}
