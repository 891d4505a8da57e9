import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const entrySchema = z.looseObject({
  createdTime: z.number(),
  actionType: z.string(),
  entityName: z.string(),
  userName: z.string(),
})
const pageSchema = z.object({ data: z.array(entrySchema), totalElements: z.number(), hasNext: z.boolean() })
const read = async (path: string, query = '', client = api.admin) => {
  const answer = await client.get(`${path}?pageSize=100&page=0${query}`)
  expect(answer.status, answer.text).toBe(200)
  return pageSchema.parse(answer.body)
}
const newUser = async (firstName: string) => {
  const body = {
    email: `${firstName}-${randomUUID().slice(0, 8)}@example.org`,
    firstName,
    authority: 'CUSTOMER_USER',
    customerId: { id: api.tenant.customerId },
  }
  const answer = await api.admin.post('/api/user?sendActivationMail=false', body)
  return z.looseObject({ id: z.object({ id: z.string() }), email: z.string() }).parse(answer.body)
}

describe('the log of a tenant', () => {
  test('says who did what with what', async () => {
    const user = await newUser('logged')
    const { data } = await read(`/api/audit/logs/entity/USER/${user.id.id}`)
    expect(data).toHaveLength(1)
    expect(data[0]).toEqual({
      id: { id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: api.tenant.tenantId },
      customerId: { entityType: 'CUSTOMER', id: api.tenant.customerId },
      entityId: { entityType: 'USER', id: user.id.id },
      entityName: user.email,
      userId: { entityType: 'USER', id: api.tenant.admin.userId },
      userName: api.tenant.admin.email,
      actionType: 'ADDED',
      actionData: { entity: expect.objectContaining({ email: user.email }) },
      actionStatus: 'SUCCESS',
      actionFailureDetails: '',
    })
  })

  test('is filtered by action, time, text, user and customer', async () => {
    const user = await newUser('filtered')
    const path = `/api/audit/logs/entity/USER/${user.id.id}`
    await api.admin.post('/api/user', { ...user, firstName: 'renamed' })
    await api.admin.delete(`/api/user/${user.id.id}`)
    const types = async (query: string) => (await read(path, query)).data.map(({ actionType }) => actionType)
    expect(await types('')).toEqual(['ADDED', 'UPDATED', 'DELETED'])
    expect(await types('&actionTypes=ADDED,%20DELETED')).toEqual(['ADDED', 'DELETED'])
    expect(await types('&sortProperty=createdTime&sortOrder=DESC')).toEqual(['DELETED', 'UPDATED', 'ADDED'])
    expect(await types('&textSearch=upDATed')).toEqual(['UPDATED'])
    const [first] = (await read(path)).data
    expect(await types(`&startTime=${first?.createdTime}&endTime=${first?.createdTime}`)).toContain('ADDED')
    expect(await types(`&endTime=${(first?.createdTime ?? 0) - 1}`)).toEqual([])
    expect(await types(`&startTime=${Date.now() + 60_000}`)).toEqual([])
    const byUser = await read(`/api/audit/logs/user/${api.tenant.admin.userId}`, `&textSearch=${user.email}`)
    expect(byUser.totalElements).toBe(3)
    const byCustomer = await read(`/api/audit/logs/customer/${api.tenant.customerId}`, `&textSearch=${user.email}`)
    expect(byCustomer.totalElements).toBe(3)
    expect(
      (await read(`/api/audit/logs/user/${api.tenant.customerUser.userId}`, `&textSearch=${user.email}`)).data,
    ).toEqual([])
  })

  test('comes in pages without gaps', async () => {
    const { totalElements } = await read('/api/audit/logs')
    const pages = Math.ceil(totalElements / 2)
    const seen: number[] = []
    for (let page = 0; page < pages; page++) {
      const { body } = await api.admin.get(`/api/audit/logs?pageSize=2&page=${page}`)
      seen.push(...pageSchema.parse(body).data.map(({ createdTime }) => createdTime))
    }
    expect(seen).toHaveLength(totalElements)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  test('is seen by its own administrators alone', async () => {
    const user = await newUser('hidden')
    const path = `/api/audit/logs/entity/USER/${user.id.id}`
    expect((await read(path, '', api.strangerAdmin)).totalElements).toBe(0)
    expect((await read(path, '', api.systemAdmin)).totalElements).toBe(0)
    expect((await read('/api/audit/logs', `&textSearch=${user.email}`, api.strangerAdmin)).totalElements).toBe(0)
    expect((await api.customer.get('/api/audit/logs?pageSize=1&page=0')).status).toBe(403)
    expect((await api.systemAdmin.get(`/api/audit/logs/user/${user.id.id}?pageSize=1&page=0`)).status).toBe(403)
  })

  test.each([
    ['actionTypes=NONSENSE', "Action type: 'NONSENSE' is not supported!"],
    ['sortProperty=actionData', 'Invalid sort property'],
    ['sortProperty=id%3Bdrop', 'Invalid sort property'],
    ['startTime=yesterday', "Invalid value of request parameter 'startTime'"],
    ['sortOrder=foo', "Unsupported sort order 'foo'! Only 'ASC' or 'DESC' types are allowed."],
  ])('%s is refused', async (query, message) => {
    expect(await api.admin.get(`/api/audit/logs?pageSize=1&page=0&${query}`)).toMatchObject({
      status: 400,
      body: { message, errorCode: 31 },
    })
  })
})

test('the log of the system has what its administrators did', async () => {
  const email = `root-${randomUUID().slice(0, 8)}@example.org`
  await api.systemAdmin.post('/api/user?sendActivationMail=false', { email, authority: 'SYS_ADMIN' })
  const { data } = await read('/api/audit/logs', `&textSearch=${email}`, api.systemAdmin)
  expect(data).toMatchObject([{ actionType: 'ADDED', entityName: email }])
})

test('reading credentials is not noted unless the installation asks for it', async () => {
  await api.admin.get(`/api/device/${api.tenant.device.id.id}/credentials`)
  expect((await read('/api/audit/logs', '&actionTypes=CREDENTIALS_READ')).data).toEqual([])
})
