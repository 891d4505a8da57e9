import { randomFillSync } from 'node:crypto'

const bytes = new Uint8Array(16)
/** The last one that was made: its millisecond, and its place among those of the same millisecond. */
let lastMs = 0
let place = 0

/**
 * A new version 7 UUID: its first 48 bits are the time, so that new rows land at the end of an index, and the next 12 count
 * within the millisecond (RFC 9562, method 1), so that what one process makes one after the other also sorts so.
 */
export const uuidV7 = (nowMs = Date.now()): string => {
  randomFillSync(bytes)
  const hex = Buffer.from(bytes).toString('hex')
  place = nowMs === lastMs ? place + 1 : Number.parseInt(hex.slice(13, 16), 16) & 0x7ff
  lastMs = nowMs
  // More than fit into one millisecond are of the next one, as far as their order goes.
  const time = (nowMs + (place >> 12)).toString(16).padStart(12, '0')
  const count = (place & 0xfff).toString(16).padStart(3, '0')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
