import { randomUUID } from 'node:crypto'
import type { Device, RuleChain } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import { createCustomer, createTenant, createUser, seedSystem } from '@thingwire/db/seed'

export type SeededTenant = {
  tenantId: string
  customerId: string
  /** Scopes of the tenant administrator and of the customer user. */
  scope: Scope & { kind: 'tenant' }
  customerScope: Scope & { kind: 'customer' }
  admin: { userId: string; email: string }
  customerUser: { userId: string; email: string }
  /** Of the tenant, assigned to nobody. */
  device: Device
  token: string
  /** Assigned to the customer. */
  customerDevice: Device
  customerToken: string
  rootChain: RuleChain
}

export type SeedTenantOptions = {
  /** As the engine's password hasher made it; the users cannot sign in without. */
  passwordHash?: string
}

/** A tenant as small as one can be used. Call it twice for two tenants that must not see each other. */
export const seedTenant = async (db: Database, options: SeedTenantOptions = {}): Promise<SeededTenant> => {
  const unique = randomUUID().slice(0, 8)
  const passwordHash = options.passwordHash ?? null
  await seedSystem(db)
  const tenantId = await createTenant(db, { title: `Tenant ${unique}` })
  const customerId = await createCustomer(db, { tenantId, title: `Customer ${unique}` })
  const user = async (authority: 'TENANT_ADMIN' | 'CUSTOMER_USER', owner: { customerId?: string }) => {
    const email = `${authority === 'TENANT_ADMIN' ? 'admin' : 'user'}-${unique}@example.org`
    return { email, userId: await createUser(db, { authority, email, tenantId, passwordHash, ...owner }) }
  }
  const scope = { kind: 'tenant', tenantId } as const
  const token = `token-${unique}`
  const customerToken = `customer-token-${unique}`
  const rootChain = await db.ruleChains.load(tenantId, null)
  if (!rootChain) throw new Error('The new tenant has no root rule chain')
  return {
    tenantId,
    customerId,
    scope,
    customerScope: { kind: 'customer', tenantId, customerId },
    admin: await user('TENANT_ADMIN', {}),
    customerUser: await user('CUSTOMER_USER', { customerId }),
    device: await db.devices.save(scope, { name: `Device ${unique}` }, { accessToken: token }),
    token,
    customerDevice: await db.devices.save(
      scope,
      { name: `Customer device ${unique}`, customerId: { entityType: 'CUSTOMER', id: customerId } },
      { accessToken: customerToken },
    ),
    customerToken,
    rootChain: rootChain.chain,
  }
}
