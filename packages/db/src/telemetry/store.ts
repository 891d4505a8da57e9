import type { TsKvEntry } from '@thingwire/contracts'
import { int4Array } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { TelemetryStore } from '../database.ts'
import type { Partitions } from '../partitions/partitions.ts'
import { createSeriesDeletion } from './delete.ts'
import type { Dictionary } from './dictionary.ts'
import { readExtremes } from './extremes.ts'
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

    latestMany: async (tenantId, queries) => {
      const answers: TsKvEntry[][] = queries.map(() => [])
      const refs = await dictionary.findEntities(queries.map(({ entityId }) => entityId.id))
      const keyIds = await dictionary.findKeys([...new Set(queries.flatMap(({ keys }) => keys))])
      const wanted = queries.flatMap(({ entityId, keys }, index) => {
        const found = refs.get(entityId.id)
        if (!found || found.tenantId !== tenantId.toLowerCase()) return []
        return keys.flatMap((name) => {
          const key = keyIds.get(name)
          return key === undefined ? [] : [{ index, entity: found.ref, key, name }]
        })
      })
      if (wanted.length === 0) return answers
      const { rows } = await sql.query<ValueColumns & { n: number; ts: number }>({
        name: 'telemetry-latest-many',
        text: `SELECT q.n, t.ts, t.long_v, t.dbl_v, t.bool_v, t.str_v, t.json_v
               FROM unnest($1::int4[], $2::int4[]) WITH ORDINALITY AS q (entity, key, n)
               JOIN ts_kv_latest t ON t.entity = q.entity AND t.key = q.key ORDER BY q.n`,
        values: [int4Array(wanted.map(({ entity }) => entity)), int4Array(wanted.map(({ key }) => key))],
      })
      for (const row of rows) {
        const value = fromColumns(row)
        const place = wanted[row.n - 1]
        if (value && place) answers[place.index]?.push({ key: place.name, ts: row.ts, ...value })
      }
      return answers
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

    extremes: async (scope, query) => {
      const entity = await findVisible(scope, query.entityId)
      if (entity === null || query.startTs >= query.endTs) return new Map()
      const keyIds = await dictionary.findKeys(query.keys)
      return keyIds.size === 0 ? new Map() : readExtremes(sql, { ...query, entity, keyIds })
    },
  }
}
