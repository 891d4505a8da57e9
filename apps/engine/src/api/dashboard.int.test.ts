import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createCustomer } from '@thingwire/db/seed'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let secondCustomer: string
beforeAll(async () => {
  api = await apiUnderTest()
  secondCustomer = await createCustomer(api.db, { tenantId: api.tenant.tenantId, title: 'Second' })
})
afterAll(() => api[Symbol.asyncDispose]())

const dashboardSchema = z.looseObject({
  id: z.object({ entityType: z.literal('DASHBOARD'), id: z.string() }),
  version: z.number(),
})
const save = async (body: object) => {
  const answer = await api.admin.post('/api/dashboard', body)
  expect(answer.status, answer.text).toBe(200)
  return dashboardSchema.parse(answer.body)
}
const listOf = (client: ApiUnderTest['customer'], customerId: string) =>
  client.get(`/api/customer/${customerId}/dashboards?pageSize=10&page=0`)
const customersOf = (body: unknown) =>
  z
    .looseObject({ assignedCustomers: z.array(z.looseObject({ customerId: z.looseObject({ id: z.string() }) })) })
    .parse(body)
    .assignedCustomers.map(({ customerId }) => customerId.id)
    .sort()
const lastMessage = () => api.messages.at(-1)?.message
describe('the document', () => {
  test('comes back with members that nobody knows, in the order in which it was sent', async () => {
    const configuration = { zebra: 1, futureThing: { deep: [1, null, { b: 1, a: 2 }] }, alpha: 'é', widgets: {} }
    const { id } = await save({ title: 'Boilers', configuration })
    const read = z
      .looseObject({ configuration: z.unknown() })
      .parse((await api.admin.get(`/api/dashboard/${id.id}`)).body)
    expect(JSON.stringify(read.configuration)).toBe(JSON.stringify(configuration))
    expect((await api.admin.get(`/api/dashboard/info/${id.id}`)).body).not.toHaveProperty('configuration')
  })

  test('is compressed for clients that read gzip, and only for them', async () => {
    const { id } = await save({ title: 'Large', configuration: { text: 'x'.repeat(5_000) } })
    const get = (encoding: string) =>
      api.app.inject({
        method: 'GET',
        url: `/api/dashboard/${id.id}`,
        headers: { 'x-authorization': `Bearer ${api.admin.token}`, 'accept-encoding': encoding },
      })
    const zipped = await get('deflate, gzip')
    expect(zipped.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: expect.stringContaining('accept-encoding'),
    })
    expect(JSON.parse(gunzipSync(zipped.rawPayload).toString())).toMatchObject({ title: 'Large' })
    for (const encoding of ['identity', 'gzip;q=0']) {
      const plain = await get(encoding)
      expect(plain.headers).not.toHaveProperty('content-encoding')
      expect(plain.json()).toMatchObject({ title: 'Large' })
    }
  })

  test('a save replaces everything: what is left out is gone', async () => {
    const made = await save({ title: 'Full', image: 'tb-image;/api/images/tenant/a', mobileHide: true, mobileOrder: 4 })
    expect(made).toMatchObject({ image: 'tb-image;/api/images/tenant/a', mobileHide: true, mobileOrder: 4, version: 1 })
    expect(await save({ id: made.id, title: 'Bare' })).toMatchObject({
      image: null,
      mobileHide: false,
      mobileOrder: null,
      version: 2,
      name: 'Bare',
    })
  })

  test('a stale version is a conflict, a missing title an error, an unknown id missing', async () => {
    const first = await save({ title: 'Versioned' })
    await save({ ...first, title: 'Second' })
    expect(await api.admin.post('/api/dashboard', { ...first, title: 'Third' })).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
    expect(await api.admin.post('/api/dashboard', { title: ' ' })).toMatchObject({
      status: 400,
      body: { message: 'Dashboard title should be specified!', errorCode: 31 },
    })
    const unknown = '01890000-0000-7000-8000-000000000000'
    expect(await api.admin.post('/api/dashboard', { id: { id: unknown }, title: 'x' })).toMatchObject({
      status: 404,
      body: { message: `Dashboard with id [${unknown}] is not found`, errorCode: 32 },
    })
  })

  test('owner, time and customers that a client sends change nothing', async () => {
    const made = await save({
      title: 'Mine',
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
      createdTime: 1,
      assignedCustomers: [{ customerId: { id: api.tenant.customerId } }],
      externalId: { id: api.stranger.tenantId },
    })
    expect(made).toMatchObject({
      tenantId: { id: api.tenant.tenantId },
      assignedCustomers: [],
      externalId: null,
      createdTime: expect.any(Number),
    })
    expect(made.createdTime).toBeGreaterThan(1)
  })
})

describe('assignment', () => {
  test('a customer user sees a dashboard from the moment it is assigned, until it is taken away', async () => {
    const { id } = await save({ title: 'For the customer' })
    expect(await api.customer.get(`/api/dashboard/${id.id}`)).toMatchObject({ status: 403, body: { errorCode: 20 } })
    const path = `/api/customer/${api.tenant.customerId}/dashboard/${id.id}`
    expect((await api.admin.post(path)).body).toMatchObject({
      assignedCustomers: [{ customerId: { id: api.tenant.customerId }, public: false }],
    })
    expect(lastMessage()).toMatchObject({
      type: 'ENTITY_ASSIGNED',
      originator: id,
      metadata: { assignedCustomerId: api.tenant.customerId, customerId: api.tenant.customerId },
    })
    expect(JSON.parse(lastMessage()?.data ?? '')).toMatchObject({ title: 'For the customer', configuration: '' })
    await api.admin.post(`/api/customer/${secondCustomer}/dashboard/${id.id}`)
    expect(customersOf((await api.customer.get(`/api/dashboard/${id.id}`)).body)).toEqual([api.tenant.customerId])
    expect((await listOf(api.customer, api.tenant.customerId)).body).toMatchObject({ totalElements: 1 })
    expect((await api.admin.delete(path)).status).toBe(200)
    expect(lastMessage()).toMatchObject({
      type: 'ENTITY_UNASSIGNED',
      metadata: { unassignedCustomerId: api.tenant.customerId },
    })
    expect((await api.customer.get(`/api/dashboard/${id.id}`)).status).toBe(403)
    expect((await listOf(api.customer, api.tenant.customerId)).body).toMatchObject({ totalElements: 0 })
  })

  test('many customers are added, taken away and replaced at once', async () => {
    const { id } = await save({ title: 'Batch' })
    const both = [api.tenant.customerId, secondCustomer]
    const post = (verb: string, ids?: readonly string[]) =>
      api.admin.post(`/api/dashboard/${id.id}/customers${verb}`, ids)
    expect(customersOf((await post('/add', both)).body)).toEqual([...both].sort())
    const seen = api.messages.length
    expect(customersOf((await post('/add', both)).body)).toEqual([...both].sort())
    expect(api.messages).toHaveLength(seen)
    expect(customersOf((await post('/remove', [secondCustomer])).body)).toEqual([api.tenant.customerId])
    expect(customersOf((await post('', [secondCustomer])).body)).toEqual([secondCustomer])
    expect(api.messages.slice(-2).map(({ message }) => message.type)).toEqual(['ENTITY_ASSIGNED', 'ENTITY_UNASSIGNED'])
    expect(customersOf((await post('')).body)).toEqual([])
  })

  test('customers of another tenant look like missing ones, and one of them stops the whole batch', async () => {
    const { id } = await save({ title: 'Ours' })
    const foreign = api.stranger.customerId
    const missing = { status: 404, body: { message: `Customer with id [${foreign}] is not found`, errorCode: 32 } }
    expect(await api.admin.post(`/api/customer/${foreign}/dashboard/${id.id}`)).toMatchObject(missing)
    const batch = await api.admin.post(`/api/dashboard/${id.id}/customers`, [api.tenant.customerId, foreign])
    expect(batch).toMatchObject(missing)
    expect((await api.admin.get(`/api/dashboard/${id.id}`)).body).toMatchObject({ assignedCustomers: [] })
    expect((await listOf(api.customer, foreign)).status).toBe(404)
    expect((await api.admin.post(`/api/dashboard/${id.id}/customers`, ['no-uuid'])).status).toBe(400)
  })
})

test('a dashboard becomes public and private again', async () => {
  const { id } = await save({ title: 'For everybody' })
  const path = `/api/customer/public/dashboard/${id.id}`
  expect((await api.admin.post(path)).body).toMatchObject({ assignedCustomers: [{ title: 'Public', public: true }] })
  expect((await api.customer.get(`/api/dashboard/${id.id}`)).status).toBe(403)
  expect((await api.strangerAdmin.post(path)).status).toBe(404)
  expect((await api.admin.delete(path)).body).toMatchObject({ assignedCustomers: [] })
})

describe('lists', () => {
  test('the system administrator lists the dashboards of one tenant and reads no document', async () => {
    const { id } = await save({ title: 'Listed' })
    const list = await api.systemAdmin.get(`/api/tenant/${api.tenant.tenantId}/dashboards?pageSize=100&page=0`)
    expect(JSON.stringify(list.body)).toContain(id.id)
    expect((await api.systemAdmin.get(`/api/dashboard/info/${id.id}`)).body).toMatchObject({ title: 'Listed' })
    expect((await api.systemAdmin.get(`/api/dashboard/${id.id}`)).status).toBe(403)
    expect((await api.admin.get(`/api/tenant/${api.tenant.tenantId}/dashboards?pageSize=1&page=0`)).status).toBe(403)
  })

  test('for phones leaves out what is hidden there and keeps the order meant for them', async () => {
    await save({ title: 'Phone B', mobileOrder: 2 })
    await save({ title: 'Phone A', mobileOrder: 9 })
    await save({ title: 'Phone hidden', mobileHide: true })
    await save({ title: 'Phone last' })
    const page = z.looseObject({ data: z.array(z.looseObject({ title: z.string() })) })
    const answer = await api.admin.get('/api/tenant/dashboards?pageSize=10&page=0&mobile=true&textSearch=phone')
    expect(page.parse(answer.body).data.map(({ title }) => title)).toEqual(['Phone B', 'Phone A', 'Phone last'])
  })

  test('by ids skips those that the caller does not see', async () => {
    const { id } = await save({ title: 'By id' })
    const theirs = await api.strangerAdmin.post('/api/dashboard', { title: 'Theirs' })
    const ids = `${id.id},${dashboardSchema.parse(theirs.body).id.id}`
    for (const path of ['dashboards', 'dashboards/list']) {
      expect((await api.admin.get(`/api/${path}?dashboardIds=${ids}`)).body).toMatchObject([{ title: 'By id' }])
      expect((await api.customer.get(`/api/${path}?dashboardIds=${ids}`)).body).toEqual([])
    }
    expect((await api.admin.get('/api/dashboards?dashboardIds=nonsense')).status).toBe(400)
  })

  test.each(['sortProperty=configuration', 'sortOrder=foo', 'sortProperty=a;b'])('refuse %s', async (query) => {
    expect((await api.admin.get(`/api/tenant/dashboards?pageSize=10&page=0&${query}`)).status).toBe(400)
  })
})

describe('the home dashboard', () => {
  test('is nothing until somebody sets one; the system administrator never has one', async () => {
    for (const client of [api.strangerAdmin, api.systemAdmin])
      for (const path of ['home', 'home/info'])
        expect(await client.get(`/api/dashboard/${path}`)).toMatchObject({ status: 200, text: '' })
    expect((await api.strangerAdmin.get('/api/tenant/dashboard/home/info')).body).toEqual({
      dashboardId: null,
      hideDashboardToolbar: true,
    })
  })

  test('of the tenant serves everybody who may see it', async () => {
    const { id } = await save({ title: 'Welcome' })
    const set = (body: object) => api.admin.post('/api/tenant/dashboard/home/info', body)
    expect(await set({ dashboardId: id, hideDashboardToolbar: false })).toMatchObject({ status: 200, text: '' })
    const info = { dashboardId: id, hideDashboardToolbar: false }
    expect((await api.admin.get('/api/tenant/dashboard/home/info')).body).toEqual(info)
    expect((await api.admin.get('/api/dashboard/home/info')).body).toEqual(info)
    expect((await api.admin.get('/api/dashboard/home')).body).toMatchObject({
      title: 'Welcome',
      hideDashboardToolbar: false,
    })
    expect((await api.customer.get('/api/dashboard/home')).text).toBe('')
    await api.admin.post(`/api/customer/${api.tenant.customerId}/dashboard/${id.id}`)
    expect((await api.customer.get('/api/dashboard/home')).body).toMatchObject({ title: 'Welcome' })
    expect((await set({ dashboardId: null })).status).toBe(200)
    expect((await api.admin.get('/api/dashboard/home/info')).text).toBe('')
  })

  test("another tenant's dashboard cannot become one", async () => {
    const theirs = dashboardSchema.parse((await api.strangerAdmin.post('/api/dashboard', { title: 'Theirs' })).body)
    expect((await api.admin.post('/api/tenant/dashboard/home/info', { dashboardId: theirs.id })).status).toBe(404)
  })
})

test('creating, changing and deleting is told to the rule engine without the document', async () => {
  const made = await save({ title: 'Told', configuration: { secret: 1 } })
  expect(lastMessage()).toMatchObject({ type: 'ENTITY_CREATED', originator: made.id, metadata: { entityName: 'Told' } })
  await save({ id: made.id, title: 'Told again', configuration: { secret: 1 } })
  expect(lastMessage()).toMatchObject({ type: 'ENTITY_UPDATED' })
  expect((await api.admin.delete(`/api/dashboard/${made.id.id}`)).status).toBe(200)
  expect(lastMessage()).toMatchObject({ type: 'ENTITY_DELETED', metadata: { entityName: 'Told again' } })
  for (const { message } of api.messages.slice(-3)) expect(message.data).not.toContain('secret')
  expect((await api.admin.get(`/api/dashboard/${made.id.id}`)).status).toBe(404)
})

test('server time and the limit of points are plain numbers', async () => {
  expect((await api.customer.get('/api/dashboard/serverTime')).body).toEqual(expect.any(Number))
  expect((await api.customer.get('/api/dashboard/maxDatapointsLimit')).text).toBe('50000')
})
