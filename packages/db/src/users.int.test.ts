import { nullUuid } from '@thingwire/contracts'
import { seedTenant, testDatabase } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { createUser } from './seed/index.ts'

test('an account is found by e-mail in any case, and by id', async () => {
  await using database = await testDatabase()
  const { db } = database
  const tenant = await seedTenant(db, { passwordHash: 'a hash' })
  const account = await db.users.findAccountByEmail(` ${tenant.customerUser.email.toUpperCase()}`)
  expect(account).toMatchObject({
    passwordHash: 'a hash',
    enabled: true,
    tokensValidFromMs: 0,
    user: {
      authority: 'CUSTOMER_USER',
      email: tenant.customerUser.email,
      name: tenant.customerUser.email,
      tenantId: { entityType: 'TENANT', id: tenant.tenantId },
      customerId: { entityType: 'CUSTOMER', id: tenant.customerId },
      version: 1,
    },
  })
  expect(await db.users.findAccountById(tenant.customerUser.userId)).toEqual(account)
  expect(await db.users.findAccountByEmail('nobody@example.org')).toBeNull()
  expect(await db.users.findAccountById('0190a6d2-0000-7000-8000-000000000000')).toBeNull()
})

test('a system administrator belongs to no tenant; an e-mail is unique in the platform', async () => {
  await using database = await testDatabase()
  const { db } = database
  await createUser(db, { authority: 'SYS_ADMIN', email: 'Root@Example.org', tenantId: null, passwordHash: null })
  const account = await db.users.findAccountByEmail('root@example.org')
  expect(account?.user).toMatchObject({ tenantId: { id: nullUuid }, customerId: { id: nullUuid } })
  expect(account).toMatchObject({ enabled: false, passwordHash: null })
  await expect(
    createUser(db, { authority: 'SYS_ADMIN', email: 'root@example.org', tenantId: null, passwordHash: null }),
  ).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    details: "User with email 'root@example.org' already present in database!",
  })
})

test('a sign-in is remembered, and tokens are only ever invalidated later than before', async () => {
  await using database = await testDatabase()
  const { db } = database
  const { admin } = await seedTenant(db, { passwordHash: 'h' })
  await db.users.recordLogin(admin.userId, 1_700_000_000_000)
  await db.users.invalidateTokens(admin.userId, 2_000)
  await db.users.invalidateTokens(admin.userId, 1_000)
  const account = await db.users.findAccountById(admin.userId)
  expect(account?.user.additionalInfo).toMatchObject({ lastLoginTs: 1_700_000_000_000, userActivated: true })
  expect(account?.tokensValidFromMs).toBe(2_000)
})

test('a signed-out session is known to every process until it is pruned', async () => {
  await using database = await testDatabase()
  const other = database.open()
  expect(await database.db.sessions.isRevoked('s1')).toBe(false)
  await database.db.sessions.revoke('s1', 10_000)
  await database.db.sessions.revoke('s1', 5_000)
  expect(await other.sessions.isRevoked('s1')).toBe(true)
  await database.db.maintenance.run(9_999)
  expect(await other.sessions.isRevoked('s1')).toBe(true)
  await database.db.maintenance.run(10_001)
  expect(await other.sessions.isRevoked('s1')).toBe(false)
})

test('a setting that two processes make at once is made once', async () => {
  await using database = await testDatabase()
  const other = database.open()
  expect(await database.db.settings.get('jwt')).toBeUndefined()
  const made = await Promise.all([
    database.db.settings.getOrCreate('jwt', { key: 'a' }),
    other.settings.getOrCreate('jwt', { key: 'b' }),
  ])
  expect(made[0]).toEqual(made[1])
  expect(await database.db.settings.getOrCreate('jwt', { key: 'c' })).toEqual(made[0])
  expect(await other.settings.get('jwt')).toEqual(made[0])
})

test('a changed password ends tokens and links, and the old one stays known with the time it was last used', async () => {
  await using database = await testDatabase()
  const { db } = database
  const { userId } = (await seedTenant(db, { passwordHash: 'first' })).customerUser
  await db.userLinks.setReset({ userId, token: 'link', expiresAtMs: 9_000 })
  expect(await db.users.setPassword(userId, 'second', { atMs: 2_000 })).toBe(true)
  expect(await db.users.setPassword(userId, 'third', { atMs: 3_000 })).toBe(true)
  expect(await db.users.findAccountById(userId)).toMatchObject({
    passwordHash: 'third',
    passwordSetTimeMs: 3_000,
    tokensValidFromMs: 3_000,
  })
  expect(await db.users.usedPasswords(userId, 4_000)).toEqual([
    { passwordHash: 'third', lastUsedMs: 4_000 },
    { passwordHash: 'second', lastUsedMs: 3_000 },
    { passwordHash: 'first', lastUsedMs: 2_000 },
  ])
  expect(await db.userLinks.findReset('link')).toBeNull()
  for (let n = 0; n < 30; n++) await db.users.setPassword(userId, `hash ${n}`, { atMs: 4_000 + n })
  expect(await db.users.usedPasswords(userId, 9_000)).toHaveLength(21)
  expect(await db.users.setPassword('0190a6d2-0000-7000-8000-000000000000', 'x', { atMs: 1 })).toBe(false)
})

test('of several lockouts at once one closes the account; opening it forgets why', async () => {
  await using database = await testDatabase()
  const { db } = database
  const { userId } = (await seedTenant(db, { passwordHash: 'a hash' })).customerUser
  expect(await Promise.all([1, 2, 3].map(() => db.users.recordFailedLogin(userId)))).toEqual(
    expect.arrayContaining([1, 2, 3]),
  )
  const locked = await Promise.all([1, 2, 3].map(() => db.users.lock(userId, 5_000)))
  expect(locked.filter(Boolean)).toHaveLength(1)
  expect(await db.users.findAccountById(userId)).toMatchObject({
    enabled: false,
    isLocked: true,
    tokensValidFromMs: 5_000,
    failedLoginAttempts: 3,
  })
  expect(await db.users.setEnabled(userId, true, 6_000)).toBe(true)
  expect(await db.users.findAccountById(userId)).toMatchObject({
    enabled: true,
    isLocked: false,
    failedLoginAttempts: 0,
  })
  await db.users.setEnabled(userId, false, 7_000)
  expect(await db.users.findAccountById(userId)).toMatchObject({ isLocked: false, tokensValidFromMs: 7_000 })
})
