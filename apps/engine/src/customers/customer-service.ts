import { type Customer, entityId, type NameConflict, nullUuid, type SaveCustomer } from '@thingwire/contracts'
import type { CustomerRemoval, Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { saveUnderUniqueName } from '../names/unique-name.ts'

export type CustomerService = {
  find(caller: Caller, customerId: string): Promise<Customer>
  save(caller: Caller, customer: SaveCustomer, conflict?: NameConflict): Promise<Customer>
  /** Unassigns what the customer has and deletes its users. */
  delete(caller: Caller, customerId: string): Promise<void>
}

export const createCustomerService = (deps: {
  database: Pick<Database, 'customers' | 'names'>
  access: EntityAccess
  actions: EntityActions
  limits: TenantLimits
  invalidate: Invalidate
}): CustomerService => {
  const { database, access, actions, limits, invalidate } = deps

  const require = (caller: Caller, customerId: string, operation: 'READ' | 'WRITE' | 'DELETE') =>
    access.require(caller, entityId('CUSTOMER', customerId), operation, { missingText: 'byId' })

  const announceRemoval = async (tenantId: string, customerId: string, removal: CustomerRemoval) => {
    await invalidate({ kind: 'customer', tenantId, id: customerId })
    const kinds = { user: removal.userIds, device: removal.deviceIds, asset: removal.assetIds } as const
    for (const id of kinds.user) await invalidate({ kind: 'user', tenantId, id })
    for (const id of kinds.device) await invalidate({ kind: 'device', tenantId, id })
    for (const id of kinds.asset) await invalidate({ kind: 'asset', tenantId, id })
    for (const id of removal.entityViewIds) await invalidate({ kind: 'entity-view', tenantId, id })
  }

  const tenantScope = (caller: Caller) => ({ kind: 'tenant', tenantId: caller.tenantId ?? nullUuid }) as const

  return {
    find: async (caller, customerId) => {
      const { scope } = await require(caller, customerId, 'READ')
      const customer = await database.customers.find(scope, customerId)
      if (!customer) throw missing('CUSTOMER', customerId)
      return customer
    },

    save: async (caller, customer, conflict) => {
      const scope = tenantScope(caller)
      const id = customer.id?.id
      if (id) await require(caller, id, 'WRITE')
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('CUSTOMER', id ?? nullUuid),
        entityName: customer.title,
        entity: customer,
      } as const
      const saved = await actions.attempt(caller, deed, async () => {
        if (!id) await limits.requireRoom(scope.tenantId, 'CUSTOMER')
        const wanted = { tenantId: scope.tenantId, entityType: 'CUSTOMER', name: customer.title, id } as const
        const result = await saveUnderUniqueName(database.names, wanted, conflict, (title) =>
          database.customers.save(scope, { ...customer, title }),
        )
        return { result, deed: { entityId: result.id, entityName: result.title, entity: result } }
      })
      await invalidate({ kind: 'customer', tenantId: scope.tenantId, id: saved.id.id })
      return saved
    },

    delete: async (caller, customerId) => {
      const { scope, tenantId } = await require(caller, customerId, 'DELETE')
      const customer = await database.customers.find(scope, customerId)
      if (!customer) throw missing('CUSTOMER', customerId)
      const deed = {
        action: 'DELETED',
        entityId: customer.id,
        entityName: customer.title,
        customerId,
        data: { entityId: customerId },
        entity: customer,
      } as const
      const removal = await actions.attempt(caller, deed, async () => {
        const result = await database.customers.delete(scope, customerId)
        if (!result) throw missing('CUSTOMER', customerId)
        return { result }
      })
      await announceRemoval(tenantId, customerId, removal)
    },
  }
}
