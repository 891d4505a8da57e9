import type { EntityId, LiveAlarmQuery, PageLink } from '@thingwire/contracts'
import type { AlarmQuery, AlarmView } from '../../api/alarms.ts'
import { durationOf, type TimeWindow } from '../../live/time-window.ts'

export const alarmStates = ['active', 'cleared', 'any'] as const
export const acknowledgements = ['any', 'no', 'yes'] as const

/** What a list of alarms shows; it stands in the address. */
export type AlarmFilter = {
  state: (typeof alarmStates)[number]
  acknowledged: (typeof acknowledgements)[number]
  /** Empty: any. */
  severities: AlarmView['severity'][]
  /** Empty: any. */
  types: string[]
  isMine: boolean
  /** By the moment of creation; null: all time. */
  window: TimeWindow | null
}

/** What the list shows when nothing was chosen: what is wrong now. */
export const usualFilter: AlarmFilter = {
  state: 'active',
  acknowledged: 'any',
  severities: [],
  types: [],
  isMine: false,
  window: null,
}

export const isNarrowed = (filter: AlarmFilter): boolean =>
  filter.acknowledged !== 'any' ||
  filter.severities.length > 0 ||
  filter.types.length > 0 ||
  filter.isMine ||
  filter.window !== null

const statuses = { active: 'ACTIVE', cleared: 'CLEARED' } as const
const marks = { no: 'UNACK', yes: 'ACK' } as const

const statusListOf = ({ state, acknowledged }: AlarmFilter): AlarmQuery['statusList'] => [
  ...(state === 'any' ? [] : [statuses[state]]),
  ...(acknowledged === 'any' ? [] : [marks[acknowledged]]),
]

/** `userId` is who looks; `nowMs` is the right edge of a window that moves. */
export const toAlarmQuery = (
  filter: AlarmFilter,
  link: PageLink,
  { userId, nowMs }: { userId: string; nowMs: number },
): AlarmQuery => {
  const { window } = filter
  return {
    ...link,
    statusList: statusListOf(filter),
    severityList: filter.severities,
    typeList: filter.types,
    assigneeId: filter.isMine ? userId : null,
    startTime: window === null ? null : window.kind === 'fixed' ? window.startTs : nowMs - durationOf(window),
    endTime: window?.kind === 'fixed' ? window.endTs : null,
  }
}

/** The same question over the live connection, where the server itself moves the window on. */
export const toLiveQuery = (
  filter: AlarmFilter,
  link: PageLink,
  { userId, of }: { userId: string; of: EntityId | null },
): LiveAlarmQuery => {
  const { window } = filter
  return {
    ...(of ? { entityFilter: { type: 'singleEntity', singleEntity: of } } : {}),
    pageLink: {
      page: link.page,
      pageSize: link.pageSize,
      textSearch: link.textSearch ?? null,
      ...(link.sortProperty
        ? { sortOrder: { key: { type: 'ALARM_FIELD', key: link.sortProperty }, direction: link.sortOrder ?? 'ASC' } }
        : {}),
      statusList: statusListOf(filter),
      severityList: filter.severities,
      typeList: filter.types,
      assigneeId: filter.isMine ? { id: userId } : null,
      searchPropagatedAlarms: true,
      ...(window?.kind === 'last' ? { timeWindow: durationOf(window) } : {}),
      ...(window?.kind === 'fixed' ? { startTs: window.startTs, endTs: window.endTs } : {}),
    },
  }
}
