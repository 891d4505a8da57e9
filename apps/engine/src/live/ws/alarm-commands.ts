import {
  type AlarmCountQuery,
  AppError,
  entityIdSchema,
  type WsAlarmCount,
  type WsAlarmData,
  type WsAlarmStatus,
} from '@thingwire/contracts'
import type { AlarmHandle, AlarmMember, AlarmPageState, AlarmRow } from '../queries/alarm-pages.ts'
import { noErrors, plainError, wsErrors } from './answers.ts'
import type { CommandDeps } from './commands.ts'
import { followFigure } from './count-command.ts'
import type { WsPending } from './ws-outgoing.ts'
import type { WsSession, WsSubscription } from './ws-session.ts'

/** ALARM_DATA: a page of alarms and what changes on it. The same id again replaces the query. */
export const alarmData = (
  session: WsSession,
  { cmdId, query }: WsAlarmData,
  { queries }: Pick<CommandDeps, 'queries'>,
) => {
  if (!query) return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Query is empty!'))
  let handle: AlarmHandle | null = null
  let isOpen = false
  let state: AlarmPageState | null = null
  let isMoved = false
  let changed = new Map<string, AlarmRow>()

  const messageOf = (shown: AlarmPageState, update: readonly AlarmRow[] | null) => ({
    cmdId,
    ...noErrors,
    cmdUpdateType: 'ALARM_DATA',
    data: update ? null : shown.page,
    update,
    allowedEntities: shown.allowedEntities,
    totalEntities: shown.totalEntities,
  })
  const member: AlarmMember = {
    moved: (fresh) => {
      state = fresh
      isMoved = true
      changed = new Map()
      if (isOpen) session.changed(subscription)
    },
    changed: (rows) => {
      // A page that is sent anew has them.
      if (isMoved && state) {
        const fresh = new Map(rows.map((row) => [keyOf(row), row]))
        const data = state.page.data.map((row) => fresh.get(keyOf(row)) ?? row)
        state = { ...state, page: { ...state.page, data } }
      } else for (const row of rows) changed.set(keyOf(row), row)
      if (isOpen) session.changed(subscription)
    },
  }
  const subscription: WsSubscription & WsPending = {
    cmdId,
    take: () => {
      if (!state) return []
      const rows = [...changed.values()]
      const message = isMoved ? messageOf(state, null) : rows.length > 0 ? messageOf(state, rows) : null
      isMoved = false
      changed = new Map()
      return message ? [message] : []
    },
    shed: () => {},
    close: () => {
      session.forget(subscription)
      handle?.release()
    },
  }
  const isCurrent = () => session.isCurrent('query', cmdId, subscription)

  if (!session.add('query', cmdId, subscription)) return
  session.run(async () => {
    if (!isCurrent()) return
    handle = await queries.alarms.open(session.caller, query, member)
    if (!isCurrent()) return handle.release()
    state ??= handle.state
    session.reply(cmdId, messageOf(state, null))
    isMoved = false
    isOpen = true
    if (changed.size > 0) session.changed(subscription)
  })
}

const keyOf = (row: AlarmRow): string => `${row.id.id} ${row.entityId.id}`

export const alarmCount = (session: WsSession, { cmdId, query }: WsAlarmCount, deps: Pick<CommandDeps, 'queries'>) => {
  if (!query) return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Query is empty!'))
  followFigure(session, deps, cmdId, { kind: 'alarms', query }, (count) => ({
    cmdUpdateType: 'ALARM_COUNT_DATA',
    count,
  }))
}

/** ALARM_STATUS: whether the originator has an active alarm of these types and severities. */
export const alarmStatus = (
  session: WsSession,
  { cmdId, originatorId, typeList, severityList }: WsAlarmStatus,
  deps: Pick<CommandDeps, 'queries' | 'access'>,
) => {
  const parsed = entityIdSchema.safeParse(originatorId)
  if (!parsed.success) return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Originator id is empty!'))
  const originator = parsed.data
  const query: AlarmCountQuery = {
    entityFilter: { type: 'singleEntity', singleEntity: originator },
    statusList: ['ACTIVE'],
    typeList,
    severityList,
    searchPropagatedAlarms: false,
  }
  const show = (count: number) => ({ cmdUpdateType: 'ALARM_STATUS', active: count > 0 })
  const check = async (): Promise<unknown> => {
    try {
      await deps.access.require(session.caller, originator, 'READ')
      return null
    } catch (error) {
      if (!(error instanceof AppError) || error.act !== 'caller') throw error
      const refusal = { cmdId, errorCode: wsErrors.unauthorized, errorMsg: 'Unauthorized' }
      return { ...refusal, cmdUpdateType: 'ALARM_STATUS', active: false }
    }
  }
  followFigure(session, deps, cmdId, { kind: 'alarms', originatorId: originator.id, query }, show, check)
}
