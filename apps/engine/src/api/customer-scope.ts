import { entityId } from '@thingwire/contracts'
import type { Scope } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'

/** What is assigned to one customer, for whoever may read that customer. */
export const customerScope = async (access: EntityAccess, caller: Caller, customerId: string): Promise<Scope> => {
  const { tenantId } = await access.require(caller, entityId('CUSTOMER', customerId), 'READ', { missingText: 'byId' })
  return { kind: 'customer', tenantId, customerId }
}
