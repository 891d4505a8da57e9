import type { EntityType, LiveBusEvent } from '@thingwire/contracts'
import type { Invalidation } from '../channels.ts'
import type { ShownSeries } from '../entity-values/shown-series.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { BusReader } from './bus-reader.ts'
import { createFeed, type Feed } from './feed.ts'
import type { FeedRequest, FeedSource } from './feed-source.ts'
import { createSeriesRelay, type SeriesRelay } from './series-relay.ts'
import type { WatchRegistry } from './watch-registry.ts'

/** Somebody who looks at a thing among others, as a page of an entity query does. */
export type TopicListener = {
  onEvent(event: LiveBusEvent): void
  /** Events may have been missed. */
  onGap(): void
  /** The thing itself changed: rights to it may have, too. */
  onInvalidated?(): void
}

type InvalidatedThing = Pick<Invalidation, 'tenantId' | 'id'>

/** One watched thing with the feeds over it. */
type Topic = {
  member: string
  tenantId: string
  feeds: Map<string, Feed>
  listeners: Set<TopicListener>
  isReady: Promise<void>
  /** Of a view whose time series somebody watches. */
  relay: SeriesRelay | null
}

export type Lease = { feed: Feed; release(): void }

export type Topics = {
  /** The feed for exactly this request; begins to watch when it is the first one. Hold it until `release`. */
  acquire(request: FeedRequest, tenantId: string): Promise<Lease>
  /**
   * Listens to an entity, or to the alarms of a tenant (`alarmsTopic`). Resolves when publishers know of it.
   * @param entityType Of an ENTITY_VIEW the shown time series are heard, too
   */
  listen(topic: string, tenantId: string, listener: TopicListener, entityType?: EntityType): Promise<void>
  unlisten(topic: string, tenantId: string, listener: TopicListener): void
  /** Tells listeners and observers that something in the system was changed. */
  invalidated(change: InvalidatedThing): void
  /** Calls the handler with everything that is changed, until the answered function is called. */
  observe(handler: (change: InvalidatedThing) => void): () => void
  dispatch(event: LiveBusEvent): void
  /** Every feed reads its data again. */
  resyncAll(): Promise<void>
  stop(): void
  count(): number
}

/**
 * How long publishers in other processes may need to learn of a new watch. What was committed meanwhile was neither in
 * the first read nor published, so the feed reads once more after this.
 */
const settleMs = 1_000
const resyncsAtOnce = 4

export const createTopics = (options: {
  bus: Pick<BusReader, 'acquire' | 'release'>
  watches: Pick<WatchRegistry, 'add' | 'drop'>
  sourceOf(request: FeedRequest, tenantId: string): FeedSource
  /** Which time series a view shows. */
  shownBy(tenantId: string, viewId: string): Promise<ShownSeries>
  logger: Logger
}): Topics => {
  const { bus, watches, logger } = options
  const topics = new Map<string, Topic>()
  const settling = new Set<NodeJS.Timeout>()
  const observers = new Set<(change: InvalidatedThing) => void>()

  const resync = async (topic: Topic) => {
    // Word of a change of the view may have been missed as well.
    if (topic.relay) await renewView(topic, topic.relay).catch(warnOfView)
    for (const feed of topic.feeds.values())
      await feed.resync().catch((error: unknown) => logger.warn(errorFields(error), 'live feed not read again'))
    for (const listener of topic.listeners) listener.onGap()
  }

  const begin = async ({ member, tenantId }: Pick<Topic, 'member' | 'tenantId'>) => {
    try {
      await bus.acquire(tenantId)
      await watches.add(member)
    } catch (error) {
      // The present state can still be shown; changes follow when Redis is back.
      logger.warn(errorFields(error), 'watch not announced')
    }
  }

  const open = (member: string, tenantId: string): Topic => {
    const existing = topics.get(member)
    if (existing) return existing
    const isReady = begin({ member, tenantId })
    const topic: Topic = { member, tenantId, feeds: new Map(), listeners: new Set(), isReady, relay: null }
    topics.set(member, topic)
    const timer = setTimeout(() => {
      settling.delete(timer)
      if (topics.get(member) === topic) void resync(topic)
    }, settleMs)
    settling.add(timer)
    return topic
  }

  const closeIfUnused = (topic: Topic) => {
    if (topic.feeds.size > 0 || topic.listeners.size > 0 || topics.get(topic.member) !== topic) return
    topics.delete(topic.member)
    watches.drop(topic.member)
    bus.release(topic.tenantId)
    topic.relay?.close()
  }

  const deliver = (topic: Topic, event: LiveBusEvent) => {
    for (const feed of topic.feeds.values()) feed.onEvent(event)
    for (const listener of topic.listeners) listener.onEvent(event)
  }

  const listenTo = (topic: Topic, listener: TopicListener): (() => void) => {
    topic.listeners.add(listener)
    return () => {
      if (topic.listeners.delete(listener)) closeIfUnused(topic)
    }
  }

  const warnOfView = (error: unknown) => logger.warn(errorFields(error), 'what a view looks at is not followed')

  const relayTo = (topic: Topic, viewId: string) => {
    if (topic.relay) return
    const { tenantId } = topic
    const relay = createSeriesRelay({
      viewId,
      find: () => options.shownBy(tenantId, viewId),
      follow: (entityId, listener) => {
        const target = open(`${tenantId}/${entityId}`, tenantId)
        return { isReady: target.isReady, stop: listenTo(target, listener) }
      },
      onEvent: (event) => deliver(topic, event),
      onGap: () => void resync(topic),
    })
    topic.relay = relay
    topic.isReady = Promise.all([topic.isReady, relay.isReady.catch(warnOfView)]).then(() => {})
  }

  /** A view was changed: what is shown now takes the place of what was shown before. */
  const renewView = async (topic: Topic, relay: SeriesRelay) => {
    if (!(await relay.renew())) return
    for (const feed of topic.feeds.values()) await feed.restart()
  }

  return {
    acquire: async (request, tenantId) => {
      const topic = open(memberOf(request, tenantId), tenantId)
      const { id: _, ...rest } = request
      const signature = JSON.stringify(rest)
      const feed = topic.feeds.get(signature) ?? createFeed(options.sourceOf(request, tenantId))
      topic.feeds.set(signature, feed)
      if (hasSeries(request) && request.entityId.entityType === 'ENTITY_VIEW') relayTo(topic, request.entityId.id)
      const release = () => {
        if (!feed.isEmpty() || topic.feeds.get(signature) !== feed) return
        topic.feeds.delete(signature)
        closeIfUnused(topic)
      }
      await topic.isReady
      return { feed, release }
    },
    dispatch: (event) => {
      const topic = topics.get(`${event.tenantId}/${topicOf(event)}`)
      if (topic) deliver(topic, event)
    },
    listen: async (name, tenantId, listener, entityType) => {
      const topic = open(`${tenantId}/${name}`, tenantId)
      listenTo(topic, listener)
      if (entityType === 'ENTITY_VIEW') relayTo(topic, name)
      await topic.isReady
    },
    unlisten: (name, tenantId, listener) => {
      const topic = topics.get(`${tenantId}/${name}`)
      if (topic?.listeners.delete(listener)) closeIfUnused(topic)
    },
    invalidated: (change) => {
      const topic = topics.get(`${change.tenantId}/${change.id}`)
      if (topic) for (const listener of topic.listeners) listener.onInvalidated?.()
      if (topic?.relay) renewView(topic, topic.relay).catch(warnOfView)
      for (const handler of observers) handler(change)
    },
    observe: (handler) => {
      observers.add(handler)
      return () => observers.delete(handler)
    },
    resyncAll: async () => {
      const all = topics.values()
      // The iterator is shared: each worker takes the next topic, so that a reconnect is no storm of queries.
      const worker = async () => {
        for (const topic of all) await resync(topic)
      }
      await Promise.all(Array.from({ length: resyncsAtOnce }, worker))
    },
    stop: () => {
      for (const timer of settling) clearTimeout(timer)
      settling.clear()
    },
    count: () => topics.size,
  }
}

/** The alarms of a tenant, whatever they are about. */
export const alarmsTopic = 'alarms'

const topicOf = (event: LiveBusEvent): string => {
  switch (event.kind) {
    case 'rule-chain':
      return `chain/${event.ruleChainId}`
    case 'alarm':
      return alarmsTopic
    default:
      return event.entityId
  }
}

/** The name under which publishers look it up in `redisKeys.watched`. */
const memberOf = (request: FeedRequest, tenantId: string): string =>
  request.kind === 'rule-chain' ? `${tenantId}/chain/${request.ruleChainId}` : `${tenantId}/${request.entityId.id}`

const hasSeries = (request: FeedRequest): request is Exclude<FeedRequest, { kind: 'attributes' | 'rule-chain' }> =>
  request.kind === 'latest' || request.kind === 'timeseries' || request.kind === 'points'
