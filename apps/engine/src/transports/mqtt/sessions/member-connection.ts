import { type KeptUpdate, keptUpdateOf } from '../../../topic-space/kept-downlinks.ts'
import type { SubscriptionOptions } from '../../../topic-space/kept-subscriptions.ts'
import type { QueuedMessage } from '../../../topic-space/session-store.ts'
import { addressOf } from '../../../topic-space/sweeper.ts'
import type { TopicSpace } from '../../../topic-space/topic-space.ts'
import { isReservedTopic } from '../../../topic-space/topics.ts'
import type { ClientHandler, Goodbye, PublishAnswer } from '../protocol/client-handler.ts'
import type { MqttConnection } from '../protocol/connection.ts'
import type { PublishPacket, SubscriptionRequest } from '../protocol/packets.ts'
import { PublishRefusal, reason } from '../protocol/reasons.ts'
import { type Content, KeptQueue } from './kept-queue.ts'
import { SpaceClient, type SpaceClientOptions } from './space-client.ts'

/** What serves the topics outside of the topic space. */
export type ApiHandler = ClientHandler & {
  serves(topic: string): boolean
  offers(filter: string): 'attribute-updates' | 'commands' | 'other' | null
  keepUpdates(): void
  encodeUpdate(update: KeptUpdate): Content | null
}

export type MemberOptions = Omit<SpaceClientOptions, 'isKept'> & {
  connectionId: string
  api: ApiHandler
  /** The session outlives the connection. */
  isKept: boolean
  /** Something of the session stands in Redis: it is kept, has a will, or shares subscriptions. */
  hasRecord: boolean
  mostSessions: number
  lastSent: number
  stored: readonly { filter: string; options: SubscriptionOptions }[]
  onTrouble(error: unknown): void
}

type Asked = { request: SubscriptionRequest; options: SubscriptionOptions; code: number; isNew: boolean }

/**
 * The connection of a client with more than the device API: a topic space, or a session that outlives the connection. What
 * the session must remember is in Redis before the client hears of it.
 */
export class MemberConnection implements ClientHandler {
  readonly #options: MemberOptions
  readonly #space: TopicSpace
  readonly #link: MqttConnection
  readonly #api: ApiHandler
  readonly #client: SpaceClient
  readonly #queue: KeptQueue
  /** Filters of the device API that the session remembers. */
  readonly #apiFilters = new Set<string>()
  #hasRecord: boolean
  #stopListening: () => void
  /** SUBSCRIBE and UNSUBSCRIBE that are written down one after the other. */
  #written: Promise<unknown> = Promise.resolve()
  /** Subscriptions whose retained messages follow the SUBACK. */
  #wantRetained: Asked[] = []
  #isOver = false

  constructor(options: MemberOptions) {
    this.#options = options
    this.#space = options.space
    this.#link = options.link
    this.#api = options.api
    this.#hasRecord = options.hasRecord
    this.#client = new SpaceClient(options)
    this.#queue = new KeptQueue({
      store: options.space.store,
      address: addressOf(options.sessionId, options.space.nodeId),
      connectionId: options.connectionId,
      link: options.link,
      lastSent: options.lastSent,
      contentOf: (queued) => this.#contentOf(queued),
      onTrouble: (error) => this.#trouble(error),
    })
    this.#stopListening = options.hasRecord ? this.#listen() : () => {}
    if (options.isKept) options.api.keepUpdates()
    this.#restore()
  }

  opened(): void {
    if (this.#apiFilters.size > 0) this.#api.subscribed([...this.#apiFilters])
    if (this.#hasRecord) this.#queue.wake()
  }

  publish(packet: PublishPacket, answer: PublishAnswer): void {
    const isOwn = !isReservedTopic(packet.topic) && !this.#api.serves(packet.topic)
    if (isOwn && this.#options.rights()) this.#client.publish(packet, answer)
    else if (packet.qos === 2 && this.#options.isKept) this.#api.publish(packet, this.#noting(packet, answer))
    else this.#api.publish(packet, answer)
  }

  subscribe(subscriptions: readonly SubscriptionRequest[], identifier: number | null): number[] | Promise<number[]> {
    const asked = subscriptions.map((request) => this.#ask(request, identifier))
    const isWritten = asked.some(({ code, options, request }) => this.#isWritten(code, options, request.filter))
    if (!isWritten) return asked.map((one) => this.#begin(one))
    return this.#inTurn(async () => {
      await this.#write(asked)
      return asked.map((one) => this.#begin(one))
    })
  }

  subscribed(filters: readonly string[]): void {
    this.#api.subscribed(filters)
    const wanted = this.#wantRetained
    this.#wantRetained = []
    for (const { request, options } of wanted)
      this.#client.sendRetained(request.filter, options).catch((error: unknown) => this.#trouble(error))
  }

  unsubscribe(filters: readonly string[]): number[] | Promise<number[]> {
    const end = () => filters.map((filter) => this.#end(filter))
    const written = filters.filter((filter) => this.#options.isKept || filter.startsWith('$share/'))
    if (!this.#hasRecord || written.length === 0) return end()
    return this.#inTurn(async () => {
      const { space, sessionId, connectionId } = this.#options
      await space.store.unsubscribe(addressOf(sessionId, space.nodeId), connectionId, written)
      return end()
    })
  }

  acknowledged(messageId: number, isTaken: boolean): void {
    if (this.#queue.owns(messageId)) this.#queue.acknowledged(messageId)
    else this.#api.acknowledged(messageId, isTaken)
    this.#queue.goOn()
  }

  received(messageId: number): Promise<void> | null {
    return this.#queue.received(messageId)
  }

  released(messageId: number): Promise<void> | null {
    const { isKept, space, sessionId } = this.#options
    return isKept ? space.store.forgetReceived(addressOf(sessionId, space.nodeId), messageId) : null
  }

  touch(): void {
    this.#api.touch()
    // A client that is heard of may read again.
    this.#queue.goOn()
  }

  closed(why: string, goodbye: Goodbye | null): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#client.end()
    this.#queue.stop()
    this.#stopListening()
    const { sessionId, connectionId, space } = this.#options
    if (this.#hasRecord) {
      const asked = goodbye?.sessionExpirySeconds ?? null
      space.suspend(sessionId, {
        connectionId,
        keepsWill: goodbye?.keepsWill ?? true,
        keepSeconds: asked === null ? null : Math.min(asked, space.limits.sessionSeconds),
      })
    }
    this.#api.closed(why, goodbye)
  }

  #listen(): () => void {
    const { sessionId, connectionId } = this.#options
    return this.#space.listen(sessionId, {
      connectionId,
      wake: () => this.#queue.wake(),
      queued: (message) => this.#queue.offer(message),
      direct: (filter, message) => this.#client.receiveShared(filter, message),
      takenOver: () => this.#link.end(reason.takenOver, 'taken-over'),
    })
  }

  #contentOf({ isSpace, message, subscriptionIds }: QueuedMessage): Content | null {
    const { topic, payload } = message
    if (isSpace) return this.#client.mayReceive(topic) ? { topic, payload, subscriptionIds } : null
    const update = keptUpdateOf(message.payload)
    return update && this.#api.encodeUpdate(update)
  }

  /** Subscriptions of the session from before; those that are not allowed any more are forgotten. */
  #restore(): void {
    const gone: string[] = []
    for (const { filter, options } of this.#options.stored) {
      const { qos, noLocal, retainAsPublished } = options
      const request = { filter, qos, noLocal, retainAsPublished, retainHandling: 2 as const }
      if (options.isDeviceApi) {
        const [code = reason.unspecified] = settled(this.#api.subscribe([request], options.identifier))
        if (code < reason.unspecified) this.#apiFilters.add(filter)
        else gone.push(filter)
      } else if (this.#client.refusalOf(request) === null) this.#client.subscribe(filter, options)
      else gone.push(filter)
    }
    if (gone.length === 0) return
    const { space, sessionId, connectionId } = this.#options
    void this.#inTurn(async () => {
      await space.store.unsubscribe(addressOf(sessionId, space.nodeId), connectionId, gone)
      return []
    }).catch((error: unknown) => this.#trouble(error))
  }

  #ask(request: SubscriptionRequest, identifier: number | null): Asked {
    const { filter, qos, noLocal, retainAsPublished } = request
    const purpose = this.#api.offers(filter)
    const isDeviceApi = purpose !== null
    const keepsUpdates = purpose === 'attribute-updates' && qos > 0
    const options = { qos, noLocal, retainAsPublished, identifier, isDeviceApi, keepsUpdates }
    const isNew = !this.#client.has(filter)
    if (isDeviceApi) return { request, options: { ...options, qos: qos > 0 ? 1 : 0 }, code: Math.min(qos, 1), isNew }
    const refused = this.#options.rights()
      ? this.#client.refusalOf(request)
      : settled(this.#api.subscribe([request], null))[0]
    return { request, options, code: refused ?? qos, isNew }
  }

  #isWritten(code: number, options: SubscriptionOptions, filter: string): boolean {
    if (code >= reason.unspecified) return false
    return this.#options.isKept || (!options.isDeviceApi && filter.startsWith('$share/'))
  }

  async #write(asked: Asked[]): Promise<void> {
    const { space, sessionId, connectionId } = this.#options
    const address = addressOf(sessionId, space.nodeId)
    const written = asked.filter(({ code, options, request }) => this.#isWritten(code, options, request.filter))
    if (!this.#hasRecord) {
      const { mostSessions } = this.#options
      const request = { connectionId, isClean: true, keepSeconds: 0, will: null, needsRecord: true, mostSessions }
      const opened = await space.store.open(address, request)
      // The client may have gone meanwhile.
      if (opened.isKept && this.#isOver) space.suspend(sessionId, { connectionId, keepsWill: false, keepSeconds: 0 })
      else if (opened.isKept) {
        this.#hasRecord = true
        this.#stopListening = this.#listen()
      }
    }
    const rows = written.map(({ request, options }) => ({ filter: request.filter, options }))
    const answers = this.#hasRecord ? await space.store.subscribe(address, connectionId, rows) : null
    for (const [index, one] of written.entries()) {
      const answer = answers?.[index] ?? 'no-room'
      if (answer === 'no-room') one.code = reason.quotaExceeded
      one.isNew = answer === 'new'
    }
  }

  /** Answers the code for the SUBACK. */
  #begin(one: Asked): number {
    const { request, options, code, isNew } = one
    const { filter } = request
    if (code >= reason.unspecified) return code
    if (options.isDeviceApi) {
      this.#apiFilters.add(filter)
      return settled(this.#api.subscribe([request], options.identifier))[0] ?? reason.unspecified
    }
    if (!this.#client.has(filter) && this.#client.size >= this.#space.limits.subscriptions) return reason.quotaExceeded
    this.#client.subscribe(filter, options)
    // Retain handling; shared subscriptions get none (§4.8.2).
    const wantsRetained = request.retainHandling === 0 || (request.retainHandling === 1 && isNew)
    if (wantsRetained && !filter.startsWith('$share/')) this.#wantRetained.push(one)
    return code
  }

  #end(filter: string): number {
    if (this.#apiFilters.delete(filter) || this.#api.offers(filter) !== null)
      return settled(this.#api.unsubscribe([filter]))[0] ?? reason.unspecified
    if (this.#client.unsubscribe(filter)) return reason.success
    return this.#options.rights() ? reason.noSubscriptionExisted : reason.topicFilterInvalid
  }

  /** The device API has its own way to be durable; the session notes the identifier once that is done. */
  #noting({ messageId }: PublishPacket, answer: PublishAnswer): PublishAnswer {
    const { space, sessionId } = this.#options
    return (error) => {
      if (error instanceof PublishRefusal || error) return answer(error)
      space.store.noteReceived(addressOf(sessionId, space.nodeId), messageId).then(
        () => answer(),
        (failure: unknown) => answer(failure instanceof Error ? failure : new Error(String(failure))),
      )
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#written.then(work)
    this.#written = done.catch(() => {})
    return done
  }

  #trouble(error: unknown): void {
    if (this.#isOver) return
    if (error === null) this.#link.end(reason.takenOver, 'taken-over')
    else {
      this.#options.onTrouble(error)
      this.#link.end(reason.serverUnavailable, 'the session cannot be read')
    }
  }
}

/** Handlers of the device API answer at once. */
const settled = (codes: number[] | Promise<number[]>): number[] => (Array.isArray(codes) ? codes : [])
