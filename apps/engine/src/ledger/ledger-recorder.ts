import { randomUUID } from 'node:crypto'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { ledgerMinute, readCounts } from './ledger-counts.ts'
import { moveOutcomes } from './outcomes.ts'

export type LedgerRecorder = Part & {
  /** Counts uplinks of a known device that were refused. */
  rejected(tenantId: string, messages: number): void
}

const flushMs = 1_000
const moveMs = 15_000
/** Counts stay in Redis this long after their minute: a batch that could not be written keeps its minute for a while. */
const keepMs = 15 * 60_000

/** Removes the counts of a minute unless they grew since they were read. KEYS: accepted, rejected, minutes. */
const forgetScript = `
local function total(key)
  local sum = 0
  for _, v in ipairs(redis.call('HVALS', key)) do sum = sum + tonumber(v) end
  return sum
end
if total(KEYS[1]) == tonumber(ARGV[2]) and total(KEYS[2]) == tonumber(ARGV[3]) then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('ZREM', KEYS[3], ARGV[1])
  return 1
end
return 0
`

/**
 * Counts rejections and moves counts from Redis to PostgreSQL: outcomes every second, what was accepted and refused when
 * its minute is closed. The latter are absolute, so moving twice changes nothing; one process at a time does it.
 */
export const createLedgerRecorder = (options: {
  database: Database
  openRedis: OpenRedis
  logger: Logger
}): LedgerRecorder => {
  const { database, logger } = options
  const ownerId = randomUUID()
  let redis: Redis | null = null
  let pending = new Map<string, number>()
  let flushTimer: NodeJS.Timeout | null = null
  let moveTimer: NodeJS.Timeout | null = null
  let moving: Promise<void> = Promise.resolve()
  let flushing: Promise<void> | null = null

  const flush = async () => {
    if (pending.size === 0 || redis?.status !== 'ready') return
    const counts = pending
    pending = new Map()
    const minute = ledgerMinute(Date.now())
    const transaction = redis.multi().zadd(redisKeys.ledgerMinutes, minute, minute)
    for (const [tenantId, count] of counts) transaction.hincrby(redisKeys.ledgerRejected(minute), tenantId, count)
    await transaction.exec()
  }

  const isOnDuty = async (connection: Redis): Promise<boolean> => {
    const key = redisKeys.duty('ledger')
    return (
      (await connection.set(key, ownerId, 'PX', moveMs * 2, 'NX')) === 'OK' || (await connection.get(key)) === ownerId
    )
  }

  const move = async () => {
    if (redis?.status !== 'ready' || !(await isOnDuty(redis))) return
    const now = Date.now()
    const minutes = (await redis.zrange(redisKeys.ledgerMinutes, 0, '-1')).map(Number)
    for (const minute of minutes) {
      if (minute >= ledgerMinute(now)) continue
      const { accepted, rejected } = await readCounts(redis, minute)
      const tenants = new Set([...accepted.keys(), ...rejected.keys()])
      await database.ledger.recordAccepted(
        [...tenants].map((tenantId) => {
          const refused = rejected.get(tenantId) ?? 0
          // What was refused also came in: the ledger's accepted column is everything that must be explained.
          return { tenantId, minuteMs: minute, accepted: (accepted.get(tenantId) ?? 0) + refused, rejected: refused }
        }),
      )
      if (minute > now - keepMs) continue
      const keys = [redisKeys.ledgerAccepted(minute), redisKeys.ledgerRejected(minute), redisKeys.ledgerMinutes]
      await redis.eval(forgetScript, keys.length, ...keys, minute, total(accepted), total(rejected))
    }
  }

  const everySecond = async () => {
    await flush()
    if (redis?.status === 'ready' && (await isOnDuty(redis))) await moveOutcomes(redis, database.ledger)
  }

  const logFailure = (error: unknown) => logger.warn(errorFields(error), 'ledger not moved')

  return {
    name: 'ledger recorder',
    rejected: (tenantId, messages) => pending.set(tenantId, (pending.get(tenantId) ?? 0) + messages),
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      flushTimer = setInterval(() => {
        flushing ??= everySecond()
          .catch(logFailure)
          .finally(() => {
            flushing = null
          })
      }, flushMs)
      moveTimer = setInterval(() => {
        moving = moving.then(move).catch(logFailure)
      }, moveMs)
    },
    stop: async () => {
      if (flushTimer) clearInterval(flushTimer)
      if (moveTimer) clearInterval(moveTimer)
      await flushing
      await flush().catch(logFailure)
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}

const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)
