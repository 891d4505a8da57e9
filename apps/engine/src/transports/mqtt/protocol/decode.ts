import { Cursor } from './cursor.ts'
import type {
  ClientPacket,
  ConnectPacket,
  ProtocolVersion,
  PublishPacket,
  SubscriptionRequest,
  Will,
} from './packets.ts'
import { noProperties, numberOf, property, type Properties, type PropertyPlace, readProperties } from './properties.ts'
import { malformed, ProtocolFault, protocolError, reason } from './reasons.ts'

/** A CONNECT of a protocol that is not spoken here; `answer` is what its sender understands, if anything. */
export class VersionFault extends Error {
  readonly answer: Buffer

  constructor(answer: Buffer) {
    super('Unsupported protocol version')
    this.answer = answer
  }
}

/** A malformed CONNECT whose sender is known to speak version 5. */
export class ConnectFault extends ProtocolFault {}

const cursor = new Cursor()

/**
 * Reads the packet whose body is `bytes[start, end)`. All checks that need nothing but the packet are here; a packet that
 * fails one throws a ProtocolFault.
 */
export const decodePacket = (
  version: ProtocolVersion,
  header: number,
  bytes: Buffer,
  start: number,
  end: number,
): ClientPacket => {
  cursor.over(bytes, start, end)
  try {
    const packet = decode(version, header)
    // A packet has no room behind its last field.
    if (cursor.left > 0) throw malformed('A packet is longer than its content')
    return packet
  } finally {
    cursor.release()
  }
}

/** The first packet of a connection. [MQTT-3.1.0-1]: it must be a CONNECT. */
export const decodeConnect = (header: number, bytes: Buffer, start: number, end: number): ConnectPacket => {
  if (header >> 4 !== 1) throw protocolError('The first packet is no CONNECT')
  requireFlags(header, 0)
  cursor.over(bytes, start, end)
  try {
    return connect()
  } finally {
    cursor.release()
  }
}

const decode = (version: ProtocolVersion, header: number): ClientPacket => {
  switch (header >> 4) {
    case 3:
      return publish(version, header)
    case 4:
      return acknowledgement(version, header, 'puback')
    case 5:
      return acknowledgement(version, header, 'pubrec')
    case 6:
      return acknowledgement(version, header, 'pubrel')
    case 7:
      return acknowledgement(version, header, 'pubcomp')
    case 8:
      return subscribe(version, header)
    case 10:
      return unsubscribe(version, header)
    case 12:
      requireFlags(header, 0)
      return pingreq
    case 14:
      return disconnect(version, header)
    case 15:
      if (version === 5) return auth(header)
      throw malformed('AUTH is a packet of version 5')
    case 1:
      // [MQTT-3.1.0-2]
      throw protocolError('A second CONNECT')
    case 0:
      throw malformed('Packet type 0 is reserved')
    default:
      throw protocolError('A packet that only servers send')
  }
}

const pingreq: ClientPacket = { cmd: 'pingreq' }

/** [MQTT-2.2.2-2] (5: [MQTT-2.1.3-1]): reserved flags have the values of the table. */
const requireFlags = (header: number, flags: number): void => {
  if ((header & 0x0f) !== flags) throw malformed('Reserved header flags are set')
}

/** [MQTT-2.3.1-1] (5: [MQTT-2.2.1-3]): packet identifiers are not zero. */
const messageId = (): number => {
  const id = cursor.uint16()
  if (id === 0) throw protocolError('Packet identifier 0')
  return id
}

const propertiesOf = (version: ProtocolVersion, place: PropertyPlace): Properties =>
  version === 5 ? readProperties(cursor, place) : noProperties

const publish = (version: ProtocolVersion, header: number): PublishPacket => {
  const qos = (header >> 1) & 3
  // [MQTT-3.3.1-4]
  if (qos === 3) throw malformed('QoS 3')
  // [MQTT-3.3.1-2]
  if (qos === 0 && header & 8) throw malformed('DUP with QoS 0')
  // [MQTT-3.3.2-2]: no wildcards in a topic name.
  const topic = cursor.topic()
  const id = qos > 0 ? messageId() : 0
  const from = cursor.position
  const properties = propertiesOf(version, 'publish')
  const propertyBytes = properties === noProperties ? noBytes : blockOf(cursor.since(from))
  if (properties !== noProperties) requirePublishProperties(properties)
  // [MQTT-4.7.3-1]: at least one character, or (5: §3.3.2.3.4) an alias.
  if (topic === '' && !properties.has(property.topicAlias)) throw protocolError('A publish without a topic')
  const isRetained = (header & 1) !== 0
  const payload = cursor.rest()
  return { cmd: 'publish', topic, qos: asQos(qos), messageId: id, isRetained, payload, properties, propertyBytes }
}

const noBytes = Buffer.alloc(0)

/** A property block without the length in front of it. */
const blockOf = (bytes: Buffer): Buffer => {
  let start = 0
  while ((bytes[start++] ?? 0) & 0x80);
  return bytes.subarray(start)
}

const requirePublishProperties = (properties: Properties): void => {
  // [MQTT-3.3.4-6]
  if (properties.has(property.subscriptionIdentifier)) throw protocolError('A client names a subscription identifier')
  const responseTopic = properties.get(property.responseTopic)
  // [MQTT-3.3.2-14]
  if (typeof responseTopic === 'string' && /[+#]/.test(responseTopic)) throw protocolError('A wildcard to respond to')
}

const asQos = (bits: number): 0 | 1 | 2 => (bits === 0 ? 0 : bits === 1 ? 1 : 2)

type Acknowledgement = 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'

/** Table 3-4 and 3-6 of version 5: what a client may answer. */
const publishReasons = new Set([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99])
const releaseReasons = new Set([0x00, 0x92])

const acknowledgement = (version: ProtocolVersion, header: number, cmd: Acknowledgement): ClientPacket => {
  // [MQTT-3.6.1-1]: PUBREL has flags of its own.
  requireFlags(header, cmd === 'pubrel' ? 2 : 0)
  const id = messageId()
  if (version < 5 || cursor.left === 0) return { cmd, messageId: id, reasonCode: 0 }
  const reasonCode = cursor.byte()
  const known = cmd === 'puback' || cmd === 'pubrec' ? publishReasons : releaseReasons
  // [MQTT-3.4.2-1], [MQTT-3.5.2-1], [MQTT-3.6.2-1], [MQTT-3.7.2-1]
  if (!known.has(reasonCode)) throw protocolError('An unknown reason')
  if (cursor.left > 0) readProperties(cursor, 'acknowledgement')
  return { cmd, messageId: id, reasonCode }
}

const subscribe = (version: ProtocolVersion, header: number): ClientPacket => {
  // [MQTT-3.8.1-1]
  requireFlags(header, 2)
  const id = messageId()
  const properties = propertiesOf(version, 'subscribe')
  const identifier = numberOf(properties, property.subscriptionIdentifier) ?? null
  const subscriptions: SubscriptionRequest[] = []
  while (cursor.left > 0) subscriptions.push(subscription(version))
  // [MQTT-3.8.3-3] (5: [MQTT-3.8.3-2])
  if (subscriptions.length === 0) throw protocolError('A SUBSCRIBE without filters')
  return { cmd: 'subscribe', messageId: id, subscriptions, identifier }
}

const subscription = (version: ProtocolVersion): SubscriptionRequest => {
  const filter = topicFilter()
  const options = cursor.byte()
  // [MQTT-3.8.3-4] (5: [MQTT-3.8.3-5]): reserved bits are zero.
  if (options & (version === 5 ? 0xc0 : 0xfc)) throw malformed('Reserved subscription options')
  // [MQTT-3-8.3-4]
  if ((options & 3) === 3) throw protocolError('QoS 3')
  const handling = (options >> 4) & 3
  if (handling === 3) throw protocolError('Retain handling 3')
  const noLocal = (options & 4) !== 0
  // [MQTT-3.8.3-4] of version 5
  if (noLocal && filter.startsWith('$share/')) throw protocolError('No Local with a shared subscription')
  return {
    filter,
    qos: asQos(options & 3),
    noLocal,
    retainAsPublished: (options & 8) !== 0,
    retainHandling: asQos(handling),
  }
}

const unsubscribe = (version: ProtocolVersion, header: number): ClientPacket => {
  // [MQTT-3.10.1-1]
  requireFlags(header, 2)
  const id = messageId()
  propertiesOf(version, 'unsubscribe')
  const filters: string[] = []
  while (cursor.left > 0) filters.push(topicFilter())
  // [MQTT-3.10.3-2]
  if (filters.length === 0) throw protocolError('An UNSUBSCRIBE without filters')
  return { cmd: 'unsubscribe', messageId: id, filters }
}

/** A level holds a wildcard alone, and `#` stands last ([MQTT-4.7.1-1], -2, -3). */
const wildcardMisplaced = /[^/][+#]|\+[^/]|#./s

/** [MQTT-4.7.3-1]: at least one character. */
const topicFilter = (): string => {
  const filter = cursor.text()
  if (filter === '' || wildcardMisplaced.test(filter)) throw malformed('A topic filter is not well-formed')
  return filter
}

/** What a client may say when it goes (table 3-10 of version 5). */
const disconnectReasons = new Set([0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99])

const disconnect = (version: ProtocolVersion, header: number): ClientPacket => {
  // [MQTT-3.14.1-1]
  requireFlags(header, 0)
  if (version < 5 || cursor.left === 0) return { cmd: 'disconnect', reasonCode: 0, properties: noProperties }
  const reasonCode = cursor.byte()
  // [MQTT-3.14.2-1]
  if (!disconnectReasons.has(reasonCode)) throw protocolError('An unknown reason')
  return { cmd: 'disconnect', reasonCode, properties: trailingProperties('disconnect') }
}

const auth = (header: number): ClientPacket => {
  // [MQTT-3.15.1-1]
  requireFlags(header, 0)
  if (cursor.left === 0) return { cmd: 'auth', reasonCode: 0, properties: noProperties }
  return { cmd: 'auth', reasonCode: cursor.byte(), properties: trailingProperties('auth') }
}

/** Properties that may be left out at the end of a packet. */
const trailingProperties = (place: PropertyPlace): Properties =>
  cursor.left === 0 ? noProperties : readProperties(cursor, place)

/** Level 3 or 4 with the bit that marks a bridge, as mosquitto sets it. */
const bridgeBit = 0x80
/** CONNACK 1, "unacceptable protocol version": [MQTT-3.1.2-2]. */
const unacceptableVersion = Buffer.from([0x20, 2, 0, 1])
/** The same in the form of version 5, for versions to come. */
const unsupportedVersion = Buffer.from([0x20, 3, 0, reason.unsupportedVersion, 0])

const protocolVersion = (): ProtocolVersion => {
  const name = cursor.text()
  // [MQTT-3.1.2-1]: another protocol's packet; the connection closes without an answer.
  if (name !== 'MQTT' && name !== 'MQIsdp') throw protocolError('An unknown protocol name')
  const level = cursor.byte()
  const version = level & ~bridgeBit
  if (name === 'MQIsdp') {
    if (version !== 3) throw new VersionFault(unacceptableVersion)
    return 3
  }
  // Clients that call 3.1 by the name of 3.1.1 are about.
  if (version === 3 || version === 4) return version
  if (level === 5) return 5
  throw new VersionFault(level > 5 ? unsupportedVersion : unacceptableVersion)
}

const connect = (): ConnectPacket => {
  const version = protocolVersion()
  try {
    const packet = connectFields(version)
    if (cursor.left > 0) throw malformed('A packet is longer than its content')
    return packet
  } catch (error) {
    if (version === 5 && error instanceof ProtocolFault) throw new ConnectFault(error.code, error.message)
    throw error
  }
}

const connectFields = (version: ProtocolVersion): ConnectPacket => {
  const flags = cursor.byte()
  // [MQTT-3.1.2-3]
  if (flags & 1) throw malformed('The reserved CONNECT flag is set')
  const hasWill = (flags & 4) !== 0
  const willQos = (flags >> 3) & 3
  // [MQTT-3.1.2-14] (5: [MQTT-3.1.2-12])
  if (willQos === 3) throw malformed('Will QoS 3')
  // [MQTT-3.1.2-11], -13, -15
  if (!hasWill && flags & 0x38) throw malformed('Will flags without a will')
  const hasUserName = (flags & 0x80) !== 0
  const hasPassword = (flags & 0x40) !== 0
  // [MQTT-3.1.2-22]; version 5 allows it.
  if (hasPassword && !hasUserName && version < 5) throw malformed('A password without a user name')
  const keepAliveSeconds = cursor.uint16()
  const properties = propertiesOf(version, 'connect')
  if (properties.has(property.authenticationData) && !properties.has(property.authenticationMethod))
    throw protocolError('Authentication data without a method')
  const clientId = cursor.text()
  const left = hasWill ? will(version, asQos(willQos), (flags & 0x20) !== 0) : null
  const userName = hasUserName ? cursor.text() : null
  // Copied: it would keep the bytes that were read with it as long as the session.
  const password = hasPassword ? Buffer.from(cursor.binary()) : null
  const isClean = (flags & 2) !== 0
  return { cmd: 'connect', version, isClean, keepAliveSeconds, clientId, userName, password, properties, will: left }
}

/** Copied, as the password. */
const will = (version: ProtocolVersion, qos: 0 | 1 | 2, isRetained: boolean): Will => {
  const from = cursor.position
  const properties = propertiesOf(version, 'will')
  const propertyBytes = properties === noProperties ? noBytes : Buffer.from(blockOf(cursor.since(from)))
  if (properties !== noProperties) requirePublishProperties(properties)
  const topic = cursor.topic()
  if (topic === '') throw protocolError('A will without a topic')
  return { topic, payload: Buffer.from(cursor.binary()), qos, isRetained, properties, propertyBytes }
}

/** Whether the client wants reason strings with its acknowledgements (§3.1.2.11.7). */
export const wantsProblemInformation = (properties: Properties): boolean =>
  numberOf(properties, property.requestProblemInformation) !== 0
