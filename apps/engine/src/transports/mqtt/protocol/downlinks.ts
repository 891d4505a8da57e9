import type { IPublishPacket } from 'mqtt-packet'
import { packetOf } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { ProtocolVersion } from './packets.ts'

export type DownlinkLimits = {
  /** QoS 1 messages that may wait for their acknowledgement ([MQTT-3.3.4-9]). */
  receiveMaximum: number
  maxPacketBytes: number
  topicAliasMaximum: number
}

/** Of the client's allowance, what is worth remembering. */
const maxAliases = 16
const maxMessageId = 65_535

/** The publishes of the server to one client: identifiers, its receive maximum, topic aliases. */
export class Downlinks {
  readonly #outbox: Outbox
  readonly #version: ProtocolVersion
  readonly #limits: DownlinkLimits
  readonly #unacknowledged = new Set<number>()
  readonly #aliases = new Map<string, number>()
  /** Encoded when their turn comes, since an alias must follow the packet that names it. */
  #waiting: IPublishPacket[] = []
  #waitingBytes = 0
  #nextId = 1

  constructor(outbox: Outbox, version: ProtocolVersion, limits: DownlinkLimits) {
    this.#outbox = outbox
    this.#version = version
    this.#limits = limits
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** The message id with QoS 1, 0 with QoS 0; null when the client cannot take it. */
  send(topic: string, body: string | Buffer, qos: 0 | 1): number | null {
    const payload = typeof body === 'string' ? Buffer.from(body) : body
    // [MQTT-3.1.2-24]: dropped as if it were sent. Room for the header, an alias and an identifier.
    if (Buffer.byteLength(topic) + payload.length + 13 > this.#limits.maxPacketBytes) return null
    const packet: IPublishPacket = { cmd: 'publish', topic, payload, qos, dup: false, retain: false }
    if (qos === 0) {
      this.#write(packet)
      return 0
    }
    const messageId = this.#freeId()
    if (messageId === null) return null
    packet.messageId = messageId
    if (this.#unacknowledged.size < this.#limits.receiveMaximum) {
      this.#unacknowledged.add(messageId)
      this.#write(packet)
    } else {
      this.#waiting.push(packet)
      this.#waitingBytes += payload.length
    }
    return messageId
  }

  /** Whether this identifier was waited for. */
  acknowledged(messageId: number): boolean {
    if (!this.#unacknowledged.delete(messageId)) return false
    const next = this.#waiting.shift()
    if (next?.messageId !== undefined) {
      this.#waitingBytes -= next.payload.length
      this.#unacknowledged.add(next.messageId)
      this.#write(next)
    }
    return true
  }

  /** [MQTT-2.3.1-4] (5: [MQTT-2.2.1-4]): one that is not in use. */
  #freeId(): number | null {
    if (this.#unacknowledged.size + this.#waiting.length >= maxMessageId) return null
    let id = this.#nextId
    while (this.#unacknowledged.has(id) || this.#waiting.some((packet) => packet.messageId === id)) id = following(id)
    this.#nextId = following(id)
    return id
  }

  #write(packet: IPublishPacket): void {
    this.#outbox.write(packetOf(this.#withAlias(packet), this.#version))
  }

  #withAlias(packet: IPublishPacket): IPublishPacket {
    const { topic } = packet
    const known = this.#aliases.get(topic)
    if (known !== undefined) return { ...packet, topic: '', properties: { topicAlias: known } }
    const alias = this.#aliases.size + 1
    // Topics that end in a number are those of one request.
    if (alias > Math.min(this.#limits.topicAliasMaximum, maxAliases) || /\d$/.test(topic)) return packet
    this.#aliases.set(topic, alias)
    return { ...packet, properties: { topicAlias: alias } }
  }
}

const following = (id: number): number => (id >= maxMessageId ? 1 : id + 1)
