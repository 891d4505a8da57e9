import type { EntityId, LiveAlarmQuery, PageLink } from '@thingwire/contracts'
import type { WindowSpan } from '@thingwire/dashboards'
import type { AlarmQuery, AlarmView } from '../../api/alarms.ts'
import { alarmTimes } from './alarm-times.ts'

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
  /** By the moment of creation. */
  window: WindowSpan
}

/** What the list shows when nothing was chosen: what is wrong now. */
export const usualFilter: AlarmFilter = {
  state: 'active',
  acknowledged: 'any',
  severities: [],
  types: [],
  isMine: false,
  window: { kind: 'all' },
}

export const isNarrowed = (filter: AlarmFilter): boolean =>
  filter.acknowledged !== 'any' ||
  filter.severities.length > 0 ||
  filter.types.length > 0 ||
  filter.isMine ||
  filter.window.kind !== 'all'

const statuses = { active: 'ACTIVE', cleared: 'CLEARED' } as const
const marks = { no: 'UNACK', yes: 'ACK' } as const

const statusListOf = ({ state, acknowledged }: AlarmFilter): AlarmQuery['statusList'] => [
  ...(state === 'any' ? [] : [statuses[state]]),
  ...(acknowledged === 'any' ? [] : [marks[acknowledged]]),
]

/** Who looks, when, and on which clock days begin. */
type Viewer = { userId: string; nowMs: number; viewerZone: string }

export const toAlarmQuery = (
  filter: AlarmFilter,
  link: PageLink,
  { userId, nowMs, viewerZone }: Viewer,
): AlarmQuery => {
  const { timeWindow, startTs, endTs } = alarmTimes({ span: filter.window, timeZone: null }, nowMs, viewerZone)
  return {
    ...link,
    statusList: statusListOf(filter),
    severityList: filter.severities,
    typeList: filter.types,
    assigneeId: filter.isMine ? userId : null,
    startTime: timeWindow === undefined ? (startTs ?? null) : nowMs - timeWindow,
    endTime: endTs ?? null,
  }
}

/** The same question over the live connection, where the server itself moves the window on. */
export const toLiveQuery = (
  filter: AlarmFilter,
  link: PageLink,
  { userId, nowMs, viewerZone, of }: Viewer & { of: EntityId | null },
): LiveAlarmQuery => {
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
      ...alarmTimes({ span: filter.window, timeZone: null }, nowMs, viewerZone),
    },
  }
}
