import { generate, type Packet } from 'mqtt-packet'
import type { Publication } from './downlinks.ts'
import { property } from './properties.ts'
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

/** CONNACK of 3.1 and 3.1.1; 3.1 reserves the byte that says whether there is a session. */
export const connack3 = (returnCode: number, isSessionPresent = false): Buffer =>
  Buffer.from([0x20, 2, isSessionPresent ? 1 : 0, returnCode])

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

/** What `encodePublish` makes of it without an alias, bytes. */
export const publishBytes = ({
  topic,
  payload,
  qos,
  properties,
  subscriptionIds,
  expiresAtMs,
}: Publication): number => {
  const identifiers = (subscriptionIds ?? []).reduce((sum, id) => sum + 1 + lengthBytes(id).length, 0)
  const block = (properties?.length ?? 0) + identifiers + (expiresAtMs ? expiryBytes : 0)
  const remaining =
    2 + Buffer.byteLength(topic) + (qos > 0 ? 2 : 0) + lengthBytes(block).length + block + payload.length
  return 1 + lengthBytes(remaining).length + remaining
}

const expiryBytes = 5

/** `properties`: the block without its length; null before version 5. */
export const encodePublish = (publication: Publication, messageId: number, properties: Buffer | null): Buffer => {
  const { topic, payload, qos, isRetained, isDuplicate } = publication
  const topicBytes = Buffer.byteLength(topic)
  const propertyLength = properties ? lengthBytes(properties.length) : none
  const afterTopic = (qos > 0 ? 2 : 0) + propertyLength.length + (properties?.length ?? 0)
  const remaining = 2 + topicBytes + afterTopic + payload.length
  const length = lengthBytes(remaining)
  const packet = Buffer.allocUnsafe(1 + length.length + remaining)
  packet[0] = 0x30 | (isDuplicate ? 8 : 0) | (qos << 1) | (isRetained ? 1 : 0)
  let at = 1 + length.copy(packet, 1)
  at = packet.writeUInt16BE(topicBytes, at)
  at += packet.write(topic, at)
  if (qos > 0) at = packet.writeUInt16BE(messageId, at)
  at += propertyLength.copy(packet, at)
  if (properties) at += properties.copy(packet, at)
  payload.copy(packet, at)
  return packet
}

/** What the server says with a message, and behind it what its publisher said. */
export const publicationProperties = (publication: Publication, alias: number | null): Buffer => {
  const { properties = none, subscriptionIds, expiresAtMs = 0 } = publication
  if (alias === null && !subscriptionIds && expiresAtMs === 0) return properties
  const parts: Buffer[] = []
  if (expiresAtMs > 0) {
    const expiry = Buffer.from([property.messageExpiryInterval, 0, 0, 0, 0])
    // [MQTT-3.3.2-6]: what is left of its time.
    expiry.writeUInt32BE(Math.min(0xffff_ffff, Math.max(1, Math.round((expiresAtMs - Date.now()) / 1_000))), 1)
    parts.push(expiry)
  }
  if (alias !== null) parts.push(Buffer.from([property.topicAlias, alias >> 8, alias & 0xff]))
  for (const id of subscriptionIds ?? []) parts.push(Buffer.from([property.subscriptionIdentifier]), lengthBytes(id))
  parts.push(properties)
  return Buffer.concat(parts)
}

const none = Buffer.alloc(0)

const lengthBytes = (length: number): Buffer => {
  const bytes: number[] = []
  let left = length
  do {
    bytes.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left >>= 7
  } while (left > 0)
  return Buffer.from(bytes)
}
