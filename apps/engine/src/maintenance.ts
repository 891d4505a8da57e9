import { randomUUID } from 'node:crypto'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { Part } from './lifecycle.ts'
import { errorFields, type Logger } from './observability/logger.ts'
import type { OpenRedis } from './redis.ts'
import { redisKeys } from './redis-keys.ts'

const everyMs = 60 * 60_000
const dayMs = 24 * everyMs

/** Makes coming partitions and drops what is past its time, at start and every hour, in one process at a time. */
export const createMaintenance = (options: {
  database: Database
  openRedis: OpenRedis
  /** What has to be told when it goes. */
  expireAlarms(): Promise<number>
  deadLetters: { days: number; mostPerTenant: number }
  deletedDashboards: { days: number }
  logger: Logger
}): Part => {
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const run = async () => {
    if (!redis) return
    const holds = await redis.set(redisKeys.duty('maintenance'), ownerId, 'PX', everyMs / 2, 'NX')
    if (holds !== 'OK') return
    await options.database.maintenance.run(Date.now(), options.deadLetters)
    await options.expireAlarms()
    await options.database.fieldStates.removeGone()
    await options.database.deletedDashboards.forgetOld(Date.now() - options.deletedDashboards.days * dayMs)
  }
  const logFailure = (error: unknown) => options.logger.warn(errorFields(error), 'maintenance did not run')

  return {
    name: 'maintenance',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      // Not awaited: the writers make a missing partition themselves.
      running = run().catch(logFailure)
      timer = setInterval(() => {
        running = running.then(run).catch(logFailure)
      }, everyMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
