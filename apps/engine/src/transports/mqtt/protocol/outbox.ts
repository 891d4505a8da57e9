import type { Duplex } from 'node:stream'

/**
 * What goes to one socket, gathered until the work of this turn is done: the acknowledgements of a durable batch are one
 * write for each connection that is in it.
 */
export class Outbox {
  readonly #socket: Duplex
  readonly #owner: { flushed(): void; unsendable(): void }
  /** Longest packet that the client takes, bytes. */
  largestBytes = Number.MAX_SAFE_INTEGER
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(socket: Duplex, owner: { flushed(): void; unsendable(): void }) {
    this.#socket = socket
    this.#owner = owner
  }

  get gatheredBytes(): number {
    return this.#bytes
  }

  /** Bytes that the peer has not taken. */
  get unsentBytes(): number {
    return this.#bytes + this.#socket.writableLength
  }

  /** [MQTT-3.1.2-24] of version 5: the owner hears of a packet that is too large, and it is not sent. */
  write(packet: Buffer): void {
    if (packet.length > this.largestBytes) {
      this.#owner.unsendable()
      return
    }
    if (this.#chunks.length === 0) enqueue(this)
    this.#chunks.push(packet)
    this.#bytes += packet.length
  }

  flush(): void {
    const [first] = this.#chunks
    if (!first) return
    const bytes = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#bytes)
    this.#chunks = []
    this.#bytes = 0
    if (this.#socket.writable) this.#socket.write(bytes)
    this.#owner.flushed()
  }
}

let waiting: Outbox[] = []

const enqueue = (outbox: Outbox): void => {
  // Runs when the promises that are settled now have been heard.
  if (waiting.length === 0) process.nextTick(flushAll)
  waiting.push(outbox)
}

const flushAll = (): void => {
  const outboxes = waiting
  waiting = []
  for (const outbox of outboxes) outbox.flush()
}
