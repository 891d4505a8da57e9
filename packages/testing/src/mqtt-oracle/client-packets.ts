import { type Fault, Fields, malformedCode, protocolErrorCode, Unreadable } from './fields.ts'
import { type PacketName, type PropertyHolder, type PropertyValues, readPropertyBlock } from './property-table.ts'

export type Level = 3 | 4 | 5

export const packetNames: readonly (PacketName | null)[] = [
  null,
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
]

export type Filter = { filter: string; qos: number }

/** What a packet says, where that bears on its answer. */
export type Said =
  | { name: 'PUBLISH'; topic: string; payload: Uint8Array; qos: number; id: number; properties: PropertyValues }
  | { name: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP'; id: number; reason: number }
  | { name: 'SUBSCRIBE'; id: number; filters: Filter[]; properties: PropertyValues }
  | { name: 'UNSUBSCRIBE'; id: number; filters: string[] }
  | { name: 'PINGREQ' }
  | { name: 'DISCONNECT'; properties: PropertyValues }
  | { name: 'AUTH' }

export type Connect = {
  level: Level
  isClean: boolean
  clientId: string
  userName: string | null
  password: Uint8Array | null
  properties: PropertyValues
}

/** `said` is null where the packet could not be read to its end. */
export type ReadPacket<T> = { faults: Fault[]; said: T | null }

const none: PropertyValues = new Map()
const topicNameInvalid = 0x90
const topicFilterInvalid = 0x8f

/** Reasons that a client may give, by packet: the tables of §3.4.2.1 to §3.7.2.1, §3.14.2.1 and §3.15.2.1. */
const reasonsOf: Record<'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP' | 'DISCONNECT' | 'AUTH', readonly number[]> = {
  PUBACK: [0, 16, 128, 131, 135, 144, 145, 151, 153],
  PUBREC: [0, 16, 128, 131, 135, 144, 145, 151, 153],
  PUBREL: [0, 146],
  PUBCOMP: [0, 146],
  DISCONNECT: [0, 4, 128, 129, 130, 131, 144, 147, 148, 149, 150, 151, 152, 153],
  AUTH: [24, 25],
}

const flagsOf = (name: PacketName): number =>
  name === 'PUBREL' || name === 'SUBSCRIBE' || name === 'UNSUBSCRIBE' ? 2 : 0

const readWhole = <T>(body: Uint8Array, read: (fields: Fields) => T): ReadPacket<T> => {
  const fields = new Fields(body)
  let said: T | null = null
  try {
    said = read(fields)
    if (fields.left > 0) fields.fault('bytes behind the last field', malformedCode)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
  return { faults: fields.faults, said }
}

/** A packet after CONNECT. */
export const readPacket = (level: Level, header: number, body: Uint8Array): ReadPacket<Said> =>
  readWhole(body, (fields) => {
    const name = packetNames[header >> 4]
    if (name === null || name === undefined || (name === 'AUTH' && level < 5)) {
      fields.fault('a reserved packet type', malformedCode, protocolErrorCode)
      throw new Unreadable()
    }
    if (name !== 'PUBLISH' && header % 16 !== flagsOf(name)) fields.fault(`flags of ${name}`, malformedCode)
    switch (name) {
      case 'PUBLISH':
        return publish(fields, level, header)
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBREL':
      case 'PUBCOMP':
        return { name, ...acknowledgement(fields, level, name) }
      case 'SUBSCRIBE':
        return subscribe(fields, level)
      case 'UNSUBSCRIBE':
        return unsubscribe(fields, level)
      case 'PINGREQ':
        return { name }
      case 'DISCONNECT':
        return { name, ...goodbye(fields, level) }
      case 'AUTH':
        fields.fault('AUTH without a method in CONNECT', protocolErrorCode)
        goodbyeFields(fields, 'AUTH')
        return { name }
      default:
        fields.fault(`${name} from a client`, malformedCode, protocolErrorCode)
        throw new Unreadable()
    }
  })

const identifier = (fields: Fields): number => {
  const id = fields.uint16()
  if (id === 0) fields.fault('packet identifier 0', malformedCode, protocolErrorCode)
  return id
}

const properties = (
  fields: Fields,
  level: Level,
  holder: 'PUBLISH' | 'WILL' | 'CONNECT' | 'SUBSCRIBE' | 'UNSUBSCRIBE',
) => (level === 5 ? clientProperties(fields, holder) : none)

/** With what a client may not say in them, though a server may. */
const clientProperties = (fields: Fields, holder: PropertyHolder): PropertyValues =>
  readPropertyBlock(fields, holder, (id, value) => {
    if (id === 8 && typeof value === 'string') requireTopicName(fields, value)
    if (id === 11 && holder === 'PUBLISH') fields.fault('a client names a subscription identifier', protocolErrorCode)
    if (id === 28) fields.fault('a client names a server', malformedCode, protocolErrorCode)
  })

const hasWildcard = (topic: string) => topic.includes('+') || topic.includes('#')

const requireTopicName = (fields: Fields, topic: string): void => {
  if (hasWildcard(topic)) fields.fault('a wildcard in a topic name', malformedCode, protocolErrorCode, topicNameInvalid)
}

const publish = (fields: Fields, level: Level, header: number): Said => {
  const qos = (header >> 1) % 4
  if (qos === 3) fields.fault('QoS 3', malformedCode)
  if (qos === 0 && header & 8) fields.fault('DUP with QoS 0', malformedCode, protocolErrorCode)
  const topic = fields.text()
  requireTopicName(fields, topic)
  const id = qos > 0 ? identifier(fields) : 0
  const said = properties(fields, level, 'PUBLISH')
  if (topic === '' && !said.has(35)) fields.fault('a publish to nothing', protocolErrorCode)
  return { name: 'PUBLISH', topic, qos, id, payload: fields.rest(), properties: said }
}

const acknowledgement = (fields: Fields, level: Level, name: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP') => {
  const id = identifier(fields)
  if (level < 5 || fields.left === 0) return { id, reason: 0 }
  const reason = reasonIn(fields, name)
  if (fields.left > 0) clientProperties(fields, name)
  return { id, reason }
}

const reasonIn = (fields: Fields, name: keyof typeof reasonsOf): number => {
  const reason = fields.uint8()
  if (!reasonsOf[name].includes(reason)) fields.fault(`reason ${reason} of ${name}`, malformedCode, protocolErrorCode)
  return reason
}

/** §4.7.1: `#` is the last level, and a wildcard has its level to itself. */
const isFilter = (filter: string): boolean => {
  const levels = filter.split('/')
  return (
    filter !== '' &&
    levels.every((one, at) => !hasWildcard(one) || one === '+' || (one === '#' && at === levels.length - 1))
  )
}

const filterIn = (fields: Fields): string => {
  const filter = fields.text()
  if (!isFilter(filter)) fields.fault('a topic filter', malformedCode, protocolErrorCode, topicFilterInvalid)
  return filter
}

const subscribe = (fields: Fields, level: Level): Said => {
  const id = identifier(fields)
  const said = properties(fields, level, 'SUBSCRIBE')
  const filters: Filter[] = []
  while (fields.left > 0) {
    const filter = filterIn(fields)
    const options = fields.uint8()
    if (options >> (level === 5 ? 6 : 2) !== 0) fields.fault('reserved options', malformedCode)
    if (options % 4 === 3) fields.fault('QoS 3 asked for', malformedCode, protocolErrorCode)
    if (level === 5 && (options >> 4) % 4 === 3) fields.fault('retain handling 3', protocolErrorCode)
    if (level === 5 && options & 4 && filter.startsWith('$share/'))
      fields.fault('No Local of a shared subscription', protocolErrorCode)
    filters.push({ filter, qos: options % 4 })
  }
  if (filters.length === 0) fields.fault('nothing to subscribe to', protocolErrorCode)
  return { name: 'SUBSCRIBE', id, filters, properties: said }
}

const unsubscribe = (fields: Fields, level: Level): Said => {
  const id = identifier(fields)
  properties(fields, level, 'UNSUBSCRIBE')
  const filters: string[] = []
  while (fields.left > 0) filters.push(filterIn(fields))
  if (filters.length === 0) fields.fault('nothing to unsubscribe from', protocolErrorCode)
  return { name: 'UNSUBSCRIBE', id, filters }
}

const goodbye = (fields: Fields, level: Level): { properties: PropertyValues } =>
  level < 5 ? { properties: none } : { properties: goodbyeFields(fields, 'DISCONNECT') }

const goodbyeFields = (fields: Fields, name: 'DISCONNECT' | 'AUTH'): PropertyValues => {
  if (fields.left === 0) return none
  reasonIn(fields, name)
  return fields.left > 0 ? clientProperties(fields, name) : none
}

/** `other`: a protocol that is not MQTT, or a level of it that is not known. */
export type ConnectRead =
  | { kind: 'unreadable' }
  | { kind: 'other'; isMqtt: boolean; level: number }
  | { kind: 'connect'; level: Level; faults: readonly Fault[]; said: Connect | null }

/** The first packet of a connection, which is a CONNECT by its type. */
export const readConnect = (header: number, body: Uint8Array): ConnectRead => {
  const fields = new Fields(body)
  let level: Level | null = null
  try {
    const name = fields.text()
    if (fields.faults.length > 0 || header % 16 !== 0) return { kind: 'unreadable' }
    if (name !== 'MQTT' && name !== 'MQIsdp') return { kind: 'other', isMqtt: false, level: 0 }
    const byte = fields.uint8()
    level = levelOf(name, byte)
    if (level === null) return { kind: 'other', isMqtt: true, level: byte }
    const said = connectFields(fields, level)
    if (fields.left > 0) fields.fault('bytes behind the last field', malformedCode)
    return { kind: 'connect', level, faults: fields.faults, said }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return level === null ? { kind: 'unreadable' } : { kind: 'connect', level, faults: fields.faults, said: null }
  }
}

/** The highest bit marks a bridge, by a habit older than the standard. 3.1 is known by both names. */
const levelOf = (name: string, byte: number): Level | null => {
  if (name === 'MQTT' && byte === 5) return 5
  const level = byte % 128
  if (level === 3) return 3
  return name === 'MQTT' && level === 4 ? 4 : null
}

const connectFields = (fields: Fields, level: Level): Connect => {
  const flags = fields.uint8()
  const has = (bit: number) => ((flags >> bit) & 1) === 1
  if (has(0)) fields.fault('the reserved flag of CONNECT', malformedCode)
  if (!has(2) && (has(3) || has(4) || has(5)))
    fields.fault('flags of a will without a will', malformedCode, protocolErrorCode)
  if (has(3) && has(4)) fields.fault('QoS 3 of a will', malformedCode)
  if (level < 5 && has(6) && !has(7)) fields.fault('a password without a user name', malformedCode)
  fields.uint16()
  const said = properties(fields, level, 'CONNECT')
  if (said.has(22) && !said.has(21)) fields.fault('authentication data without a method', protocolErrorCode)
  const clientId = fields.text()
  if (has(2)) will(fields, level)
  const userName = has(7) ? fields.text() : null
  const password = has(6) ? fields.binary() : null
  return { level, isClean: has(1), clientId, userName, password, properties: said }
}

const will = (fields: Fields, level: Level): void => {
  properties(fields, level, 'WILL')
  const topic = fields.text()
  requireTopicName(fields, topic)
  if (topic === '') fields.fault('a will for no topic', malformedCode, protocolErrorCode, topicNameInvalid)
  fields.binary()
}
