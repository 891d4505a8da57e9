import { randomUUID } from 'node:crypto'
import { nullUuid } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { redisChannels } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let listener: Redis
const heard: string[] = []

beforeAll(async () => {
  api = await apiUnderTest()
  listener = new Redis(api.redisUrl)
  listener.on('message', (_channel, text) => heard.push(text))
  await listener.subscribe(redisChannels.invalidation)
})
afterAll(async () => {
  listener.disconnect()
  await api[Symbol.asyncDispose]()
})

const userSchema = z.looseObject({
  id: z.object({ id: z.string() }),
  email: z.string(),
  version: z.number(),
  additionalInfo: z.record(z.string(), z.unknown()).nullable(),
})
const freshEmail = () => `someone-${randomUUID().slice(0, 8)}@example.org`
const customerId = () => ({ entityType: 'CUSTOMER', id: api.tenant.customerId })
const save = async (body: object, query = '?sendActivationMail=false', client = api.admin) => {
  const answer = await client.post(`/api/user${query}`, body)
  expect(answer.status, answer.text).toBe(200)
  return userSchema.parse(answer.body)
}
const newCustomerUser = (fields: object = {}) =>
  save({ email: freshEmail(), authority: 'CUSTOMER_USER', customerId: customerId(), ...fields })
const logOf = async (userId: string) =>
  z
    .object({ data: z.array(z.looseObject({ actionType: z.string(), actionStatus: z.string() })) })
    .parse((await api.admin.get(`/api/audit/logs/entity/USER/${userId}?pageSize=50&page=0`)).body).data

describe('creating a user', () => {
  test('answers the whole user, tells the rule engine, the audit log and other processes', async () => {
    const email = freshEmail()
    const answer = await api.admin.post('/api/user?sendActivationMail=false', {
      email: email.toUpperCase(),
      authority: 'CUSTOMER_USER',
      customerId: { id: api.tenant.customerId },
      firstName: 'Ada',
      additionalInfo: { lang: 'de_DE', userActivated: true, lastLoginTs: 1 },
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        email,
        name: email,
        authority: 'CUSTOMER_USER',
        tenantId: { entityType: 'TENANT', id: api.tenant.tenantId },
        customerId: customerId(),
        firstName: 'Ada',
        lastName: null,
        phone: null,
        additionalInfo: { lang: 'de_DE', userActivated: false, userCredentialsEnabled: false },
        version: 1,
      },
    })
    const user = userSchema.parse(answer.body)
    expect(user.additionalInfo).not.toHaveProperty('lastLoginTs')
    const sent = api.messages.find(({ message }) => message.originator.id === user.id.id)
    expect(sent?.message).toMatchObject({
      type: 'ENTITY_CREATED',
      originator: { entityType: 'USER' },
      metadata: { entityName: email, entityType: 'USER', userEmail: api.tenant.admin.email },
    })
    expect(JSON.parse(sent?.message.data ?? '')).toMatchObject({ email })
    expect(await logOf(user.id.id)).toMatchObject([{ actionType: 'ADDED', actionStatus: 'SUCCESS' }])
    await waitFor(() => heard.some((text) => text.includes(user.id.id)), { what: 'word about the user' })
  })

  test('the tenant is that of the administrator, whatever is sent', async () => {
    const user = await save({
      email: freshEmail(),
      authority: 'TENANT_ADMIN',
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
    })
    expect(user).toMatchObject({ tenantId: { id: api.tenant.tenantId }, customerId: { id: nullUuid } })
  })

  test('a system administrator makes administrators of tenants and of the system', async () => {
    const admin = await save(
      { email: freshEmail(), authority: 'TENANT_ADMIN', tenantId: { id: api.tenant.tenantId } },
      '?sendActivationMail=false',
      api.systemAdmin,
    )
    expect(admin).toMatchObject({ tenantId: { id: api.tenant.tenantId } })
    const heard = api.messages.find(({ message }) => message.originator.id === admin.id.id)
    expect(heard?.message).toMatchObject({ type: 'ENTITY_CREATED', tenantId: api.tenant.tenantId })
    expect(await logOf(admin.id.id)).toEqual([])
    const root = await save(
      { email: freshEmail(), authority: 'SYS_ADMIN' },
      '?sendActivationMail=false',
      api.systemAdmin,
    )
    expect(root).toMatchObject({ tenantId: { id: nullUuid }, customerId: { id: nullUuid } })
    expect((await api.systemAdmin.delete(`/api/user/${root.id.id}`)).status).toBe(200)
  })

  test.each([
    [{ authority: 'TENANT_ADMIN' }, 'User email should be specified!'],
    [{ email: ' ', authority: 'TENANT_ADMIN' }, 'User email should be specified!'],
    [{ email: 'nobody', authority: 'TENANT_ADMIN' }, "Invalid email address format 'nobody'!"],
    [{ email: 'a b@example.org', authority: 'TENANT_ADMIN' }, "Invalid email address format 'a b@example.org'!"],
    [{ email: 'x1@example.org' }, "User authority isn't defined!"],
    [{ email: 'x2@example.org', authority: 'ROOT' }, "User authority isn't defined!"],
    [{ email: 'x3@example.org', authority: 'CUSTOMER_USER' }, 'Customer user should be assigned to customer!'],
    [
      { email: 'x4@example.org', authority: 'CUSTOMER_USER', customerId: { id: randomUUID() } },
      'User is referencing to non-existent customer!',
    ],
    [
      { email: 'x5@example.org', authority: 'TENANT_ADMIN', firstName: '<script>alert(1)</script>' },
      'Validation error: firstName is malformed',
    ],
    [
      { email: 'x6@example.org', authority: 'TENANT_ADMIN', lastName: 'x'.repeat(256) },
      'Validation error: lastName length must be equal or less than 255',
    ],
  ])('%j is refused with "%s"', async (body, message) => {
    expect(await api.admin.post('/api/user', body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test("another tenant's customer is no customer", async () => {
    const body = { email: freshEmail(), authority: 'CUSTOMER_USER', customerId: { id: api.stranger.customerId } }
    expect(await api.admin.post('/api/user', body)).toMatchObject({
      status: 400,
      body: { message: 'User is referencing to non-existent customer!' },
    })
  })

  test('an address is taken in the whole platform, in any case', async () => {
    const { email } = api.stranger.admin
    const answer = await api.admin.post('/api/user', { email: email.toUpperCase(), authority: 'TENANT_ADMIN' })
    expect(answer).toMatchObject({
      status: 400,
      body: { message: `User with email '${email}' already present in database!` },
    })
  })

  test.each(['admin', 'customer'] as const)('%s cannot make a system administrator', async (who) => {
    expect(await api[who].post('/api/user', { email: freshEmail(), authority: 'SYS_ADMIN' })).toMatchObject({
      status: 403,
      body: { errorCode: 20 },
    })
  })

  test('a customer user makes nobody, a system administrator no customer users', async () => {
    const body = { email: freshEmail(), authority: 'CUSTOMER_USER', customerId: customerId() }
    expect((await api.customer.post('/api/user', body)).status).toBe(403)
    const asSystem = await api.systemAdmin.post('/api/user', { ...body, tenantId: { id: api.tenant.tenantId } })
    expect(asSystem.status).toBe(403)
  })

  test('the limit of the tenant profile ends it', async () => {
    await using limited = await apiUnderTest()
    await limitUsers(limited, 2)
    const answer = await limited.admin.post('/api/user?sendActivationMail=false', {
      email: freshEmail(),
      authority: 'TENANT_ADMIN',
    })
    expect(answer).toMatchObject({
      status: 403,
      body: { errorCode: 41, message: 'Users limit reached', entityType: 'USER', limit: 2 },
    })
  })
})

/** Through the API of the system administrator, as in life. */
const limitUsers = async (target: ApiUnderTest, maxUsers: number) => {
  const tenant = z
    .looseObject({ tenantProfileId: z.object({ id: z.string() }) })
    .parse((await target.systemAdmin.get(`/api/tenant/${target.tenant.tenantId}`)).body)
  const profile = z
    .looseObject({ profileData: z.looseObject({ configuration: z.looseObject({}) }) })
    .parse((await target.systemAdmin.get(`/api/tenantProfile/${tenant.tenantProfileId.id}`)).body)
  const changed = {
    ...profile,
    profileData: { ...profile.profileData, configuration: { ...profile.profileData.configuration, maxUsers } },
  }
  expect((await target.systemAdmin.post('/api/tenantProfile', changed)).status).toBe(200)
}

describe('changing a user', () => {
  test('replaces what may change and keeps what the platform adds', async () => {
    const user = await newCustomerUser({ firstName: 'Old', phone: '1' })
    const changed = await save({ ...user, firstName: 'New', phone: null, additionalInfo: { lang: 'en_US' } })
    expect(changed).toMatchObject({ firstName: 'New', phone: null, version: 2, additionalInfo: { lang: 'en_US' } })
    expect(await logOf(user.id.id)).toHaveLength(2)
  })

  test('a stale version is a conflict, none overwrites', async () => {
    const user = await newCustomerUser()
    await save({ ...user, firstName: 'First' })
    expect(await api.admin.post('/api/user', { ...user, firstName: 'Second' })).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
    expect(await save({ ...user, firstName: 'Third', version: null })).toMatchObject({ firstName: 'Third', version: 3 })
  })

  test('authority, tenant and customer stay', async () => {
    const user = await newCustomerUser()
    const tries = [
      [{ authority: 'TENANT_ADMIN' }, "Can't update user authority!"],
      [{ customerId: { id: nullUuid } }, "Can't update user customer id!"],
    ] as const
    for (const [change, message] of tries)
      expect(await api.admin.post('/api/user', { ...user, ...change })).toMatchObject({
        status: 400,
        body: { message },
      })
    const moved = await save({ ...user, tenantId: { id: api.stranger.tenantId }, createdTime: 1 })
    expect(moved).toMatchObject({ tenantId: { id: api.tenant.tenantId } })
    expect(moved.createdTime).toBe(user.createdTime)
  })

  test('an address that somebody has is refused, the own one is not', async () => {
    const [one, other] = [await newCustomerUser(), await newCustomerUser()]
    expect(await api.admin.post('/api/user', { ...one, email: other.email })).toMatchObject({
      status: 400,
      body: { message: `User with email '${other.email}' already present in database!` },
    })
    expect(await save({ ...one, email: one.email.toUpperCase() })).toMatchObject({ email: one.email })
  })

  test('a customer user changes nobody but oneself', async () => {
    const self = userSchema.parse((await api.customer.get(`/api/user/${api.tenant.customerUser.userId}`)).body)
    expect(await save({ ...self, firstName: 'Me' }, '', api.customer)).toMatchObject({ firstName: 'Me' })
    const colleague = await newCustomerUser()
    expect((await api.customer.get(`/api/user/${colleague.id.id}`)).status).toBe(200)
    expect((await api.customer.post('/api/user', { ...colleague, firstName: 'You' })).status).toBe(403)
    expect((await api.customer.post('/api/user', { ...self, authority: 'TENANT_ADMIN' })).status).toBe(400)
  })

  test('what is missing and what is foreign look the same', async () => {
    for (const id of [randomUUID(), api.stranger.admin.userId]) {
      const notThere = { status: 404, body: { message: `User with id [${id}] is not found`, errorCode: 32 } }
      expect(await api.admin.get(`/api/user/${id}`)).toMatchObject(notThere)
      expect(await api.admin.post('/api/user', { id: { id }, email: freshEmail() })).toMatchObject(notThere)
      expect(await api.admin.delete(`/api/user/${id}`)).toMatchObject(notThere)
    }
    expect(await api.admin.get('/api/user/abc')).toMatchObject({ status: 400 })
  })
})

describe('accounts', () => {
  test('closing one ends its sessions, opening it lets in again', async () => {
    const session = await api.signIn(api.stranger.customerUser.email)
    const client = api.as(session.token)
    expect((await client.get('/api/auth/user')).status).toBe(200)
    const path = `/api/user/${api.stranger.customerUser.userId}/userCredentialsEnabled`
    expect((await api.strangerAdmin.post(`${path}?userCredentialsEnabled=false`)).status).toBe(200)
    expect((await client.get('/api/auth/user')).status).toBe(401)
    const login = { username: api.stranger.customerUser.email, password }
    expect((await api.request({ method: 'POST', url: '/api/auth/login', body: login })).status).toBe(401)
    expect((await api.strangerAdmin.post(path)).status).toBe(200)
    expect((await api.request({ method: 'POST', url: '/api/auth/login', body: login })).status).toBe(200)
    expect((await api.admin.post(path)).status).toBe(404)
  })

  test('one without a password cannot be opened, the own one not be closed', async () => {
    const user = await newCustomerUser()
    expect(await api.admin.post(`/api/user/${user.id.id}/userCredentialsEnabled`)).toMatchObject({
      status: 400,
      body: { message: 'Enabled user credentials should have password!' },
    })
    const own = `/api/user/${api.tenant.admin.userId}/userCredentialsEnabled?userCredentialsEnabled=false`
    expect(await api.admin.post(own)).toMatchObject({ status: 400 })
    expect((await api.admin.get('/api/auth/user')).status).toBe(200)
  })

  test('an administrator signs in as a user below, nobody as one elsewhere', async () => {
    expect((await api.admin.get('/api/user/tokenAccessEnabled')).body).toBe(true)
    const pair = z
      .object({ token: z.string(), refreshToken: z.string() })
      .parse((await api.admin.get(`/api/user/${api.tenant.customerUser.userId}/token`)).body)
    expect((await api.as(pair.token).get('/api/auth/user')).body).toMatchObject({
      email: api.tenant.customerUser.email,
    })
    expect((await api.strangerAdmin.get(`/api/user/${api.tenant.customerUser.userId}/token`)).status).toBe(404)
    expect((await api.systemAdmin.get(`/api/user/${api.tenant.customerUser.userId}/token`)).status).toBe(403)
    expect((await api.customer.get(`/api/user/${api.tenant.customerUser.userId}/token`)).status).toBe(403)
  })

  test('nobody signs in as somebody else where the installation forbids it', async () => {
    await using own = await apiUnderTest({ config: { USER_TOKEN_ACCESS: false } })
    expect((await own.admin.get('/api/user/tokenAccessEnabled')).body).toBe(false)
    expect((await own.admin.get(`/api/user/${own.tenant.customerUser.userId}/token`)).status).toBe(403)
  })
})

describe('deleting a user', () => {
  test('ends its sessions, tells the rule engine, and leaves nothing to find', async () => {
    const { userId, email } = api.stranger.customerUser
    const client = api.as((await api.signIn(email)).token)
    expect((await client.post('/api/user/settings', { kept: 1 })).status).toBe(200)
    expect((await api.strangerAdmin.delete(`/api/user/${userId}`)).status).toBe(200)
    expect((await client.get('/api/auth/user')).status).toBe(401)
    expect((await api.strangerAdmin.get(`/api/user/${userId}`)).status).toBe(404)
    expect(await api.db.userSettings.find(userId, 'GENERAL')).toBeNull()
    const last = api.messages.filter(({ message }) => message.originator.id === userId).at(-1)
    expect(last?.message).toMatchObject({ type: 'ENTITY_DELETED', metadata: { entityName: email } })
    expect(JSON.parse(last?.message.data ?? '')).toMatchObject({ email })
  })

  test('a system administrator cannot delete himself', async () => {
    const me = userSchema.parse((await api.systemAdmin.get('/api/auth/user')).body)
    expect(await api.systemAdmin.delete(`/api/user/${me.id.id}`)).toMatchObject({
      status: 403,
      body: { message: 'Sysadmin is not allowed to delete himself' },
    })
  })

  test('the last administrator of a tenant stays; of two who delete each other one does', async () => {
    await using own = await apiUnderTest()
    expect(await own.admin.delete(`/api/user/${own.tenant.admin.userId}`)).toMatchObject({
      status: 400,
      body: { message: 'At least one tenant administrator must remain!' },
    })
    const log = await own.admin.get('/api/audit/logs?pageSize=10&page=0&actionTypes=DELETED')
    expect(log.body).toMatchObject({ data: [{ actionStatus: 'FAILURE', actionType: 'DELETED' }] })
    const second = userSchema.parse(
      (await own.admin.post('/api/user?sendActivationMail=false', { email: freshEmail(), authority: 'TENANT_ADMIN' }))
        .body,
    )
    const outcomes = await Promise.all(
      [second.id.id, own.tenant.admin.userId].map((id) => own.systemAdmin.delete(`/api/user/${id}`)),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})
