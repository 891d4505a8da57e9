import type { Cursor } from './cursor.ts'
import { malformed, ProtocolFault, protocolError, reason } from './reasons.ts'

/** Where a client may put properties (MQTT 5 §2.2.2.2); a will's are beside those of its CONNECT. */
export type PropertyPlace =
  | 'connect'
  | 'will'
  | 'publish'
  | 'acknowledgement'
  | 'subscribe'
  | 'unsubscribe'
  | 'disconnect'
  | 'auth'

type Kind = 'flag' | 'uint16' | 'uint32' | 'varInt' | 'text' | 'binary' | 'pair'
type Definition = { kind: Kind; places: readonly PropertyPlace[]; isZeroRefused?: true }

export const property = {
  messageExpiryInterval: 0x02,
  responseTopic: 0x08,
  subscriptionIdentifier: 0x0b,
  sessionExpiryInterval: 0x11,
  authenticationMethod: 0x15,
  authenticationData: 0x16,
  requestProblemInformation: 0x17,
  willDelayInterval: 0x18,
  receiveMaximum: 0x21,
  topicAliasMaximum: 0x22,
  topicAlias: 0x23,
  userProperty: 0x26,
  maximumPacketSize: 0x27,
} as const

const definitions: ReadonlyMap<number, Definition> = new Map<number, Definition>([
  [0x01, { kind: 'flag', places: ['publish', 'will'] }],
  [property.messageExpiryInterval, { kind: 'uint32', places: ['publish', 'will'] }],
  [0x03, { kind: 'text', places: ['publish', 'will'] }],
  [property.responseTopic, { kind: 'text', places: ['publish', 'will'] }],
  [0x09, { kind: 'binary', places: ['publish', 'will'] }],
  [property.subscriptionIdentifier, { kind: 'varInt', places: ['publish', 'subscribe'], isZeroRefused: true }],
  [property.sessionExpiryInterval, { kind: 'uint32', places: ['connect', 'disconnect'] }],
  [0x12, { kind: 'text', places: [] }],
  [0x13, { kind: 'uint16', places: [] }],
  [property.authenticationMethod, { kind: 'text', places: ['connect', 'auth'] }],
  [property.authenticationData, { kind: 'binary', places: ['connect', 'auth'] }],
  [property.requestProblemInformation, { kind: 'flag', places: ['connect'] }],
  [property.willDelayInterval, { kind: 'uint32', places: ['will'] }],
  [0x19, { kind: 'flag', places: ['connect'] }],
  [0x1a, { kind: 'text', places: [] }],
  // A server reference is the server's to send ([MQTT-3.14.2-2]: nor may a client name one).
  [0x1c, { kind: 'text', places: [] }],
  [0x1f, { kind: 'text', places: ['acknowledgement', 'disconnect', 'auth'] }],
  [property.receiveMaximum, { kind: 'uint16', places: ['connect'], isZeroRefused: true }],
  [property.topicAliasMaximum, { kind: 'uint16', places: ['connect'] }],
  [property.topicAlias, { kind: 'uint16', places: ['publish'] }],
  [0x24, { kind: 'flag', places: [] }],
  [0x25, { kind: 'flag', places: [] }],
  [
    property.userProperty,
    {
      kind: 'pair',
      places: ['connect', 'will', 'publish', 'acknowledgement', 'subscribe', 'unsubscribe', 'disconnect', 'auth'],
    },
  ],
  [property.maximumPacketSize, { kind: 'uint32', places: ['connect'], isZeroRefused: true }],
  [0x28, { kind: 'flag', places: [] }],
  [0x29, { kind: 'flag', places: [] }],
  [0x2a, { kind: 'flag', places: [] }],
])

/** By identifier. User properties are checked and not kept: nothing reads them, and they are passed on as bytes. */
export type Properties = ReadonlyMap<number, number | string | Buffer>

export const noProperties: Properties = new Map()

export const numberOf = (properties: Properties, id: number): number | undefined => {
  const value = properties.get(id)
  return typeof value === 'number' ? value : undefined
}

/** Reads a property block of a version 5 packet; throws a ProtocolFault. */
export const readProperties = (cursor: Cursor, place: PropertyPlace): Properties => {
  const length = cursor.varInt()
  if (length === 0) return noProperties
  const end = cursor.narrow(length)
  const properties = new Map<number, number | string | Buffer>()
  while (cursor.left > 0) {
    const id = cursor.varInt()
    const definition = definitions.get(id)
    // [MQTT-2.2.2.2]: an identifier that is not valid for its packet makes it malformed.
    if (!definition?.places.includes(place)) throw malformed(`Property ${id} does not belong here`)
    if (definition.kind === 'pair') {
      cursor.text()
      cursor.text()
      continue
    }
    if (properties.has(id)) throw protocolError(`Property ${id} is given twice`)
    properties.set(id, valueRead(cursor, id, definition))
  }
  cursor.widen(end)
  return properties
}

const valueRead = (cursor: Cursor, id: number, { kind, isZeroRefused }: Definition): number | string | Buffer => {
  if (kind === 'text') return cursor.text()
  if (kind === 'binary') return cursor.binary()
  const value = numberRead(cursor, kind)
  if (kind === 'flag' && value > 1) throw protocolError(`Property ${id} must be 0 or 1`)
  if (value === 0 && isZeroRefused) throw protocolError(`Property ${id} must not be 0`)
  // [MQTT-3.3.2-8]
  if (value === 0 && id === property.topicAlias) throw new ProtocolFault(reason.topicAliasInvalid, 'Topic alias 0')
  return value
}

const numberRead = (cursor: Cursor, kind: Kind): number => {
  switch (kind) {
    case 'flag':
      return cursor.byte()
    case 'uint16':
      return cursor.uint16()
    case 'uint32':
      return cursor.uint32()
    default:
      return cursor.varInt()
  }
}

/** What the server says itself when it passes a message on. */
const notPassedOn: ReadonlySet<number> = new Set([
  property.messageExpiryInterval,
  property.subscriptionIdentifier,
  property.willDelayInterval,
  property.topicAlias,
])

/**
 * The properties of a publish or will that its receivers get, in their order ([MQTT-3.3.2-17], [MQTT-3.3.2-18] and their
 * neighbours). `bytes` is a block that `readProperties` took; the answer shares no memory with it.
 */
export const passedOn = (bytes: Buffer): Buffer => {
  const kept: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const id = bytes[at] ?? 0
    const end = endOf(bytes, at + 1, definitions.get(id)?.kind ?? 'flag')
    if (!notPassedOn.has(id)) kept.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}

const endOf = (bytes: Buffer, at: number, kind: Kind): number => {
  switch (kind) {
    case 'flag':
      return at + 1
    case 'uint16':
      return at + 2
    case 'uint32':
      return at + 4
    case 'varInt': {
      let end = at
      while ((bytes[end++] ?? 0) & 0x80);
      return end
    }
    case 'text':
    case 'binary':
      return at + 2 + bytes.readUInt16BE(at)
    case 'pair': {
      const second = at + 2 + bytes.readUInt16BE(at)
      return second + 2 + bytes.readUInt16BE(second)
    }
  }
}
