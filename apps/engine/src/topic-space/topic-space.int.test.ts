import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { client, engine, world, useSessionBench } from '../testing/session-bench.ts'
import { everything, spaceClient } from '../testing/topic-space-world.ts'

useSessionBench()

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
