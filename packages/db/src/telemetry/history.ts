import type { Aggregation, TsValue } from '@thingwire/contracts'
import { int4Array, textArray } from '../connection/binary-arrays.ts'
import { parseInt8, type Sql } from '../connection/sql.ts'
import type { HistoryQuery } from '../database.ts'
import { fromColumns, type ValueColumns } from './typed-values.ts'

type Located = HistoryQuery & { entity: number; keyIds: ReadonlyMap<string, number> }

/** Points as stored, per key: at most `limit`, in the asked order. */
export const readRaw = async (sql: Sql, q: Located): Promise<Record<string, TsValue[]>> => {
  const direction = q.order === 'ASC' ? 'ASC' : 'DESC'
  const { rows } = await sql.query<ValueColumns & { key: string; ts: number }>({
    name: `history-raw-${direction}`,
    text: `SELECT k.key, t.* FROM unnest($2::int4[], $3::text[]) AS k (id, key)
           CROSS JOIN LATERAL (
             SELECT ts, long_v, dbl_v, bool_v, str_v, json_v FROM ts_kv
             WHERE entity = $1 AND key = k.id AND ts >= $4 AND ts < $5 ORDER BY ts ${direction} LIMIT $6
           ) t`,
    values: [q.entity, ...keyArrays(q), q.startTs, q.endTs, q.limit],
  })
  const result: Record<string, TsValue[]> = {}
  for (const row of rows) {
    const value = fromColumns(row)
    if (value) pointsOf(result, row.key).push({ ts: row.ts, ...value })
  }
  return result
}

/** A bucket's result: text stands for an exact integer of any size. */
type BucketRow = { key: string; bucket: number; long_v: string | null; dbl_v: number | null; str_v: string | null }

const numbers = 'COALESCE(dbl_v, long_v::float8)'

/**
 * What a bucket becomes (as ThingsBoard). Sums of integers stay exact (numeric) until they are read; a bucket
 * without numbers sums to 0 and averages to 0.0, as clients know it.
 */
const aggregates: Record<Exclude<Aggregation, 'NONE'>, string> = {
  AVG: `NULL::text AS long_v, COALESCE(sum(${numbers}) / NULLIF(count(${numbers}), 0), 0) AS dbl_v, NULL::text AS str_v`,
  SUM: `CASE WHEN count(dbl_v) = 0 THEN COALESCE(sum(long_v), 0)::text END AS long_v,
        CASE WHEN count(dbl_v) > 0 THEN sum(${numbers}) END AS dbl_v, NULL::text AS str_v`,
  MIN: extreme('min', 'LEAST'),
  MAX: extreme('max', 'GREATEST'),
  COUNT: `(CASE WHEN count(bool_v) > 0 THEN count(bool_v) WHEN count(str_v) > 0 THEN count(str_v)
                WHEN count(json_v) > 0 THEN count(json_v) ELSE count(long_v) + count(dbl_v) END)::text AS long_v,
          NULL::float8 AS dbl_v, NULL::text AS str_v`,
}

function extreme(fn: 'min' | 'max', pick: 'LEAST' | 'GREATEST'): string {
  return `CASE WHEN count(dbl_v) = 0 THEN ${fn}(long_v)::text END AS long_v,
          CASE WHEN count(dbl_v) > 0 THEN ${pick}(${fn}(dbl_v), ${fn}(long_v)::float8) END AS dbl_v,
          CASE WHEN count(dbl_v) + count(long_v) = 0 THEN ${fn}(str_v COLLATE "C") END AS str_v`
}

/** One point per non-empty bucket, ascending. Buckets start at `startTs`; the last one is cut at `endTs`. */
export const readAggregated = async (
  sql: Sql,
  q: Located & { aggregation: Exclude<Aggregation, 'NONE'> },
): Promise<Record<string, TsValue[]>> => {
  const { rows } = await sql.query<BucketRow>({
    name: `history-${q.aggregation}`,
    text: `SELECT k.key, b.* FROM unnest($2::int4[], $3::text[]) AS k (id, key)
           CROSS JOIN LATERAL (
             SELECT (ts - $4::int8) / $6::int8 AS bucket, ${aggregates[q.aggregation]} FROM ts_kv
             WHERE entity = $1 AND key = k.id AND ts >= $4 AND ts < $5 GROUP BY 1
           ) b ORDER BY k.key, b.bucket`,
    values: [q.entity, ...keyArrays(q), q.startTs, q.endTs, q.intervalMs],
  })
  const result: Record<string, TsValue[]> = {}
  for (const row of rows) {
    const point = toPoint(row, q)
    if (point) pointsOf(result, row.key).push(point)
  }
  return result
}

/** Null for a bucket that holds nothing of the aggregate's kind (the smallest of booleans). */
const toPoint = (row: BucketRow, q: HistoryQuery): TsValue | null => {
  const from = q.startTs + row.bucket * q.intervalMs
  const to = Math.min(from + q.intervalMs, q.endTs)
  const ts = from + Math.floor((to - from) / 2)
  if (row.dbl_v !== null) return { ts, type: 'DOUBLE', value: row.dbl_v }
  if (row.long_v !== null) return { ts, ...exactInteger(row.long_v) }
  return row.str_v === null ? null : { ts, type: 'STRING', value: row.str_v }
}

/** A sum of integers may leave 64 bits; then it goes on as a floating point number. */
const exactInteger = (text: string) => {
  const value = parseInt8(text)
  const fits = typeof value === 'number' || BigInt.asIntN(64, value) === value
  return fits ? { type: 'LONG' as const, value } : { type: 'DOUBLE' as const, value: Number(text) }
}

const keyArrays = (q: Located): [Buffer, Buffer] => [int4Array([...q.keyIds.values()]), textArray([...q.keyIds.keys()])]

const pointsOf = (result: Record<string, TsValue[]>, key: string): TsValue[] => {
  // A device may call a key `__proto__`; assigning that would change the object's prototype.
  if (!Object.hasOwn(result, key))
    Object.defineProperty(result, key, { value: [], enumerable: true, configurable: true, writable: true })
  return result[key] ?? []
}
