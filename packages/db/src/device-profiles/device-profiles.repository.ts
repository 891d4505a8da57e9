import {
  AppError,
  type DeviceProfile,
  type DeviceProfileInfo,
  type PageData,
  type PageLink,
  type SaveDeviceProfile,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeEntity } from '../entity-removal.ts'
import { literal, sortColumn, sortDirection } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { type ProfileRow, toProfile, toProfileInfo } from './device-profile-rows.ts'
import { createProfile, makeDefault, updateProfile } from './device-profile-write.ts'

export type DeviceProfilesRepository = {
  find(scope: Scope, profileId: string): Promise<DeviceProfile | null>
  findByName(scope: Scope, name: string): Promise<DeviceProfile | null>
  findInfo(scope: Scope, profileId: string): Promise<DeviceProfileInfo | null>
  /** The profile of devices that name none. */
  findDefault(scope: Scope): Promise<DeviceProfile | null>
  /** System-wide: the key is all that a device without credentials knows. */
  findByProvisionKey(provisionDeviceKey: string): Promise<DeviceProfile | null>
  /** In the order asked for; those that are missing are left out. */
  infosOf(scope: Scope, profileIds: readonly string[]): Promise<DeviceProfileInfo[]>
  list(scope: Scope, link: PageLink): Promise<PageData<DeviceProfile>>
  listInfos(scope: Scope, link: PageLink, filter?: { transportType?: string }): Promise<PageData<DeviceProfileInfo>>
  /** By name; only those with devices when asked so. */
  names(scope: Scope, filter: { isUsed: boolean }): Promise<{ id: string; tenantId: string; name: string }[]>
  save(scope: Scope, profile: SaveDeviceProfile): Promise<DeviceProfile>
  setDefault(scope: Scope, profileId: string): Promise<DeviceProfile>
  /** Throws when devices use it. */
  delete(scope: Scope, profileId: string): Promise<boolean>
  /** Keys that the latest values of a profile's devices have; null: of all devices of the tenant. */
  seriesKeys(scope: Scope, profileId: string | null): Promise<string[]>
  attributeKeys(scope: Scope, profileId: string | null): Promise<string[]>
}

const sortFields = {
  id: 'id',
  name: 'name',
  createdTime: 'createdTime',
  description: 'description',
  type: 'type',
  transportType: 'transportType',
  isDefault: 'isDefault',
  default: 'isDefault',
} as const

type Where = { id: string } | { name: string } | { isDefault: true } | { provisionDeviceKey: string }

/** A customer sees the profiles of its tenant: their names stand on its own devices. */
const ofTenant = (scope: Scope) => (scope.kind === 'system' ? {} : { tenantId: scope.tenantId })

export const createDeviceProfilesRepository = (prisma: LazyPrisma, sql: Sql): DeviceProfilesRepository => {
  const findRow = async (scope: Scope, where: Where) => {
    const { client } = await prisma.get()
    return client.deviceProfile.findFirst({ where: { ...ofTenant(scope), ...where } })
  }

  const page = async <T>(scope: Scope, link: PageLink, filter: object, map: (row: ProfileRow) => T) => {
    const { client } = await prisma.get()
    const contains = link.textSearch && { contains: literal(link.textSearch), mode: 'insensitive' as const }
    const where = { ...ofTenant(scope), ...filter, ...(contains && { name: contains }) }
    const [rows, total] = await Promise.all([
      client.deviceProfile.findMany({
        where,
        orderBy: [{ [sortColumn(link, sortFields, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.deviceProfile.count({ where }),
    ])
    return toPageData(rows.map(map), total, link)
  }

  const keysIn = async (table: 'ts_kv_latest' | 'attributes', scope: Scope, profileId: string | null) => {
    const { rows } = await sql.query<{ key: string }>({
      text: `SELECT k.key FROM telemetry_keys k
             WHERE k.id IN (
               SELECT v.key FROM devices d
               JOIN telemetry_entities e ON e.entity_id = d.id
               JOIN ${table} v ON v.entity = e.ref
               WHERE ($1::uuid IS NULL OR d.tenant_id = $1) AND ($2::uuid IS NULL OR d.device_profile_id = $2))
             ORDER BY k.key COLLATE "C"`,
      values: [scope.kind === 'system' ? null : scope.tenantId, profileId],
    })
    return rows.map(({ key }) => key)
  }

  return {
    find: async (scope, id) => mapped(await findRow(scope, { id }), toProfile),
    findByName: async (scope, name) => mapped(await findRow(scope, { name }), toProfile),
    findInfo: async (scope, id) => mapped(await findRow(scope, { id }), toProfileInfo),
    findDefault: async (scope) => mapped(await findRow(scope, { isDefault: true }), toProfile),

    findByProvisionKey: async (provisionDeviceKey) =>
      mapped(await findRow({ kind: 'system' }, { provisionDeviceKey }), toProfile),

    infosOf: async (scope, profileIds) => {
      const { client } = await prisma.get()
      const rows = await client.deviceProfile.findMany({ where: { ...ofTenant(scope), id: { in: [...profileIds] } } })
      const found = new Map(rows.map((row) => [row.id, toProfileInfo(row)]))
      return profileIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
    },

    list: (scope, link) => page(scope, link, {}, toProfile),
    listInfos: (scope, link, filter = {}) => page(scope, link, filter, toProfileInfo),

    names: async (scope, { isUsed }) => {
      const { client } = await prisma.get()
      const customer = scope.kind === 'customer' ? { customerId: scope.customerId } : {}
      return client.deviceProfile.findMany({
        where: { ...ofTenant(scope), ...(isUsed && { devices: { some: customer } }) },
        select: { id: true, tenantId: true, name: true },
        orderBy: [{ name: 'asc' }],
      })
    },

    save: async (scope, profile) => {
      const tenantId = writableTenant(scope)
      const db = await prisma.get()
      return db.client.$transaction((tx) => {
        const write = { db, tx, tenantId, profile }
        return profile.id ? updateProfile(write, profile.id.id) : createProfile(write)
      })
    },

    setDefault: async (scope, profileId) => {
      const tenantId = writableTenant(scope)
      const { client } = await prisma.get()
      return client.$transaction((tx) => makeDefault(tx, tenantId, profileId))
    },

    delete: async (scope, profileId) => {
      const tenantId = writableTenant(scope)
      const row = await findRow(scope, { id: profileId })
      if (!row) return false
      if (row.isDefault) throw new AppError('ARGUMENT_INVALID', 'Deletion of Default Device Profile is prohibited!')
      const { client } = await prisma.get()
      if (await client.otaPackage.findFirst({ where: { tenantId, deviceProfileId: profileId }, select: { id: true } }))
        throw new AppError('ARGUMENT_INVALID', 'The device profile referenced by the OTA packages cannot be deleted!')
      return removeEntity(sql, { table: 'device_profiles', tenantId, id: profileId })
    },

    seriesKeys: (scope, profileId) => keysIn('ts_kv_latest', scope, profileId),
    attributeKeys: (scope, profileId) => keysIn('attributes', scope, profileId),
  }
}

const mapped = <T>(row: ProfileRow | null, map: (row: ProfileRow) => T): T | null => row && map(row)
