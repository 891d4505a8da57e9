import { AppError, type EntityId, type RelationDirection } from '@thingwire/contracts'
import type { ChangedKind } from '../changes.ts'
import type { Sql } from '../connection/sql.ts'
import { withoutNul } from '../rows.ts'

type Ends = { from: EntityId; to: EntityId; type: string }

/** COMMON relations of one tenant, many at a time. */
export type RelationBatches = {
  /** Makes those that are missing, in order. True: it was made. Both ends must be the tenant's: the caller has looked. */
  saveMissing(tenantId: string, relations: readonly Ends[]): Promise<boolean[]>
  /** In order. False: there was none. */
  deleteMany(tenantId: string, relations: readonly Ends[]): Promise<boolean[]>
  /** Those that leave (FROM) or reach (TO) entities; how many there were, in order. */
  deleteAround(
    tenantId: string,
    queries: readonly { entityId: EntityId; direction: RelationDirection; type: string }[],
  ): Promise<number[]>
}

type EndsRow = { from_id: string; from_type: string; type: string; to_id: string; to_type: string }
type NearRow = { from_id: string; to_id: string; near_id: string; near_type: string; type: string }

const maxTypeLength = 255

/** `unnest($1, …)`: names and values of the columns. */
const asked = '$1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[]'

export const createRelationBatches = (
  sql: Sql,
  tell: (kind: ChangedKind, entityIds: readonly string[]) => void,
): RelationBatches => {
  const told = (rows: readonly Pick<EndsRow, 'from_id' | 'to_id'>[]) => {
    if (rows.length > 0) tell('relations', [...new Set(rows.flatMap((row) => [row.from_id, row.to_id]))])
  }

  return {
    saveMissing: async (tenantId, relations) => {
      if (relations.length === 0) return []
      const wanted = sorted(relations)
      for (const { type } of wanted)
        if (type.length > maxTypeLength) throw new AppError('ARGUMENT_INVALID', 'The relation type is too long')
      const { rows } = await sql.retrying<EndsRow>({
        name: 'relations-save-missing',
        text: `INSERT INTO relations (tenant_id, from_id, from_type, type, to_id, to_type, type_group)
               SELECT $6, q.*, 'COMMON' FROM unnest(${asked}) AS q
               ON CONFLICT DO NOTHING RETURNING from_id, from_type, type, to_id, to_type`,
        values: [...columnsOf(wanted), tenantId],
      })
      told(rows)
      return answers(relations, rows)
    },

    deleteMany: async (tenantId, relations) => {
      if (relations.length === 0) return []
      const { rows } = await sql.retrying<EndsRow>({
        name: 'relations-delete-many',
        text: `DELETE FROM relations r USING unnest(${asked}) AS q (from_id, from_type, type, to_id, to_type)
               WHERE r.from_id = q.from_id AND r.from_type = q.from_type AND r.type_group = 'COMMON' AND r.type = q.type
                 AND r.to_id = q.to_id AND r.to_type = q.to_type AND r.tenant_id = $6
               RETURNING r.from_id, r.from_type, r.type, r.to_id, r.to_type`,
        values: [...columnsOf(sorted(relations)), tenantId],
      })
      told(rows)
      return answers(relations, rows)
    },

    deleteAround: async (tenantId, queries) => {
      const counts = queries.map(() => 0)
      for (const direction of ['FROM', 'TO'] as const) {
        const near = direction === 'FROM' ? 'from' : 'to'
        const wanted = queries.filter((query) => query.direction === direction)
        if (wanted.length === 0) continue
        const { rows } = await sql.retrying<NearRow>({
          name: `relations-delete-${near}`,
          text: `DELETE FROM relations r
                 WHERE (r.${near}_id, r.${near}_type, r.type) IN
                       (SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]))
                   AND r.type_group = 'COMMON' AND r.tenant_id = $4
                 RETURNING r.from_id, r.to_id, r.${near}_id AS near_id, r.${near}_type AS near_type, r.type`,
          values: [
            wanted.map(({ entityId }) => entityId.id),
            wanted.map(({ entityId }) => entityId.entityType),
            wanted.map(({ type }) => withoutNul(type)),
            tenantId,
          ],
        })
        told(rows)
        for (const [index, query] of queries.entries()) {
          if (query.direction !== direction) continue
          const { entityId, type } = query
          counts[index] = rows.filter(
            (row) =>
              row.near_id === entityId.id.toLowerCase() &&
              row.near_type === entityId.entityType &&
              row.type === withoutNul(type),
          ).length
        }
      }
      return counts
    },
  }
}

const keyOf = (row: EndsRow): string => `${row.from_id} ${row.from_type} ${row.to_id} ${row.to_type} ${row.type}`

const rowOf = ({ from, to, type }: Ends): EndsRow => ({
  from_id: from.id.toLowerCase(),
  from_type: from.entityType,
  type: withoutNul(type),
  to_id: to.id.toLowerCase(),
  to_type: to.entityType,
})

/** Each once, in one order for everybody, against deadlocks. */
const sorted = (relations: readonly Ends[]): EndsRow[] => {
  const rows = new Map(relations.map((relation) => [keyOf(rowOf(relation)), rowOf(relation)]))
  return [...rows.keys()].sort().flatMap((key) => rows.get(key) ?? [])
}

const columnsOf = (rows: readonly EndsRow[]) => [
  rows.map((row) => row.from_id),
  rows.map((row) => row.from_type),
  rows.map((row) => row.type),
  rows.map((row) => row.to_id),
  rows.map((row) => row.to_type),
]

/** Of several that are the same the first one did it. */
const answers = (relations: readonly Ends[], rows: readonly EndsRow[]): boolean[] => {
  const changed = new Set(rows.map(keyOf))
  return relations.map((relation) => changed.delete(keyOf(rowOf(relation))))
}
