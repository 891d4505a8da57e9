import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { IConnectPacket } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { publish, receive, subscribe } from './exchanges.ts'

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

const unique = () => `t/${randomUUID()}`
const bytes = (text: string) => Buffer.from(text)

describe.each([4, 5] as const)('wills, version %i', (version) => {
  const watcherOf = async (topic: string) => {
    const watcher = await broker.client(version)
    await subscribe(watcher, topic, 2)
    return watcher
  }
  const withWill = (topic: string, more: Record<string, unknown> = {}, connect: Partial<IConnectPacket> = {}) =>
    broker.client(version, {
      will: { topic, payload: bytes('gone'), qos: 1, retain: false, ...more },
      ...connect,
    } as Partial<IConnectPacket>)

  test.each([0, 1, 2] as const)(
    '[MQTT-3.1.2-8 v3] [MQTT-3.1.2-9 v3] [MQTT-3.1.2-16 v3] [MQTT-3.1.2-7 v5] [MQTT-3.1.2-8 v5] [MQTT-3.1.2-9 v5] [MQTT-3.1.2-14 v5] is published with its QoS (%i) when the connection breaks',
    async (qos) => {
      const topic = unique()
      const watcher = await watcherOf(topic)
      const client = await withWill(topic, { qos })
      await client.vanish()
      await receive(watcher, { topic, payload: bytes('gone'), qos, retain: false })
      const late = await watcherOf(topic)
      await late.expectSilence()
      await late.leave()
      await watcher.leave()
    },
  )

  test('[MQTT-3.1.2-8 v3] [MQTT-3.1.2-8 v5] is published when the keep alive is over', async () => {
    const topic = unique()
    const watcher = await watcherOf(topic)
    await withWill(topic, {}, { keepalive: 1 })
    await receive(watcher, { payload: bytes('gone') })
    await watcher.leave()
  })

  test('[MQTT-3.1.2-8 v3] [MQTT-3.1.2-8 v5] is published when the client breaks the protocol', async () => {
    const topic = unique()
    const watcher = await watcherOf(topic)
    const client = await withWill(topic)
    client.sendHex('f5')
    await receive(watcher, { payload: bytes('gone') })
    await watcher.leave()
  })

  test('[MQTT-3.1.2-17 v3] [MQTT-3.1.2-15 v5] with retain is kept', async () => {
    const topic = unique()
    const standing = await watcherOf(topic)
    const client = await withWill(topic, { retain: true })
    await client.vanish()
    await receive(standing, { payload: bytes('gone'), retain: false })
    const late = await watcherOf(topic)
    await receive(late, { payload: bytes('gone'), retain: true })
    await standing.leave()
    await late.leave()
    const cleaner = await broker.client(version)
    await publish(cleaner, topic, '', 1, { retain: true })
    await cleaner.leave()
  })

  test('[MQTT-3.1.2-10 v3] [MQTT-3.14.4-3 v3] [MQTT-3.1.2-10 v5] [MQTT-3.14.4-3 v5] is forgotten with DISCONNECT', async () => {
    const topic = unique()
    const watcher = await watcherOf(topic)
    const client = await withWill(topic)
    await client.leave()
    const marker = await broker.client(version)
    await publish(marker, topic, 'marker', 1)
    await receive(watcher, { payload: bytes('marker') })
    await watcher.expectSilence()
    await marker.leave()
    await watcher.leave()
  })

  test('[MQTT-3.1.2-10 v3] [MQTT-3.1.2-10 v5] is published once', async () => {
    const topic = unique()
    const username = await broker.device()
    const watcher = await watcherOf(topic)
    const client = await withWill(topic, {}, { username })
    await client.vanish()
    await receive(watcher, { payload: bytes('gone') })
    const again = await broker.client(version, { username })
    await again.vanish()
    const marker = await broker.client(version)
    await publish(marker, topic, 'marker', 1)
    await receive(watcher, { payload: bytes('marker') })
    await marker.leave()
    await watcher.leave()
  })

  test('[MQTT-3.1.2-12 v3] without one nothing is published', async () => {
    const watcher = await watcherOf('#')
    const client = await broker.client(version)
    await client.vanish()
    const marker = await broker.client(version)
    const topic = unique()
    await publish(marker, topic, 'marker', 1)
    await receive(watcher, { topic })
    await marker.leave()
    await watcher.vanish()
  })
})

describe('wills of version 5', () => {
  const properties = { sessionExpiryInterval: 600 }

  test('is published after DISCONNECT with will (0x04)', async () => {
    const topic = unique()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 1)
    const client = await broker.client(5, { will: { topic, payload: bytes('gone'), qos: 1, retain: false } })
    await client.leave({ reasonCode: 4 })
    await receive(watcher, { payload: bytes('gone') })
    await watcher.leave()
  })

  test('[MQTT-3.1.2-8 v5] waits for its delay', async () => {
    const topic = unique()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 1)
    const will = { topic, payload: bytes('gone'), qos: 1, retain: false, properties: { willDelayInterval: 1 } } as const
    const client = await broker.client(5, { clean: false, properties, will })
    await client.vanish()
    const since = performance.now()
    await watcher.expectSilence()
    await receive(watcher, { payload: bytes('gone') })
    expect(performance.now() - since).toBeGreaterThan(900)
    await watcher.leave()
  })

  test('[MQTT-3.1.3-9 v5] is not sent when its client is back within the delay', async () => {
    const topic = unique()
    const username = await broker.device()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 1)
    const will = { topic, payload: bytes('gone'), qos: 1, retain: false, properties: { willDelayInterval: 1 } } as const
    const client = await broker.client(5, { username, clientId: 'c', clean: false, properties, will })
    await client.vanish()
    const back = await broker.client(5, { username, clientId: 'c', clean: false, properties })
    const since = performance.now()
    await waitFor(() => performance.now() - since > 1_500)
    const marker = await broker.client(5)
    await publish(marker, topic, 'marker', 1)
    await receive(watcher, { payload: bytes('marker') })
    await back.leave()
    await marker.leave()
    await watcher.leave()
  })

  test('[MQTT-3.1.2-8 v5] is published at once when the session ends before the delay', async () => {
    const topic = unique()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 1)
    const will = {
      topic,
      payload: bytes('gone'),
      qos: 1,
      retain: false,
      properties: { willDelayInterval: 600 },
    } as const
    const client = await broker.client(5, { will })
    await client.vanish()
    await receive(watcher, { payload: bytes('gone') })
    await watcher.leave()
  })

  test('[MQTT-3.1.3-10 v5] keeps its user properties in their order', async () => {
    const topic = unique()
    const watcher = await broker.client(5)
    await subscribe(watcher, topic, 1)
    const userProperties = { z: ['1', '3'], a: '2' }
    const will = { topic, payload: bytes('gone'), qos: 1, retain: false, properties: { userProperties } } as const
    const client = await broker.client(5, { will: will as NonNullable<IConnectPacket['will']> })
    await client.vanish()
    const packet = await receive(watcher, { payload: bytes('gone') })
    expect(packet.properties?.userProperties).toEqual({ z: ['1', '3'], a: '2' })
    expect(Object.keys(packet.properties?.userProperties ?? {})).toEqual(['z', 'a'])
    await watcher.leave()
  })
})
