import type { EntityId, EntityType } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { FieldTarget } from './calculated-fields.repository.ts'

/** `state` is the evaluation's own. `dueMs`: to be looked at again then, epoch ms; null: when a value comes. */
export type FieldState = { fieldId: string; entityId: EntityId; state: unknown; dueMs: number | null }
export type DueField = { tenantId: string; fieldId: string; entityId: EntityId }

/** What calculated fields know and have counted of entities. */
export type FieldStatesRepository = {
  /** In order; undefined: nothing is kept. */
  find(pairs: readonly { fieldId: string; entityId: string }[]): Promise<unknown[]>
  /** Each pair once. Those whose field is gone are left out. */
  keep(states: readonly FieldState[]): Promise<void>
  /** Those that are due by `nowMs`; nobody else gets them until `leaseMs`, epoch ms. */
  claimDue(nowMs: number, leaseMs: number, limit: number): Promise<DueField[]>
  /** Has entities looked at that a field of their profile counts time for and does not know yet. Answers how many. */
  startTimed(nowMs: number, limit: number): Promise<number>
  /** Forgets entities that are gone. */
  removeGone(): Promise<void>
  /** In order; null: the tenant has no such entity. */
  targets(tenantId: string, ids: readonly EntityId[]): Promise<(FieldTarget | null)[]>
  /** Whom a field applies to that stands at an entity, profile or customer, by their ids, behind `afterId`. */
  members(tenantId: string, owner: EntityId, afterId: string | null, limit: number): Promise<EntityId[]>
}

const firstId = '00000000-0000-0000-0000-000000000000'

export const createFieldStatesRepository = (sql: Sql): FieldStatesRepository => ({
  find: async (pairs) => {
    const { rows } = await sql.query<{ field_id: string; entity_id: string; state: unknown }>({
      name: 'field-states',
      text: `SELECT s.field_id, s.entity_id, s.state FROM unnest($1::uuid[], $2::uuid[]) x (field_id, entity_id)
             JOIN calculated_field_states s ON s.field_id = x.field_id AND s.entity_id = x.entity_id`,
      values: [pairs.map(({ fieldId }) => fieldId), pairs.map(({ entityId }) => entityId)],
    })
    const found = new Map(rows.map((row) => [`${row.field_id} ${row.entity_id}`, row.state]))
    return pairs.map(({ fieldId, entityId }) => found.get(`${fieldId} ${entityId}`))
  },

  keep: async (states) => {
    await sql.retrying({
      name: 'field-states-keep',
      // In one order by everybody, and the field held: one that is being deleted takes its states along.
      text: `INSERT INTO calculated_field_states (field_id, entity_id, entity_type, state, due_ms)
             SELECT f.id, x.entity_id, x.entity_type, x.state::json, x.due_ms
             FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[]) x (field_id, entity_id, entity_type, state, due_ms)
             JOIN LATERAL (SELECT f.id FROM calculated_fields f WHERE f.id = x.field_id FOR KEY SHARE) f ON true
             ORDER BY f.id, x.entity_id
             ON CONFLICT (field_id, entity_id) DO UPDATE SET state = EXCLUDED.state, due_ms = EXCLUDED.due_ms`,
      values: [
        states.map(({ fieldId }) => fieldId),
        states.map(({ entityId }) => entityId.id),
        states.map(({ entityId }) => entityId.entityType),
        states.map(({ state }) => JSON.stringify(state)),
        states.map(({ dueMs }) => (dueMs === null ? null : Math.ceil(dueMs))),
      ],
    })
  },

  claimDue: async (nowMs, leaseMs, limit) => {
    const { rows } = await sql.retrying<{
      tenant_id: string
      field_id: string
      entity_id: string
      entity_type: EntityType
    }>({
      name: 'field-states-due',
      text: `UPDATE calculated_field_states s SET due_ms = $2
             FROM (SELECT d.field_id, d.entity_id FROM calculated_field_states d WHERE d.due_ms <= $1
                   ORDER BY d.due_ms LIMIT $3 FOR UPDATE SKIP LOCKED) d, calculated_fields f
             WHERE s.field_id = d.field_id AND s.entity_id = d.entity_id AND f.id = s.field_id
             RETURNING f.tenant_id, s.field_id, s.entity_id, s.entity_type`,
      values: [nowMs, leaseMs, limit],
    })
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      fieldId: row.field_id,
      entityId: { entityType: row.entity_type, id: row.entity_id },
    }))
  },

  startTimed: async (nowMs, limit) => {
    const { rowCount } = await sql.retrying({
      name: 'field-states-start',
      text: `INSERT INTO calculated_field_states (field_id, entity_id, entity_type, due_ms)
             SELECT m.field_id, m.entity_id, m.entity_type, $1 FROM (
               SELECT f.id AS field_id, d.id AS entity_id, 'DEVICE' AS entity_type
               FROM calculated_fields f JOIN devices d ON d.device_profile_id = f.entity_id AND d.tenant_id = f.tenant_id
               WHERE f.is_timed AND f.entity_type = 'DEVICE_PROFILE'
               UNION ALL
               SELECT f.id, a.id, 'ASSET'
               FROM calculated_fields f JOIN assets a ON a.asset_profile_id = f.entity_id AND a.tenant_id = f.tenant_id
               WHERE f.is_timed AND f.entity_type = 'ASSET_PROFILE') m
             WHERE NOT EXISTS (SELECT 1 FROM calculated_field_states s WHERE s.field_id = m.field_id AND s.entity_id = m.entity_id)
             ORDER BY m.field_id, m.entity_id LIMIT $2
             ON CONFLICT DO NOTHING`,
      values: [nowMs, limit],
    })
    return rowCount ?? 0
  },

  removeGone: async () => {
    await sql.query({
      text: `DELETE FROM calculated_field_states s WHERE NOT EXISTS (
               SELECT 1 FROM devices d WHERE d.id = s.entity_id UNION ALL SELECT 1 FROM assets a WHERE a.id = s.entity_id
               UNION ALL SELECT 1 FROM customers c WHERE c.id = s.entity_id)`,
      values: [],
    })
    await sql.query({
      text: `DELETE FROM calculated_fields f WHERE NOT EXISTS (
               SELECT 1 FROM devices d WHERE d.id = f.entity_id UNION ALL SELECT 1 FROM assets a WHERE a.id = f.entity_id
               UNION ALL SELECT 1 FROM customers c WHERE c.id = f.entity_id
               UNION ALL SELECT 1 FROM device_profiles p WHERE p.id = f.entity_id
               UNION ALL SELECT 1 FROM asset_profiles p WHERE p.id = f.entity_id)`,
      values: [],
    })
  },

  targets: async (tenantId, ids) => {
    const { rows } = await sql.query<{
      id: string
      type: EntityType
      profile_id: string | null
      customer_id: string | null
    }>({
      name: 'field-targets',
      text: `SELECT id, 'DEVICE' AS type, device_profile_id AS profile_id, customer_id FROM devices WHERE tenant_id = $1 AND id = ANY($2::uuid[])
             UNION ALL
             SELECT id, 'ASSET', asset_profile_id, customer_id FROM assets WHERE tenant_id = $1 AND id = ANY($2::uuid[])
             UNION ALL
             SELECT id, 'CUSTOMER', NULL, NULL FROM customers WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
      values: [tenantId, ids.map(({ id }) => id)],
    })
    const found = new Map(
      rows.map((row): [string, FieldTarget] => [
        row.id,
        { id: { entityType: row.type, id: row.id }, profileId: row.profile_id, customerId: row.customer_id },
      ]),
    )
    return ids.map(({ entityType, id }) => {
      const target = found.get(id.toLowerCase())
      return target?.id.entityType === entityType ? target : null
    })
  },

  members: async (tenantId, owner, afterId, limit) => {
    const from = memberTables[owner.entityType]
    if (!from) return []
    const { rows } = await sql.query<{ id: string }>({
      text: `SELECT id FROM ${from.table} WHERE tenant_id = $1 AND ${from.column} = $2 AND id > $3 ORDER BY id LIMIT $4`,
      values: [tenantId, owner.id, afterId ?? firstId, limit],
    })
    return rows.map(({ id }) => ({ entityType: from.type, id }))
  },
})

const memberTables: Partial<Record<EntityType, { table: string; column: string; type: EntityType }>> = {
  DEVICE: { table: 'devices', column: 'id', type: 'DEVICE' },
  ASSET: { table: 'assets', column: 'id', type: 'ASSET' },
  CUSTOMER: { table: 'customers', column: 'id', type: 'CUSTOMER' },
  DEVICE_PROFILE: { table: 'devices', column: 'device_profile_id', type: 'DEVICE' },
  ASSET_PROFILE: { table: 'assets', column: 'asset_profile_id', type: 'ASSET' },
}
