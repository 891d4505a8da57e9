import type { DataKey } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { caseAlarm } from './cases.ts'
import { alarmColumns, alarmRecord, alarmValue, initialAlarmSort, usualKeys } from './columns.ts'

const key = (type: DataKey['type'], name: string, label = name, settings = {}): DataKey => ({
  ...{ type, name, label, settings },
})

describe('the columns of an alarms table', () => {
  it('are one a key, each once, with the settings of the key', () => {
    const columns = alarmColumns([
      key('alarm', 'type', 'Type', { customTitle: 'Kind', columnWidth: '90px', disableSorting: true }),
      key('alarm', 'type'),
      key('alarm', 'severity'),
      key('timeseries', 'type'),
    ])
    expect(columns.map(({ id, title, sortKey, width }) => [id, title, sortKey?.key, width])).toEqual([
      ['alarm type', 'type', 'type', null],
      ['alarm severity', 'severity', 'severityRank', null],
      ['timeseries type', 'type', 'type', null],
    ])
    const [own] = alarmColumns([
      key('alarm', 'type', 'Type', { customTitle: 'Kind', columnWidth: '90px', disableSorting: true }),
    ])
    expect(own).toMatchObject({ title: 'Kind', width: '90px', sortKey: null })
  })

  it('are sorted as the file says, newest first where it says nothing that there is', () => {
    const columns = alarmColumns([key('alarm', 'severity', 'How bad'), key('timeseries', 'flow')])
    const field = (key: string) => ({ type: 'ALARM_FIELD', key })
    expect(initialAlarmSort('-How bad', columns)).toEqual({
      ...{ column: 'alarm severity', key: field('severityRank'), desc: true },
    })
    expect(initialAlarmSort('type', columns)).toEqual({ column: '', key: field('type'), desc: false })
    expect(initialAlarmSort('flow', columns)).toMatchObject({ key: { type: 'TIME_SERIES', key: 'flow' }, desc: false })
    expect(initialAlarmSort('details.a', columns)).toEqual({ column: '', key: field('createdTime'), desc: true })
    expect(initialAlarmSort('constructor', columns)).toMatchObject({ key: field('createdTime') })
  })

  it('are the usual ones where a file has none', () => {
    expect(alarmColumns(usualKeys((name) => name.toUpperCase())).map(({ title }) => title)).toEqual([
      ...['CREATEDTIME', 'ORIGINATORDISPLAYNAME', 'TYPE', 'SEVERITY', 'STATUS', 'ASSIGNEE'],
    ])
  })
})

describe('a cell', () => {
  const of = (dataKey: DataKey, parts = {}) => alarmValue(caseAlarm(4, parts), { dataKey })

  it('has a field of the alarm, nothing where a time is not yet', () => {
    expect(of(key('alarm', 'originator'))).toBe('Pump 5')
    expect(of(key('alarm', 'startTime'), { startTs: 7 })).toBe(7)
    expect(of(key('alarm', 'ackTime'))).toBeUndefined()
    expect(of(key('alarm', 'assignee'))).toBeUndefined()
    const assignee = { id: { entityType: 'USER', id: 'u' }, firstName: 'Ada', lastName: null, email: 'a@b.c' }
    expect(of(key('alarm', 'assignee'), { assignee })).toBe('Ada')
    expect(of(key('alarm', 'assignee'), { assignee: { ...assignee, firstName: ' ' } })).toBe('a@b.c')
  })

  it('has a member of the details, and none that only looks like one', () => {
    expect(of(key('alarm', 'details.reading.value'))).toBe(85.4)
    expect(of(key('alarm', 'details.reading.toString'))).toBeUndefined()
    expect(of(key('alarm', 'details.reading'), { details: null })).toBeUndefined()
    expect(of(key('alarm', 'tenantId.id'))).toBeUndefined()
  })

  it('has a value of the entity, numbers as numbers', () => {
    expect(of(key('timeseries', 'flow'))).toBe(7)
    expect(of(key('attribute', 'flow'))).toBeUndefined()
    const latest = { ENTITY_FIELD: { name: { ts: 0, value: '12 b' } } }
    expect(of(key('entityField', 'entityName'), { latest })).toBe('12 b')
  })
})

it('functions know an alarm by its own members and its values by title', () => {
  const record = alarmRecord(caseAlarm(4), alarmColumns([key('timeseries', 'flow', 'Flow')]))
  expect(record).toMatchObject({ type: 'High temperature', originator: 'Pump 5', Flow: 7 })
})
