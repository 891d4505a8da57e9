import { ClientAliases } from './client-aliases.ts'
import type { ClientHandler } from './client-handler.ts'
import { wantsProblemInformation } from './decode.ts'
import { Downlinks, type Publication } from './downlinks.ts'
import { acknowledgement, refusal } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { ClientPacket, ProtocolVersion, PublishPacket } from './packets.ts'
import { noProperties, numberOf, property, type Properties } from './properties.ts'
import { ProtocolFault, PublishRefusal, reason } from './reasons.ts'
import { type PendingPublish, refusalOutcome, Uplinks } from './uplinks.ts'

/** Identifiers below are those of the messages that a kept session holds. */
const firstUnkeptId = 32_768
/** Header, identifier, reason, and what stands before a reason string, at most, in bytes. */
const reasonStringOverhead = 16

/** The connection, as its exchanges see it. */
export type ExchangesOwner = {
  readonly isOpen: boolean
  fail(error: unknown): void
  /** A publish of the client has its answer. */
  settled(): void
}

export type ExchangesTerms = {
  version: ProtocolVersion
  /** Those of CONNECT. */
  properties: Properties
  /** Longest packet that the client takes, bytes. */
  largestBytes: number
  /** Publishes with QoS 1 and 2 that the client may leave without an end at a time. */
  receiveMaximum: number
  /** Whether messages of a session may come, whose identifiers are its own. */
  isKept: boolean
  /** Identifiers of QoS 2 publishes that an earlier connection began and did not release. */
  received: readonly number[]
}

/** Publishes in both directions, and their acknowledgements. */
export class Exchanges {
  readonly #outbox: Outbox
  readonly #owner: ExchangesOwner
  readonly #handler: ClientHandler
  readonly #terms: ExchangesTerms
  readonly #uplinks: Uplinks
  #downlinks: Downlinks | null = null
  #aliases: ClientAliases | null = null

  constructor(outbox: Outbox, owner: ExchangesOwner, handler: ClientHandler, terms: ExchangesTerms) {
    this.#outbox = outbox
    this.#owner = owner
    this.#handler = handler
    this.#terms = terms
    this.#uplinks = new Uplinks(outbox)
    this.#uplinks.restore(terms.received)
  }

  /** Publishes of the client without an answer, and their payloads. */
  get unanswered(): number {
    return this.#uplinks.count
  }

  get unansweredBytes(): number {
    return this.#uplinks.bytes
  }

  /** Bytes of messages that wait for their turn. */
  get waitingBytes(): number {
    return this.#downlinks?.waitingBytes ?? 0
  }

  /** Publishes with QoS 1 and 2 that the client takes at a time. */
  get clientReceiveMaximum(): number {
    return numberOf(this.#terms.properties, property.receiveMaximum) ?? 65_535
  }

  /** The message id with QoS 1 and 2, 0 with QoS 0; null when the client cannot take it. */
  send(publication: Publication): number | null {
    return this.#ownDownlinks.send(publication)
  }

  /** Goes on with a QoS 2 exchange of an earlier connection: PUBREL. */
  resumeRelease(messageId: number): void {
    this.#ownDownlinks.release(messageId)
  }

  publish(packet: PublishPacket): void {
    if (packet.properties !== noProperties) {
      this.#aliases ??= new ClientAliases()
      packet.topic = this.#aliases.topicOf(packet)
    }
    const pending = this.#uplinks.begin(packet)
    if (!pending) return
    // [MQTT-3.3.4-7]: the client's fault; §3.3.4 names the reason.
    if (this.#terms.version === 5 && this.#uplinks.unfinished > this.#terms.receiveMaximum)
      throw new ProtocolFault(reason.receiveMaximumExceeded, 'More publishes than the receive maximum')
    this.#handler.publish(packet, (error) => this.#settle(pending, error))
  }

  /** PUBACK, PUBREC, PUBREL or PUBCOMP of the client. */
  take({ cmd, messageId, reasonCode }: Extract<ClientPacket, { reasonCode: number; messageId: number }>): void {
    switch (cmd) {
      case 'puback':
        if (this.#downlinks?.acknowledged(messageId)) this.#handler.acknowledged(messageId, reasonCode < 0x80)
        return
      case 'pubrec':
        this.#received(messageId, reasonCode)
        return
      case 'pubrel':
        this.#released(messageId)
        return
      case 'pubcomp':
        if (this.#downlinks?.completed(messageId)) this.#handler.acknowledged(messageId, true)
        return
    }
  }

  get #ownDownlinks(): Downlinks {
    const { version, properties, largestBytes, isKept } = this.#terms
    this.#downlinks ??= new Downlinks(this.#outbox, version, {
      receiveMaximum: this.clientReceiveMaximum,
      maxPacketBytes: largestBytes,
      topicAliasMaximum: numberOf(properties, property.topicAliasMaximum) ?? 0,
      firstId: isKept ? firstUnkeptId : 1,
    })
    return this.#downlinks
  }

  #received(messageId: number, reasonCode: number): void {
    const outcome = this.#downlinks?.received(messageId, reasonCode) ?? 'unknown'
    if (outcome === 'refused') this.#handler.acknowledged(messageId, false)
    else if (outcome === 'release') {
      this.#whenKept(this.#handler.received?.(messageId), () => this.#ownDownlinks.release(messageId))
    } else if (reasonCode < reason.unspecified) this.#answerUnknown('pubrel', messageId)
  }

  #released(messageId: number): void {
    if (!this.#uplinks.release(messageId)) {
      this.#answerUnknown('pubcomp', messageId)
      return
    }
    this.#whenKept(this.#handler.released?.(messageId), () => this.#outbox.write(acknowledgement('pubcomp', messageId)))
  }

  /** What the handler has to write down first; nothing for a session that ends with its connection. */
  #whenKept(written: Promise<void> | null | undefined, then: () => void): void {
    if (!written) {
      then()
      return
    }
    written.then(
      () => {
        if (this.#owner.isOpen) then()
      },
      (error: unknown) => this.#owner.fail(error),
    )
  }

  #answerUnknown(cmd: 'pubrel' | 'pubcomp', messageId: number): void {
    const isTold = this.#terms.version === 5
    this.#outbox.write(
      isTold ? refusal(cmd, messageId, reason.packetIdNotFound, null) : acknowledgement(cmd, messageId),
    )
  }

  #settle(pending: PendingPublish, error: Error | null | undefined): void {
    if (!this.#owner.isOpen) return
    if (!error) this.#uplinks.settle(pending, reason.success, null)
    else if (error instanceof PublishRefusal) this.#refuse(pending, error)
    else this.#owner.fail(error)
    this.#owner.settled()
  }

  /** [MQTT-3.4.2-2], [MQTT-3.5.2-2]: no reason string that would make the answer larger than the client takes. */
  #mayExplain(why: string): boolean {
    const fits = Buffer.byteLength(why) + reasonStringOverhead <= this.#terms.largestBytes
    return fits && wantsProblemInformation(this.#terms.properties)
  }

  #refuse(pending: PendingPublish, error: PublishRefusal): void {
    const isTold = this.#terms.version === 5
    const outcome = refusalOutcome(error.kind, isTold)
    // [MQTT-3.1.2-29]: no reason strings for who does not want them.
    const why = isTold && this.#mayExplain(error.message) ? error.message : null
    if (outcome === null) this.#owner.fail(error)
    else this.#uplinks.settle(pending, outcome, why)
  }
}
