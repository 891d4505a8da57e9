import { generate, type OptionName, parse } from 'coap-packet'

export type MessageType = 'CON' | 'NON' | 'ACK' | 'RST'

export type CoapOption = { name: OptionName; value: Buffer }

/** A message as it came; options keep their order. `options` names unknown ones by their number. */
export type CoapMessage = {
  type: MessageType
  /** `class.detail`, as in `0.01`. */
  code: string
  messageId: number
  token: Buffer
  options: readonly { name: string; value: Buffer }[]
  payload: Buffer
}

export type Decoded =
  | { kind: 'message'; message: CoapMessage }
  /** RFC 7252 §4.2: a confirmable one is rejected with a reset, others are passed over. */
  | { kind: 'malformed'; type: MessageType; messageId: number }
  /** No CoAP of this version: passed over in silence (RFC 7252 §3). */
  | { kind: 'foreign' }

/** Largest packet that is generated: any answer fits, since bodies travel in blocks. */
const maxGeneratedBytes = 2_048
const headerBytes = 4
const maxTokenBytes = 8
const payloadMarker = 0xff

export const decode = (datagram: Buffer): Decoded => {
  const first = datagram[0]
  if (first === undefined || datagram.length < headerBytes || first >> 6 !== 1) return { kind: 'foreign' }
  const type = typeOf(first)
  const messageId = datagram.readUInt16BE(2)
  if (!isWellFormed(datagram)) return { kind: 'malformed', type, messageId }
  try {
    const { code, token, options, payload } = parse(datagram)
    return {
      kind: 'message',
      message: { type, code, messageId, token, options: options as { name: string; value: Buffer }[], payload },
    }
  } catch {
    return { kind: 'malformed', type, messageId }
  }
}

export const encode = (message: {
  type: MessageType
  code: string
  messageId: number
  token?: Buffer
  options?: readonly CoapOption[]
  payload?: Buffer
}): Buffer => {
  const { type, code, messageId, token, options, payload } = message
  return generate(
    {
      code,
      messageId,
      confirmable: type === 'CON',
      ack: type === 'ACK',
      reset: type === 'RST',
      ...(token && { token }),
      ...(options && { options: [...options] }),
      ...(payload && { payload }),
    },
    maxGeneratedBytes,
  )
}

/** A message without token, options and payload: an empty acknowledgement, a reset or a ping. */
export const encodeEmpty = (type: MessageType, messageId: number): Buffer => encode({ type, code: '0.00', messageId })

const types: readonly MessageType[] = ['CON', 'NON', 'ACK', 'RST']

const typeOf = (firstByte: number): MessageType => types[(firstByte >> 4) & 3] ?? 'RST'

/**
 * Whether the lengths in the datagram add up (RFC 7252 §3): the parser of `coap-packet` reads past an option that is cut
 * off, takes tokens longer than 8 bytes, and an empty payload after its marker.
 */
const isWellFormed = (datagram: Buffer): boolean => {
  const tokenBytes = (datagram[0] ?? 0) & 15
  if (datagram[1] === 0) return tokenBytes === 0 && datagram.length === headerBytes
  if (tokenBytes > maxTokenBytes) return false
  let at = headerBytes + tokenBytes
  let number = 0
  while (at < datagram.length) {
    const byte = datagram[at++] ?? 0
    if (byte === payloadMarker) return at < datagram.length
    for (const nibble of [byte >> 4, byte & 15] as const) if (nibble === 15) return false
    const delta = extended(datagram, at, byte >> 4)
    at += delta.bytes
    const length = extended(datagram, at, byte & 15)
    at += length.bytes + length.value
    number += delta.value
    if (number > 0xffff) return false
  }
  return at === datagram.length
}

/** The value of an option's delta or length with its extension (RFC 7252 §3.1); past the end it runs over by itself. */
const extended = (datagram: Buffer, at: number, nibble: number): { value: number; bytes: number } => {
  if (nibble < 13) return { value: nibble, bytes: 0 }
  if (nibble === 13) return { value: (datagram[at] ?? 0) + 13, bytes: 1 }
  return { value: (((datagram[at] ?? 0) << 8) | (datagram[at + 1] ?? 0)) + 269, bytes: 2 }
}

/** An option's unsigned integer (RFC 7252 §3.2); null when it is longer than that option may be. */
export const uintOf = (value: Buffer, maxBytes: number): number | null => {
  if (value.length > maxBytes) return null
  return value.length === 0 ? 0 : value.readUIntBE(0, value.length)
}

/** The shortest form of an unsigned integer below 2^32; zero is empty. */
export const uintOption = (name: OptionName, value: number): CoapOption => {
  const bytes = Buffer.alloc(value === 0 ? 0 : Math.ceil(value.toString(16).length / 2))
  if (bytes.length > 0) bytes.writeUIntBE(value, 0, bytes.length)
  return { name, value: bytes }
}
