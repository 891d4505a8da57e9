import { type AppError, saveTenantProfileSchema, type Tenant } from '@thingwire/contracts'
import type { Database } from '../database.ts'
import { createUser, seedSystem } from '../seed/index.ts'
import { testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = database.db
  await seedSystem(db)
})
afterAll(() => database[Symbol.asyncDispose]())

let made = 0
const limitedTenant = async (configuration: object): Promise<{ tenant: Tenant; profileId: string }> => {
  const name = `Limited ${++made}`
  const profile = await db.tenantProfiles.save(saveTenantProfileSchema.parse({ name, profileData: { configuration } }))
  const tenant = await db.tenants.save({ title: name, tenantProfileId: profile.id })
  return { tenant, profileId: profile.id.id }
}
const scopeOf = (tenant: Tenant) => ({ kind: 'tenant', tenantId: tenant.id.id }) as const
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason as AppError] : []))

test('of many that insert at once, only as many get in as the limit allows', async () => {
  const { tenant } = await limitedTenant({ maxDevices: 5 })
  const other = database.open()
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => (n % 2 ? db : other).devices.save(scopeOf(tenant), { name: `Device ${n}` })),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  expect(await db.entities.count(tenant.id.id, 'DEVICE')).toBe(5)
  for (const error of refusals(results))
    expect(error).toMatchObject({
      code: 'ENTITIES_LIMIT_EXCEEDED',
      message: 'Devices limit reached',
      extra: { entityType: 'DEVICE', limit: 5 },
    })
})

test('a deleted entity makes room for another', async () => {
  const { tenant } = await limitedTenant({ maxCustomers: 2 })
  const save = (title: string) => db.customers.save(scopeOf(tenant), { title })
  const first = await save('A')
  await save('B')
  await expect(save('C')).rejects.toMatchObject({ message: 'Customers limit reached' })
  await db.customers.delete(scopeOf(tenant), first.id.id)
  await save('C')
  await expect(save('D')).rejects.toMatchObject({ message: 'Customers limit reached' })
})

test('a limit that is set later counts what was there before', async () => {
  const { tenant, profileId } = await limitedTenant({})
  const save = (name: string) => db.devices.save(scopeOf(tenant), { name })
  for (const name of ['A', 'B', 'C']) await save(name)
  const setLimit = (maxDevices: number) =>
    db.tenantProfiles.save(
      saveTenantProfileSchema.parse({
        id: { id: profileId },
        name: `Changed ${profileId}`,
        profileData: { configuration: { maxDevices } },
      }),
    )
  await setLimit(3)
  await expect(save('D')).rejects.toMatchObject({ extra: { limit: 3 } })
  await setLimit(0)
  await save('D')
  await save('E')
  await setLimit(5)
  await expect(save('F')).rejects.toMatchObject({ extra: { limit: 5 } })
  await setLimit(6)
  await save('F')
})

test('users, assets, dashboards and rule chains are limited alike', async () => {
  const { tenant } = await limitedTenant({ maxUsers: 1, maxDashboards: 1, maxRuleChains: 1, maxAssets: 1 })
  const tenantId = tenant.id.id
  const scope = scopeOf(tenant)
  const user = (email: string) => createUser(db, { authority: 'TENANT_ADMIN', email, tenantId, passwordHash: null })
  await user('first@limited.example')
  await expect(user('second@limited.example')).rejects.toMatchObject({ message: 'Users limit reached' })
  await db.assets.save(scope, { name: 'A' })
  await expect(db.assets.save(scope, { name: 'B' })).rejects.toMatchObject({ message: 'Assets limit reached' })
  await db.dashboards.save(scope, { title: 'A', configuration: {} })
  await expect(db.dashboards.save(scope, { title: 'B', configuration: {} })).rejects.toMatchObject({
    message: 'Dashboards limit reached',
  })
  const file = { ruleChain: { name: 'Second', type: 'CORE', root: false, debugMode: false } } as const
  const metadata = { nodes: [], connections: [] }
  await expect(db.ruleChains.create(scope, { ...file, metadata })).rejects.toMatchObject({
    message: 'Rule chains limit reached',
  })
})

test('room is known without counting while the limit is far', async () => {
  const { tenant } = await limitedTenant({ maxDevices: 3 })
  const tenantId = tenant.id.id
  expect(await db.entities.hasRoom(tenantId, 'DEVICE', 3)).toBe(true)
  for (const name of ['A', 'B', 'C']) await db.devices.save(scopeOf(tenant), { name })
  expect(await db.entities.hasRoom(tenantId, 'DEVICE', 3)).toBe(false)
  expect(await db.entities.hasRoom(tenantId, 'DEVICE', 4)).toBe(true)
})

test('the public customer takes nobody a place', async () => {
  const { tenant } = await limitedTenant({ maxCustomers: 1 })
  const scope = scopeOf(tenant)
  await db.customers.ensurePublic(scope)
  expect(await db.entities.hasRoom(tenant.id.id, 'CUSTOMER', 1)).toBe(true)
  const only = await db.customers.save(scope, { title: 'Only one' })
  await expect(db.customers.save(scope, { title: 'Second' })).rejects.toMatchObject({
    message: 'Customers limit reached',
  })
  await db.customers.delete(scope, only.id.id)

  const { tenant: other } = await limitedTenant({ maxCustomers: 1 })
  await db.customers.save(scopeOf(other), { title: 'Only one' })
  expect(await db.customers.ensurePublic(scopeOf(other))).toMatchObject({ title: 'Public' })
})
