import {
  type EntityId,
  type EntityRelation,
  entityTypes,
  type RelationKey,
  type RelationTypeGroup,
  relationTypeGroups,
  type SaveRelation,
} from '@thingwire/contracts'
import type { ChangedKind } from '../changes.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { toInfo, typeOf } from '../rows.ts'
import { createRelationBatches, type RelationBatches } from './relation-batches.ts'
import { createRelationReads, type RelationReads } from './relation-reads.ts'
import { relatedCtes, type RelatedQuery } from './related.ts'

/** Which relations a list holds: of one end, of one type, of one group; what is absent does not matter. */
export type RelationsFilter = {
  from?: EntityId
  to?: EntityId
  type?: string
  typeGroup?: RelationTypeGroup
}

/**
 * Relations of a tenant. A customer's scope sees those of its tenant: whether it may know both ends is decided by who
 * asks (`access.readable`), since entities of every type stand there.
 */
export type RelationsRepository = RelationBatches &
  RelationReads & {
    find(scope: Scope, key: RelationKey): Promise<EntityRelation | null>
    list(scope: Scope, filter: RelationsFilter): Promise<EntityRelation[]>
    /** Makes it, or replaces what it says. */
    save(tenantId: string, relation: SaveRelation): Promise<EntityRelation>
    /** Returns what was deleted; null: there was none. */
    delete(scope: Scope, key: RelationKey): Promise<EntityRelation | null>
    /** Those that leave and those that arrive, of one group. */
    deleteOf(scope: Scope, entityId: EntityId, typeGroup: RelationTypeGroup): Promise<EntityRelation[]>
    /** The relations around an entity, nearest first, and the entities they lead to (without the root), each once. */
    findRelated(scope: Scope, query: RelatedQuery): Promise<{ relations: EntityRelation[]; entityIds: EntityId[] }>
  }

type Row = {
  from_id: string
  from_type: string
  to_id: string
  to_type: string
  type: string
  type_group: string
  additional_info: unknown
  version: number
}

const columns = 'from_id, from_type, to_id, to_type, type, type_group, additional_info, version'

export const createRelationsRepository = (
  sql: Sql,
  tell: (kind: ChangedKind, entityIds: readonly string[]) => void,
): RelationsRepository => ({
  ...createRelationBatches(sql, tell),
  ...createRelationReads(sql),

  find: async (scope, key) => {
    const { conditions, values } = keyConditions(scope, key)
    const { rows } = await sql.query<Row>({ text: `SELECT ${columns} FROM relations WHERE ${conditions}`, values })
    return rows[0] ? toRelation(rows[0]) : null
  },

  list: async (scope, { from, to, type, typeGroup }) => {
    const { where, text, values } = conditionsOf(scope)
    if (from) where('from_id', from.id).where('from_type', from.entityType)
    if (to) where('to_id', to.id).where('to_type', to.entityType)
    if (type !== undefined) where('type', type)
    if (typeGroup) where('type_group', typeGroup)
    const { rows } = await sql.query<Row>({
      text: `SELECT ${columns} FROM relations WHERE ${text()} ORDER BY type, from_id, to_id`,
      values,
    })
    return rows.map(toRelation)
  },

  save: async (tenantId, { from, to, type, typeGroup, additionalInfo }) => {
    const { rows } = await sql.retrying<Row>({
      name: 'relation-save',
      text: `INSERT INTO relations AS r
               (tenant_id, from_id, from_type, to_id, to_type, type, type_group, additional_info)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (from_id, from_type, type_group, type, to_id, to_type)
             DO UPDATE SET additional_info = excluded.additional_info, version = r.version + 1
               WHERE r.tenant_id = excluded.tenant_id
             RETURNING ${columns}`,
      values: [
        tenantId,
        from.id,
        from.entityType,
        to.id,
        to.entityType,
        type,
        typeGroup,
        additionalInfo ? JSON.stringify(additionalInfo) : null,
      ],
    })
    const [row] = rows
    if (!row) throw new Error(`A relation of ${from.id} belongs to another tenant`)
    tell('relations', [from.id, to.id])
    return toRelation(row)
  },

  delete: async (scope, key) => {
    const { conditions, values } = keyConditions(scope, key)
    const { rows } = await sql.query<Row>({
      text: `DELETE FROM relations WHERE ${conditions} RETURNING ${columns}`,
      values,
    })
    if (rows.length > 0) tell('relations', [key.from.id, key.to.id])
    return rows[0] ? toRelation(rows[0]) : null
  },

  deleteOf: async (scope, entityId, typeGroup) => {
    const { where, text, values } = conditionsOf(scope)
    where('type_group', typeGroup)
    const [id, type] = [`$${values.length + 1}`, `$${values.length + 2}`]
    values.push(entityId.id, entityId.entityType)
    const { rows } = await sql.query<Row>({
      text: `DELETE FROM relations WHERE ${text()}
             AND ((from_id = ${id} AND from_type = ${type}) OR (to_id = ${id} AND to_type = ${type}))
             RETURNING ${columns}`,
      values,
    })
    if (rows.length > 0) tell('relations', [...new Set(rows.flatMap((row) => [row.from_id, row.to_id]))])
    return rows.map(toRelation)
  },

  findRelated: async (scope, query) => {
    const values: unknown[] = []
    const ctes = relatedCtes(scope, query, (value) => `$${values.push(value)}`)
    const { rows } = await sql.query<Row & { far_id: string; far_type: string }>({
      text: `WITH RECURSIVE ${ctes}
             SELECT ${columns}, far_id, far_type FROM related ORDER BY level, type, from_id, to_id`,
      values,
    })
    const entityIds = new Map<string, EntityId>()
    for (const { far_id, far_type } of rows)
      if (far_id !== query.root.id.toLowerCase())
        entityIds.set(far_id, { entityType: typeOf(far_type, entityTypes), id: far_id })
    return { relations: rows.map(toRelation), entityIds: [...entityIds.values()] }
  },
})

const conditionsOf = (scope: Scope) => {
  const values: unknown[] = []
  const conditions: string[] = []
  const where = (column: string, value: unknown) => {
    conditions.push(`${column} = $${values.push(value)}`)
    return { where }
  }
  if (scope.kind !== 'system') where('tenant_id', scope.tenantId)
  return { where, values, text: () => (conditions.length > 0 ? conditions.join(' AND ') : 'true') }
}

const keyConditions = (scope: Scope, { from, to, type, typeGroup }: RelationKey) => {
  const { where, values, text } = conditionsOf(scope)
  where('from_id', from.id).where('from_type', from.entityType).where('type_group', typeGroup).where('type', type)
  where('to_id', to.id).where('to_type', to.entityType)
  return { conditions: text(), values }
}

const toRelation = (row: Row): EntityRelation => ({
  from: { entityType: typeOf(row.from_type, entityTypes), id: row.from_id },
  to: { entityType: typeOf(row.to_type, entityTypes), id: row.to_id },
  type: row.type,
  typeGroup: typeOf(row.type_group, relationTypeGroups),
  additionalInfo: toInfo(row.additional_info),
  version: row.version,
})
