import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { ConnectFault, decodeConnect, decodePacket, VersionFault } from './decode.ts'
import { property } from './properties.ts'
import { ProtocolFault } from './reasons.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** A packet in hex: its first byte is the header, its length is left out. */
const decode = (version: 3 | 4 | 5, text: string) => {
  const bytes = hex(text)
  return decodePacket(version, bytes[0] ?? 0, bytes, 1, bytes.length)
}

const faultOf = (work: () => unknown): number | string => {
  try {
    work()
  } catch (error) {
    if (error instanceof ProtocolFault) return error.code
    if (error instanceof VersionFault) return error.answer.toString('hex')
    throw error
  }
  return 'accepted'
}

const mqtt = '00 04 4d515454'

describe('a CONNECT', () => {
  const connectOf = (text: string) => {
    const bytes = hex(text)
    return decodeConnect(bytes[0] ?? 0, bytes, 1, bytes.length)
  }

  test.each([
    ['[MQTT-3.1.0-1] another packet first', '30 0001 61', 0x82],
    ['[MQTT-2.2.2-2] header flags', `11 ${mqtt} 04 02 0000 0001 61`, 0x81],
    ['[MQTT-3.1.2-1] another protocol name', '10 0004 4d515455 04 02 0000 0001 61', 0x82],
    ['[MQTT-3.1.2-2] level 6', `10 ${mqtt} 06 02 0000 0001 61`, '2003008400'],
    ['[MQTT-3.1.2-2] level 2', `10 ${mqtt} 02 02 0000 0001 61`, '20020001'],
    ['level 4 by the name of 3.1', '10 0006 4d5149736470 04 02 0000 0001 61', '20020001'],
    ['[MQTT-3.1.2-3] the reserved flag', `10 ${mqtt} 04 03 0000 0001 61`, 0x81],
    ['[MQTT-3.1.2-14] will QoS 3', `10 ${mqtt} 04 1e 0000 0001 61 0001 74 0000`, 0x81],
    ['[MQTT-3.1.2-13] will QoS without a will', `10 ${mqtt} 04 0a 0000 0001 61`, 0x81],
    ['[MQTT-3.1.2-15] will retain without a will', `10 ${mqtt} 04 22 0000 0001 61`, 0x81],
    ['[MQTT-3.1.2-22] a password without a user name', `10 ${mqtt} 04 42 0000 0001 61 0001 70`, 0x81],
    ['[MQTT-3.1.3-1] a client id that is missing', `10 ${mqtt} 04 02 0000`, 0x81],
    ['[MQTT-3.1.2-19] a user name that is missing', `10 ${mqtt} 04 82 0000 0001 61`, 0x81],
    ['bytes behind the last field', `10 ${mqtt} 04 02 0000 0001 61 00`, 0x81],
    ['[MQTT-3.1.3-4] a client id that is not UTF-8', `10 ${mqtt} 04 02 0000 0002 c328`, 0x81],
    ['[MQTT-1.5.3-1] a surrogate', `10 ${mqtt} 04 02 0000 0003 eda080`, 0x81],
    ['[MQTT-1.5.3-2] U+0000', `10 ${mqtt} 04 02 0000 0001 00`, 0x81],
    ['a will topic with a wildcard', `10 ${mqtt} 04 06 0000 0001 61 0001 23 0000`, 0x81],
    ['5: receive maximum 0', `10 ${mqtt} 05 02 0000 03 210000 0001 61`, 0x82],
    ['5: maximum packet size 0', `10 ${mqtt} 05 02 0000 05 2700000000 0001 61`, 0x82],
    ['5: a property twice', `10 ${mqtt} 05 02 0000 06 210001 210001 0001 61`, 0x82],
    ['5: a flag that is 2', `10 ${mqtt} 05 02 0000 02 1702 0001 61`, 0x82],
    ['5: a property of another packet', `10 ${mqtt} 05 02 0000 03 230001 0001 61`, 0x81],
    ['5: a property that nobody knows', `10 ${mqtt} 05 02 0000 02 7f01 0001 61`, 0x81],
    ['5: properties that end in the middle of one', `10 ${mqtt} 05 02 0000 02 210001 0001 61`, 0x81],
    ['5: properties longer than the packet', `10 ${mqtt} 05 02 0000 7f 210001`, 0x81],
    ['5: [MQTT-1.5.5-1] a length of too many bytes', `10 ${mqtt} 05 02 0000 8000 0001 61`, 0x81],
    ['5: authentication data without a method', `10 ${mqtt} 05 02 0000 04 16000161 0001 61`, 0x82],
  ])('%s', (_clause, text, fault) => {
    expect(faultOf(() => connectOf(text))).toBe(fault)
  })

  test('of version 5 is answered in its own words, one of 3.1.1 is not', () => {
    expect(() => connectOf(`10 ${mqtt} 05 03 0000 00 0001 61`)).toThrow(ConnectFault)
    expect(() => connectOf(`10 ${mqtt} 04 03 0000 0001 61`)).not.toThrow(ConnectFault)
  })

  test.each([3, 4, 5] as const)('of version %i is read whole, its will dropped', (protocolVersion) => {
    const packet: Packet = {
      cmd: 'connect',
      protocolId: protocolVersion === 3 ? 'MQIsdp' : 'MQTT',
      protocolVersion,
      clean: false,
      keepalive: 30,
      clientId: 'é',
      username: 'u',
      password: Buffer.from([0, 255]),
      will: { topic: 't', payload: Buffer.from('gone'), qos: 1, retain: true },
      ...(protocolVersion === 5 && {
        properties: { sessionExpiryInterval: 7, receiveMaximum: 3, userProperties: { a: ['b', 'c'] } },
      }),
    }
    const bytes = generate(packet)
    const read = decodeConnect(bytes[0] ?? 0, bytes, 2, bytes.length)
    expect(read).toMatchObject({
      version: protocolVersion,
      isClean: false,
      keepAliveSeconds: 30,
      clientId: 'é',
      userName: 'u',
      password: Buffer.from([0, 255]),
    })
    if (protocolVersion === 5) expect(read.properties.get(property.receiveMaximum)).toBe(3)
  })

  test.each([0x83, 0x84])('of a bridge (level %i) is one of its version', (level) => {
    expect(connectOf(`10 ${mqtt} ${level.toString(16)} 02 0000 0001 61`).version).toBe(level & 0x7f)
  })
})

describe('a packet of any version', () => {
  test.each([
    ['[MQTT-3.1.0-2] a second CONNECT', `10 ${mqtt} 04 02 0000 0001 61`, 0x82],
    ['type 0', '00', 0x81],
    ['CONNACK', '20 0000', 0x82],
    ['SUBACK', '90 0001 00', 0x82],
    ['UNSUBACK', 'b0 0001', 0x82],
    ['PINGRESP', 'd0', 0x82],
    ['[MQTT-3.3.1-4] QoS 3', '36 0001 61 0001', 0x81],
    ['[MQTT-3.3.1-2] DUP with QoS 0', '38 0001 61', 0x81],
    ['[MQTT-3.3.2-2] # in a topic name', '32 0001 23 0001', 0x81],
    ['[MQTT-3.3.2-2] + in a topic name', '32 0003 612f2b 0001', 0x81],
    ['[MQTT-3.3.2-1] a topic name that is not UTF-8', '32 0001 ff 0001', 0x81],
    ['[MQTT-4.7.3-2] U+0000 in a topic name', '32 0001 00 0001', 0x81],
    ['[MQTT-2.3.1-1] packet identifier 0', '32 0001 61 0000', 0x82],
    ['a topic that ends after its packet', '30 0009 61', 0x81],
    ['a PUBLISH without a packet identifier', '32 0001 61', 0x81],
    ['[MQTT-3.6.1-1] PUBREL flags', '60 0001', 0x81],
    ['PUBACK flags', '42 0001', 0x81],
    ['PUBACK without an identifier', '40', 0x81],
    ['PUBACK 0', '40 0000', 0x82],
    ['[MQTT-3.8.1-1] SUBSCRIBE flags', '80 0001 0001 61 00', 0x81],
    ['SUBSCRIBE 0', '82 0000 0001 61 00', 0x82],
    ['[MQTT-3.10.1-1] UNSUBSCRIBE flags', 'a0 0001 0001 61', 0x81],
    ['PINGREQ with content', 'c0 00', 0x81],
    ['PINGREQ flags', 'c1', 0x81],
    ['[MQTT-3.14.1-1] DISCONNECT flags', 'e1', 0x81],
  ])('%s', (_clause, text, fault) => {
    expect(faultOf(() => decode(4, text))).toBe(fault)
    if (!/UBSCRIBE|DISCONNECT/.test(_clause)) expect(faultOf(() => decode(5, text))).toBe(fault)
  })

  test.each([
    ['[MQTT-4.7.3-1] an empty topic name', '30 0000', 0x82],
    ['[MQTT-3.8.3-3] no filter', '82 0001', 0x82],
    ['[MQTT-3.10.3-2] no filter', 'a2 0001', 0x82],
    ['[MQTT-3-8.3-4] reserved options', '82 0001 0001 61 04', 0x81],
    ['QoS 3 asked for', '82 0001 0001 61 03', 0x82],
    ['a filter without options', '82 0001 0001 61', 0x81],
    ['[MQTT-4.7.1-2] # before the last level', '82 0001 0003 232f61 00', 0x81],
    ['[MQTT-4.7.1-2] # beside a name', '82 0001 0002 6123 00', 0x81],
    ['[MQTT-4.7.1-3] + beside a name', '82 0001 0002 612b 00', 0x81],
    ['[MQTT-4.7.1-3] + before a name', 'a2 0001 0002 2b61', 0x81],
    ['[MQTT-4.7.3-1] an empty filter', '82 0001 0000 00', 0x81],
    ['AUTH', 'f0 00', 0x81],
    ['DISCONNECT with content', 'e0 00', 0x81],
    ['PUBACK with a reason', '40 0001 00', 0x81],
  ])('3.1.1: %s', (_clause, text, fault) => {
    expect(faultOf(() => decode(4, text))).toBe(fault)
    expect(faultOf(() => decode(3, text))).toBe(fault)
  })

  test.each([
    ['an empty topic name without an alias', '30 0000 00', 0x82],
    ['[MQTT-3.3.2-8] topic alias 0', '30 0001 61 03 230000', 0x94],
    ['a topic alias twice', '30 0001 61 06 230001 230001', 0x82],
    ['[MQTT-3.3.4-6] a subscription identifier', '30 0001 61 02 0b01', 0x82],
    ['[MQTT-3.3.2-14] a wildcard to respond to', '30 0001 61 04 08000123', 0x82],
    ['payload format 2', '30 0001 61 02 0102', 0x82],
    ['a PUBLISH without properties', '30 0001 61', 0x81],
    ['a property whose value stands behind the block', '82 0001 01 0b 00 0001 61 00', 0x81],
    ['a property whose text reaches behind the block', '30 0001 61 04 030002 61 6162', 0x81],
    ['a user property that is not UTF-8', '30 0001 61 07 26 0001 ff 0001 61', 0x81],
    ['[MQTT-3.4.2-1] a reason that nobody knows', '40 0001 01', 0x82],
    ['[MQTT-3.6.2-1] a reason of another packet', '62 0001 10', 0x82],
    ['[MQTT-3.8.3-5] reserved options', '82 0001 00 0001 61 40', 0x81],
    ['retain handling 3', '82 0001 00 0001 61 30', 0x82],
    ['[MQTT-3.8.3-4] No Local with a shared subscription', '82 0001 00 000a 2473686172652f672f74 04', 0x82],
    ['subscription identifier 0', '82 0001 02 0b00 0001 61 00', 0x82],
    ['[MQTT-3.8.3-2] no filter', '82 0001 00', 0x82],
    ['[MQTT-3.10.3-2] no filter', 'a2 0001 00', 0x82],
    ['[MQTT-3.14.2-1] a reason that nobody knows', 'e0 01', 0x82],
    ['[MQTT-3.14.2-1] a reason that only servers give', 'e0 8b', 0x82],
    ['[MQTT-3.14.2-2] a server reference', 'e0 00 04 1c000161', 0x81],
    ['[MQTT-3.15.1-1] AUTH flags', 'f1 00', 0x81],
  ])('5: %s', (_clause, text, fault) => {
    expect(faultOf(() => decode(5, text))).toBe(fault)
  })

  test.each<Packet>([
    { cmd: 'publish', topic: 'v1/devices/me/telemetry', payload: 'x', qos: 2, messageId: 7, dup: true, retain: true },
    { cmd: 'puback', messageId: 1 },
    { cmd: 'pubrel', messageId: 65_535 },
    {
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [
        { topic: '+/a/#', qos: 2 },
        { topic: '#', qos: 0 },
      ],
    },
    { cmd: 'unsubscribe', messageId: 1, unsubscriptions: ['a', '+'] },
    { cmd: 'pingreq' },
    { cmd: 'disconnect' },
  ])('is accepted as other libraries write it: %o', (packet) => {
    for (const protocolVersion of [3, 4, 5] as const) {
      const bytes = generate(packet, { protocolVersion })
      const read = decodePacket(protocolVersion, bytes[0] ?? 0, bytes, 2, bytes.length)
      expect(read.cmd).toBe(packet.cmd)
      if (read.cmd === 'publish')
        expect(read).toMatchObject({
          topic: 'v1/devices/me/telemetry',
          qos: 2,
          messageId: 7,
          payload: Buffer.from('x'),
        })
      if (read.cmd === 'subscribe') expect(read.subscriptions.map(({ qos }) => qos)).toEqual([2, 0])
    }
  })

  test('5: properties that nothing reads are accepted', () => {
    const packet: Packet = {
      cmd: 'publish',
      topic: 't',
      payload: '{}',
      qos: 0,
      dup: false,
      retain: false,
      properties: {
        payloadFormatIndicator: true,
        messageExpiryInterval: 5,
        contentType: 'application/json',
        correlationData: Buffer.from('c'),
        responseTopic: 'r',
        topicAlias: 3,
        userProperties: { a: 'b' },
      },
    }
    const bytes = generate(packet, { protocolVersion: 5 })
    const read = decodePacket(5, bytes[0] ?? 0, bytes, 2, bytes.length)
    expect(read).toMatchObject({ cmd: 'publish', topic: 't', payload: Buffer.from('{}') })
  })
})
