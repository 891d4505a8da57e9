import { AppError, type EntityId, type TsKvEntry } from '@thingwire/contracts'
import { int4Array } from '../connection/binary-arrays.ts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import type { Dictionary } from './dictionary.ts'
import { fromColumns, type ValueColumns } from './typed-values.ts'
import type { FindVisible } from './visibility.ts'

export type SeriesDeletion = {
  entityId: EntityId
  keys: readonly string[]
  /** Inclusive, epoch ms; null: from the first point. */
  startTs: number | null
  /** Exclusive, epoch ms; null: to the last point. */
  endTs: number | null
  /** Whether latest values that lie in the range go, too. */
  deleteLatest: boolean
  /** Whether the newest point that is left becomes the latest value then. */
  rewriteLatest: boolean
}

/** What became of latest values: keys that have none any more, and those that have an older one now. */
export type SeriesDeleted = { withoutLatest: string[]; rewritten: TsKvEntry[] }

type LatestRow = ValueColumns & { key: string; ts: number }

export const createSeriesDeletion =
  (o: { sql: Sql; dictionary: Dictionary; findVisible: FindVisible }) =>
  async (scope: Scope, deletion: SeriesDeletion): Promise<SeriesDeleted> => {
    if (scope.kind === 'customer') throw new AppError('PERMISSION_DENIED')
    const { keys, startTs, endTs, deleteLatest, rewriteLatest } = deletion
    const entity = await o.findVisible(scope, deletion.entityId)
    const ids = [...(await o.dictionary.findKeys(keys)).values()]
    if (entity === null || ids.length === 0) return { withoutLatest: [], rewritten: [] }
    const range = [entity, int4Array(ids), startTs, endTs]
    return o.sql.transaction(async (tx) => {
      await tx.query({ text: `DELETE FROM ts_kv ${inRange}`, values: range })
      if (!deleteLatest) return { withoutLatest: [], rewritten: [] }
      const { rows } = await tx.query<{ id: number; key: string }>({
        text: `WITH gone AS (DELETE FROM ts_kv_latest ${inRange} RETURNING key)
               SELECT k.id, k.key FROM gone JOIN telemetry_keys k ON k.id = gone.key`,
        values: range,
      })
      const rewritten = rewriteLatest
        ? await rewrite(
            tx,
            entity,
            rows.map(({ id }) => id),
          )
        : []
      const known = new Set(rewritten.map(({ key }) => key))
      return { withoutLatest: rows.map(({ key }) => key).filter((key) => !known.has(key)), rewritten }
    })
  }

const inRange = `WHERE entity = $1 AND key = ANY($2::int4[])
  AND ($3::int8 IS NULL OR ts >= $3) AND ($4::int8 IS NULL OR ts < $4)`

const rewrite = async (tx: Queryable, entity: number, keys: readonly number[]): Promise<TsKvEntry[]> => {
  const { rows } = await tx.query<LatestRow>({
    text: `WITH written AS (
             INSERT INTO ts_kv_latest (entity, key, ts, long_v, dbl_v, bool_v, str_v, json_v)
             SELECT $1, k.id, t.* FROM unnest($2::int4[]) AS k (id)
             CROSS JOIN LATERAL (
               SELECT ts, long_v, dbl_v, bool_v, str_v, json_v FROM ts_kv
               WHERE entity = $1 AND key = k.id ORDER BY ts DESC LIMIT 1
             ) t
             -- A value that came in meanwhile is newer.
             ON CONFLICT (entity, key) DO NOTHING
             RETURNING key, ts, long_v, dbl_v, bool_v, str_v, json_v
           )
           SELECT k.key, w.ts, w.long_v, w.dbl_v, w.bool_v, w.str_v, w.json_v
           FROM written w JOIN telemetry_keys k ON k.id = w.key`,
    values: [entity, int4Array([...keys])],
  })
  return rows.flatMap((row): TsKvEntry[] => {
    const value = fromColumns(row)
    return value ? [{ key: row.key, ts: row.ts, ...value }] : []
  })
}
