import { AppError, entityId, saveDeviceSchema } from '@thingwire/contracts'
import type { Database, DeviceSessionInfo } from '@thingwire/db'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { PackageRollout } from '../ota-delivery/package-rollout.ts'

/** Finds, or makes, the device of this name behind a gateway. Rejects with an AppError when there can be none. */
export type FindChild = (
  gateway: DeviceSessionInfo,
  wanted: { deviceName: string; deviceType: string },
) => Promise<DeviceSessionInfo>

/** The relation from a gateway to devices that it brought. */
const createdRelation = 'Created'

export const createFindChild = (deps: {
  database: Pick<Database, 'credentials' | 'devices' | 'relations'>
  actions: EntityActions
  limits: Pick<TenantLimits, 'requireRoom'>
  invalidate: Invalidate
  packages: Pick<PackageRollout, 'deviceChanged'>
}): FindChild => {
  const { database, actions, limits, invalidate, packages } = deps

  const create = async (gateway: DeviceSessionInfo, wanted: { deviceName: string; deviceType: string }) => {
    const { tenantId, deviceId: gatewayId, customerId } = gateway
    const parsed = saveDeviceSchema.safeParse({
      name: wanted.deviceName,
      type: wanted.deviceType,
      customerId: customerId && entityId('CUSTOMER', customerId),
      additionalInfo: { lastConnectedGateway: gatewayId },
    })
    if (!parsed.success) throw new AppError('PAYLOAD_MALFORMED', parsed.error.issues[0]?.message)
    await limits.requireRoom(tenantId, 'DEVICE')
    const saved = await database.devices.save({ kind: 'tenant', tenantId }, parsed.data)
    await database.relations.save(tenantId, {
      from: entityId('DEVICE', gatewayId),
      to: saved.id,
      type: createdRelation,
      typeGroup: 'COMMON',
    })
    await invalidate({ kind: 'device', tenantId, id: saved.id.id })
    await packages.deviceChanged(null, saved)
    await actions.record(
      { tenantId, user: null },
      {
        action: 'ADDED',
        entityId: saved.id,
        entityName: saved.name,
        entity: saved,
        customerId: saved.customerId.id,
        metadata: { gatewayId },
      },
    )
  }

  return async (gateway, wanted) => {
    const { tenantId, deviceId: gatewayId } = gateway
    const name = wanted.deviceName.trim()
    const known = await database.credentials.resolveNamed(tenantId, name)
    if (known) {
      await database.devices.noteGateway({ kind: 'tenant', tenantId }, known.deviceId, gatewayId)
      return known
    }
    let failure: unknown = null
    try {
      await create(gateway, { ...wanted, deviceName: name })
    } catch (error) {
      // Another connection may have made it at the same moment.
      failure = error
    }
    const made = await database.credentials.resolveNamed(tenantId, name)
    if (made) return made
    throw failure ?? new AppError('ENTITY_NOT_FOUND')
  }
}
