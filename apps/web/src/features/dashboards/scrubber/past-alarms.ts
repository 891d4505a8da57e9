import type { AlarmCountQuery, AlarmData, LiveAlarmQuery } from '@thingwire/contracts'
import type { TravelRange } from './travel-clock.ts'

/** Most alarms of each kind that are read for a range: those made in it, those cleared since, those still active. */
const mostAlarms = 1_000

export type FindAlarms = (query: LiveAlarmQuery) => Promise<readonly AlarmData[]>

/** How much time a question looks back from its end, ms; null: all. */
const lookBack = ({ timeWindow, startTs, endTs }: LiveAlarmQuery['pageLink'], range: TravelRange): number | null => {
  if (timeWindow) return timeWindow
  return startTs ? Math.max(1, (endTs ?? range.endTs) - startTs) : null
}

/** All alarms that a question may show at some moment of a range, whatever their state is by now. */
export const readAlarms = async (
  query: LiveAlarmQuery,
  range: TravelRange,
  find: FindAlarms,
): Promise<readonly AlarmData[]> => {
  const back = lookBack(query.pageLink, range)
  const from = back === null ? 0 : Math.max(0, range.startTs - back)
  const ask = (
    statusList: LiveAlarmQuery['pageLink']['statusList'],
    property: 'createdTime' | 'clearTs',
    times: { startTs?: number; endTs: number },
  ) => {
    const { timeWindow: _now, startTs: _start, textSearch: _search, ...pageLink } = query.pageLink
    return find({
      ...query,
      pageLink: {
        ...{ ...pageLink, ...times, page: 0, pageSize: mostAlarms, statusList },
        sortOrder: { key: { type: 'ALARM_FIELD', key: property }, direction: 'DESC' },
      },
    })
  }
  const before = { ...(from > 0 && { startTs: from }), endTs: range.startTs }
  const [within, active, cleared] = await Promise.all([
    ask([], 'createdTime', { startTs: range.startTs, endTs: range.endTs }),
    ask(['ACTIVE'], 'createdTime', before),
    ask(['CLEARED'], 'clearTs', before),
  ])
  const all = [...within, ...active, ...cleared.filter(({ clearTs }) => clearTs >= range.startTs)]
  return [...new Map(all.map((alarm) => [`${alarm.id.id} ${alarm.entityId.id}`, alarm])).values()]
}

/** The alarm as it was; null: there was none yet. Of its severity only the newest is known. */
export const alarmAt = (alarm: AlarmData, ts: number): AlarmData | null => {
  if (Math.min(alarm.startTs || alarm.createdTime, alarm.createdTime) > ts) return null
  const cleared = alarm.cleared && alarm.clearTs <= ts
  const acknowledged = alarm.acknowledged && alarm.ackTs <= ts
  return {
    ...alarm,
    cleared,
    acknowledged,
    clearTs: cleared ? alarm.clearTs : 0,
    ackTs: acknowledged ? alarm.ackTs : 0,
    endTs: Math.min(alarm.endTs, ts),
    status: `${cleared ? 'CLEARED' : 'ACTIVE'}_${acknowledged ? 'ACK' : 'UNACK'}`,
  }
}

/** By one of several statuses each; an empty list is all. */
const hasStatus = ({ cleared, acknowledged }: AlarmData, list: readonly string[] | null | undefined): boolean => {
  const asked = new Set(list ?? [])
  if (asked.size === 0 || asked.has('ANY')) return true
  const ofClearing = asked.has('ACTIVE') || asked.has('CLEARED')
  const ofAck = asked.has('ACK') || asked.has('UNACK')
  return (
    (!ofClearing || asked.has(cleared ? 'CLEARED' : 'ACTIVE')) && (!ofAck || asked.has(acknowledged ? 'ACK' : 'UNACK'))
  )
}

const severities = ['INDETERMINATE', 'WARNING', 'MINOR', 'MAJOR', 'CRITICAL']

const sortValue = (alarm: AlarmData, property: string): string | number => {
  switch (property) {
    case 'severity':
      return severities.indexOf(alarm.severity)
    case 'status':
      return alarm.status
    case 'type':
    case 'alarmType':
      return alarm.type
    case 'originator':
    case 'originatorName':
      return alarm.originatorName ?? ''
    case 'startTs':
    case 'startTime':
      return alarm.startTs
    case 'endTs':
    case 'endTime':
      return alarm.endTs
    case 'ackTs':
    case 'ackTime':
      return alarm.ackTs
    case 'clearTs':
    case 'clearTime':
      return alarm.clearTs
    default:
      return alarm.createdTime
  }
}

const compared = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true })

const says = (alarm: AlarmData, search: string): boolean =>
  `${alarm.type} ${alarm.originatorName ?? ''} ${alarm.severity} ${alarm.status}`.toLowerCase().includes(search)

/** One page of what a question would have shown at that moment, and how many there were. */
export const alarmPageAt = (
  alarms: readonly AlarmData[],
  { pageLink }: LiveAlarmQuery,
  ts: number,
  range: TravelRange,
): { data: AlarmData[]; total: number } => {
  const back = lookBack(pageLink, range)
  const search = pageLink.textSearch?.trim().toLowerCase() ?? ''
  const { key, direction } = pageLink.sortOrder ?? { key: { key: 'createdTime' }, direction: 'DESC' }
  const sign = direction === 'ASC' ? 1 : -1
  const all = alarms
    .flatMap((alarm) => alarmAt(alarm, ts) ?? [])
    .filter(
      (alarm) =>
        hasStatus(alarm, pageLink.statusList) &&
        (back === null || alarm.createdTime >= ts - back) &&
        (search === '' || says(alarm, search)),
    )
    .toSorted((a, b) => sign * compared(sortValue(a, key.key), sortValue(b, key.key)))
  const from = pageLink.page * pageLink.pageSize
  return { data: all.slice(from, from + pageLink.pageSize), total: all.length }
}

/** The same question as a count. */
export const queryOfCount = (query: AlarmCountQuery): LiveAlarmQuery => {
  const { entityFilter, keyFilters, keyFiltersOperation, ...selection } = query
  return {
    entityFilter,
    ...(keyFilters && { keyFilters }),
    ...(keyFiltersOperation && { keyFiltersOperation }),
    pageLink: { ...selection, page: 0, pageSize: mostAlarms },
  }
}
