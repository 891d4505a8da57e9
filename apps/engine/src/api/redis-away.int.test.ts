import { expect, test } from 'vitest'
import { apiUnderTest, password } from '../testing/api-under-test.ts'

test('while Redis is away what needs only the database goes on, and signing in is answered with 503', async () => {
  await using api = await apiUnderTest({ hasOwnRedis: true })
  await api.stopRedis()
  expect((await api.admin.get('/api/tenant/deviceInfos?pageSize=1&page=0')).status).toBe(200)
  expect((await api.admin.post('/api/device', { name: 'Made without Redis' })).status).toBe(200)
  const answer = await api.request({
    method: 'POST',
    url: '/api/auth/login',
    body: { username: api.tenant.admin.email, password },
  })
  expect(answer).toMatchObject({ status: 503, body: { errorCode: 2 } })
  expect(answer.headers['retry-after']).toBe('5')
  const { token } = api.admin
  expect((await api.admin.post('/api/auth/logout')).status).toBe(200)
  expect((await api.as(token).get('/api/auth/user')).status).toBe(401)
})
