import { randomFillSync } from 'node:crypto'

const bytes = new Uint8Array(16)

/** A new version 7 UUID: its first 48 bits are the time, so that new rows land at the end of an index. */
export const uuidV7 = (nowMs = Date.now()): string => {
  randomFillSync(bytes)
  const hex = Buffer.from(bytes).toString('hex')
  const time = nowMs.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
