import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashApiKey } from '../auth/callers.ts'
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts'
import { everything, spaceClient, type SpaceWorld, startSpaceWorld } from '../testing/topic-space-world.ts'

let world: SpaceWorld
let engine: TestEngine

beforeAll(async () => {
  world = await startSpaceWorld()
  engine = await startTestEngine(world.services)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

/** A connected client of a device of its own. */
const client = async (version: 3 | 4 | 5 = 5, rights = everything, more: Parameters<typeof spaceClient>[3] = {}) =>
  spaceClient(engine, version, (await world.device(rights)).token, more)

describe('messages between devices of a tenant', () => {
  test.each([
    [3, 0],
    [3, 2],
    [4, 0],
    [4, 1],
    [4, 2],
    [5, 0],
    [5, 1],
    [5, 2],
  ] as const)('version %i, QoS %i', async (version, qos) => {
    const publisher = await client(version)
    const subscriber = await client(version)
    const topic = `plain/${version}/${qos}`
    expect(await subscriber.subscribe(`plain/${version}/+`)).toEqual([2])
    await publisher.publish(topic, 'hello', { qos })
    expect(await subscriber.message()).toMatchObject({
      topic,
      payload: Buffer.from('hello'),
      qos,
      retain: false,
      dup: false,
    })
  })

  test('the lower quality of service counts', async () => {
    const publisher = await client(4)
    const subscriber = await client(5)
    expect(await subscriber.subscribe('lower/1', { qos: 1 })).toEqual([1])
    await publisher.publish('lower/1', 'x', { qos: 2 })
    expect(await subscriber.message()).toMatchObject({ qos: 1 })
  })

  test('QoS 2 is a whole exchange towards the subscriber', async () => {
    const publisher = await client(5)
    const subscriber = await client(5)
    await subscriber.subscribe('twice/2')
    await publisher.publish('twice/2', 'x', { qos: 2 })
    const { messageId } = await subscriber.message()
    subscriber.send({ cmd: 'pubrec', messageId: messageId ?? 0, reasonCode: 0 })
    expect(await subscriber.next()).toMatchObject({ cmd: 'pubrel', messageId })
    subscriber.send({ cmd: 'pubrec', messageId: messageId ?? 0, reasonCode: 0 })
    expect(await subscriber.next()).toMatchObject({ cmd: 'pubrel', messageId })
    subscriber.send({ cmd: 'pubcomp', messageId: messageId ?? 0, reasonCode: 0 })
    await subscriber.nothing()
  })

  test('properties are passed on as they came, the expiry with what is left of it', async () => {
    const publisher = await client(5)
    const subscriber = await client(5)
    await subscriber.subscribe('properties/#', { subscriptionIdentifier: 300 })
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'answer/here',
      correlationData: Buffer.from([1, 2]),
      userProperties: { b: ['1', '2'], a: '3' },
    }
    await publisher.publish('properties/1', 'x', {
      properties: { ...properties, messageExpiryInterval: 60, topicAlias: 3 },
    })
    const message = await subscriber.message()
    expect(message.properties).toEqual({
      ...properties,
      userProperties: expect.objectContaining({ b: ['1', '2'], a: '3' }),
      messageExpiryInterval: 60,
      subscriptionIdentifier: 300,
    })
    await publisher.publish('', 'by alias', { properties: { topicAlias: 3 } })
    expect(await subscriber.message()).toMatchObject({ topic: 'properties/1', payload: Buffer.from('by alias') })
  })

  test('overlapping filters bring a message once, with the identifiers of all and the best quality', async () => {
    const publisher = await client(5)
    const subscriber = await client(5)
    await subscriber.subscribe('over/#', { qos: 0, subscriptionIdentifier: 1 })
    await subscriber.subscribe('over/+', { qos: 1, subscriptionIdentifier: 2 })
    await publisher.publish('over/x', 'x', { qos: 2 })
    const message = await subscriber.message()
    expect(message.qos).toBe(1)
    expect([message.properties?.subscriptionIdentifier].flat().sort()).toEqual([1, 2])
    subscriber.send({ cmd: 'puback', messageId: message.messageId ?? 0, reasonCode: 0 })
    await subscriber.nothing()
  })

  test('no local, and retain as published', async () => {
    const own = await client(5)
    await own.subscribe('options/own', { nl: true })
    await own.publish('options/own', 'x', { retain: true })
    await own.nothing()
    const subscriber = await client(5)
    await subscriber.subscribe('options/own', { rap: true, rh: 2 })
    await own.publish('options/own', 'y', { retain: true })
    expect(await subscriber.message()).toMatchObject({ payload: Buffer.from('y'), retain: true })
  })

  test('a filter that is given up brings nothing more', async () => {
    const publisher = await client(5)
    const subscriber = await client(5)
    await subscriber.subscribe('gone/1')
    subscriber.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['gone/1', 'never/1'] })
    expect(await subscriber.next()).toMatchObject({ cmd: 'unsuback', granted: [0, 0x11] })
    await publisher.publish('gone/1', 'x')
    await subscriber.nothing()
  })

  test('many levels are a topic, too many are none', async () => {
    const peer = await client(5)
    const deep = Array(64).fill('a').join('/')
    expect(await peer.subscribe(Array(64).fill('+').join('/'))).toEqual([2])
    expect(await peer.publish(deep, 'x')).toBe(0)
    expect(await peer.message()).toMatchObject({ topic: deep })
    expect(await peer.subscribe(`${deep}/+`)).toEqual([0x87])
    expect(await peer.publish(`${deep}/a`, 'x')).toBe(0x87)
  })
})

test('[MQTT-3.3.4-3] downlinks of the device API bear subscription identifiers, too', async () => {
  const device = await world.device(everything)
  const peer = await spaceClient(engine, 5, device.token)
  const subscriptionIdentifier = 5
  expect(await peer.subscribe('v1/devices/me/attributes/response/+', { subscriptionIdentifier })).toEqual([1])
  await peer.publish('v1/devices/me/attributes/request/1', '{}')
  expect(await peer.message()).toMatchObject({
    topic: 'v1/devices/me/attributes/response/1',
    properties: { subscriptionIdentifier },
  })
})

describe('retained messages', () => {
  test('stand on their topic until an empty one comes', async () => {
    const publisher = await client(4)
    await publisher.publish('kept/a/x', '1', { retain: true })
    await publisher.publish('kept/a', '2', { retain: true, qos: 2 })
    await publisher.publish('kept/ab', '3', { retain: true, qos: 0 })
    await publisher.publish('kept/a/x', '4', { retain: true })
    const subscriber = await client(4)
    await subscriber.subscribe('kept/a/#')
    expect(await subscriber.message()).toMatchObject({
      topic: 'kept/a',
      payload: Buffer.from('2'),
      retain: true,
      qos: 2,
    })
    expect(await subscriber.message()).toMatchObject({
      topic: 'kept/a/x',
      payload: Buffer.from('4'),
      retain: true,
      qos: 1,
    })
    await subscriber.nothing()
    await publisher.publish('kept/a', '', { retain: true })
    const later = await client(4)
    await later.subscribe('kept/a')
    await later.subscribe('kept/ab', { qos: 0 })
    expect(await later.message()).toMatchObject({ topic: 'kept/ab' })
    await later.nothing()
  })

  test('retain handling: with each subscription, with new ones, never', async () => {
    const publisher = await client(5)
    await publisher.publish('handling/1', 'x', { retain: true })
    const subscriber = await client(5)
    await subscriber.subscribe('handling/1', { rh: 2 })
    await subscriber.nothing()
    await subscriber.subscribe('handling/1', { rh: 1 })
    await subscriber.nothing()
    await subscriber.subscribe('handling/1', { rh: 0, qos: 0 })
    expect(await subscriber.message()).toMatchObject({ payload: Buffer.from('x') })
    await subscriber.nothing()
    const another = await client(5)
    await another.subscribe('handling/1', { rh: 1, qos: 0 })
    expect(await another.message()).toMatchObject({ payload: Buffer.from('x') })
  })

  test('go out of date', async () => {
    const publisher = await client(5)
    await publisher.publish('dated/1', 'x', { retain: true, properties: { messageExpiryInterval: 1 } })
    await waitFor(async () => {
      const subscriber = await client(5)
      await subscriber.subscribe('dated/1', { qos: 0 })
      await subscriber.publish('dated/end', '')
      const found = await subscriber.nothing().then(
        () => 0,
        () => 1,
      )
      subscriber.socket.destroy()
      return found === 0
    })
  })
})

describe('what is not allowed', () => {
  const rights = { publishFilters: ['up/{deviceName}/#'], subscribeFilters: ['down/{deviceName}/+'] }

  test('a publish: 0x87 in version 5, acknowledged and dropped before; nobody gets it', async () => {
    const listener = await client(5)
    await listener.subscribe('#', { qos: 0, rh: 2 })
    for (const version of [4, 5] as const) {
      const { token, name } = await world.device(rights)
      const peer = await spaceClient(engine, version, token)
      expect(await peer.publish('elsewhere', 'no', { qos: 1 })).toBe(version === 5 ? 0x87 : undefined)
      expect(await peer.publish('elsewhere', 'no', { qos: 2 })).toBe(version === 5 ? 0x87 : undefined)
      await peer.publish(`up/${name}/x`, 'yes')
      expect(await listener.message()).toMatchObject({ topic: `up/${name}/x` })
    }
  })

  test('a subscription: 0x87 in version 5, 0x80 before', async () => {
    const { token, name } = await world.device(rights)
    const peer = await spaceClient(engine, 5, token)
    expect(await peer.subscribe('#')).toEqual([0x87])
    expect(await peer.subscribe(`down/${name}/#`)).toEqual([0x87])
    expect(await peer.subscribe('$share/g/#')).toEqual([0x87])
    expect(await peer.subscribe(`down/${name}/+`)).toEqual([2])
    const older = await spaceClient(engine, 4, token)
    expect(await older.subscribe('+/x')).toEqual([0x80])
  })

  test.each(['$SYS/#', 'v1/#', 'v2/+', '/provision/#', '$share/g/$SYS/#'])(
    'not even for everything: %s',
    async (filter) => {
      const peer = await client(5)
      expect(await peer.subscribe(filter)).toEqual([0x87])
    },
  )

  test('without a topic space all is as it was', async () => {
    const { token } = await world.device(null)
    const peer = await spaceClient(engine, 5, token, {
      will: { topic: 'w', payload: Buffer.from('x'), qos: 0, retain: true },
    })
    expect(peer.connack).toMatchObject({
      properties: {
        retainAvailable: false,
        sharedSubscriptionAvailable: false,
        subscriptionIdentifiersAvailable: false,
      },
    })
    expect(await peer.publish('a/b', 'x')).toBe(0x90)
    expect(await peer.subscribe('a/b')).toEqual([0x8f])
    expect(await peer.subscribe('$share/g/a')).toEqual([0x9e])
  })

  test('with one, CONNACK says so', async () => {
    const may = await client(5)
    expect(may.connack).toMatchObject({ sessionPresent: false, reasonCode: 0 })
    expect(may.connack).not.toHaveProperty('properties.retainAvailable')
    expect(may.connack).not.toHaveProperty('properties.sharedSubscriptionAvailable')
    const listens = await client(5, { publishFilters: [], subscribeFilters: ['#'] })
    expect(listens.connack).toMatchObject({ properties: { retainAvailable: false } })
  })

  test.each(['#', '+/#', '+/+', '$share/x/#', '$share/x/+/secret'])(
    'another tenant is out of reach of %s',
    async (filter) => {
      const stranger = await spaceClient(engine, 5, (await world.stranger(everything)).token)
      await client(5).then((peer) => peer.publish('retained/secret', 'x', { retain: true }))
      expect(await stranger.subscribe(filter)).toEqual([2])
      const peer = await client(5)
      for (const qos of [0, 1, 2] as const) await peer.publish('a/secret', 'x', { qos })
      await stranger.publish('a/secret', 'own', { qos: 0 })
      expect(await stranger.message()).toMatchObject({ payload: Buffer.from('own') })
      await stranger.nothing()
    },
  )

  test('a right that is taken away counts at once, also for what is subscribed', async () => {
    const device = await world.device(everything)
    const peer = await spaceClient(engine, 5, device.token)
    await peer.subscribe('taken/away', { qos: 0 })
    await peer.publish('taken/away', '1', { qos: 0 })
    expect(await peer.message()).toMatchObject({ payload: Buffer.from('1') })
    await world.changeRights(device, { publishFilters: ['taken/away'], subscribeFilters: ['other'] })
    await waitFor(async () => (await peer.publish('taken/else', '')) === 0x87)
    const other = await client(5)
    await other.publish('taken/away', '2')
    await peer.nothing()
    await world.changeRights(device, null)
    await waitFor(async () => (await peer.publish('taken/away', '')) === 0x90)
  })
})

test('nothing of a deleted tenant stays', async () => {
  const stranger = await world.stranger(everything)
  const kept = { clean: false, properties: { sessionExpiryInterval: 100 } }
  const peer = await spaceClient(engine, 5, stranger.token, kept)
  await peer.subscribe('deleted/#')
  await peer.publish('deleted/1', 'x', { retain: true })
  const { db, redis } = world.services
  const { tenantId } = stranger
  await db.tenants.delete(tenantId)
  await redis.publish('tw:invalidate', JSON.stringify({ kind: 'tenant', tenantId, id: tenantId }))
  await waitFor(async () => {
    const keys = await redis.keys(`*${tenantId}*`)
    return keys.filter((key) => key.startsWith('tw:space') || key.startsWith('tw:mqtt')).length === 0
  })
})

describe('a tenant that has used up what it may keep', () => {
  const fill = async (what: 'retained' | 'queued', bytes: number) => {
    await world.services.redis.hincrby(`tw:space:usage:${world.tenant.tenantId}`, what, bytes)
  }
  const all = 512 * 1024 * 1024

  test.each([4, 5] as const)('version %i: a message that should be retained goes to nobody', async (version) => {
    const peer = await client(version)
    await peer.subscribe('used/up', { qos: 0 })
    await fill('retained', all)
    expect(await peer.publish('used/up', 'x', { retain: true })).toBe(version === 5 ? 0x97 : undefined)
    await peer.publish('used/up', 'x', { retain: true, qos: 0 })
    await peer.nothing()
    await peer.publish('used/up', 'not retained')
    expect(await peer.message()).toMatchObject({ payload: Buffer.from('not retained') })
    await fill('retained', -all)
  })

  test('a message for a session that is kept gets 0x97, one for others does not', async () => {
    const kept = await client(5, everything, { clean: false, properties: { sessionExpiryInterval: 100 } })
    await kept.subscribe('used/queue')
    const peer = await client(5)
    await fill('queued', all)
    expect(await peer.publish('used/queue', 'x', { qos: 1 })).toBe(0x97)
    expect(await peer.publish('used/queue', 'x', { qos: 2 })).toBe(0x97)
    expect(await peer.publish('used/else', 'x', { qos: 2 })).toBe(0)
    await fill('queued', -all)
    expect(await peer.publish('used/queue', 'y')).toBe(0)
    expect(await kept.message()).toMatchObject({ payload: Buffer.from('y') })
  })
})

test('while nothing can be stored there is no acknowledgement and no loss, and order is kept', async () => {
  const { redis } = world.services
  const kept = await client(5, everything, { clean: false, properties: { sessionExpiryInterval: 100 } })
  await kept.subscribe('outage/#')
  const peer = await client(5)
  const refusals = async () => Number(/errorstat_OOM:count=(\d+)/.exec(await redis.info('errorstats'))?.[1] ?? 0)
  const before = await refusals()
  await redis.config('SET', 'maxmemory', '1')
  const publish = (n: number) =>
    ({ cmd: 'publish', topic: `outage/${n}`, payload: '', qos: 1, dup: false, retain: false, messageId: n }) as const
  peer.send(publish(1), publish(2))
  await waitFor(async () => (await refusals()) >= before + 3)
  peer.send(publish(3))
  await redis.config('SET', 'maxmemory', '0')
  for (const messageId of [1, 2, 3])
    expect(await peer.next()).toMatchObject({ cmd: 'puback', messageId, reasonCode: 0 })
  for (const n of [1, 2, 3]) expect(await kept.message()).toMatchObject({ topic: `outage/${n}` })
})

describe('a subscriber that does not read', () => {
  const dropped = async () => {
    const { values } = await engine.engine.metrics.spaceDropped.get()
    return values.find(({ labels }) => labels.reason === 'slow-reader')?.value ?? 0
  }
  const payload = 'x'.repeat(60_000)

  test('gets no more messages with QoS 0 than it can be sent, and those that it reads again', async () => {
    const before = await dropped()
    const slow = await client(4)
    await slow.subscribe('slow/0')
    const quick = await client(4)
    await quick.subscribe('slow/1', { qos: 0 })
    slow.socket.pause()
    const publisher = await client(4)
    for (let n = 0; n < 2_000 && (await dropped()) === before; n++) {
      for (let i = 0; i < 20; i++) await publisher.publish('slow/0', payload, { qos: 0 })
      await publisher.publish('slow/1', 'round', { qos: 1 })
      await quick.message()
    }
    expect(await dropped()).toBeGreaterThan(before)
    slow.socket.resume()
    await waitFor(async () => {
      await publisher.publish('slow/0', 'again', { qos: 0 })
      const { payload: got } = await slow.message()
      return got.toString() === 'again'
    })
  }, 30_000)

  test('is cut off with QoS 1, whose messages are its own to take', async () => {
    const slow = await client(4)
    await slow.subscribe('cut/off')
    const gone = new Promise((resolve) => slow.socket.once('close', resolve))
    slow.socket.pause()
    const publisher = await client(4)
    const connections = async () => (await engine.engine.metrics.connections.get()).values[0]?.value ?? 0
    const before = await connections()
    await waitFor(
      async () => {
        for (let i = 0; i < 50; i++) await publisher.publish('cut/off', payload)
        return (await connections()) < before
      },
      { deadlineMs: 20_000 },
    )
    slow.socket.resume()
    await gone
  }, 30_000)
})

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
