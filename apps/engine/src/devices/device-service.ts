import {
  AppError,
  type Device,
  type DeviceInfo,
  entityId,
  type NameConflict,
  nullUuid,
  type SaveDevice,
} from '@thingwire/contracts'
import type { Database, NewCredentials } from '@thingwire/db'
import { type AccessibleEntity, type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { saveUnderUniqueName } from '../names/unique-name.ts'
import type { PackageRollout } from '../ota-delivery/package-rollout.ts'
import { type CredentialsOffer, withCredentialsId } from './credentials-id.ts'

export type SaveOptions = {
  /** Of a new device; absent: random. */
  accessToken?: string | undefined
  credentials?: CredentialsOffer | undefined
  conflict?: NameConflict | undefined
}

export type DeviceService = {
  find(caller: Caller, deviceId: string): Promise<Device>
  findInfo(caller: Caller, deviceId: string): Promise<DeviceInfo>
  findByName(caller: Caller, name: string): Promise<Device>
  /** Those that the caller may read, in the order asked for. */
  findReadable(caller: Caller, deviceIds: readonly string[]): Promise<Device[]>
  save(caller: Caller, device: SaveDevice, options?: SaveOptions): Promise<Device>
  delete(caller: Caller, deviceId: string): Promise<void>
}

export type DeviceDeps = {
  database: Pick<Database, 'devices' | 'credentials' | 'names' | 'entities'>
  access: EntityAccess
  actions: EntityActions
  limits: TenantLimits
  invalidate: Invalidate
}

/** What every change of devices begins with. */
export const deviceReader = ({ database, access }: Pick<DeviceDeps, 'database' | 'access'>) => {
  const require = (caller: Caller, deviceId: string, operation: Operation): Promise<AccessibleEntity> =>
    access.require(caller, entityId('DEVICE', deviceId), operation, { missingText: 'byId' })

  /** The device with the right to do this to it. */
  const read = async (caller: Caller, deviceId: string, operation: Operation) => {
    const found = await require(caller, deviceId, operation)
    const device = await database.devices.find(found.scope, deviceId)
    if (!device) throw missing('DEVICE', deviceId)
    return { ...found, device }
  }
  return { require, read }
}

/** Devices and what must follow each change: audit entry, message to the rule engine, word to gateways that cached it. */
export const createDeviceService = (
  deps: DeviceDeps & { packages: Pick<PackageRollout, 'deviceChanged'> },
): DeviceService => {
  const { database, access, actions, limits, invalidate, packages } = deps
  const { require, read } = deviceReader(deps)

  const create = async (caller: Caller, device: SaveDevice, { accessToken, credentials, conflict }: SaveOptions) => {
    const tenantId = caller.tenantId ?? nullUuid
    const subject = { id: entityId('DEVICE', nullUuid), tenantId, customerIds: [], authority: null, resourceType: null }
    if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
    await limits.requireRoom(tenantId, 'DEVICE')
    const chosen = chosenCredentials(accessToken, credentials)
    const wanted = { tenantId, entityType: 'DEVICE', name: device.name } as const
    const saved = await saveUnderUniqueName(database.names, wanted, conflict, (name) =>
      database.devices.save({ kind: 'tenant', tenantId }, { ...device, name }, chosen),
    )
    return { before: null, saved }
  }

  const replace = async (caller: Caller, deviceId: string, device: SaveDevice, { credentials }: SaveOptions) => {
    const { scope, device: stored } = await read(caller, deviceId, credentials ? 'WRITE_CREDENTIALS' : 'WRITE')
    // Whose it is decides the tenant's administrator alone.
    const kept = caller.authority === 'CUSTOMER_USER' ? { ...device, customerId: stored.customerId } : device
    const saved = await database.devices.save(scope, kept, chosenCredentials(undefined, credentials))
    return { before: stored, saved }
  }

  return {
    find: async (caller, deviceId) => (await read(caller, deviceId, 'READ')).device,

    findInfo: async (caller, deviceId) => {
      const { scope } = await require(caller, deviceId, 'READ')
      const found = await database.devices.findInfo(scope, deviceId)
      if (!found) throw missing('DEVICE', deviceId)
      return found
    },

    findByName: async (caller, name) => {
      const found = await database.devices.findByName({ kind: 'tenant', tenantId: caller.tenantId ?? nullUuid }, name)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return found
    },

    findReadable: async (caller, deviceIds) => {
      const heads = await access.readable(
        caller,
        deviceIds.map((id) => entityId('DEVICE', id)),
      )
      if (heads.length === 0) return []
      const scope = { kind: 'tenant', tenantId: caller.tenantId ?? nullUuid } as const
      return database.devices.findMany(
        scope,
        heads.map(({ id }) => id.id),
      )
    },

    save: async (caller, device, options = {}) => {
      const id = device.id?.id
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('DEVICE', id ?? nullUuid),
        entityName: device.name,
        entity: device,
      } as const
      return actions.attempt(caller, deed, async () => {
        const { before, saved } = id
          ? await replace(caller, id, device, options)
          : await create(caller, device, options)
        await invalidate({ kind: 'device', tenantId: saved.tenantId.id, id: saved.id.id })
        await packages.deviceChanged(before, saved)
        const known = { entityId: saved.id, entityName: saved.name, entity: saved, customerId: saved.customerId.id }
        return { result: saved, deed: known }
      })
    },

    delete: async (caller, deviceId) => {
      const { scope, tenantId, device, head } = await read(caller, deviceId, 'DELETE')
      const deed = {
        action: 'DELETED',
        entityId: device.id,
        entityName: device.name,
        customerId: device.customerId.id,
        data: { entityId: deviceId },
        entity: device,
        head,
      } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.devices.delete(scope, deviceId))) throw missing('DEVICE', deviceId)
        await invalidate({ kind: 'device', tenantId, id: deviceId })
        return { result: undefined }
      })
    },
  }
}

const chosenCredentials = (
  accessToken: string | undefined,
  credentials: CredentialsOffer | undefined,
): { accessToken?: string; credentials?: NewCredentials } => {
  if (credentials) return { credentials: withCredentialsId(credentials) }
  const token = accessToken?.trim()
  if (!token) return {}
  return {
    credentials: withCredentialsId({ credentialsType: 'ACCESS_TOKEN', credentialsId: token, credentialsValue: null }),
  }
}
