import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashApiKey } from '../auth/callers.ts'
import { client, engine, world, useSessionBench } from '../testing/session-bench.ts'
import { spaceClient } from '../testing/topic-space-world.ts'

useSessionBench()

describe('users', () => {
  const keyOf = async (userId: string, more: { enabled?: boolean; expirationTime?: number } = {}) => {
    const value = `key-${randomUUID()}`
    const { db } = world.services
    const key = await db.apiKeys.create({
      tenantId: world.tenant.tenantId,
      userId,
      valueHash: hashApiKey(value),
      description: 'MQTT',
      enabled: true,
      expirationTime: 0,
      ...more,
    })
    return { value, id: key.id.id }
  }
  const connectAs = (username: string, password: string, more: Parameters<typeof spaceClient>[3] = {}) =>
    spaceClient(engine, 5, username, { password: Buffer.from(password), ...more })

  test('a tenant administrator has all topics of the tenant by an API key, and no device API', async () => {
    const { value } = await keyOf(world.tenant.admin.userId)
    const admin = await connectAs('api-key', value)
    expect(admin.connack).toMatchObject({ reasonCode: 0 })
    expect(await admin.subscribe('people/#')).toEqual([2])
    expect(await admin.subscribe('v1/devices/me/attributes')).toEqual([0x87])
    expect(await admin.publish('v1/devices/me/telemetry', '{"a":1}')).toBe(0x90)
    const device = await client(5)
    await device.subscribe('to/devices')
    await device.publish('people/1', 'hello')
    expect(await admin.message()).toMatchObject({ topic: 'people/1' })
    await admin.publish('to/devices', 'hello')
    expect(await device.message()).toMatchObject({ topic: 'to/devices' })
  })

  test('many clients come in the name of one user; the same client id takes the place of the first', async () => {
    const { value } = await keyOf(world.tenant.admin.userId)
    const first = await connectAs('api-key', value, { clientId: 'one' })
    const other = await connectAs('api-key', value, { clientId: 'two' })
    const second = await connectAs('api-key', value, { clientId: 'one' })
    expect(await first.next()).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8e })
    await other.nothing()
    await second.nothing()
  })

  test.each(['customer user', 'disabled key', 'expired key', 'unknown key', 'unknown token'])(
    'nobody else: %s',
    async (who) => {
      const { admin, customerUser } = world.tenant
      const key = async () => {
        if (who === 'customer user') return keyOf(customerUser.userId)
        if (who === 'disabled key') return keyOf(admin.userId, { enabled: false })
        if (who === 'expired key') return keyOf(admin.userId, { expirationTime: 1 })
        return { value: 'unknown' }
      }
      const { value } = await key()
      const peer = await connectAs(who === 'unknown token' ? 'jwt' : 'api-key', value)
      expect(peer.connack).toMatchObject({ cmd: 'connack', reasonCode: 0x86 })
    },
  )

  test('a key that is taken away ends the connection', async () => {
    const { value, id } = await keyOf(world.tenant.admin.userId)
    const admin = await connectAs('api-key', value)
    const { scope, tenantId } = world.tenant
    await world.services.db.apiKeys.delete(scope, id)
    await world.services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'api-key', tenantId, id }))
    expect(await admin.next()).toMatchObject({ cmd: 'disconnect', reasonCode: 0x98 })
  })
})
