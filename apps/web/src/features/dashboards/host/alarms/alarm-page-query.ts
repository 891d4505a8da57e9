import { alarmSearchStatuses, alarmSeverities, type EntityCountQuery, type LiveAlarmQuery } from '@thingwire/contracts'
import type { AlarmFilter, DashboardDatasource, TimeWindowModel } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { alarmTimes } from '../../../alarms/alarm-times.ts'
import { keyOf } from '../entities/page-query.ts'

export type AlarmPageRequest = Parameters<WidgetHost['alarms']['usePage']>[0]

/** What the alarms of one widget are asked of. */
export type AlarmPlace = {
  /** Whose alarms. */
  base: EntityCountQuery
  keys: DashboardDatasource['dataKeys']
  filter: AlarmFilter
  window: Pick<TimeWindowModel, 'span' | 'timeZone'>
  userId: string
  now: number
  viewerZone: string
}

const isStatus = (text: string) => alarmSearchStatuses.find((one) => one === text)
const isSeverity = (text: string) => alarmSeverities.find((one) => one === text)
const known = <T>(texts: readonly string[], find: (text: string) => T | undefined): T[] =>
  texts.map(find).filter((one) => one !== undefined)

/** What the viewer chose, else what the widget has. */
const chosen = (own: readonly string[], choice: readonly string[] | undefined) => choice ?? own

/** One page of the alarms of a widget, with the values of its columns that are none of alarms. */
export const alarmPageQuery = (place: AlarmPlace, request: AlarmPageRequest): LiveAlarmQuery => {
  const { base, filter, keys } = place
  const wanted = keys.map(keyOf).filter((key) => key !== null)
  const assignee =
    request.assigneeId !== undefined
      ? request.assigneeId
      : filter.assignedToCurrentUser
        ? place.userId
        : filter.assigneeId
  return {
    ...base,
    alarmFields: keys
      .filter(({ type }) => type === 'alarm')
      .map(({ name }) => ({ type: 'ALARM_FIELD' as const, key: name })),
    entityFields: wanted.filter(({ type }) => type === 'ENTITY_FIELD'),
    latestValues: wanted.filter(({ type }) => type !== 'ENTITY_FIELD'),
    pageLink: {
      page: request.page,
      pageSize: request.pageSize,
      textSearch: request.search || null,
      sortOrder: request.sort,
      statusList: known(chosen(filter.statusList, request.statusList), isStatus),
      severityList: known(chosen(filter.severityList, request.severityList), isSeverity),
      typeList: [...chosen(filter.typeList, request.typeList)],
      searchPropagatedAlarms: filter.searchPropagatedAlarms,
      assigneeId: assignee === null ? null : { id: assignee },
      ...alarmTimes(place.window, place.now, place.viewerZone),
    },
  }
}
