import type { Block } from './block.ts'
import { type Endpoint, endpointKey } from './endpoint.ts'

export type UploadLimits = {
  /** Largest body, bytes. */
  bodyBytes: number
  /** Bytes of unfinished bodies, in total and by address. */
  totalBytes: number
  addressBytes: number
  /** An unfinished body is dropped when no block came for this long, ms. */
  idleMs: number
}

/** The body limit is what `getSessionLimits` tells, and that of MQTT. */
export const uploadLimits: UploadLimits = {
  bodyBytes: 65_536,
  totalBytes: 33_554_432,
  addressBytes: 8_388_608,
  idleMs: 93_000,
}

export type UploadStep =
  | { kind: 'whole'; body: Buffer }
  /** The next block is awaited. */
  | { kind: 'continue' }
  /** `incomplete`: a block before this one is missing. `full`: no room at this moment. */
  | { kind: 'incomplete' | 'too-large' | 'full' }

type Upload = { address: string; parts: Buffer[]; bytes: number; lastMs: number }

export type Uploads = {
  add(endpoint: Endpoint, uri: string, block: Block, payload: Buffer, nowMs: number): UploadStep
  /** Whether a body of this sender is under way. */
  has(endpoint: Endpoint, uri: string): boolean
  expire(nowMs: number): void
  bytes(): number
}

/** Puts bodies together that come in blocks, in order (RFC 7959 §2.5). */
export const createUploads = (limits: UploadLimits = uploadLimits): Uploads => {
  /** The one that waited longest for a block comes first. */
  const uploads = new Map<string, Upload>()
  const bytesOfAddress = new Map<string, number>()
  let total = 0

  const account = (address: string, bytes: number) => {
    total += bytes
    const left = (bytesOfAddress.get(address) ?? 0) + bytes
    if (left > 0) bytesOfAddress.set(address, left)
    else bytesOfAddress.delete(address)
  }

  const keyOf = (endpoint: Endpoint, uri: string) => `${endpointKey(endpoint)} ${uri}`

  const drop = (key: string) => {
    const upload = uploads.get(key)
    if (!upload) return
    uploads.delete(key)
    account(upload.address, -chargedBytes(upload.bytes))
  }

  const expire = (nowMs: number) => {
    for (const [key, { lastMs }] of uploads) {
      if (lastMs > nowMs - limits.idleMs) break
      drop(key)
    }
  }

  return {
    expire,
    has: (endpoint, uri) => uploads.has(keyOf(endpoint, uri)),
    bytes: () => total,
    add: (endpoint, uri, block, payload, nowMs) => {
      const key = keyOf(endpoint, uri)
      // The first block begins anew, whatever came before (RFC 7959 §2.5).
      if (block.number === 0) drop(key)
      const upload = uploads.get(key) ?? { address: endpoint.address, parts: [], bytes: 0, lastMs: nowMs }
      if (block.number * block.sizeBytes !== upload.bytes) return { kind: 'incomplete' }
      if (block.more && payload.length !== block.sizeBytes) return { kind: 'incomplete' }
      drop(key)
      const bytes = upload.bytes + payload.length
      if (bytes > limits.bodyBytes) return { kind: 'too-large' }
      if (!block.more) return { kind: 'whole', body: Buffer.concat([...upload.parts, payload], bytes) }
      expire(nowMs)
      const charged = chargedBytes(bytes)
      const ofAddress = bytesOfAddress.get(endpoint.address) ?? 0
      if (total + charged > limits.totalBytes || ofAddress + charged > limits.addressBytes) return { kind: 'full' }
      // A copy: the payload is a view of its datagram, which may be a part of something larger.
      upload.parts.push(Buffer.from(payload))
      uploads.set(key, { ...upload, bytes, lastMs: nowMs })
      account(endpoint.address, charged)
      return { kind: 'continue' }
    },
  }
}

/** What an unfinished body costs beside its bytes, roughly. */
const overheadBytes = 1_024

const chargedBytes = (bytes: number) => bytes + overheadBytes
