import type { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'
import { Aedes, type AedesPublishPacket } from 'aedes'
import type { KeptSubscription, KeptSubscriptions, SubscriptionOptions } from './kept-subscriptions.ts'
import { frameOf } from './node-words.ts'
import type { RetainedStore } from './retained-store.ts'
import type {
  EnqueueAnswer,
  EnqueueRequest,
  LeftOver,
  QueuedMessage,
  QueueTarget,
  SessionStore,
} from './session-store.ts'
import { encodeMessage, type SpaceMessage } from './space-message.ts'

/** Somebody who is connected to this node. */
export type Subscriber = {
  /** All subscriptions of the subscriber that the message matches, at once. */
  receive(message: SpaceMessage, matched: readonly SubscriptionOptions[]): void
}

/** By whom a message was published. */
export type Publisher = {
  /** Of a session that is kept, for a QoS 2 publish: it is taken once. */
  received: { sessionId: string; messageId: number } | null
}

/** `no-room`: the tenant has used up what it may store. */
export type PublishOutcome = { kind: 'taken'; queuesFull: number } | { kind: 'no-room' }

export type Broker = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Returns what ends the subscription. */
  subscribe(tenantId: string, filter: string, options: SubscriptionOptions, subscriber: Subscriber): () => void
  /** Resolves when what must be stored is durable and everybody here has it. */
  publish(message: SpaceMessage, publisher: Publisher): Promise<PublishOutcome>
  /** A message that a session of a group left behind: for another one of the group. */
  redistribute(left: LeftOver): Promise<void>
  /** What another node published: for those who are connected here. */
  deliver(message: SpaceMessage): void
}

type Publication = {
  message: SpaceMessage
  publisher: Publisher
  answer: EnqueueAnswer | null
}

/** Sessions that one script serves, so that no other command waits long. */
const targetsAtOnce = 500
const mostTries = 10

/**
 * Aedes routes: subscriptions of connected clients to messages, and the order of what happens to a message (kept for its
 * topic, queued for sessions, handed out). What it stores goes through its persistence, which is ours. Topics of all tenants
 * live in one instance, each behind the tenant's id, which no filter of another tenant can name.
 */
export const createBroker = (options: {
  nodeId: string
  store: Pick<SessionStore, 'enqueue'>
  kept: KeptSubscriptions
  retained: RetainedStore
  /** A message with QoS 0 for the connected of other nodes. */
  tellOthers(frame: Buffer): void
  /** A session whose connection is here has a message in its queue. */
  onQueued(sessionId: string, queued: QueuedMessage): void
  onDirect(sessionId: string, filter: string, message: SpaceMessage): void
  onFault(error: unknown): void
}): Broker => {
  const { nodeId, store, kept, retained } = options
  /** What Aedes' packets have no place for. Each message has a payload of its own. */
  const publications = new WeakMap<Buffer, Publication>()
  let aedes: Aedes | null = null
  /** Who gets the message that Aedes hands out right now; it does so in one turn. */
  let gathered = new Map<Subscriber, SubscriptionOptions[]>()

  const publicationOf = ({ payload }: Pick<AedesPublishPacket, 'payload'>): Publication | null =>
    Buffer.isBuffer(payload) ? (publications.get(payload) ?? null) : null

  const handOut = (packet: AedesPublishPacket) => {
    const receivers = gathered
    const publication = publicationOf(packet)
    if (receivers.size === 0 || !publication) return
    gathered = new Map()
    for (const [subscriber, matched] of receivers) {
      // One of them may fail alone.
      try {
        subscriber.receive(publication.message, matched)
      } catch (error) {
        options.onFault(error)
      }
    }
  }

  /** To the sessions that `choose` finds among the subscriptions, which are up to date when the script agrees. */
  const enqueueFor = async (
    request: Pick<EnqueueRequest, 'message' | 'encoded' | 'frames' | 'received'>,
    choose: (matched: readonly KeptSubscription[]) => QueueTarget[],
  ): Promise<EnqueueAnswer> => {
    const { tenantId, topic } = request.message
    for (let tries = 0; tries < mostTries; tries++) {
      const subscriptions = await kept.of(tenantId)
      const targets = choose(subscriptions.match(topic))
      const first = targets.slice(0, targetsAtOnce)
      const { version } = subscriptions
      const answer = await store.enqueue(nodeId, { ...request, tenantId, version, targets: first })
      if (answer.kind === 'stale') {
        kept.stale(tenantId)
        continue
      }
      if (answer.kind !== 'ok') return answer
      for (let from = targetsAtOnce; from < targets.length; from += targetsAtOnce) {
        const rest = {
          version: null,
          frames: noFrames,
          received: null,
          targets: targets.slice(from, from + targetsAtOnce),
        }
        const more = await store.enqueue(nodeId, { ...request, tenantId, ...rest })
        if (more.kind !== 'ok') continue
        answer.full += more.full
        answer.here.push(...more.here)
        answer.direct.push(...more.direct)
      }
      return answer
    }
    throw new Error('The subscriptions of the tenant change too fast')
  }

  const enqueue = async (publication: Publication): Promise<void> => {
    const { message, publisher } = publication
    const encoded = encodeMessage(message)
    const request = { message, encoded, frames: frameOf('message', encoded), received: publisher.received }
    publication.answer = await enqueueFor(request, (matched) => targetsOf(message, matched))
  }

  const hand = (message: SpaceMessage, answer: EnqueueAnswer | null) => {
    if (answer?.kind !== 'ok') return
    for (const { target, number } of answer.here) options.onQueued(target.sessionId, queuedOf(message, target, number))
    for (const { sessionId, filter } of answer.direct) options.onDirect(sessionId, filter, message)
  }

  /** The parts of Aedes' persistence that publishing asks for; sessions never pass through its clients. */
  const persistence = {
    setup: async () => {},
    storeRetained: async (packet: AedesPublishPacket) => {
      const publication = publicationOf(packet)
      if (!publication || (await retained.store(publication.message))) return
      // Version 5 can be told (0x97), which is why nobody else gets it either.
      throw noRoom
    },
    subscriptionsByTopic: async () => [],
    outgoingEnqueueCombi: async (_subscriptions: unknown, packet: AedesPublishPacket) => {
      const publication = publicationOf(packet)
      if (publication) await enqueue(publication)
      if (publication?.answer?.kind === 'full') throw noRoom
      if (publication?.answer?.kind === 'again') throw publishedBefore
    },
    streamWill: () => Readable.from([]),
  }

  const send = (publication: Publication, aedesOptions: { isStored: boolean; isRetained: boolean }): Promise<void> => {
    const { message } = publication
    const broker = aedes
    if (!broker) throw new Error('the topic space is not started')
    publications.set(message.payload, publication)
    return new Promise((resolve, reject) => {
      broker.publish(
        {
          cmd: 'publish',
          topic: `${message.tenantId}/${message.topic}`,
          payload: message.payload,
          // For Aedes: whether its persistence is asked. The message has its own.
          qos: aedesOptions.isStored ? 1 : 0,
          retain: aedesOptions.isRetained,
          dup: false,
        },
        (error) => (error ? reject(error) : resolve()),
      )
    })
  }

  return {
    start: async () => {
      aedes = await Aedes.createBroker({
        id: nodeId,
        persistence,
        heartbeatInterval: heartbeatMs,
        published: (packet, _client, done) => {
          handOut(packet)
          done()
        },
      })
      // Its own types leave this event out.
      const emitter: EventEmitter = aedes
      emitter.on('error', options.onFault)
    },
    stop: () =>
      new Promise((resolve) => {
        const closing = aedes
        aedes = null
        if (closing) closing.close(() => resolve())
        else resolve()
      }),
    subscribe: (tenantId, filter, subscription, subscriber) => {
      const broker = aedes
      if (!broker) throw new Error('the topic space is not started')
      const topic = `${tenantId}/${filter}`
      let isOver = false
      const gather = (_packet: AedesPublishPacket, done: () => void) => {
        if (!isOver) {
          const matched = gathered.get(subscriber)
          if (matched) matched.push(subscription)
          else gathered.set(subscriber, [subscription])
        }
        done()
      }
      broker.subscribe(topic, gather, nothing)
      return () => {
        if (isOver) return
        isOver = true
        // After `stop` there is nothing to end.
        if (aedes === broker) broker.unsubscribe(topic, gather, nothing)
      }
    },
    publish: async (message, publisher) => {
      const publication: Publication = { message, publisher, answer: null }
      const subscriptions = await kept.of(message.tenantId)
      const isShared = message.qos === 0 && subscriptions.match(message.topic).some(({ group }) => group !== null)
      const isStored = message.qos > 0 || isShared
      try {
        await send(publication, { isStored, isRetained: message.isRetained })
      } catch (error) {
        if (error === publishedBefore) return { kind: 'taken', queuesFull: 0 }
        if (error === noRoom) return { kind: 'no-room' }
        throw error
      }
      const { answer } = publication
      if (!isStored) options.tellOthers(frameOf('message', encodeMessage(message)))
      hand(message, answer)
      return { kind: 'taken', queuesFull: answer?.kind === 'ok' ? answer.full : 0 }
    },
    redistribute: async ({ message, sharedFilter }) => {
      const request = { message, encoded: encodeMessage(message), frames: noFrames, received: null }
      const ofGroup = ({ filter }: KeptSubscription) => filter === sharedFilter
      hand(message, await enqueueFor(request, (matched) => targetsOf(message, matched.filter(ofGroup))))
    },
    deliver: (message) => {
      const publication = { message, publisher: { received: null }, answer: null }
      void send(publication, { isStored: false, isRetained: false }).catch(nothing)
    },
  }
}

/** Aedes says now and then that it is there; nobody else listens. */
const heartbeatMs = 12 * 3_600_000
const noFrames = Buffer.alloc(0)
const nothing = () => {}
const noRoom = new Error('No room for another message')
const publishedBefore = new Error('The message was published before')

/** Who gets the message by a queue: each session once, however many of its filters match; of a shared filter one session. */
const targetsOf = (message: SpaceMessage, matched: readonly KeptSubscription[]): QueueTarget[] => {
  const own = new Map<string, { qos: 0 | 1 | 2; isRetained: boolean; ids: number[] }>()
  const groups = new Map<string, KeptSubscription[]>()
  for (const subscription of matched) {
    const { sessionId, qos, group, identifier, retainAsPublished } = subscription
    if (group !== null) {
      const members = groups.get(subscription.filter)
      if (members) members.push(subscription)
      else groups.set(subscription.filter, [subscription])
      continue
    }
    if (subscription.noLocal && message.publisher === sessionId) continue
    const effective = lower(qos, message.qos)
    if (effective === 0) continue
    const known = own.get(sessionId)
    const ids = known?.ids ?? []
    if (identifier !== null) ids.push(identifier)
    own.set(sessionId, {
      qos: known ? higher(known.qos, effective) : effective,
      isRetained: (known?.isRetained ?? false) || (retainAsPublished && message.isRetained),
      ids,
    })
  }
  const targets: QueueTarget[] = []
  for (const [sessionId, { qos, isRetained, ids }] of own)
    targets.push({ sessionId, group: 0, qos, isRetained, subscriptionIds: ids, sharedFilter: null })
  let group = 0
  for (const members of groups.values()) {
    group++
    for (const subscription of inTurn(members)) targets.push(sharedTarget(message, subscription, group))
  }
  return targets
}

const sharedTarget = (message: SpaceMessage, subscription: KeptSubscription, group: number): QueueTarget => {
  const { sessionId, filter, identifier, retainAsPublished } = subscription
  return {
    sessionId,
    group,
    qos: lower(subscription.qos, message.qos),
    isRetained: retainAsPublished && message.isRetained,
    subscriptionIds: identifier === null ? [] : [identifier],
    sharedFilter: filter,
  }
}

/** The message as the queue of this session has it. */
const queuedOf = (
  message: SpaceMessage,
  { qos, isRetained, subscriptionIds }: QueueTarget,
  number: number,
): QueuedMessage => ({
  number,
  message,
  qos: qos === 2 ? 2 : 1,
  isRetained,
  subscriptionIds,
  isSpace: true,
  isReceived: false,
})

let turn = 0
/** Another one comes first each time; more than a few are not asked. */
const inTurn = (members: readonly KeptSubscription[]): KeptSubscription[] => {
  const start = turn++ % members.length
  return [...members.slice(start), ...members.slice(0, start)].slice(0, 50)
}

const lower = (a: 0 | 1 | 2, b: 0 | 1 | 2): 0 | 1 | 2 => (a < b ? a : b)
const higher = (a: 0 | 1 | 2, b: 0 | 1 | 2): 0 | 1 | 2 => (a > b ? a : b)
