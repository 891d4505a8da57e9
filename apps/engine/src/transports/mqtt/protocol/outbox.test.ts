import { Duplex } from 'node:stream'
import { generate, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { Outbox } from './outbox.ts'

const largestBytes = 64

const outbox = () => {
  const written: Buffer[] = []
  const socket = new Duplex({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk)
      done()
    },
    read: () => {},
  })
  const unsendable: number[] = []
  const box = new Outbox(socket, { flushed: () => {}, unsendable: () => unsendable.push(1) })
  box.largestBytes = largestBytes
  return { box, written, unsendable }
}

const texts = [
  ['reason string', { reasonString: 'x'.repeat(80) }],
  ['user properties', { userProperties: { why: 'x'.repeat(80) } }],
] as const

const packets: readonly (readonly [clauses: string, packet: Packet])[] = [
  ['[MQTT-3.2.2-19 v5] [MQTT-3.2.2-20 v5]', { cmd: 'connack', reasonCode: 0, sessionPresent: false }],
  ['[MQTT-3.4.2-2 v5] [MQTT-3.4.2-3 v5]', { cmd: 'puback', messageId: 1, reasonCode: 0x90 }],
  ['[MQTT-3.5.2-2 v5] [MQTT-3.5.2-3 v5]', { cmd: 'pubrec', messageId: 1, reasonCode: 0x90 }],
  ['[MQTT-3.6.2-2 v5] [MQTT-3.6.2-3 v5]', { cmd: 'pubrel', messageId: 1, reasonCode: 0x92 }],
  ['[MQTT-3.7.2-2 v5] [MQTT-3.7.2-3 v5]', { cmd: 'pubcomp', messageId: 1, reasonCode: 0x92 }],
  ['[MQTT-3.9.2-1 v5] [MQTT-3.9.2-2 v5]', { cmd: 'suback', messageId: 1, granted: [0] }],
  ['[MQTT-3.11.2-1 v5] [MQTT-3.11.2-2 v5]', { cmd: 'unsuback', messageId: 1, granted: [0] }],
  ['[MQTT-3.14.2-3 v5] [MQTT-3.14.2-4 v5]', { cmd: 'disconnect', reasonCode: 0x81 }],
]

test.each(packets)('%s no text makes a packet larger than its receiver takes: %o', (_clauses, packet) => {
  for (const [, properties] of texts) {
    const { box, written, unsendable } = outbox()
    const bytes = generate({ ...packet, properties } as Packet, { protocolVersion: 5 })
    expect(bytes.length).toBeGreaterThan(largestBytes)
    box.write(bytes)
    box.flush()
    expect(unsendable).toEqual([1])
    expect(written).toEqual([])
    // Without it the same packet goes.
    const plain = generate(packet, { protocolVersion: 5 })
    box.write(plain)
    box.flush()
    expect(written).toEqual([plain])
  }
})

test('a packet as large as its receiver takes is sent', () => {
  const { box, written, unsendable } = outbox()
  box.write(Buffer.alloc(largestBytes))
  box.flush()
  expect(Buffer.concat(written)).toHaveLength(largestBytes)
  expect(unsendable).toEqual([])
})
