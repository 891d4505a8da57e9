/** What RFC 7252 calls a message, as its bytes say it. */
export type CoapParts = {
  type: 'CON' | 'NON' | 'ACK' | 'RST'
  /** Class times 32 and detail. */
  code: number
  messageId: number
  token: Buffer
  options: readonly { number: number; value: Buffer }[]
  payload: Buffer
}

/** `foreign`: shorter than a header, or of another version: nobody's. `broken`: a message format error, §4.2, §4.3. */
export type CoapRead =
  | { kind: 'foreign' }
  | { kind: 'broken'; type: CoapParts['type']; messageId: number; what: string }
  | { kind: 'message'; parts: CoapParts }

const typeNames = ['CON', 'NON', 'ACK', 'RST'] as const

/** The rest of a datagram that is read from its front. */
type Rest = { bytes: Buffer }

const taken = (rest: Rest, count: number): Buffer | null => {
  if (rest.bytes.length < count) return null
  const head = rest.bytes.subarray(0, count)
  rest.bytes = rest.bytes.subarray(count)
  return head
}

/** §3.1: 13 and 14 stand for one and two more bytes, 15 for nothing that may be sent. */
const stretched = (rest: Rest, nibble: number): number | null => {
  if (nibble < 13) return nibble
  if (nibble === 15) return null
  const more = taken(rest, nibble - 12)
  return more && [...more].reduce((sum, byte) => sum * 256 + byte, 0) + (nibble === 13 ? 13 : 269)
}

export const readCoap = (datagram: Buffer): CoapRead => {
  const rest: Rest = { bytes: datagram }
  const head = taken(rest, 4)
  if (!head || (head[0] ?? 0) >> 6 !== 1) return { kind: 'foreign' }
  const type = typeNames[((head[0] ?? 0) >> 4) % 4] ?? 'CON'
  const [code = 0, high = 0, low = 0] = head.subarray(1)
  const messageId = high * 256 + low
  const broken = (what: string): CoapRead => ({ kind: 'broken', type, messageId, what })
  const tokenBytes = (head[0] ?? 0) % 16
  // §4.1
  if (code === 0 && (tokenBytes > 0 || rest.bytes.length > 0)) return broken('an empty message with something in it')
  if (tokenBytes > 8) return broken('a token of more than eight bytes')
  const token = taken(rest, tokenBytes)
  if (!token) return broken('a token that is cut off')
  const options: { number: number; value: Buffer }[] = []
  for (let number = 0; rest.bytes.length > 0; ) {
    const [byte = 0] = taken(rest, 1) ?? []
    if (byte === 0xff) {
      if (rest.bytes.length === 0) return broken('a marker without a payload')
      return { kind: 'message', parts: { type, code, messageId, token, options, payload: rest.bytes } }
    }
    const delta = stretched(rest, byte >> 4)
    const length = delta === null ? null : stretched(rest, byte % 16)
    const value = length === null ? null : taken(rest, length)
    if (delta === null || value === null) return broken('an option that is cut off, or a reserved length')
    number += delta
    if (number > 65_535) return broken('an option number beyond the last')
    options.push({ number, value })
  }
  return { kind: 'message', parts: { type, code, messageId, token, options, payload: rest.bytes } }
}

const stretch = (value: number): { nibble: number; more: Buffer } => {
  if (value < 13) return { nibble: value, more: Buffer.alloc(0) }
  if (value < 269) return { nibble: 13, more: Buffer.of(value - 13) }
  return { nibble: 14, more: Buffer.of((value - 269) >> 8, (value - 269) & 255) }
}

/** One option behind one of the number `previous`. */
export const optionBytes = (previous: number, number: number, value: Buffer): Buffer => {
  const delta = stretch(number - previous)
  const length = stretch(value.length)
  return Buffer.concat([Buffer.of((delta.nibble << 4) | length.nibble), delta.more, length.more, value])
}

export const writeCoap = ({ type, code, messageId, token, options, payload }: CoapParts): Buffer => {
  const first = 0x40 | (typeNames.indexOf(type) << 4) | token.length
  let previous = 0
  const written = options
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, value }) => {
      const bytes = optionBytes(previous, number, value)
      previous = number
      return bytes
    })
  const marked = payload.length > 0 ? [Buffer.of(0xff), payload] : []
  return Buffer.concat([Buffer.of(first, code, messageId >> 8, messageId & 255), token, ...written, ...marked])
}
