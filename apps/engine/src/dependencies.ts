import type { Database } from '@thingwire/db'
import { errorFields, type Logger } from './observability/logger.ts'
import type { OpenRedis } from './redis.ts'

const firstPauseMs = 200
const longestPauseMs = 3_000

/**
 * Waits until Redis and PostgreSQL answer, and says every few seconds what it waits for. A platform that starts its
 * machines in any order must find its way without restarts.
 */
export const waitForDependencies = async (options: {
  database: Database
  openRedis: OpenRedis
  logger: Logger
  signal: AbortSignal
}): Promise<void> => {
  const redis = options.openRedis('writes')
  try {
    await until('PostgreSQL', () => options.database.ping(), options)
    await until(
      'Redis',
      async () => {
        if (redis.status !== 'ready') await redis.connect().catch(() => {})
        await redis.ping()
      },
      options,
    )
  } finally {
    redis.disconnect()
  }
}

const until = async (
  what: string,
  check: () => Promise<unknown>,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> => {
  let saidAtMs = 0
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted()
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() - saidAtMs >= longestPauseMs) {
        logger.warn({ ...errorFields(error), stack: undefined }, `waiting for ${what}`)
        saidAtMs = Date.now()
      }
    }
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, pauseMs)
      signal.addEventListener('abort', done)
    })
  }
}
