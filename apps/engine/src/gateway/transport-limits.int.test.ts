import { randomUUID } from 'node:crypto'
import { saveTenantProfileSchema } from '@thingwire/contracts'
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

let services: TestServices
let engine: TestEngine
beforeAll(async () => {
  services = await startTestServices()
  engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

const limited = async (configuration: object) => {
  const { db } = services
  const profile = await db.tenantProfiles.save(
    saveTenantProfileSchema.parse({ name: randomUUID(), profileData: { configuration } }),
  )
  const tenant = await db.tenants.save({ title: randomUUID(), tenantProfileId: profile.id })
  const accessToken = randomUUID()
  await db.devices.save({ kind: 'tenant', tenantId: tenant.id.id }, { name: 'Limited' }, { accessToken })
  return { profile, token: accessToken }
}
const post = async (token: string, body: string) =>
  (await fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/${token}/telemetry`, { method: 'POST', body })).status

test('over HTTP the message too many is answered with 500, until the limits change', async () => {
  const { profile, token } = await limited({ transportDeviceMsgRateLimit: '2:3600' })
  expect(await post(token, '{"a":1}')).toBe(200)
  expect(await post(token, '{"a":1}')).toBe(200)
  expect(await post(token, '{"a":1}')).toBe(500)
  expect(await post(services.tenant.token, '{"a":1}')).toBe(200)
  await services.db.tenantProfiles.save(
    saveTenantProfileSchema.parse({ ...profile, profileData: { configuration: {} } }),
  )
  const event = { kind: 'tenant-profile', tenantId: '13814000-1dd2-11b2-8080-808080808080', id: profile.id.id }
  await services.redis.publish('tw:invalidate', JSON.stringify(event))
  await expect.poll(() => post(token, '{"a":1}')).toBe(200)
})

test('data points count, not only messages', async () => {
  const { token } = await limited({ transportTenantTelemetryDataPointsRateLimit: '3:3600' })
  expect(await post(token, '{"a":1,"b":2,"c":3,"d":4}')).toBe(500)
  expect(await post(token, '[{"ts":1,"values":{"a":1,"b":2}},{"c":3}]')).toBe(200)
  expect(await post(token, '{"a":1}')).toBe(500)
})

test('over MQTT the message too many closes the connection', async () => {
  const { token } = await limited({ transportTenantMsgRateLimit: '2:3600' })
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, {
    username: token,
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  await client.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 })
  await client.publishAsync('v1/devices/me/attributes', '{"a":1}', { qos: 1 })
  client.publish('v1/devices/me/attributes/request/1', '{}', { qos: 1 })
  await closed
})
