import { type CoapOption, uintOf, uintOption } from './packet.ts'

/** A Block1 or Block2 option (RFC 7959 §2.2). */
export type Block = { number: number; more: boolean; sizeBytes: number }

/** Bytes in a block where the client does not ask for smaller ones. */
export const largestBlockBytes = 1_024

/** null: the option is not one; the reserved size 7 among it (RFC 7959 §2.2). */
export const blockOf = (value: Buffer): Block | null => {
  const packed = uintOf(value, 3)
  if (packed === null) return null
  const exponent = packed & 7
  return exponent === 7 ? null : { number: packed >>> 4, more: (packed & 8) !== 0, sizeBytes: 16 << exponent }
}

export const blockOption = (name: 'Block1' | 'Block2', { number, more, sizeBytes }: Block): CoapOption =>
  uintOption(name, number * 16 + (more ? 8 : 0) + (Math.log2(sizeBytes) - 4))

/** What an answer carries; read in parts, so that a large package is never held as a whole. */
export type Body = {
  sizeBytes: number
  /** What of it is in memory. */
  heldBytes: number
  /** Tells one version of the body from another while its blocks are fetched. */
  etag: Buffer
  /** Bytes from `offset` on, at most `length`. */
  read(offset: number, length: number): Promise<Uint8Array> | Uint8Array
}

export type BlockOfBody =
  | { ok: true; payload: Uint8Array; options: readonly CoapOption[]; isWhole: boolean }
  /** The number of the block lies past the end. */
  | { ok: false }

/** The part of a body that a request asks for; a body that fits into one block goes without the option. */
export const blockOfBody = async (body: Body, asked: Block | null): Promise<BlockOfBody> => {
  const sizeBytes = Math.min(asked?.sizeBytes ?? largestBlockBytes, largestBlockBytes)
  // A client may ask for smaller blocks than it was sent: the number counts in the size it names (RFC 7959 §2.4).
  const number = asked?.number ?? 0
  const offset = number * sizeBytes
  if (number > 0 && offset >= body.sizeBytes) return { ok: false }
  const payload = body.sizeBytes === 0 ? new Uint8Array() : await body.read(offset, sizeBytes)
  const more = offset + payload.length < body.sizeBytes
  if (!more && number === 0) return { ok: true, payload, isWhole: true, options: [] }
  return {
    ok: true,
    payload,
    isWhole: false,
    options: [
      { name: 'ETag', value: body.etag },
      blockOption('Block2', { number, more, sizeBytes }),
      uintOption('Size2', body.sizeBytes),
    ],
  }
}
