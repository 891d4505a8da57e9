import { int4Array, textArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { ExtremesQuery } from '../database.ts'

type Located = ExtremesQuery & { entity: number; keyIds: ReadonlyMap<string, number> }
type Pair = [number, number]
/** Of a column without numbers there are no pairs. */
type ColumnRow = { key: string; first: Pair | null; last: Pair | null; low: Pair | null; high: Pair | null } & Counts
type Counts = { numbers: number; others: number }

/** Numbers with more digits than a double has are stored as text; they are drawn like others. */
const num = `COALESCE(dbl_v, long_v::float8, CASE WHEN str_v ~ '^-?\\d{1,30}(\\.\\d{1,40})?$' THEN str_v::float8 END)`
const ofNumbers = '(WHERE num IS NOT NULL)'
/** So few other values are slips of a device; they do not keep its numbers from being drawn. */
const strayShare = 0.01

/**
 * Of each column of a picture the first, the last, the lowest and the highest number: they draw the line that all points
 * draw. PostgreSQL goes through the points once, so none but these are sent.
 */
export const readExtremes = async (
  sql: Sql,
  q: Located,
): Promise<Map<string, { ts: number; value: number }[] | null>> => {
  const { rows } = await sql.query<ColumnRow>({
    name: 'history-extremes',
    text: `SELECT k.key, c.first, c.last, c.low, c.high, c.numbers, c.others
           FROM unnest($2::int4[], $3::text[]) AS k (id, key)
           CROSS JOIN LATERAL (
             SELECT (ts - $4::int8) * $6::int8 / ($5::int8 - $4::int8) AS place,
               min(ARRAY[ts::float8, num]) FILTER ${ofNumbers} AS first,
               max(ARRAY[ts::float8, num]) FILTER ${ofNumbers} AS last,
               min(ARRAY[num, ts::float8]) FILTER ${ofNumbers} AS low,
               max(ARRAY[num, ts::float8]) FILTER ${ofNumbers} AS high,
               count(num)::int AS numbers, (count(*) - count(num))::int AS others
             FROM (
               SELECT ts, ${num} AS num FROM ts_kv WHERE entity = $1 AND key = k.id AND ts >= $4 AND ts < $5
             ) points GROUP BY 1
           ) c ORDER BY k.key, c.place`,
    values: [
      q.entity,
      int4Array([...q.keyIds.values()]),
      textArray([...q.keyIds.keys()]),
      q.startTs,
      q.endTs,
      q.columns,
    ],
  })
  const found = new Map<string, { ts: number; value: number }[] | null>()
  for (const [key, columns] of Map.groupBy(rows, (row) => row.key)) {
    const total = (name: keyof Counts) => columns.reduce((sum, column) => sum + column[name], 0)
    found.set(key, total('others') > total('numbers') * strayShare ? null : columns.flatMap(pointsOf))
  }
  return found
}

const pointsOf = ({ first, last, low, high }: ColumnRow): { ts: number; value: number }[] => {
  if (!first || !last || !low || !high) return []
  const column = new Map([first, turned(low), turned(high), last])
  return [...column].sort((a, b) => a[0] - b[0]).map(([ts, value]) => ({ ts, value }))
}

const turned = ([value, ts]: Pair): Pair => [ts, value]
