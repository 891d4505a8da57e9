import { randomUUID } from 'node:crypto'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: TestDatabase
let tenant: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  tenant = await seedTenant(database.db, { passwordHash: 'a hash' })
})
afterAll(() => database[Symbol.asyncDispose]())

const soon = () => Date.now() + 60_000
const newUser = (token: string) =>
  database.db.userDirectory.create(
    {
      email: `${randomUUID()}@example.org`,
      authority: 'TENANT_ADMIN',
      tenantId: tenant.tenantId,
      customerId: null,
      firstName: null,
      lastName: null,
      phone: null,
      additionalInfo: null,
    },
    { activateToken: token, expiresAtMs: soon() },
  )

test('an activation link belongs to an account without a password', async () => {
  const { userLinks, users } = database.db
  const user = await newUser('first')
  expect(await userLinks.activationOf(user.id.id)).toMatchObject({ userId: user.id.id, token: 'first' })
  expect(await userLinks.setActivation({ userId: user.id.id, token: 'second', expiresAtMs: soon() })).toBe(true)
  expect(await userLinks.findActivation('first')).toBeNull()
  await users.setPassword(user.id.id, 'hash', { atMs: Date.now(), enable: true })
  expect(await userLinks.activationOf(user.id.id)).toBeNull()
  expect(await userLinks.setActivation({ userId: user.id.id, token: 'third', expiresAtMs: soon() })).toBe(false)
})

test('of many who use one token at once one succeeds', async () => {
  const { userLinks } = database.db
  await newUser('contested')
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => userLinks.consume('activation', 'contested', Date.now())),
  )
  expect(outcomes.filter(Boolean)).toHaveLength(1)
})

test('an expired token is not used up and does nothing', async () => {
  const { userLinks } = database.db
  const { userId } = tenant.admin
  await userLinks.setReset({ userId, token: 'late', expiresAtMs: Date.now() - 1 })
  expect(await userLinks.consume('reset', 'late', Date.now())).toBe(false)
  expect(await userLinks.findReset('late')).toMatchObject({ userId })
  await userLinks.setReset({ userId, token: 'fresh', expiresAtMs: soon() })
  expect(await userLinks.findReset('late')).toBeNull()
})

test('deleting a user takes links, settings and traces along', async () => {
  const { userLinks, userSettings, userDirectory, attributes } = database.db
  const user = await newUser('gone')
  await userSettings.change(user.id.id, 'GENERAL', () => ({ a: 1 }))
  const entityId = { entityType: 'USER' as const, id: user.id.id }
  const entries = [{ key: 'seat', type: 'STRING' as const, value: 'window' }]
  await attributes.save(tenant.tenantId, [{ entityId, scope: 'SERVER_SCOPE', entries, ts: Date.now() }])
  expect(await attributes.find(tenant.scope, entityId, {})).toHaveLength(1)
  expect(await userDirectory.remove(tenant.scope, user.id.id)).toBe('removed')
  expect(await userDirectory.remove(tenant.scope, user.id.id)).toBe('missing')
  expect(await userLinks.findActivation('gone')).toBeNull()
  expect(await userSettings.find(user.id.id, 'GENERAL')).toBeNull()
  expect(await attributes.find(tenant.scope, entityId, {})).toEqual([])
})

test('scopes bound what is found', async () => {
  const { userDirectory } = database.db
  const { userId } = tenant.admin
  const stranger = { kind: 'tenant', tenantId: randomUUID() } as const
  expect(await userDirectory.find(tenant.scope, userId)).not.toBeNull()
  expect(await userDirectory.find({ kind: 'system' }, userId)).not.toBeNull()
  expect(await userDirectory.find(tenant.customerScope, userId)).toBeNull()
  expect(await userDirectory.find(stranger, userId)).toBeNull()
  expect(await userDirectory.remove(stranger, userId)).toBe('missing')
})
