import { nullUuid, type Tenant, tenantSchema } from '@thingwire/contracts'
import { createUser } from '@thingwire/db/seed'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const create = async (body: object): Promise<Tenant> => {
  const answer = await api.systemAdmin.post('/api/tenant', body)
  expect(answer).toMatchObject({ status: 200 })
  return tenantSchema.parse(answer.body)
}

describe('saving', () => {
  test('a new tenant has every member, default profiles, a root chain and an API usage state', async () => {
    const answer = await api.systemAdmin.post('/api/tenant', { title: ' Works ', region: 'EU', country: 'CH' })
    const tenant = tenantSchema.parse(answer.body)
    expect(answer.body).toEqual({
      id: { entityType: 'TENANT', id: expect.any(String) },
      createdTime: expect.any(Number),
      additionalInfo: null,
      title: 'Works',
      name: 'Works',
      region: 'EU',
      country: 'CH',
      state: null,
      city: null,
      address: null,
      address2: null,
      zip: null,
      phone: null,
      email: null,
      tenantId: tenant.id,
      tenantProfileId: { entityType: 'TENANT_PROFILE', id: expect.any(String) },
      version: 1,
    })
    const chain = await api.db.ruleChains.load(tenant.id.id, null)
    expect(chain?.chain).toMatchObject({ root: true, name: 'Root Rule Chain' })
    const scope = { kind: 'tenant', tenantId: tenant.id.id } as const
    expect(await api.db.devices.save(scope, { name: 'First' })).toMatchObject({ type: 'default' })
    expect(await api.db.apiUsage.find(tenant.id.id)).toMatchObject({ entityId: tenant.id, transportState: 'ENABLED' })
  })

  test('replaces the record; stale versions, missing ids and missing profiles are refused', async () => {
    const made = await create({ title: 'Change me', city: 'Bern' })
    const changed = await api.systemAdmin.post('/api/tenant', { id: made.id, title: 'Changed', version: 1 })
    expect(changed.body).toMatchObject({ title: 'Changed', city: null, version: 2, createdTime: made.createdTime })
    expect(await api.systemAdmin.post('/api/tenant', { id: made.id, title: 'x', version: 1 })).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
    expect(await api.systemAdmin.post('/api/tenant', { id: { id: nullUuid }, title: 'x' })).toMatchObject({
      status: 404,
      body: { message: `Tenant with id [${nullUuid}] is not found` },
    })
    expect(
      await api.systemAdmin.post('/api/tenant', { title: 'x', tenantProfileId: { id: crypto.randomUUID() } }),
    ).toMatchObject({ status: 400, body: { message: 'Tenant is referencing to non-existent tenant profile!' } })
    expect(await api.systemAdmin.post('/api/tenant', { title: ' ' })).toMatchObject({
      status: 400,
      body: { message: 'Tenant title should be specified!' },
    })
  })
})

test('what a client may not set of a tenant changes nothing, and markup in a title is refused', async () => {
  const made = await create({ title: 'Plain', createdTime: 1, version: 9, name: 'Other', tenantId: { id: nullUuid } })
  expect(made).toMatchObject({ name: 'Plain', version: 1, tenantId: made.id })
  expect(made.createdTime).toBeGreaterThan(1)
  expect(await api.systemAdmin.post('/api/tenant', { title: '<img src=x onerror=alert(1)>' })).toMatchObject({
    status: 400,
    body: { message: 'Validation error: title is malformed' },
  })
  const answer = await api.request({
    method: 'POST',
    url: '/api/tenant',
    headers: { 'x-authorization': `Bearer ${api.systemAdmin.token}` },
    payload: `{"id":{"id":"${made.id.id}"},"title":"Plain","__proto__":{"region":"x"},"constructor":{"prototype":{"y":1}}}`,
  })
  expect([200, 400]).toContain(answer.status)
  expect((await api.systemAdmin.get(`/api/tenant/${made.id.id}`)).body).toMatchObject({ region: null })
})

describe('reading', () => {
  test('the system administrator reads every tenant, by id, page and ids', async () => {
    const a = await create({ title: 'Search A', region: 'North' })
    const b = await create({ title: 'Search B', region: 'South' })
    expect((await api.systemAdmin.get(`/api/tenant/${a.id.id}`)).body).toEqual(a)
    expect((await api.systemAdmin.get(`/api/tenant/info/${a.id.id}`)).body).toEqual({
      ...a,
      tenantProfileName: 'Default',
    })
    const query = 'pageSize=10&page=0&textSearch=search%20&sortProperty=region&sortOrder=DESC'
    expect((await api.systemAdmin.get(`/api/tenants?${query}`)).body).toMatchObject({ data: [b, a], totalElements: 2 })
    const infos = await api.systemAdmin.get(`/api/tenantInfos?${query.replace('region', 'tenantProfileName')}`)
    expect(infos.body).toMatchObject({ totalElements: 2, data: [{ tenantProfileName: 'Default' }, {}] })
    for (const path of ['/api/tenants', '/api/tenants/list'])
      expect((await api.systemAdmin.get(`${path}?tenantIds=${a.id.id},${b.id.id},${nullUuid}`)).body).toEqual(
        expect.arrayContaining([a, b]),
      )
    expect(await api.systemAdmin.get(`/api/tenant/${nullUuid}`)).toMatchObject({ status: 404 })
    expect(await api.systemAdmin.get('/api/tenants?pageSize=1&page=0&sortProperty=additionalInfo')).toMatchObject({
      status: 400,
    })
  })

  test('a tenant administrator reads the own tenant and no other', async () => {
    const { tenantId } = api.tenant
    const foreign = api.stranger.tenantId
    expect(await api.admin.get(`/api/tenant/${tenantId}`)).toMatchObject({ status: 200 })
    expect(await api.admin.get(`/api/tenant/info/${tenantId}`)).toMatchObject({ status: 200 })
    expect((await api.admin.get(`/api/tenants?tenantIds=${tenantId},${foreign}`)).body).toMatchObject([
      { id: { id: tenantId } },
    ])
    for (const path of [`/api/tenant/${foreign}`, `/api/tenant/info/${foreign}`, '/api/tenants?pageSize=1&page=0'])
      expect(await api.admin.get(path), path).toMatchObject({ status: 403, body: { errorCode: 20 } })
    expect(await api.admin.delete(`/api/tenant/${foreign}`)).toMatchObject({ status: 403 })
    expect(await api.admin.post('/api/tenant', { id: { id: tenantId }, title: 'Mine' })).toMatchObject({ status: 403 })
    expect(await api.customer.get(`/api/tenant/${tenantId}`)).toMatchObject({ status: 403 })
  })
})

test('what happens to tenants and their profiles stands in the audit log of the platform', async () => {
  const made = await create({ title: 'Noted tenant' })
  const profile = await api.systemAdmin.post('/api/tenantProfile', { name: 'Noted profile' })
  expect(profile).toMatchObject({ status: 200 })
  await api.systemAdmin.post('/api/tenantProfile', { name: 'Noted profile' })
  await api.systemAdmin.delete(`/api/tenant/${made.id.id}`)
  const page = 'pageSize=100&page=0&textSearch=Noted&sortProperty=createdTime'
  const entries = [
    { actionType: 'ADDED', entityId: made.id },
    { actionType: 'ADDED', entityName: 'Noted profile', actionStatus: 'SUCCESS' },
    { actionType: 'ADDED', entityName: 'Noted profile', actionStatus: 'FAILURE' },
    { actionType: 'DELETED', entityId: made.id, entityName: 'Noted tenant' },
  ]
  const log = await api.db.audit.list(
    null,
    { pageSize: 100, page: 0, textSearch: 'Noted', sortProperty: 'createdTime' },
    {},
  )
  expect(log.data).toMatchObject(entries)
  expect((await api.admin.get(`/api/audit/logs?${page}`)).body).toMatchObject({ data: [] })
})

test('deleting a tenant removes everything it has and nothing of others', async () => {
  const made = await create({ title: 'Doomed' })
  const tenantId = made.id.id
  const scope = { kind: 'tenant', tenantId } as const
  const customer = await api.db.customers.save(scope, { title: 'Doomed customer' })
  const device = await api.db.devices.save(scope, { name: 'Doomed device', customerId: customer.id })
  const email = 'doomed@example.org'
  await createUser(api.db, { authority: 'TENANT_ADMIN', email, tenantId, passwordHash: null })
  await api.db.attributes.save(tenantId, [
    { entityId: device.id, scope: 'SERVER_SCOPE', entries: [{ key: 'a', type: 'LONG', value: 1 }], ts: 1 },
  ])
  const entry = { tenantId, entityId: device.id, key: 't', type: 'LONG', value: 1, ts: 1 } as const
  await api.db.telemetry.write([{ ...entry, saveTimeseries: true, saveLatest: true }])
  const others = () => api.db.devices.list({ kind: 'system' }, { pageSize: 100, page: 0 })
  const before = await others()

  expect(await api.systemAdmin.delete(`/api/tenant/${tenantId}`)).toMatchObject({ status: 200, text: '' })

  expect(await api.systemAdmin.get(`/api/tenant/${tenantId}`)).toMatchObject({ status: 404 })
  expect(await api.db.users.findAccountByEmail(email)).toBeNull()
  expect(await api.db.customers.find({ kind: 'system' }, customer.id.id)).toBeNull()
  expect(await api.db.attributes.find({ kind: 'system' }, device.id, {})).toEqual([])
  expect(await api.db.telemetry.latest({ kind: 'system' }, device.id)).toEqual([])
  expect(await api.db.ruleChains.load(tenantId, null)).toBeNull()
  expect((await others()).data).toEqual(before.data.filter(({ id }) => id.id !== device.id.id))
})

test('a tenant administrator may delete the own tenant, and is signed out by it', async () => {
  const { body } = await api.strangerAdmin.get('/api/auth/user')
  expect(body).toMatchObject({ authority: 'TENANT_ADMIN' })
  expect(await api.strangerAdmin.delete(`/api/tenant/${api.stranger.tenantId}`)).toMatchObject({ status: 200 })
  expect(await api.strangerAdmin.get('/api/auth/user')).toMatchObject({ status: 401 })
})
