import { type DeviceInfo, type PageData, type PageLink, toPageData } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection, toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'
import { packageId, toDeviceData } from './device-rows.ts'

export type DeviceFilter = { id?: string; type?: string; deviceProfileId?: string; active?: boolean }

type InfoRow = {
  id: string
  created_time: number
  additional_info: unknown
  tenant_id: string
  customer_id: string | null
  name: string
  label: string | null
  device_profile_id: string
  device_data: unknown
  firmware_id: string | null
  software_id: string | null
  external_id: string | null
  version: number
  profile_name: string
  customer_title: string | null
  customer_is_public: boolean | null
  active: boolean
  total: number
}

const sortColumns = {
  id: 'd.id',
  createdTime: 'd.created_time',
  name: 'd.name',
  label: 'd.label',
  type: 'p.name',
  deviceProfileName: 'p.name',
  customerTitle: 'c.title',
  active: 'active',
} as const

/**
 * Devices with the names of what they point at and whether they are active: the server attribute `active`, which lies
 * outside Prisma's tables. That is why this one read is plain SQL.
 */
export const listDeviceInfos = async (
  sql: Sql,
  scope: Scope,
  link: PageLink,
  filter: DeviceFilter,
): Promise<PageData<DeviceInfo>> => {
  const values: unknown[] = []
  const conditions: string[] = []
  const where = (condition: (n: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (scope.kind !== 'system') where((n) => `d.tenant_id = ${n}::uuid`, scope.tenantId)
  if (scope.kind === 'customer') where((n) => `d.customer_id = ${n}::uuid`, scope.customerId)
  if (filter.id) where((n) => `d.id = ${n}::uuid`, filter.id)
  if (filter.type) where((n) => `p.name = ${n}`, filter.type)
  if (filter.deviceProfileId) where((n) => `d.device_profile_id = ${n}::uuid`, filter.deviceProfileId)
  if (filter.active !== undefined) where((n) => `COALESCE(a.bool_v, false) = ${n}`, filter.active)
  if (link.textSearch)
    where(
      (n) => `(d.name ILIKE ${n} OR d.label ILIKE ${n} OR p.name ILIKE ${n} OR c.title ILIKE ${n})`,
      containing(link.textSearch),
    )
  const column = sortColumn(link, sortColumns, 'd.id')
  const direction = sortDirection(link)
  values.push(link.pageSize, link.page * link.pageSize)
  const from = `FROM devices d
    JOIN device_profiles p ON p.id = d.device_profile_id
    LEFT JOIN customers c ON c.id = d.customer_id
    LEFT JOIN telemetry_entities e ON e.entity_id = d.id
    LEFT JOIN attributes a ON a.entity = e.ref AND a.scope = 2
      AND a.key = (SELECT id FROM telemetry_keys WHERE key = 'active')
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`
  const { rows } = await sql.query<InfoRow>({
    text: `WITH found AS (
             SELECT d.id, d.created_time, d.additional_info, d.tenant_id, d.customer_id, d.name, d.label,
                    d.device_profile_id, d.device_data, d.firmware_id, d.software_id, d.external_id, d.version, p.name AS profile_name, c.title AS customer_title,
                    c.is_public AS customer_is_public, COALESCE(a.bool_v, false) AS active
             ${from}
             ORDER BY ${column} ${direction} NULLS LAST, d.id
             LIMIT $${values.length - 1} OFFSET $${values.length}
           )
           SELECT found.*, counted.total FROM (SELECT count(*) AS total ${from}) counted LEFT JOIN found ON true`,
    values,
  })
  const total = rows[0]?.total ?? 0
  return toPageData(rows.filter((row) => row.id !== null).map(toDeviceInfo), total, link)
}

const toDeviceInfo = (row: InfoRow): DeviceInfo => ({
  id: { entityType: 'DEVICE', id: row.id },
  createdTime: row.created_time,
  additionalInfo: toInfo(row.additional_info),
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
  name: row.name,
  type: row.profile_name,
  label: row.label,
  deviceProfileId: { entityType: 'DEVICE_PROFILE', id: row.device_profile_id },
  deviceData: toDeviceData(row.device_data),
  firmwareId: packageId(row.firmware_id),
  softwareId: packageId(row.software_id),
  externalId: row.external_id ? { entityType: 'DEVICE', id: row.external_id } : null,
  version: row.version,
  customerTitle: row.customer_title,
  customerIsPublic: row.customer_is_public ?? false,
  deviceProfileName: row.profile_name,
  active: row.active,
})
