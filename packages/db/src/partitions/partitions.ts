import type { Queryable, Sql } from '../connection/sql.ts'
import { isPlausible, type PartitionedTable, type Period, periodOf, type Split } from './calendar.ts'

export type Partitions = {
  /** Makes the partitions that rows of these moments need; a look in memory when they are known. */
  ensure(table: PartitionedTable, moments: Iterable<number>, nowMs: number): Promise<void>
  /** Drops the partitions that lie wholly before the moment. Returns their names. */
  dropBefore(table: PartitionedTable, ms: number): Promise<string[]>
}

export const createPartitions = (sql: Sql): Partitions => {
  const known = new Set<string>()
  const making = new Map<string, Promise<void>>()

  const makeOnce = (table: PartitionedTable, period: Period): Promise<void> => {
    const running = making.get(period.name)
    if (running) return running
    const promise = sql
      .transaction((tx) => make(tx, table, period))
      .then(() => {
        known.add(period.name)
      })
      .finally(() => making.delete(period.name))
    making.set(period.name, promise)
    return promise
  }

  return {
    ensure: async (table, moments, nowMs) => {
      // Most rows of a batch lie in the same period.
      let last: Period | undefined
      for (const ts of moments) {
        if (last && ts >= last.fromMs && ts < last.toMs) continue
        if (!isPlausible(ts, nowMs)) continue
        last = periodOf(table, ts)
        if (!known.has(last.name)) await makeOnce(table, last)
      }
    },

    dropBefore: async (table, ms) => {
      const { rows } = await sql.query<{ name: string; bound: string }>({
        text: `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
               FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = $1::regclass ORDER BY 1`,
        values: [table.table],
      })
      const dropped: string[] = []
      for (const { name, bound } of rows) {
        const end = Number(/TO \('(-?\d+)'\)/.exec(bound)?.[1] ?? Number.NaN)
        // The default partition has no bounds and stays.
        if (!(end <= ms)) continue
        await sql.query(`DROP TABLE IF EXISTS "${name}"`)
        known.delete(name)
        dropped.push(name)
      }
      return dropped
    },
  }
}

/**
 * Built beside the parent and attached: that needs no exclusive lock on it, so writers go on. Rows of the period that
 * fell into the default partition earlier (a time that was not plausible then) move along.
 */
const make = async (tx: Queryable, { table, column, within }: PartitionedTable, { name, fromMs, toMs }: Period) => {
  await tx.query({ text: 'SELECT pg_advisory_xact_lock(hashtext($1))', values: [`partition ${name}`] })
  const { rows } = await tx.query<{ found: boolean }>({
    text: 'SELECT to_regclass($1) IS NOT NULL AS found',
    values: [name],
  })
  if (rows[0]?.found) return
  await tx.query(`LOCK TABLE "${table}_default" IN ACCESS EXCLUSIVE MODE`)
  await tx.query(`CREATE TABLE "${name}" (LIKE "${table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)
    ${within ? `PARTITION BY HASH ("${within.column}")` : ''}`)
  if (within) await tx.query(partsOf(name, within).join(';'))
  await tx.query(
    `WITH moved AS (DELETE FROM "${table}_default" WHERE "${column}" >= ${fromMs} AND "${column}" < ${toMs} RETURNING *)
     INSERT INTO "${name}" SELECT * FROM moved`,
  )
  await tx.query(`ALTER TABLE "${table}" ATTACH PARTITION "${name}" FOR VALUES FROM (${fromMs}) TO (${toMs})`)
}

const partsOf = (name: string, { parts }: Split): string[] =>
  Array.from(
    { length: parts },
    (_, part) =>
      `CREATE TABLE "${name}_p${part}" PARTITION OF "${name}" FOR VALUES WITH (MODULUS ${parts}, REMAINDER ${part})`,
  )
