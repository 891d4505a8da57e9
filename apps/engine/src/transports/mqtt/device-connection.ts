import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@thingwire/contracts'
import type {
  AcceptResult,
  AttributesUpdate,
  DeviceCommand,
  DeviceGateway,
  DeviceSession,
  SessionEnd,
} from '../transport.ts'
import { createGatewayTopics, type GatewayTopics } from './gateway-topics.ts'
import type { Answer, MqttLink, MqttSession } from './mqtt-session.ts'
import { createPackageRequests, packageErrorTopic, packageFilter, type PackageRequest } from './package-requests.ts'
import type { PublishPacket } from './protocol/packets.ts'
import { PublishRefusal, reason } from './protocol/reasons.ts'
import {
  attributesRequestOf,
  attributesUpdateBody,
  commandBody,
  commandTopic,
  filterOfResponse,
  filterPurpose,
  publishIntent,
} from './translate.ts'

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
  #attributesFilter: string | null = null
  #commandsFilter: string | null = null
  /** Commands whose PUBACK is awaited, by message id. */
  readonly #unacknowledged = new Map<number, (isTaken: boolean) => void>()
  /** Null: the device is no gateway. */
  readonly #gatewayTopics: GatewayTopics | null
  readonly #readPackage: ReturnType<typeof createPackageRequests>
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
    this.#readPackage = createPackageRequests(options.gateway, options.session)
    this.#session.onClose = (why) => this.#link.end(endReasons[why], why)
    this.#gatewayTopics = options.session.isGateway
      ? createGatewayTopics({ ...options, send: (topic, body) => this.#sendTo(topic, topic, body) })
      : null
  }

  touch(): void {
    this.#gateway.touch(this.#session)
  }

  publish({ topic, payload }: PublishPacket, answer: Answer): void {
    const intent = publishIntent(topic)
    switch (intent.kind) {
      case 'uplink':
        this.#accept(() => this.#gateway.accept(this.#session, { kind: intent.uplink, payload }), answer)
        return
      case 'gateway':
        if (this.#gatewayTopics) this.#accept(this.#gatewayTopics.handle(intent.intent, payload), answer)
        else {
          this.#onIgnored()
          answer(noGateway)
        }
        return
      case 'attributes-request':
        this.#answerAttributes(payload, intent.responseTopic).then(() => answer(), answer)
        return
      case 'command-answer':
        this.#gateway.answerCommand(this.#session, intent.id, payload.toString('utf8')).then(
          () => answer(),
          (error: unknown) => answer(asError(error)),
        )
        return
      case 'claim':
        this.#gateway.offerClaim(this.#session, payload).then(
          () => answer(),
          (error: unknown) => answer(asError(error)),
        )
        return
      case 'server-request':
        this.#askServer(intent.id, payload, intent.responseTopic).then(
          () => answer(),
          (error: unknown) => answer(asError(error)),
        )
        return
      case 'package':
        this.#sendPackage(intent.request, payload).then(
          () => answer(),
          (error: unknown) => answer(asError(error)),
        )
        return
      case 'unsupported':
        answer(new Error('Protobuf payloads are not served'))
        return
      case 'unknown':
        this.#onIgnored()
        answer(unknownTopic)
    }
  }

  subscribe(filter: string, qos: number): 0 | 1 | null {
    const purpose = filterPurpose(filter)
    if (!purpose) return null
    const granted = qos > 0 ? 1 : 0
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
      if (filter === this.#commandsFilter) {
        this.#commandsFilter = null
        this.#session.onCommand = null
      }
      if (filter === this.#attributesFilter) {
        this.#attributesFilter = null
        this.#session.onAttributes = null
      }
      if (this.#subscriptions.delete(filter)) return reason.success
      return filterPurpose(filter) ? reason.noSubscriptionExisted : reason.topicFilterInvalid
    })
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
    if (result.code !== 'PAYLOAD_MALFORMED') return new Error(result.message)
    return new PublishRefusal(this.#session.acknowledgesInvalid ? 'payload-passed-over' : 'payload', result.message)
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

  async #answerAttributes(payload: Uint8Array, responseTopic: string): Promise<void> {
    const request = attributesRequestOf(payload)
    if (!request) throw new PublishRefusal('payload', 'The attribute request is not understood')
    const values = await this.#gateway.readAttributes(this.#session, request)
    this.#send(responseTopic, JSON.stringify(values), this.#subscriptions.get(filterOfResponse(responseTopic)) ?? 1)
  }

  #sendUpdate(update: AttributesUpdate): void {
    const filter = this.#attributesFilter
    if (filter) this.#send(filter, attributesUpdateBody(update), this.#subscriptions.get(filter) ?? 1)
  }

  async #askServer(id: number, payload: Uint8Array, responseTopic: string): Promise<void> {
    const asked = await this.#gateway.askServer(this.#session, id, payload)
    if (!asked.ok)
      throw asked.code === 'PAYLOAD_MALFORMED' ? new PublishRefusal('payload', asked.message) : new Error(asked.message)
    void asked.answer.then((body) =>
      this.#send(responseTopic, body, this.#subscriptions.get(filterOfResponse(responseTopic)) ?? 1),
    )
  }

  async #sendPackage(request: PackageRequest, payload: Uint8Array): Promise<void> {
    const answer = await this.#readPackage(request, payload)
    if (answer.ok) {
      this.#send(answer.topic, Buffer.from(answer.body), this.#subscriptions.get(packageFilter(request)) ?? 1)
      return
    }
    this.#send(packageErrorTopic, answer.text, this.#subscriptions.get(packageErrorTopic) ?? 1)
    this.#link.end(reason.implementationSpecific, 'no such package')
  }

  async #sendCommand(command: DeviceCommand): Promise<boolean> {
    const filter = this.#commandsFilter
    return filter !== null && this.#sendTo(filter, commandTopic(filter, command.id), commandBody(command))
  }

  /** Whether the device took it: true at once without acknowledgements. */
  async #sendTo(filter: string, topic: string, body: string): Promise<boolean> {
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
    return this.#link.send(topic, payload, qos)
  }
}

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
