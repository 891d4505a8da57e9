import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectPacket } from '../../../testing/raw-mqtt.ts'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { hexText as text, protocolName as mqtt } from './hex.ts'

const topic = text('a/b')

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

describe('a CONNECT that is not as it should be', () => {
  test.each([
    ['[MQTT-3.1.0-1 v3] another packet first', `30 ${topic} 78`],
    ['[MQTT-3.1.0-1 v3] a PINGREQ first', 'c0'],
    ['[MQTT-3.1.2-1 v3] another protocol name', '10 0004 4d515455 04 02 0000 0001 61'],
    ['[MQTT-3.1.2-3 v3] the reserved flag', `10 ${mqtt} 04 03 0000 0001 61`],
    ['[MQTT-2.2.2-1 v3] [MQTT-2.2.2-2 v3] header flags', `11 ${mqtt} 04 02 0000 0001 61`],
    ['[MQTT-3.1.2-14 v3] will QoS 3', `10 ${mqtt} 04 1e 0000 0001 61 ${topic} 0000`],
    ['[MQTT-3.1.2-13 v3] [MQTT-3.1.2-11 v3] will QoS without a will', `10 ${mqtt} 04 0a 0000 0001 61`],
    ['[MQTT-3.1.2-15 v3] will retain without a will', `10 ${mqtt} 04 22 0000 0001 61`],
    ['[MQTT-3.1.2-9 v3] a will that is missing', `10 ${mqtt} 04 06 0000 0001 61`],
    ['[MQTT-3.1.2-11 v3] a will that was not announced', `10 ${mqtt} 04 02 0000 0001 61 ${topic} 0001 78`],
    ['[MQTT-3.1.2-22 v3] a password without a user name', `10 ${mqtt} 04 42 0000 0001 61 0001 70`],
    ['[MQTT-3.1.2-18 v3] a user name that was not announced', `10 ${mqtt} 04 02 0000 0001 61 0001 75`],
    ['[MQTT-3.1.2-19 v3] a user name that is missing', `10 ${mqtt} 04 82 0000 0001 61`],
    ['[MQTT-3.1.2-20 v3] a password that was not announced', `10 ${mqtt} 04 82 0000 0001 61 0001 75 0001 70`],
    ['[MQTT-3.1.2-21 v3] a password that is missing', `10 ${mqtt} 04 c2 0000 0001 61 0001 75`],
    ['[MQTT-3.1.3-3 v3] a client id that is missing', `10 ${mqtt} 04 02 0000`],
    ['[MQTT-3.1.3-4 v3] [MQTT-1.5.3-1 v3] a client id that is not UTF-8', `10 ${mqtt} 04 02 0000 0002 c328`],
    ['[MQTT-1.5.3-1 v3] a surrogate', `10 ${mqtt} 04 02 0000 0003 eda080`],
    ['[MQTT-1.5.3-2 v3] U+0000', `10 ${mqtt} 04 02 0000 0001 00`],
    ['[MQTT-3.1.3-10 v3] a will topic that is not UTF-8', `10 ${mqtt} 04 06 0000 0001 61 0002 c328 0000`],
    ['[MQTT-3.1.3-11 v3] a user name that is not UTF-8', `10 ${mqtt} 04 82 0000 0001 61 0002 c328`],
    ['[MQTT-3.1.4-1 v3] [MQTT-3.2.2-6 v3] the end of a packet in the middle of a field', `10 ${mqtt} 04 02 00`],
  ])('%s closes the connection without a CONNACK', async (_clause, bytes) => {
    const peer = await broker.socket(4)
    peer.sendHex(bytes)
    await peer.expectEnd()
  })

  test('[MQTT-3.1.2-2 v3] an unknown level is answered with code 1 and closed', async () => {
    const peer = await broker.socket(4)
    peer.sendHex(`10 ${mqtt} 02 02 0000 0001 61`)
    await peer.expect({ cmd: 'connack', returnCode: 1, sessionPresent: false })
    await peer.expectEnd()
  })

  test('[MQTT-3.1.3-8 v3] [MQTT-3.1.3-9 v3] an empty client id with clean session 0 is answered with code 2 and closed', async () => {
    const peer = await broker.socket(4)
    peer.sendHex(`10 ${mqtt} 04 80 0000 0000 ${text(await broker.device())}`)
    await peer.expect({ cmd: 'connack', returnCode: 2, sessionPresent: false })
    await peer.expectEnd()
  })

  test('[MQTT-3.2.2-4 v3] [MQTT-3.2.2-5 v3] a refusal has no session and closes', async () => {
    const peer = await broker.socket(4)
    peer.send(connectPacket(4, { username: 'nobody' }))
    await peer.expect({ cmd: 'connack', returnCode: 5, sessionPresent: false })
    await peer.expectEnd()
  })
})

describe('a CONNECT that is accepted', () => {
  test('[MQTT-3.1.4-4 v3] [MQTT-3.2.0-1 v3] [MQTT-3.2.2-1 v3] [MQTT-3.1.3-1 v3] is answered with CONNACK 0 first of all', async () => {
    const device = await broker.device()
    const peer = await broker.socket(4)
    const will = { topic: 'w', payload: Buffer.from('x'), qos: 1, retain: false } as const
    peer.send(connectPacket(4, { clientId: 'c', username: device, password: Buffer.from(''), will }), {
      cmd: 'pingreq',
    })
    await peer.expect({ cmd: 'connack', returnCode: 0, sessionPresent: false })
    await peer.expect({ cmd: 'pingresp' })
    await peer.leave()
  })

  test('[MQTT-3.1.3-6 v3] takes an empty client id with clean session, of two devices at a time', async () => {
    const one = await broker.client(4, { clientId: '' })
    const other = await broker.client(4, { clientId: '' })
    await one.expectSilence()
    await other.expectSilence()
    await one.leave()
    await other.leave()
  })

  test('[MQTT-3.1.4-2 v3] ends the older connection of the same client', async () => {
    const username = await broker.device()
    const older = await broker.client(4, { username, clientId: 'same' })
    const newer = await broker.client(4, { username, clientId: 'same' })
    await older.expectEnd()
    await newer.expectSilence()
    await newer.leave()
  })

  test('[MQTT-3.1.0-2 v3] [MQTT-4.8.0-1 v3] ends with a second one', async () => {
    const peer = await broker.client(4)
    peer.send(connectPacket(4))
    await peer.expectEnd()
  })

  test('[MQTT-3.1.2-24 v3] ends after one and a half keep alives of silence', async () => {
    const since = performance.now()
    const peer = await broker.client(4, { keepalive: 1 })
    await peer.expectEnd()
    expect(performance.now() - since).toBeGreaterThan(1_400)
    expect(performance.now() - since).toBeLessThan(4_000)
  })
})

describe('a packet that is not as it should be', () => {
  test.each([
    ['[MQTT-2.2.2-2 v3] packet type 0', '00'],
    ['[MQTT-2.2.2-2 v3] packet type 15', 'f0'],
    ['[MQTT-2.2.2-2 v3] PINGREQ with flags', 'c1'],
    ['[MQTT-3.3.1-4 v3] QoS 3', `36 ${topic} 0001 78`],
    ['[MQTT-2.3.1-1 v3] PUBLISH with identifier 0', `32 ${topic} 0000 78`],
    ['[MQTT-2.3.1-1 v3] SUBSCRIBE with identifier 0', `82 0000 ${topic} 00`],
    ['[MQTT-2.3.1-1 v3] UNSUBSCRIBE with identifier 0', `a2 0000 ${topic}`],
    ['[MQTT-3.3.2-1 v3] a topic that is not UTF-8', '30 0002 c328 78'],
    ['[MQTT-3.3.2-2 v3] [MQTT-4.7.1-1 v3] a topic with #', `30 ${text('a/#')} 78`],
    ['[MQTT-3.3.2-2 v3] [MQTT-4.7.1-1 v3] a topic with +', `30 ${text('+/b')} 78`],
    ['[MQTT-4.7.3-1 v3] an empty topic', '30 0000 78'],
    ['[MQTT-4.7.3-2 v3] a topic with U+0000', '30 0003 610062 78'],
    ['[MQTT-3.6.1-1 v3] PUBREL with flags 0', '60 0001'],
    ['[MQTT-3.8.1-1 v3] SUBSCRIBE with flags 0', `80 0001 ${topic} 00`],
    ['[MQTT-3.8.3-1 v3] a filter that is not UTF-8', '82 0001 0002 c328 00'],
    ['[MQTT-3.8.3-3 v3] SUBSCRIBE without filters', '82 0001'],
    ['[MQTT-3.8.3-4 v3] SUBSCRIBE with QoS 3', `82 0001 ${topic} 03`],
    ['[MQTT-3.8.3-4 v3] SUBSCRIBE with reserved bits', `82 0001 ${topic} 04`],
    ['[MQTT-4.7.1-2 v3] # in the middle', `82 0001 ${text('a/#/b')} 00`],
    ['[MQTT-4.7.1-2 v3] # behind other characters', `82 0001 ${text('a#')} 00`],
    ['[MQTT-4.7.1-3 v3] + beside other characters', `82 0001 ${text('a+/b')} 00`],
    ['[MQTT-4.7.3-1 v3] an empty filter', '82 0001 0000 00'],
    ['[MQTT-4.7.3-2 v3] a filter with U+0000', '82 0001 0003 610062 00'],
    ['[MQTT-3.10.1-1 v3] UNSUBSCRIBE with flags 0', `a0 0001 ${topic}`],
    ['[MQTT-3.10.3-1 v3] UNSUBSCRIBE with a filter that is not UTF-8', 'a2 0001 0002 c328'],
    ['[MQTT-3.10.3-2 v3] UNSUBSCRIBE without filters', 'a2 0001'],
    ['[MQTT-4.8.0-1 v3] a packet only servers send', 'd0'],
    ['[MQTT-4.8.0-1 v3] a CONNACK', '20 0000'],
  ])('%s closes the connection', async (_clause, bytes) => {
    const peer = await broker.client(4)
    peer.sendHex(bytes)
    await peer.expectEnd()
  })

  test('[MQTT-3.14.1-1 v3] DISCONNECT with flags is none: the connection closes, and the will is published', async () => {
    const place = `flags/${randomUUID()}`
    const watcher = await broker.client(4)
    watcher.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: place, qos: 0 }] })
    await watcher.expect({ cmd: 'suback', granted: [0] })
    const peer = await broker.client(4, { will: { topic: place, payload: Buffer.from('x'), qos: 0, retain: false } })
    peer.sendHex('e1')
    await peer.expectEnd()
    await watcher.expect({ cmd: 'publish', topic: place })
    await watcher.leave()
  })

  test('it closes its own connection and nobody else’s', async () => {
    const neighbour = await broker.client(4)
    const peer = await broker.client(4)
    peer.sendHex('f0')
    await peer.expectEnd()
    await neighbour.expectSilence()
    await neighbour.leave()
  })
})

describe('answers', () => {
  test('[MQTT-3.8.4-1 v3] [MQTT-3.8.4-2 v3] [MQTT-2.3.1-7 v3] [MQTT-3.8.4-5 v3] [MQTT-3.9.3-1 v3] [MQTT-3.9.3-2 v3] [MQTT-3.8.3-2 v3] SUBACK has the identifier, and a code for each filter in their order', async () => {
    const peer = await broker.client(4)
    const subscriptions = [
      { topic: 'a/b', qos: 0 },
      { topic: '+/b/#', qos: 1 },
      { topic: '#', qos: 2 },
      { topic: '$SYS/#', qos: 1 },
    ] as const
    peer.send({ cmd: 'subscribe', messageId: 4_711, subscriptions: [...subscriptions] })
    await peer.expect({ cmd: 'suback', messageId: 4_711, granted: [0, 1, 2, 128] })
    await peer.leave()
  })

  test('[MQTT-3.10.4-4 v3] [MQTT-3.10.4-5 v3] [MQTT-2.3.1-7 v3] UNSUBACK has the identifier, also when nothing ends', async () => {
    const peer = await broker.client(4)
    peer.send({ cmd: 'unsubscribe', messageId: 65_535, unsubscriptions: ['never/subscribed'] })
    await peer.expect({ cmd: 'unsuback', messageId: 65_535 })
    await peer.leave()
  })

  test('[MQTT-3.3.4-1 v3] [MQTT-2.3.1-6 v3] [MQTT-4.3.2-2 v3] [MQTT-4.3.3-2 v3] a PUBLISH is answered as its QoS asks', async () => {
    const peer = await broker.client(4)
    const publish = { cmd: 'publish', topic: 'a/b', payload: 'x', dup: false, retain: false } as const
    peer.send({ ...publish, qos: 0 })
    await peer.expectSilence()
    peer.send({ ...publish, qos: 1, messageId: 7 })
    await peer.expect({ cmd: 'puback', messageId: 7 })
    peer.send({ ...publish, qos: 2, messageId: 8 })
    await peer.expect({ cmd: 'pubrec', messageId: 8 })
    peer.send({ cmd: 'pubrel', messageId: 8 })
    await peer.expect({ cmd: 'pubcomp', messageId: 8 })
    await peer.leave()
  })

  test('[MQTT-3.3.5-2 v3] a publish that is not permitted is acknowledged, and reaches nobody', async () => {
    const watcher = await broker.client(4)
    const place = `allowed/${randomUUID()}`
    watcher.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 0 }] })
    await watcher.expect({ cmd: 'suback', granted: [0] })
    const rights = { enabled: true, publishFilters: [`${place}/+`], subscribeFilters: [] }
    const peer = await broker.client(4, { username: await broker.device(rights) })
    const publish = { cmd: 'publish', payload: 'x', qos: 1, dup: false, retain: false } as const
    peer.send({ ...publish, topic: 'elsewhere', messageId: 1 }, { ...publish, topic: `${place}/a`, messageId: 2 })
    await peer.expect({ cmd: 'puback', messageId: 1 })
    await peer.expect({ cmd: 'puback', messageId: 2 })
    await watcher.expect({ cmd: 'publish', topic: `${place}/a` })
    await watcher.expectSilence()
    await peer.leave()
    await watcher.leave()
  })

  test('[MQTT-2.3.1-5 v3] a PUBLISH with QoS 0 has no identifier: its first bytes are the message', async () => {
    const place = `plain/${randomUUID()}`
    const peer = await broker.client(4)
    peer.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: place, qos: 0 }] })
    await peer.expect({ cmd: 'suback' })
    peer.sendHex(`30 ${text(place)} 0001`)
    await peer.expect({ cmd: 'publish', topic: place, qos: 0, payload: Buffer.from([0, 1]) })
    await peer.leave()
  })
})
