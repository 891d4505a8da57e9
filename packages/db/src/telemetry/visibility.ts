import type { EntityId } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import type { Dictionary } from './dictionary.ts'

/** The integer that stands for an entity in the rows, or null when the scope may not see it or nothing is stored. */
export type FindVisible = (scope: Scope, entityId: EntityId) => Promise<number | null>

export const createVisibility =
  (sql: Sql, dictionary: Dictionary): FindVisible =>
  async (scope, entityId) => {
    const found = (await dictionary.findEntities([entityId.id])).get(entityId.id)
    if (!found) return null
    if (scope.kind === 'system') return found.ref
    if (found.tenantId !== scope.tenantId) return null
    if (scope.kind === 'tenant') return found.ref
    return (await isOfCustomer(sql, scope, entityId.id)) ? found.ref : null
  }

/** A customer sees its own record, its users and what is assigned to it. */
const isOfCustomer = async (sql: Sql, scope: Scope & { kind: 'customer' }, entityId: string): Promise<boolean> => {
  const { rows } = await sql.query<{ visible: boolean }>({
    name: 'customer-sees-entity',
    text: `SELECT $1::uuid = $3::uuid
        OR EXISTS (SELECT 1 FROM devices WHERE id = $1 AND tenant_id = $2 AND customer_id = $3)
        OR EXISTS (SELECT 1 FROM assets WHERE id = $1 AND tenant_id = $2 AND customer_id = $3)
        OR EXISTS (SELECT 1 FROM entity_views WHERE id = $1 AND tenant_id = $2 AND customer_id = $3)
        OR EXISTS (SELECT 1 FROM users WHERE id = $1 AND tenant_id = $2 AND customer_id = $3)
        OR EXISTS (SELECT 1 FROM dashboard_assignments WHERE dashboard_id = $1 AND tenant_id = $2 AND customer_id = $3)
        AS visible`,
    values: [entityId, scope.tenantId, scope.customerId],
  })
  return rows[0]?.visible ?? false
}
