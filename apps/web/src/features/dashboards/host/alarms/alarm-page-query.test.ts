import { liveAlarmQuerySchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { type AlarmPlace, alarmPageQuery } from './alarm-page-query.ts'

const now = Date.UTC(2026, 2, 7, 12)
const day = 86_400_000
const place = (parts: Partial<AlarmPlace> = {}): AlarmPlace => ({
  base: { entityFilter: { type: 'entityType', entityType: 'DEVICE' } },
  keys: [
    { type: 'alarm', name: 'severity' },
    { type: 'timeseries', name: 'flow' },
    { type: 'entityField', name: 'entityName' },
  ] as never,
  filter: {
    statusList: ['ACTIVE', 'unheard of'],
    severityList: ['CRITICAL'],
    typeList: ['Leak'],
    searchPropagatedAlarms: true,
    assigneeId: null,
    assignedToCurrentUser: false,
  },
  window: { span: { kind: 'last', durationMs: day }, timeZone: null },
  userId: '0190a9a0-0000-7000-8000-000000000001',
  now,
  viewerZone: 'UTC',
  ...parts,
})
const request = {
  page: 1,
  pageSize: 10,
  search: '',
  sort: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
} as const

test('a page asks as the widget has it, and is a question that the server takes', () => {
  const query = alarmPageQuery(place(), request)
  expect(query).toMatchObject({
    alarmFields: [{ type: 'ALARM_FIELD', key: 'severity' }],
    entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
    latestValues: [{ type: 'TIME_SERIES', key: 'flow' }],
    pageLink: {
      ...{ page: 1, pageSize: 10, textSearch: null, timeWindow: day, searchPropagatedAlarms: true },
      ...{ statusList: ['ACTIVE'], severityList: ['CRITICAL'], typeList: ['Leak'], assigneeId: null },
      sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
    },
  })
  expect(() => liveAlarmQuerySchema.parse(query)).not.toThrow()
})

test('what the viewer chose stands over what the widget has', () => {
  const { pageLink } = alarmPageQuery(place(), {
    ...request,
    search: 'pump',
    statusList: [],
    severityList: ['MINOR'],
  })
  expect(pageLink).toMatchObject({ textSearch: 'pump', statusList: [], severityList: ['MINOR'], typeList: ['Leak'] })
})

test('own alarms are those of who looks', () => {
  const { filter, userId } = place()
  const mine = alarmPageQuery(place({ filter: { ...filter, assignedToCurrentUser: true } }), request)
  expect(mine.pageLink.assigneeId).toEqual({ id: userId })
})

test('a time that is still going on has no end, one that is over has, and all time has neither', () => {
  const times = (span: AlarmPlace['window']['span']) => {
    const { startTs, endTs, timeWindow } = alarmPageQuery(place({ window: { span, timeZone: null } }), request).pageLink
    return { startTs, endTs, timeWindow }
  }
  const midnight = Date.UTC(2026, 2, 7)
  expect(times({ kind: 'quick', interval: 'CURRENT_DAY_SO_FAR' })).toEqual({ startTs: midnight })
  expect(times({ kind: 'quick', interval: 'YESTERDAY' })).toMatchObject({ startTs: midnight - day, endTs: midnight })
  expect(times({ kind: 'fixed', startTs: 1, endTs: 2 })).toEqual({ startTs: 1, endTs: 2 })
  expect(times({ kind: 'all' })).toEqual({})
})
