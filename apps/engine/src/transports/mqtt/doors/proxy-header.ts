import { isIP } from 'node:net'

/**
 * `length`: bytes of the header. `address`: who connected to the proxy; null when the proxy speaks for itself (a health
 * check) or does not say.
 */
export type ProxyHeader =
  | { kind: 'whole'; length: number; address: string | null }
  | { kind: 'incomplete' }
  | { kind: 'malformed' }

/** PROXY protocol of HAProxy, §2.2: a binary header begins with this. */
const signature = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a])
/** Longest text header (§2.1), bytes with its line end. */
const longestText = 107
/** Addresses and what else a proxy tells; the length field would allow 64 KiB. */
const longestBinary = 4_096

const malformed = { kind: 'malformed' } as const
const incomplete = { kind: 'incomplete' } as const

/** Reads the header of version 1 or 2 with which a proxy begins a connection. */
export const readProxyHeader = (bytes: Buffer): ProxyHeader => {
  const begun = Math.min(bytes.length, signature.length)
  if (bytes.subarray(0, begun).equals(signature.subarray(0, begun)))
    return bytes.length < signature.length ? incomplete : readBinary(bytes)
  return readText(bytes)
}

const textStart = Buffer.from('PROXY ')

const readText = (bytes: Buffer): ProxyHeader => {
  const begun = Math.min(bytes.length, textStart.length)
  if (!bytes.subarray(0, begun).equals(textStart.subarray(0, begun))) return malformed
  const end = bytes.subarray(0, longestText).indexOf('\r\n')
  if (end < 0) return bytes.length < longestText ? incomplete : malformed
  const length = end + 2
  const words = bytes.toString('latin1', 0, end).split(' ')
  const [, family, source = '', target = '', ...ports] = words
  if (family === 'UNKNOWN') return { kind: 'whole', length, address: null }
  const version = family === 'TCP4' ? 4 : family === 'TCP6' ? 6 : null
  const isWhole = words.length === 6 && ports.every(isPort)
  if (!version || !isWhole || isIP(source) !== version || isIP(target) !== version) return malformed
  return { kind: 'whole', length, address: source }
}

const isPort = (text: string): boolean => /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535

const readBinary = (bytes: Buffer): ProxyHeader => {
  if (bytes.length < 16) return incomplete
  const version = bytes.readUInt8(12) >> 4
  const command = bytes.readUInt8(12) & 0x0f
  const family = bytes.readUInt8(13)
  const length = 16 + bytes.readUInt16BE(14)
  if (version !== 2 || command > 1 || length > longestBinary) return malformed
  if (bytes.length < length) return incomplete
  // LOCAL: a connection of the proxy's own, for which the rest means nothing.
  if (command === 0) return { kind: 'whole', length, address: null }
  if (family === 0x11) return length < 16 + 12 ? malformed : { kind: 'whole', length, address: ipv4(bytes, 16) }
  if (family === 0x21) return length < 16 + 36 ? malformed : { kind: 'whole', length, address: ipv6(bytes, 16) }
  // AF_UNSPEC, and local sockets of the proxy's machine: no address that means anything here.
  if (family === 0x00 || family === 0x31) return { kind: 'whole', length, address: null }
  return malformed
}

const ipv4 = (bytes: Buffer, at: number): string => [...bytes.subarray(at, at + 4)].join('.')

const ipv6 = (bytes: Buffer, at: number): string =>
  Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(at + group * 2).toString(16)).join(':')
