import { entityId, nullUuid, type SaveTenant, type Tenant, type TenantInfo } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

export type TenantService = {
  find(caller: Caller, tenantId: string): Promise<TenantInfo>
  save(caller: Caller, tenant: SaveTenant): Promise<Tenant>
  /** Deletes the tenant with everything it has. */
  delete(caller: Caller, tenantId: string): Promise<void>
}

/** Tenants belong to the platform: what happens to them stands in the platform's audit log. */
export const createTenantService = (deps: {
  database: Pick<Database, 'tenants'>
  access: EntityAccess
  actions: EntityActions
  limits: TenantLimits
  invalidate: Invalidate
}): TenantService => {
  const { database, access, actions, limits, invalidate } = deps

  const find: TenantService['find'] = async (caller, tenantId) => {
    const { scope } = await access.require(caller, entityId('TENANT', tenantId), 'READ', { missingText: 'byId' })
    const tenant = await database.tenants.find(scope, tenantId)
    if (!tenant) throw missing('TENANT', tenantId)
    return tenant
  }

  const changed = async (tenantId: string) => {
    limits.forget()
    await invalidate({ kind: 'tenant', tenantId, id: tenantId })
  }

  return {
    find,

    save: async (caller, tenant) => {
      const id = tenant.id?.id
      if (id) await access.require(caller, entityId('TENANT', id), 'WRITE', { missingText: 'byId' })
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        tenantId: nullUuid,
        entityId: entityId('TENANT', id ?? nullUuid),
        entityName: tenant.title,
        entity: tenant,
      } as const
      const saved = await actions.attempt(caller, deed, async () => {
        const result = await database.tenants.save(tenant)
        return { result, deed: { entityId: result.id, entity: result } }
      })
      await changed(saved.id.id)
      return saved
    },

    delete: async (caller, tenantId) => {
      await access.require(caller, entityId('TENANT', tenantId), 'DELETE', { missingText: 'byId' })
      const { title } = await find(caller, tenantId)
      const deed = {
        action: 'DELETED',
        tenantId: nullUuid,
        entityId: entityId('TENANT', tenantId),
        entityName: title,
        data: { entityId: tenantId },
      } as const
      const { userIds } = await actions.attempt(caller, deed, async () => {
        const result = await database.tenants.delete(tenantId)
        if (!result) throw missing('TENANT', tenantId)
        return { result }
      })
      await changed(tenantId)
      for (const id of userIds) await invalidate({ kind: 'user', tenantId, id })
    },
  }
}
