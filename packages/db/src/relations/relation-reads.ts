import { type EntityId, type EntityRelation, entityTypes, type RelationDirection } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { typeOf, withoutNul } from '../rows.ts'
import { levelOf, matcher, maxSteps, type RelatedFilter } from './related.ts'

export type NeighbourSearch = { direction: RelationDirection; filters: readonly RelatedFilter[] }
export type RelationEnds = Pick<EntityRelation, 'from' | 'to' | 'type'>

/** Reads of COMMON relations of one tenant for whole batches. */
export type RelationReads = {
  /**
   * Entities next to each root, in the order of `findRelated`: one statement for all roots of one direction and filters.
   * An array per root, in order.
   */
  findNeighbours(tenantId: string, search: NeighbourSearch, roots: readonly EntityId[]): Promise<EntityId[][]>
  /** The same as deep as the search goes; some roots in one statement. */
  findFar(
    tenantId: string,
    search: NeighbourSearch & { maxLevel: number; fetchLastLevelOnly: boolean },
    roots: readonly EntityId[],
  ): Promise<EntityId[][]>
  /**
   * Whether a COMMON relation of the type leaves (FROM) or reaches (TO) each entity, in order. `other` names the far end;
   * null: any will do.
   */
  haveRelation(
    tenantId: string,
    direction: RelationDirection,
    queries: readonly { entityId: EntityId; type: string; other: EntityId | null }[],
  ): Promise<boolean[]>
  /** COMMON relations that leave (FROM) or reach (TO) the entities, an array for each, in order. */
  listMany(
    tenantId: string,
    direction: RelationDirection,
    queries: readonly { entityId: EntityId; type: string }[],
  ): Promise<RelationEnds[][]>
}

type EndsRow = { from_id: string; from_type: string; to_id: string; to_type: string; type: string }

/** Searches that share one bound on the steps. */
const rootsAtOnce = 50

export const createRelationReads = (sql: Sql): RelationReads => ({
  findNeighbours: async (tenantId, { direction, filters }, roots) => {
    const [near, far] = direction === 'FROM' ? ['from', 'to'] : ['to', 'from']
    const values: unknown[] = [roots.map(({ id }) => id), roots.map(({ entityType }) => entityType), tenantId]
    const matches = matcher(filters, (value) => `$${values.push(value)}`)
    const { rows } = await sql.query<{ n: number; far_id: string; far_type: string }>({
      text: `SELECT q.n, r.${far}_id AS far_id, r.${far}_type AS far_type
             FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS q (id, type, n)
             JOIN relations r ON r.${near}_id = q.id AND r.${near}_type = q.type AND r.tenant_id = $3
               AND r.type_group = 'COMMON' AND r.${far}_id <> q.id
             WHERE ${matches('r.type', `r.${far}_type`)} ORDER BY q.n, r.type, r.from_id, r.to_id`,
      values,
    })
    const found = roots.map(() => new Map<string, EntityId>())
    for (const { n, far_id, far_type } of rows)
      found[n - 1]?.set(far_id, { entityType: typeOf(far_type, entityTypes), id: far_id })
    return found.map((ids) => [...ids.values()])
  },

  findFar: async (tenantId, { direction, filters, maxLevel, fetchLastLevelOnly }, roots) => {
    const [near, far] = direction === 'FROM' ? ['from', 'to'] : ['to', 'from']
    const found: EntityId[][] = []
    for (let from = 0; from < roots.length; from += rootsAtOnce) {
      const some = roots.slice(from, from + rootsAtOnce)
      const values: unknown[] = [some.map(({ id }) => id), some.map(({ entityType }) => entityType), tenantId]
      const param = (value: unknown) => `$${values.push(value)}`
      const level = `${param(levelOf(maxLevel))}::int`
      const matches = matcher(filters, param)
      const belongs = (alias: string) => `${alias}.tenant_id = $3 AND ${alias}.type_group = 'COMMON'`
      const isLast = `AND (r.level = ${level} OR NOT EXISTS (
        SELECT 1 FROM relations x WHERE x.${near}_id = r.far_id AND x.${near}_type = r.far_type AND ${belongs('x')}
          AND ${matches('x.type', `x.${far}_type`)}))`
      // As relatedCtes does it for one root: by entity and level, never by path.
      const { rows } = await sql.query<{ n: number; far_id: string; far_type: string }>({
        text: `WITH RECURSIVE walk AS (
            SELECT q.n, q.id AS root, q.id, q.type, 0 AS level
            FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS q (id, type, n)
            UNION
            SELECT w.n, w.root, s.${far}_id, s.${far}_type::text, w.level + 1
            FROM walk w JOIN relations s ON s.${near}_id = w.id AND s.${near}_type = w.type AND ${belongs('s')}
            WHERE w.level < ${level} AND s.${far}_id <> w.id AND s.${far}_id <> w.root
          ), met AS (
            SELECT n, root, id, type, min(level) AS level FROM (SELECT * FROM walk LIMIT ${maxSteps}) bounded
            GROUP BY n, root, id, type
          ), reached AS (
            SELECT m.n, m.root, s.type, s.from_id, s.to_id, s.${far}_id AS far_id, s.${far}_type AS far_type,
              m.level + 1 AS level
            FROM met m JOIN relations s ON s.${near}_id = m.id AND s.${near}_type = m.type AND ${belongs('s')}
            WHERE m.level < ${level}
          )
          SELECT r.n, r.far_id, r.far_type FROM reached r
          WHERE r.far_id <> r.root AND ${matches('r.type', 'r.far_type')} ${fetchLastLevelOnly ? isLast : ''}
          ORDER BY r.n, r.level, r.type, r.from_id, r.to_id`,
        values,
      })
      const ids = some.map(() => new Map<string, EntityId>())
      for (const { n, far_id, far_type } of rows)
        ids[n - 1]?.set(far_id, { entityType: typeOf(far_type, entityTypes), id: far_id })
      found.push(...ids.map((one) => [...one.values()]))
    }
    return found
  },

  haveRelation: async (tenantId, direction, queries) => {
    const [near, far] = direction === 'FROM' ? ['from', 'to'] : ['to', 'from']
    const { rows } = await sql.query<{ n: number }>({
      name: `relations-have-${near}`,
      text: `SELECT q.n FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])
               WITH ORDINALITY AS q (id, entity_type, type, far_id, far_type, n)
             WHERE EXISTS (
               SELECT 1 FROM relations r WHERE r.${near}_id = q.id AND r.${near}_type = q.entity_type AND r.type = q.type
                 AND r.tenant_id = $6 AND r.type_group = 'COMMON'
                 AND (q.far_id IS NULL OR (r.${far}_id = q.far_id AND r.${far}_type = q.far_type)))`,
      values: [
        queries.map(({ entityId }) => entityId.id),
        queries.map(({ entityId }) => entityId.entityType),
        queries.map(({ type }) => withoutNul(type)),
        queries.map(({ other }) => other?.id ?? null),
        queries.map(({ other }) => other?.entityType ?? null),
        tenantId,
      ],
    })
    const found = new Set(rows.map(({ n }) => n))
    return queries.map((_, index) => found.has(index + 1))
  },

  listMany: async (tenantId, direction, queries) => {
    const near = direction === 'FROM' ? 'from' : 'to'
    const { rows } = await sql.query<EndsRow & { n: number }>({
      name: `relations-of-${near}`,
      text: `SELECT q.n, r.from_id, r.from_type, r.to_id, r.to_type, r.type
             FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS q (id, entity_type, type, n)
             JOIN relations r ON r.${near}_id = q.id AND r.${near}_type = q.entity_type AND r.type = q.type
               AND r.tenant_id = $4 AND r.type_group = 'COMMON'
             ORDER BY q.n, r.from_id, r.to_id`,
      values: [
        queries.map(({ entityId }) => entityId.id),
        queries.map(({ entityId }) => entityId.entityType),
        queries.map(({ type }) => withoutNul(type)),
        tenantId,
      ],
    })
    const found: RelationEnds[][] = queries.map(() => [])
    for (const row of rows)
      found[row.n - 1]?.push({
        from: { entityType: typeOf(row.from_type, entityTypes), id: row.from_id },
        to: { entityType: typeOf(row.to_type, entityTypes), id: row.to_id },
        type: row.type,
      })
    return found
  },
})
