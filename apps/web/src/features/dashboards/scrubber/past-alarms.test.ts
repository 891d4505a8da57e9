import { alarmDataSchema, type AlarmData, type LiveAlarmQuery } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { deviceId } from '../data/fake-server.ts'
import { alarmAt, alarmPageAt, queryOfCount, readAlarms } from './past-alarms.ts'

const range = { startTs: 10_000, endTs: 20_000 }
const alarm = (n: number, parts: Partial<AlarmData>): AlarmData => ({
  ...alarmDataSchema.parse({
    id: { entityType: 'ALARM', id: deviceId(n).id },
    createdTime: 0,
    tenantId: { entityType: 'TENANT', id: deviceId(0).id },
    customerId: { entityType: 'CUSTOMER', id: deviceId(0).id },
    ...{ type: `Alarm ${n}`, name: `Alarm ${n}`, originator: deviceId(1), severity: 'MAJOR' },
    ...{ acknowledged: false, cleared: false, status: 'ACTIVE_UNACK', assigneeId: null },
    ...{ startTs: 0, endTs: 0, ackTs: 0, clearTs: 0, assignTs: 0, details: null },
    ...{ propagate: false, propagateToOwner: false, propagateToTenant: false, propagateRelationTypes: [] },
    ...{ originatorName: 'Pump', originatorLabel: null, originatorDisplayName: null, assignee: null },
    ...{ entityId: deviceId(1), latest: {} },
  }),
  ...parts,
})
const cleared = alarm(1, {
  ...{ createdTime: 11_000, startTs: 11_000, endTs: 15_000, acknowledged: true, ackTs: 12_000 },
  ...{ cleared: true, clearTs: 15_000, status: 'CLEARED_ACK' },
})
const active = alarm(2, { createdTime: 13_000, startTs: 13_000, severity: 'CRITICAL' })
const query = (pageLink: Partial<LiveAlarmQuery['pageLink']>): LiveAlarmQuery => ({
  entityFilter: { type: 'singleEntity', singleEntity: deviceId(1) },
  pageLink: { page: 0, pageSize: 10, ...pageLink },
})
const namesAt = (ts: number, pageLink: Partial<LiveAlarmQuery['pageLink']> = {}) =>
  alarmPageAt([cleared, active], query(pageLink), ts, range).data.map(({ type, status }) => `${type} ${status}`)

describe('alarms of the past', () => {
  it('are there from their start on, active until they were cleared', () => {
    expect(namesAt(10_999)).toEqual([])
    expect(namesAt(11_000)).toEqual(['Alarm 1 ACTIVE_UNACK'])
    expect(namesAt(12_000)).toEqual(['Alarm 1 ACTIVE_ACK'])
    expect(namesAt(14_999)).toEqual(['Alarm 2 ACTIVE_UNACK', 'Alarm 1 ACTIVE_ACK'])
    expect(namesAt(15_000)).toEqual(['Alarm 2 ACTIVE_UNACK', 'Alarm 1 CLEARED_ACK'])
    expect(alarmAt(cleared, 14_000)).toMatchObject({ clearTs: 0, ackTs: 12_000, endTs: 14_000, cleared: false })
  })

  it('are narrowed, sorted and paged as they were then', () => {
    expect(namesAt(15_000, { statusList: ['ACTIVE'] })).toEqual(['Alarm 2 ACTIVE_UNACK'])
    expect(namesAt(14_000, { statusList: ['ACTIVE', 'ACK'] })).toEqual(['Alarm 1 ACTIVE_ACK'])
    expect(namesAt(16_000, { textSearch: ' alarm 1 ' })).toEqual(['Alarm 1 CLEARED_ACK'])
    const bySeverity = { key: { type: 'ALARM_FIELD' as const, key: 'severity' }, direction: 'ASC' as const }
    expect(namesAt(14_000, { sortOrder: bySeverity })[0]).toMatch(/^Alarm 1/)
    expect(namesAt(14_000, { pageSize: 1, page: 1 })).toEqual(['Alarm 1 ACTIVE_ACK'])
    // Looking back 2 s from the moment, not from now.
    expect(namesAt(14_000, { timeWindow: 2_000 })).toEqual(['Alarm 2 ACTIVE_UNACK'])
    expect(namesAt(14_000, { startTs: 18_000, endTs: 20_000 })).toEqual(['Alarm 2 ACTIVE_UNACK'])
  })

  it('are read once for a range: those made in it, and those from before that were still active', async () => {
    const asked: LiveAlarmQuery['pageLink'][] = []
    const old = alarm(3, { createdTime: 500, cleared: true, clearTs: 9_000 })
    const late = alarm(4, { createdTime: 500, cleared: true, clearTs: 11_000 })
    const found = await readAlarms(query({ statusList: ['CLEARED'] }), range, async ({ pageLink }) => {
      asked.push(pageLink)
      if (pageLink.endTs === range.endTs) return [cleared, active]
      return pageLink.statusList?.[0] === 'ACTIVE' ? [active] : [old, late]
    })
    expect(found.map(({ type }) => type)).toEqual(['Alarm 1', 'Alarm 2', 'Alarm 4'])
    expect(asked.map(({ statusList }) => statusList)).toEqual([[], ['ACTIVE'], ['CLEARED']])
    const back = await readAlarms(query({ timeWindow: 1_000 }), range, async ({ pageLink }) => {
      expect(pageLink.timeWindow).toBeUndefined()
      expect(pageLink.startTs).toBeGreaterThanOrEqual(9_000)
      return []
    })
    expect(back).toEqual([])
  })

  it('are counted by the same rules', () => {
    const counted = queryOfCount({ entityFilter: null, statusList: ['ACTIVE'], typeList: ['x'] })
    expect(counted.pageLink).toMatchObject({ statusList: ['ACTIVE'], typeList: ['x'], page: 0 })
    expect(alarmPageAt([cleared, active], counted, 15_000, range).total).toBe(1)
  })
})
