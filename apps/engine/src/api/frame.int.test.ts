import Fastify from 'fastify'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const send = (payload: string, contentType = 'application/json') =>
  api.request({
    method: 'POST',
    url: '/api/device',
    headers: { 'x-authorization': `Bearer ${api.admin.token}`, 'content-type': contentType },
    payload,
  })
const errorBody = (status: number, message: string, errorCode: number) => ({
  status,
  body: { status, message, errorCode, timestamp: expect.any(Number) },
})

test('every answer, also one that is an error, tells browsers to trust it with little', async () => {
  const told = {
    'content-security-policy': "default-src 'none';style-src 'self';frame-ancestors 'none';base-uri 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=15552000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  for (const url of ['/api/auth/user', '/api/nothing/here', '/api-docs/json'])
    expect((await api.request({ method: 'GET', url })).headers, url).toMatchObject(told)
  expect((await send('{"name":')).headers).toMatchObject(told)
})

describe('what does not fit is answered in one shape', () => {
  test('an unknown path', async () => {
    expect(await api.admin.get('/api/nothing/here')).toMatchObject(errorBody(404, 'No such path', 31))
  })

  test('a known path with another method', async () => {
    const answer = await api.request({ method: 'PATCH', url: '/api/device' })
    expect(answer).toMatchObject(errorBody(405, 'Method not allowed', 31))
  })

  test('malformed JSON', async () => {
    expect(await send('{"name":')).toMatchObject(errorBody(400, 'Payload is not in the expected format', 31))
  })

  test('another content type', async () => {
    expect(await send('<device/>', 'application/xml')).toMatchObject(errorBody(415, 'Content type not supported', 31))
  })

  test('a body beyond the limit', async () => {
    const answer = await send(JSON.stringify({ name: 'x'.repeat(16 * 1024 * 1024) }))
    expect(answer).toMatchObject(errorBody(413, 'Payload size exceeds the limit of 16777216 bytes', 31))
  })

  test('JSON nested two hundred thousand levels deep', async () => {
    const depth = 200_000
    const answer = await send(`{"name":"x","additionalInfo":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`)
    expect(answer).toMatchObject(errorBody(400, 'JSON is nested too deeply', 31))
  })

  test('members that aim at prototypes are dropped', async () => {
    const answer = await send('{"name":"polluted","additionalInfo":{"__proto__":{"isAdmin":true},"kept":1}}')
    expect(answer.body).toMatchObject({ additionalInfo: { kept: 1 } })
    expect(answer.text).not.toContain('isAdmin')
  })

  test('text with NUL is refused without a word of the database', async () => {
    const answer = await send(JSON.stringify({ name: 'a\u0000b' }))
    expect(answer.status).toBe(400)
    expect(answer.text).not.toMatch(/sql|prisma|postgres/i)
  })
})

test('a failing database is answered as such, and says nothing of the inside', async () => {
  await using broken = await apiUnderTest()
  const { token } = broken.admin
  await broken.db.close()
  const answer = await broken.as(token).get('/api/tenant/deviceInfos?pageSize=1&page=0')
  expect([500, 503]).toContain(answer.status)
  expect(answer.text).not.toMatch(/pool|prisma|postgres:|ECONN/i)
})

describe('the documentation', () => {
  test('is a page that loads nothing from elsewhere', async () => {
    const page = await api.request({ method: 'GET', url: '/api-docs' })
    expect(page.text).toContain('/api/auth/login')
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(page.text).not.toContain('<script')
  })

  test('is an OpenAPI document', async () => {
    const { body } = await api.request({ method: 'GET', url: '/api-docs/json' })
    const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }).parse(body)
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths)).toContain('/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries')
    expect(Object.keys(document.paths)).not.toContain('/api/*')
  })
})

test('what is not ours on the public server stays as it was', async () => {
  expect(await api.request({ method: 'GET', url: '/elsewhere' })).toMatchObject({ status: 404 })
  const plain = Fastify()
  expect((await plain.inject('/elsewhere')).json()).toEqual(
    (await api.request({ method: 'GET', url: '/elsewhere' })).body,
  )
})
