import {
  AppError,
  type EntityId,
  errorCatalogue,
  type LiveAck,
  type LiveSubscribe,
  type LiveUpdate,
} from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Editors } from './editors.ts'
import type { Change } from './change.ts'
import type { FeedMember } from './feed.ts'
import type { QueryRequest } from './feed-source.ts'
import { createGate } from './gate.ts'
import { createOutbox } from './outbox.ts'
import type { QueryFeeds } from './queries/query-feeds.ts'
import type { Topics } from './topics.ts'

/** The client behind a connection, whatever door it came through. */
export type LiveClient = {
  /** False while earlier updates are still on their way: changes then wait and merge. */
  isReady(): boolean
  send(updates: LiveUpdate[]): void
}

export type LiveConnection = {
  /** Sends the present state as the first update before it resolves. Never rejects. */
  subscribe(request: LiveSubscribe): Promise<LiveAck>
  unsubscribe(id: string): void
  /** Ends subscriptions to the entity that the client may not see any more. */
  recheck(entityId: string): Promise<void>
  /** Sends what waits, when the client can take it. True when nothing is left. */
  flush(): boolean
  subscriptionCount(): number
  close(): void
}

export const maxSubscriptions = 500
/** Of one connection; the others wait, so that one client cannot take every database connection. */
const readsAtOnce = 8

type Subscription = FeedMember & { request: LiveSubscribe; release: (() => void) | null }

export const createLiveConnection = (options: {
  principal: Principal
  client: LiveClient
  topics: Pick<Topics, 'acquire'>
  queries: QueryFeeds
  editors: Pick<Editors, 'open' | 'require'>
  access: { require(...args: Parameters<EntityAccess['require']>): Promise<{ tenantId: string }> }
  /** Something waits to be sent. */
  onPending(): void
  onError(error: unknown): void
}): LiveConnection => {
  const { principal, client, topics, access } = options
  const outbox = createOutbox()
  const subscriptions = new Map<string, Subscription>()
  const gate = createGate(readsAtOnce)

  const end = (id: string) => {
    const subscription = subscriptions.get(id)
    if (!subscription) return
    subscriptions.delete(id)
    outbox.remove(id)
    leave(subscription)
  }

  const leave = (subscription: Subscription) => subscription.release?.()

  const isCurrent = (subscription: Subscription) => subscriptions.get(subscription.request.id) === subscription

  /** The present state of a request; from then on the subscription gets every change. */
  const join = async (subscription: Subscription): Promise<Change | null> => {
    const { request } = subscription
    if (isQuery(request) || request.kind === 'editors') {
      const { state, release } = isQuery(request)
        ? await options.queries.open(principal, request, subscription)
        : await options.editors.open(principal, request, subscription)
      subscription.release = release
      return state
    }
    const { tenantId } = await access.require(principal, entityOf(request), 'READ_TELEMETRY')
    if (!isCurrent(subscription)) return null
    const { feed, release } = await topics.acquire(request, tenantId)
    subscription.release = () => {
      feed.leave(subscription)
      release()
    }
    return isCurrent(subscription) ? feed.join(subscription) : null
  }

  const open = async (subscription: Subscription): Promise<void> => {
    try {
      const state = await join(subscription)
      if (state && isCurrent(subscription)) client.send([{ id: subscription.request.id, ...state }])
    } finally {
      // Also when the client unsubscribed or went away meanwhile.
      if (!isCurrent(subscription)) leave(subscription)
    }
  }

  return {
    subscribe: async (request) => {
      end(request.id)
      if (subscriptions.size >= maxSubscriptions)
        return { ok: false, code: 'RATE_LIMITED', message: `At most ${maxSubscriptions} subscriptions at a time` }
      const subscription: Subscription = {
        request,
        release: null,
        deliver: (change: Change) => {
          outbox.add(request.id, change)
          options.onPending()
        },
      }
      subscriptions.set(request.id, subscription)
      try {
        await gate(() => open(subscription))
        return { ok: true }
      } catch (error) {
        if (isCurrent(subscription)) end(request.id)
        return refusal(error, options.onError)
      }
    },
    unsubscribe: end,
    recheck: async (id) => {
      for (const { request } of [...subscriptions.values()]) {
        if (isQuery(request) || entityOf(request).id !== id) continue
        try {
          if (request.kind === 'editors') await options.editors.require(principal, request.entityId)
          else await access.require(principal, entityOf(request), 'READ_TELEMETRY')
        } catch (error) {
          if (error instanceof AppError && error.act === 'caller') end(request.id)
        }
      }
    },
    flush: () => {
      if (outbox.isEmpty()) return true
      if (!client.isReady()) return false
      client.send(outbox.take())
      return true
    },
    subscriptionCount: () => subscriptions.size,
    close: () => {
      for (const id of [...subscriptions.keys()]) end(id)
    },
  }
}

/** Pages of queries look after what may be seen on them themselves. */
const isQuery = (request: LiveSubscribe): request is QueryRequest =>
  request.kind === 'entity-data' ||
  request.kind === 'alarms' ||
  request.kind === 'entity-count' ||
  request.kind === 'alarm-count'

const entityOf = (request: Exclude<LiveSubscribe, QueryRequest>): EntityId =>
  request.kind === 'rule-chain' ? { entityType: 'RULE_CHAIN', id: request.ruleChainId } : request.entityId

const refusal = (error: unknown, onError: (error: unknown) => void): LiveAck => {
  if (!(error instanceof AppError) || error.act === 'bug') {
    onError(error)
    return { ok: false, code: 'INTERNAL', message: errorCatalogue.INTERNAL.message }
  }
  const message = error.act === 'caller' ? error.message : errorCatalogue[error.code].message
  return { ok: false, code: error.code, message }
}
