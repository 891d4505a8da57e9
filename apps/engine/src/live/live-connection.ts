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
import type { Change } from './change.ts'
import type { FeedMember } from './feed.ts'
import { createGate } from './gate.ts'
import { createOutbox } from './outbox.ts'
import type { Lease, Topics } from './topics.ts'

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

type Subscription = FeedMember & { request: LiveSubscribe; lease: Lease | null }

export const createLiveConnection = (options: {
  principal: Principal
  client: LiveClient
  topics: Pick<Topics, 'acquire'>
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

  const leave = (subscription: Subscription) => {
    subscription.lease?.feed.leave(subscription)
    subscription.lease?.release()
  }

  const isCurrent = (subscription: Subscription) => subscriptions.get(subscription.request.id) === subscription

  const open = async (subscription: Subscription): Promise<void> => {
    const { request } = subscription
    const { tenantId } = await access.require(principal, entityOf(request), 'READ_TELEMETRY')
    if (!isCurrent(subscription)) return
    const lease = await topics.acquire(request, tenantId)
    subscription.lease = lease
    try {
      const state = isCurrent(subscription) ? await lease.feed.join(subscription) : null
      if (state && isCurrent(subscription)) client.send([{ id: request.id, ...state }])
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
        lease: null,
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
        if (entityOf(request).id !== id) continue
        try {
          await access.require(principal, entityOf(request), 'READ_TELEMETRY')
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

const entityOf = (request: LiveSubscribe): EntityId =>
  request.kind === 'rule-chain' ? { entityType: 'RULE_CHAIN', id: request.ruleChainId } : request.entityId

const refusal = (error: unknown, onError: (error: unknown) => void): LiveAck => {
  if (!(error instanceof AppError) || error.act === 'bug') {
    onError(error)
    return { ok: false, code: 'INTERNAL', message: errorCatalogue.INTERNAL.message }
  }
  const message = error.act === 'caller' ? error.message : errorCatalogue[error.code].message
  return { ok: false, code: error.code, message }
}
