import type { Device, DeviceSearchQuery } from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { DeviceService } from './device-service.ts'

export type FindRelatedDevices = (caller: Caller, query: DeviceSearchQuery) => Promise<Device[]>

/** Devices around an entity, by relations; of them those that the caller may read. */
export const createDeviceSearch =
  (deps: {
    database: Pick<Database, 'relations'>
    access: EntityAccess
    devices: Pick<DeviceService, 'findReadable'>
  }): FindRelatedDevices =>
  async (caller, { parameters, relationType, deviceTypes }) => {
    const root = { entityType: parameters.rootType, id: parameters.rootId }
    await deps.access.require(caller, root, 'READ', { missingText: 'byId' })
    const { entityIds } = await deps.database.relations.findRelated(scopeOf(caller), {
      root,
      direction: parameters.direction,
      maxLevel: parameters.maxLevel ?? 1,
      fetchLastLevelOnly: parameters.fetchLastLevelOnly ?? false,
      filters: [{ relationType, entityTypes: ['DEVICE'] }],
      relationTypeGroup: parameters.relationTypeGroup ?? 'COMMON',
    })
    const found = entityIds.filter(({ entityType }) => entityType === 'DEVICE')
    const devices = await deps.devices.findReadable(
      caller,
      found.map(({ id }) => id),
    )
    return deviceTypes?.length ? devices.filter(({ type }) => deviceTypes.includes(type)) : devices
  }
