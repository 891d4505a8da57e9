import { AppError, type Device } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import { toDevice, withProfileName } from './device-rows.ts'
import { findOrMakeProfile } from './device-write.ts'

/** What ties a device to its old tenant is cut: customer, relations, alarms, own packages. */
export const moveDevice = async (move: {
  tx: PrismaTransaction
  tenantId: string
  deviceId: string
  toTenantId: string
}): Promise<Device> => {
  const { tx, tenantId, deviceId, toTenantId } = move
  const device = await tx.device.findFirst({ where: { id: deviceId, tenantId }, include: withProfileName })
  if (!device) throw new AppError('ENTITY_NOT_FOUND', `Device with id [${deviceId}] is not found`)
  if (await tx.entityView.findFirst({ where: { tenantId, entityId: deviceId }, select: { id: true } }))
    throw new AppError('ARGUMENT_INVALID', "Can't assign device that has entity views to another tenant!")
  const { name } = device
  if (await tx.device.findFirst({ where: { tenantId: toTenantId, name }, select: { id: true } }))
    throw new AppError('ARGUMENT_INVALID', 'Device with such name already exists!')
  await tx.relation.deleteMany({ where: { tenantId, OR: [{ fromId: deviceId }, { toId: deviceId }] } })
  await tx.alarm.deleteMany({ where: { tenantId, originatorId: deviceId } })
  await tx.entityAlarm.deleteMany({ where: { tenantId, entityId: deviceId } })
  await tx.rpc.deleteMany({ where: { tenantId, deviceId } })
  const row = await tx.device.update({
    where: { id: deviceId },
    data: {
      tenantId: toTenantId,
      customerId: null,
      deviceProfileId: await findOrMakeProfile(tx, toTenantId, device.deviceProfile.name),
      firmwareId: null,
      softwareId: null,
      version: { increment: 1 },
    },
    include: withProfileName,
  })
  await tx.$executeRaw`UPDATE telemetry_entities SET tenant_id = ${toTenantId}::uuid WHERE entity_id = ${deviceId}::uuid`
  await tx.$executeRaw`UPDATE active_devices SET tenant_id = ${toTenantId}::uuid WHERE device_id = ${deviceId}::uuid AND tenant_id = ${tenantId}::uuid`
  return toDevice(row)
}
