import { waitFor } from '@thingwire/testing'
import type { IConnectPacket, Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { connectPacket, mqttEngineUnderTest, type RawMqtt, rawMqtt } from '../../../testing/raw-mqtt.ts'
import { PublishRefusal } from './reasons.ts'

const publish = (messageId: number, more: Record<string, unknown> = {}): Packet => ({
  cmd: 'publish',
  topic: 't',
  payload: `${messageId}`,
  qos: 1,
  dup: false,
  retain: false,
  messageId,
  ...more,
})

type Under = Awaited<ReturnType<typeof mqttEngineUnderTest>>

const connected = async (
  engine: Under,
  version: 3 | 4 | 5,
  more: Partial<IConnectPacket> = {},
): Promise<{ client: RawMqtt; connack: Packet | null; observed: Under['clients'][number] }> => {
  const client = await rawMqtt(engine.port, version)
  client.send(connectPacket(version, more))
  const connack = await client.next()
  const observed = engine.clients.at(-1)
  if (!observed) throw new Error('Nobody connected')
  return { client, connack, observed }
}

const expectEnd = async (client: RawMqtt, reasonCode: number | null) => {
  if (reasonCode !== null) expect(await client.next()).toMatchObject({ cmd: 'disconnect', reasonCode })
  expect(await client.next()).toBeNull()
}

describe('CONNECT', () => {
  test('[MQTT-3.2.2-16] version 5 learns its limits, and a client id when it has none', async () => {
    await using engine = await mqttEngineUnderTest()
    const { connack } = await connected(engine, 5, {
      clientId: '',
      keepalive: 65_000,
      properties: { sessionExpiryInterval: 100 },
    })
    expect(connack).toMatchObject({
      cmd: 'connack',
      sessionPresent: false,
      reasonCode: 0,
      properties: {
        assignedClientIdentifier: expect.stringMatching(/^tw-/),
        maximumPacketSize: 65_540,
        receiveMaximum: 8_192,
        topicAliasMaximum: 16,
        sessionExpiryInterval: 0,
        serverKeepAlive: 3_600,
        retainAvailable: false,
        subscriptionIdentifiersAvailable: false,
        sharedSubscriptionAvailable: false,
      },
    })
  })

  test.each([
    [15, { cmd: 'connack', reasonCode: 0x95 }],
    [4, null],
  ] as const)(
    '[MQTT-3.1.2-24 v5] a client that takes %i bytes at most is refused with what it takes, or closed',
    async (maximumPacketSize, answered) => {
      await using engine = await mqttEngineUnderTest()
      const client = await rawMqtt(engine.port, 5)
      client.send(connectPacket(5, { properties: { maximumPacketSize } }))
      if (answered) expect(await client.next()).toMatchObject(answered)
      expect(await client.next()).toBeNull()
      await waitFor(() => engine.clients[0]?.closed.length === 1)
    },
  )

  test('a client that names itself and its keep alive keeps both', async () => {
    await using engine = await mqttEngineUnderTest()
    const { connack } = await connected(engine, 5, { keepalive: 60 })
    expect(connack).not.toHaveProperty('properties.assignedClientIdentifier')
    expect(connack).not.toHaveProperty('properties.serverKeepAlive')
  })

  test.each([
    ['[MQTT-4.12.0-1] an authentication method', { properties: { authenticationMethod: 'SCRAM' } }, 0x8c],
    ['receive maximum 0', { properties: { receiveMaximum: 0 } }, 0x82],
  ])('version 5 refuses %s with its reason', async (_name, more, reasonCode) => {
    await using engine = await mqttEngineUnderTest()
    const client = await rawMqtt(engine.port, 5)
    client.send(connectPacket(5, more))
    expect(await client.next()).toMatchObject({ cmd: 'connack', reasonCode })
    expect(await client.next()).toBeNull()
    expect(engine.clients).toHaveLength(0)
  })

  test.each([
    [4, { cmd: 'connack', returnCode: 3 }],
    [5, { cmd: 'connack', reasonCode: 0x88 }],
  ] as const)('a refusal of version %i has its code, and closes', async (version, connack) => {
    const refuse = async () => ({ isAccepted: false, returnCode: 3, reasonCode: 0x88 }) as const
    await using engine = await mqttEngineUnderTest({ connect: refuse })
    const client = await rawMqtt(engine.port, version)
    client.send(connectPacket(version))
    expect(await client.next()).toMatchObject(connack)
    expect(await client.next()).toBeNull()
  })

  test('packets that come too early are taken in turn, but only so many', async () => {
    await using engine = await mqttEngineUnderTest()
    const patient = await rawMqtt(engine.port, 4)
    patient.send(connectPacket(4), ...Array.from({ length: 100 }, (_, n) => publish(n + 1)))
    expect(await patient.next()).toMatchObject({ cmd: 'connack' })
    for (let n = 1; n <= 100; n++) expect(await patient.next()).toMatchObject({ cmd: 'puback', messageId: n })
    const eager = await rawMqtt(engine.port, 5)
    eager.send(connectPacket(5), ...Array.from({ length: 101 }, (_, n) => publish(n + 1)))
    expect(await eager.next()).toMatchObject({ cmd: 'connack', reasonCode: 0x97 })
    expect(await eager.next()).toBeNull()
  })

  test('a client that goes during authentication leaves nothing behind', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const { promise: decided, resolve: decide } = Promise.withResolvers<void>()
    const closed: string[] = []
    await using engine = await mqttEngineUnderTest({
      connect: async () => {
        ask()
        await decided
        const handler = {
          publish: () => {},
          subscribe: () => [],
          subscribed: () => {},
          unsubscribe: () => [],
          acknowledged: () => {},
          touch: () => {},
          closed: (why: string) => closed.push(why),
        }
        return { isAccepted: true, handler }
      },
    })
    const client = await rawMqtt(engine.port, 4)
    client.send(connectPacket(4))
    await asked
    client.socket.resetAndDestroy()
    decide()
    await waitFor(() => closed.length === 1)
  })
})

describe('a fault', () => {
  test.each([
    ['[MQTT-3.1.0-2] a second CONNECT', connectPacket(5), 0x82],
    ['a packet that is too large', Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]), 0x95],
    ['a length of five bytes', Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]), 0x81],
    ['a topic alias beyond the maximum', publish(1, { properties: { topicAlias: 17 } }), 0x94],
    ['a topic alias that stands for nothing', publish(1, { topic: '', properties: { topicAlias: 3 } }), 0x82],
    ['AUTH', { cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'x' } } as Packet, 0x82],
    [
      'a session expiry that comes too late',
      { cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 5 } } as Packet,
      0x82,
    ],
  ])('%s: version 5 is told why', async (_name, packet, reasonCode) => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 5)
    const neighbour = await connected(engine, 5)
    client.send(packet)
    await expectEnd(client, reasonCode)
    expect(observed.closed).toHaveLength(1)
    neighbour.client.send(publish(1))
    expect(await neighbour.client.next()).toMatchObject({ cmd: 'puback', messageId: 1 })
  })

  test('closes a connection of 3.1.1 without a word', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client } = await connected(engine, 4)
    client.send(connectPacket(4))
    await expectEnd(client, null)
  })

  test('the answers that were due are sent before the end', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client } = await connected(engine, 4)
    client.send(publish(1), publish(2), Buffer.from([0x00, 0x00]))
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 1 })
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 2 })
    await expectEnd(client, null)
  })
})

describe('publishes of a client', () => {
  test('[MQTT-4.6.0-2] are acknowledged in their order, whatever is done first', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, 4)
    client.send(publish(1), publish(2), publish(3, { qos: 2 }))
    await waitFor(() => observed.publishes.length === 3)
    for (const { answer } of observed.publishes.toReversed()) answer()
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 1 })
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 2 })
    expect(await client.next()).toMatchObject({ cmd: 'pubrec', messageId: 3 })
  })

  test.each([3, 4, 5] as const)('[MQTT-4.3.3-10] with QoS 2 are handed on once, version %i', async (version) => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, version)
    client.send(publish(9, { qos: 2 }))
    expect(await client.next()).toMatchObject({ cmd: 'pubrec', messageId: 9 })
    client.send(publish(9, { qos: 2, dup: true }))
    expect(await client.next()).toMatchObject({ cmd: 'pubrec', messageId: 9 })
    client.send({ cmd: 'pubrel', messageId: 9 })
    expect(await client.next()).toMatchObject({ cmd: 'pubcomp', messageId: 9 })
    expect(observed.publishes).toHaveLength(1)
    client.send(publish(9, { qos: 2 }))
    await client.next()
    expect(observed.publishes).toHaveLength(2)
  })

  test('PUBREL for nothing is answered, in version 5 with 0x92', async () => {
    await using engine = await mqttEngineUnderTest()
    for (const version of [4, 5] as const) {
      const { client } = await connected(engine, version)
      client.send({ cmd: 'pubrel', messageId: 3 })
      expect(await client.next()).toMatchObject({
        cmd: 'pubcomp',
        messageId: 3,
        ...(version === 5 && { reasonCode: 0x92 }),
      })
    }
  })

  test.each([
    ['topic', 4, { cmd: 'puback' }],
    ['topic', 5, { cmd: 'puback', reasonCode: 0x90, properties: { reasonString: 'because' } }],
    ['payload', 4, null],
    ['payload', 5, { cmd: 'puback', reasonCode: 0x99 }],
    ['payload-passed-over', 4, { cmd: 'puback' }],
    ['payload-passed-over', 5, { cmd: 'puback', reasonCode: 0x99 }],
  ] as const)('refused for their %s: version %i answers %o', async (kind, version, answered) => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, version)
    client.send(publish(1))
    await waitFor(() => observed.publishes.length === 1)
    observed.publishes[0]?.answer(new PublishRefusal(kind, 'because'))
    const packet = await client.next()
    if (answered) expect(packet).toMatchObject(answered)
    else expect(packet).toBeNull()
  })

  test('[MQTT-3.1.2-29] no reason string for a client that wants none', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, 5, { properties: { requestProblemInformation: false } })
    client.send(publish(1))
    await waitFor(() => observed.publishes.length === 1)
    observed.publishes[0]?.answer(new PublishRefusal('topic', 'because'))
    const packet = await client.next()
    expect(packet).toMatchObject({ cmd: 'puback', reasonCode: 0x90 })
    expect(packet).not.toHaveProperty('properties')
  })

  test('an unanswered one holds up nobody, and a failed one ends the connection', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, 5)
    client.send(publish(1), publish(2), publish(3))
    await waitFor(() => observed.publishes.length === 3)
    const [first, second, third] = observed.publishes
    first?.answer(new PublishRefusal('unanswered', ''))
    second?.answer()
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 2 })
    third?.answer(new Error('no'))
    await expectEnd(client, 0x83)
  })

  test.each([4, 5] as const)(
    '[MQTT-4.8.0-2 v3] a fault of the server ends the connection that it concerns, and no other, version %i',
    async (version) => {
      await using engine = await mqttEngineUnderTest({ answers: false })
      const neighbour = await connected(engine, version)
      const { client, observed } = await connected(engine, version)
      client.send(publish(1))
      await waitFor(() => observed.publishes.length === 1)
      observed.publishes[0]?.answer(new Error('the disk is full'))
      await expectEnd(client, version === 5 ? 0x83 : null)
      neighbour.client.send({ cmd: 'pingreq' })
      expect(await neighbour.client.next()).toMatchObject({ cmd: 'pingresp' })
    },
  )

  test('a topic alias stands for its topic, and can be given another', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 5)
    const alias = { properties: { topicAlias: 16 } }
    client.send(publish(1, { topic: 'a', ...alias }), publish(2, { topic: '', ...alias }))
    client.send(publish(3, { topic: 'b', ...alias }), publish(4, { topic: '', ...alias }))
    await waitFor(() => observed.publishes.length === 4)
    expect(observed.publishes.map(({ packet }) => packet.topic)).toEqual(['a', 'a', 'b', 'b'])
  })

  test('[MQTT-3.3.4-7] more than the receive maximum ends the connection', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false, receiveMaximum: 2 })
    const { client } = await connected(engine, 5)
    client.send(publish(1), publish(2, { qos: 2 }), publish(3))
    await expectEnd(client, 0x93)
  })

  test('a socket is read no further while many wait, and its keep alive waits too', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, 4, { keepalive: 1 })
    const payload = Buffer.alloc(60_000)
    for (let n = 1; n <= 200; n++) client.send(publish(n, { payload }))
    await waitFor(() => observed.publishes.length >= 2)
    await waitFor(() => client.socket.writableLength > 1_000_000)
    expect(observed.publishes.length).toBeLessThan(10)
    observed.connection.sweep(performance.now() + 10_000)
    expect(observed.closed).toEqual([])
    for (let answered = 0; answered < 200; answered++) {
      await waitFor(() => observed.publishes.length > answered)
      observed.publishes[answered]?.answer()
    }
    for (let n = 1; n <= 200; n++) expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: n })
  })

  test('a client that never reads its answers is not read either', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 4)
    client.socket.pause()
    const pings = Buffer.alloc(2_000_000, Buffer.from([0xc0, 0]))
    for (let n = 0; n < 20; n++) client.socket.write(pings)
    // The buffers of the system take some megabytes first.
    let taken = -1
    let timesTheSame = 0
    await waitFor(
      () => {
        timesTheSame = taken === observed.touches && taken > 0 ? timesTheSame + 1 : 0
        taken = observed.touches
        return timesTheSame > 20
      },
      { deadlineMs: 20_000 },
    )
    expect(taken).toBeLessThan(20_000_000)
    expect(observed.connection.unsentBytes).toBeGreaterThan(0)
    expect(observed.connection.unsentBytes).toBeLessThan(1_000_000)
    client.socket.resume()
    await waitFor(() => observed.touches > taken)
    client.socket.destroy()
  })
})

describe('publishes of the server', () => {
  test('[MQTT-3.3.4-9] keep to the receive maximum of the client', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 5, { properties: { receiveMaximum: 1 } })
    expect([1, 2, 3].map((n) => observed.connection.send('t', `${n}`, 1))).toEqual([1, 2, 3])
    observed.connection.send('t', 'qos 0 is not counted', 0)
    expect(await client.next()).toMatchObject({ cmd: 'publish', messageId: 1 })
    expect(await client.next()).toMatchObject({ cmd: 'publish', qos: 0 })
    client.send({ cmd: 'puback', messageId: 1, reasonCode: 0 })
    expect(await client.next()).toMatchObject({ cmd: 'publish', messageId: 2 })
    client.send({ cmd: 'puback', messageId: 2, reasonCode: 0x80 })
    expect(await client.next()).toMatchObject({ cmd: 'publish', messageId: 3 })
    expect(observed.acknowledged).toEqual([
      [1, true],
      [2, false],
    ])
  })

  test.each([0, 1, 30] as const)(
    '[MQTT-3.1.2-24 v5] keep to the packet size of the client to the byte, with topic alias maximum %i',
    async (topicAliasMaximum) => {
      await using engine = await mqttEngineUnderTest()
      const properties = { maximumPacketSize: 150, topicAliasMaximum }
      const { client, observed } = await connected(engine, 5, { properties })
      const sizes: number[] = []
      client.socket.on('data', (chunk) => sizes.push(chunk.length))
      // Header, its length of two bytes, the topic with its length, an identifier, and no properties.
      const largest = 150 - (1 + 2 + 3 + 2 + 1)
      for (const [n, topic] of ['t', 't', 'u'].entries()) {
        expect(observed.connection.send(topic, 'x'.repeat(largest + 1), 1)).toBeNull()
        expect(observed.connection.send(topic, 'x'.repeat(largest), 1)).toBe(n + 1)
        expect(await client.next()).toMatchObject({ cmd: 'publish', topic, payload: Buffer.from('x'.repeat(largest)) })
      }
      expect(sizes).toEqual([150, 150, 150])
    },
  )

  test('[MQTT-3.1.2-26] name a topic once where the client takes aliases', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 5, { properties: { topicAliasMaximum: 1 } })
    for (const topic of ['a', 'a', 'rpc/request/1', 'b']) observed.connection.send(topic, '', 0)
    expect(await client.next()).toMatchObject({ topic: 'a', properties: { topicAlias: 1 } })
    expect(await client.next()).toMatchObject({ topic: '', properties: { topicAlias: 1 } })
    expect(await client.next()).toMatchObject({ topic: 'rpc/request/1' })
    expect(await client.next()).not.toHaveProperty('properties')
  })

  test('[MQTT-2.3.1-4] take no identifier that is in use', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 4)
    expect(observed.connection.send('t', '', 1)).toBe(1)
    for (let n = 2; n <= 65_535; n++) {
      expect(observed.connection.send('t', '', 1)).toBe(n)
      client.send({ cmd: 'puback', messageId: n })
    }
    await waitFor(() => observed.acknowledged.length === 65_534)
    expect(observed.connection.send('t', '', 1)).toBe(2)
  })
})

describe('subscriptions', () => {
  const subscribe = (...filters: string[]): Packet => ({
    cmd: 'subscribe',
    messageId: 5,
    subscriptions: filters.map((topic) => ({ topic, qos: 2 })),
  })

  test.each([
    [3, [1, 0x80, 0x80], undefined],
    [4, [1, 0x80, 0x80], undefined],
    [5, [1, 0x8f, 0x9e], [0x11, 0x8f]],
  ] as const)('version %i: one code for each filter', async (version, granted, unsubscribed) => {
    await using engine = await mqttEngineUnderTest()
    const { client } = await connected(engine, version)
    client.send(subscribe('v1/a', '#', '$share/g/v1/a'))
    expect(await client.next()).toMatchObject({ cmd: 'suback', messageId: 5, granted })
    client.send({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['v1/a', '#'] })
    const unsuback = await client.next()
    expect(unsuback).toMatchObject({ cmd: 'unsuback', messageId: 6 })
    if (unsubscribed) expect(unsuback).toMatchObject({ granted: unsubscribed })
  })

  test.each([
    ['subscribe', { ...subscribe(...Array.from({ length: 60 }, (_, n) => `v1/${n}`)) }],
    [
      'unsubscribe',
      { cmd: 'unsubscribe', messageId: 6, unsubscriptions: Array.from({ length: 60 }, (_, n) => `${n}`) },
    ],
  ] as [string, Packet][])(
    '[MQTT-3.1.2-24 v5] an answer to %s that is larger than the client takes ends the connection instead',
    async (_name, packet) => {
      await using engine = await mqttEngineUnderTest()
      const { client } = await connected(engine, 5, { properties: { maximumPacketSize: 60 } })
      client.send(packet)
      await expectEnd(client, 0x95)
    },
  )

  test('an answer of many codes is whole', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client } = await connected(engine, 5)
    client.send(subscribe(...Array.from({ length: 300 }, (_, n) => `v1/${n}`)))
    expect(await client.next()).toMatchObject({ cmd: 'suback', granted: Array.from({ length: 300 }, () => 1) })
  })
})

describe('the end of a connection', () => {
  test.each([
    [4, null],
    [5, 0x8d],
  ] as const)('[MQTT-3.1.2-24] comes after one and a half keep alives, version %i', async (version, code) => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, version, { keepalive: 10 })
    client.send({ cmd: 'pingreq' })
    expect(await client.next()).toMatchObject({ cmd: 'pingresp' })
    const now = performance.now()
    observed.connection.sweep(now + 14_000)
    expect(observed.closed).toEqual([])
    observed.connection.sweep(now + 15_001)
    await expectEnd(client, code)
    expect(observed.closed).toEqual(['keep alive timeout'])
  })

  test('never comes by silence where keep alive is 0', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 5)
    observed.connection.sweep(Number.MAX_SAFE_INTEGER)
    client.send({ cmd: 'pingreq' })
    expect(await client.next()).toMatchObject({ cmd: 'pingresp' })
  })

  test('is told to version 5 when the server stops, after the answers that were awaited', async () => {
    await using engine = await mqttEngineUnderTest({ answers: false })
    const { client, observed } = await connected(engine, 5)
    client.send(publish(1))
    await waitFor(() => observed.publishes.length === 1)
    const stopped = engine.stop()
    observed.publishes[0]?.answer()
    expect(await client.next()).toMatchObject({ cmd: 'puback', messageId: 1 })
    await expectEnd(client, 0x8b)
    await stopped
  })

  test('a DISCONNECT ends it, and nothing after it counts', async () => {
    await using engine = await mqttEngineUnderTest()
    const { client, observed } = await connected(engine, 4)
    client.send(publish(1, { qos: 0 }), { cmd: 'disconnect' }, publish(2))
    await expectEnd(client, null)
    expect(observed.publishes).toHaveLength(1)
    expect(observed.closed).toEqual(['disconnected'])
  })
})
