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
    if (!name || !read || fault || fields.left > 0)
      throw new Error(`The server may not send this: ${hex} (${fault?.what ?? name ?? 'a reserved type'})`)
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
  if (qos === 3) return null
  const topic = fields.text()
  const id = qos > 0 ? fields.uint16() : 0
  const properties = level === 5 ? readPropertyBlock(fields, 'PUBLISH') : none
  fields.rest()
  const isNamed = topic !== '' || properties.has(35)
  return isNamed && !/[+#]/.test(topic) && (qos === 0 || id > 0) ? content({ id, properties }) : null
}
