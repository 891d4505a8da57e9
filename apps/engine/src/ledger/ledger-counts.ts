import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'

export const ledgerMinute = (atMs: number): number => Math.floor(atMs / 60_000) * 60_000

/** Counts of one minute that still stand in Redis, per tenant. */
export const readCounts = async (
  redis: Redis,
  minuteMs: number,
): Promise<{ accepted: Map<string, number>; rejected: Map<string, number> }> => {
  const [accepted, rejected] = await Promise.all([
    redis.hgetall(redisKeys.ledgerAccepted(minuteMs)),
    redis.hgetall(redisKeys.ledgerRejected(minuteMs)),
  ])
  return { accepted: numbers(accepted), rejected: numbers(rejected) }
}

const numbers = (hash: Record<string, string>): Map<string, number> =>
  new Map(Object.entries(hash).map(([tenantId, count]) => [tenantId, Number(count)]))
