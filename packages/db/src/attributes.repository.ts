import {
  AppError,
  type AttributeScope,
  attributeScopes,
  type EntityId,
  type KvEntry,
  type KvValue,
} from '@thingwire/contracts'
import type { ChangedKind } from './changes.ts'
import { boolArray, float8Array, int2Array, int4Array, int8Array, textArray } from './connection/binary-arrays.ts'
import type { Query, Sql } from './connection/sql.ts'
import type { AttributeRow, AttributesRepository } from './database.ts'
import type { Dictionary } from './telemetry/dictionary.ts'
import { fromColumns, normalised, type ValueColumns } from './telemetry/typed-values.ts'
import type { FindVisible } from './telemetry/visibility.ts'

/** As stored in `attributes.scope`. */
const scopeCodes: Record<AttributeScope, number> = { CLIENT_SCOPE: 1, SERVER_SCOPE: 2, SHARED_SCOPE: 3 }
const scopeOfCode = new Map(attributeScopes.map((scope) => [scopeCodes[scope], scope]))

export const createAttributesRepository = (o: {
  sql: Sql
  dictionary: Dictionary
  findVisible: FindVisible
  tell: (kind: ChangedKind, entityIds: readonly string[]) => void
}): AttributesRepository => {
  const { sql, dictionary, findVisible, tell } = o

  const readMany = async <T>(
    tenantId: string,
    queries: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[],
    toEntry: (key: string, value: KvValue, ts: number) => T,
  ): Promise<T[][]> => {
    const refs = await dictionary.findEntities(queries.map((query) => query.entityId.id))
    const wanted = queries.flatMap((query, index) => {
      const found = refs.get(query.entityId.id)
      if (!found || found.tenantId !== tenantId.toLowerCase()) return []
      return query.keys.map((key) => ({ index, entity: found.ref, scope: scopeCodes[query.scope], key }))
    })
    const answers: T[][] = queries.map(() => [])
    if (wanted.length === 0) return answers
    const { rows } = await sql.query<ValueColumns & { index: number; key: string; last_update_ts: number }>({
      name: 'attributes-find-many',
      text: `SELECT q.index, k.key, a.last_update_ts, a.long_v, a.dbl_v, a.bool_v, a.str_v, a.json_v
             FROM unnest($1::int4[], $2::int4[], $3::int2[], $4::text[]) AS q (index, entity, scope, key)
             JOIN telemetry_keys k ON k.key = q.key
             JOIN attributes a ON a.entity = q.entity AND a.scope = q.scope AND a.key = k.id`,
      values: [
        int4Array(wanted.map((row) => row.index)),
        int4Array(wanted.map((row) => row.entity)),
        int2Array(wanted.map((row) => row.scope)),
        textArray(wanted.map((row) => row.key)),
      ],
    })
    for (const row of rows) {
      const value = fromColumns(row)
      if (value) answers[row.index]?.push(toEntry(row.key, value, row.last_update_ts))
    }
    return answers
  }

  return {
    find: async (scope, entityId, filter) => {
      const entity = await findVisible(scope, entityId)
      if (entity === null) return []
      const { rows } = await sql.query<ValueColumns & { key: string; scope: number; last_update_ts: number }>({
        name: 'attributes-find',
        text: `SELECT k.key, a.scope, a.last_update_ts, a.long_v, a.dbl_v, a.bool_v, a.str_v, a.json_v
               FROM attributes a JOIN telemetry_keys k ON k.id = a.key
               WHERE a.entity = $1 AND ($2::int2 IS NULL OR a.scope = $2) AND ($3::text[] IS NULL OR k.key = ANY($3))
               ORDER BY a.scope, k.key COLLATE "C"`,
        values: [
          entity,
          filter.scope ? scopeCodes[filter.scope] : null,
          filter.keys ? textArray([...filter.keys]) : null,
        ],
      })
      return rows.flatMap((row): AttributeRow[] => {
        const value = fromColumns(row)
        const attributeScope = scopeOfCode.get(row.scope)
        return value && attributeScope
          ? [{ key: row.key, scope: attributeScope, lastUpdateTs: row.last_update_ts, ...value }]
          : []
      })
    },

    findMany: (tenantId, queries) => readMany(tenantId, queries, (key, value) => ({ key, ...value })),
    findManyWithTs: (tenantId, queries) => readMany(tenantId, queries, (key, value, ts) => ({ key, ts, ...value })),

    save: async (tenantId, rows) => {
      const entries = rows.flatMap(({ entityId, scope, entries, ts }) =>
        entries.map((entry) => ({ entityId, tenantId, scope: scopeCodes[scope], ts, entry })),
      )
      if (entries.length === 0) return
      await dictionary.register(
        entries,
        entries.map(({ entry }) => entry.key),
      )
      const upsert = toUpsert(deduplicated(entries.map((row) => withRef(dictionary, row))))
      try {
        await sql.retrying(upsert)
      } finally {
        // Also after an error: a connection that broke may have committed.
        tell('attributes', [...new Set(rows.map(({ entityId }) => entityId.id))])
      }
    },

    delete: async (scope, entityId, attributeScope, keys) => {
      if (scope.kind === 'customer') throw new AppError('PERMISSION_DENIED')
      const entity = await findVisible(scope, entityId)
      if (entity === null || keys.length === 0) return []
      const { rows } = await sql.query<{ key: string }>({
        text: `DELETE FROM attributes a USING telemetry_keys k
               WHERE k.id = a.key AND a.entity = $1 AND a.scope = $2 AND k.key = ANY($3::text[]) RETURNING k.key`,
        values: [entity, scopeCodes[attributeScope], textArray([...keys])],
      })
      if (rows.length > 0) tell('attributes', [entityId.id])
      return rows.map((row) => row.key)
    },

    deleteMany: async (tenantId, deletions) => {
      const refs = await dictionary.findEntities(deletions.map(({ entityId }) => entityId.id))
      const wanted = deletions.flatMap(({ entityId, scope, keys }, index) => {
        const found = refs.get(entityId.id)
        if (found?.tenantId !== tenantId.toLowerCase()) return []
        return keys.map((key) => ({ index, entity: found.ref, scope: scopeCodes[scope], key }))
      })
      const answers: string[][] = deletions.map(() => [])
      if (wanted.length === 0) return answers
      const { rows } = await sql.retrying<{ index: number; key: string }>({
        name: 'attributes-delete-many',
        // Locked in the order of the primary key against deadlocks, as those who save them.
        text: `WITH doomed AS MATERIALIZED (
                 SELECT a.entity, a.scope, a.key, q.index, k.key AS name
                 FROM unnest($1::int4[], $2::int4[], $3::int2[], $4::text[]) AS q (index, entity, scope, key)
                 JOIN telemetry_keys k ON k.key = q.key
                 JOIN attributes a ON a.entity = q.entity AND a.scope = q.scope AND a.key = k.id
                 ORDER BY a.entity, a.scope, a.key FOR UPDATE OF a
               ), deleted AS (
                 DELETE FROM attributes a USING doomed d
                 WHERE a.entity = d.entity AND a.scope = d.scope AND a.key = d.key
               )
               SELECT index, name AS key FROM doomed ORDER BY index, name`,
        values: [
          int4Array(wanted.map((row) => row.index)),
          int4Array(wanted.map((row) => row.entity)),
          int2Array(wanted.map((row) => row.scope)),
          textArray(wanted.map((row) => row.key)),
        ],
      })
      for (const row of rows) answers[row.index]?.push(row.key)
      if (rows.length > 0)
        tell('attributes', [...new Set(rows.flatMap(({ index }) => deletions[index]?.entityId.id ?? []))])
      return answers
    },
  }
}

type Row = { entity: number; scope: number; key: number; ts: number; value: KvValue }

const withRef = (
  dictionary: Dictionary,
  row: { entityId: EntityId; tenantId: string; scope: number; ts: number; entry: KvEntry },
): Row => {
  const found = dictionary.entity(row.entityId.id)
  const key = dictionary.key(row.entry.key)
  if (!found || key === null) throw new Error(`The dictionary does not know ${row.entityId.id} ${row.entry.key}`)
  if (found.tenantId !== row.tenantId.toLowerCase())
    throw new AppError('PERMISSION_DENIED', `Entity ${row.entityId.id} belongs to another tenant`)
  return { entity: found.ref, scope: row.scope, key, ts: row.ts, value: normalised(row.entry) }
}

/** Sorted in the order of the primary key against deadlocks; of the same attribute the newest, then last given, wins. */
const deduplicated = (rows: Row[]): Row[] => {
  rows.sort((a, b) => a.entity - b.entity || a.scope - b.scope || a.key - b.key || a.ts - b.ts)
  return rows.filter((row, i) => {
    const next = rows[i + 1]
    return !next || next.entity !== row.entity || next.scope !== row.scope || next.key !== row.key
  })
}

const valuesOf = <T extends KvValue['type']>(type: T, rows: readonly Row[]) =>
  rows.map(({ value }) => (value.type === type ? (value.value as Extract<KvValue, { type: T }>['value']) : null))

const toUpsert = (rows: readonly Row[]): Query => ({
  name: 'attributes-save',
  // A batch that runs again after a newer write must not bring the old value back.
  text: `INSERT INTO attributes AS t (entity, scope, key, last_update_ts, long_v, dbl_v, bool_v, str_v, json_v)
         SELECT * FROM unnest($1::int4[], $2::int2[], $3::int4[], $4::int8[],
                              $5::int8[], $6::float8[], $7::bool[], $8::text[], $9::text[])
         ON CONFLICT (entity, scope, key) DO UPDATE
           SET last_update_ts = excluded.last_update_ts, long_v = excluded.long_v, dbl_v = excluded.dbl_v,
               bool_v = excluded.bool_v, str_v = excluded.str_v, json_v = excluded.json_v
           WHERE excluded.last_update_ts >= t.last_update_ts`,
  values: [
    int4Array(rows.map((row) => row.entity)),
    int2Array(rows.map((row) => row.scope)),
    int4Array(rows.map((row) => row.key)),
    int8Array(rows.map((row) => row.ts)),
    int8Array(valuesOf('LONG', rows)),
    float8Array(valuesOf('DOUBLE', rows)),
    boolArray(valuesOf('BOOLEAN', rows)),
    textArray(valuesOf('STRING', rows)),
    textArray(valuesOf('JSON', rows)),
  ],
})
