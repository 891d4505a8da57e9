import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { type Broker, createBroker, type Publisher, type PublishOutcome } from './broker.ts'
import { createKeptSubscriptions } from './kept-subscriptions.ts'
import { defaultSpaceLimits, type SpaceLimits } from './limits.ts'
import { type NodeWord, readSpeech, speech } from './node-words.ts'
import { createRetainedStore, type RetainedStore } from './retained-store.ts'
import { createSessionStore, type QueuedMessage, type SessionStore } from './session-store.ts'
import { decodeMessage, type SpaceMessage } from './space-message.ts'
import { addressOf, createSweeper } from './sweeper.ts'

/** The connection of a session that has something in Redis. */
export type SessionListener = {
  connectionId: string
  /** Its queue has messages. */
  wake(): void
  /** The same, and this is one of them. */
  queued(message: QueuedMessage): void
  /** A message by a shared subscription that is not queued. */
  direct(filter: string, message: SpaceMessage): void
  /** The session is another connection's now. */
  takenOver(): void
}

/** The broker beside the device API: every tenant's own topics, and the sessions of MQTT. */
export type TopicSpace = Part & {
  readonly nodeId: string
  readonly limits: SpaceLimits
  readonly store: SessionStore
  readonly retained: Pick<RetainedStore, 'find'>
  subscribe: Broker['subscribe']
  publish(message: SpaceMessage, publisher: Publisher): Promise<PublishOutcome>
  /** Whether messages could be stored now. */
  isReachable(): Promise<boolean>
  /** Whether sessions are kept for that device or user; may be true for a moment after the last one is gone. */
  hasSessions(holderId: string): boolean
  /** Returns what ends the listening. */
  listen(sessionId: string, listener: SessionListener): () => void
  /** Its queue has messages. */
  wake(sessionId: string): void
  /** The connection is over: the session waits, or ends; a will goes out. */
  suspend(sessionId: string, request: Parameters<SessionStore['suspend']>[1]): void
  publishWill(sessionId: string, will: SpaceMessage): void
}

/** Where the session of a client is kept. Client ids are any text. */
export const sessionIdOf = (holder: { tenantId: string; holderId: string }, clientId: string): string =>
  `${holder.tenantId}.${holder.holderId}.${createHash('sha256').update(clientId).digest('base64url').slice(0, 22)}`

const defaultLifeMs = 15_000

export const createTopicSpace = (options: {
  nodeId: string
  openRedis: OpenRedis
  channels: Pick<Channels, 'subscribe'>
  /** Whether a device or user, or a tenant, is still there. */
  exists(kind: 'device' | 'user' | 'tenant', id: string, tenantId: string): Promise<boolean>
  logger: Logger
  limits?: SpaceLimits
  lifeMs?: number
}): TopicSpace => {
  const { nodeId, openRedis, limits = defaultSpaceLimits } = options
  const logger = options.logger.child({ part: 'topic space' })
  let connections: { commands: Redis; writes: Redis; subscriber: Redis } | null = null
  const running = () => {
    if (!connections) throw new Error('the topic space is not started')
    return connections
  }
  const redis = () => running().commands
  const store = createSessionStore({ redis, writes: () => running().writes, limits })
  const retained = createRetainedStore({ redis, limits })
  const kept = createKeptSubscriptions(redis)
  const holders = new Set<string>()
  const listeners = new Map<string, SessionListener>()
  const background = new Set<Promise<void>>()

  const inBackground = (work: Promise<void>, what: string) => {
    const settled = work.catch((error: unknown) => logger.warn(errorFields(error), what))
    background.add(settled)
    void settled.finally(() => background.delete(settled))
  }

  let frames: Buffer[] = []
  const tellOthers = (frame: Buffer) => {
    if (frames.length === 0) setImmediate(say)
    frames.push(frame)
  }
  const say = () => {
    const bytes = speech(nodeId, frames)
    frames = []
    connections?.writes.publish(redisChannels.space, bytes).catch((error: unknown) => {
      logger.debug(errorFields(error), 'messages did not reach other nodes')
    })
  }

  const onQueued = (sessionId: string, queued: QueuedMessage) => listeners.get(sessionId)?.queued(queued)
  const onDirect: Parameters<typeof createBroker>[0]['onDirect'] = (sessionId, filter, message) =>
    listeners.get(sessionId)?.direct(filter, message)
  const onFault = (error: unknown) => logger.error(errorFields(error), 'a message was not handed out')
  const broker = createBroker({ nodeId, store, kept, retained, tellOthers, onQueued, onDirect, onFault })
  const sweeper = createSweeper({
    nodeId,
    redis,
    store,
    publish: (message) => broker.publish(message, { received: null }),
    redistribute: broker.redistribute,
    logger,
    lifeMs: options.lifeMs ?? defaultLifeMs,
  })

  const hear = (word: NodeWord, isOwn: boolean) => {
    switch (word.kind) {
      case 'changed':
        kept.stale(word.tenantId)
        return
      case 'holder':
        holders.add(word.holderId)
        return
      case 'owner': {
        const listener = listeners.get(word.sessionId)
        if (listener && listener.connectionId !== word.connectionId) listener.takenOver()
        return
      }
    }
    // What this node says of messages it has done itself.
    if (isOwn) return
    if (word.kind === 'wake') {
      for (const sessionId of word.sessionIds) listeners.get(sessionId)?.wake()
      return
    }
    const message = decodeMessage(word.message)
    if (!message) return
    if (word.kind === 'direct') onDirect(word.sessionId, word.filter, message)
    else broker.deliver(message)
  }

  const loadHolders = async () => {
    for (const holderId of await redis().smembers(redisKeys.mqttHolders)) holders.add(holderId)
  }

  const onGap = () => {
    kept.allStale()
    for (const listener of listeners.values()) listener.wake()
    inBackground(loadHolders(), 'it is not known for whom sessions are kept')
  }

  const dropSessions = async (holderId: string) => {
    for (const sessionId of await redis().smembers(redisKeys.mqttSessionsOf(holderId)))
      await store.drop(addressOf(sessionId, nodeId))
    holders.delete(holderId)
  }

  const forgetTenant = async (tenantId: string) => {
    for (const holderId of [...holders]) {
      const sessionIds = await redis().smembers(redisKeys.mqttSessionsOf(holderId))
      if (sessionIds.some((sessionId) => sessionId.startsWith(`${tenantId}.`))) await dropSessions(holderId)
    }
    await redis().unlink(
      redisKeys.retained(tenantId),
      redisKeys.retainedTopics(tenantId),
      redisKeys.retainedExpiry(tenantId),
      redisKeys.spaceUsage(tenantId),
      redisKeys.spaceSubscriptions(tenantId),
      redisKeys.spaceVersion(tenantId),
      redisKeys.spaceChanges(tenantId),
    )
    kept.forget(tenantId)
  }

  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (!event) return
    const { kind, id, tenantId } = event
    const forget = async (isHeld: boolean, forgetIt: () => Promise<void>) => {
      if (isHeld && (kind === 'device' || kind === 'user' || kind === 'tenant'))
        if (!(await options.exists(kind, id, tenantId))) await forgetIt()
    }
    if (kind === 'device' || kind === 'user')
      inBackground(
        forget(holders.has(id), () => dropSessions(id)),
        'sessions of a deleted client stay',
      )
    if (kind === 'tenant')
      inBackground(
        forget(true, () => forgetTenant(id)),
        'topics of a deleted tenant stay',
      )
  })

  return {
    name: 'topic space',
    nodeId,
    limits,
    store,
    retained,
    subscribe: broker.subscribe,
    publish: broker.publish,
    isReachable: async () => {
      try {
        return (await running().writes.ping()) === 'PONG'
      } catch {
        return false
      }
    },
    hasSessions: (holderId) => holders.has(holderId),
    listen: (sessionId, listener) => {
      const before = listeners.get(sessionId)
      listeners.set(sessionId, listener)
      if (before && before.connectionId !== listener.connectionId) before.takenOver()
      return () => {
        if (listeners.get(sessionId) === listener) listeners.delete(sessionId)
      }
    },
    wake: (sessionId) => listeners.get(sessionId)?.wake(),
    suspend: (sessionId, request) => {
      inBackground(sweeper.suspend(addressOf(sessionId, nodeId), request), 'a session was not left in good order')
    },
    publishWill: (sessionId, will) =>
      inBackground(sweeper.publishWill(addressOf(sessionId, nodeId), will), 'a will was not published'),
    start: async () => {
      const [commands, writes, subscriber] = [openRedis('commands'), openRedis('writes'), openRedis('subscriber')]
      connections = { commands, writes, subscriber }
      let wasReady = false
      subscriber.on('ready', () => {
        if (wasReady) onGap()
        wasReady = true
      })
      subscriber.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => {
        const heard = readSpeech(bytes)
        if (!heard) return logger.warn({}, 'words of another node are not understood')
        for (const word of heard.words) hear(word, heard.nodeId === nodeId)
      })
      await Promise.all([commands.connect(), writes.connect(), subscriber.connect()])
      await subscriber.subscribe(redisChannels.space)
      await loadHolders()
      await broker.start()
      await sweeper.start()
    },
    stop: async () => {
      while (background.size > 0) await Promise.all(background)
      if (connections) await sweeper.stop().catch(() => {})
      await broker.stop()
      const closing = connections
      connections = null
      closing?.subscriber.disconnect()
      closing?.writes.disconnect()
      await closing?.commands.quit().catch(() => closing.commands.disconnect())
    },
  }
}
