import { randomUUID } from 'node:crypto'
import type { Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectPacket } from '../../../testing/raw-mqtt.ts'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { hexText as text, protocolName as mqtt } from './hex.ts'

const topic = text('a/b')

const malformed = 0x81
const protocolError = 0x82

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

describe('a CONNECT that is not as it should be', () => {
  test.each([
    ['[MQTT-3.1.0-1 v5] another packet first', `30 ${topic} 00 78`],
    ['[MQTT-3.1.0-1 v5] [MQTT-3.14.0-1 v5] a PINGREQ first', 'c0'],
    ['[MQTT-3.1.2-1 v5] another protocol name', '10 0004 4d515455 05 02 0000 00 0001 61'],
    ['[MQTT-2.1.3-1 v5] header flags', `11 ${mqtt} 05 02 0000 00 0001 61`],
  ])('%s closes the connection', async (_clause, bytes) => {
    const peer = await broker.socket(5)
    peer.sendHex(bytes)
    await peer.expectEnd()
  })

  test.each([
    ['[MQTT-3.1.2-2 v5] version 6', `10 ${mqtt} 06 02 0000 00 0001 61`, 0x84],
    ['[MQTT-3.1.2-3 v5] the reserved flag', `10 ${mqtt} 05 03 0000 00 0001 61`, malformed],
    ['[MQTT-3.1.2-12 v5] will QoS 3', `10 ${mqtt} 05 1e 0000 00 0001 61 00 ${topic} 0000`, malformed],
    ['[MQTT-3.1.2-11 v5] will QoS without a will', `10 ${mqtt} 05 0a 0000 00 0001 61`, malformed],
    ['[MQTT-3.1.2-13 v5] will retain without a will', `10 ${mqtt} 05 22 0000 00 0001 61`, malformed],
    ['[MQTT-3.1.2-9 v5] a will that is missing', `10 ${mqtt} 05 06 0000 00 0001 61`, malformed],
    ['[MQTT-3.1.2-16 v5] a user name that was not announced', `10 ${mqtt} 05 02 0000 00 0001 61 0001 75`, malformed],
    ['[MQTT-3.1.2-17 v5] a user name that is missing', `10 ${mqtt} 05 82 0000 00 0001 61`, malformed],
    [
      '[MQTT-3.1.2-18 v5] a password that was not announced',
      `10 ${mqtt} 05 82 0000 00 0001 61 0001 75 0001 70`,
      malformed,
    ],
    ['[MQTT-3.1.2-19 v5] a password that is missing', `10 ${mqtt} 05 c2 0000 00 0001 61 0001 75`, malformed],
    ['[MQTT-3.1.3-3 v5] a client id that is missing', `10 ${mqtt} 05 02 0000 00`, malformed],
    [
      '[MQTT-3.1.3-4 v5] [MQTT-1.5.4-1 v5] a client id that is not UTF-8',
      `10 ${mqtt} 05 02 0000 00 0002 c328`,
      malformed,
    ],
    ['[MQTT-1.5.4-1 v5] a surrogate', `10 ${mqtt} 05 02 0000 00 0003 eda080`, malformed],
    ['[MQTT-1.5.4-2 v5] U+0000', `10 ${mqtt} 05 02 0000 00 0001 00`, malformed],
    ['[MQTT-1.5.5-1 v5] a length in more bytes than it needs', `10 ${mqtt} 05 02 0000 8000 0001 61`, malformed],
    [
      '[MQTT-1.5.7-1 v5] a user property that is not UTF-8',
      `10 ${mqtt} 05 02 0000 08 26 0001 61 0002 c328 0001 61`,
      malformed,
    ],
    [
      '[MQTT-3.1.3-11 v5] a will topic that is not UTF-8',
      `10 ${mqtt} 05 06 0000 00 0001 61 00 0002 c328 0000`,
      malformed,
    ],
    ['[MQTT-3.1.3-12 v5] a user name that is not UTF-8', `10 ${mqtt} 05 82 0000 00 0001 61 0002 c328`, malformed],
    ['[MQTT-3.1.4-1 v5] the end in the middle of a field', `10 ${mqtt} 05 02 0000 00 0005 61`, malformed],
    ['[MQTT-3.1.4-1 v5] a property that nobody knows', `10 ${mqtt} 05 02 0000 02 7f01 0001 61`, malformed],
    ['[MQTT-3.1.4-1 v5] a property twice', `10 ${mqtt} 05 02 0000 06 210001 210001 0001 61`, protocolError],
    ['[MQTT-3.1.4-1 v5] receive maximum 0', `10 ${mqtt} 05 02 0000 03 210000 0001 61`, protocolError],
    ['[MQTT-3.1.4-1 v5] maximum packet size 0', `10 ${mqtt} 05 02 0000 05 2700000000 0001 61`, protocolError],
    [
      '[MQTT-4.12.0-1 v5] [MQTT-4.12.0-4 v5] an authentication method',
      `10 ${mqtt} 05 02 0000 06 15 ${topic} 0001 61`,
      0x8c,
    ],
  ])('%s is refused with its reason and closed [MQTT-3.2.2-8 v5]', async (_clause, bytes, reasonCode) => {
    const peer = await broker.socket(5)
    peer.sendHex(bytes)
    await peer.expect({ cmd: 'connack', reasonCode, sessionPresent: false })
    await peer.expectEnd()
  })

  test('[MQTT-3.1.4-2 v5] [MQTT-3.2.2-6 v5] [MQTT-3.2.2-7 v5] [MQTT-4.13.2-1 v5] one without rights is refused and closed', async () => {
    const peer = await broker.socket(5)
    peer.send(connectPacket(5, { username: 'nobody' }))
    const connack = await peer.expect({ cmd: 'connack', sessionPresent: false })
    expect([0x86, 0x87]).toContain((connack as { reasonCode?: number }).reasonCode)
    await peer.expectEnd()
  })

  test('[MQTT-3.1.3-8 v5] a client id that does not go with its user name is refused and closed', async () => {
    const name = randomUUID()
    await broker.basicDevice({ clientId: `id-${name}`, userName: name, password: 'secret' })
    const credentials = { username: name, password: Buffer.from('secret') }
    const right = await broker.client(5, { ...credentials, clientId: `id-${name}` })
    await right.leave()
    const wrong = await broker.socket(5)
    wrong.send(connectPacket(5, { ...credentials, clientId: 'another' }))
    const connack = await wrong.expect({ cmd: 'connack', sessionPresent: false })
    expect([0x85, 0x86, 0x87]).toContain((connack as { reasonCode?: number }).reasonCode)
    await wrong.expectEnd()
  })
})

describe('a CONNECT that is accepted', () => {
  test('[MQTT-3.1.4-5 v5] [MQTT-3.2.0-1 v5] [MQTT-3.2.0-2 v5] [MQTT-3.2.2-1 v5] [MQTT-3.2.2-2 v5] [MQTT-3.1.3-1 v5] [MQTT-3.1.2-28 v5] is answered with one CONNACK, first of all', async () => {
    const username = await broker.device()
    const peer = await broker.socket(5)
    const will = { topic: 'w', payload: Buffer.from('x'), qos: 1, retain: false } as const
    peer.send(connectPacket(5, { clientId: 'c', username, password: Buffer.from(''), will }), { cmd: 'pingreq' })
    const connack = await peer.expect({ cmd: 'connack', reasonCode: 0, sessionPresent: false })
    expect(connack).not.toHaveProperty('properties.responseInformation')
    await peer.expect({ cmd: 'pingresp' })
    await peer.leave()
  })

  test('[MQTT-4.12.0-6 v5] names no authentication method of its own', async () => {
    const { connack, leave } = await broker.client(5)
    expect(connack).not.toHaveProperty('properties.authenticationMethod')
    await leave()
  })

  test('[MQTT-3.1.3-6 v5] [MQTT-3.1.3-7 v5] [MQTT-3.2.2-16 v5] gives a client without an id one of its own', async () => {
    const one = await broker.client(5, { clientId: '' })
    const other = await broker.client(5, { clientId: '' })
    const idOf = ({ connack }: { connack: Packet }) =>
      (connack as { properties?: { assignedClientIdentifier?: string } }).properties?.assignedClientIdentifier
    expect(idOf(one)).toMatch(/./)
    expect(idOf(other)).toMatch(/./)
    expect(idOf(one)).not.toBe(idOf(other))
    await one.expectSilence()
    await one.leave()
    await other.leave()
  })

  test('[MQTT-3.1.4-3 v5] ends the older connection of the same client with 0x8E', async () => {
    const username = await broker.device()
    const older = await broker.client(5, { username, clientId: 'same' })
    const newer = await broker.client(5, { username, clientId: 'same' })
    await older.expectEnd(0x8e)
    await newer.expectSilence()
    await newer.leave()
  })

  test('[MQTT-3.1.0-2 v5] ends with a second one', async () => {
    const peer = await broker.client(5)
    peer.send(connectPacket(5))
    await peer.expectEnd(protocolError)
  })

  test('[MQTT-3.1.2-22 v5] [MQTT-3.2.2-22 v5] ends after one and a half keep alives of silence', async () => {
    const since = performance.now()
    const peer = await broker.client(5, { keepalive: 1 })
    expect(peer.connack).not.toHaveProperty('properties.serverKeepAlive')
    await peer.expectEnd(0x8d)
    expect(performance.now() - since).toBeGreaterThan(1_400)
    expect(performance.now() - since).toBeLessThan(4_000)
  })
})

describe('a packet that is not as it should be', () => {
  test.each([
    ['[MQTT-2.1.3-1 v5] packet type 0', '00', malformed],
    ['[MQTT-2.1.3-1 v5] PINGREQ with flags', 'c1', malformed],
    ['[MQTT-3.14.1-1 v5] DISCONNECT with flags', 'e1', malformed],
    ['[MQTT-3.15.1-1 v5] AUTH with flags', 'f1', malformed],
    ['[MQTT-3.3.1-4 v5] QoS 3', `36 ${topic} 0001 00 78`, malformed],
    ['[MQTT-2.2.1-3 v5] PUBLISH with identifier 0', `32 ${topic} 0000 00 78`, protocolError],
    ['[MQTT-2.2.1-3 v5] SUBSCRIBE with identifier 0', `82 0000 00 ${topic} 00`, protocolError],
    ['[MQTT-3.3.2-1 v5] a topic that is not UTF-8', '30 0002 c328 00 78', malformed],
    ['[MQTT-3.3.2-2 v5] [MQTT-4.7.0-1 v5] a topic with #', `30 ${text('a/#')} 00 78`, malformed],
    ['[MQTT-3.3.2-2 v5] [MQTT-4.7.0-1 v5] a topic with +', `30 ${text('+/b')} 00 78`, malformed],
    ['[MQTT-4.7.3-1 v5] an empty topic without an alias', '30 0000 00 78', protocolError],
    ['[MQTT-4.7.3-2 v5] a topic with U+0000', '30 0003 610062 00 78', malformed],
    ['[MQTT-3.3.2-8 v5] topic alias 0', `30 ${topic} 03 230000 78`, 0x94],
    ['[MQTT-3.3.2-7 v5] a topic alias that stands for nothing', '30 0000 03 230001 78', protocolError],
    ['[MQTT-3.3.2-13 v5] a response topic that is not UTF-8', `30 ${topic} 05 08 0002 c328 78`, malformed],
    ['[MQTT-3.3.2-14 v5] a response topic with a wildcard', `30 ${topic} 06 08 ${text('a/#')} 78`, protocolError],
    ['[MQTT-3.3.2-19 v5] a content type that is not UTF-8', `30 ${topic} 05 03 0002 c328 78`, malformed],
    ['[MQTT-3.3.4-6 v5] a PUBLISH with a subscription identifier', `30 ${topic} 02 0b01 78`, protocolError],
    ['[MQTT-3.4.2-1 v5] a PUBACK with a reason that nobody knows', '40 0001 03 00', protocolError],
    ['[MQTT-3.5.2-1 v5] a PUBREC with one', '50 0001 03 00', protocolError],
    ['[MQTT-3.6.2-1 v5] a PUBREL with one', '62 0001 03 00', protocolError],
    ['[MQTT-3.7.2-1 v5] a PUBCOMP with one', '70 0001 03 00', protocolError],
    ['[MQTT-3.6.1-1 v5] PUBREL with flags 0', '60 0001', malformed],
    ['[MQTT-3.8.1-1 v5] SUBSCRIBE with flags 0', `80 0001 00 ${topic} 00`, malformed],
    ['[MQTT-3.8.3-1 v5] a filter that is not UTF-8', '82 0001 00 0002 c328 00', malformed],
    ['[MQTT-3.8.3-2 v5] SUBSCRIBE without filters', '82 0001 00', protocolError],
    ['[MQTT-3.8.3-4 v5] no local with a shared subscription', `82 0001 00 ${text('$share/s/a')} 05`, protocolError],
    ['[MQTT-3.8.3-5 v5] SUBSCRIBE with reserved bits', `82 0001 00 ${topic} 40`, malformed],
    ['[MQTT-3.8.3-5 v5] retain handling 3', `82 0001 00 ${topic} 30`, protocolError],
    ['[MQTT-3.8.3-5 v5] QoS 3 in SUBSCRIBE', `82 0001 00 ${topic} 03`, protocolError],
    ['[MQTT-3.10.1-1 v5] UNSUBSCRIBE with flags 0', `a0 0001 00 ${topic}`, malformed],
    ['[MQTT-3.10.3-1 v5] UNSUBSCRIBE with a filter that is not UTF-8', 'a2 0001 00 0002 c328', malformed],
    ['[MQTT-3.10.3-2 v5] UNSUBSCRIBE without filters', 'a2 0001 00', protocolError],
    ['[MQTT-3.14.2-1 v5] a DISCONNECT with a reason that nobody knows', 'e0 03 00', protocolError],
    [
      '[MQTT-3.14.2-2 v5] a DISCONNECT with a session expiry that CONNECT did not have',
      'e0 00 05 1100000005',
      protocolError,
    ],
    ['an AUTH without a method in CONNECT', 'f0 18 00', protocolError],
    ['[MQTT-2.2.2-1 v5] a SUBSCRIBE without the length of its properties', `82 0001 ${topic} 00`, malformed],
    ['[MQTT-4.13.1-1 v5] a packet only servers send', 'd0', protocolError],
    ['[MQTT-4.13.1-1 v5] the end in the middle of a field', '30 0005 61', malformed],
  ])('%s ends the connection with its reason [MQTT-3.14.4-2 v5]', async (_clause, bytes, reasonCode) => {
    const peer = await broker.client(5)
    peer.sendHex(bytes)
    const disconnect = await peer.expect({ cmd: 'disconnect', reasonCode })
    // [MQTT-3.14.2-2]: the server names no session expiry.
    expect(disconnect).not.toHaveProperty('properties.sessionExpiryInterval')
    await peer.expectEnd()
  })

  test.each([
    ['[MQTT-4.7.1-1 v5] # in the middle', 'a/#/b'],
    ['[MQTT-4.7.1-1 v5] # behind other characters', 'a#'],
    ['[MQTT-4.7.1-2 v5] + beside other characters', 'a+/b'],
    ['[MQTT-4.7.3-1 v5] an empty filter', ''],
    ['[MQTT-4.8.2-1 v5] a shared subscription without a name', '$share//a'],
    ['[MQTT-4.8.2-2 v5] a shared subscription with + in its name', '$share/a+/a'],
    ['[MQTT-4.8.2-2 v5] a shared subscription without a filter', '$share/a'],
    ['[MQTT-4.8.2-2 v5] a shared subscription with an empty filter', '$share/a/'],
  ])('%s is refused', async (_clause, filter) => {
    const peer = await broker.client(5)
    peer.sendHex(`82 0001 00 ${text(filter)} 00`)
    const answer = await peer.next()
    if (answer.cmd === 'suback') expect(answer).toMatchObject({ messageId: 1, granted: [0x8f] })
    else {
      expect(answer).toMatchObject({ cmd: 'disconnect' })
      expect([malformed, protocolError, 0x8f]).toContain((answer as { reasonCode?: number }).reasonCode)
    }
  })

  test('[MQTT-3.14.4-1 v5] after its DISCONNECT the server says nothing more', async () => {
    const peer = await broker.client(5)
    peer.socket.write(Buffer.from('c100c000c000', 'hex'))
    await peer.expectEnd(malformed)
  })
})

describe('answers', () => {
  test('[MQTT-3.8.4-1 v5] [MQTT-3.8.4-2 v5] [MQTT-2.2.1-6 v5] [MQTT-3.8.4-6 v5] [MQTT-3.8.4-7 v5] [MQTT-3.9.3-1 v5] [MQTT-3.9.3-2 v5] SUBACK has the identifier, and a reason for each filter in their order', async () => {
    const peer = await broker.client(5)
    const subscriptions = [
      { topic: 'a/b', qos: 0 },
      { topic: '+/b/#', qos: 1 },
      { topic: '#', qos: 2 },
      { topic: '$SYS/#', qos: 1 },
    ] as const
    peer.send({ cmd: 'subscribe', messageId: 4_711, subscriptions: [...subscriptions] })
    const suback = await peer.expect({ cmd: 'suback', messageId: 4_711 })
    const { granted } = suback as { granted: number[] }
    expect(granted.slice(0, 3)).toEqual([0, 1, 2])
    expect([0x87, 0x8f]).toContain(granted[3])
    await peer.leave()
  })

  test('[MQTT-3.10.4-4 v5] [MQTT-3.10.4-5 v5] [MQTT-3.11.3-1 v5] [MQTT-3.11.3-2 v5] [MQTT-3.10.4-6 v5] UNSUBACK has the identifier, and a reason for each filter in their order', async () => {
    const peer = await broker.client(5)
    peer.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/b', qos: 0 }] })
    await peer.expect({ cmd: 'suback' })
    peer.send({ cmd: 'unsubscribe', messageId: 65_535, unsubscriptions: ['never', 'a/b', 'a/+'] })
    await peer.expect({ cmd: 'unsuback', messageId: 65_535, granted: [0x11, 0, 0x11] })
    await peer.leave()
  })

  test('[MQTT-3.3.4-1 v5] [MQTT-2.2.1-5 v5] [MQTT-4.3.2-4 v5] [MQTT-4.3.3-8 v5] [MQTT-4.3.3-11 v5] a PUBLISH is answered as its QoS asks', async () => {
    const peer = await broker.client(5)
    const subscriptions = [{ topic: 'a/b', qos: 0 }] as const
    peer.send({ cmd: 'subscribe', messageId: 1, subscriptions: [...subscriptions] })
    await peer.expect({ cmd: 'suback' })
    const publish = { cmd: 'publish', topic: 'a/b', payload: 'x', dup: false, retain: false } as const
    const answers: string[] = []
    peer.send({ ...publish, qos: 0 }, { ...publish, qos: 1, messageId: 7 }, { ...publish, qos: 2, messageId: 8 })
    // Its own messages come back between the answers.
    while (answers.length < 2) {
      const packet = await peer.next()
      if (packet.cmd === 'puback' || packet.cmd === 'pubrec') answers.push(`${packet.cmd} ${packet.messageId}`)
    }
    expect(answers).toEqual(['puback 7', 'pubrec 8'])
    peer.send({ cmd: 'pubrel', messageId: 8 })
    let packet = await peer.next()
    while (packet.cmd === 'publish') packet = await peer.next()
    expect(packet).toMatchObject({ cmd: 'pubcomp', messageId: 8, reasonCode: 0 })
    await peer.leave()
  })

  test('[MQTT-2.2.1-2 v5] a PUBLISH with QoS 0 has no identifier: what follows the topic are its properties', async () => {
    const place = `plain/${randomUUID()}`
    const peer = await broker.client(5)
    peer.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: place, qos: 0 }] })
    await peer.expect({ cmd: 'suback' })
    peer.sendHex(`30 ${text(place)} 00 0001`)
    await peer.expect({ cmd: 'publish', topic: place, qos: 0, payload: Buffer.from([0, 1]) })
    await peer.leave()
  })

  test('[MQTT-3.3.2-12 v5] every topic alias up to the maximum is taken, and replaced', async () => {
    const peer = await broker.client(5)
    const maximum = (peer.connack as { properties?: { topicAliasMaximum?: number } }).properties?.topicAliasMaximum ?? 0
    expect(maximum).toBeGreaterThan(0)
    const place = `alias/${randomUUID()}`
    peer.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${place}/+`, qos: 0 }] })
    await peer.expect({ cmd: 'suback' })
    const publish = (name: string, topicAlias: number): Packet => ({
      cmd: 'publish',
      topic: name,
      payload: 'x',
      qos: 0,
      dup: false,
      retain: false,
      properties: { topicAlias },
    })
    for (let alias = 1; alias <= maximum; alias++) {
      peer.send(publish(`${place}/${alias}`, alias))
      await peer.expect({ cmd: 'publish', topic: `${place}/${alias}` })
      peer.send(publish('', alias))
      await peer.expect({ cmd: 'publish', topic: `${place}/${alias}` })
    }
    peer.send(publish(`${place}/other`, 1))
    await peer.expect({ cmd: 'publish', topic: `${place}/other` })
    peer.send(publish('', 1))
    await peer.expect({ cmd: 'publish', topic: `${place}/other` })
    peer.send(publish(`${place}/beyond`, maximum + 1))
    await peer.expectEnd(0x94)
  })
})
