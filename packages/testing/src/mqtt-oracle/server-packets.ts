import { Fields, Unreadable } from './fields.ts'
import { type Level, packetNames } from './client-packets.ts'
import { type PacketName, type PropertyValues, readPropertyBlock } from './property-table.ts'

/** A packet of the server. `codes`: its return or reason codes, of success where it leaves them out. */
export type ServerPacket = {
  name: PacketName
  /** 0 where there is none. */
  id: number
  codes: readonly number[]
  properties: PropertyValues
  /** Of CONNACK: there is a session. */
  isPresent: boolean
  /** As long as it was on the wire. */
  length: number
  hex: string
}

const none: PropertyValues = new Map()

/** Codes that a server may give since version 5: the tables of §3.2.2.2, §3.4.2.1 to §3.7.2.1, §3.9.3, §3.11.3, §3.14.2.1. */
const codesOf: Partial<Record<PacketName, readonly number[]>> = {
  CONNACK: [
    0, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97, 0x99, 0x9a, 0x9b, 0x9c,
    0x9d, 0x9f,
  ],
  PUBACK: [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
  PUBREC: [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
  PUBREL: [0, 0x92],
  PUBCOMP: [0, 0x92],
  SUBACK: [0, 1, 2, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2],
  UNSUBACK: [0, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91],
  DISCONNECT: [
    0, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8b, 0x8d, 0x8e, 0x8f, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
    0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2,
  ],
}

/** And before it: 3.1.1 §3.2.2.3, §3.9.3. */
const earlierCodes: Partial<Record<PacketName, readonly number[]>> = {
  CONNACK: [0, 1, 2, 3, 4, 5],
  SUBACK: [0, 1, 2, 0x80],
}

/** What no server may say although it can be read. */
const objectionTo = (name: PacketName, { id, codes, properties }: Content, isEarlier: boolean): string | null => {
  const permitted = isEarlier ? earlierCodes[name] : codesOf[name]
  const code = codes.find((one) => permitted && !permitted.includes(one))
  if (code !== undefined) return `${name} with the code ${code}`
  if (['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBACK', 'UNSUBACK'].includes(name) && id === 0) return 'identifier 0'
  // [MQTT-3.14.2-2]
  return name === 'DISCONNECT' && properties.has(17) ? 'a session expiry of the server' : null
}

type Content = Pick<ServerPacket, 'id' | 'codes' | 'properties' | 'isPresent'>

const content = (some: Partial<Content>): Content => ({ id: 0, codes: [], properties: none, isPresent: false, ...some })

/** Null: it is not all there. Throws for what no server may send. */
export const readServerPacket = (level: Level, bytes: Uint8Array): ServerPacket | null => {
  const size = sizeOf(bytes)
  if (size === null || bytes.length < size.start + size.body) return null
  const length = size.start + size.body
  const hex = Buffer.from(bytes.subarray(0, length)).toString('hex')
  const header = bytes[0] ?? 0
  const fields = new Fields(bytes.subarray(size.start, length))
  const name = packetNames[header >> 4]
  try {
    const read = name ? contentOf(fields, level, header, name, size.body) : null
    const [fault] = fields.faults
    const isEarlier = name === 'CONNACK' ? size.body === 2 : level < 5
    const objection = fault?.what ?? (name && read ? objectionTo(name, read, isEarlier) : 'a reserved type')
    if (!name || !read || objection !== null || fields.left > 0)
      throw new Error(`The server may not send this: ${hex} (${objection ?? 'bytes behind the last field'})`)
    return { name, ...read, length, hex }
  } catch (error) {
    if (error instanceof Unreadable) throw new Error(`The server may not send this: ${hex} (${error.message})`)
    throw error
  }
}

const sizeOf = (bytes: Uint8Array): { start: number; body: number } | null => {
  let body = 0
  for (let at = 1, weight = 1; at <= 4 && at < bytes.length; at++, weight *= 128) {
    const byte = bytes[at] ?? 0
    body += (byte % 128) * weight
    if (byte < 128) return { start: at + 1, body }
  }
  return null
}

const contentOf = (fields: Fields, level: Level, header: number, name: PacketName, size: number): Content | null => {
  if (name !== 'PUBLISH' && header % 16 !== (name === 'PUBREL' ? 2 : 0)) return null
  switch (name) {
    case 'CONNACK': {
      const flags = fields.uint8()
      if (flags > 1) return null
      const codes = [fields.uint8()]
      // A refusal of a version comes in the words of that version or another: two bytes are those before 5.
      const properties = size > 2 ? readPropertyBlock(fields, name) : none
      return content({ codes, isPresent: flags === 1, properties })
    }
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return content({ id: fields.uint16(), ...trailing(fields, level, name) })
    case 'SUBACK':
    case 'UNSUBACK': {
      const id = fields.uint16()
      const properties = level === 5 ? readPropertyBlock(fields, name) : none
      return content({ id, properties, codes: [...fields.rest()] })
    }
    case 'PINGRESP':
      return content({})
    case 'DISCONNECT':
      return level === 5 ? content(trailing(fields, level, name)) : null
    case 'PUBLISH':
      return publish(fields, level, header)
    default:
      return null
  }
}

const trailing = (fields: Fields, level: Level, name: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP' | 'DISCONNECT') => {
  if (level < 5 || fields.left === 0) return { codes: [0] }
  const codes = [fields.uint8()]
  return { codes, properties: fields.left > 0 ? readPropertyBlock(fields, name) : none }
}

const publish = (fields: Fields, level: Level, header: number): Content | null => {
  const qos = (header >> 1) % 4
  // DUP goes with an acknowledgement.
  if (qos === 3 || (qos === 0 && header & 8)) return null
  const topic = fields.text()
  const id = qos > 0 ? fields.uint16() : 0
  const properties = level === 5 ? readPropertyBlock(fields, 'PUBLISH') : none
  fields.rest()
  const isNamed = topic !== '' || properties.has(35)
  return isNamed && !/[+#]/.test(topic) && (qos === 0 || id > 0) ? content({ id, properties }) : null
}
