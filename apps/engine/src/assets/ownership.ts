import { AppError, entityId, nullUuid } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { EnsurePublicCustomer } from '../customers/public-customer.ts'

export type Ownership<T> = {
  assign(caller: Caller, id: string, customerId: string): Promise<T>
  unassign(caller: Caller, id: string): Promise<T>
  /** Assigns it to the tenant's public customer. */
  publish(caller: Caller, id: string): Promise<T>
}

type Owned = {
  id: { entityType: 'ASSET' | 'ENTITY_VIEW'; id: string }
  tenantId: { id: string }
  customerId: { id: string }
  name: string
}

export type OwnershipDeps = {
  database: Pick<Database, 'entities'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  ensurePublicCustomer: EnsurePublicCustomer
}

/** Who an asset or an entity view belongs to. */
export const createOwnership = <T extends Owned>(
  deps: OwnershipDeps,
  kind: {
    name: string
    invalidation: 'asset' | 'entity-view'
    read(caller: Caller, id: string, operation: Operation): Promise<T>
    assign(scope: Scope, id: string, customerId: string | null): Promise<T>
  },
): Ownership<T> => {
  const { database, access, actions, invalidate } = deps

  const hand = (
    caller: Caller,
    entity: T,
    to: string | null,
    said: { customerId: string; metadata: Record<string, string> },
  ): Promise<T> => {
    const deed: Deed = {
      action: to === null ? 'UNASSIGNED_FROM_CUSTOMER' : 'ASSIGNED_TO_CUSTOMER',
      entityId: entity.id,
      entityName: entity.name,
      customerId: said.customerId,
      data: { entityId: entity.id.id, ...said.metadata },
      metadata: said.metadata,
    }
    return actions.attempt(caller, deed, async () => {
      const saved = await kind.assign({ kind: 'tenant', tenantId: entity.tenantId.id }, entity.id.id, to)
      await invalidate({ kind: kind.invalidation, tenantId: entity.tenantId.id, id: entity.id.id })
      return { result: saved, deed: { entity: saved } }
    })
  }
  const give = (caller: Caller, entity: T, customer: { id: string; name: string }) =>
    hand(caller, entity, customer.id, {
      customerId: customer.id,
      metadata: { assignedCustomerId: customer.id, assignedCustomerName: customer.name },
    })

  return {
    assign: async (caller, id, customerId) => {
      const options = { missingText: 'byId' } as const
      const customer = await access.require(caller, entityId('CUSTOMER', customerId), 'READ', options)
      const entity = await kind.read(caller, id, 'ASSIGN_TO_CUSTOMER')
      return give(caller, entity, { id: customer.head.id.id, name: customer.name })
    },

    publish: async (caller, id) => {
      const entity = await kind.read(caller, id, 'ASSIGN_TO_CUSTOMER')
      const customer = await deps.ensurePublicCustomer(entity.tenantId.id)
      return give(caller, entity, { id: customer.id.id, name: customer.title })
    },

    unassign: async (caller, id) => {
      const entity = await kind.read(caller, id, 'UNASSIGN_FROM_CUSTOMER')
      const customerId = entity.customerId.id
      if (customerId === nullUuid)
        throw new AppError('ARGUMENT_INVALID', `${kind.name} isn't assigned to any customer!`)
      const customer = await database.entities.findHead(entity.tenantId.id, entityId('CUSTOMER', customerId))
      return hand(caller, entity, null, {
        customerId,
        metadata: { unassignedCustomerId: customerId, unassignedCustomerName: customer?.name ?? '' },
      })
    },
  }
}
