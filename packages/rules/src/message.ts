import type { Message } from '@thingwire/contracts'

const hexByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

let prefix = ''
let counter = 0

/** 90 random bits, new for every process and every 2^32 ids. Version 8: RFC 9562 leaves these bits to the maker. */
const newPrefix = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => hexByte[byte]).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * An id for a message made inside the platform: unique, but predictable within a process, so never a secret. Every branch
 * of a fan-out takes one; this costs a fraction of `crypto.randomUUID`.
 */
export const newMessageId = (): string => {
  if (counter === 0) prefix = newPrefix()
  const n = counter
  counter = (counter + 1) >>> 0
  return prefix + hexByte[n >>> 24] + hexByte[(n >>> 16) & 255] + hexByte[(n >>> 8) & 255] + hexByte[n & 255]
}

/** A separate message with the same content: own id, own metadata object. */
export const branchOf = (message: Message): Message => ({
  ...message,
  id: newMessageId(),
  metadata: { ...message.metadata },
})

/** The same message (same id) with these metadata entries set; null and undefined values change nothing. */
export const withMetadata = (message: Message, entries: Record<string, string | null | undefined>): Message => {
  const metadata = { ...message.metadata }
  for (const [key, value] of Object.entries(entries)) {
    if (value !== null && value !== undefined) metadata[key] = value
  }
  return { ...message, metadata }
}

/** The same message (same id) with other data. */
export const withData = (message: Message, data: string): Message => ({ ...message, data })
