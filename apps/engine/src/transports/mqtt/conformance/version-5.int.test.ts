import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { IConnectPacket, Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { publish, publishPacket, receive, subscribe } from './exchanges.ts'

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

const unique = () => `t/${randomUUID()}`
const bytes = (text: string) => Buffer.from(text)
const client = (properties: IConnectPacket['properties'] = {}, more: Partial<IConnectPacket> = {}) =>
  broker.client(5, { properties, ...more } as Partial<IConnectPacket>)

describe('the properties of a message', () => {
  test('[MQTT-3.3.2-4 v5] [MQTT-3.3.2-15 v5] [MQTT-3.3.2-16 v5] [MQTT-3.3.2-20 v5] are passed on as they came', async () => {
    const publisher = await client()
    const subscriber = await client()
    const topic = unique()
    await subscribe(subscriber, topic, 1)
    const properties = {
      payloadFormatIndicator: true,
      responseTopic: 'answer/here',
      correlationData: Buffer.from([0, 1, 255]),
      contentType: 'text/plain',
    }
    await publish(publisher, topic, 'x', 1, { properties })
    const packet = await receive(subscriber, { topic, properties })
    expect(packet.properties).not.toHaveProperty('topicAlias')
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-3.3.2-17 v5] [MQTT-3.3.2-18 v5] user properties keep their order, names that come twice too', async () => {
    const publisher = await client()
    const subscriber = await client()
    const topic = unique()
    await subscribe(subscriber, topic, 0)
    const pairs = '26 0001 7a 0001 31  26 0001 61 0001 32  26 0001 7a 0001 33'.replaceAll(' ', '')
    const arrived: Buffer[] = []
    subscriber.socket.on('data', (chunk: Buffer) => arrived.push(chunk))
    const name = Buffer.from(topic).toString('hex')
    publisher.sendHex(`30 ${topic.length.toString(16).padStart(4, '0')} ${name} 15 ${pairs} 78`)
    await receive(subscriber, { payload: bytes('x') })
    expect(Buffer.concat(arrived).toString('hex')).toContain(pairs)
    await publisher.leave()
    await subscriber.leave()
  })

  test('[MQTT-3.3.2-6 v5] the expiry that is passed on is less the time in the server', async () => {
    const username = await broker.device()
    const session = { username, clientId: 'c', clean: false }
    const first = await client({ sessionExpiryInterval: 600 }, session)
    const topic = unique()
    await subscribe(first, topic, 1)
    await first.leave()
    const publisher = await client()
    await publish(publisher, topic, 'x', 1, { properties: { messageExpiryInterval: 100 } })
    const since = performance.now()
    await waitFor(() => performance.now() - since > 1_200)
    const second = await client({ sessionExpiryInterval: 600 }, session)
    const { properties } = await receive(second)
    expect(properties?.messageExpiryInterval).toBeLessThan(100)
    expect(properties?.messageExpiryInterval).toBeGreaterThan(90)
    await second.leave()
    await publisher.leave()
  })

  test('[MQTT-3.3.2-5 v5] a message whose expiry has passed is dropped, kept or queued', async () => {
    const username = await broker.device()
    const session = { username, clientId: 'c', clean: false }
    const first = await client({ sessionExpiryInterval: 600 }, session)
    const topic = unique()
    await subscribe(first, topic, 1)
    await first.leave()
    const publisher = await client()
    await publish(publisher, topic, 'x', 1, { retain: true, properties: { messageExpiryInterval: 1 } })
    const since = performance.now()
    await waitFor(() => performance.now() - since > 1_300)
    const second = await client({ sessionExpiryInterval: 600 }, session)
    await second.expectSilence()
    await second.leave()
    const late = await client()
    await subscribe(late, topic, 1)
    await late.expectSilence()
    await late.leave()
    await publisher.leave()
  })

  test('[MQTT-4.3.3-7 v5] [MQTT-4.3.3-13 v5] what was sent does not expire, and its exchange goes on', async () => {
    const publisher = await client()
    const subscriber = await client()
    const topic = unique()
    await subscribe(subscriber, topic, 2)
    const packet = publishPacket(topic, 'x', 2, { properties: { messageExpiryInterval: 1 } })
    publisher.send(packet)
    const messageId = packet.messageId ?? 0
    await publisher.expect({ cmd: 'pubrec', messageId })
    const sent = (await subscriber.expect({ cmd: 'publish', qos: 2 })) as { messageId: number }
    const since = performance.now()
    await waitFor(() => performance.now() - since > 1_300)
    publisher.send({ cmd: 'pubrel', messageId })
    await publisher.expect({ cmd: 'pubcomp', messageId, reasonCode: 0 })
    subscriber.send({ cmd: 'pubrec', messageId: sent.messageId })
    await subscriber.expect({ cmd: 'pubrel', messageId: sent.messageId, reasonCode: 0 })
    subscriber.send({ cmd: 'pubcomp', messageId: sent.messageId })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.vanish()
  })
})

describe('topic aliases of the server', () => {
  const publishTwice = async (maximum: number | undefined) => {
    const publisher = await client()
    const subscriber = await client(maximum === undefined ? {} : { topicAliasMaximum: maximum })
    const place = unique()
    await subscribe(subscriber, `${place}/+`, 0)
    const met: { topic: string; alias: number | undefined }[] = []
    for (const name of ['a', 'a', 'b', 'b', 'c', 'c', 'a']) {
      await publish(publisher, `${place}/${name}`, name, 1)
      const { topic, properties } = await receive(subscriber, { payload: bytes(name) })
      met.push({ topic, alias: properties?.topicAlias })
    }
    await publisher.leave()
    await subscriber.leave()
    return met
  }

  test.each([undefined, 0])('[MQTT-3.1.2-27 v5] are not used for a client with the maximum %s', async (maximum) => {
    expect((await publishTwice(maximum)).every(({ topic, alias }) => alias === undefined && topic !== '')).toBe(true)
  })

  test('[MQTT-3.1.2-26 v5] [MQTT-3.3.2-11 v5] [MQTT-3.3.2-8 v5] keep to the maximum of the client', async () => {
    const used = (await publishTwice(2)).flatMap(({ alias }) => alias ?? [])
    // Three topics for two aliases: they are used, and no third is made up.
    expect(new Set(used)).toEqual(new Set([1, 2]))
  })

  test('[MQTT-3.3.2-7 v5] those of the client end with its connection', async () => {
    const username = await broker.device()
    const first = await client({ sessionExpiryInterval: 600 }, { username, clientId: 'c', clean: false })
    await publish(first, unique(), 'x', 1, { properties: { topicAlias: 1 } })
    await first.leave()
    const second = await client({ sessionExpiryInterval: 600 }, { username, clientId: 'c', clean: false })
    second.send(publishPacket('', 'x', 1, { properties: { topicAlias: 1 } }))
    await second.expectEnd(0x82)
  })
})

describe('the maximum packet size of a client', () => {
  test('[MQTT-3.1.2-24 v5] [MQTT-3.1.2-25 v5] larger messages are left out as if they were delivered', async () => {
    const publisher = await client()
    const subscriber = await client({ maximumPacketSize: 200 })
    const topic = unique()
    await subscribe(subscriber, topic, 1)
    await publish(publisher, topic, 'x'.repeat(300), 1)
    await publish(publisher, topic, 'small', 1)
    await receive(subscriber, { payload: bytes('small') })
    await subscriber.expectSilence()
    await publisher.leave()
    await subscriber.leave()
  })

  test('reasons are told without words where the words do not fit', async () => {
    const peer = await client({ maximumPacketSize: 20 })
    peer.send(publishPacket('v1/devices/me/nothing', 'x', 1, { messageId: 1 }))
    const puback = await peer.expect({ cmd: 'puback', messageId: 1, reasonCode: 0x90 })
    expect(puback).not.toHaveProperty('properties.reasonString')
    peer.send(publishPacket('v1/devices/me/nothing', 'x', 2, { messageId: 2 }))
    const pubrec = await peer.expect({ cmd: 'pubrec', messageId: 2, reasonCode: 0x90 })
    expect(pubrec).not.toHaveProperty('properties.reasonString')
    peer.sendHex('f1')
    await peer.expectEnd(0x81)
  })
})

describe('the reasons of the server', () => {
  test('[MQTT-3.4.2-1 v5] [MQTT-3.5.2-1 v5] [MQTT-3.6.2-1 v5] [MQTT-3.7.2-1 v5] [MQTT-3.9.3-2 v5] [MQTT-3.11.3-2 v5] are those of the tables, whatever is refused', async () => {
    const username = await broker.device({ enabled: true, publishFilters: ['mine/#'], subscribeFilters: ['mine/#'] })
    const peer = await client({}, { username })
    const reasonsOf = async (topic: string, payload: string) => {
      peer.send(publishPacket(topic, payload, 1, { messageId: 1 }), publishPacket(topic, payload, 2, { messageId: 2 }))
      const puback = await peer.expect({ cmd: 'puback', messageId: 1 })
      const pubrec = await peer.expect({ cmd: 'pubrec', messageId: 2 })
      peer.send({ cmd: 'pubrel', messageId: 2 })
      await peer.expect({ cmd: 'pubcomp', messageId: 2 })
      return [puback, pubrec].map((packet) => (packet as { reasonCode?: number }).reasonCode ?? 0)
    }
    // Codes that are in no table are refused by the reader behind `expect`.
    expect(await reasonsOf('mine/a', 'x')).toEqual([0, 0])
    expect(await reasonsOf('theirs', 'x')).toEqual([0x87, 0x87])
    expect(await reasonsOf('v1/devices/me/nothing', 'x')).toEqual([0x90, 0x90])
    expect(await reasonsOf('v1/devices/me/telemetry', 'no json')).toEqual([0x99, 0x99])
    peer.send({ cmd: 'pubrec', messageId: 98 })
    await peer.expect({ cmd: 'pubrel', messageId: 98, reasonCode: 0x92 })
    const filters = ['mine/a', 'theirs', '$SYS/#', 'v1/nothing', '$share/g/theirs']
    peer.send({ cmd: 'subscribe', messageId: 3, subscriptions: filters.map((topic) => ({ topic, qos: 1 as const })) })
    const suback = (await peer.expect({ cmd: 'suback', messageId: 3 })) as { granted: number[] }
    expect(suback.granted[0]).toBe(1)
    expect(Math.min(...suback.granted.slice(1))).toBeGreaterThanOrEqual(0x80)
    peer.send({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: filters })
    const unsuback = (await peer.expect({ cmd: 'unsuback', messageId: 4 })) as { granted: number[] }
    expect(unsuback.granted).toHaveLength(filters.length)
    await peer.leave()
  })
})

describe('problem information', () => {
  test('[MQTT-3.1.2-29 v5] is left out of acknowledgements for a client that does not want it', async () => {
    const curious = await client()
    curious.send(publishPacket('v1/devices/me/nothing', 'x', 1))
    expect(await curious.expect({ cmd: 'puback' })).toHaveProperty('properties.reasonString')
    await curious.leave()
    const peer = await client({ requestProblemInformation: false })
    peer.send(publishPacket('v1/devices/me/nothing', 'x', 1))
    const puback = await peer.expect({ cmd: 'puback', reasonCode: 0x90 })
    expect(puback).not.toHaveProperty('properties.reasonString')
    expect(puback).not.toHaveProperty('properties.userProperties')
    peer.send({ cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: '$SYS/#', qos: 0 }] })
    expect(await peer.expect({ cmd: 'suback' })).not.toHaveProperty('properties.reasonString')
    await peer.leave()
  })
})

describe('subscription options', () => {
  test('[MQTT-3.8.3-3 v5] no local: what a client publishes does not come back to it', async () => {
    const peer = await client()
    const other = await client()
    const topic = unique()
    await subscribe(peer, topic, 1, { nl: true })
    await subscribe(other, topic, 1, { nl: true })
    await publish(peer, topic, 'mine', 1)
    await receive(other, { payload: bytes('mine') })
    await peer.expectSilence()
    await publish(other, topic, 'theirs', 1)
    await receive(peer, { payload: bytes('theirs') })
    await peer.leave()
    await other.leave()
  })

  test('[MQTT-3.3.1-13 v5] [MQTT-3.3.1-12 v5] retain as published keeps the flag, its absence clears it', async () => {
    const publisher = await client()
    const asPublished = await client()
    const plain = await client()
    const topic = unique()
    await subscribe(asPublished, topic, 1, { rap: true })
    await subscribe(plain, topic, 1, { rap: false })
    await publish(publisher, topic, 'kept', 1, { retain: true })
    await publish(publisher, topic, 'passing', 1)
    await receive(asPublished, { payload: bytes('kept'), retain: true })
    await receive(asPublished, { payload: bytes('passing'), retain: false })
    await receive(plain, { payload: bytes('kept'), retain: false })
    await receive(plain, { payload: bytes('passing'), retain: false })
    for (const peer of [publisher, asPublished, plain]) await peer.leave()
  })

  test('[MQTT-3.3.1-9 v5] [MQTT-3.3.1-10 v5] [MQTT-3.3.1-11 v5] retain handling says whether retained messages are sent', async () => {
    const publisher = await client()
    const topic = unique()
    await publish(publisher, topic, 'kept', 1, { retain: true })
    await publisher.leave()
    const peer = await client()
    await subscribe(peer, topic, 1, { rh: 2 })
    await peer.expectSilence()
    await subscribe(peer, topic, 1, { rh: 1 })
    await peer.expectSilence()
    await subscribe(peer, topic, 1, { rh: 0 })
    await receive(peer, { retain: true })
    await peer.leave()
    const fresh = await client()
    await subscribe(fresh, topic, 1, { rh: 1 })
    await receive(fresh, { retain: true })
    await fresh.leave()
  })

  test('[MQTT-3.3.4-3 v5] [MQTT-3.3.4-4 v5] [MQTT-3.3.4-5 v5] a message names the identifiers of the subscriptions it came by', async () => {
    const publisher = await client()
    const peer = await client()
    const place = unique()
    await subscribe(peer, `${place}/a`, 1, {}, { subscriptionIdentifier: 5 })
    await subscribe(peer, `${place}/+`, 1, {}, { subscriptionIdentifier: 268_435_455 })
    await subscribe(peer, `${place}/#`, 1)
    await publish(publisher, `${place}/a`, 'x', 1)
    const identifiers: number[] = []
    let packet = (await peer.next()) as Packet & {
      messageId?: number
      properties?: { subscriptionIdentifier?: number | number[] }
    }
    while (packet.cmd === 'publish') {
      identifiers.push(...[packet.properties?.subscriptionIdentifier ?? []].flat().map(Number))
      peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 }, { cmd: 'pingreq' })
      packet = await peer.next()
    }
    expect(identifiers.toSorted((one, other) => one - other)).toEqual([5, 268_435_455])
    await publisher.leave()
    await peer.vanish()
  })

  test('subscription identifier 0 is a protocol error', async () => {
    const peer = await client()
    peer.sendHex('82 0001 02 0b00 0001 61 00')
    await peer.expectEnd(0x82)
  })
})

describe('the receive maximum of a client', () => {
  test('[MQTT-3.3.4-9 v5] [MQTT-4.9.0-1 v5] [MQTT-4.9.0-2 v5] [MQTT-3.3.4-10 v5] [MQTT-4.9.0-3 v5] holds back messages, and nothing else', async () => {
    const publisher = await client()
    const peer = await client({ receiveMaximum: 2 })
    const topic = unique()
    await subscribe(peer, topic, 2)
    for (let n = 1; n <= 5; n++) await publish(publisher, topic, `${n}`, n % 2 === 0 ? 2 : 1)
    const first = (await peer.expect({ cmd: 'publish', payload: bytes('1') })) as { messageId: number }
    const second = (await peer.expect({ cmd: 'publish', payload: bytes('2') })) as { messageId: number }
    await peer.expectSilence()
    await publish(peer, unique(), 'still goes', 1)
    peer.send({ cmd: 'puback', messageId: first.messageId })
    await peer.expect({ cmd: 'publish', payload: bytes('3') })
    peer.send({ cmd: 'pubrec', messageId: second.messageId })
    await peer.expect({ cmd: 'pubrel', messageId: second.messageId })
    // The exchange holds its place until PUBCOMP.
    await peer.expectSilence()
    peer.send({ cmd: 'pubcomp', messageId: second.messageId })
    await peer.expect({ cmd: 'publish', payload: bytes('4') })
    await publisher.leave()
    await peer.vanish()
  })

  test('more publishes of a client than the server’s receive maximum end the connection with 0x93', async () => {
    const peer = await client()
    const { properties } = peer.connack as { properties?: { receiveMaximum?: number } }
    const maximum = properties?.receiveMaximum ?? 65_535
    const packets = Array.from({ length: maximum + 1 }, (_, n) => publishPacket('t', 'x', 2, { messageId: n + 1 }))
    peer.send(...packets)
    let packet = await peer.next()
    while (packet.cmd === 'pubrec') packet = await peer.next()
    expect(packet).toMatchObject({ cmd: 'disconnect', reasonCode: 0x93 })
  })
})
