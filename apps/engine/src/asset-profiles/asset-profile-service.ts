import { type AssetProfile, entityId, nullUuid, type SaveAssetProfile } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'

export type AssetProfileService = {
  find(caller: Caller, profileId: string): Promise<AssetProfile>
  findDefault(caller: Caller): Promise<AssetProfile>
  save(caller: Caller, profile: SaveAssetProfile): Promise<AssetProfile>
  setDefault(caller: Caller, profileId: string): Promise<AssetProfile>
  delete(caller: Caller, profileId: string): Promise<void>
}

/** Profiles of assets: where their messages begin, and the name of their type. */
export const createAssetProfileService = (deps: {
  database: Pick<Database, 'assetProfiles'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
}): AssetProfileService => {
  const { database, access, actions, invalidate } = deps

  const read = async (caller: Caller, profileId: string, operation: Operation) => {
    const id = entityId('ASSET_PROFILE', profileId)
    const found = await access.require(caller, id, operation, { missingText: 'byId' })
    const profile = await database.assetProfiles.find(found.scope, profileId)
    if (!profile) throw missing('ASSET_PROFILE', profileId)
    return { ...found, profile }
  }
  const scopeOfTenant = (caller: Caller) => ({ kind: 'tenant', tenantId: caller.tenantId ?? nullUuid }) as const
  const changed = (profile: AssetProfile) =>
    invalidate({ kind: 'asset-profile', tenantId: profile.tenantId.id, id: profile.id.id })

  return {
    find: async (caller, profileId) => (await read(caller, profileId, 'READ')).profile,

    findDefault: async (caller) => {
      const found = await database.assetProfiles.findDefault(scopeOfTenant(caller))
      if (!found) throw missing('ASSET_PROFILE', 'default')
      return found
    },

    save: async (caller, profile) => {
      const id = profile.id?.id
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('ASSET_PROFILE', id ?? nullUuid),
        entityName: profile.name,
        entity: profile,
      } as const
      return actions.attempt(caller, deed, async () => {
        if (id) await read(caller, id, 'WRITE')
        const saved = await database.assetProfiles.save(scopeOfTenant(caller), profile)
        await changed(saved)
        return { result: saved, deed: { entityId: saved.id, entityName: saved.name, entity: saved } }
      })
    },

    setDefault: async (caller, profileId) => {
      const { scope, profile } = await read(caller, profileId, 'WRITE')
      const before = await database.assetProfiles.findDefault(scope)
      const deed = { action: 'UPDATED', entityId: profile.id, entityName: profile.name, entity: profile } as const
      const saved = await actions.attempt(caller, deed, async () => {
        const result = await database.assetProfiles.setDefault(scope, profileId)
        await changed(result)
        return { result, deed: { entity: result } }
      })
      if (!before || before.id.id === saved.id.id) return saved
      // The one that was it before has changed with it.
      const entity = (await database.assetProfiles.find(scope, before.id.id)) ?? before
      await changed(entity)
      await actions.record(caller, { action: 'UPDATED', entityId: entity.id, entityName: entity.name, entity })
      return saved
    },

    delete: async (caller, profileId) => {
      const { scope, profile, head } = await read(caller, profileId, 'DELETE')
      const deed = {
        action: 'DELETED',
        entityId: profile.id,
        entityName: profile.name,
        data: { entityId: profileId },
        entity: profile,
        head,
      } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.assetProfiles.delete(scope, profileId))) throw missing('ASSET_PROFILE', profileId)
        await changed(profile)
        return { result: undefined }
      })
    },
  }
}
