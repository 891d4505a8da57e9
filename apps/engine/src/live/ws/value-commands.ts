import {
  AppError,
  attributeScopes,
  type EntityId,
  entityIdSchema,
  type WsAttributes,
  type WsTimeseries,
  type WsTimeseriesHistory,
} from '@thingwire/contracts'
import type { Operation } from '../../access/permissions.ts'
import { type Change, mergeInto, ownCopy, pointCount, record } from '../change.ts'
import type { FeedRequest } from '../feed-source.ts'
import type { Lease } from '../topics.ts'
import { valueText } from '../value-text.ts'
import { type PlainData, plainError, plainUpdate, wsErrors } from './answers.ts'
import type { CommandDeps } from './commands.ts'
import { readSeries } from './series-history.ts'
import type { WsPending } from './ws-outgoing.ts'
import type { WsSession, WsSubscription } from './ws-session.ts'

type Command = WsAttributes | WsTimeseries | WsTimeseriesHistory
type Deps = Pick<CommandDeps, 'topics' | 'access' | 'database' | 'now'>

/** `keys` as comma-separated text; undefined: all of them. */
const keysOf = ({ keys }: Command): string[] | undefined => {
  const list = (keys ?? '').split(',').filter((key) => key !== '')
  return list.length > 0 ? [...new Set(list)] : undefined
}

/** The entity of a command, or null after the client was told what is wrong with it. */
const entityOf = (session: WsSession, command: Command): EntityId | null => {
  const { cmdId, entityType, entityId } = command
  const refuse = (text: string) => session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, text))
  if (!entityId) {
    refuse('Device id is empty!')
    return null
  }
  const parsed = entityIdSchema.safeParse({ entityType, id: entityId })
  if (!parsed.success) refuse(`Invalid entity id: ${entityType} ${entityId}`.slice(0, 300))
  return parsed.data ?? null
}

/** Why nothing can be shown: code 3 for what is forbidden, 1 for everything else. */
const failure = (cmdId: number, error: unknown, text: string): unknown => {
  if (error instanceof AppError && error.code === 'PERMISSION_DENIED')
    return plainError(cmdId, wsErrors.unauthorized, 'Unauthorized')
  if (error instanceof AppError && error.act === 'caller') return plainError(cmdId, wsErrors.internal, text)
  throw error
}

export const attributes = (session: WsSession, command: WsAttributes, deps: Deps) => {
  const { cmdId } = command
  if (command.unsubscribe) return session.remove('values', cmdId)
  const entityId = entityOf(session, command)
  if (!entityId) return
  const scope = attributeScopes.find((known) => known === command.scope)
  const keys = keysOf(command)
  follow(session, deps, {
    cmdId,
    entityId,
    operation: 'READ_ATTRIBUTES',
    request: { kind: 'attributes', id: '', entityId, ...(scope && { scope }), ...(keys && { keys }) },
    first: async (state) => dataOf(state),
    failure: (error) => failure(cmdId, error, 'Failed to fetch attributes!'),
  })
}

export const timeseries = (session: WsSession, command: WsTimeseries, deps: Deps) => {
  const { cmdId, startTs, timeWindow } = command
  if (command.unsubscribe) return session.remove('values', cmdId)
  const entityId = entityOf(session, command)
  if (!entityId) return
  const keys = keysOf(command)
  const text = 'Failed to fetch data!'
  const common = { cmdId, entityId, operation: 'READ_TELEMETRY' as const }
  if (!keys)
    return follow(session, deps, {
      ...common,
      request: { kind: 'latest', id: '', entityId },
      first: async (state) => dataOf(state),
      failure: (error) => failure(cmdId, error, text),
    })
  follow(session, deps, {
    ...common,
    request: { kind: timeWindow > 0 ? 'points' : 'latest', id: '', entityId, keys },
    first: (state, tenantId) =>
      timeWindow > 0
        ? historyOf({ ...command, endTs: startTs + timeWindow }, { entityId, keys, tenantId }, deps)
        : Promise.resolve(withMissing(dataOf(state), keys, deps.now())),
    // As ThingsBoard: with keys, a refusal looks like any other failure.
    failure: (error) => failure(cmdId, error instanceof AppError ? new AppError('ENTITY_NOT_FOUND') : error, text),
  })
}

export const timeseriesHistory = (session: WsSession, command: WsTimeseriesHistory, deps: Deps) => {
  const { cmdId } = command
  const entityId = entityOf(session, command)
  if (!entityId) return
  const keys = keysOf(command)
  if (!keys) return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Keys are empty!'))
  session.run(async () => {
    try {
      const { tenantId } = await deps.access.require(session.caller, entityId, 'READ_TELEMETRY')
      session.reply(cmdId, plainUpdate(cmdId, await historyOf(command, { entityId, keys, tenantId }, deps)))
    } catch (error) {
      session.reply(cmdId, failure(cmdId, error, 'Failed to fetch data!'))
    }
  })
}

type Followed = {
  cmdId: number
  entityId: EntityId
  operation: Operation
  request: FeedRequest
  /** The first message's data. */
  first(state: Change, tenantId: string): Promise<PlainData>
  /** The answer to a failure; throws what is no answer. */
  failure(error: unknown): unknown
}

/** Sends the present state and then what changes, until the client had enough or may not see it any more. */
const follow = (session: WsSession, deps: Deps, { cmdId, entityId, operation, request, first, failure }: Followed) => {
  let lease: Lease | null = null
  let waiting: { change: Change; isOwn: boolean } | null = null
  let isOpen = false

  const pending: WsPending & WsSubscription & { deliver(change: Change): void; entityId: string; recheck(): void } = {
    cmdId,
    entityId: entityId.id,
    take: () => {
      const change = waiting?.change
      waiting = null
      if (!change) return []
      session.addPoints(-pointCount(change))
      return [plainUpdate(cmdId, dataOf(change))]
    },
    shed: () => {
      if (waiting?.change.kind !== 'timeseries') return
      session.addPoints(-pointCount(waiting.change))
      waiting = null
    },
    deliver: (change) => {
      session.addPoints(pointCount(change))
      if (!waiting) waiting = { change, isOwn: false }
      else {
        // One change object goes to every member of a feed; it is copied when a second one must be added.
        if (!waiting.isOwn) waiting = { change: ownCopy(waiting.change), isOwn: true }
        mergeInto(waiting.change, change)
      }
      if (isOpen) session.changed(pending)
    },
    recheck: () =>
      session.run(async () => {
        if (!isCurrent()) return
        try {
          await deps.access.require(session.caller, entityId, operation)
        } catch (error) {
          if (!(error instanceof AppError) || error.act !== 'caller') throw error
          session.remove('values', cmdId)
          session.reply(cmdId, plainError(cmdId, wsErrors.unauthorized, 'Unauthorized'))
        }
      }),
    close: () => {
      pending.shed()
      session.forget(pending)
      lease?.feed.leave(pending)
      lease?.release()
    },
  }
  const isCurrent = () => session.isCurrent('values', cmdId, pending)

  const open = async (): Promise<void> => {
    const { tenantId } = await deps.access.require(session.caller, entityId, operation)
    if (!isCurrent()) return
    const acquired = await deps.topics.acquire(request, tenantId)
    lease = acquired
    try {
      const state = isCurrent() ? await acquired.feed.join(pending) : null
      const data = state && isCurrent() ? await first(state, tenantId) : null
      if (!data || !isCurrent()) return
      session.reply(cmdId, plainUpdate(cmdId, data))
      isOpen = true
      if (waiting) session.changed(pending)
    } finally {
      // Also when the client unsubscribed or went away meanwhile.
      if (!isCurrent()) pending.close()
    }
  }

  if (!session.add('values', cmdId, pending)) return
  session.run(async () => {
    if (!isCurrent()) return
    try {
      await open()
    } catch (error) {
      if (!isCurrent()) return
      session.remove('values', cmdId)
      session.reply(cmdId, failure(error))
    }
  })
}

const historyOf = async (
  command: Pick<WsTimeseriesHistory, 'startTs' | 'endTs' | 'interval' | 'limit' | 'agg'>,
  { entityId, keys, tenantId }: { entityId: EntityId; keys: string[]; tenantId: string },
  { database }: Deps,
): Promise<PlainData> => {
  const series = await readSeries(database, tenantId, entityId, { ...command, keys })
  const data: PlainData = record()
  for (const [key, points] of Object.entries(series)) data[key] = points.map(({ ts, value }) => [ts, value])
  return data
}

/** What the old style shows of a change; one value of a key that several scopes have, the newest. */
const dataOf = (change: Change): PlainData => {
  const data: PlainData = record()
  switch (change.kind) {
    case 'latest':
      for (const [key, [ts, value]] of Object.entries(change.values)) data[key] = [[ts, valueText(value)]]
      for (const key of change.deleted ?? []) data[key] = [[0, '']]
      break
    case 'timeseries':
      for (const [key, points] of Object.entries(change.points))
        data[key] = points.map(([ts, value]) => [ts, valueText(value)])
      for (const key of change.deleted ?? []) data[key] = [[0, '']]
      break
    case 'attributes':
      for (const { key } of change.deleted) data[key] = [[0, '']]
      for (const { key, ts, value } of change.changed)
        if ((data[key]?.[0]?.[0] ?? 0) <= ts) data[key] = [[ts, valueText(value)]]
      break
    case 'rule-chain':
    case 'entity-data':
    case 'alarms':
      break
  }
  return data
}

const withMissing = (data: PlainData, keys: readonly string[], now: number): PlainData => {
  for (const key of keys) data[key] ??= [[now, null]]
  return data
}
