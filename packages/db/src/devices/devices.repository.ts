import {
  AppError,
  type Device,
  type DeviceCredentials,
  type DeviceInfo,
  type OtaPackageType,
  type PageData,
  type PageLink,
  type SaveDevice,
} from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeEntity } from '../entity-removal.ts'
import { assignedTo, writableTenant } from '../scope.ts'
import type { Dictionary } from '../telemetry/dictionary.ts'
import type { DeviceFilter } from './device-filter.ts'
import { listDeviceInfos, readInfos } from './device-list.ts'
import { moveDevice } from './device-move.ts'
import { toDevice, withProfileName } from './device-rows.ts'
import { createDevice, updateDevice } from './device-write.ts'
import { singleDevices } from './single-device.ts'

/** Credentials with the id under which the gateway finds them. */
export type NewCredentials = Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>

export type SaveDeviceOptions = {
  /** For a new device; absent: random. */
  accessToken?: string
  /** Instead of a token; an existing device gets them in the same transaction. */
  credentials?: NewCredentials
}

/** What a message of a device needs to know of it. */
export type DeviceHead = {
  id: string
  name: string
  label: string | null
  /** Name of its profile. */
  type: string
  customerId: string | null
  ruleChainId: string | null
  queueName: string | null
}

export type DevicesRepository = {
  find(scope: Scope, deviceId: string): Promise<Device | null>
  findInfo(scope: Scope, deviceId: string): Promise<DeviceInfo | null>
  findByName(scope: Scope, name: string): Promise<Device | null>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, deviceIds: readonly string[]): Promise<Device[]>
  /** In no order; those that are missing are left out. */
  heads(scope: Scope, deviceIds: readonly string[]): Promise<DeviceHead[]>
  list(scope: Scope, link: PageLink, filter?: DeviceFilter): Promise<PageData<DeviceInfo>>
  /** Creates with credentials, or replaces what may be chosen of a device. */
  save(scope: Scope, device: SaveDevice, options?: SaveDeviceOptions): Promise<Device>
  /** @param customerId null: takes it from its customer */
  assign(scope: Scope, deviceId: string, customerId: string | null): Promise<Device>
  /** Hands a device with its attributes and telemetry to another tenant, into the profile of the same name there. */
  move(scope: Scope, deviceId: string, toTenantId: string): Promise<Device>
  delete(scope: Scope, deviceId: string): Promise<boolean>
  /** Devices of a profile that follow the profile's package, having none of their own. */
  countWithoutPackage(scope: Scope, type: OtaPackageType, deviceProfileId: string): Promise<number>
  /** Ids of them, ascending, behind `after`. */
  idsWithoutPackage(
    scope: Scope,
    type: OtaPackageType,
    deviceProfileId: string,
    after: string | null,
    limit: number,
  ): Promise<string[]>
  /** Notes in the device through which gateway it came last. */
  noteGateway(scope: Scope, deviceId: string, gatewayId: string): Promise<void>
  /** Forgets what this process remembers of a device's owner. */
  forget(deviceId: string): Promise<void>
}

export const createDevicesRepository = (prisma: LazyPrisma, sql: Sql, dictionary: Dictionary): DevicesRepository => {
  const findOne = singleDevices(sql)
  const findWhere = async (scope: Scope, where: { id: string } | { name: string }) => {
    const { client } = await prisma.get()
    const row = await client.device.findFirst({ where: { ...assignedTo(scope), ...where }, include: withProfileName })
    return row && toDevice(row)
  }
  return {
    find: (scope, deviceId) => findOne({ scope, deviceId }),
    findByName: (scope, name) => findWhere(scope, { name }),

    findInfo: async (scope, deviceId) => (await readInfos(sql, scope, [deviceId]))[0] ?? null,

    findMany: async (scope, deviceIds) => {
      const { client } = await prisma.get()
      const rows = await client.device.findMany({
        where: { ...assignedTo(scope), id: { in: [...deviceIds] } },
        include: withProfileName,
      })
      const found = new Map(rows.map((row) => [row.id, toDevice(row)]))
      return deviceIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
    },

    heads: async (scope, deviceIds) => {
      const { rows } = await sql.query<DeviceHead>({
        name: 'device-heads',
        text: `SELECT d.id, d.name, d.label, p.name AS type, d.customer_id AS "customerId",
                      p.default_rule_chain_id AS "ruleChainId", p.default_queue_name AS "queueName"
               FROM devices d JOIN device_profiles p ON p.id = d.device_profile_id
               WHERE d.id = ANY($1::uuid[]) AND d.tenant_id = $2`,
        values: [deviceIds, writableTenant(scope)],
      })
      return rows
    },

    list: (scope, link, filter = {}) => listDeviceInfos(sql, scope, link, filter),

    save: async (scope, device, options = {}) => {
      const tenantId = writableTenant(scope)
      const db = await prisma.get()
      return db.client.$transaction(async (tx) => {
        const write = { db, tx, tenantId, device }
        return device.id ? updateDevice(write, device.id.id, options) : createDevice(write, options)
      })
    },

    assign: async (scope, deviceId, customerId) => {
      const tenantId = writableTenant(scope)
      const { client } = await prisma.get()
      const { count } = await client.device.updateMany({
        where: { id: deviceId, tenantId },
        data: { customerId, version: { increment: 1 } },
      })
      const row = count > 0 && (await client.device.findFirst({ where: { id: deviceId }, include: withProfileName }))
      if (!row) throw new AppError('ENTITY_NOT_FOUND', `Device with id [${deviceId}] is not found`)
      return toDevice(row)
    },

    move: async (scope, deviceId, toTenantId) => {
      const tenantId = writableTenant(scope)
      const db = await prisma.get()
      const moved = await db.client.$transaction((tx) => moveDevice({ tx, tenantId, deviceId, toTenantId }))
      dictionary.forget(deviceId)
      return moved
    },

    delete: async (scope, deviceId) => {
      const tenantId = writableTenant(scope)
      const { client } = await prisma.get()
      if (await client.entityView.findFirst({ where: { tenantId, entityId: deviceId }, select: { id: true } }))
        throw new AppError('ARGUMENT_INVALID', "Can't delete device that has entity views!")
      return removeEntity(sql, { table: 'devices', tenantId, id: deviceId })
    },

    countWithoutPackage: async (scope, type, deviceProfileId) => {
      const { client } = await prisma.get()
      const own = type === 'FIRMWARE' ? { firmwareId: null } : { softwareId: null }
      return client.device.count({ where: { ...assignedTo(scope), deviceProfileId, ...own } })
    },

    idsWithoutPackage: async (scope, type, deviceProfileId, after, limit) => {
      const { client } = await prisma.get()
      const own = type === 'FIRMWARE' ? { firmwareId: null } : { softwareId: null }
      const rows = await client.device.findMany({
        where: { ...assignedTo(scope), deviceProfileId, ...own, ...(after && { id: { gt: after } }) },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: limit,
      })
      return rows.map(({ id }) => id)
    },

    noteGateway: async (scope, deviceId, gatewayId) => {
      await sql.query({
        name: 'device-note-gateway',
        text: `UPDATE devices SET version = version + 1, additional_info =
                 CASE jsonb_typeof(additional_info) WHEN 'object' THEN additional_info ELSE '{}'::jsonb END
                 || jsonb_build_object('lastConnectedGateway', $3::text)
               WHERE id = $1 AND tenant_id = $2 AND additional_info ->> 'lastConnectedGateway' IS DISTINCT FROM $3`,
        values: [deviceId, writableTenant(scope), gatewayId],
      })
    },

    forget: async (deviceId) => dictionary.forget(deviceId),
  }
}
