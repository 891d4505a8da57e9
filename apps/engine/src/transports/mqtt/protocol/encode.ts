import { generate, type Packet } from 'mqtt-packet'
import { reason } from './reasons.ts'
import type { ProtocolVersion } from './packets.ts'

/** Packet types with their fixed flags. */
const acknowledgementHeader = { puback: 0x40, pubrec: 0x50, pubrel: 0x62, pubcomp: 0x70 } as const

/** The answer that nearly all packets get, in all versions: success, four bytes. */
export const acknowledgement = (cmd: keyof typeof acknowledgementHeader, messageId: number): Buffer => {
  const packet = Buffer.allocUnsafe(4)
  packet[0] = acknowledgementHeader[cmd]
  packet[1] = 2
  packet[2] = messageId >> 8
  packet[3] = messageId & 0xff
  return packet
}

/** An answer of version 5 other than success. */
export const refusal = (
  cmd: keyof typeof acknowledgementHeader,
  messageId: number,
  reasonCode: number,
  reasonString: string | null,
): Buffer =>
  generate(
    { cmd, messageId, reasonCode, ...(reasonString && { properties: { reasonString } }) },
    { protocolVersion: 5 },
  )

export const pingresp: Buffer = Buffer.from([0xd0, 0])

export const packetOf = (packet: Packet, version: ProtocolVersion): Buffer =>
  generate(packet, { protocolVersion: version })

/** CONNACK of 3.1 and 3.1.1. */
export const connack3 = (returnCode: number): Buffer => Buffer.from([0x20, 2, 0, returnCode])

/** A CONNACK of version 5 that refuses. */
export const connackRefusal5 = (reasonCode: number): Buffer => Buffer.from([0x20, 3, 0, reasonCode, 0])

/** UNSUBACK: reasons are told since version 5. */
export const unsuback = (version: ProtocolVersion, messageId: number, reasons: readonly number[]): Buffer =>
  version === 5
    ? Buffer.concat([
        Buffer.from([0xb0]),
        lengthBytes(3 + reasons.length),
        Buffer.from([messageId >> 8, messageId & 0xff, 0]),
        Buffer.from(reasons),
      ])
    : Buffer.from([0xb0, 2, messageId >> 8, messageId & 0xff])

export const suback = (version: ProtocolVersion, messageId: number, codes: readonly number[]): Buffer =>
  Buffer.concat([
    Buffer.from([0x90]),
    lengthBytes((version === 5 ? 3 : 2) + codes.length),
    Buffer.from(version === 5 ? [messageId >> 8, messageId & 0xff, 0] : [messageId >> 8, messageId & 0xff]),
    // Before version 5 there is one way to refuse ([MQTT-3.9.3-2]).
    Buffer.from(version === 5 ? codes : codes.map((code) => Math.min(code, reason.unspecified))),
  ])

const lengthBytes = (length: number): Buffer => {
  const bytes: number[] = []
  let left = length
  do {
    bytes.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left >>= 7
  } while (left > 0)
  return Buffer.from(bytes)
}
