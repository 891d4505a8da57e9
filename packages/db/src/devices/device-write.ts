import { AppError, type Device, type OtaPackageType, type SaveDevice } from '@thingwire/contracts'
import type { Prisma, PrismaTransaction } from '../connection/prisma.ts'
import { requireFittingPackage } from '../ota-packages/fitting-package.ts'
import { fromWireId } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { newAccessToken } from './access-token.ts'
import { defaultDeviceData, defaultDeviceProfileData, toDevice, toJson, withProfileName } from './device-rows.ts'
import type { NewCredentials, SaveDeviceOptions } from './devices.repository.ts'

/** A save under way. */
export type DeviceWrite = { db: Prisma; tx: PrismaTransaction; tenantId: string; device: SaveDevice }

export const createDevice = async (write: DeviceWrite, options: SaveDeviceOptions): Promise<Device> => {
  const { tx, tenantId, device } = write
  const now = BigInt(Date.now())
  const credentials: NewCredentials = options.credentials ?? {
    credentialsType: 'ACCESS_TOKEN',
    credentialsId: options.accessToken ?? newAccessToken(),
    credentialsValue: null,
  }
  // A random one is nobody's.
  if (options.credentials ?? options.accessToken) await refuseTakenCredentials(tx, credentials, null)
  const row = await tx.device.create({
    data: {
      ...(await columns(write)),
      id: uuidV7(),
      createdTime: now,
      tenantId,
      deviceData: toJson({ ...defaultDeviceData, ...device.deviceData }),
      credentials: { create: { id: uuidV7(), createdTime: now, ...credentials } },
    },
    include: withProfileName,
  })
  return toDevice(row)
}

export const updateDevice = async (write: DeviceWrite, id: string, options: SaveDeviceOptions): Promise<Device> => {
  const { tx, tenantId, device } = write
  const found = await tx.device.findFirst({ where: { id, tenantId }, select: { version: true } })
  if (!found) throw new AppError('ENTITY_NOT_FOUND', "Can't update non existing device!")
  const { count } = await tx.device.updateMany({
    // Without a version the caller overwrites whatever stands.
    where: { id, tenantId, ...(device.version != null && { version: device.version }) },
    data: {
      ...(await columns(write)),
      // Clients of old versions do not send it: it holds settings of a transport, which no rename may lose.
      ...(device.deviceData && { deviceData: toJson({ ...defaultDeviceData, ...device.deviceData }) }),
      version: { increment: 1 },
    },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  if (options.credentials) {
    await refuseTakenCredentials(tx, options.credentials, id)
    await tx.deviceCredentials.update({
      where: { deviceId: id },
      data: { ...options.credentials, version: { increment: 1 } },
    })
  }
  const row = await tx.device.findUniqueOrThrow({ where: { id }, include: withProfileName })
  return toDevice(row)
}

/** The constraint catches two that come at once, with a text of its own. */
const refuseTakenCredentials = async (
  tx: PrismaTransaction,
  { credentialsId }: NewCredentials,
  deviceId: string | null,
): Promise<void> => {
  const taken = await tx.deviceCredentials.findUnique({ where: { credentialsId }, select: { deviceId: true } })
  if (taken && taken.deviceId !== deviceId)
    throw new AppError('ARGUMENT_INVALID', 'Device credentials are already assigned to another device!')
}

/** Saving replaces the whole device: what is absent is cleared, a missing customer unassigns. */
const columns = async (write: DeviceWrite) => {
  const { db, device } = write
  const deviceProfileId = await profileFor(write)
  return {
    name: device.name,
    label: device.label ?? null,
    additionalInfo: device.additionalInfo ? toJson(device.additionalInfo) : db.jsonNull,
    customerId: await existingCustomer(write),
    deviceProfileId,
    firmwareId: await packageFor(write, 'FIRMWARE', deviceProfileId),
    softwareId: await packageFor(write, 'SOFTWARE', deviceProfileId),
    externalId: fromWireId(device.externalId?.id),
  }
}

const packageFor = async ({ tx, tenantId, device }: DeviceWrite, type: OtaPackageType, deviceProfileId: string) => {
  const id = fromWireId((type === 'FIRMWARE' ? device.firmwareId : device.softwareId)?.id)
  if (id) await requireFittingPackage(tx, { tenantId, id, type, deviceProfileId })
  return id
}

const existingCustomer = async ({ tx, tenantId, device }: DeviceWrite): Promise<string | null> => {
  const customerId = fromWireId(device.customerId?.id)
  if (!customerId) return null
  const found = await tx.customer.findFirst({ where: { id: customerId, tenantId }, select: { id: true } })
  if (!found) throw new AppError('ARGUMENT_INVALID', "Can't assign device to non-existent customer!")
  return customerId
}

/** The profile by id, else by the name in `type` (made when it is new), else the tenant's default one. */
const profileFor = async ({ tx, tenantId, device }: DeviceWrite): Promise<string> => {
  const profileId = fromWireId(device.deviceProfileId?.id)
  if (!profileId) return findOrMakeProfile(tx, tenantId, device.type?.trim())
  const found = await tx.deviceProfile.findFirst({ where: { id: profileId, tenantId }, select: { id: true } })
  if (!found) throw new AppError('ARGUMENT_INVALID', 'Device is referencing to non-existent device profile!')
  return profileId
}

/** @param name Empty: the tenant's default one */
export const findOrMakeProfile = async (
  tx: PrismaTransaction,
  tenantId: string,
  name: string | undefined,
): Promise<string> => {
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
