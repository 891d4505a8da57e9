import { malformed, ProtocolFault, reason } from './reasons.ts'

/** Largest remaining length of a packet from a client, bytes (as ThingsBoard). */
export const maxRemainingLength = 65_536
/** The same with its fixed header, as version 5 counts. */
export const maxPacketBytes = maxRemainingLength + 4

/** Reads one packet's body `bytes[start, end)`; false to stop after it. */
export type OnFrame = (header: number, bytes: Buffer, start: number, end: number) => boolean

/** Cuts what a socket delivers into packets; keeps the start of one whose end is not there yet, and nothing else. */
export class Frames {
  #rest: Buffer | null = null
  #restLength = 0
  /** Bytes that the packet in `rest` is known to need before it can be read. */
  #needed = 0

  drop(): void {
    this.#rest = null
    this.#restLength = 0
  }

  /** Throws a ProtocolFault for a header that cannot be, and what `onFrame` throws. */
  push(chunk: Buffer, onFrame: OnFrame): void {
    if (this.#rest) {
      this.#append(chunk)
      if (this.#restLength >= this.#needed) this.resume(onFrame)
    } else this.#cut(chunk, chunk.length, onFrame)
  }

  /** Leaves all packets for `resume`. */
  keep(chunk: Buffer): void {
    this.#append(chunk)
  }

  /** Goes on with what was left when `onFrame` stopped. */
  resume(onFrame: OnFrame): void {
    const rest = this.#rest
    const length = this.#restLength
    this.drop()
    if (rest) this.#cut(rest, length, onFrame)
  }

  /** How many whole packets wait, counted to `limit`. */
  waitingPackets(limit: number): number {
    const rest = this.#rest
    let count = 0
    for (let at = 0; rest && count < limit; count++) {
      const body = bodyOf(rest, at, this.#restLength)
      if (!body || body.end > this.#restLength) break
      at = body.end
    }
    return count
  }

  #cut(bytes: Buffer, length: number, onFrame: OnFrame): void {
    let at = 0
    let goesOn = true
    this.#needed = 0
    while (goesOn && at < length) {
      const body = bodyOf(bytes, at, length)
      if (!body || body.end > length) {
        this.#needed = (body?.end ?? length + 1) - at
        break
      }
      const header = bytes[at] ?? 0
      at = body.end
      goesOn = onFrame(header, bytes, body.start, body.end)
    }
    if (at === length) return
    // A copy: the rest of a chunk would keep the whole chunk.
    this.#rest = Buffer.allocUnsafeSlow(Math.max(smallestRest, length - at))
    this.#restLength = bytes.copy(this.#rest, 0, at, length)
  }

  /** Grows by doubling, so that a packet that comes byte by byte costs what its bytes cost, and only what has come. */
  #append(chunk: Buffer): void {
    let rest = this.#rest ?? Buffer.allocUnsafeSlow(smallestRest)
    const length = this.#restLength + chunk.length
    if (length > rest.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, rest.length * 2))
      rest.copy(larger, 0, 0, this.#restLength)
      rest = larger
    }
    chunk.copy(rest, this.#restLength)
    this.#rest = rest
    this.#restLength = length
  }
}

const smallestRest = 64

/** One at a time, read before the next: spares an object for each packet. */
const found = { start: 0, end: 0 }

/** Null while the length is not all there. */
const bodyOf = (bytes: Buffer, at: number, length: number): { start: number; end: number } | null => {
  let remaining = 0
  for (let index = at + 1, shift = 0; index < length; index++, shift += 7) {
    const byte = bytes[index] ?? 0
    remaining |= (byte & 0x7f) << shift
    if (remaining > maxRemainingLength) throw new ProtocolFault(reason.packetTooLarge, 'A packet is too large')
    if (byte & 0x80) {
      // [MQTT-2.2.3] (5: [MQTT-1.5.5-1]): four bytes at most.
      if (shift === 21) throw malformed('A length takes more than four bytes')
      continue
    }
    if (byte === 0 && shift > 0) throw malformed('A length takes more bytes than it needs')
    found.start = index + 1
    found.end = index + 1 + remaining
    return found
  }
  return null
}
