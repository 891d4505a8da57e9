import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const userSchema = z.looseObject({ email: z.string() })
const pageSchema = z.object({ data: z.array(userSchema), totalElements: z.number() })
const customerId = () => ({ entityType: 'CUSTOMER', id: api.tenant.customerId })
const newCustomerUser = async (fields: object) => {
  const body = { authority: 'CUSTOMER_USER', customerId: customerId(), ...fields }
  const answer = await api.admin.post('/api/user?sendActivationMail=false', body)
  expect(answer.status, answer.text).toBe(200)
}
const emails = (body: unknown) => pageSchema.parse(body).data.map(({ email }) => email)

describe('lists of users', () => {
  test('of the tenant, with search, order and pages', async () => {
    const tag = randomUUID().slice(0, 8)
    for (const letter of ['b', 'a', 'c'])
      await newCustomerUser({ email: `${letter}-${tag}@example.org`, firstName: letter })
    const base = `/api/users?textSearch=${tag.toUpperCase()}`
    const sorted = await api.admin.get(`${base}&pageSize=2&page=0&sortProperty=email&sortOrder=ASC`)
    expect(emails(sorted.body)).toEqual([`a-${tag}@example.org`, `b-${tag}@example.org`])
    expect(sorted.body).toMatchObject({ totalElements: 3, totalPages: 2, hasNext: true })
    expect(
      emails((await api.admin.get(`${base}&pageSize=2&page=1&sortProperty=firstName&sortOrder=DESC`)).body),
    ).toEqual([`a-${tag}@example.org`])
    expect((await api.strangerAdmin.get(`${base}&pageSize=10&page=0`)).body).toMatchObject({ totalElements: 0 })
  })

  test.each([
    ['sortProperty=passwordHash', 'Invalid sort property'],
    ['sortProperty=a;drop', 'Invalid sort property'],
    ['sortProperty=__proto__', 'Invalid sort property'],
  ])('%s is refused', async (query, message) => {
    expect(await api.admin.get(`/api/users?pageSize=1&page=0&${query}`)).toMatchObject({
      status: 400,
      body: { message },
    })
  })

  test('wildcards in a search stand for themselves', async () => {
    expect((await api.admin.get('/api/users?pageSize=10&page=0&textSearch=%25')).body).toMatchObject({
      totalElements: 0,
    })
    expect((await api.admin.get('/api/users?pageSize=10&page=0&textSearch=%00')).body).toMatchObject({
      totalElements: 0,
    })
  })

  test('a customer user sees the own customer only, with and without ids', async () => {
    const seen = pageSchema.parse((await api.customer.get('/api/users?pageSize=100&page=0')).body)
    expect(seen.totalElements).toBeGreaterThan(0)
    for (const user of seen.data) expect(user).toMatchObject({ customerId: customerId() })
    const ids = [api.tenant.admin.userId, api.tenant.customerUser.userId, api.stranger.admin.userId].join(',')
    for (const path of ['/api/users', '/api/users/list']) {
      const found = z.array(userSchema).parse((await api.customer.get(`${path}?userIds=${ids}`)).body)
      expect(found.map(({ email }) => email)).toEqual([api.tenant.customerUser.email])
      expect(z.array(userSchema).parse((await api.admin.get(`${path}?userIds=${ids}`)).body)).toHaveLength(2)
    }
    expect((await api.admin.get('/api/users/list?userIds=abc')).status).toBe(400)
    expect((await api.admin.get('/api/users/list')).status).toBe(400)
  })

  test('of names and addresses alone', async () => {
    const { body } = await api.admin.get(`/api/users/info?pageSize=1&page=0&textSearch=${api.tenant.admin.email}`)
    expect(body).toMatchObject({ totalElements: 1 })
    expect(z.object({ data: z.array(z.unknown()) }).parse(body).data[0]).toEqual({
      id: { entityType: 'USER', id: api.tenant.admin.userId },
      email: api.tenant.admin.email,
      firstName: null,
      lastName: null,
    })
  })

  test('of those to whom an alarm can be assigned', async () => {
    const raised = async (customer: string | null) => {
      const { alarm } = await api.db.alarms.raise(
        api.tenant.tenantId,
        {
          originator: customer ? api.tenant.customerDevice.id : api.tenant.device.id,
          customerId: customer,
          type: 'Too hot',
          severity: 'MAJOR',
          startTs: null,
          endTs: null,
          details: null,
          propagate: false,
          propagateToOwner: false,
          propagateToTenant: false,
          propagateRelationTypes: [],
        },
        Date.now(),
      )
      return `/api/users/assign/${alarm.id.id}?pageSize=1000&page=0`
    }
    const [ofTenant, ofCustomer] = [await raised(null), await raised(api.tenant.customerId)]
    const names = async (url: string, client = api.admin) =>
      z
        .object({ data: z.array(z.object({ email: z.string() })) })
        .parse((await client.get(url)).body)
        .data.map((u) => u.email)
    const { admin, customerUser } = api.tenant
    expect(await names(ofTenant)).toContain(admin.email)
    expect(await names(ofTenant)).not.toContain(customerUser.email)
    expect(await names(ofCustomer)).toEqual(expect.arrayContaining([admin.email, customerUser.email]))
    const byCustomer = await names(ofCustomer, api.customer)
    expect(byCustomer).toContain(customerUser.email)
    expect(byCustomer).not.toContain(admin.email)
    expect((await api.customer.get(ofTenant)).status).toBe(403)
    expect((await api.strangerAdmin.get(ofTenant)).status).toBe(404)
  })

  test('of the administrators of a tenant and of the users of a customer', async () => {
    const admins = await api.systemAdmin.get(`/api/tenant/${api.stranger.tenantId}/users?pageSize=10&page=0`)
    expect(emails(admins.body)).toEqual([api.stranger.admin.email])
    const users = await api.strangerAdmin.get(`/api/customer/${api.stranger.customerId}/users?pageSize=10&page=0`)
    expect(emails(users.body)).toEqual([api.stranger.customerUser.email])
    expect((await api.admin.get(`/api/customer/${api.stranger.customerId}/users?pageSize=10&page=0`)).status).toBe(404)
  })
})
