import type { Customer } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'

/** The customer that a tenant's public devices, assets, entity views and dashboards belong to; made when there is none. */
export type EnsurePublicCustomer = (tenantId: string) => Promise<Customer>

export const createPublicCustomers = (deps: {
  database: Pick<Database, 'customers'>
  invalidate: Invalidate
}): EnsurePublicCustomer => {
  return async (tenantId) => {
    const customer = await deps.database.customers.ensurePublic({ kind: 'tenant', tenantId })
    await deps.invalidate({ kind: 'customer', tenantId, id: customer.id.id })
    return customer
  }
}
