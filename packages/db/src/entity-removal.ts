import type { Sql } from './connection/sql.ts'

/**
 * Deletes an entity with everything that points at it: relations, alarms, attributes, latest values. Its history is
 * marked and removed by maintenance, since it may be millions of rows.
 * @returns false when the tenant has no such entity
 */
export const removeEntity = (
  sql: Sql,
  entity: { table: 'devices' | 'dashboards' | 'rule_chains'; tenantId: string; id: string },
): Promise<boolean> =>
  sql.transaction(async (tx) => {
    const ids = [entity.id, entity.tenantId]
    const { rowCount } = await tx.query({
      text: `DELETE FROM ${entity.table} WHERE id = $1 AND tenant_id = $2`,
      values: ids,
    })
    if (rowCount !== 1) return false
    await tx.query({
      text: 'DELETE FROM relations WHERE (from_id = $1 OR to_id = $1) AND tenant_id = $2',
      values: ids,
    })
    await tx.query({ text: 'DELETE FROM alarms WHERE originator_id = $1 AND tenant_id = $2', values: ids })
    await tx.query({ text: 'DELETE FROM entity_alarm WHERE entity_id = $1 AND tenant_id = $2', values: ids })
    const { rows } = await tx.query<{ ref: number }>({
      text: 'UPDATE telemetry_entities SET deleted_at = $3 WHERE entity_id = $1 AND tenant_id = $2 RETURNING ref',
      values: [...ids, Date.now()],
    })
    for (const { ref } of rows) {
      await tx.query({ text: 'DELETE FROM attributes WHERE entity = $1', values: [ref] })
      await tx.query({ text: 'DELETE FROM ts_kv_latest WHERE entity = $1', values: [ref] })
    }
    return true
  })
