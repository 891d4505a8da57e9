import { AppError, nullUuid, type TenantProfileConfiguration } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import { createGate } from '../gate.ts'
import type { LiveSession } from '../live-service.ts'
import { closeCodes } from './answers.ts'
import type { SessionCounts } from './session-counts.ts'
import { createWsOutgoing, type WsPending, type WsSink } from './ws-outgoing.ts'

/** One live subscription of a client. Closing it is idempotent. */
export type WsSubscription = {
  close(): void
  /** The one entity that it is about, and what to do when rights to it may have changed. */
  entityId?: string
  recheck?(): void
}

/** Commands of the old style, of queries and of notifications count their ids apart. */
export type CmdSpace = 'values' | 'query' | 'notifications'

/** What the commands of one client stand on. */
export type WsSession = LiveSession & {
  caller: Principal
  /** The null id for a system administrator. */
  tenantId: string
  reply(cmdId: number, message: unknown): void
  changed(subscription: WsPending): void
  forget(subscription: WsPending): void
  find(space: CmdSpace, cmdId: number): WsSubscription | undefined
  /** Ends what had the id before. False when limits do not allow another one: the session is closed then. */
  add(space: CmdSpace, cmdId: number, subscription: WsSubscription): boolean
  isCurrent(space: CmdSpace, cmdId: number, subscription: WsSubscription): boolean
  remove(space: CmdSpace, cmdId: number): void
  /** Reads for the client, a few at a time. A failure that nobody caught ends the session. */
  run(work: () => Promise<void>): void
  /** Counts points that wait; too many end the session. */
  addPoints(count: number): void
  /** Whether the client is not listened to, because so many of its commands wait. */
  isPaused(): boolean
}

/** Of one session, so that one client cannot take every database connection. */
const readsAtOnce = 4
/** Commands that wait for their turn before the client is not listened to for a while. */
const maxWaitingWorks = 200
/** Points of series that may wait for a slow client. */
const maxWaitingPoints = 100_000
/** Beyond every use; a profile may set less. */
export const maxSubscriptionsPerSession = 10_000

export const createWsSession = (options: {
  caller: Principal
  limits: TenantProfileConfiguration | null
  counts: SessionCounts
  sink: WsSink
  mayUpdate(): boolean
  onPending(): void
  close(code: number, reason: string): void
  /** Stops and resumes listening to the client. */
  setPaused(isPaused: boolean): void
  onError(error: unknown): void
  recheck: LiveSession['recheck']
}): WsSession => {
  const { caller, limits, counts, close } = options
  const subscriptions = new Map<string, WsSubscription>()
  const gate = createGate(readsAtOnce)
  let works = 0
  let points = 0
  let isClosed = false
  let isPaused = false
  const setPaused = (value: boolean) => {
    if (isPaused !== value) options.setPaused(value)
    isPaused = value
  }

  const outgoing = createWsOutgoing({
    sink: options.sink,
    queueLimit: limits?.wsMsgQueueLimitPerSession ?? 0,
    mayUpdate: options.mayUpdate,
    onPending: options.onPending,
    onOverflow: () => close(closeCodes.policy, 'Max pending updates limit reached!'),
  })

  const remove = (key: string) => {
    const subscription = subscriptions.get(key)
    if (!subscription) return
    subscriptions.delete(key)
    counts.give('Subscriptions', caller)
    subscription.close()
  }

  const refusal = (): string | null => {
    if (subscriptions.size >= maxSubscriptionsPerSession) return 'Max session subscriptions limit reached'
    return limits && counts.take('Subscriptions', caller, limits)
  }

  const fail = (error: unknown) => {
    const isOfCaller = error instanceof AppError && error.act === 'caller'
    if (!isOfCaller) options.onError(error)
    close(closeCodes.serviceRestart, isOfCaller ? error.message : 'Internal Server Error')
  }

  return {
    caller,
    tenantId: caller.tenantId ?? nullUuid,
    reply: (cmdId, message) => {
      if (!isClosed) outgoing.reply(cmdId, message)
    },
    changed: outgoing.changed,
    forget: outgoing.forget,
    find: (space, cmdId) => subscriptions.get(`${space} ${cmdId}`),
    add: (space, cmdId, subscription) => {
      const key = `${space} ${cmdId}`
      remove(key)
      const refused = isClosed ? 'closed' : refusal()
      if (refused) {
        close(closeCodes.policy, refused)
        return false
      }
      subscriptions.set(key, subscription)
      return true
    },
    isCurrent: (space, cmdId, subscription) => !isClosed && subscriptions.get(`${space} ${cmdId}`) === subscription,
    remove: (space, cmdId) => remove(`${space} ${cmdId}`),
    run: (work) => {
      if (++works >= maxWaitingWorks) setPaused(true)
      const done = () => {
        if (--works < maxWaitingWorks / 2) setPaused(false)
      }
      gate(async () => {
        if (!isClosed) await work()
      }).then(done, (error: unknown) => {
        done()
        if (!isClosed) fail(error)
      })
    },
    addPoints: (count) => {
      points += count
      if (points > maxWaitingPoints) close(closeCodes.policy, 'Max pending updates limit reached!')
    },
    isPaused: () => isPaused,
    flush: () => isClosed || outgoing.flush(),
    recheck: async (change) => {
      for (const subscription of [...subscriptions.values()])
        if (subscription.entityId === change.id) subscription.recheck?.()
      await options.recheck(change)
    },
    subscriptionCount: () => subscriptions.size,
    close: () => {
      isClosed = true
      for (const key of [...subscriptions.keys()]) remove(key)
    },
  }
}
