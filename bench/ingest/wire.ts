/**
 * Just enough MQTT 3.1.1 and 5 to send: a general client costs more CPU than the broker that it loads. Packets are copied
 * from a template in which only digits and the packet id change.
 */
const topic = 'v1/devices/me/telemetry'

export const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export const packet = (head: number, body: Buffer): Buffer => {
  const length: number[] = []
  let rest = body.length
  do {
    length.push((rest % 128) + (rest >= 128 ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.concat([Buffer.from([head, ...length]), body])
}

/** Protocol levels: 4 is MQTT 3.1.1. */
export type Level = 4 | 5
export const levels = [4, 5] as const

/** The empty property list that version 5 has in most packets. */
const noProperties = (level: Level): Buffer => Buffer.alloc(level === 5 ? 1 : 0)

/** CONNECT with the access token as user name; a clean session unless it is to be kept. */
export const connectPacket = (clientId: string, token: string, level: Level = 4, isKept = false): Buffer => {
  const withUser = 0x80
  const cleanSession = isKept ? 0 : 2
  const keepAliveSeconds = 600
  const variable = Buffer.from([level, withUser | cleanSession, keepAliveSeconds >> 8, keepAliveSeconds & 0xff])
  return packet(0x10, Buffer.concat([text('MQTT'), variable, noProperties(level), text(clientId), text(token)]))
}

export const disconnectPacket = Buffer.from([0xe0, 0])

export const pointChoices = [3, 5] as const
export type Points = (typeof pointChoices)[number]

/** Keys of one message; `n` is its number. */
export const keysOf = (points: Points): string[] => {
  const three = ['n', 'temperature', 'humidity']
  return points === 3 ? three : [...three, 'pressure', 'battery']
}

/** Numbers start here, so that every one has the same count of digits. */
export const firstNumber = 1_000_000

/**
 * Makes PUBLISH packets (QoS 1): `{"ts":…,"values":{"n":…,"temperature":…,"humidity":…}}`. The i-th message of a device
 * has number `firstNumber + i` and the time `baseTs + i` ms, so no two share a time and the store can be checked by both.
 */
export const createPublisher = (points: Points, baseTs: number, level: Level = 4) => {
  const more = points === 5 ? ',"pressure":1013.25,"battery":87' : ''
  const payload = `{"ts":${baseTs},"values":{"n":${firstNumber},"temperature":21.37,"humidity":45.31${more}}}`
  const head = text(topic)
  const template = packet(0x32, Buffer.concat([head, Buffer.alloc(2), noProperties(level), Buffer.from(payload)]))
  const idAt = template.indexOf(topic) + topic.length
  const at = (marker: string) => template.indexOf(marker) + marker.length
  const [tsAt, numberAt] = [at('"ts":'), at('"n":')]
  const temperatureAt = at('"temperature":2')
  const humidityAt = at('"humidity":4')
  return (packetId: number, index: number): Buffer => {
    const out = Buffer.allocUnsafe(template.length)
    template.copy(out)
    out[idAt] = packetId >> 8
    out[idAt + 1] = packetId & 0xff
    writeDigits(out, tsAt, 13, baseTs + index)
    writeDigits(out, numberAt, 7, firstNumber + index)
    // 20.05 … 29.95: never a trailing zero, so always the same length and always a fraction.
    out[temperatureAt] = 48 + (index % 10)
    out[temperatureAt + 2] = 48 + (Math.floor(index / 10) % 10)
    out[temperatureAt + 3] = 53
    out[humidityAt] = 48 + (Math.floor(index / 7) % 10)
    return out
  }
}

const writeDigits = (out: Buffer, at: number, count: number, value: number) => {
  let rest = value
  for (let i = at + count - 1; i >= at; i -= 1) {
    const next = Math.floor(rest / 10)
    out[i] = 48 + (rest - next * 10)
    rest = next
  }
}

/**
 * Reads the packets a broker sends to a publisher: CONNACK, PUBACK, PINGRESP; anything else, and a PUBACK with a reason
 * other than success, ends the connection.
 */
export const createAckReader = (on: { connack(code: number): void; puback(packetId: number): void }) => {
  // A chunk may end inside a packet; of a longer one than these only the first bytes matter.
  const held = Buffer.alloc(5)
  let heldLength = 0
  let skip = 0
  return (chunk: Uint8Array, length: number) => {
    for (let i = 0; i < length; i += 1) {
      if (skip > 0) {
        skip -= 1
        continue
      }
      held[heldLength++] = chunk[i] ?? 0
      if (heldLength < 2) continue
      const remaining = held[1] ?? 0
      if (remaining > 127) throw new Error(`unexpected packet 0x${held[0]?.toString(16)}`)
      const wanted = 2 + Math.min(remaining, 3)
      if (heldLength < wanted) continue
      heldLength = 0
      skip = remaining - (wanted - 2)
      if (held[0] === 0x40 && (remaining < 3 || held[4] === 0)) on.puback(((held[2] ?? 0) << 8) | (held[3] ?? 0))
      else if (held[0] === 0x20) on.connack(held[3] ?? 255)
      else if (held[0] !== 0xd0) throw new Error(`unexpected packet 0x${held[0]?.toString(16)}`)
    }
  }
}
