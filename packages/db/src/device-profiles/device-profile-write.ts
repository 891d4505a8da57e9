import { randomBytes } from 'node:crypto'
import { AppError, type DeviceProfile, type SaveDeviceProfile } from '@thingwire/contracts'
import type { Prisma, PrismaTransaction } from '../connection/prisma.ts'
import { defaultDeviceProfileData, toJson } from '../devices/device-rows.ts'
import { requireFittingPackage } from '../ota-packages/fitting-package.ts'
import { isRecord } from '../rows.ts'
import { fromWireId } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { toProfile } from './device-profile-rows.ts'

export type ProfileWrite = { db: Prisma; tx: PrismaTransaction; tenantId: string; profile: SaveDeviceProfile }

export const createProfile = async (write: ProfileWrite): Promise<DeviceProfile> => {
  const { tx, tenantId, profile } = write
  await refuseDuplicates(write, null)
  // A second default one is refused by the constraint; the tenant's first profile may be it.
  const row = await tx.deviceProfile.create({
    data: {
      ...(await columns(write, null)),
      id: uuidV7(),
      createdTime: BigInt(Date.now()),
      tenantId,
      isDefault: profile.default ?? false,
    },
  })
  return toProfile(row)
}

export const updateProfile = async (write: ProfileWrite, id: string): Promise<DeviceProfile> => {
  const { tx, tenantId, profile } = write
  const stored = await tx.deviceProfile.findFirst({ where: { id, tenantId } })
  if (!stored) throw new AppError('ENTITY_NOT_FOUND', "Can't update non existing device profile!")
  await refuseDuplicates(write, id)
  if (profile.transportType !== stored.transportType) await refuseInUse(write, id, 'transport type')
  const { count } = await tx.deviceProfile.updateMany({
    where: { id, tenantId, ...(profile.version != null && { version: profile.version }) },
    data: { ...(await columns(write, id)), version: { increment: 1 } },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  return toProfile(await tx.deviceProfile.findUniqueOrThrow({ where: { id } }))
}

/** The one that was it before is not any more. */
export const makeDefault = async (tx: PrismaTransaction, tenantId: string, id: string): Promise<DeviceProfile> => {
  const found = await tx.deviceProfile.findFirst({ where: { id, tenantId } })
  if (!found) throw new AppError('ENTITY_NOT_FOUND', `Device profile with id [${id}] is not found`)
  if (found.isDefault) return toProfile(found)
  await tx.deviceProfile.updateMany({
    where: { tenantId, isDefault: true },
    data: { isDefault: false, version: { increment: 1 } },
  })
  return toProfile(
    await tx.deviceProfile.update({ where: { id }, data: { isDefault: true, version: { increment: 1 } } }),
  )
}

const refuseDuplicates = async ({ tx, tenantId, profile }: ProfileWrite, ownId: string | null): Promise<void> => {
  const notOwn = ownId ? { id: { not: ownId } } : {}
  if (await tx.deviceProfile.findFirst({ where: { tenantId, name: profile.name, ...notOwn }, select: { id: true } }))
    throw new AppError('ARGUMENT_INVALID', 'Device profile with such name already exists!')
  const provisionDeviceKey = keyOf(profile)
  if (provisionDeviceKey && (await tx.deviceProfile.findFirst({ where: { provisionDeviceKey, ...notOwn } })))
    throw new AppError('ARGUMENT_INVALID', 'Device profile with such provision device key already exists!')
}

/** Devices of the profile speak by the transport that it names. */
const refuseInUse = async ({ tx, tenantId }: ProfileWrite, id: string, what: string): Promise<void> => {
  if (await tx.device.findFirst({ where: { tenantId, deviceProfileId: id }, select: { id: true } }))
    throw new AppError('ARGUMENT_INVALID', `Can't change device profile ${what} because devices referenced it!`)
}

const keyOf = ({ provisionDeviceKey }: SaveDeviceProfile): string | null => provisionDeviceKey?.trim() || null

const columns = async (write: ProfileWrite, id: string | null) => {
  const { profile } = write
  const references = await checkedReferences(write, id)
  const data = profile.profileData ?? defaultDeviceProfileData
  const provisionType = profile.provisionType ?? data.provisionConfiguration?.type ?? 'DISABLED'
  const needsKey = provisionType !== 'DISABLED' && provisionType !== 'X509_CERTIFICATE_CHAIN'
  const provisionDeviceKey = keyOf(profile) ?? (needsKey ? newSecret() : null)
  const secret = data.provisionConfiguration?.provisionDeviceSecret ?? (needsKey ? newSecret() : null)
  return {
    name: profile.name,
    description: profile.description ?? null,
    image: profile.image ?? null,
    type: profile.type,
    transportType: profile.transportType,
    provisionType,
    provisionDeviceKey,
    profileData: toJson({
      ...data,
      // Clients compare the two: they say the same.
      provisionConfiguration: {
        ...(isRecord(data.provisionConfiguration) ? data.provisionConfiguration : {}),
        type: provisionType,
        provisionDeviceSecret: secret,
      },
      alarms: data.alarms ?? null,
    }),
    ...references,
    externalId: fromWireId(profile.externalId?.id),
  }
}

const newSecret = (): string => randomBytes(15).toString('base64url')

/** Everything that the profile points at exists in the tenant. */
const checkedReferences = async ({ tx, tenantId, profile }: ProfileWrite, deviceProfileId: string | null) => {
  const inTenant = (id: string) => ({ where: { id, tenantId }, select: { id: true } })
  const refuse = (what: string) =>
    new AppError('ARGUMENT_INVALID', `Device profile is referencing to non-existent ${what}!`)
  const defaultRuleChainId = fromWireId(profile.defaultRuleChainId?.id)
  if (defaultRuleChainId && !(await tx.ruleChain.findFirst(inTenant(defaultRuleChainId))))
    throw refuse('default rule chain')
  const defaultEdgeRuleChainId = fromWireId(profile.defaultEdgeRuleChainId?.id)
  if (defaultEdgeRuleChainId && !(await tx.ruleChain.findFirst(inTenant(defaultEdgeRuleChainId))))
    throw refuse('default edge rule chain')
  const defaultDashboardId = fromWireId(profile.defaultDashboardId?.id)
  if (defaultDashboardId && !(await tx.dashboard.findFirst(inTenant(defaultDashboardId))))
    throw refuse('default dashboard')
  const defaultQueueName = profile.defaultQueueName?.trim() || null
  if (
    defaultQueueName &&
    !(await tx.queue.findFirst({ where: { name: defaultQueueName, OR: [{ tenantId }, { tenantId: null }] } }))
  )
    throw refuse('queue')
  const firmwareId = fromWireId(profile.firmwareId?.id)
  if (firmwareId) await requireFittingPackage(tx, { tenantId, id: firmwareId, type: 'FIRMWARE', deviceProfileId })
  const softwareId = fromWireId(profile.softwareId?.id)
  if (softwareId) await requireFittingPackage(tx, { tenantId, id: softwareId, type: 'SOFTWARE', deviceProfileId })
  return { defaultRuleChainId, defaultEdgeRuleChainId, defaultDashboardId, defaultQueueName, firmwareId, softwareId }
}
