import { AppError, type DeviceCredentials, type SaveCredentials } from '@thingwire/contracts'
import type { Caller } from '../auth/sign-in.ts'
import { withCredentialsId } from './credentials-id.ts'
import { type DeviceDeps, deviceReader } from './device-service.ts'

export type DeviceCredentialsService = {
  /** The reading is noted in the audit log. */
  find(caller: Caller, deviceId: string): Promise<DeviceCredentials>
  /** Live sessions with the old ones end. */
  save(caller: Caller, offer: SaveCredentials): Promise<DeviceCredentials>
}

export const createDeviceCredentialsService = (
  deps: Pick<DeviceDeps, 'database' | 'access' | 'actions' | 'invalidate'>,
): DeviceCredentialsService => {
  const { database, actions, invalidate } = deps
  const { read } = deviceReader(deps)

  return {
    find: async (caller, deviceId) => {
      const { scope, device } = await read(caller, deviceId, 'READ_CREDENTIALS')
      const found = await database.credentials.findByDevice(scope, deviceId)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      await actions.record(caller, {
        action: 'CREDENTIALS_READ',
        entityId: device.id,
        entityName: device.name,
        customerId: device.customerId.id,
        data: { entityId: deviceId },
      })
      return found
    },

    save: async (caller, offer) => {
      const { scope, tenantId, device } = await read(caller, offer.deviceId.id, 'WRITE_CREDENTIALS')
      const deed = {
        action: 'CREDENTIALS_UPDATED',
        entityId: device.id,
        entityName: device.name,
        customerId: device.customerId.id,
        // The audit log is read by more people than the credentials are: it notes that they changed, not what they are.
        data: { credentialsType: offer.credentialsType },
      } as const
      return actions.attempt(caller, deed, async () => {
        const current = await database.credentials.findByDevice(scope, device.id.id)
        if (!current || current.id.id !== offer.id.id.toLowerCase())
          throw new AppError('ARGUMENT_INVALID', 'Unable to update non-existent device credentials!')
        const saved = await database.credentials.save(scope, {
          id: current.id,
          deviceId: device.id,
          ...withCredentialsId(offer),
        })
        await invalidate({ kind: 'device', tenantId, id: device.id.id })
        return { result: saved }
      })
    },
  }
}
