import type { Sql } from './connection/sql.ts'
import type { Database } from './database.ts'
import { nullUuid } from '@thingwire/contracts'
import { removeCountsOfGoneNodes } from './alarms/alarm-rules.repository.ts'
import { defaultKeeping, expireDeadLetters } from './dead-letters/expiry.ts'
import { removeExpiredPoints } from './telemetry/expiry.ts'
import { type PartitionedTable, partitionedTables, periodOf } from './partitions/calendar.ts'
import { expireInputLog } from './input-log/expiry.ts'
import type { Partitions } from './partitions/partitions.ts'

const dayMs = 86_400_000

/** How long rows are kept, in days. */
const keepDays = {
  debug_events: 7,
  lifecycle_events: 365,
  audit_logs: 365,
  ledger: 400,
  /** Longer than a job may wait or be retried in the queue: a batch that is forgotten here would count twice. */
  settled_batches: 2,
  /** An entity's dictionary row outlives it, so that late writes of other processes are found and removed too. */
  deleted_entities: 1,
} as const

/** Rows removed per statement: small enough that nobody waits long for it. */
const chunk = 20_000

/** Processes that find another one at it leave; the number is the lock's name. */
const lockKey = 7_284_619_351

export const createMaintenance = (sql: Sql, partitions: Partitions): Database['maintenance'] => ({
  run: async (nowMs, keep = defaultKeeping) => {
    const client = await sql.pool.connect()
    try {
      const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [lockKey])
      if (!rows[0]?.free) return
      try {
        await makeComing(partitions, nowMs)
        await dropExpired(sql, partitions, nowMs)
        await partitions.dropBefore(partitionedTables.dead_letters, nowMs - keep.days * dayMs)
        await expireDeadLetters(sql, keep, nowMs)
        await removeDeletedEntities(sql, nowMs)
        await removeCountsOfGoneNodes(sql)
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [lockKey])
      }
    } finally {
      client.release()
    }
  },
})

const makeComing = async (partitions: Partitions, nowMs: number) => {
  for (const table of Object.values<PartitionedTable>(partitionedTables)) {
    const next = periodOf(table, nowMs).toMs
    await partitions.ensure(table, [nowMs, next, periodOf(table, next).toMs], nowMs)
  }
}

const dropExpired = async (sql: Sql, partitions: Partitions, nowMs: number) => {
  for (const name of ['debug_events', 'lifecycle_events', 'audit_logs'] as const) {
    const { table, column } = partitionedTables[name]
    const before = nowMs - keepDays[name] * dayMs
    await partitions.dropBefore(partitionedTables[name], before)
    await deleteInChunks(sql, `${table}_default`, `${column} < ${before}`)
  }
  await deleteInChunks(sql, 'settled_batches', `settled_at < ${nowMs - keepDays.settled_batches * dayMs}`)
  await deleteInChunks(sql, 'signed_out_sessions', `expires_at < ${nowMs}`)
  await deleteInChunks(sql, 'ledger', `minute < ${nowMs - keepDays.ledger * dayMs}`)
  await expireInputLog(sql, partitions, nowMs)
  await expireTelemetry(sql, partitions, nowMs)
  await removeExpiredPoints(sql, nowMs)
}

/** `defaultStorageTtlDays` of the tenant profiles; 0 keeps for ever. */
const expireTelemetry = async (sql: Sql, partitions: Partitions, nowMs: number) => {
  const { rows } = await sql.query<{ tenant_id: string; days: number }>(
    `SELECT t.id AS tenant_id, COALESCE((p.profile_data -> 'configuration' ->> 'defaultStorageTtlDays')::int, 0) AS days
     FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id`,
  )
  if (rows.length === 0) return
  const longest = rows.some((row) => row.days <= 0)
    ? Number.POSITIVE_INFINITY
    : Math.max(...rows.map((row) => row.days))
  if (Number.isFinite(longest)) await partitions.dropBefore(partitionedTables.ts_kv, nowMs - longest * dayMs)
  for (const { tenant_id, days } of rows) {
    if (days <= 0) continue
    const entities = await sql.query<{ ref: number }>({
      text: 'SELECT ref FROM telemetry_entities WHERE tenant_id = $1',
      values: [tenant_id],
    })
    for (const { ref } of entities.rows)
      await sql.query({ text: 'DELETE FROM ts_kv WHERE entity = $1 AND ts < $2', values: [ref, nowMs - days * dayMs] })
  }
}

const removeDeletedEntities = async (sql: Sql, nowMs: number) => {
  // Entities of a tenant that is gone: the tenant's deletion took everything else with it.
  await sql.query({
    text: `UPDATE telemetry_entities e SET deleted_at = $1
           WHERE deleted_at IS NULL AND tenant_id <> $2 AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = e.tenant_id)`,
    // Things of the system have no tenant.
    values: [nowMs, nullUuid],
  })
  const { rows } = await sql.query<{ ref: number; deleted_at: number }>(
    'SELECT ref, deleted_at FROM telemetry_entities WHERE deleted_at IS NOT NULL',
  )
  for (const { ref, deleted_at } of rows) {
    for (const table of ['ts_kv_latest', 'attributes', 'ts_kv'])
      await sql.query({ text: `DELETE FROM ${table} WHERE entity = $1`, values: [ref] })
    if (deleted_at < nowMs - keepDays.deleted_entities * dayMs)
      await sql.query({ text: 'DELETE FROM telemetry_entities WHERE ref = $1', values: [ref] })
  }
}

const deleteInChunks = async (sql: Sql, table: string, condition: string) => {
  for (;;) {
    const { rowCount } = await sql.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${chunk}))`,
    )
    if ((rowCount ?? 0) < chunk) return
  }
}
