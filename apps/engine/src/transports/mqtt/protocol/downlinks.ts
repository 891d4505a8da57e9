import { acknowledgement, encodePublish, publicationProperties, publishBytes } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { ProtocolVersion } from './packets.ts'
import { reason } from './reasons.ts'

export type DownlinkLimits = {
  /** QoS 1 and 2 messages that may wait for their acknowledgement ([MQTT-3.3.4-9]). */
  receiveMaximum: number
  maxPacketBytes: number
  topicAliasMaximum: number
  /** Where identifiers begin that are given here; smaller ones belong to a kept session. */
  firstId: number
}

/** A message for one client. */
export type Publication = {
  topic: string
  payload: Buffer
  qos: 0 | 1 | 2
  isRetained?: boolean
  isDuplicate?: boolean
  /** That of a kept session, below the `firstId`; without one the next free one is taken. */
  messageId?: number
  /** Properties of version 5 as they stand on the wire, without those that the server says itself. */
  properties?: Buffer
  subscriptionIds?: readonly number[]
  /** Epoch ms. */
  expiresAtMs?: number
}

type Numbered = Publication & { messageId: number }
/** What is waited for: its turn, PUBACK, PUBREC, PUBCOMP. */
type Step = 'turn' | 'puback' | 'pubrec' | 'pubcomp'

/** Of the client's allowance, what is worth remembering. */
const maxAliases = 16
const maxMessageId = 65_535
/** An alias, and what the lengths in front of it may grow by. */
const aliasBytes = 5

/** The publishes of the server to one client: identifiers, its receive maximum, topic aliases. */
export class Downlinks {
  readonly #outbox: Outbox
  readonly #version: ProtocolVersion
  readonly #limits: DownlinkLimits
  readonly #steps = new Map<number, Step>()
  readonly #aliases = new Map<string, number>()
  /** Encoded when their turn comes, since an alias must follow the packet that names it. */
  #waiting: Numbered[] = []
  #waitingBytes = 0
  #nextId: number

  constructor(outbox: Outbox, version: ProtocolVersion, limits: DownlinkLimits) {
    this.#outbox = outbox
    this.#version = version
    this.#limits = limits
    this.#nextId = limits.firstId
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** The message id with QoS 1 and 2, 0 with QoS 0; null when the client cannot take it. */
  send(publication: Publication): number | null {
    const { payload, qos } = publication
    // [MQTT-3.1.2-24], [MQTT-3.1.2-25]: dropped as if it were sent.
    if (!this.#fits(publication, 0)) return null
    if (qos === 0) {
      this.#write(publication, 0)
      return 0
    }
    const messageId = publication.messageId ?? this.#freeId()
    if (messageId === null) return null
    const numbered = { ...publication, messageId }
    if (this.#hasRoom) this.#begin(numbered)
    else {
      this.#steps.set(messageId, 'turn')
      this.#waiting.push(numbered)
      this.#waitingBytes += payload.length
    }
    return messageId
  }

  /** A PUBACK; whether it was waited for. */
  acknowledged(messageId: number): boolean {
    return this.#settled(messageId, 'puback')
  }

  /** A PUBREC: `release` asks for a PUBREL, `refused` ends the exchange ([MQTT-4.3.3-4]). */
  received(messageId: number, reasonCode: number): 'release' | 'refused' | 'unknown' {
    const step = this.#steps.get(messageId)
    if (step === 'pubcomp') return 'release'
    if (step !== 'pubrec') return 'unknown'
    if (reasonCode >= reason.unspecified) {
      this.#settled(messageId, 'pubrec')
      return 'refused'
    }
    return 'release'
  }

  /** Sends PUBREL; also for an exchange that an earlier connection began. */
  release(messageId: number): void {
    this.#steps.set(messageId, 'pubcomp')
    this.#outbox.write(acknowledgement('pubrel', messageId))
  }

  /** A PUBCOMP; whether it was waited for. */
  completed(messageId: number): boolean {
    return this.#settled(messageId, 'pubcomp')
  }

  get #hasRoom(): boolean {
    return this.#steps.size - this.#waiting.length < this.#limits.receiveMaximum
  }

  #settled(messageId: number, step: Step): boolean {
    if (this.#steps.get(messageId) !== step) return false
    this.#steps.delete(messageId)
    while (this.#hasRoom) {
      const next = this.#waiting.shift()
      if (!next) break
      this.#waitingBytes -= next.payload.length
      // [MQTT-3.3.2-5]: what is out of date is not sent.
      if (isOutOfDate(next)) this.#steps.delete(next.messageId)
      else this.#begin(next)
    }
    return true
  }

  #begin(publication: Numbered): void {
    this.#steps.set(publication.messageId, publication.qos === 2 ? 'pubrec' : 'puback')
    this.#write(publication, publication.messageId)
  }

  /** [MQTT-2.3.1-4] (5: [MQTT-2.2.1-4]): one that is not in use. */
  #freeId(): number | null {
    const { firstId } = this.#limits
    if (this.#steps.size >= maxMessageId - firstId + 1) return null
    let id = this.#nextId
    while (this.#steps.has(id)) id = following(id, firstId)
    this.#nextId = following(id, firstId)
    return id
  }

  #write(publication: Publication, messageId: number): void {
    if (this.#version < 5) {
      this.#outbox.write(encodePublish(publication, messageId, null))
      return
    }
    const { topic } = publication
    const known = this.#aliases.get(topic)
    const alias = this.#fits(publication, aliasBytes) ? (known ?? this.#newAlias(topic)) : null
    const properties = publicationProperties(publication, alias)
    const named = known === undefined || alias === null ? publication : { ...publication, topic: '' }
    this.#outbox.write(encodePublish(named, messageId, properties))
  }

  /** Whether the client takes it with so many bytes more. */
  #fits(publication: Publication, bytes: number): boolean {
    const { maxPacketBytes } = this.#limits
    return maxPacketBytes === Number.MAX_SAFE_INTEGER || publishBytes(publication) + bytes <= maxPacketBytes
  }

  #newAlias(topic: string): number | null {
    const alias = this.#aliases.size + 1
    // Topics that end in a number are those of one request.
    if (alias > Math.min(this.#limits.topicAliasMaximum, maxAliases) || /\d$/.test(topic)) return null
    this.#aliases.set(topic, alias)
    return alias
  }
}

const following = (id: number, firstId: number): number => (id >= maxMessageId ? firstId : id + 1)

const isOutOfDate = ({ expiresAtMs = 0 }: Publication): boolean => expiresAtMs > 0 && expiresAtMs <= Date.now()
