import type { Sql } from '../connection/sql.ts'

/** Whose sign-ins end with their tenant. */
export type TenantRemoval = { userIds: string[] }

/**
 * Deletes a tenant with everything it has, in one transaction. The history of its entities is marked and removed by
 * maintenance, since it may be millions of rows; audit log and ledger stay, for they tell what happened; events are
 * dropped with their partitions.
 * @returns null when there is no such tenant
 */
export const removeTenant = (sql: Sql, tenantId: string): Promise<TenantRemoval | null> =>
  sql.transaction(async (tx) => {
    const values = [tenantId]
    // Whoever wants to add something to the tenant waits here, and then finds that it is gone.
    const found = await tx.query({ text: 'SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE', values })
    if (found.rowCount !== 1) return null
    const users = await tx.query<{ id: string }>({ text: 'SELECT id FROM users WHERE tenant_id = $1', values })
    for (const table of ['attributes', 'ts_kv_latest'])
      await tx.query({
        text: `DELETE FROM ${table} t USING telemetry_entities e WHERE e.tenant_id = $1 AND t.entity = e.ref`,
        values,
      })
    await tx.query({
      text: 'UPDATE telemetry_entities SET deleted_at = $2 WHERE tenant_id = $1 AND deleted_at IS NULL',
      values: [tenantId, Date.now()],
    })
    await tx.query({ text: 'DELETE FROM dead_letters WHERE tenant_id = $1', values })
    // Foreign keys take everything else along.
    await tx.query({ text: 'DELETE FROM tenants WHERE id = $1', values })
    return { userIds: users.rows.map(({ id }) => id) }
  })
