import { type ApiKey, apiKeyInfoSchema, apiKeySchema } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const userId = (id: string) => ({ entityType: 'USER', id })
const make = async (client: Client, ownerId: string, more: object = {}): Promise<ApiKey> => {
  const answer = await client.post('/api/apiKey', { userId: userId(ownerId), description: 'For scripts', ...more })
  expect(answer).toMatchObject({ status: 200 })
  return apiKeySchema.parse(answer.body)
}
const ask = (value: string, header = 'x-authorization', url = '/api/auth/user') =>
  api.request({ method: 'GET', url, headers: { [header]: `ApiKey ${value}` } })
const refusal = (message: string) => ({ status: 401, body: { status: 401, message, errorCode: 10 } })
const page = '?pageSize=10&page=0'

test('a key acts as its user, by either header', async () => {
  const key = await make(api.customer, api.tenant.customerUser.userId)
  expect(key).toMatchObject({
    enabled: true,
    expired: false,
    expirationTime: 0,
    value: expect.stringMatching(/^tb_.{40,}$/),
  })
  for (const header of ['x-authorization', 'authorization'])
    expect(await ask(key.value, header)).toMatchObject({
      status: 200,
      body: { email: api.tenant.customerUser.email, authority: 'CUSTOMER_USER' },
    })
  expect(await ask(key.value, 'x-authorization', '/api/tenant/devices?pageSize=1&page=0')).toMatchObject({
    status: 403,
  })
})

test('the value is shown once and stored as a hash', async () => {
  const key = await make(api.admin, api.tenant.admin.userId)
  const listed = await api.admin.get(`/api/apiKeys/${api.tenant.admin.userId}${page}`)
  expect(listed.text).toContain(key.id.id)
  expect(listed.text).not.toContain('tb_')
  const { token } = api.admin
  expect(JSON.stringify(api.messages)).not.toContain(key.value)
  const log = await api.as(token).get(`/api/audit/logs${page}&sortProperty=createdTime&sortOrder=DESC`)
  expect(log.text).toContain(key.id.id)
  expect(log.text).not.toContain(key.value)
})

test('unknown, disabled, expired and deleted keys are refused, each with its text', async () => {
  const { userId: owner } = api.tenant.admin
  expect(await ask('tb_unknown')).toMatchObject(refusal('Invalid username or password'))
  expect(await ask((await make(api.admin, owner, { expirationTime: 1_000 })).value)).toMatchObject(
    refusal('API key is expired'),
  )
  const key = await make(api.admin, owner)
  expect((await ask(key.value)).status).toBe(200)
  const disabled = await api.admin.put(`/api/apiKey/${key.id.id}/enabled/false`)
  expect(disabled).toMatchObject({ status: 200, body: { enabled: false } })
  expect(await ask(key.value)).toMatchObject(refusal('User account is not active'))
  await api.admin.put(`/api/apiKey/${key.id.id}/enabled/true`)
  expect((await ask(key.value)).status).toBe(200)
  expect(await api.admin.delete(`/api/apiKey/${key.id.id}`)).toMatchObject({ status: 200, text: '' })
  expect(await ask(key.value)).toMatchObject(refusal('Invalid username or password'))
})

test('a key of a closed account is refused', async () => {
  const { userId: owner } = api.stranger.customerUser
  const key = await make(api.strangerAdmin, owner)
  const url = `/api/user/${owner}/userCredentialsEnabled?userCredentialsEnabled=`
  await api.strangerAdmin.post(`${url}false`)
  expect(await ask(key.value)).toMatchObject(refusal('User account is not active'))
  await api.strangerAdmin.post(`${url}true`)
  expect((await ask(key.value)).status).toBe(200)
})

test('signing out by a key ends nothing', async () => {
  const { value } = await make(api.admin, api.tenant.admin.userId)
  const headers = { authorization: `ApiKey ${value}` }
  expect((await api.request({ method: 'POST', url: '/api/auth/logout', headers })).status).toBe(200)
  expect((await ask(value)).status).toBe(200)
})

describe('changing a key', () => {
  test('description and enabled change; whose it is and when it ends do not', async () => {
    const key = await make(api.admin, api.tenant.admin.userId)
    const changed = await api.admin.post('/api/apiKey', {
      ...key,
      userId: userId(api.tenant.customerUser.userId),
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
      description: 'Renamed',
      enabled: false,
      expirationTime: 5,
      value: 'tb_mine',
    })
    expect(changed.body).toEqual({ ...apiKeyInfoSchema.parse(key), description: 'Renamed', enabled: false })
  })

  test.each([
    ['plain words', 'plain words'],
    ['"quoted"', 'quoted'],
    ['  trimmed ', 'trimmed'],
    ['{"a":1}', '{"a":1}'],
  ])('the text body %j becomes the description %j', async (payload, description) => {
    const key = await make(api.admin, api.tenant.admin.userId)
    const answer = await api.request({
      method: 'PUT',
      url: `/api/apiKey/${key.id.id}/description`,
      headers: { 'x-authorization': `Bearer ${api.admin.token}` },
      payload,
    })
    expect(answer).toMatchObject({ status: 200, body: { description } })
  })

  test.each([
    ['PUT', ''],
    ['PUT', '  '],
    ['PUT', 'x'.repeat(256)],
  ])('%s with the description %j is refused', async (method, payload) => {
    const key = await make(api.admin, api.tenant.admin.userId)
    const answer = await api.request({
      method,
      url: `/api/apiKey/${key.id.id}/description`,
      headers: { 'x-authorization': `Bearer ${api.admin.token}` },
      payload,
    })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })

  test.each([
    [{}, 'API key description should be specified!'],
    [{ description: '' }, 'API key description should be specified!'],
    [{ description: 'x', expirationTime: -1 }, 'expirationTime'],
    [{ description: 'x', userId: { id: 'x' } }, 'userId'],
  ])('creating with %j is refused', async (body, text) => {
    const answer = await api.admin.post('/api/apiKey', { userId: userId(api.tenant.admin.userId), ...body })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(text)
  })

  test('an unknown key and a bad id', async () => {
    const id = crypto.randomUUID()
    expect(await api.admin.delete(`/api/apiKey/${id}`)).toMatchObject({
      status: 404,
      body: { message: `Api key with id [${id}] is not found`, errorCode: 32 },
    })
    expect((await api.admin.delete('/api/apiKey/x')).status).toBe(400)
    expect((await api.admin.put(`/api/apiKey/${id}/enabled/maybe`)).status).toBe(400)
    expect((await api.admin.get(`/api/apiKeys/${api.tenant.admin.userId}${page}&sortProperty=valueHash`)).status).toBe(
      400,
    )
  })
})

describe('whose keys somebody manages', () => {
  test('a customer user: the own ones only', async () => {
    const { userId: own } = api.tenant.customerUser
    const foreign = await make(api.admin, api.tenant.admin.userId)
    const denied = { status: 403, body: { errorCode: 20 } }
    expect(
      await api.customer.post('/api/apiKey', { userId: userId(api.tenant.admin.userId), description: 'x' }),
    ).toMatchObject(denied)
    expect(await api.customer.get(`/api/apiKeys/${api.tenant.admin.userId}${page}`)).toMatchObject(denied)
    expect(await api.customer.delete(`/api/apiKey/${foreign.id.id}`)).toMatchObject(denied)
    expect(await api.customer.put(`/api/apiKey/${foreign.id.id}/enabled/false`)).toMatchObject(denied)
    expect((await ask(foreign.value)).status).toBe(200)
    const key = await make(api.customer, own)
    expect(await api.customer.get(`/api/apiKeys/${own}${page}`)).toMatchObject({ status: 200 })
    expect((await api.customer.delete(`/api/apiKey/${key.id.id}`)).status).toBe(200)
  })

  test('a tenant administrator: those of the tenant', async () => {
    const key = await make(api.admin, api.tenant.customerUser.userId)
    const { userId: foreign } = api.stranger.admin
    const made = await api.admin.post('/api/apiKey', { userId: userId(foreign), description: 'x' })
    expect([403, 404]).toContain(made.status)
    for (const answer of [
      await api.strangerAdmin.delete(`/api/apiKey/${key.id.id}`),
      await api.strangerAdmin.put(`/api/apiKey/${key.id.id}/enabled/false`),
      await api.strangerAdmin.post('/api/apiKey', { ...key, description: 'taken' }),
    ])
      expect(answer.status).toBe(404)
  })

  test('the system administrator: all but those of customer users', async () => {
    const key = await make(api.systemAdmin, api.tenant.admin.userId)
    expect((await ask(key.value)).body).toMatchObject({ authority: 'TENANT_ADMIN' })
    const body = { userId: userId(api.tenant.customerUser.userId), description: 'x' }
    expect((await api.systemAdmin.post('/api/apiKey', body)).status).toBe(403)
  })
})

test('creating, changing and deleting are noted and told to the rule engine', async () => {
  const key = await make(api.admin, api.tenant.admin.userId)
  await api.admin.put(`/api/apiKey/${key.id.id}/enabled/false`)
  await api.admin.delete(`/api/apiKey/${key.id.id}`)
  const filter = { startTime: 0, endTime: Number.MAX_SAFE_INTEGER, entityId: key.id }
  const link = { pageSize: 10, page: 0, sortProperty: 'createdTime', sortOrder: 'ASC' as const }
  const { data } = await api.db.audit.list(api.tenant.tenantId, link, filter)
  expect(data.map(({ actionType, actionStatus }) => [actionType, actionStatus])).toEqual([
    ['ADDED', 'SUCCESS'],
    ['UPDATED', 'SUCCESS'],
    ['DELETED', 'SUCCESS'],
  ])
  const types = api.messages
    .filter(({ message }) => message.originator.id === key.id.id)
    .map(({ message }) => message.type)
  expect(types).toEqual(['ENTITY_CREATED', 'ENTITY_UPDATED', 'ENTITY_DELETED'])
})

test('keys are listed by page, with search and sort', async () => {
  const { userId: owner } = api.stranger.admin
  for (const description of ['alpha', 'beta', 'alphabet']) await make(api.strangerAdmin, owner, { description })
  const list = async (query: string) =>
    z
      .object({ data: z.array(z.object({ description: z.string() })), totalElements: z.number() })
      .parse((await api.strangerAdmin.get(`/api/apiKeys/${owner}${query}`)).body)
  expect(await list('?pageSize=1&page=0&textSearch=ALPHA&sortProperty=description&sortOrder=DESC')).toMatchObject({
    data: [{ description: 'alphabet' }],
    totalElements: 2,
  })
  expect((await list('?pageSize=10&page=0&textSearch=%25')).totalElements).toBe(0)
})
