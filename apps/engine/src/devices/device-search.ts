import type { Device, DeviceSearchQuery } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import { findRelatedReadable } from '../relations/related-entities.ts'
import type { DeviceService } from './device-service.ts'

export type FindRelatedDevices = (caller: Caller, query: DeviceSearchQuery) => Promise<Device[]>

/** Devices around an entity, by relations; of them those that the caller may read. */
export const createDeviceSearch =
  (deps: {
    database: Pick<Database, 'relations'>
    access: EntityAccess
    devices: Pick<DeviceService, 'findReadable'>
  }): FindRelatedDevices =>
  async (caller, query) => {
    const { deviceTypes } = query
    const devices = await deps.devices.findReadable(caller, await findRelatedReadable(deps, caller, 'DEVICE', query))
    return deviceTypes?.length ? devices.filter(({ type }) => deviceTypes.includes(type)) : devices
  }
