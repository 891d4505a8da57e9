import { accessCookie, dashboardSchema, refreshCookie } from '@thingwire/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'

let api: ApiUnderTest
const own = { host: 'iot.example.org', origin: 'https://iot.example.org' }

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const signIn = (headers: Record<string, string> = own) =>
  api.request({
    method: 'POST',
    url: '/api/session',
    headers,
    body: { username: api.tenant.admin.email, password },
  })
const cookieOf = (answer: Answer, name: string) => answer.cookies.find((cookie) => cookie.name === name)
const jar = (answer: Answer) => answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

test('signing in sets httpOnly cookies and keeps the tokens out of the body', async () => {
  const answer = await signIn({ ...own, 'x-forwarded-proto': 'https' })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ user: { email: api.tenant.admin.email }, expiresAt: expect.any(Number) })
  const access = cookieOf(answer, accessCookie)
  const refresh = cookieOf(answer, refreshCookie)
  expect(access).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  expect(refresh).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/api/session' })
  for (const cookie of [access, refresh]) expect(answer.text).not.toContain(cookie?.value)
})

test('over plain HTTP the cookies are not marked Secure, or the browser would drop them', async () => {
  expect(cookieOf(await signIn({ host: 'box.lan', origin: 'http://box.lan' }), accessCookie)).not.toHaveProperty(
    'secure',
  )
})

test('the cookie reads without an origin and writes only from our own pages', async () => {
  const cookie = jar(await signIn())
  const post = (headers: Record<string, string>) =>
    api.request({
      method: 'POST',
      url: '/api/device',
      headers: { cookie, ...headers },
      body: { name: crypto.randomUUID() },
    })
  expect((await api.request({ method: 'GET', url: '/api/session', headers: { cookie } })).status).toBe(200)
  expect((await post(own)).status).toBe(200)
  expect((await post({ ...own, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  for (const headers of [
    { host: own.host, origin: 'https://evil.example' },
    { host: own.host, origin: 'null' },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
    { host: own.host },
  ])
    expect(await post(headers)).toMatchObject({ status: 403, body: { errorCode: 20 } })
})

test('a foreign page can sign nobody in or out', async () => {
  const foreign = { host: own.host, origin: 'https://evil.example' }
  const cookie = jar(await signIn())
  expect((await signIn(foreign)).status).toBe(403)
  for (const [method, url] of [
    ['POST', '/api/session/refresh'],
    ['DELETE', '/api/session'],
  ] as const)
    expect((await api.request({ method, url, headers: { ...foreign, cookie } })).status).toBe(403)
  expect((await api.request({ method: 'GET', url: '/api/session', headers: { cookie } })).status).toBe(200)
})

test('a public link gives cookies that read what is public and nothing else, to pages of ours alone', async () => {
  const { body: made } = await api.admin.post('/api/dashboard', { title: 'For everybody' })
  const { id } = dashboardSchema.parse(made)
  const { body: shared } = await api.admin.post(`/api/customer/public/dashboard/${id.id}`)
  const publicId = dashboardSchema.parse(shared).assignedCustomers[0]?.customerId.id
  const enter = (headers: Record<string, string>, publicIdGiven = publicId) =>
    api.request({ method: 'POST', url: '/api/session/public', headers, body: { publicId: publicIdGiven } })
  expect((await enter({ host: own.host, origin: 'https://evil.example' })).status).toBe(403)
  expect((await enter(own, api.tenant.customerId)).status).toBe(401)
  const entered = await enter(own)
  expect(entered).toMatchObject({ status: 200, body: { user: { customerId: { id: publicId } } } })
  const call = (method: 'GET' | 'POST' | 'DELETE', url: string, cookie: string) =>
    api.request({ method, url, headers: { ...own, cookie } })
  const cookie = jar(entered)
  expect(await call('GET', `/api/dashboard/${id.id}`, cookie)).toMatchObject({ body: { title: 'For everybody' } })
  expect((await call('DELETE', `/api/dashboard/${id.id}`, cookie)).status).toBe(403)
  const renewed = await call('POST', '/api/session/refresh', cookie)
  expect(renewed.status).toBe(200)
  await api.admin.delete(`/api/customer/public/dashboard/${id.id}`)
  expect((await call('GET', `/api/dashboard/${id.id}`, jar(renewed))).status).toBe(403)
})

test('a visitor in a frame of another site gets one cookie, of that site alone', async () => {
  const { body: made } = await api.admin.post('/api/dashboard', { title: 'For portals' })
  const { id } = dashboardSchema.parse(made)
  const { body: shared } = await api.admin.post(`/api/customer/public/dashboard/${id.id}`)
  const publicId = dashboardSchema.parse(shared).assignedCustomers[0]?.customerId.id
  const enter = (headers: Record<string, string>) =>
    api.request({ method: 'POST', url: '/api/session/public', headers, body: { publicId, isFramed: true } })
  expect((await enter({ host: own.host, origin: 'https://evil.example' })).status).toBe(403)
  const entered = await enter(own)
  expect(entered.cookies).toMatchObject([
    { name: accessCookie, httpOnly: true, secure: true, sameSite: 'None', path: '/' },
  ])
  expect(String(entered.headers['set-cookie'])).toContain('Partitioned')
  const cookie = jar(entered)
  const call = (method: 'GET' | 'DELETE', headers: Record<string, string>) =>
    api.request({ method, url: `/api/dashboard/${id.id}`, headers: { ...headers, cookie } })
  expect((await call('GET', own)).status).toBe(200)
  for (const headers of [own, { host: own.host, origin: 'https://portal.example' }])
    expect((await call('DELETE', headers)).status).toBe(403)
})

test('a refresh gives new cookies; after signing out there is none and the old ones are worthless', async () => {
  const cookie = jar(await signIn())
  const refreshed = await api.request({ method: 'POST', url: '/api/session/refresh', headers: { ...own, cookie } })
  expect(refreshed.status).toBe(200)
  const newer = jar(refreshed)
  const out = await api.request({ method: 'DELETE', url: '/api/session', headers: { ...own, cookie: newer } })
  expect(out.status).toBe(200)
  expect(cookieOf(out, accessCookie)?.value).toBe('')
  for (const old of [cookie, newer]) {
    expect((await api.request({ method: 'GET', url: '/api/session', headers: { cookie: old } })).status).toBe(401)
    const again = await api.request({ method: 'POST', url: '/api/session/refresh', headers: { ...own, cookie: old } })
    expect(again).toMatchObject({ status: 401, body: { message: 'Token is outdated' } })
    expect(cookieOf(again, refreshCookie)?.value).toBe('')
  }
})

test('without cookies nobody is signed in, and signing out is no error', async () => {
  expect((await api.request({ method: 'GET', url: '/api/session' })).status).toBe(401)
  expect((await api.request({ method: 'POST', url: '/api/session/refresh', headers: own })).status).toBe(401)
  expect((await api.request({ method: 'DELETE', url: '/api/session', headers: own })).status).toBe(200)
})

test('a password changed in the browser ends the other sessions and gives this one new cookies', async () => {
  const other = jar(await signIn())
  const cookie = jar(await signIn())
  const change = (headers: Record<string, string>, currentPassword: string) =>
    api.request({
      method: 'POST',
      url: '/api/session/password',
      headers: { cookie, ...headers },
      body: { currentPassword, newPassword: 'something else' },
    })
  expect(await change({ host: own.host, origin: 'https://evil.example' }, password)).toMatchObject({ status: 403 })
  expect(await change(own, 'wrong')).toMatchObject({
    status: 400,
    body: { message: "Current password doesn't match!" },
  })
  const changed = await change(own, password)
  expect(changed).toMatchObject({ status: 200, body: { user: { email: api.tenant.admin.email } } })
  const ask = (jarred: string) => api.request({ method: 'GET', url: '/api/session', headers: { cookie: jarred } })
  expect((await ask(jar(changed))).status).toBe(200)
  for (const old of [cookie, other]) expect((await ask(old)).status).toBe(401)
})
