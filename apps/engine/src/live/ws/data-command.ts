import {
  AppError,
  type EntityData,
  type EntityDataQuery,
  type EntityKey,
  type PageData,
  type WsEntityData,
} from '@thingwire/contracts'
import type { PageMember } from '../queries/entity-page.ts'
import { maxPageEntities, type PageHandle, withKeys } from '../queries/entity-pages.ts'
import { readAggregates } from './agg-history.ts'
import { noErrors, plainError, wsErrors } from './answers.ts'
import type { CommandDeps } from './commands.ts'
import { createEntityChanges } from './entity-changes.ts'
import { createSeriesFollower } from './series-follower.ts'
import { readSeriesOfAll, type SeriesRequest, tenantOfRow } from './series-history.ts'
import type { WsPending } from './ws-outgoing.ts'
import type { WsSession, WsSubscription } from './ws-session.ts'

type Deps = Pick<CommandDeps, 'queries' | 'database' | 'now'>
type DataSubscription = WsSubscription & { isData: true; execute(command: WsEntityData): void }

/** ENTITY_DATA: a page of entities, histories of their series, and what changes from then on. */
export const entityData = (session: WsSession, command: WsEntityData, deps: Deps) => {
  const { cmdId } = command
  const known = session.find('query', cmdId)
  const existing = known && isDataSubscription(known) ? known : null
  if (!command.query && (!existing || !hasPart(command)))
    return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Query is empty!'))
  const subscription = existing ?? createDataSubscription(session, cmdId, deps)
  if (existing || session.add('query', cmdId, subscription)) subscription.execute(command)
}

const isDataSubscription = (one: WsSubscription): one is DataSubscription => 'isData' in one

const hasPart = ({ historyCmd, latestCmd, tsCmd, aggHistoryCmd, aggTsCmd }: WsEntityData): boolean =>
  Boolean(historyCmd ?? latestCmd ?? tsCmd ?? aggHistoryCmd ?? aggTsCmd)

/** Adds to each entity of the page what a part has found. */
type Fill = (row: EntityData) => EntityData

const createDataSubscription = (session: WsSession, cmdId: number, deps: Deps): DataSubscription => {
  const { pages } = deps.queries
  const changes = createEntityChanges()
  let handle: PageHandle | null = null
  let asked: { query: EntityDataQuery; keys: readonly EntityKey[] } | null = null
  const follower = createSeriesFollower(deps.database, tenantOfRow(session), deps.now)
  let isPageSent = false
  let isOpen = false
  let turn: Promise<void> = Promise.resolve()

  const isCurrent = () => session.isCurrent('query', cmdId, subscription)
  const send = (body: { data: PageData<EntityData> | null; update: unknown[] | null }) =>
    session.reply(cmdId, {
      cmdId,
      ...noErrors,
      cmdUpdateType: 'ENTITY_DATA',
      ...body,
      allowedEntities: maxPageEntities,
    })
  const sendError = (errorCode: number, errorMsg: string) => {
    const body = { cmdUpdateType: 'ENTITY_DATA', data: null, update: null, allowedEntities: maxPageEntities }
    session.reply(cmdId, { cmdId, errorCode, errorMsg, ...body })
  }

  const clearPoints = (change: () => void) => {
    const before = changes.pointCount()
    change()
    session.addPoints(changes.pointCount() - before)
  }

  /** The whole page, the first time as `data` and later as `update`. */
  const sendPage = (fill: Fill = (row) => row) => {
    if (!handle || !isCurrent()) return
    const page = handle.page.snapshot()
    const data = page.data.map(fill)
    changes.dropLatest()
    if (isPageSent) send({ data: null, update: data })
    else send({ data: { ...page, data }, update: null })
    isPageSent = true
  }

  const member: PageMember = {
    deliver: (change) => {
      if (change.series) follower.told(change.entityId, change.series)
      clearPoints(() => changes.add(change))
      if (isOpen) session.changed(subscription)
    },
    missed: () => {
      if (follower.keys().length === 0) return
      session.run(async () => {
        if (!isCurrent() || !handle) return
        for (const { entityId, series } of await follower.missed(handle.page.entityIds()))
          if (isCurrent()) member.deliver({ entityId, latest: null, series, points: null })
      })
    },
    moved: () => {
      changes.dropLatest()
      if (isOpen && handle) send({ data: handle.page.snapshot(), update: null })
    },
  }

  const leavePage = () => {
    handle?.page.leave(member)
    handle?.release()
    handle = null
  }

  /** The page that the command is about; what was followed before is not any more when it brings parts of its own. */
  const openPage = async ({ query, latestCmd, ...parts }: WsEntityData) => {
    const isFresh = hasPart({ latestCmd, ...parts })
    const keys = latestCmd?.keys ?? (isFresh ? [] : (asked?.keys ?? []))
    if (isFresh) follower.stop()
    if (!query && !asked) return
    const selected = query ?? asked?.query
    if (!selected) return
    const request = { query: withKeys(selected, keys), keys }
    const known = handle?.page.snapshot()
    const next = query || !known ? await pages.open(session.caller, request) : null
    const opened = next ?? (known ? await pages.openKnown(session.caller, known, request) : null)
    leavePage()
    handle = opened
    asked = request
    clearPoints(() => changes.keepSeries(() => false))
    changes.dropLatest()
    opened?.page.join(member)
  }

  const follow = (keys: readonly string[]) => {
    follower.follow(keys)
    handle?.page.wantSeries(member, follower.keys())
  }

  const sendSeries = async (request: SeriesRequest, isLive: boolean) => {
    if (!handle) return
    if (isLive) follow(request.keys)
    const found = await readSeriesOfAll(deps.database, handle.page.entityIds(), tenantOfRow(session), request)
    if (isLive && request.agg === 'NONE')
      for (const entityId of handle.page.entityIds()) follower.told(entityId, found.get(entityId.id) ?? {})
    sendPage((row) => ({ ...row, timeseries: found.get(row.entityId.id) ?? {} }))
    // Points that came while the history was read may be in it.
    const told = (entityId: string, key: string, ts: number) =>
      found.get(entityId)?.[key]?.some((point) => point.ts === ts) ?? false
    if (isLive && request.agg === 'NONE') clearPoints(() => changes.keepSeries((...point) => !told(...point)))
  }

  const sendAggregates = async (
    part: { keys: NonNullable<WsEntityData['aggTsCmd']>['keys']; startTs: number; endTs: number },
    isLive: boolean,
  ) => {
    if (!handle) return
    if (isLive) follow(part.keys.map(({ key }) => key))
    const found = await readAggregates(deps.database, handle.page.entityIds(), tenantOfRow(session), part)
    sendPage((row) => ({ ...row, aggLatest: found.get(row.entityId.id) ?? {} }))
  }

  const executeParts = async (command: WsEntityData) => {
    const { aggHistoryCmd, aggTsCmd, historyCmd, latestCmd, tsCmd, query } = command
    if (aggHistoryCmd) await sendAggregates(aggHistoryCmd, false)
    if (aggTsCmd) await sendAggregates({ ...aggTsCmd, endTs: aggTsCmd.startTs + aggTsCmd.timeWindow }, true)
    if (historyCmd) await sendSeries(historyCmd, false)
    if (latestCmd) sendPage()
    if (tsCmd) await sendSeries({ ...tsCmd, endTs: tsCmd.startTs + tsCmd.timeWindow }, true)
    if (!latestCmd && !tsCmd && (!isPageSent || (query && !hasPart(command)))) sendPage()
  }

  const execute = async (command: WsEntityData) => {
    if (!isCurrent()) return
    isOpen = false
    try {
      await openPage(command)
      if (!isCurrent()) return leavePage()
      if (follower.keys().length > 0) handle?.page.wantSeries(member, follower.keys())
      if (isTooLarge(command, handle)) {
        sendError(wsErrors.internal, `More than ${maxPageEntities} entities match`)
        return session.remove('query', cmdId)
      }
      await executeParts(command)
    } catch (error) {
      // A history that cannot be answered is told; a query that cannot be answered ends the session.
      if (!handle || !(error instanceof AppError) || error.act !== 'caller') throw error
      sendError(wsErrors.badRequest, error.message)
      if (!isPageSent) sendPage()
    }
    isOpen = true
    if (!changes.isEmpty()) session.changed(subscription)
  }

  const subscription: DataSubscription & WsPending = {
    isData: true,
    cmdId,
    execute: (command) =>
      session.run(() => {
        // A command with an id that is busy waits for the one before.
        turn = turn.catch(() => {}).then(() => execute(command))
        return turn
      }),
    take: () => {
      const before = changes.pointCount()
      const update = changes.take()
      session.addPoints(-before)
      if (update.length === 0) return []
      return [
        { cmdId, ...noErrors, cmdUpdateType: 'ENTITY_DATA', data: null, update, allowedEntities: maxPageEntities },
      ]
    },
    shed: () => clearPoints(() => changes.keepSeries(() => false)),
    close: () => {
      subscription.shed()
      session.forget(subscription)
      leavePage()
    },
  }
  return subscription
}

const isTooLarge = ({ query }: WsEntityData, handle: PageHandle | null): boolean =>
  (query?.pageLink.pageSize ?? 0) > maxPageEntities && (handle?.page.snapshot().totalElements ?? 0) > maxPageEntities
