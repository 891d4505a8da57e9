import { type EntityId, maxRelationLevel, type RelationDirection, type RelationTypeGroup } from '@thingwire/contracts'
import type { Scope } from '../database.ts'

export type RelatedFilter = {
  /** Empty or absent: any type. */
  relationType?: string | null | undefined
  /** Of the entity at the far end; empty or absent: any. */
  entityTypes?: readonly string[] | null | undefined
  /** Any type but `relationType`. */
  negate?: boolean | null | undefined
}

export type RelatedQuery = {
  root: EntityId
  /** Further roots of the same type, each with a search of its own; the answers are put together. */
  otherRootIds?: readonly string[]
  /** FROM: along the relations that leave the root; TO: against those that arrive. */
  direction: RelationDirection
  /** 0 or less, or beyond `maxRelationLevel`: that. */
  maxLevel: number
  /** Only where a path ends. */
  fetchLastLevelOnly: boolean
  /** What is answered, not where the search goes on; several are alternatives, none: everything. */
  filters: readonly RelatedFilter[]
  relationTypeGroup: RelationTypeGroup
}

/** Entities times levels that one search may step on; beyond, an answer would fit in no page and hold up everybody. */
export const maxSteps = 1_000_000

/**
 * The search as common table expressions to put behind `WITH RECURSIVE`; the last one is `related` with the columns of
 * `relations` and `far_id`, `far_type`, `near_id`, `level` (1: next to the root), one row for each relation.
 *
 * Circles end at the last level, and each relation is answered once, at the level where it was met first. Steps are told
 * apart by entity and level, never by path: a mesh costs entities × levels, not the number of its paths.
 * @param param Adds a value of the statement and answers its placeholder
 */
export const relatedCtes = (scope: Scope, query: RelatedQuery, param: (value: unknown) => string): string => {
  const [near, far] = query.direction === 'FROM' ? ['from', 'to'] : ['to', 'from']
  const others = query.otherRootIds ?? []
  const root =
    others.length > 0 ? `unnest(${param([query.root.id, ...others])}::uuid[])` : `${param(query.root.id)}::uuid`
  // Of several roots one may be what another leads to.
  const isNew = others.length > 0 ? '' : ` AND s.${far}_id <> ${root}`
  const rootType = `${param(query.root.entityType)}::text`
  const group = `${param(query.relationTypeGroup)}::text`
  const level = `${param(levelOf(query.maxLevel))}::int`
  const tenant = scope.kind === 'system' ? null : `${param(scope.tenantId)}::uuid`
  const belongs = (alias: string) =>
    `${alias}.type_group = ${group}${tenant === null ? '' : ` AND ${alias}.tenant_id = ${tenant}`}`
  const matches = matcher(query.filters, param)
  const isLast = `(r.level = ${level} OR NOT EXISTS (
      SELECT 1 FROM relations n WHERE n.${near}_id = r.far_id AND n.${near}_type = r.far_type AND ${belongs('n')}
        AND ${matches('n.type', `n.${far}_type`)}))`
  return `walk AS (
      SELECT ${root} AS id, ${rootType} AS type, 0 AS level
      UNION
      SELECT s.${far}_id, s.${far}_type::text, w.level + 1
      FROM walk w JOIN relations s ON s.${near}_id = w.id AND s.${near}_type = w.type AND ${belongs('s')}
      WHERE w.level < ${level} AND s.${far}_id <> w.id${isNew}
    ), met AS (
      SELECT id, type, min(level) AS level FROM (SELECT * FROM walk LIMIT ${maxSteps}) bounded GROUP BY id, type
    ), reached AS (
      SELECT x.*, x.${far}_id AS far_id, x.${far}_type AS far_type, m.id AS near_id, m.level + 1 AS level
      FROM met m JOIN relations x ON x.${near}_id = m.id AND x.${near}_type = m.type AND ${belongs('x')}
      WHERE m.level < ${level}
    ), related AS (
      SELECT r.* FROM reached r
      WHERE ${matches('r.type', 'r.far_type')}${query.fetchLastLevelOnly ? ` AND ${isLast}` : ''}
    )`
}

export const levelOf = (level: number): number => (level <= 0 || level > maxRelationLevel ? maxRelationLevel : level)

/** The filters as a condition over two columns. */
export const matcher = (filters: readonly RelatedFilter[], param: (value: unknown) => string) => {
  const tests = filters.map(({ relationType, entityTypes, negate }) => ({
    type: relationType ? param(relationType) : null,
    sign: negate ? '<>' : '=',
    entityTypes: entityTypes && entityTypes.length > 0 ? param(entityTypes) : null,
  }))
  return (type: string, entityType: string): string => {
    if (tests.length === 0) return 'true'
    const alternatives = tests.map((test) => {
      const parts = [
        ...(test.type === null ? [] : [`${type} ${test.sign} ${test.type}::text`]),
        ...(test.entityTypes === null ? [] : [`${entityType} = ANY(${test.entityTypes}::text[])`]),
      ]
      return parts.length === 0 ? 'true' : parts.join(' AND ')
    })
    return `(${alternatives.map((one) => `(${one})`).join(' OR ')})`
  }
}
