/** Just enough MQTT 3.1.1 for a client of a broker: a general library costs more than what it loads. */
import { packet, text } from '../ingest/wire.ts'

const idBytes = (id: number): Buffer => Buffer.from([id >> 8, id & 0xff])

export const subscribe = (filter: string, qos: 0 | 1): Buffer =>
  packet(0x82, Buffer.concat([idBytes(1), text(filter), Buffer.from([qos])]))

/** With QoS 1 unless the identifier is 0. */
export const publish = (topic: string, payload: Buffer, messageId: number): Buffer =>
  messageId > 0
    ? packet(0x32, Buffer.concat([text(topic), idBytes(messageId), payload]))
    : packet(0x30, Buffer.concat([text(topic), payload]))

export const acknowledgement = (messageId: number): Buffer =>
  Buffer.concat([Buffer.from([0x40, 2]), idBytes(messageId)])

export type Received = {
  type: 'connack' | 'suback' | 'puback' | 'publish' | 'other'
  /** Of a CONNACK. */
  code: number
  /** Of a publish with QoS 1; else 0. */
  messageId: number
  payload: Buffer
}

const none = Buffer.alloc(0)
const types: Readonly<Record<number, Received['type']>> = { 2: 'connack', 3: 'publish', 4: 'puback', 9: 'suback' }

const read = (head: number, body: Buffer): Received => {
  const type = types[head >> 4] ?? 'other'
  if (type !== 'publish') return { type, code: body[1] ?? 255, messageId: 0, payload: none }
  const topicEnd = 2 + body.readUInt16BE(0)
  const hasId = (head & 6) !== 0
  const payload = body.subarray(hasId ? topicEnd + 2 : topicEnd)
  return { type, code: 0, messageId: hasId ? body.readUInt16BE(topicEnd) : 0, payload }
}

/** Takes what a socket delivers and calls back with each packet. */
export const createReader = (onPacket: (packet: Received) => void): ((chunk: Buffer) => void) => {
  let rest: Buffer = none
  return (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    while (at + 2 <= bytes.length) {
      let length = 0
      let body = at + 1
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[body++]
        // The length is not all there.
        if (byte === undefined) {
          rest = bytes.subarray(at)
          return
        }
        length |= (byte & 0x7f) << shift
        if (byte < 0x80) break
      }
      if (body + length > bytes.length) break
      onPacket(read(bytes[at] ?? 0, bytes.subarray(body, body + length)))
      at = body + length
    }
    rest = bytes.subarray(at)
  }
}
