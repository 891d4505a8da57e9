import { type Customer, customerSchema, nullUuid } from '@thingwire/contracts'
import { createUser } from '@thingwire/db/seed'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const create = async (body: object): Promise<Customer> => {
  const answer = await api.admin.post('/api/customer', body)
  expect(answer).toMatchObject({ status: 200 })
  return customerSchema.parse(answer.body)
}

describe('saving', () => {
  test('a new customer has every member, is audited, and told to the rule engine', async () => {
    api.messages.length = 0
    const answer = await api.admin.post('/api/customer', {
      title: ' ACME ',
      city: 'Bern',
      email: 'office@acme.example',
      additionalInfo: { description: 'a' },
    })
    expect(answer.body).toEqual({
      id: { entityType: 'CUSTOMER', id: expect.any(String) },
      createdTime: expect.any(Number),
      additionalInfo: { description: 'a' },
      tenantId: { entityType: 'TENANT', id: api.tenant.tenantId },
      title: 'ACME',
      name: 'ACME',
      country: null,
      state: null,
      city: 'Bern',
      address: null,
      address2: null,
      zip: null,
      phone: null,
      email: 'office@acme.example',
      externalId: null,
      version: 1,
    })
    const { id } = customerSchema.parse(answer.body)
    expect(api.messages).toEqual([
      {
        queueName: 'Main',
        message: expect.objectContaining({
          type: 'ENTITY_CREATED',
          originator: id,
          metadata: expect.objectContaining({ entityName: 'ACME', entityType: 'CUSTOMER' }),
        }),
      },
    ])
    expect(JSON.parse(api.messages[0]?.message.data ?? '')).toEqual(answer.body)
  })

  test('replaces the whole customer and counts its version', async () => {
    const made = await create({ title: 'Replaced', city: 'Bern', phone: '1' })
    const answer = await api.admin.post('/api/customer', { id: made.id, title: 'Replaced 2', phone: '2' })
    expect(answer.body).toMatchObject({ title: 'Replaced 2', city: null, phone: '2', version: 2 })
    const stale = await api.admin.post('/api/customer', { id: made.id, title: 'Replaced 3', version: 1 })
    expect(stale).toMatchObject({ status: 409, body: { errorCode: 35 } })
  })

  test.each([
    [{}, 'Customer title should be specified!'],
    [{ title: '  ' }, 'Customer title should be specified!'],
    [{ title: 'Public' }, "'Public' title for customer is system reserved!"],
    [{ title: 'Mail', email: 'nobody' }, "Invalid email address format 'nobody'!"],
  ])('refuses %j', async (body, message) => {
    expect(await api.admin.post('/api/customer', body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('what a client may not set changes nothing', async () => {
    const made = await create({
      title: 'Honest',
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
      createdTime: 1,
      version: 77,
      name: 'Other',
      isPublic: true,
      additionalInfo: { isPublic: true, description: 'b' },
    })
    expect(made).toMatchObject({ name: 'Honest', version: 1, additionalInfo: { description: 'b' } })
    expect(made.tenantId.id).toBe(api.tenant.tenantId)
    expect(made.createdTime).toBeGreaterThan(1)
    const payload = '{"title":"Proto","__proto__":{"title":"x"},"additionalInfo":{"__proto__":{"isPublic":true}}}'
    const answer = await api.request({
      method: 'POST',
      url: '/api/customer',
      headers: { 'x-authorization': `Bearer ${api.admin.token}` },
      payload,
    })
    expect([200, 400]).toContain(answer.status)
    expect(Object.hasOwn(Object.prototype, 'isPublic')).toBe(false)
  })

  test('a taken title is refused, and noted as a failure, unless a suffix is asked for', async () => {
    await create({ title: 'Twin' })
    expect(await api.admin.post('/api/customer', { title: 'Twin' })).toMatchObject({
      status: 400,
      body: { message: 'Customer with such title already exists!' },
    })
    const policy = 'nameConflictPolicy=UNIQUIFY&uniquifyStrategy=INCREMENTAL&uniquifySeparator=%20'
    const titles = [1, 2].map(async () => {
      const { body } = await api.admin.post(`/api/customer?${policy}`, { title: 'Twin' })
      return customerSchema.parse(body).title
    })
    expect((await Promise.all(titles)).sort()).toEqual(['Twin 1', 'Twin 2'])
    const random = await api.admin.post('/api/customer?nameConflictPolicy=UNIQUIFY', { title: 'Twin' })
    expect(customerSchema.parse(random.body).title).toMatch(/^Twin_[A-Za-z0-9]{6}$/)
  })

  test('an id that nobody has is not created', async () => {
    expect(await api.admin.post('/api/customer', { id: { id: nullUuid }, title: 'Ghost' })).toMatchObject({
      status: 404,
      body: { message: `Customer with id [${nullUuid}] is not found`, errorCode: 32 },
    })
  })
})

describe('reading', () => {
  test('by id, short info, title as plain text, and by title', async () => {
    const made = await create({ title: 'Read me' })
    const path = `/api/customer/${made.id.id}`
    expect((await api.admin.get(path)).body).toEqual(made)
    expect((await api.admin.get(`${path}/shortInfo`)).body).toEqual({ title: 'Read me', isPublic: false })
    const title = await api.admin.get(`${path}/title`)
    expect(title).toMatchObject({ status: 200, text: 'Read me' })
    expect(title.headers['content-type']).toMatch(/^text\/plain/)
    expect((await api.admin.get('/api/tenant/customers?customerTitle=Read%20me')).body).toEqual(made)
    expect(await api.admin.get('/api/tenant/customers?customerTitle=None')).toMatchObject({
      status: 404,
      body: { message: 'Customer with title [None] is not found' },
    })
  })

  test('by page, with search and sort, and by ids', async () => {
    const a = await create({ title: 'List A', city: '2' })
    const b = await create({ title: 'List B', city: '1' })
    const page = await api.admin.get('/api/customers?pageSize=10&page=0&textSearch=LIST%20&sortProperty=city')
    expect(page.body).toEqual({ data: [b, a], totalPages: 1, totalElements: 2, hasNext: false })
    const ids = `customerIds=${a.id.id},${b.id.id},${nullUuid}`
    for (const path of ['/api/customers', '/api/customers/list'])
      expect((await api.admin.get(`${path}?${ids}`)).body).toEqual(expect.arrayContaining([a, b]))
    expect(await api.admin.get('/api/customers?pageSize=10&page=0&sortProperty=tenantId')).toMatchObject({
      status: 400,
      body: { message: 'Invalid sort property' },
    })
    expect(await api.admin.get('/api/customers?page=0')).toMatchObject({ status: 400 })
    expect(await api.admin.get('/api/customers?pageSize=1000000&page=0')).toMatchObject({ status: 400 })
  })

  test('a customer user sees its own customer only; another tenant sees none', async () => {
    const other = await create({ title: 'Other one' })
    const own = `/api/customer/${api.tenant.customerId}`
    expect(await api.customer.get(own)).toMatchObject({ status: 200 })
    expect(await api.customer.get(`${own}/shortInfo`)).toMatchObject({ status: 200 })
    expect(await api.customer.get(`/api/customer/${other.id.id}`)).toMatchObject({
      status: 403,
      body: { errorCode: 20 },
    })
    expect(await api.customer.get('/api/customers?pageSize=1&page=0')).toMatchObject({ status: 403 })
    expect(await api.customer.post('/api/customer', { title: 'x' })).toMatchObject({ status: 403 })
    expect(await api.strangerAdmin.get(own)).toMatchObject({ status: 404 })
    expect(await api.strangerAdmin.get(`/api/customers?customerIds=${other.id.id}`)).toMatchObject({ body: [] })
    expect(await api.strangerAdmin.post('/api/customer', { id: other.id, title: 'Taken' })).toMatchObject({
      status: 404,
    })
    expect(await api.strangerAdmin.delete(own)).toMatchObject({ status: 404 })
    expect(await api.systemAdmin.get(own)).toMatchObject({ status: 403 })
  })
})

test('creating, changing, failing and deleting stand in the audit log', async () => {
  const made = await create({ title: 'Audited' })
  await api.admin.post('/api/customer', { id: made.id, title: 'Audited 2' })
  await api.admin.post('/api/customer', { title: 'Audited 2' })
  await api.admin.delete(`/api/customer/${made.id.id}`)
  const { body } = await api.admin.get(
    '/api/audit/logs?pageSize=100&page=0&textSearch=Audited&sortProperty=createdTime',
  )
  expect(body).toMatchObject({
    data: [
      { actionType: 'ADDED', entityId: made.id, entityName: 'Audited', actionStatus: 'SUCCESS' },
      { actionType: 'UPDATED', entityName: 'Audited 2', actionData: { entity: { title: 'Audited 2', version: 2 } } },
      {
        actionType: 'ADDED',
        entityId: { entityType: 'CUSTOMER', id: nullUuid },
        actionStatus: 'FAILURE',
        actionFailureDetails: 'Customer with such title already exists!',
      },
      { actionType: 'DELETED', entityId: made.id, actionData: { entityId: made.id.id } },
    ],
  })
})

test('deleting a customer unassigns what it has and deletes its users', async () => {
  const { tenantId, scope } = api.tenant
  const customer = await create({ title: 'Leaving' })
  const device = await api.db.devices.save(scope, { name: 'Left behind', customerId: customer.id })
  const email = 'leaving@example.org'
  await createUser(api.db, {
    authority: 'CUSTOMER_USER',
    email,
    tenantId,
    customerId: customer.id.id,
    passwordHash: null,
  })
  const dashboard = await api.db.dashboards.save(scope, { title: 'Left too', configuration: {} })
  await api.db.dashboards.assign(scope, dashboard.id.id, customer.id.id)
  api.messages.length = 0

  expect(await api.admin.delete(`/api/customer/${customer.id.id}`)).toMatchObject({ status: 200, text: '' })

  expect(api.messages).toMatchObject([{ message: { type: 'ENTITY_DELETED', originator: customer.id } }])
  expect((await api.db.devices.find(scope, device.id.id))?.customerId.id).toBe(nullUuid)
  expect(await api.db.users.findAccountByEmail(email)).toBeNull()
  expect((await api.db.dashboards.find(scope, dashboard.id.id))?.assignedCustomers).toEqual([])
  expect(await api.admin.delete(`/api/customer/${customer.id.id}`)).toMatchObject({ status: 404 })
})

test('the public customer is made once and cannot be renamed or imitated', async () => {
  const scope = api.stranger.scope
  const made = await Promise.all([1, 2, 3].map(() => api.db.customers.ensurePublic(scope)))
  expect(new Set(made.map(({ id }) => id.id)).size).toBe(1)
  const id = made[0]?.id.id ?? ''
  expect((await api.strangerAdmin.get(`/api/customer/${id}/shortInfo`)).body).toEqual({
    title: 'Public',
    isPublic: true,
  })
  const renamed = await api.strangerAdmin.post('/api/customer', { id: { id }, title: 'Private' })
  expect(renamed).toMatchObject({ status: 400 })
  expect(await api.db.customers.find(scope, id)).toMatchObject({ title: 'Public', version: 1 })
})
