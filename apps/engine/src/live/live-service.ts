import type { LiveBusEvent } from '@thingwire/contracts'
import type { Database, Principal } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { type Channels, type Invalidation, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { EntityAccess } from '../access/entity-access.ts'
import { findShown, withShownSeries } from '../entity-values/shown-series.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'
import { createEditors } from './editors.ts'
import { createBusReader } from './bus-reader.ts'
import { createFeedSource } from './feed-source.ts'
import { createLiveConnection, type LiveClient, type LiveConnection } from './live-connection.ts'
import { createLiveQueries, type LiveQueries, type QuerySources } from './queries/live-queries.ts'
import { createQueryFeeds } from './queries/query-feeds.ts'
import { createTopics, type Topics } from './topics.ts'
import { createWatchRegistry } from './watch-registry.ts'

/** One client's subscriptions, as the service sees them. */
export type LiveSession = {
  /** Sends what waits, when the client can take it. True when nothing is left. */
  flush(): boolean
  /** Something changed that may have been the reason why the client sees what it sees. */
  recheck(change: Invalidation): Promise<void>
  subscriptionCount(): number
  close(): void
}

/** Subscriptions to live data, for every door that offers them. */
export type LiveService = Part & {
  /** Close the connection when the client has gone. */
  connect(principal: Principal, client: LiveClient): LiveConnection
  /** For a door that keeps its subscriptions itself. `pending` says that something waits to be sent. */
  enter(session: LiveSession): { pending(): void; leave(): void }
  topics: Topics
  queries: LiveQueries
  figures(): { connections: number; subscriptions: number; topics: number }
}

/** Changes of this long become one update: no eye sees more, and a thousand messages a second cost a client 15 sends. */
const tickMs = 60

export const createLiveService = (options: {
  database: Pick<Database, 'telemetry' | 'attributes' | 'entityViews' | 'ruleChainDrafts' | 'dashboardDrafts' | 'users'>
  access: EntityAccess
  openRedis: OpenRedis
  channels: Channels
  /** Where live answers to queries come from. */
  sources(): QuerySources
  logger: Logger
  now: () => number
}): LiveService => {
  const { logger, now } = options
  const database = withShownSeries(options.database)
  const sessions = new Set<LiveSession>()
  const pending = new Set<LiveSession>()
  let tick: NodeJS.Timeout | null = null
  let redis: Redis | null = null
  let isStopped = false
  let flushedAtMs = -tickMs

  const commands = () => {
    if (!redis) throw new Error('live subscriptions are not started')
    return redis
  }
  const watches = createWatchRegistry({ redis: commands, logger, now })
  const onGap = () => {
    const catchUp = async () => {
      await watches.announceAll()
      await topics.resyncAll()
      editors.resync()
    }
    catchUp().catch((error: unknown) => logger.warn(errorFields(error), 'live data not read again'))
  }
  const bus = createBusReader({
    openRedis: options.openRedis,
    logger,
    onEvent: (event: LiveBusEvent) => topics.dispatch(event),
    onGap,
  })
  const topics = createTopics({
    bus,
    watches,
    logger,
    sourceOf: (request, tenantId) => createFeedSource(request, tenantId, { database, redis: commands, now }),
    shownBy: (tenantId, id) =>
      findShown(options.database, { kind: 'tenant', tenantId }, { entityType: 'ENTITY_VIEW', id }),
  })

  const editors = createEditors({ ...options, redis: commands })
  const queries = createLiveQueries({ ...options, topics })
  const queryFeeds = createQueryFeeds(queries)

  const flush = () => {
    tick = null
    flushedAtMs = performance.now()
    for (const session of pending) if (session.flush()) pending.delete(session)
    if (pending.size > 0) schedule()
  }
  const schedule = () => {
    // The first change after a pause goes out at once; only a stream of changes is paced.
    if (!isStopped) tick ??= setTimeout(flush, Math.max(0, flushedAtMs + tickMs - performance.now()))
  }

  const enter: LiveService['enter'] = (session) => {
    sessions.add(session)
    return {
      pending: () => {
        pending.add(session)
        schedule()
      },
      leave: () => {
        sessions.delete(session)
        pending.delete(session)
      },
    }
  }

  // A device that was given to another customer, or deleted, must disappear from the screens of those who saw it.
  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (!change) return
    topics.invalidated(change)
    if (change.kind === 'rule-chain') editors.changed({ entityType: 'RULE_CHAIN', id: change.id })
    if (change.kind === 'dashboard') editors.changed({ entityType: 'DASHBOARD', id: change.id })
    for (const session of sessions)
      session
        .recheck(change)
        .catch((error: unknown) => logger.warn(errorFields(error), 'subscription not checked again'))
  })

  return {
    name: 'live subscriptions',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      await bus.start()
      await watches.start()
      await editors.start()
    },
    stop: async (deadlineMs) => {
      isStopped = true
      if (tick) clearTimeout(tick)
      for (const session of [...sessions]) session.close()
      await editors.stop(deadlineMs)
      topics.stop()
      await watches.stop(deadlineMs)
      await bus.stop(deadlineMs)
      await redis?.quit().catch(() => redis?.disconnect())
    },
    topics,
    queries,
    enter,
    connect: (principal, client) => {
      const connection = createLiveConnection({
        principal,
        client,
        topics,
        queries: queryFeeds,
        editors,
        access: options.access,
        onPending: () => entered.pending(),
        onError: (error) => logger.error(errorFields(error), 'live subscription failed'),
      })
      const entered = enter({ ...connection, recheck: ({ id }) => connection.recheck(id) })
      return {
        ...connection,
        close: () => {
          entered.leave()
          connection.close()
        },
      }
    },
    figures: () => {
      let subscriptions = 0
      for (const session of sessions) subscriptions += session.subscriptionCount()
      return { connections: sessions.size, subscriptions, topics: topics.count() }
    },
  }
}
