import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { IConnectPacket, Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrokerUnderTest, brokerUnderTest, type Peer } from './broker-under-test.ts'
import { publish, receive, subscribe } from './exchanges.ts'

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

const unique = () => `t/${randomUUID()}`
const bytes = (text: string) => Buffer.from(text)
const client = (properties: IConnectPacket['properties'] = {}, more: Partial<IConnectPacket> = {}) =>
  broker.client(5, { properties, ...more } as Partial<IConnectPacket>)

describe('shared subscriptions', () => {
  test('[MQTT-4.8.2-1 v5] [MQTT-4.8.2-3 v5] each message goes to one of the group, with its granted QoS', async () => {
    const publisher = await client()
    const members = [await client(), await client()]
    const outside = await client()
    const topic = unique()
    for (const member of members) expect(await subscribe(member, `$share/group/${topic}`, 1)).toEqual([1])
    await subscribe(outside, topic, 0)
    const counts = [0, 0]
    const collect = members.map(async (member, index) => {
      for (;;) {
        const packet = await member.next().catch(() => null)
        if (packet?.cmd !== 'publish') return
        expect(packet.qos).toBe(1)
        counts[index] = (counts[index] ?? 0) + 1
        member.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
      }
    })
    for (let n = 0; n < 20; n++) await publish(publisher, topic, `${n}`, 2)
    for (let n = 0; n < 20; n++) await receive(outside, { payload: bytes(`${n}`) })
    await waitFor(() => (counts[0] ?? 0) + (counts[1] ?? 0) === 20)
    expect(Math.min(...counts)).toBeGreaterThan(0)
    for (const member of members) await member.vanish()
    await Promise.all(collect)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
    await publisher.leave()
    await outside.leave()
  })

  /** The payloads that come before the marker, none of them acknowledged unless with a reason. */
  const untilMarker = async (peer: Peer, topic: string, reasonCode?: number): Promise<string[]> => {
    const met: string[] = []
    for (;;) {
      const packet = (await peer.expect({ cmd: 'publish' })) as Extract<Packet, { cmd: 'publish' }>
      if (packet.topic === topic) return met
      met.push(packet.payload.toString())
      if (reasonCode !== undefined) peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode })
    }
  }

  test('[MQTT-4.8.2-6 v5] a message that was refused goes to nobody else', async () => {
    const publisher = await client()
    const members = [await client(), await client()]
    const [topic, marker] = [unique(), unique()]
    for (const member of members) {
      await subscribe(member, `$share/group/${topic}`, 1)
      await subscribe(member, marker, 0)
    }
    await publish(publisher, topic, 'x', 1)
    await publish(publisher, marker, '', 1)
    const first = await Promise.all(members.map((member) => untilMarker(member, marker, 0x83)))
    expect(first.flat()).toEqual(['x'])
    await publish(publisher, marker, '', 1)
    const second = await Promise.all(members.map((member) => untilMarker(member, marker)))
    expect(second.flat()).toEqual([])
    for (const peer of [publisher, ...members]) await peer.leave()
  })

  test('[MQTT-4.8.2-4 v5] [MQTT-4.8.2-5 v5] a message that was begun with a client is completed with it, and ends with its session', async () => {
    const publisher = await client()
    const session = { username: await broker.device(), clientId: 'c', clean: false }
    const properties = { sessionExpiryInterval: 600 }
    const first = await client(properties, session)
    const [topic, marker] = [unique(), unique()]
    await subscribe(first, `$share/group/${topic}`, 2)
    // With QoS 1 it stands in one line with the messages that are kept for the session.
    await subscribe(first, marker, 1)
    await publish(publisher, topic, 'x', 2)
    const { messageId } = (await first.expect({ cmd: 'publish', qos: 2 })) as { messageId: number }
    await first.vanish()
    const other = await client()
    await subscribe(other, `$share/group/${topic}`, 1)
    await subscribe(other, marker, 0)
    const back = await client(properties, session)
    await receive(back, { messageId, dup: true })
    for (const payload of ['y', 'z']) await publish(publisher, topic, payload, 2)
    await publish(publisher, marker, '', 1)
    const shares = await Promise.all([untilMarker(back, marker), untilMarker(other, marker, 0)])
    expect(shares.flat().toSorted()).toEqual(['y', 'z'])
    await back.vanish()
    const clean = await client({}, { ...session, clean: true })
    await publish(publisher, marker, '', 1)
    expect(await untilMarker(other, marker)).toEqual([])
    for (const peer of [publisher, other, clean]) await peer.leave()
  })
})
