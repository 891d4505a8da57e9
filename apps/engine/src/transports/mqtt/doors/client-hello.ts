import type { Start } from './await-start.ts'

const handshake = 0x16
const recordHeaderBytes = 5
/** Beyond it the rest comes while the handshake is under way: what waits here stays small. */
const enoughBytes = 4_096

const incomplete = { kind: 'incomplete' } as const
const whole = { kind: 'whole', length: 0 } as const

/**
 * Whether the client's first record (RFC 8446 §5.1) is here. A handshake costs four times the memory of a silent socket
 * from its begin on, and several times the processor of the client: it begins when the client has done its part. What is
 * no TLS at all goes on at once, to be told so.
 */
export const readClientHello = (bytes: Buffer): Start => {
  if (bytes[0] !== handshake) return whole
  if (bytes.length < recordHeaderBytes) return incomplete
  const needed = Math.min(enoughBytes, recordHeaderBytes + bytes.readUInt16BE(3))
  return bytes.length < needed ? incomplete : whole
}
