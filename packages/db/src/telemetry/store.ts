import type { TsKvEntry } from '@thingwire/contracts'
import { int4Array } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { TelemetryStore } from '../database.ts'
import type { Partitions } from '../partitions/partitions.ts'
import { createSeriesDeletion } from './delete.ts'
import type { Dictionary } from './dictionary.ts'
import { readAggregated, readRaw } from './history.ts'
import { fromColumns, type ValueColumns } from './typed-values.ts'
import type { FindVisible } from './visibility.ts'
import { createTelemetryWriter } from './write.ts'

/** Telemetry in PostgreSQL: monthly partitions for history, one row per entity and key for latest values. */
export const createTelemetryStore = (o: {
  sql: Sql
  dictionary: Dictionary
  partitions: Partitions
  findVisible: FindVisible
}): TelemetryStore => {
  const { sql, dictionary, findVisible } = o
  return {
    write: createTelemetryWriter(o),
    delete: createSeriesDeletion(o),

    keys: async (scope, entityId) => {
      const entity = await findVisible(scope, entityId)
      if (entity === null) return []
      const { rows } = await sql.query<{ key: string }>({
        name: 'telemetry-keys',
        text: `SELECT k.key FROM ts_kv_latest t JOIN telemetry_keys k ON k.id = t.key
               WHERE t.entity = $1 ORDER BY k.key COLLATE "C"`,
        values: [entity],
      })
      return rows.map((row) => row.key)
    },

    latest: async (scope, entityId, keys) => {
      const entity = await findVisible(scope, entityId)
      if (entity === null) return []
      const ids = keys && int4Array([...(await dictionary.findKeys(keys)).values()])
      const { rows } = await sql.query<ValueColumns & { key: string; ts: number }>({
        name: 'telemetry-latest',
        text: `SELECT k.key, t.ts, t.long_v, t.dbl_v, t.bool_v, t.str_v, t.json_v
               FROM ts_kv_latest t JOIN telemetry_keys k ON k.id = t.key
               WHERE t.entity = $1 AND ($2::int4[] IS NULL OR t.key = ANY($2)) ORDER BY k.key COLLATE "C"`,
        values: [entity, ids ?? null],
      })
      return rows.flatMap((row): TsKvEntry[] => {
        const value = fromColumns(row)
        return value ? [{ key: row.key, ts: row.ts, ...value }] : []
      })
    },

    history: async (scope, query) => {
      const entity = await findVisible(scope, query.entityId)
      if (entity === null || query.startTs >= query.endTs) return {}
      const keyIds = await dictionary.findKeys(query.keys)
      if (keyIds.size === 0) return {}
      const { aggregation } = query
      // Without a width there are no buckets; clients get the points themselves.
      if (aggregation === 'NONE' || query.intervalMs <= 0) return readRaw(sql, { ...query, entity, keyIds })
      return readAggregated(sql, { ...query, aggregation, entity, keyIds })
    },
  }
}
