import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { IConnectPacket } from 'mqtt-packet'
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

describe.each([4, 5] as const)('sessions, version %i', (version) => {
  /** A session that outlives its connection. */
  const kept = (username: string, clientId = 'kept', more: Partial<IConnectPacket> = {}) =>
    broker.client(version, {
      username,
      clientId,
      clean: false,
      ...(version === 5 && { properties: { sessionExpiryInterval: 600 } }),
      ...more,
    })

  test('[MQTT-3.1.2-4 v3] [MQTT-3.2.2-2 v3] [MQTT-3.2.2-3 v3] [MQTT-3.1.3-2 v3] [MQTT-3.1.2-5 v5] [MQTT-3.1.2-6 v5] [MQTT-3.2.2-3 v5] [MQTT-3.1.3-2 v5] [MQTT-3.1.2-23 v5] is made, goes on by its client id, and is told of', async () => {
    const username = await broker.device()
    const first = await kept(username)
    expect(first.connack).toMatchObject({ sessionPresent: false })
    const topic = unique()
    await subscribe(first, topic, 1)
    await first.leave()
    const second = await kept(username)
    expect(second.connack).toMatchObject({ sessionPresent: true })
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'x', 1)
    await receive(second, { topic, qos: 1 })
    await second.leave()
    const other = await kept(username, 'another id')
    expect(other.connack).toMatchObject({ sessionPresent: false })
    await other.leave()
    await publisher.leave()
  })

  test('[MQTT-3.1.2-5 v3] [MQTT-4.5.0-1 v3] [MQTT-4.1.0-1 v3] [MQTT-4.5.0-1 v5] keeps QoS 1 and 2 messages while its client is away, in their order', async () => {
    const username = await broker.device()
    const topic = unique()
    const first = await kept(username)
    await subscribe(first, topic, 2)
    await first.vanish()
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'one', 1)
    await publish(publisher, topic, 'two', 2)
    await publish(publisher, topic, 'three', 1)
    const second = await kept(username)
    await receive(second, { payload: bytes('one'), qos: 1 })
    await receive(second, { payload: bytes('two'), qos: 2 })
    await receive(second, { payload: bytes('three'), qos: 1 })
    await second.expectSilence()
    await second.leave()
    await publisher.leave()
  })

  test('[MQTT-3.1.2-6 v3] [MQTT-3.1.4-3 v3] [MQTT-3.2.2-1 v3] [MQTT-3.1.2-4 v5] [MQTT-3.1.4-4 v5] [MQTT-3.2.2-2 v5] a clean start drops what there was', async () => {
    const username = await broker.device()
    const topic = unique()
    const first = await kept(username)
    await subscribe(first, topic, 1)
    await first.vanish()
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'x', 1)
    const clean = await kept(username, 'kept', { clean: true })
    expect(clean.connack).toMatchObject({ sessionPresent: false })
    await publish(publisher, topic, 'y', 1)
    await clean.expectSilence()
    await clean.leave()
    await publisher.leave()
  })

  test('[MQTT-4.4.0-1 v3] [MQTT-3.3.1-1 v3] [MQTT-2.3.1-4 v3] [MQTT-4.4.0-1 v5] [MQTT-3.3.1-1 v5] [MQTT-4.3.2-3 v5] [MQTT-4.3.3-3 v5] what was not acknowledged is sent again on reconnect, with its identifier and DUP', async () => {
    const username = await broker.device()
    const topic = unique()
    const first = await kept(username)
    await subscribe(first, topic, 2)
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'one', 1)
    await publish(publisher, topic, 'two', 2)
    const ids = [
      await first.expect({ cmd: 'publish', dup: false }),
      await first.expect({ cmd: 'publish', dup: false }),
    ].map((packet) => (packet as { messageId: number }).messageId)
    // At no other time.
    await first.expectSilence()
    await first.vanish()
    const second = await kept(username)
    await receive(second, { payload: bytes('one'), dup: true, messageId: ids[0] })
    await receive(second, { payload: bytes('two'), dup: true, messageId: ids[1] })
    await second.vanish()
    const third = await kept(username)
    await third.expectSilence()
    await third.leave()
    await publisher.leave()
  })

  test('[MQTT-4.4.0-1 v3] [MQTT-4.3.3-1 v3] [MQTT-4.3.3-5 v5] [MQTT-4.3.3-6 v5] PUBREL is sent again on reconnect, and not the PUBLISH', async () => {
    const username = await broker.device()
    const topic = unique()
    const first = await kept(username)
    await subscribe(first, topic, 2)
    const publisher = await broker.client(version)
    await publish(publisher, topic, 'x', 2)
    const { messageId } = (await first.expect({ cmd: 'publish', qos: 2 })) as { messageId: number }
    first.send({ cmd: 'pubrec', messageId })
    await first.expect({ cmd: 'pubrel', messageId })
    await first.vanish()
    const second = await kept(username)
    await second.expect({ cmd: 'pubrel', messageId })
    second.send({ cmd: 'pubcomp', messageId })
    await second.expectSilence()
    await second.leave()
    await publisher.leave()
  })

  test('[MQTT-4.3.3-2 v3] [MQTT-4.3.3-10 v5] a QoS 2 identifier of the client is known after a reconnect', async () => {
    const username = await broker.device()
    const topic = unique()
    const watcher = await broker.client(version)
    await subscribe(watcher, topic, 0)
    const first = await kept(username)
    const packet = publishPacket(topic, 'once', 2)
    first.send(packet)
    await first.expect({ cmd: 'pubrec', messageId: packet.messageId })
    await first.vanish()
    const second = await kept(username)
    second.send({ ...packet, dup: true })
    await second.expect({ cmd: 'pubrec', messageId: packet.messageId })
    second.send({ cmd: 'pubrel', messageId: packet.messageId ?? 0 })
    await second.expect({ cmd: 'pubcomp', messageId: packet.messageId })
    await receive(watcher, { payload: bytes('once') })
    await watcher.expectSilence()
    await watcher.leave()
    await second.leave()
  })

  test('[MQTT-4.1.0-2 v3] [MQTT-4.1.0-1 v5] lasts as long as its connection, also when it was to be clean', async () => {
    const subscriber = await broker.client(version, { clean: true })
    const publisher = await broker.client(version)
    const topic = unique()
    await subscribe(subscriber, topic, 1)
    for (const payload of ['a', 'b', 'c']) {
      await publish(publisher, topic, payload, 1)
      await receive(subscriber, { payload: bytes(payload) })
    }
    await subscriber.leave()
    await publisher.leave()
  })
})

describe('sessions of version 5', () => {
  const client = (username: string, clean: boolean, sessionExpiryInterval?: number) =>
    broker.client(5, {
      username,
      clientId: 'mine',
      clean,
      ...(sessionExpiryInterval !== undefined && { properties: { sessionExpiryInterval } }),
    })

  test('[MQTT-4.1.0-2 v5] a session without an expiry ends with its connection', async () => {
    const username = await broker.device()
    const first = await client(username, false)
    await subscribe(first, unique(), 1)
    await first.leave()
    const second = await client(username, false)
    expect(second.connack).toMatchObject({ sessionPresent: false })
    await second.leave()
  })

  test('[MQTT-4.1.0-2 v5] [MQTT-3.1.2-23 v5] a session ends when its expiry has passed, and not before', async () => {
    const username = await broker.device()
    const isPresent = async () => {
      const peer = await client(username, false, 1)
      const { sessionPresent } = peer.connack as { sessionPresent: boolean }
      await peer.leave()
      return sessionPresent
    }
    expect(await isPresent()).toBe(false)
    expect(await isPresent()).toBe(true)
    const since = performance.now()
    // Each look makes it anew or begins its second again; the look after more than one second finds none.
    await waitFor(() => performance.now() - since > 1_300)
    expect(await isPresent()).toBe(false)
  })

  test('[MQTT-4.1.0-2 v5] DISCONNECT may shorten the expiry', async () => {
    const username = await broker.device()
    const first = await client(username, false, 600)
    await subscribe(first, unique(), 1)
    await first.leave({ reasonCode: 0, properties: { sessionExpiryInterval: 0 } })
    const second = await client(username, false, 600)
    expect(second.connack).toMatchObject({ sessionPresent: false })
    await second.leave()
  })

  test('[MQTT-4.4.0-2 v5] what was refused by PUBACK or PUBREC is not sent again', async () => {
    const username = await broker.device()
    const topic = unique()
    const first = await client(username, false, 600)
    await subscribe(first, topic, 2)
    const publisher = await broker.client(5)
    await publish(publisher, topic, 'one', 1)
    await publish(publisher, topic, 'two', 2)
    const one = (await first.expect({ cmd: 'publish', qos: 1 })) as { messageId: number }
    const two = (await first.expect({ cmd: 'publish', qos: 2 })) as { messageId: number }
    first.send({ cmd: 'puback', messageId: one.messageId, reasonCode: 0x83 })
    first.send({ cmd: 'pubrec', messageId: two.messageId, reasonCode: 0x83 })
    await first.expectSilence()
    await first.vanish()
    const second = await client(username, false, 600)
    await second.expectSilence()
    await second.leave()
    await publisher.leave()
  })

  test('[MQTT-4.3.3-9 v5] after a refusing PUBREC the identifier stands for a new message', async () => {
    const peer = await broker.client(5)
    const refused = publishPacket('v1/devices/me/nothing', 'x', 2, { messageId: 5 })
    peer.send(refused)
    const answer = (await peer.expect({ cmd: 'pubrec', messageId: 5 })) as { reasonCode?: number }
    expect(answer.reasonCode).toBeGreaterThanOrEqual(0x80)
    const topic = unique()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 0)
    await publish(peer, topic, 'new', 2, { messageId: 5 })
    await receive(watcher, { payload: bytes('new') })
    await watcher.leave()
    await peer.leave()
  })
})
