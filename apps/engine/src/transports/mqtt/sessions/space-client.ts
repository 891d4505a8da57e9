import { setTimeout as delay } from 'node:timers/promises'
import { sharedFilterOf } from '../../../topic-space/topics.ts'
import type { Publisher, PublishOutcome, Subscriber } from '../../../topic-space/broker.ts'
import type { SubscriptionOptions } from '../../../topic-space/kept-subscriptions.ts'
import type { TopicRights } from '../../../topic-space/rights.ts'
import type { SpaceMessage } from '../../../topic-space/space-message.ts'
import type { TopicSpace } from '../../../topic-space/topic-space.ts'
import type { PublishAnswer } from '../protocol/client-handler.ts'
import type { MqttConnection } from '../protocol/connection.ts'
import type { PublishPacket, SubscriptionRequest } from '../protocol/packets.ts'
import { numberOf, passedOn, property } from '../protocol/properties.ts'
import { PublishRefusal, reason } from '../protocol/reasons.ts'
import { sendRetained } from './retained-delivery.ts'

/** A client that does not read: messages with QoS 0 are not for it any more, with others it is cut off. */
const maxUnsentBytesQos0 = 256 * 1024
const maxUnsentBytes = 1024 * 1024
const longestPauseMs = 1_000
const mostTries = 200

/** What is counted about topic spaces. */
export type SpaceCounters = {
  /** `forbidden`, `no-room`, `slow-reader`, `queue-full` */
  dropped(why: string, count?: number): void
  published(): void
}

export type SpaceClientOptions = {
  space: TopicSpace
  link: MqttConnection
  tenantId: string
  /** The client's session, kept or not: by it a message is known as the client's own. */
  sessionId: string
  /** Messages are queued for it. */
  isKept: boolean
  /** What it may do now; null: nothing. */
  rights(): TopicRights | null
  /** Whether it may send another message now. */
  admit(): boolean | Promise<boolean>
  counters: SpaceCounters
}

/** One connected client in the topic space of its tenant: what it publishes, and what it is subscribed to. */
export class SpaceClient implements Subscriber {
  readonly #options: SpaceClientOptions
  readonly #subscriptions = new Map<string, { options: SubscriptionOptions; end: () => void }>()
  /** Ends when Redis is back. */
  #held: Promise<void> | null = null
  #isOver = false

  constructor(options: SpaceClientOptions) {
    this.#options = options
  }

  publish(packet: PublishPacket, answer: PublishAnswer): void {
    const { rights, counters } = this.#options
    if (!rights()?.mayPublish(packet.topic)) {
      counters.dropped('forbidden')
      answer(notPermitted)
      return
    }
    this.#publish(packet).then(
      (refusal) => answer(refusal),
      (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
    )
  }

  /** The code for a filter that the client may not have; null when it may. */
  refusalOf({ filter }: SubscriptionRequest): number | null {
    const shared = sharedFilterOf(filter)
    if (shared === 'malformed') return reason.topicFilterInvalid
    return this.#options.rights()?.maySubscribe(shared ? shared.filter : filter) ? null : reason.notAuthorized
  }

  /** From now on messages come. Another time the options change. */
  subscribe(filter: string, options: SubscriptionOptions): void {
    this.#subscriptions.get(filter)?.end()
    const { space, tenantId } = this.#options
    // Those of a shared filter come one by one, by the session.
    const isShared = filter.startsWith('$share/')
    const end = isShared || this.#isOver ? () => {} : space.subscribe(tenantId, filter, options, this)
    this.#subscriptions.set(filter, { options, end })
  }

  get size(): number {
    return this.#subscriptions.size
  }

  has(filter: string): boolean {
    return this.#subscriptions.has(filter)
  }

  unsubscribe(filter: string): boolean {
    this.#subscriptions.get(filter)?.end()
    return this.#subscriptions.delete(filter)
  }

  /** What stands on the topics of a new subscription. */
  async sendRetained(filter: string, options: SubscriptionOptions): Promise<void> {
    const { space, link, tenantId, sessionId, isKept } = this.#options
    const receiver = {
      tenantId,
      sessionId: isKept ? sessionId : null,
      isOpen: () => !this.#isOver && this.#subscriptions.has(filter),
      mayReceive: (topic: string) => this.mayReceive(topic),
      unsentBytes: () => link.unsentBytes,
      deliver: link.deliver.bind(link),
    }
    await sendRetained(space, receiver, filter, options)
  }

  mayReceive(topic: string): boolean {
    return this.#options.rights()?.mayReceive(topic) ?? false
  }

  receive(message: SpaceMessage, matched: readonly SubscriptionOptions[]): void {
    if (this.#isOver || !this.mayReceive(message.topic)) return
    let qos = -1
    let isRetained = false
    const ids: number[] = []
    for (const options of matched) {
      // [MQTT-3.8.3-3]
      if (options.noLocal && message.publisher === this.#options.sessionId) continue
      qos = Math.max(qos, Math.min(options.qos, message.qos))
      isRetained ||= options.retainAsPublished && message.isRetained
      if (options.identifier !== null) ids.push(options.identifier)
    }
    // With a kept session everything that is to be acknowledged comes by its queue.
    if (qos < 0 || (qos > 0 && this.#options.isKept)) return
    this.#deliver(message, qos === 2 ? 2 : qos === 1 ? 1 : 0, isRetained, ids)
  }

  /** A message with QoS 0 by a shared subscription. */
  receiveShared(filter: string, message: SpaceMessage): void {
    const options = this.#subscriptions.get(filter)?.options
    if (!options || this.#isOver || !this.mayReceive(message.topic)) return
    const ids = options.identifier === null ? [] : [options.identifier]
    this.#deliver(message, 0, options.retainAsPublished && message.isRetained, ids)
  }

  end(): void {
    this.#isOver = true
    for (const { end } of this.#subscriptions.values()) end()
  }

  #deliver(message: SpaceMessage, qos: 0 | 1 | 2, isRetained: boolean, ids: readonly number[]): void {
    const { link, counters } = this.#options
    const { unsentBytes } = link
    if (unsentBytes > maxUnsentBytesQos0) {
      if (qos === 0) {
        counters.dropped('slow-reader')
        return
      }
      if (unsentBytes > maxUnsentBytes) {
        link.end(reason.quotaExceeded, 'messages are not read')
        return
      }
    }
    link.deliver({
      topic: message.topic,
      payload: message.payload,
      qos,
      isRetained,
      properties: message.properties,
      expiresAtMs: message.expiresAtMs,
      ...(ids.length > 0 && { subscriptionIds: ids }),
    })
  }

  async #publish(packet: PublishPacket): Promise<PublishRefusal | null> {
    const { tenantId, sessionId, isKept, counters, admit } = this.#options
    const { topic, qos, messageId, isRetained } = packet
    // Copied before anything is waited for: the bytes are those of the socket.
    const payload = Buffer.from(packet.payload)
    const properties = passedOn(packet.propertyBytes)
    const seconds = numberOf(packet.properties, property.messageExpiryInterval)
    const admitted = admit()
    if (!(admitted === true || (await admitted))) throw new Error('More messages than the tenant profile allows')
    const expiresAtMs = seconds === undefined ? 0 : Date.now() + seconds * 1_000
    const message = { tenantId, topic, payload, qos, isRetained, properties, expiresAtMs, publisher: sessionId }
    const received = isKept && qos === 2 ? { sessionId, messageId } : null
    const outcome = await this.#offer(message, { received })
    if (outcome.kind === 'no-room') {
      counters.dropped('no-room')
      return noRoom
    }
    counters.published()
    if (outcome.queuesFull > 0) counters.dropped('queue-full', outcome.queuesFull)
    return null
  }

  /**
   * While Redis is away there is no acknowledgement and no loss: the publish waits, later ones of the client behind it, and
   * nothing more is read from its socket. QoS 0 waits for nothing.
   */
  async #offer(message: SpaceMessage, publisher: Publisher): Promise<PublishOutcome> {
    for (let tries = 1; ; tries++) {
      while (this.#held) await this.#held
      try {
        return await this.#options.space.publish(message, publisher)
      } catch (error) {
        // A fault that no waiting mends ends the connection.
        if (message.qos === 0 || this.#isOver || tries === mostTries) throw error
        this.#held ??= this.#pause()
      }
    }
  }

  async #pause(): Promise<void> {
    const { link, space } = this.#options
    link.hold()
    for (let delayMs = 25; !this.#isOver; delayMs = Math.min(delayMs * 2, longestPauseMs)) {
      await delay(delayMs + Math.random() * delayMs)
      if (await space.isReachable()) break
    }
    this.#held = null
    link.release()
  }
}

/** Made once, as all refusals. */
const notPermitted = new PublishRefusal('not-permitted', 'The device profile does not allow to publish here')
const noRoom = new PublishRefusal('no-room', 'The tenant keeps as much as it may')
