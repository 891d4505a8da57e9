import type { SessionAddress } from '../../../topic-space/session-scripts.ts'
import type { QueuedMessage, SessionStore } from '../../../topic-space/session-store.ts'
import { isOutOfDate } from '../../../topic-space/space-message.ts'
import type { Publication } from '../protocol/downlinks.ts'

/** Messages of one session that are on their way to the client at a time. */
const widestWindow = 64
/** Beyond what the client has not taken, no more is read from the queue. */
const maxUnsentBytes = 65_536
/** Packet identifiers of the queue; others begin above. */
const identifiers = 32_767

/** What a message says to this client. */
export type Content = Pick<Publication, 'topic' | 'payload' | 'subscriptionIds'>

export type QueueLink = {
  deliver(publication: Publication): number | null
  resumeRelease(messageId: number): void
  readonly clientReceiveMaximum: number
  readonly unsentBytes: number
}

/**
 * What waits for one session, sent in order. The identifier of a packet follows from the number of its message, so that a
 * later connection, at any node, says the same ([MQTT-4.4.0-1]).
 */
export class KeptQueue {
  readonly #store: Pick<SessionStore, 'read' | 'acknowledge' | 'markReceived'>
  readonly #address: SessionAddress
  readonly #connectionId: string
  readonly #link: QueueLink
  readonly #contentOf: (message: QueuedMessage) => Content | null
  readonly #lastSent: number
  readonly #onTrouble: (error: unknown) => void
  /** Packet identifier → number of the message. */
  readonly #underWay = new Map<number, number>()
  #lastRead = 0
  #isReading = false
  /** More may wait than was read. */
  #isWoken = false
  #isOver = false
  #through: number[] = []

  constructor(options: {
    store: Pick<SessionStore, 'read' | 'acknowledge' | 'markReceived'>
    address: SessionAddress
    connectionId: string
    link: QueueLink
    /** Null: it is not for the client any more, since rights may have changed while it waited. */
    contentOf: (message: QueuedMessage) => Content | null
    /** Number of the last message that an earlier connection may have sent. */
    lastSent: number
    /** `null`: the session is another connection's. */
    onTrouble: (error: unknown) => void
  }) {
    this.#store = options.store
    this.#address = options.address
    this.#connectionId = options.connectionId
    this.#link = options.link
    this.#contentOf = options.contentOf
    this.#lastSent = options.lastSent
    this.#onTrouble = options.onTrouble
  }

  /** There are messages. */
  wake(): void {
    this.#isWoken = true
    this.goOn()
  }

  /** There may be room again for messages that are known to wait. */
  goOn(): void {
    if (this.#isWoken && !this.#isReading && !this.#isOver) void this.#read()
  }

  /** A message that was queued just now: sent from memory when it is the next one. */
  offer(queued: QueuedMessage): void {
    const isNext = queued.number === this.#lastRead + 1
    if (isNext && !this.#isReading && !this.#isWoken && this.#room > 0) this.#send(queued)
    else this.wake()
  }

  stop(): void {
    this.#isOver = true
  }

  owns(messageId: number): boolean {
    return this.#underWay.has(messageId)
  }

  /** The last answer of the client. */
  acknowledged(messageId: number): void {
    const number = this.#underWay.get(messageId)
    if (number === undefined) return
    this.#underWay.delete(messageId)
    this.#done(number)
    this.goOn()
  }

  /** PUBREC: written down before PUBREL goes out. */
  received(messageId: number): Promise<void> | null {
    const number = this.#underWay.get(messageId)
    return number === undefined ? null : this.#store.markReceived(this.#address, number)
  }

  get #room(): number {
    if (this.#isOver || this.#link.unsentBytes > maxUnsentBytes) return 0
    return Math.min(widestWindow, this.#link.clientReceiveMaximum) - this.#underWay.size
  }

  async #read(): Promise<void> {
    this.#isReading = true
    try {
      while (this.#isWoken && this.#room > 0) {
        this.#isWoken = false
        const room = this.#room
        const messages = await this.#store.read(this.#address, this.#connectionId, this.#lastRead, room)
        if (this.#isOver) return
        if (!messages) return this.#onTrouble(null)
        for (const message of messages) this.#send(message)
        if (messages.length === room) this.#isWoken = true
      }
    } catch (error) {
      if (!this.#isOver) this.#onTrouble(error)
    } finally {
      this.#isReading = false
    }
  }

  #send(queued: QueuedMessage): void {
    const { number, message, qos } = queued
    this.#lastRead = number
    const messageId = ((number - 1) % identifiers) + 1
    if (queued.isReceived) {
      this.#underWay.set(messageId, number)
      this.#link.resumeRelease(messageId)
      return
    }
    // [MQTT-3.3.2-5]: what is out of date is not sent.
    const content = isOutOfDate(message, Date.now()) ? null : this.#contentOf(queued)
    const sent =
      content &&
      this.#link.deliver({
        ...content,
        qos,
        messageId,
        isRetained: queued.isRetained,
        isDuplicate: number <= this.#lastSent,
        properties: message.properties,
        expiresAtMs: message.expiresAtMs,
      })
    // A message that is too large for the client counts as sent ([MQTT-3.1.2-25]).
    if (sent === null) this.#done(number)
    else this.#underWay.set(messageId, number)
  }

  /** Those of one turn together. */
  #done(number: number): void {
    this.#through.push(number)
    if (this.#through.length > 1) return
    setImmediate(() => {
      const numbers = this.#through
      this.#through = []
      this.#store.acknowledge(this.#address, numbers).catch((error: unknown) => {
        if (!this.#isOver) this.#onTrouble(error)
      })
    })
  }
}
