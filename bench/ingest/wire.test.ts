import { describe, expect, it } from 'vitest'
import { connectPacket, createAckReader, createPublisher, firstNumber } from './wire.ts'

const baseTs = 1_795_000_000_000

describe('the load generator on the wire', () => {
  it('writes PUBLISH packets whose lengths, id and numbered payload are right', () => {
    for (const points of [3, 5] as const) {
      const publish = createPublisher(points, baseTs)
      for (const index of [0, 1, 9, 10, 12_345, 999_999]) {
        const bytes = publish(0xabcd, index)
        expect(bytes[0]).toBe(0x32)
        const lengthBytes = (bytes[1] ?? 0) >= 128 ? 2 : 1
        const remaining = ((bytes[1] ?? 0) & 127) + (lengthBytes === 2 ? (bytes[2] ?? 0) * 128 : 0)
        expect(remaining).toBe(bytes.length - 1 - lengthBytes)
        const topicAt = 1 + lengthBytes
        const topicLength = bytes.readUInt16BE(topicAt)
        const idAt = topicAt + 2 + topicLength
        expect(bytes.subarray(topicAt + 2, idAt).toString()).toBe('v1/devices/me/telemetry')
        expect(bytes.readUInt16BE(idAt)).toBe(0xabcd)
        const body: unknown = JSON.parse(bytes.subarray(idAt + 2).toString())
        expect(body).toMatchObject({ ts: baseTs + index, values: { n: firstNumber + index } })
        expect(Object.keys((body as { values: object }).values)).toHaveLength(points)
      }
    }
  })

  it('writes a CONNECT with the token as user name', () => {
    const bytes = connectPacket('bench-1', 'TOKEN')
    expect(bytes[1]).toBe(bytes.length - 2)
    expect(bytes.subarray(2, 8).toString('latin1')).toBe('\0\x04MQTT')
    expect(bytes.subarray(-5).toString()).toBe('TOKEN')
  })

  it('writes the same for version 5, with empty properties', () => {
    const publish = createPublisher(3, baseTs, 5)(0xabcd, 7)
    expect(publish.subarray(publish.indexOf(0xab), publish.indexOf(0xab) + 4)).toEqual(Buffer.of(0xab, 0xcd, 0, 0x7b))
    const connect = connectPacket('bench-1', 'TOKEN', 5)
    expect([connect[1], connect[8], connect[12]]).toEqual([connect.length - 2, 5, 0])
  })

  it('reads acknowledgements of version 5 however the stream is cut, and no refusals', () => {
    const stream = Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, 9, 0x40, 2, 0, 7, 0x40, 3, 0, 8, 0, 0x40, 4, 1, 1, 0, 0])
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const seen: unknown[] = []
      const read = createAckReader({ connack: (code) => seen.push(`connack ${code}`), puback: (id) => seen.push(id) })
      for (const part of [stream.subarray(0, cut), stream.subarray(cut)]) read(part, part.length)
      expect(seen).toEqual(['connack 0', 7, 8, 257])
    }
    const refused = Buffer.from([0x40, 3, 0, 8, 0x97])
    expect(() => createAckReader({ connack: () => {}, puback: () => {} })(refused, refused.length)).toThrow('0x40')
  })

  it('reads acknowledgements however the stream is cut', () => {
    const stream = Buffer.from([0x20, 2, 0, 0, 0x40, 2, 0, 7, 0xd0, 0, 0x40, 2, 1, 1])
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const seen: unknown[] = []
      const read = createAckReader({ connack: (code) => seen.push(`connack ${code}`), puback: (id) => seen.push(id) })
      for (const part of [stream.subarray(0, cut), stream.subarray(cut)]) read(part, part.length)
      expect(seen).toEqual(['connack 0', 7, 257])
    }
  })
})
