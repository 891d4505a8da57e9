import { setTimeout as delay } from 'node:timers/promises'
import { AppError, type PayloadType } from '@thingwire/contracts'
import { payloadAdaptor } from '../payload/index.ts'
import type { PayloadAdaptor } from '../payload/payload-format.ts'
import type {
  AcceptResult,
  AttributesUpdate,
  DeviceCommand,
  DeviceGateway,
  DeviceSession,
  SessionEnd,
  Uplink,
} from '../transport.ts'
import { matchesFilter } from '../../topic-space/topics.ts'
import { createDeviceRequests, unreadable } from './device-requests.ts'
import { createGatewayTopics, type GatewayTopics } from './gateway-topics.ts'
import type { Answer, MqttLink, MqttSession } from './mqtt-session.ts'
import type { PublishPacket, SubscriptionRequest } from './protocol/packets.ts'
import { ProtocolFault, PublishRefusal, reason, refusedFilter } from './protocol/reasons.ts'
import { attributesTopic, commandTopic, type FilterPurpose, filterPurpose, publishIntent } from './translate.ts'

/** Offers a publish to the engine; again when the queue was busy. */
type Offer = () => Promise<AcceptResult>
type Held = { offer: Offer; answer: Answer }

/** A client that does not read its downlinks is cut off here; it asks for current values when it is back. */
const maxUnsentBytes = 1024 * 1024
const retryMaxMs = 1_000
/** A command that the device has not acknowledged by then was not delivered (as ThingsBoard). */
const acknowledgeTimeoutMs = 10_000

/** The protocol state of one authenticated connection: its session, subscriptions, and publishes that wait for the queue. */
export class DeviceConnection implements MqttSession {
  readonly #gateway: DeviceGateway
  readonly #session: DeviceSession
  readonly #link: MqttLink
  readonly #onIgnored: () => void
  /** Filter → granted QoS. */
  readonly #subscriptions = new Map<string, 0 | 1>()
  /** Subscription identifiers by filter, which clients of a topic space may give. */
  readonly #identifiers = new Map<string, number>()
  #attributesFilter: string | null = null
  #keepsUpdates = false
  #commandsFilter: string | null = null
  /** Commands whose PUBACK is awaited, by message id. */
  readonly #unacknowledged = new Map<number, (isTaken: boolean) => void>()
  /** Null: the device is no gateway. */
  readonly #gatewayTopics: GatewayTopics | null
  readonly #request: ReturnType<typeof createDeviceRequests>
  #held: Held[] | null = null
  #isClosed = false

  constructor(options: {
    gateway: DeviceGateway
    session: DeviceSession
    link: MqttLink
    onIgnored: () => void
  }) {
    this.#gateway = options.gateway
    this.#session = options.session
    this.#link = options.link
    this.#onIgnored = options.onIgnored
    this.#request = createDeviceRequests({
      ...options,
      reply: (filter, topic, body) => void this.#send(topic, body, this.#subscriptions.get(filter) ?? 1),
    })
    this.#session.onClose = (why) => this.#link.end(endReasons[why], why)
    this.#gatewayTopics = options.session.isGateway
      ? createGatewayTopics({
          ...options,
          send: (topic, body) => this.#sendTo(topic, topic, body),
          isToldFailures: options.link.version === 5,
        })
      : null
  }

  touch(): void {
    this.#gateway.touch(this.#session)
  }

  publish({ topic, payload }: PublishPacket, answer: Answer): void {
    const { mqtt } = this.#session.settings
    const intent = publishIntent(topic, mqtt)
    switch (intent.kind) {
      case 'uplink':
        this.#accept(() => this.#gateway.accept(this.#session, uplinkOf(intent, topic, payload, mqtt !== null)), answer)
        return
      case 'gateway':
        if (this.#gatewayTopics) this.#accept(this.#gatewayTopics.handle(intent.intent, topic, payload), answer)
        else {
          this.#onIgnored()
          answer(noGateway)
        }
        return
      case 'unknown':
        this.#onIgnored()
        answer(unknownTopic)
        return
      default:
        this.#request(intent, payload).then(
          () => answer(),
          (error: unknown) => answer(asError(error)),
        )
    }
  }

  /** Whether the topic is one of the device API, as far as the profile says now. */
  serves(topic: string): boolean {
    return publishIntent(topic, this.#session.settings.mqtt).kind !== 'unknown'
  }

  /** What the filter is for, if it is. */
  offers(filter: string): 'attribute-updates' | 'commands' | 'other' | null {
    return filterPurpose(filter, this.#session.settings)?.purpose ?? null
  }

  /** Updates of attributes that are to be acknowledged come out of a queue, by `encodeUpdate`. */
  keepUpdates(): void {
    this.#keepsUpdates = true
  }

  /** An update as it is written for what the device is subscribed to; null: to nothing of the kind. */
  encodeUpdate(update: AttributesUpdate): { topic: string; payload: Buffer; subscriptionIds?: number[] } | null {
    const filter = this.#attributesFilter
    const adaptor = filter && this.#adaptorOf(filter)
    if (!filter || !adaptor) return null
    const body = adaptor.attributesUpdate(update)
    const topic = attributesTopic(filter)
    return { topic, payload: typeof body === 'string' ? Buffer.from(body) : body, ...this.identifiersOf(topic) }
  }

  subscribe(subscriptions: readonly SubscriptionRequest[], identifier: number | null): number[] {
    return subscriptions.map(({ filter, qos }) => {
      if (identifier !== null) this.#identifiers.set(filter, identifier)
      else this.#identifiers.delete(filter)
      return this.#subscribe(filter, qos) ?? refusedFilter(filter)
    })
  }

  #subscribe(filter: string, qos: number): 0 | 1 | null {
    const found = filterPurpose(filter, this.#session.settings)
    if (!found) return null
    const { purpose } = found
    const granted = qos > 0 ? 1 : 0
    // The last one decides: it stands last.
    this.#subscriptions.delete(filter)
    this.#subscriptions.set(filter, granted)
    if (purpose === 'attribute-updates') {
      this.#attributesFilter = filter
      this.#session.onAttributes = (update) => this.#sendUpdate(update)
    }
    if (purpose === 'commands') {
      this.#commandsFilter = filter
      this.#session.onCommand = (command) => this.#sendCommand(command)
    }
    return granted
  }

  subscribed(filters: readonly string[]): void {
    if (filters.some((filter) => filter === this.#commandsFilter)) this.#gateway.wantsCommands(this.#session)
  }

  acknowledged(messageId: number, isTaken: boolean): void {
    this.#unacknowledged.get(messageId)?.(isTaken)
  }

  unsubscribe(filters: readonly string[]): number[] {
    return filters.map((filter) => {
      this.#identifiers.delete(filter)
      if (!this.#subscriptions.delete(filter))
        return filterPurpose(filter, this.#session.settings) ? reason.noSubscriptionExisted : reason.topicFilterInvalid
      if (filter === this.#commandsFilter) {
        this.#commandsFilter = this.#lastFilterFor('commands')
        if (this.#commandsFilter === null) this.#session.onCommand = null
      }
      if (filter === this.#attributesFilter) {
        this.#attributesFilter = this.#lastFilterFor('attribute-updates')
        if (this.#attributesFilter === null) this.#session.onAttributes = null
      }
      return reason.success
    })
  }

  /** A device that takes one of two filters back still wants what the other brings. */
  #lastFilterFor(wanted: FilterPurpose['purpose']): string | null {
    const { settings } = this.#session
    return [...this.#subscriptions.keys()].findLast((text) => filterPurpose(text, settings)?.purpose === wanted) ?? null
  }

  /** The socket is gone: what waits is not acknowledged, and the device sends it again. */
  closed(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#held = null
    for (const settle of this.#unacknowledged.values()) settle(false)
    this.#gateway.close(this.#session, reason)
  }

  #accept(offer: Offer, answer: Answer): void {
    // Later publishes of a connection stay behind one that waits, so that a device's messages keep their order.
    if (this.#held) this.#held.push({ offer, answer })
    else this.#offer(offer, answer)
  }

  #offer(offer: Offer, answer: Answer): void {
    offer().then(
      (result) => answer(this.#refusalOf(result)),
      (error: unknown) => {
        if (isQueueBusy(error)) this.#hold({ offer, answer })
        else answer(error instanceof Error ? error : new Error(String(error)))
      },
    )
  }

  #refusalOf(result: AcceptResult): Error | null {
    if (result.ok) return null
    switch (result.code) {
      case 'PAYLOAD_MALFORMED':
        return unreadable(this.#session, result.message)
      case 'ENTITIES_LIMIT_EXCEEDED':
        return new ProtocolFault(reason.quotaExceeded, result.message)
      default:
        return new Error(result.message)
    }
  }

  /**
   * No acknowledgement and no loss: the publish waits, and nothing more is read from its socket meanwhile. What one chunk
   * holds bounds the memory.
   */
  #hold(held: Held): void {
    if (this.#isClosed) return
    if (this.#held) {
      this.#held.push(held)
      return
    }
    this.#held = [held]
    this.#link.hold()
    void this.#retry()
  }

  async #retry(): Promise<void> {
    for (let delayMs = 25; ; delayMs = Math.min(delayMs * 2, retryMaxMs)) {
      await delay(delayMs + Math.random() * delayMs)
      const first = this.#held?.[0]
      if (!first) return
      try {
        const result = await first.offer()
        first.answer(this.#refusalOf(result))
      } catch (error) {
        if (isQueueBusy(error)) continue
        first.answer(error instanceof Error ? error : new Error(String(error)))
      }
      // The queue is back: the rest goes together, and waits together again should it not be.
      const rest = this.#held?.slice(1) ?? []
      this.#held = null
      this.#link.release()
      for (const { offer, answer } of rest) this.#offer(offer, answer)
      return
    }
  }

  #sendUpdate(update: AttributesUpdate): void {
    const qos = this.#subscriptions.get(this.#attributesFilter ?? '') ?? 1
    if (this.#keepsUpdates && qos > 0) return
    const encoded = this.encodeUpdate(update)
    if (encoded) this.#send(encoded.topic, encoded.payload, qos)
  }

  /** Null: the profile changed to a format that is not served. */
  #adaptorOf(filter: string): PayloadAdaptor | null {
    const { settings } = this.#session
    return payloadAdaptor(filterPurpose(filter, settings)?.format, settings)
  }

  async #sendCommand(command: DeviceCommand): Promise<boolean> {
    const filter = this.#commandsFilter
    const adaptor = filter && this.#adaptorOf(filter)
    if (!filter || !adaptor) return false
    const { id, method, params } = command
    return this.#sendTo(filter, commandTopic(filter, id), adaptor.command({ method, params }))
  }

  /** Whether the device took it: true at once without acknowledgements. */
  async #sendTo(filter: string, topic: string, body: string | Buffer): Promise<boolean> {
    if (this.#isClosed) return false
    const qos = this.#subscriptions.get(filter) ?? 1
    const messageId = this.#send(topic, body, qos)
    if (messageId === null) return false
    return qos === 0 ? true : this.#acknowledgement(messageId)
  }

  #acknowledgement(messageId: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isTaken: boolean) => {
        clearTimeout(timer)
        this.#unacknowledged.delete(messageId)
        resolve(isTaken)
      }
      const timer = setTimeout(() => settle(false), acknowledgeTimeoutMs)
      this.#unacknowledged.set(messageId, settle)
    })
  }

  /** The message id with QoS 1, 0 with QoS 0; null when nothing was sent. */
  #send(topic: string, payload: string | Buffer, qos: 0 | 1): number | null {
    if (this.#isClosed) return null
    if (this.#link.unsentBytes > maxUnsentBytes) {
      this.#link.end(reason.quotaExceeded, 'downlinks are not read')
      return null
    }
    if (this.#identifiers.size === 0) return this.#link.send(topic, payload, qos)
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
    return this.#link.deliver({ topic, payload: bytes, qos, ...this.identifiersOf(topic) })
  }

  /** [MQTT-3.3.4-3]: identifiers of the subscriptions that a downlink is for. */
  identifiersOf(topic: string): { subscriptionIds?: number[] } {
    const subscriptionIds = [...this.#identifiers].flatMap(([filter, id]) => (matchesFilter(filter, topic) ? [id] : []))
    return subscriptionIds.length > 0 ? { subscriptionIds } : {}
  }
}

const uplinkOf = (
  { uplink, format }: { uplink: Uplink['kind']; format: PayloadType | null },
  topic: string,
  payload: Uint8Array,
  isMqttProfile: boolean,
): Uplink => (isMqttProfile ? { kind: uplink, payload, format, topic } : { kind: uplink, payload, format })

/** Made once: an error notes where it was made, which costs more than all else that happens to such a publish. */
const noGateway = new PublishRefusal('unanswered', 'The device is no gateway')
const unknownTopic = new PublishRefusal('topic', 'The topic is not one of the device API')

const endReasons: Readonly<Record<SessionEnd, number>> = {
  'taken-over': reason.takenOver,
  'credentials-changed': reason.administrativeAction,
  'device-deleted': reason.administrativeAction,
  stopping: reason.shuttingDown,
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const isQueueBusy = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'QUEUE_OVERLOADED' || error.code === 'QUEUE_UNAVAILABLE')
