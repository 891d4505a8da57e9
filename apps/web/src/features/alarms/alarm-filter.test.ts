import { liveAlarmQuerySchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type AlarmFilter, isNarrowed, toAlarmQuery, toLiveQuery, usualFilter } from './alarm-filter.ts'

const link = { page: 1, pageSize: 20, textSearch: 'hot', sortProperty: 'createdTime', sortOrder: 'DESC' as const }
const who = { userId: '13814000-1dd2-11b2-8080-808080808080', nowMs: 10_000_000, viewerZone: 'UTC' }
const device = { entityType: 'DEVICE', id: '018f2f3a-0000-7000-8000-000000000000' } as const
const full: AlarmFilter = {
  state: 'cleared',
  acknowledged: 'no',
  severities: ['CRITICAL', 'MAJOR'],
  types: ['High temperature, low pressure'],
  isMine: true,
  window: { kind: 'last', durationMs: 3_600_000 },
}

describe('the question to the API', () => {
  it('asks for active alarms of all time when nothing was chosen', () => {
    expect(toAlarmQuery(usualFilter, link, who)).toEqual({
      ...link,
      statusList: ['ACTIVE'],
      severityList: [],
      typeList: [],
      assigneeId: null,
      startTime: null,
      endTime: null,
    })
  })

  it('carries every part of the filter, and a moving window from now back', () => {
    expect(toAlarmQuery(full, link, who)).toEqual({
      ...link,
      statusList: ['CLEARED', 'UNACK'],
      severityList: ['CRITICAL', 'MAJOR'],
      typeList: ['High temperature, low pressure'],
      assigneeId: who.userId,
      startTime: who.nowMs - 3_600_000,
      endTime: null,
    })
  })

  it('sends both ends of a fixed window', () => {
    const filter: AlarmFilter = { ...usualFilter, state: 'any', window: { kind: 'fixed', startTs: 5, endTs: 9 } }
    expect(toAlarmQuery(filter, link, who)).toMatchObject({ statusList: [], startTime: 5, endTime: 9 })
  })
})

describe('the question over the live connection', () => {
  it('is about everything, or about one entity with what propagates to it', () => {
    expect(toLiveQuery(full, link, { ...who, of: null })).toEqual({
      pageLink: {
        page: 1,
        pageSize: 20,
        textSearch: 'hot',
        sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
        statusList: ['CLEARED', 'UNACK'],
        severityList: ['CRITICAL', 'MAJOR'],
        typeList: ['High temperature, low pressure'],
        assigneeId: { id: who.userId },
        searchPropagatedAlarms: true,
        timeWindow: 3_600_000,
      },
    })
    expect(toLiveQuery(usualFilter, link, { ...who, of: device }).entityFilter).toEqual({
      type: 'singleEntity',
      singleEntity: device,
    })
  })

  it('is one that the server takes as it is', () => {
    for (const filter of [
      full,
      usualFilter,
      { ...full, window: { kind: 'fixed', startTs: 5, endTs: 9 } as const },
      { ...full, window: { kind: 'quick', interval: 'YESTERDAY' } as const },
    ]) {
      const query = toLiveQuery(filter, link, { ...who, of: device })
      expect(liveAlarmQuerySchema.parse(query)).toEqual(query)
    }
  })
})

it('tells a narrowed list from the usual one, whatever state of the alarms it shows', () => {
  expect(isNarrowed({ ...usualFilter, state: 'any' })).toBe(false)
  for (const change of [
    { acknowledged: 'yes' as const },
    { severities: full.severities },
    { types: full.types },
    { isMine: true },
    { window: full.window },
  ])
    expect(isNarrowed({ ...usualFilter, ...change })).toBe(true)
})
