import { int8Array, textArray, uuidArray } from './connection/binary-arrays.ts'
import type { Queryable, Sql } from './connection/sql.ts'
import type { BatchSettlement, Database, LedgerCount, LedgerRow } from './database.ts'
import { partitionedTables } from './partitions/calendar.ts'
import type { Partitions } from './partitions/partitions.ts'
import { headOf } from './dead-letters/head.ts'
import { withoutNul } from './rows.ts'

const minuteMs = 60_000
const minuteOf = (ms: number) => Math.floor(ms / minuteMs) * minuteMs

export const createLedgerRepository = (sql: Sql, partitions: Partitions): Database['ledger'] => ({
  settle: async (settlements) => {
    if (settlements.length === 0) return
    const now = Date.now()
    if (!settlements.some((settlement) => settlement.deadLetters.length > 0))
      return countOnce(sql, countsOf(settlements), now)
    await partitions.ensure(partitionedTables.dead_letters, [now], now)
    await sql.transaction(async (tx) => {
      const fresh = await claim(tx, settlements, now)
      await addOutcomes(tx, fresh)
      await addDeadLetters(tx, fresh, now)
    })
  },

  addOutcomes: async (id, counts) => {
    if (counts.length === 0) return
    await countOnce(
      sql,
      counts.map((count) => ({ id, ...count })),
      Date.now(),
    )
  },

  hasOutcomes: async (id) => {
    const { rows } = await sql.query<{ found: boolean }>({
      text: 'SELECT EXISTS (SELECT 1 FROM settled_batches WHERE batch_id = $1) AS found',
      values: [id],
    })
    return rows[0]?.found === true
  },

  recordAccepted: async (rows) => {
    if (rows.length === 0) return
    const sorted = [...rows].sort((a, b) => order(a, b))
    await sql.retrying({
      text: `INSERT INTO ledger AS l (tenant_id, minute, accepted, rejected)
             SELECT tenant_id, minute, max(accepted), max(rejected)
             FROM unnest($1::uuid[], $2::int8[], $3::int8[], $4::int8[]) AS r (tenant_id, minute, accepted, rejected)
             GROUP BY 1, 2 ORDER BY 1, 2
             -- Counts are absolute and only grow: a second or late call cannot lower them.
             ON CONFLICT (tenant_id, minute) DO UPDATE
               SET accepted = GREATEST(l.accepted, excluded.accepted), rejected = GREATEST(l.rejected, excluded.rejected)`,
      values: [
        uuidArray(sorted.map((row) => row.tenantId)),
        int8Array(sorted.map((row) => minuteOf(row.minuteMs))),
        int8Array(sorted.map((row) => row.accepted)),
        int8Array(sorted.map((row) => row.rejected)),
      ],
    })
  },

  read: async (scope, { fromMs, toMs }) => {
    // The ledger is of the whole tenant; a customer's share of it is not known.
    if (scope.kind === 'customer') return []
    const { rows } = await sql.query<LedgerRow>({
      text: `SELECT tenant_id AS "tenantId", minute AS "minuteMs", accepted, rejected, stored, finished,
                    dead_lettered AS "deadLettered"
             FROM ledger WHERE minute >= $1 AND minute < $2 AND ($3::uuid IS NULL OR tenant_id = $3)
             ORDER BY minute, tenant_id`,
      values: [fromMs, toMs, scope.kind === 'tenant' ? scope.tenantId : null],
    })
    return rows
  },
})

/** Claims and counts in one statement: what was counted under the same id before is not counted again. */
const countOnce = async (sql: Sql, counts: readonly (LedgerCount & { id: string })[], now: number): Promise<void> => {
  const ids = [...new Set(counts.map(({ id }) => id.toLowerCase()))]
  await sql.retrying({
    name: 'ledger-settle',
    text: `WITH fresh AS (
             INSERT INTO settled_batches (batch_id, settled_at) SELECT id, $2 FROM unnest($1::uuid[]) AS b (id) ORDER BY id
             ON CONFLICT DO NOTHING RETURNING batch_id
           )
           INSERT INTO ledger AS l (tenant_id, minute, stored, finished, dead_lettered)
           SELECT r.tenant_id, r.minute, sum(r.stored)::int8, sum(r.finished)::int8, sum(r.dead)::int8
           FROM unnest($3::uuid[], $4::uuid[], $5::int8[], $6::int8[], $7::int8[], $8::int8[])
             AS r (batch_id, tenant_id, minute, stored, finished, dead)
           JOIN fresh USING (batch_id)
           -- Many processes settle the same tenant's minute: rows are locked in one order.
           GROUP BY 1, 2 ORDER BY 1, 2
           ON CONFLICT (tenant_id, minute) DO UPDATE
             SET stored = l.stored + excluded.stored, finished = l.finished + excluded.finished,
                 dead_lettered = l.dead_lettered + excluded.dead_lettered`,
    values: [
      uuidArray(ids),
      now,
      uuidArray(counts.map(({ id }) => id)),
      uuidArray(counts.map((count) => count.tenantId)),
      int8Array(counts.map((count) => minuteOf(count.minuteMs))),
      int8Array(counts.map((count) => count.stored)),
      int8Array(counts.map((count) => count.finished)),
      int8Array(counts.map((count) => count.deadLettered)),
    ],
  })
}

/** One entry a batch and outcome; a batch that is named twice is taken once. */
const countsOf = (settlements: readonly BatchSettlement[]): (LedgerCount & { id: string })[] => {
  const byId = new Map(settlements.map((settlement) => [settlement.batchId.toLowerCase(), settlement]))
  return [...byId].flatMap(([id, { acceptedAt, outcomes }]) =>
    outcomes.map((outcome) => ({ id, minuteMs: acceptedAt, ...outcome })),
  )
}

const order = (a: { tenantId: string; minuteMs: number }, b: { tenantId: string; minuteMs: number }) =>
  a.tenantId < b.tenantId ? -1 : a.tenantId > b.tenantId ? 1 : a.minuteMs - b.minuteMs

/** The settlements that were not counted before. */
const claim = async (
  tx: Queryable,
  settlements: readonly BatchSettlement[],
  now: number,
): Promise<BatchSettlement[]> => {
  const byId = new Map(settlements.map((settlement) => [settlement.batchId.toLowerCase(), settlement]))
  const { rows } = await tx.query<{ batch_id: string }>({
    name: 'ledger-claim',
    text: `INSERT INTO settled_batches (batch_id, settled_at) SELECT id, $2 FROM unnest($1::uuid[]) AS b (id) ORDER BY id
           ON CONFLICT DO NOTHING RETURNING batch_id`,
    values: [uuidArray([...byId.keys()]), now],
  })
  return rows.flatMap((row) => byId.get(row.batch_id) ?? [])
}

const addOutcomes = async (tx: Queryable, settlements: readonly BatchSettlement[]) => {
  const sums = new Map<string, { tenantId: string; minuteMs: number; stored: number; finished: number; dead: number }>()
  for (const { acceptedAt, outcomes } of settlements) {
    for (const { tenantId, stored, finished, deadLettered } of outcomes) {
      const minute = minuteOf(acceptedAt)
      const key = `${tenantId}/${minute}`
      const sum = sums.get(key) ?? { tenantId, minuteMs: minute, stored: 0, finished: 0, dead: 0 }
      sums.set(key, {
        ...sum,
        stored: sum.stored + stored,
        finished: sum.finished + finished,
        dead: sum.dead + deadLettered,
      })
    }
  }
  if (sums.size === 0) return
  // Many processes settle the same tenant's minute: rows are locked in one order.
  const rows = [...sums.values()].sort(order)
  await tx.query({
    name: 'ledger-add',
    text: `INSERT INTO ledger AS l (tenant_id, minute, stored, finished, dead_lettered)
           SELECT * FROM unnest($1::uuid[], $2::int8[], $3::int8[], $4::int8[], $5::int8[])
           ON CONFLICT (tenant_id, minute) DO UPDATE
             SET stored = l.stored + excluded.stored, finished = l.finished + excluded.finished,
                 dead_lettered = l.dead_lettered + excluded.dead_lettered`,
    values: [
      uuidArray(rows.map((row) => row.tenantId)),
      int8Array(rows.map((row) => row.minuteMs)),
      int8Array(rows.map((row) => row.stored)),
      int8Array(rows.map((row) => row.finished)),
      int8Array(rows.map((row) => row.dead)),
    ],
  })
}

const addDeadLetters = async (tx: Queryable, settlements: readonly BatchSettlement[], now: number) => {
  const letters = settlements.flatMap((settlement) => settlement.deadLetters)
  if (letters.length === 0) return
  const heads = letters.map(({ message }) => headOf(message))
  await tx.query({
    text: `INSERT INTO dead_letters
             (id, created_time, tenant_id, queue_name, rule_chain_id, rule_node_id, error, message, originator_type,
              originator_id, message_type)
           SELECT id, $2, tenant_id, queue_name, rule_chain_id, rule_node_id, error, message::json, originator_type,
                  originator_id, message_type
           FROM unnest($1::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[],
                       $10::text[], $11::text[])
             AS d (id, tenant_id, queue_name, rule_chain_id, rule_node_id, error, message, originator_type,
                   originator_id, message_type)
           ON CONFLICT DO NOTHING`,
    values: [
      uuidArray(letters.map((letter) => letter.id)),
      now,
      uuidArray(letters.map((letter) => letter.tenantId)),
      textArray(letters.map((letter) => withoutNul(letter.queueName))),
      uuidArray(letters.map((letter) => letter.ruleChainId)),
      uuidArray(letters.map((letter) => letter.ruleNodeId)),
      textArray(letters.map((letter) => withoutNul(letter.error))),
      textArray(letters.map((letter) => JSON.stringify(letter.message) ?? 'null')),
      textArray(heads.map((head) => head.originatorType)),
      textArray(heads.map((head) => head.originatorId)),
      textArray(heads.map((head) => head.messageType)),
    ],
  })
}
