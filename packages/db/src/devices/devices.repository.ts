import { AppError, type Device, type SaveDevice, toPageData } from '@thingwire/contracts'
import type { LazyPrisma, Prisma, PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Database, Scope } from '../database.ts'
import { removeEntity } from '../entity-removal.ts'
import { literal, sortColumn, sortDirection } from '../rows.ts'
import { assignedTo, fromWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { newAccessToken } from './access-token.ts'
import { listDeviceInfos } from './device-list.ts'
import { defaultDeviceData, defaultDeviceProfileData, toDevice, toProfileInfo, withProfileName } from './device-rows.ts'

const profileSort = {
  id: 'id',
  name: 'name',
  createdTime: 'createdTime',
  type: 'type',
  transportType: 'transportType',
} as const

export const createDevicesRepository = (prisma: LazyPrisma, sql: Sql): Database['devices'] => {
  const findWhere = async (scope: Scope, where: { id: string } | { name: string }) => {
    const { client } = await prisma.get()
    const row = await client.device.findFirst({ where: { ...assignedTo(scope), ...where }, include: withProfileName })
    return row && toDevice(row)
  }
  return {
    find: (scope, deviceId) => findWhere(scope, { id: deviceId }),
    findByName: (scope, name) => findWhere(scope, { name }),

    findInfo: async (scope, deviceId) => {
      const { data } = await listDeviceInfos(sql, scope, { page: 0, pageSize: 1 }, { id: deviceId })
      return data[0] ?? null
    },

    list: (scope, link, filter = {}) => listDeviceInfos(sql, scope, link, filter),

    save: async (scope, device, options = {}) => {
      const tenantId = writableTenant(scope)
      const db = await prisma.get()
      return db.client.$transaction(async (tx) => {
        const write = { db, tx, tenantId, device }
        return device.id ? update(write, device.id.id) : create(write, options.accessToken)
      })
    },

    delete: (scope, deviceId) => removeEntity(sql, { table: 'devices', tenantId: writableTenant(scope), id: deviceId }),

    profiles: async (scope, link) => {
      const { client } = await prisma.get()
      // A customer sees the profiles of its tenant: their names stand on its own devices.
      const where = {
        ...(scope.kind !== 'system' && { tenantId: scope.tenantId }),
        ...(link.textSearch && { name: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
      }
      const [rows, total] = await Promise.all([
        client.deviceProfile.findMany({
          where,
          orderBy: [{ [sortColumn(link, profileSort, 'id')]: sortDirection(link) }, { id: 'asc' }],
          skip: link.page * link.pageSize,
          take: link.pageSize,
        }),
        client.deviceProfile.count({ where }),
      ])
      return toPageData(rows.map(toProfileInfo), total, link)
    },
  }
}

type DeviceWrite = { db: Prisma; tx: PrismaTransaction; tenantId: string; device: SaveDevice }

const create = async (write: DeviceWrite, accessToken = newAccessToken()): Promise<Device> => {
  const { tx, tenantId } = write
  const now = BigInt(Date.now())
  const row = await tx.device.create({
    data: {
      ...(await columns(write)),
      id: uuidV7(),
      createdTime: now,
      tenantId,
      deviceData: defaultDeviceData,
      credentials: {
        create: { id: uuidV7(), createdTime: now, credentialsType: 'ACCESS_TOKEN', credentialsId: accessToken },
      },
    },
    include: withProfileName,
  })
  return toDevice(row)
}

const update = async (write: DeviceWrite, id: string): Promise<Device> => {
  const { tx, tenantId, device } = write
  const found = await tx.device.findFirst({ where: { id, tenantId }, select: { version: true } })
  if (!found) throw new AppError('ENTITY_NOT_FOUND', `Device with id [${id}] is not found`)
  const { count } = await tx.device.updateMany({
    // Without a version the caller overwrites whatever stands.
    where: { id, tenantId, ...(device.version != null && { version: device.version }) },
    data: { ...(await columns(write)), version: { increment: 1 } },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  const row = await tx.device.findUniqueOrThrow({ where: { id }, include: withProfileName })
  return toDevice(row)
}

/** Saving replaces the whole device: what is absent is cleared, a missing customer unassigns. */
const columns = async (write: DeviceWrite) => {
  const { db, device } = write
  return {
    name: device.name,
    label: device.label ?? null,
    additionalInfo: device.additionalInfo ? toJson(device.additionalInfo) : db.jsonNull,
    customerId: await existingCustomer(write),
    deviceProfileId: await profileFor(write),
  }
}

/** Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON. */
const toJson = (value: Record<string, unknown>) => value as Record<string, never>

const existingCustomer = async ({ tx, tenantId, device }: DeviceWrite): Promise<string | null> => {
  const customerId = fromWireId(device.customerId?.id)
  if (!customerId) return null
  const found = await tx.customer.findFirst({ where: { id: customerId, tenantId }, select: { id: true } })
  if (!found) throw new AppError('ARGUMENT_INVALID', "Can't assign device to non-existent customer!")
  return customerId
}

/** The profile by id, else by the name in `type` (made when it is new), else the tenant's default one. */
const profileFor = async (write: DeviceWrite): Promise<string> => {
  const { tx, tenantId, device } = write
  const profileId = fromWireId(device.deviceProfileId?.id)
  if (profileId) {
    const found = await tx.deviceProfile.findFirst({ where: { id: profileId, tenantId }, select: { id: true } })
    if (!found) throw new AppError('ARGUMENT_INVALID', 'Device is referencing to non-existent device profile!')
    return profileId
  }
  const name = device.type?.trim()
  const where = { tenantId, ...(name ? { name } : { isDefault: true }) }
  const known = await tx.deviceProfile.findFirst({ where, select: { id: true } })
  if (known) return known.id
  await tx.deviceProfile.createMany({
    data: [
      {
        id: uuidV7(),
        createdTime: BigInt(Date.now()),
        tenantId,
        name: name || 'default',
        isDefault: !name,
        profileData: defaultDeviceProfileData,
      },
    ],
    // Many devices of a new type may come in at the same time.
    skipDuplicates: true,
  })
  return (await tx.deviceProfile.findFirstOrThrow({ where, select: { id: true } })).id
}
