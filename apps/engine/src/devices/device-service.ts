import {
  AppError,
  type Device,
  type DeviceCredentials,
  type DeviceProfileInfo,
  entityId,
  type SaveDevice,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Caller } from '../auth/sign-in.ts'
import { notFound } from '../access/entity-access.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import { withCredentialsId } from './credentials-id.ts'

export type CredentialsOffer = Omit<DeviceCredentials, 'createdTime' | 'version' | 'credentialsId'> & {
  credentialsId: string | null
}

export type DeviceService = {
  save(caller: Caller, device: SaveDevice, accessToken?: string): Promise<Device>
  delete(caller: Caller, deviceId: string): Promise<void>
  credentials(caller: Caller, deviceId: string): Promise<DeviceCredentials>
  saveCredentials(caller: Caller, offer: CredentialsOffer): Promise<DeviceCredentials>
  /** All profiles the caller sees. */
  profiles(caller: Caller): Promise<DeviceProfileInfo[]>
}

/** Changes to devices, with what must follow each: an audit entry, and the word to gateways that cached it. */
export const createDeviceService = (deps: {
  database: Pick<Database, 'devices' | 'deviceProfiles' | 'credentials'>
  audit: AuditTrail
  invalidate: Invalidate
}): DeviceService => {
  const { database, audit, invalidate } = deps

  const changed = (device: Device) => invalidate({ kind: 'device', tenantId: device.tenantId.id, id: device.id.id })

  const find = async (caller: Caller, deviceId: string): Promise<Device> => {
    const device = await database.devices.find(scopeOf(caller), deviceId)
    if (!device) throw notFound('DEVICE')
    return device
  }

  return {
    save: async (caller, device, accessToken) => {
      const token = accessToken?.trim()
      if (token) withCredentialsId({ credentialsType: 'ACCESS_TOKEN', credentialsId: token, credentialsValue: null })
      if (device.id) await find(caller, device.id.id)
      const saved = await database.devices.save(scopeOf(caller), device, token ? { accessToken: token } : {})
      await changed(saved)
      const action = device.id ? 'UPDATED' : 'ADDED'
      await audit.record(caller, { action, entityId: saved.id, entityName: saved.name, data: { entity: saved } })
      return saved
    },

    delete: async (caller, deviceId) => {
      const device = await find(caller, deviceId)
      if (!(await database.devices.delete(scopeOf(caller), deviceId))) throw notFound('DEVICE')
      await changed(device)
      await audit.record(caller, {
        action: 'DELETED',
        entityId: device.id,
        entityName: device.name,
        data: { entityId: deviceId },
      })
    },

    credentials: async (caller, deviceId) => {
      const device = await find(caller, deviceId)
      const found = await database.credentials.findByDevice(scopeOf(caller), deviceId)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      await audit.record(caller, {
        action: 'CREDENTIALS_READ',
        entityId: device.id,
        entityName: device.name,
        data: { entityId: deviceId },
      })
      return found
    },

    saveCredentials: async (caller, offer) => {
      const device = await find(caller, offer.deviceId.id)
      const current = await database.credentials.findByDevice(scopeOf(caller), device.id.id)
      if (!current || current.id.id !== offer.id.id)
        throw new AppError('ARGUMENT_INVALID', 'Unable to update non-existent device credentials!')
      const saved = await database.credentials.save(scopeOf(caller), {
        id: current.id,
        deviceId: entityId('DEVICE', device.id.id),
        credentialsType: offer.credentialsType,
        ...withCredentialsId(offer),
      })
      await changed(device)
      // The audit log is read by more people than the credentials are: it notes that they changed, not what they are.
      await audit.record(caller, {
        action: 'CREDENTIALS_UPDATED',
        entityId: device.id,
        entityName: device.name,
        data: { credentialsType: saved.credentialsType },
      })
      return saved
    },

    profiles: async (caller) => {
      const all: DeviceProfileInfo[] = []
      for (let page = 0; ; page++) {
        const found = await database.deviceProfiles.listInfos(scopeOf(caller), { pageSize: 500, page })
        all.push(...found.data)
        if (!found.hasNext) return all
      }
    },
  }
}
