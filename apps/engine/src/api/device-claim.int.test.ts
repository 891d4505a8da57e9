import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClaims } from '../claims/claims.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const offered = async (name: string, secretKey: string, durationMs = 60_000) => {
  const device = await api.db.devices.save(api.tenant.scope, { name })
  await createClaims(api.redis).offer(device.id.id, { secretKey, durationMs })
  return device
}
const claim = (name: string, body?: unknown) =>
  api.customer.post(`/api/customer/device/${encodeURIComponent(name)}/claim`, body)

test('a customer user claims an offered device by its name and key, once', async () => {
  const device = await offered('Claim me', 'sesame')
  api.messages.splice(0)
  expect(await claim('Claim me', { secretKey: 'sesame' })).toMatchObject({
    status: 200,
    body: { response: 'SUCCESS', device: { id: device.id, customerId: { id: api.tenant.customerId } } },
  })
  expect(api.messages.map(({ message }) => message.type)).toEqual(['ENTITY_ASSIGNED'])
  expect(await claim('Claim me', { secretKey: 'sesame' })).toMatchObject({ status: 400, text: '"CLAIMED"' })
  expect((await api.customer.delete('/api/customer/device/Claim%20me/claim')).status).toBe(200)
  expect(await api.db.devices.find(api.tenant.customerScope, device.id.id)).toBeNull()
})

test('an offer without a key needs none, and no body', async () => {
  await offered('Open', '')
  expect(await claim('Open')).toMatchObject({ status: 200 })
})

test('without an offer, with a wrong key, or too late it fails', async () => {
  await api.db.devices.save(api.tenant.scope, { name: 'Silent' })
  expect(await claim('Silent', {})).toMatchObject({ status: 400, text: '"FAILURE"' })
  await offered('Locked', 'right')
  expect(await claim('Locked', { secretKey: 'wrong' })).toMatchObject({ status: 400, text: '"FAILURE"' })
  expect(await claim('Locked', { secretKey: 'right' })).toMatchObject({ status: 200 })
  await offered('Late', 'right', -1)
  expect(await claim('Late', { secretKey: 'right' })).toMatchObject({ status: 400, text: '"FAILURE"' })
})

test('a key cannot be guessed: after some wrong ones the offer is gone', async () => {
  await offered('Guessed', 'right')
  for (let n = 0; n < 5; n++) await claim('Guessed', { secretKey: `wrong ${n}` })
  expect(await claim('Guessed', { secretKey: 'right' })).toMatchObject({ status: 400, text: '"FAILURE"' })
})

test('the first offer stands until it is taken', async () => {
  const device = await offered('Stubborn', 'first')
  await createClaims(api.redis).offer(device.id.id, { secretKey: 'second', durationMs: 60_000 })
  expect(await claim('Stubborn', { secretKey: 'second' })).toMatchObject({ status: 400 })
  expect(await claim('Stubborn', { secretKey: 'first' })).toMatchObject({ status: 200 })
})

test('nothing of another tenant or customer is claimed or taken back', async () => {
  expect((await claim(api.stranger.device.name, {})).status).toBe(404)
  const other = await api.db.customers.save(api.tenant.scope, { title: 'Neighbour' })
  const device = await api.db.devices.save(api.tenant.scope, { name: 'Of the neighbour', customerId: other.id })
  expect((await api.customer.delete('/api/customer/device/Of%20the%20neighbour/claim')).status).toBe(403)
  expect(await api.db.devices.find(api.tenant.scope, device.id.id)).toMatchObject({ customerId: other.id })
  expect((await api.admin.delete('/api/customer/device/Of%20the%20neighbour/claim')).status).toBe(200)
  expect((await api.admin.post('/api/customer/device/Of%20the%20neighbour/claim', {})).status).toBe(403)
})
