import { acknowledgement, refusal } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { PublishPacket } from './packets.ts'
import { type PublishRefusal, reason } from './reasons.ts'

const undecided = -1
/** Neither acknowledged nor waited for. */
const unanswered = -2

/** A publish whose answer is awaited. */
export type PendingPublish = {
  readonly messageId: number
  readonly qos: 0 | 1 | 2
  readonly bytes: number
  outcome: number
  why: string | null
}

/** The publishes of one client: acknowledged in the order they came ([MQTT-4.6.0-2], -3), QoS 2 once only. */
export class Uplinks {
  readonly #outbox: Outbox
  readonly #queue: PendingPublish[] = []
  #head = 0
  #count = 0
  #bytes = 0
  /** QoS 2 identifiers from PUBLISH to PUBREL; whether PUBREC was sent. */
  #unreleased: Map<number, boolean> | null = null

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  /** QoS 2 publishes that an earlier connection of the session began: acknowledged again, handed on no more. */
  restore(messageIds: readonly number[]): void {
    for (const id of messageIds) {
      this.#unreleased ??= new Map()
      this.#unreleased.set(id, true)
    }
  }

  /** Publishes without an answer. */
  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What counts against the receive maximum: acknowledged neither by PUBACK nor by PUBCOMP. */
  get unfinished(): number {
    return this.#queue.length - this.#head + (this.#unreleased?.size ?? 0)
  }

  /** Null for a QoS 2 publish that came before: [MQTT-4.3.3-10] it must not be handed on again. */
  begin(packet: PublishPacket): PendingPublish | null {
    const { messageId, qos } = packet
    if (qos === 2) {
      this.#unreleased ??= new Map()
      const isAnswered = this.#unreleased.get(messageId)
      if (isAnswered !== undefined) {
        if (isAnswered) this.#outbox.write(acknowledgement('pubrec', messageId))
        return null
      }
      this.#unreleased.set(messageId, false)
    }
    const pending: PendingPublish = { messageId, qos, bytes: packet.payload.length, outcome: undecided, why: null }
    this.#count++
    this.#bytes += pending.bytes
    if (qos > 0) this.#queue.push(pending)
    return pending
  }

  /** `outcome`: a reason code (other than success in version 5 only), or `unanswered`. */
  settle(pending: PendingPublish, outcome: number, why: string | null): void {
    if (pending.outcome !== undecided) return
    pending.outcome = outcome
    pending.why = why
    this.#count--
    this.#bytes -= pending.bytes
    if (pending.qos > 0) this.#answer()
  }

  /** A PUBREL; false when nothing waits for it. */
  release(messageId: number): boolean {
    return this.#unreleased?.delete(messageId) ?? false
  }

  #answer(): void {
    for (;;) {
      const first = this.#queue[this.#head]
      if (!first || first.outcome === undecided) break
      this.#head++
      this.#write(first)
    }
    if (this.#head === this.#queue.length) {
      this.#queue.length = 0
      this.#head = 0
    } else if (this.#head > 256) {
      this.#queue.splice(0, this.#head)
      this.#head = 0
    }
  }

  #write({ messageId, qos, outcome, why }: PendingPublish): void {
    if (qos === 2) {
      // [MQTT-4.3.3-9]: after a refusal the identifier is free.
      if (outcome === reason.success) this.#unreleased?.set(messageId, true)
      else this.#unreleased?.delete(messageId)
    }
    if (outcome === unanswered) return
    const cmd = qos === 2 ? 'pubrec' : 'puback'
    this.#outbox.write(
      outcome === reason.success ? acknowledgement(cmd, messageId) : refusal(cmd, messageId, outcome, why),
    )
  }
}

/** How a refused publish is answered; null: not at all, its connection ends. Reasons are told since version 5. */
export const refusalOutcome = (kind: PublishRefusal['kind'], isTold: boolean): number | null => {
  switch (kind) {
    case 'topic':
      return isTold ? reason.topicNameInvalid : reason.success
    case 'not-permitted':
      return isTold ? reason.notAuthorized : reason.success
    case 'no-room':
      return isTold ? reason.quotaExceeded : reason.success
    case 'payload':
      return isTold ? reason.payloadFormatInvalid : null
    case 'payload-passed-over':
      return isTold ? reason.payloadFormatInvalid : reason.success
    case 'unanswered':
      return unanswered
  }
}
