import {
  type AttributeScope,
  attributeScopes,
  type EntityData,
  type EntityId,
  type EntityType,
  entityTypes,
  type KeySummaries,
  type QueryValue,
} from '@thingwire/contracts'
import { int2Array, int4Array, uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { Principal } from '../database.ts'
import type { Dictionary } from '../telemetry/dictionary.ts'
import {
  countStatement,
  findStatement,
  keyNames,
  type KnownKeys,
  scopelessNames,
  type SettledPage,
  type SettledSearch,
} from './entity-query-sql.ts'
import { readKeySummaries } from './key-summaries.ts'
import { latestText } from './latest-columns.ts'
import { plainDecimal, toLatest } from './latest-values.ts'
import { viewSeries } from './view-series.ts'

/** Searches over entities; each is one statement, and sees what the viewer may see. */
export type EntityQueriesRepository = {
  count(viewer: Principal, search: SettledSearch): Promise<number>
  find(
    viewer: Principal,
    search: SettledSearch,
    page: SettledPage,
    nowMs: number,
  ): Promise<{ rows: EntityData[]; total: number }>
  /**
   * Keys that some of the entities have, each with the newest value that one of them has under it. The ids must have
   * been found for the viewer before.
   */
  keysOf(
    entityIds: readonly EntityId[],
    wanted: { timeseries: boolean; scopes: readonly AttributeScope[] },
  ): Promise<{
    timeseries: KeySample[]
    attributes: (KeySample & { scope: AttributeScope })[]
  }>
  /** What the keys of these entities hold, with figures of the points in the window. As with `keysOf`. */
  keySummaries(entityIds: readonly EntityId[], window: { startTs: number; endTs: number }): Promise<KeySummaries>
}

export type KeySample = { key: string; sample: QueryValue }

export const createEntityQueriesRepository = (sql: Sql, dictionary: Dictionary): EntityQueriesRepository => ({
  count: async (viewer, search) => {
    const keys = await findKeys(sql, dictionary, search)
    const statement = countStatement(search, viewer, keys)
    if (!statement) return 0
    const { rows } = await sql.query<{ total: number }>(statement)
    return rows[0]?.total ?? 0
  },

  find: async (viewer, search, page, nowMs) => {
    const keys = await findKeys(sql, dictionary, search, page)
    const statement = findStatement(search, page, viewer, keys)
    if (!statement) return { rows: [], total: 0 }
    const { rows } = await sql.query<Record<string, unknown>>(statement)
    return {
      rows: rows.flatMap((row) => {
        const entityId = toEntityId(row)
        return entityId
          ? [{ entityId, latest: toLatest(row, page.selection, keys.ids, nowMs), timeseries: {}, aggLatest: {} }]
          : []
      }),
      total: Number(rows[0]?.total ?? 0),
    }
  },

  keysOf: async (entityIds, { timeseries, scopes }) => {
    const idsOf = (list: readonly EntityId[]) => uuidArray(list.map(({ id }) => id))
    const { views = [], others = [] } = Object.groupBy(entityIds, ({ entityType }) =>
      entityType === 'ENTITY_VIEW' ? 'views' : 'others',
    )
    const ids = idsOf(entityIds)
    const codes = scopes.map((scope) => codeOfScope[scope])
    const samples = (text: string, values: unknown[]) => sql.query<SampleRow>({ text, values })
    const [series, shown, attributes] = await Promise.all([
      timeseries ? samples(seriesKeys, [idsOf(others)]) : null,
      timeseries && views.length > 0 ? samples(viewSeriesKeys, [idsOf(views)]) : null,
      codes.length > 0 ? samples(attributeKeys, [ids, int2Array(codes)]) : null,
    ])
    return {
      timeseries: newestByKey([...(series?.rows ?? []), ...(shown?.rows ?? [])]).map(toSample),
      attributes: (attributes?.rows ?? []).flatMap((row) => {
        const scope = attributeScopes.find((one) => codeOfScope[one] === row.scope)
        return scope ? [{ ...toSample(row), scope }] : []
      }),
    }
  },

  keySummaries: (entityIds, window) =>
    readKeySummaries(sql, entityIds, {
      ...window,
      scopeOf: (code) => attributeScopes.find((one) => codeOfScope[one] === code),
    }),
})

const findKeys = async (
  sql: Sql,
  dictionary: Dictionary,
  search: SettledSearch,
  page?: SettledPage,
): Promise<KnownKeys> => {
  const ids = await dictionary.findKeys(keyNames(search, page))
  const scopeless = scopelessNames(search, page).flatMap((name) => ids.get(name) ?? [])
  return { ids, onlyScopes: scopeless.length > 0 ? await findOnlyScopes(sql, scopeless) : new Map() }
}

/**
 * A key that has one scope throughout is joined as plainly as one whose scope was named: without looking for newer
 * values in other scopes, which takes three times as long. Two index entries a key tell.
 */
const findOnlyScopes = async (sql: Sql, keyIds: readonly number[]): Promise<Map<number, number>> => {
  const { rows } = await sql.query<{ key: number; least: number | null; most: number | null }>({
    name: 'attribute-key-scopes',
    text: `SELECT k.key, (SELECT min(a.scope) FROM attributes a WHERE a.key = k.key) AS least,
             (SELECT max(a.scope) FROM attributes a WHERE a.key = k.key) AS most
           FROM unnest($1::int4[]) AS k (key)`,
    values: [int4Array([...keyIds])],
  })
  return new Map(
    rows.flatMap(({ key, least, most }) => (least !== null && least === most ? [[key, least] as const] : [])),
  )
}

type SampleRow = { key: string; ts: number; is_double: boolean; value: string; scope?: number }

const codeOfScope: Record<AttributeScope, number> = { CLIENT_SCOPE: 1, SERVER_SCOPE: 2, SHARED_SCOPE: 3 }

/** The newest is found among narrow rows; ten thousand entities have a hundred thousand values to sort. */
const seriesKeys = `
  SELECT k.key, x.ts, x.dbl_v IS NOT NULL AS is_double, ${latestText('x')} AS value
  FROM (SELECT DISTINCT ON (l.key) l.key, l.entity
        FROM telemetry_entities te JOIN ts_kv_latest l ON l.entity = te.ref
        WHERE te.entity_id = ANY($1::uuid[]) ORDER BY l.key, l.ts DESC) newest
  JOIN ts_kv_latest x ON x.entity = newest.entity AND x.key = newest.key
  JOIN telemetry_keys k ON k.id = x.key
  ORDER BY k.key COLLATE "C"`

const viewSeriesKeys = `
  SELECT DISTINCT ON (k.key) k.key, x.ts, x.dbl_v IS NOT NULL AS is_double, ${latestText('x')} AS value
  FROM entity_views v JOIN telemetry_entities tv ON tv.entity_id = v.entity_id
  CROSS JOIN LATERAL (
    SELECT array_agg(k.id) AS ids
    FROM jsonb_array_elements_text(v.keys->'timeseries') listed JOIN telemetry_keys k ON k.key = listed) shown
  CROSS JOIN LATERAL ${viewSeries('shown.ids')} x
  JOIN telemetry_keys k ON k.id = x.key
  WHERE v.id = ANY($1::uuid[]) ORDER BY k.key, x.ts DESC`

const attributeKeys = `
  SELECT k.key, x.scope, x.last_update_ts AS ts, x.dbl_v IS NOT NULL AS is_double, ${latestText('x')} AS value
  FROM (SELECT DISTINCT ON (a.key, a.scope) a.key, a.scope, a.entity
        FROM telemetry_entities te JOIN attributes a ON a.entity = te.ref
        WHERE te.entity_id = ANY($1::uuid[]) AND a.scope = ANY($2::int2[])
        ORDER BY a.key, a.scope, a.last_update_ts DESC) newest
  JOIN attributes x ON x.entity = newest.entity AND x.scope = newest.scope AND x.key = newest.key
  JOIN telemetry_keys k ON k.id = x.key
  ORDER BY x.scope, k.key COLLATE "C"`

/** By key, of each the newest row. */
const newestByKey = (rows: readonly SampleRow[]): SampleRow[] => {
  const newest = new Map<string, SampleRow>()
  for (const row of rows) if ((newest.get(row.key)?.ts ?? -Infinity) < row.ts) newest.set(row.key, row)
  return [...newest.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const toSample = ({ key, ts, is_double, value }: SampleRow): KeySample => ({
  key,
  sample: { ts, value: is_double ? plainDecimal(value) : value },
})

const toEntityId = (row: Record<string, unknown>): EntityId | null => {
  const entityType: EntityType | undefined = entityTypes.find((known) => known === row.entity_type)
  return entityType && typeof row.id === 'string' ? { entityType, id: row.id } : null
}
