import type { Queryable, Sql } from './connection/sql.ts'

/**
 * Deletes an entity with everything that points at it: relations, alarms and their rules, attributes, latest values. Its history is
 * marked and removed by maintenance, since it may be millions of rows.
 * @param before What is to be kept of it, in the same transaction; false: the tenant has no such entity
 * @returns false when the tenant has no such entity
 */
export const removeEntity = (
  sql: Sql,
  entity: { table: 'devices' | 'device_profiles' | 'dashboards' | 'rule_chains'; tenantId: string; id: string },
  before?: (tx: Queryable) => Promise<boolean>,
): Promise<boolean> =>
  sql.transaction(async (tx) => {
    if (before && !(await before(tx))) return false
    const { rowCount } = await tx.query({
      text: `DELETE FROM ${entity.table} WHERE id = $1 AND tenant_id = $2`,
      values: [entity.id, entity.tenantId],
    })
    if (rowCount !== 1) return false
    await removeTraces(tx, entity.tenantId, [entity.id])
    return true
  })

/** What is left of entities whose own rows are gone: relations, alarms and their rules, attributes, latest values, marked history. */
export const removeTraces = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<void> => {
  const values = [ids, tenantId]
  await tx.query({
    text: 'DELETE FROM relations WHERE (from_id = ANY($1) OR to_id = ANY($1)) AND tenant_id = $2',
    values,
  })
  await tx.query({ text: 'DELETE FROM alarms WHERE originator_id = ANY($1) AND tenant_id = $2', values })
  await tx.query({ text: 'DELETE FROM entity_alarm WHERE entity_id = ANY($1) AND tenant_id = $2', values })
  await tx.query({ text: 'DELETE FROM calculated_fields WHERE entity_id = ANY($1) AND tenant_id = $2', values })
  const { rows } = await tx.query<{ ref: number }>({
    text: 'UPDATE telemetry_entities SET deleted_at = $3 WHERE entity_id = ANY($1) AND tenant_id = $2 RETURNING ref',
    values: [...values, Date.now()],
  })
  if (rows.length === 0) return
  const refs = rows.map(({ ref }) => ref)
  await tx.query({ text: 'DELETE FROM attributes WHERE entity = ANY($1)', values: [refs] })
  await tx.query({ text: 'DELETE FROM ts_kv_latest WHERE entity = ANY($1)', values: [refs] })
}
