import {
  AppError,
  type DeviceProfile,
  type DeviceProfileInfo,
  entityId,
  nullUuid,
  type SaveDeviceProfile,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { PackageRollout } from '../ota-delivery/package-rollout.ts'
import { withChainKey } from '../provisioning/chain-profile.ts'

export type DeviceProfileService = {
  find(caller: Caller, profileId: string): Promise<DeviceProfile>
  findInfo(caller: Caller, profileId: string): Promise<DeviceProfileInfo>
  /** Of the tenant, for devices that name none. */
  findDefaultInfo(caller: Caller): Promise<DeviceProfileInfo>
  save(caller: Caller, profile: SaveDeviceProfile): Promise<DeviceProfile>
  setDefault(caller: Caller, profileId: string): Promise<DeviceProfile>
  delete(caller: Caller, profileId: string): Promise<void>
}

/** Gateways and rule runners remember chain, queue and name of a profile: each change tells them to ask again. */
export const createDeviceProfileService = (deps: {
  database: Pick<Database, 'deviceProfiles'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  packages: Pick<PackageRollout, 'profileChanged'>
}): DeviceProfileService => {
  const { database, access, actions, invalidate, packages } = deps
  const { deviceProfiles } = database

  const require = (caller: Caller, profileId: string, operation: Operation) =>
    access.require(caller, entityId('DEVICE_PROFILE', profileId), operation, { missingText: 'byId' })

  const read = async (caller: Caller, profileId: string, operation: Operation) => {
    const found = await require(caller, profileId, operation)
    const profile = await deviceProfiles.find(found.scope, profileId)
    if (!profile) throw missing('DEVICE_PROFILE', profileId)
    return { ...found, profile }
  }

  const changed = ({ tenantId, id }: DeviceProfile) =>
    invalidate({ kind: 'device-profile', tenantId: tenantId.id, id: id.id })

  const requireCreate = (caller: Caller): void => {
    const { tenantId } = caller
    const subject = { id: entityId('DEVICE_PROFILE', nullUuid), tenantId, customerIds: [], authority: null }
    if (!allows(caller, 'CREATE', { ...subject, resourceType: null })) throw new AppError('PERMISSION_DENIED')
  }

  const deedOf = (action: 'ADDED' | 'UPDATED', profile: DeviceProfile): Deed => ({
    action,
    entityId: profile.id,
    entityName: profile.name,
    entity: profile,
  })

  return {
    find: async (caller, profileId) => (await read(caller, profileId, 'READ')).profile,

    findInfo: async (caller, profileId) => {
      const { scope } = await require(caller, profileId, 'READ')
      const found = await deviceProfiles.findInfo(scope, profileId)
      if (!found) throw missing('DEVICE_PROFILE', profileId)
      return found
    },

    findDefaultInfo: async (caller) => {
      const found = await deviceProfiles.findDefault(scopeOf(caller))
      const info = found && (await deviceProfiles.findInfo(scopeOf(caller), found.id.id))
      if (!info) throw new AppError('ENTITY_NOT_FOUND')
      return info
    },

    save: async (caller, profile) => {
      const id = profile.id?.id
      const deed: Deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('DEVICE_PROFILE', id ?? nullUuid),
        entityName: profile.name,
        entity: profile,
      }
      return actions.attempt(caller, deed, async () => {
        const before = id ? (await read(caller, id, 'WRITE')).profile : null
        if (!before) requireCreate(caller)
        const scope = { kind: 'tenant', tenantId: caller.tenantId ?? nullUuid } as const
        const saved = await deviceProfiles.save(scope, withChainKey(profile))
        await changed(saved)
        await packages.profileChanged(before, saved)
        return { result: saved, deed: deedOf(id ? 'UPDATED' : 'ADDED', saved) }
      })
    },

    setDefault: async (caller, profileId) => {
      const { scope, profile } = await read(caller, profileId, 'WRITE')
      const before = await deviceProfiles.findDefault(scope)
      return actions.attempt(caller, deedOf('UPDATED', profile), async () => {
        const saved = await deviceProfiles.setDefault(scope, profileId)
        await changed(saved)
        if (before && before.id.id !== saved.id.id) {
          const demoted = await deviceProfiles.find(scope, before.id.id)
          if (demoted) await actions.record(caller, deedOf('UPDATED', demoted))
        }
        return { result: saved, deed: { entity: saved } }
      })
    },

    delete: async (caller, profileId) => {
      const { scope, profile } = await read(caller, profileId, 'DELETE')
      const deed: Deed = {
        action: 'DELETED',
        entityId: profile.id,
        entityName: profile.name,
        data: { entityId: profileId },
        entity: profile,
      }
      await actions.attempt(caller, deed, async () => {
        if (!(await deviceProfiles.delete(scope, profileId))) throw missing('DEVICE_PROFILE', profileId)
        await changed(profile)
        return { result: undefined }
      })
    },
  }
}
