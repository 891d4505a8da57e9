import type { Database, LedgerRow, Scope } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'
import { readCounts } from './ledger-counts.ts'
import { readOutcomes } from './outcomes.ts'

export type LedgerTotals = {
  tenantId: string
  accepted: number
  stored: number
  finished: number
  deadLettered: number
  rejected: number
  /** Messages of jobs that wait or run. */
  queued: number
  /** accepted − stored − finished − deadLettered − rejected − queued: zero, or something was lost or counted twice. */
  difference: number
}

export type LedgerAudit = {
  fromMs: number
  toMs: number
  isBalanced: boolean
  tenants: LedgerTotals[]
  rows: LedgerRow[]
}

const jobStates = ['wait', 'active', 'paused', 'delayed', 'prioritized', 'failed'] as const

/** Just enough of a job's data to count it; a batch that the runner cannot read is counted all the same. */
const countableSchema = z.object({ acceptedAt: z.number(), messages: z.array(z.looseObject({ tenantId: z.string() })) })

/**
 * Compares what came in with what became of it, per tenant. Messages move while the two sides are read, so a difference
 * is looked at again, up to `attempts` times, before it is reported.
 */
export const auditLedger = async (
  sources: { database: Database; redis: Redis },
  options: { scope?: Scope; fromMs: number; toMs: number; attempts?: number; pauseMs?: number },
): Promise<LedgerAudit> => {
  const attempts = options.attempts ?? 5
  for (let attempt = 1; ; attempt++) {
    const audit = await auditOnce(sources, options)
    if (audit.isBalanced || attempt >= attempts) return audit
    await new Promise((resolve) => setTimeout(resolve, options.pauseMs ?? 500))
  }
}

const auditOnce = async (
  { database, redis }: { database: Database; redis: Redis },
  options: { scope?: Scope; fromMs: number; toMs: number },
): Promise<LedgerAudit> => {
  const { fromMs, toMs } = options
  const scope = options.scope ?? { kind: 'system' as const }
  const rows = new Map<string, LedgerRow>()
  const rowOf = (tenantId: string, minuteMs: number) =>
    rows.get(`${tenantId} ${minuteMs}`) ?? { ...emptyRow, tenantId, minuteMs }
  const isAskedFor = ({ tenantId, minuteMs }: { tenantId: string; minuteMs: number }) =>
    minuteMs >= fromMs && minuteMs < toMs && (scope.kind === 'system' || scope.tenantId === tenantId)
  const outcomes = await readOutcomes(redis)
  for (const row of await database.ledger.read(scope, { fromMs, toMs }))
    rows.set(`${row.tenantId} ${row.minuteMs}`, row)
  const isMoved = outcomes.moving === null || (await database.ledger.hasOutcomes(outcomes.moving.id))
  for (const count of [...outcomes.waiting, ...(isMoved ? [] : (outcomes.moving?.counts ?? []))]) {
    const { tenantId, minuteMs } = count
    if (!isAskedFor(count)) continue
    const known = rowOf(tenantId, minuteMs)
    rows.set(`${tenantId} ${minuteMs}`, {
      ...known,
      stored: known.stored + count.stored,
      finished: known.finished + count.finished,
      deadLettered: known.deadLettered + count.deadLettered,
    })
  }
  // Open minutes, and minutes not moved yet, stand in Redis only; where both have a minute Redis is the newer.
  for (const minuteMs of (await redis.zrange(redisKeys.ledgerMinutes, 0, '-1')).map(Number)) {
    const { accepted, rejected } = await readCounts(redis, minuteMs)
    for (const tenantId of new Set([...accepted.keys(), ...rejected.keys()])) {
      if (!isAskedFor({ tenantId, minuteMs })) continue
      const known = rowOf(tenantId, minuteMs)
      const refused = rejected.get(tenantId) ?? 0
      rows.set(`${tenantId} ${minuteMs}`, {
        ...known,
        accepted: (accepted.get(tenantId) ?? 0) + refused,
        rejected: refused,
      })
    }
  }
  const queued = await queuedMessages(redis, { fromMs, toMs })
  const tenants = new Map<string, LedgerTotals>()
  for (const row of rows.values()) {
    const total = tenants.get(row.tenantId) ?? emptyTotals(row.tenantId)
    tenants.set(row.tenantId, {
      ...total,
      accepted: total.accepted + row.accepted,
      stored: total.stored + row.stored,
      finished: total.finished + row.finished,
      deadLettered: total.deadLettered + row.deadLettered,
      rejected: total.rejected + row.rejected,
    })
  }
  const totals = [...tenants.values()].map((total) => {
    const waiting = queued.get(total.tenantId) ?? 0
    const explained = total.stored + total.finished + total.deadLettered + total.rejected + waiting
    return { ...total, queued: waiting, difference: total.accepted - explained }
  })
  return {
    fromMs,
    toMs,
    isBalanced: totals.every(({ difference }) => difference === 0),
    tenants: totals,
    rows: [...rows.values()].sort((a, b) => a.minuteMs - b.minuteMs || a.tenantId.localeCompare(b.tenantId)),
  }
}

const emptyRow = { accepted: 0, stored: 0, finished: 0, deadLettered: 0, rejected: 0 }

const emptyTotals = (tenantId: string): LedgerTotals => ({
  tenantId,
  accepted: 0,
  stored: 0,
  finished: 0,
  deadLettered: 0,
  rejected: 0,
  queued: 0,
  difference: 0,
})

/** Reads every job that is left, a few at a time: the answer is exact and the queue is bounded. */
const queuedMessages = async (redis: Redis, range: { fromMs: number; toMs: number }): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  for (const [queueKey, partitions] of Object.entries(await redis.hgetall(redisKeys.queueLayouts))) {
    for (let partition = 0; partition < Number(partitions); partition++) {
      const base = `${redisKeys.bullPrefix}:${redisKeys.queue(queueKey, partition)}`
      const aside = await redis.hkeys(redisKeys.jobsAside(redisKeys.queue(queueKey, partition)))
      for (const id of new Set([...(await jobIds(redis, base)), ...aside])) {
        const data = await redis.hget(`${base}:${id}`, 'data')
        const batch = countableSchema.safeParse(parseJson(data))
        if (!batch.success) continue
        const minute = Math.floor(batch.data.acceptedAt / 60_000) * 60_000
        if (minute < range.fromMs || minute >= range.toMs) continue
        for (const { tenantId } of batch.data.messages) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1)
      }
    }
  }
  return counts
}

const jobIds = async (redis: Redis, base: string): Promise<Set<string>> => {
  const ids = new Set<string>()
  for (const state of jobStates) {
    const key = `${base}:${state}`
    const type = await redis.type(key)
    const members =
      type === 'list' ? await redis.lrange(key, 0, -1) : type === 'zset' ? await redis.zrange(key, 0, '-1') : []
    for (const id of members) ids.add(id)
  }
  return ids
}

const parseJson = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
