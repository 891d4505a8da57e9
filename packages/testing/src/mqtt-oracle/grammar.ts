import type { Random } from '../fuzz.ts'
import type { Level } from './client-packets.ts'
import { type PropertyHolder, propertyTable, type PropertyType } from './property-table.ts'

/** A part of a packet that can be spoilt in the ways of its kind. */
export type Part =
  | { kind: 'number' | 'text' | 'binary' | 'topic' | 'filter' | 'identifier' | 'rest'; bytes: Buffer }
  | { kind: 'properties'; properties: Buffer[] }

/** A packet as a client would write it: header without its length, and what follows. */
export type Draft = { header: number; parts: Part[] }

export const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff)

const uint32 = (value: number): Buffer =>
  Buffer.concat([uint16(Math.floor(value / 0x1_0000)), uint16(value % 0x1_0000)])

export const varInt = (value: number): Buffer => {
  const bytes: number[] = []
  for (let left = value; ; ) {
    const isLast = left < 128
    bytes.push((left % 128) + (isLast ? 0 : 128))
    if (isLast) return Buffer.from(bytes)
    left = Math.floor(left / 128)
  }
}

/** Two bytes of length and the bytes. */
export const counted = (content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content)
  return Buffer.concat([uint16(bytes.length), bytes])
}

export const pickOne = <T>(random: Random, list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0]

const topics = ['v1/devices/me/telemetry', 't', 'é/ÿ', 'a//b', '/', '$SYS/x', 'v1/devices/me/attributes'] as const
const filters = ['v1/a', '+/#', '#', 'v1/+/b', '$share/g/v1/a', '$share/g', 'v1/devices/me/attributes', '+'] as const
const texts = ['', 'a', 'client', 'déjà', 'x'.repeat(130)] as const

const number = (bytes: Buffer): Part => ({ kind: 'number', bytes })
const text = (random: Random): Part => ({ kind: 'text', bytes: counted(pickOne(random, texts)) })
const topic = (random: Random): Part => ({ kind: 'topic', bytes: counted(pickOne(random, topics)) })
const filter = (random: Random): Part => ({ kind: 'filter', bytes: counted(pickOne(random, filters)) })
const identifier = (random: Random): Part => ({
  kind: 'identifier',
  bytes: uint16(1 + random(random(4) === 0 ? 65_535 : 4)),
})

/** What a property of the type looks like; mostly as it may be. */
export const propertyOf = (id: number, type: PropertyType, random: Random): Buffer => {
  const value = (): Buffer => {
    switch (type) {
      case 'byte':
        return Buffer.of(random(20) === 0 ? random(256) : random(2))
      case 'uint16':
        return uint16(random(12) === 0 ? 0 : 1 + random(20))
      case 'uint32':
        // Of a largest packet this is a range in which some answers fit and some do not.
        return uint32(random(12) === 0 ? 0 : random(3) === 0 ? 1 + random(80) : 0xffff_ffff)
      case 'varInt':
        return varInt(pickOne(random, [0, 1, 127, 128, 268_435_455]))
      case 'text':
        return counted(id === 8 ? pickOne(random, topics) : pickOne(random, texts))
      case 'binary':
        return counted(Buffer.alloc(random(5), random(256)))
      case 'pair':
        return Buffer.concat([counted(pickOne(random, texts)), counted(pickOne(random, texts))])
    }
  }
  return Buffer.concat([varInt(id), value()])
}

const properties = (level: Level, holder: PropertyHolder, random: Random): Part[] => {
  if (level < 5) return []
  const possible = propertyTable.filter(
    // A client may name neither: one belongs to the server, the other to who has no other property.
    ({ id, holders }) => holders.has(holder) && !(id === 11 && holder === 'PUBLISH') && (id < 21 || id > 22),
  )
  const chosen = possible.filter(() => random(2 * possible.length) < 3)
  return [{ kind: 'properties', properties: chosen.map(({ id, type }) => propertyOf(id, type, random)) }]
}

/** A CONNECT of the level, by the user name; nearly always one that is in order. Without a client id it may have any. */
export const connectDraft = (level: Level, random: Random, names: { userName: string; clientId?: string }): Draft => {
  const hasWill = random(4) === 0
  const hasPassword = random(3) === 0
  // Before version 5 there is no password without one.
  const hasUserName = random(16) !== 0
  const flags =
    0x02 | (hasUserName ? 0x80 : 0) | (hasPassword ? 0x40 : 0) | (hasWill ? 4 | (random(3) << 3) | (random(2) << 5) : 0)
  const will: Part[] = hasWill
    ? [...properties(level, 'WILL', random), topic(random), { kind: 'binary', bytes: counted('gone') }]
    : []
  return {
    header: 0x10,
    parts: [
      { kind: 'text', bytes: counted(level === 3 ? 'MQIsdp' : 'MQTT') },
      number(Buffer.of(level)),
      number(Buffer.of(flags)),
      { kind: 'rest', bytes: uint16(pickOne(random, [0, 600, 65_535])) },
      ...properties(level, 'CONNECT', random),
      names.clientId === undefined ? text(random) : { kind: 'text', bytes: counted(names.clientId) },
      ...will,
      ...(hasUserName ? [{ kind: 'text', bytes: counted(names.userName) } as const] : []),
      ...(hasPassword ? [{ kind: 'binary', bytes: counted('secret') } as const] : []),
    ],
  }
}

const publish = (level: Level, random: Random): Draft => {
  const qos = random(3)
  const payload = pickOne(random, ['{"a":1}', '', '[', 'x'.repeat(300)])
  return {
    header: 0x30 | (qos << 1) | (qos > 0 && random(4) === 0 ? 8 : 0) | (random(6) === 0 ? 1 : 0),
    parts: [
      topic(random),
      ...(qos > 0 ? [identifier(random)] : []),
      ...properties(level, 'PUBLISH', random),
      { kind: 'rest', bytes: Buffer.from(payload) },
    ],
  }
}

type Acknowledgement = readonly [header: number, holder: PropertyHolder, reasons: readonly [number, ...number[]]]

const acknowledgements: readonly [Acknowledgement, ...Acknowledgement[]] = [
  [0x40, 'PUBACK', [0, 0x10, 0x80, 0x99]],
  [0x50, 'PUBREC', [0, 0x10, 0x80, 0x99]],
  [0x62, 'PUBREL', [0, 0x92]],
  [0x62, 'PUBREL', [0, 0x92]],
  [0x70, 'PUBCOMP', [0, 0x92]],
]

const acknowledgement = (level: Level, random: Random): Draft => {
  const [header, holder, reasons] = pickOne(random, acknowledgements)
  const parts = [identifier(random)]
  if (level === 5 && random(2) === 0) parts.push(number(Buffer.of(pickOne(random, reasons))))
  if (parts.length > 1 && random(2) === 0) parts.push(...properties(level, holder, random))
  return { header, parts }
}

const subscribe = (level: Level, random: Random): Draft => {
  const parts = [identifier(random), ...properties(level, 'SUBSCRIBE', random)]
  // Some ask for so much that their answer is larger than some clients take.
  for (let count = random(10) === 0 ? 20 + random(80) : 1 + random(3); count > 0; count--)
    parts.push(
      filter(random),
      number(Buffer.of(random(3) | (level === 5 ? (random(6) === 0 ? 4 : 0) | (random(3) << 4) : 0))),
    )
  return { header: 0x82, parts }
}

const unsubscribe = (level: Level, random: Random): Draft => {
  const parts = [identifier(random), ...properties(level, 'UNSUBSCRIBE', random)]
  for (let count = random(10) === 0 ? 20 + random(80) : 1 + random(3); count > 0; count--) parts.push(filter(random))
  return { header: 0xa2, parts }
}

const goodbye = (level: Level, random: Random): Draft => {
  const parts: Part[] = []
  const isAuth = level === 5 && random(4) === 0
  if (level === 5 && random(2) === 0) parts.push(number(Buffer.of(isAuth ? 24 : pickOne(random, [0, 4, 0x80, 0x99]))))
  if (parts.length > 0 && random(2) === 0) parts.push(...properties(level, isAuth ? 'AUTH' : 'DISCONNECT', random))
  return { header: isAuth ? 0xf0 : 0xe0, parts }
}

/** Any packet but CONNECT; those that end a connection are few. */
export const packetDraft = (level: Level, random: Random): Draft => {
  switch (random(20)) {
    case 0:
      return goodbye(level, random)
    case 1:
    case 2:
      return { header: 0xc0, parts: [] }
    case 3:
    case 4:
    case 5:
    case 6:
      return subscribe(level, random)
    case 7:
    case 8:
      return unsubscribe(level, random)
    case 9:
    case 10:
    case 11:
    case 12:
      return acknowledgement(level, random)
    default:
      return publish(level, random)
  }
}

const partBytes = (part: Part): Buffer => {
  if (part.kind !== 'properties') return part.bytes
  const block = Buffer.concat(part.properties)
  return Buffer.concat([varInt(block.length), block])
}

export const bodyOf = ({ parts }: Draft): Buffer => Buffer.concat(parts.map(partBytes))

export const written = (draft: Draft): Buffer => {
  const body = bodyOf(draft)
  return Buffer.concat([Buffer.of(draft.header), varInt(body.length), body])
}
