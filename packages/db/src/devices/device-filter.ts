import type { PageLink } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing } from '../rows.ts'

export type DeviceFilter = { type?: string; deviceProfileId?: string; active?: boolean }

/** Which devices: what stands behind WHERE, over `devices d`. */
export type DeviceSelection = {
  where: string
  values: readonly unknown[]
  /** Set when nothing but activity narrows a tenant's devices: then they are counted without looking at each. */
  wholeTenant: { id: string; active: boolean | undefined } | null
}

/** The server attribute `active`; triggers keep the table in step with it. */
export const isActive = 'EXISTS (SELECT 1 FROM active_devices v WHERE v.tenant_id = d.tenant_id AND v.device_id = d.id)'

export const selectDevices = async (
  sql: Sql,
  scope: Scope,
  link: PageLink,
  filter: DeviceFilter,
): Promise<DeviceSelection> => {
  const values: unknown[] = []
  const param = (value: unknown) => {
    values.push(value)
    return `$${values.length}`
  }
  const conditions: string[] = []
  if (scope.kind !== 'system') conditions.push(`d.tenant_id = ${param(scope.tenantId)}::uuid`)
  if (scope.kind === 'customer') conditions.push(`d.customer_id = ${param(scope.customerId)}::uuid`)
  if (filter.deviceProfileId) conditions.push(`d.device_profile_id = ${param(filter.deviceProfileId)}::uuid`)
  if (filter.type)
    conditions.push(`d.device_profile_id IN (SELECT id FROM device_profiles WHERE name = ${param(filter.type)})`)
  if (filter.active !== undefined) conditions.push(filter.active ? isActive : `NOT ${isActive}`)
  if (link.textSearch) {
    const pattern = containing(link.textSearch)
    const found = await findNamed(sql, scope, pattern)
    const text = param(pattern)
    const matches = [`d.name ILIKE ${text}`, `d.label ILIKE ${text}`]
    // Only where there are some: each alternative costs every row that the others do not find.
    if (found.profileIds.length > 0) matches.push(`d.device_profile_id = ANY(${param(found.profileIds)}::uuid[])`)
    if (found.customerIds.length > 0) matches.push(`d.customer_id = ANY(${param(found.customerIds)}::uuid[])`)
    conditions.push(`(${matches.join(' OR ')})`)
  }
  const isWhole = !filter.type && !filter.deviceProfileId && !link.textSearch
  return {
    where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    values,
    wholeTenant: scope.kind === 'tenant' && isWhole ? { id: scope.tenantId, active: filter.active } : null,
  }
}

/** Profiles and customers are few: found first, their ids lead to devices by an index. */
const findNamed = async (sql: Sql, scope: Scope, pattern: string) => {
  const { rows } = await sql.query<{ profiles: string[]; customers: string[] }>({
    name: 'device-search-names',
    text: `SELECT
        ARRAY(SELECT id FROM device_profiles WHERE ($1::uuid IS NULL OR tenant_id = $1) AND name ILIKE $2) AS profiles,
        ARRAY(SELECT id FROM customers WHERE ($1::uuid IS NULL OR tenant_id = $1) AND title ILIKE $2) AS customers`,
    values: [scope.kind === 'system' ? null : scope.tenantId, pattern],
  })
  return { profileIds: rows[0]?.profiles ?? [], customerIds: rows[0]?.customers ?? [] }
}
