import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

const page = 'https://portal.example.org'
let closed: ApiUnderTest
let listed: ApiUnderTest
let open: ApiUnderTest

beforeAll(async () => {
  closed = await apiUnderTest()
  listed = await apiUnderTest({ config: { CORS_ORIGINS: [page] } })
  open = await apiUnderTest({ config: { CORS_ORIGINS: ['*'] } })
})
afterAll(async () => {
  for (const api of [closed, listed, open]) await api[Symbol.asyncDispose]()
})

const read = (api: ApiUnderTest, origin: string, url = '/api/auth/user') =>
  api.request({ method: 'GET', url, headers: { origin, 'x-authorization': `Bearer ${api.admin.token}` } })

test('pages of other origins read nothing unless they are allowed to', async () => {
  expect((await read(closed, page)).headers).not.toHaveProperty('access-control-allow-origin')
  expect((await read(listed, 'https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin')
  expect((await read(listed, page)).headers).toMatchObject({ 'access-control-allow-origin': page, vary: 'Origin' })
  expect((await read(open, page)).headers).toMatchObject({ 'access-control-allow-origin': '*' })
})

test('a preflight is answered without a sign-in, and cookies are never allowed to speak', async () => {
  const preflight = await listed.request({
    method: 'OPTIONS',
    url: '/api/device',
    headers: {
      origin: page,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-authorization,content-type',
    },
  })
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': page,
      'access-control-allow-headers': 'x-authorization,content-type',
      'access-control-allow-methods': expect.stringContaining('DELETE'),
    },
  })
  expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials')
})

test("errors can be read too, and the browser's own session door stays shut", async () => {
  const refused = await open.request({ method: 'GET', url: '/api/auth/user', headers: { origin: page } })
  expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': '*' } })
  const session = await open.request({ method: 'GET', url: '/api/session', headers: { origin: page } })
  expect(session.headers).not.toHaveProperty('access-control-allow-origin')
})
