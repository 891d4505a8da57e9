import { seedTenant } from '@thingwire/testing'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { redisChannels } from '../redis-keys.ts'
import { startTestEngine, startTestServices } from '../testing/test-engine.ts'

test('devices of a deleted tenant are disconnected, those of others stay', async () => {
  await using services = await startTestServices()
  await using engine = await startTestEngine(services)
  const doomed = await seedTenant(services.db)
  const connect = (username: string) =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { username, reconnectPeriod: 0 })
  const [gone, stays] = await Promise.all([connect(doomed.token), connect(services.tenant.token)])
  const closed = new Promise<void>((resolve) => gone.once('close', () => resolve()))

  await services.db.tenants.delete(doomed.tenantId)
  const change = { kind: 'tenant', tenantId: doomed.tenantId, id: doomed.tenantId }
  await services.redis.publish(redisChannels.invalidation, JSON.stringify(change))

  await closed
  await stays.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 })
  expect(stays.connected).toBe(true)
  await expect(connect(doomed.token)).rejects.toThrow(/not authorized/i)
  await stays.endAsync()
})
