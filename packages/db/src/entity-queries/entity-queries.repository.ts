import {
  type AttributeScope,
  attributeScopes,
  type EntityData,
  type EntityId,
  type EntityType,
  entityTypes,
  type QueryValue,
} from '@thingwire/contracts'
import { int2Array, uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { Principal } from '../database.ts'
import type { Dictionary } from '../telemetry/dictionary.ts'
import { countStatement, findStatement, keyNames, type SettledPage, type SettledSearch } from './entity-query-sql.ts'
import { latestText } from './latest-columns.ts'
import { plainDecimal, toLatest } from './latest-values.ts'

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
}

export type KeySample = { key: string; sample: QueryValue }

export const createEntityQueriesRepository = (sql: Sql, dictionary: Dictionary): EntityQueriesRepository => ({
  count: async (viewer, search) => {
    const keyIds = await dictionary.findKeys(keyNames(search))
    const statement = countStatement(search, viewer, keyIds)
    if (!statement) return 0
    const { rows } = await sql.query<{ total: number }>(statement)
    return rows[0]?.total ?? 0
  },

  find: async (viewer, search, page, nowMs) => {
    const keyIds = await dictionary.findKeys(keyNames(search, page))
    const statement = findStatement(search, page, viewer, keyIds)
    if (!statement) return { rows: [], total: 0 }
    const { rows } = await sql.query<Record<string, unknown>>(statement)
    return {
      rows: rows.flatMap((row) => {
        const entityId = toEntityId(row)
        return entityId
          ? [{ entityId, latest: toLatest(row, page.selection, keyIds, nowMs), timeseries: {}, aggLatest: {} }]
          : []
      }),
      total: Number(rows[0]?.total ?? 0),
    }
  },

  keysOf: async (entityIds, { timeseries, scopes }) => {
    const ids = uuidArray(entityIds.map(({ id }) => id))
    const codes = scopes.map((scope) => codeOfScope[scope])
    const [series, attributes] = await Promise.all([
      timeseries ? sql.query<SampleRow>({ text: seriesKeys, values: [ids] }) : null,
      codes.length > 0 ? sql.query<SampleRow>({ text: attributeKeys, values: [ids, int2Array(codes)] }) : null,
    ])
    return {
      timeseries: (series?.rows ?? []).map(toSample),
      attributes: (attributes?.rows ?? []).flatMap((row) => {
        const scope = attributeScopes.find((one) => codeOfScope[one] === row.scope)
        return scope ? [{ ...toSample(row), scope }] : []
      }),
    }
  },
})

type SampleRow = { key: string; ts: number; is_double: boolean; value: string; scope?: number }

const codeOfScope: Record<AttributeScope, number> = { CLIENT_SCOPE: 1, SERVER_SCOPE: 2, SHARED_SCOPE: 3 }

const seriesKeys = `
  SELECT * FROM (
    SELECT DISTINCT ON (k.key) k.key, x.ts, x.dbl_v IS NOT NULL AS is_double, ${latestText('x')} AS value
    FROM telemetry_entities te JOIN ts_kv_latest x ON x.entity = te.ref JOIN telemetry_keys k ON k.id = x.key
    WHERE te.entity_id = ANY($1::uuid[]) ORDER BY k.key, x.ts DESC) found
  ORDER BY key COLLATE "C"`

const attributeKeys = `
  SELECT * FROM (
    SELECT DISTINCT ON (k.key, x.scope) k.key, x.scope, x.last_update_ts AS ts, x.dbl_v IS NOT NULL AS is_double,
      ${latestText('x')} AS value
    FROM telemetry_entities te JOIN attributes x ON x.entity = te.ref JOIN telemetry_keys k ON k.id = x.key
    WHERE te.entity_id = ANY($1::uuid[]) AND x.scope = ANY($2::int2[]) ORDER BY k.key, x.scope, x.last_update_ts DESC) found
  ORDER BY scope, key COLLATE "C"`

const toSample = ({ key, ts, is_double, value }: SampleRow): KeySample => ({
  key,
  sample: { ts, value: is_double ? plainDecimal(value) : value },
})

const toEntityId = (row: Record<string, unknown>): EntityId | null => {
  const entityType: EntityType | undefined = entityTypes.find((known) => known === row.entity_type)
  return entityType && typeof row.id === 'string' ? { entityType, id: row.id } : null
}
