import { type DeviceInfo, type PageData, type PageLink, toPageData } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'
import { type DeviceFilter, isActive, selectDevices } from './device-filter.ts'
import { pageOfDevices } from './device-order.ts'
import { packageId, toDeviceData } from './device-rows.ts'

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
}

/**
 * Devices with the names of what they point at and whether they are active. This one read is plain SQL: it has to be
 * fast at any page of 100,000, and `active` lies outside Prisma's tables.
 */
export const listDeviceInfos = async (
  sql: Sql,
  scope: Scope,
  link: PageLink,
  filter: DeviceFilter,
): Promise<PageData<DeviceInfo>> => {
  const { ids, total } = await pageOfDevices(sql, await selectDevices(sql, scope, link, filter), link)
  return toPageData(await readInfos(sql, scope, ids), total, link)
}

/** In the order of the ids; those that are missing are left out. */
export const readInfos = async (sql: Sql, scope: Scope, ids: readonly string[]): Promise<DeviceInfo[]> => {
  if (ids.length === 0) return []
  const { rows } = await sql.query<InfoRow>({
    name: 'device-infos',
    text: `SELECT d.id, d.created_time, d.additional_info, d.tenant_id, d.customer_id, d.name, d.label,
             d.device_profile_id, d.device_data, d.firmware_id, d.software_id, d.external_id, d.version,
             p.name AS profile_name, c.title AS customer_title, c.is_public AS customer_is_public,
             ${isActive} AS active
           FROM devices d
           JOIN device_profiles p ON p.id = d.device_profile_id
           LEFT JOIN customers c ON c.id = d.customer_id
           WHERE d.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR d.tenant_id = $2)
             AND ($3::uuid IS NULL OR d.customer_id = $3)`,
    values: [ids, scope.kind === 'system' ? null : scope.tenantId, scope.kind === 'customer' ? scope.customerId : null],
  })
  const found = new Map(rows.map((row) => [row.id, toDeviceInfo(row)]))
  return ids.flatMap((id) => found.get(id.toLowerCase()) ?? [])
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
