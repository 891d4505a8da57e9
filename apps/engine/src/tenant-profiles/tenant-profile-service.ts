import { entityId, nullUuid, type SaveTenantProfile, type TenantProfile } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

export type TenantProfileService = {
  find(profileId: string): Promise<TenantProfile>
  save(caller: Caller, profile: SaveTenantProfile): Promise<TenantProfile>
  /** Makes it the profile of tenants that are created without one. */
  setDefault(caller: Caller, profileId: string): Promise<TenantProfile>
  delete(caller: Caller, profileId: string): Promise<void>
}

/** Profiles of tenants; a change is in force as soon as it is answered. */
export const createTenantProfileService = (deps: {
  database: Pick<Database, 'tenantProfiles'>
  actions: EntityActions
  limits: TenantLimits
  invalidate: Invalidate
}): TenantProfileService => {
  const { database, actions, limits, invalidate } = deps

  const find = async (profileId: string): Promise<TenantProfile> => {
    const profile = await database.tenantProfiles.find(profileId)
    if (!profile) throw missing('TENANT_PROFILE', profileId)
    return profile
  }

  const changed = async (id: string) => {
    limits.forget()
    await invalidate({ kind: 'tenant-profile', tenantId: nullUuid, id })
  }

  const deedOf = (id: string | undefined, entityName: string) =>
    ({ tenantId: nullUuid, entityId: entityId('TENANT_PROFILE', id ?? nullUuid), entityName }) as const

  const recorded = async (
    caller: Caller,
    deed: Parameters<EntityActions['attempt']>[1],
    work: () => Promise<TenantProfile>,
  ): Promise<TenantProfile> => {
    const saved = await actions.attempt(caller, deed, async () => {
      const result = await work()
      return { result, deed: { entityId: result.id, entity: result } }
    })
    await changed(saved.id.id)
    return saved
  }

  return {
    find,

    save: async (caller, profile) => {
      const action = profile.id ? 'UPDATED' : 'ADDED'
      const deed = { action, ...deedOf(profile.id?.id, profile.name), entity: profile } as const
      return recorded(caller, deed, () => database.tenantProfiles.save(profile))
    },

    setDefault: async (caller, profileId) => {
      const profile = await find(profileId)
      const deed = { action: 'UPDATED', ...deedOf(profileId, profile.name), entity: profile } as const
      return recorded(caller, deed, () => database.tenantProfiles.setDefault(profileId))
    },

    delete: async (caller, profileId) => {
      const { name } = await find(profileId)
      const deed = { action: 'DELETED', ...deedOf(profileId, name), data: { entityId: profileId } } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.tenantProfiles.delete(profileId))) throw missing('TENANT_PROFILE', profileId)
        return { result: undefined }
      })
      await changed(profileId)
    },
  }
}
