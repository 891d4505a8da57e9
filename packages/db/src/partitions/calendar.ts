/** A table split by time: one partition per day or month of a bigint column that holds epoch milliseconds (UTC). */
export type PartitionedTable = { table: string; column: string; unit: 'day' | 'month'; within?: Split }

/** Each period is split further, by the hash of a column: what has the same value there lies closer together. */
export type Split = { column: string; parts: number }

export const partitionedTables = {
  // Points lie on pages as they come, so those of one entity lie on as many pages as others share the table with it.
  ts_kv: { table: 'ts_kv', column: 'ts', unit: 'month', within: { column: 'entity', parts: 32 } },
  debug_events: { table: 'debug_events', column: 'ts', unit: 'day' },
  lifecycle_events: { table: 'lifecycle_events', column: 'ts', unit: 'month' },
  input_messages: { table: 'input_messages', column: 'ts', unit: 'day' },
  audit_logs: { table: 'audit_logs', column: 'created_time', unit: 'month' },
  dead_letters: { table: 'dead_letters', column: 'created_time', unit: 'month' },
} as const satisfies Record<string, PartitionedTable>

export type Period = { name: string; fromMs: number; toMs: number }

/** The partition that a moment belongs to: `[fromMs, toMs)`. */
export const periodOf = ({ table, unit }: PartitionedTable, ts: number): Period => {
  const at = new Date(ts)
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  const digits = (n: number) => String(n).padStart(2, '0')
  return unit === 'month'
    ? {
        name: `${table}_${year}_${digits(month + 1)}`,
        fromMs: Date.UTC(year, month, 1),
        toMs: Date.UTC(year, month + 1, 1),
      }
    : {
        name: `${table}_${year}_${digits(month + 1)}_${digits(day)}`,
        fromMs: Date.UTC(year, month, day),
        toMs: Date.UTC(year, month, day + 1),
      }
}

const earliestMs = Date.UTC(2020, 0, 1)
const yearMs = 366 * 86_400_000

/**
 * Whether a device's time deserves a partition of its own. Times from before 2020 (a clock that was never set) and more
 * than a year ahead go to the default partition: a thousand broken clocks must not make a thousand tables.
 */
export const isPlausible = (ts: number, nowMs: number): boolean => ts >= earliestMs && ts < nowMs + yearMs
