import type { AlarmsPort, AlarmToRaise } from '@thingwire/rules'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAlarmCore } from '../../alarms/alarm-core.ts'
import { silentLogger } from '../../observability/logger.ts'
import { createAlarmsPort } from './alarms-port.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
let port: AlarmsPort
const told: unknown[] = []
const nowMs = 9_000

beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
  const liveBus = { isEntityWatched: () => true, publish: (_: string, event: unknown) => void told.push(event) }
  const core = createAlarmCore({ database: database.db, liveBus, now: () => nowMs })
  const portOf = createAlarmsPort({ database: database.db, core, logger: silentLogger, now: () => nowMs })
  port = portOf(mine.tenantId)
})
afterAll(() => database[Symbol.asyncDispose]())

const wish = (type: string, rest: Partial<AlarmToRaise> = {}): AlarmToRaise => ({
  originator: mine.device.id,
  type,
  severity: 'MINOR',
  startTs: 1_000,
  endTs: 1_000,
  details: { type },
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
  ...rest,
})

test('several for one alarm in one call are as one after the other', async () => {
  const raised = await port.raise([
    wish('a', { details: 1 }),
    wish('b'),
    wish('a', { details: 2, severity: 'CRITICAL', startTs: 3_000 }),
    wish('a', { details: 3, severity: 'MAJOR' }),
  ])
  const values = raised.map((one) => (one.ok ? one.value : null))
  expect(values).toMatchObject([
    { isNew: true, previousSeverity: null, alarm: { severity: 'MINOR', details: 1, startTs: 1_000, endTs: 1_000 } },
    { isNew: true, alarm: { type: 'b' } },
    { isNew: false, previousSeverity: 'MINOR', alarm: { severity: 'CRITICAL', details: 2, endTs: nowMs } },
    {
      isNew: false,
      previousSeverity: 'CRITICAL',
      alarm: { severity: 'MAJOR', details: 3, startTs: 1_000, endTs: nowMs },
    },
  ])
  const [alarmId = ''] = values.flatMap((one) => one?.alarm.id.id ?? [])
  expect(new Set([0, 2, 3].map((index) => values[index]?.alarm.id.id)).size).toBe(1)
  expect(await port.read([alarmId])).toEqual([values[3]?.alarm])
  const { data } = await database.db.alarmComments.list(alarmId, { pageSize: 10, page: 0 })
  expect(data.map(({ comment }) => comment)).toMatchObject([
    { subtype: 'SEVERITY_CHANGED', oldSeverity: 'MINOR', newSeverity: 'CRITICAL' },
    { subtype: 'SEVERITY_CHANGED', oldSeverity: 'CRITICAL', newSeverity: 'MAJOR' },
  ])
})

test('whoever watches is told of what was raised and cleared', async () => {
  told.length = 0
  const [raised] = await port.raise([wish('live')])
  const alarmId = raised?.ok ? raised.value.alarm.id.id : ''
  await port.clear([{ alarmId, clearTs: nowMs }])
  const event = { kind: 'alarm', alarmId, originatorId: mine.device.id.id, entityIds: [mine.device.id.id] }
  expect(told).toMatchObject([event, event])
})

test('an alarm belongs to the customer of its originator', async () => {
  const [raised] = await port.raise([wish('owned', { originator: mine.customerDevice.id })])
  expect(raised).toMatchObject({ ok: true, value: { alarm: { customerId: { id: mine.customerId } } } })
})

test('what is wrong with one wish is said of it alone', async () => {
  const answers = await port.raise([
    wish('c', { originator: other.device.id }),
    wish('c', { originator: { entityType: 'ASSET', id: mine.device.id.id } }),
    wish(' '),
    wish('x'.repeat(256)),
    wish('c', { details: 'x'.repeat(100_001) }),
    wish('c'),
  ])
  expect(answers).toMatchObject([
    { ok: false, error: `The tenant has no DEVICE with id ${other.device.id.id}` },
    { ok: false, error: `The tenant has no ASSET with id ${mine.device.id.id}` },
    { ok: false, error: 'Alarm type should be specified!' },
    { ok: false, error: 'Alarm type must not be longer than 255 characters' },
    { ok: false, error: 'Alarm details must not be longer than 100000 characters' },
    { ok: true },
  ])
  expect(await database.db.alarms.findActive(other.tenantId, other.device.id.id, 'c')).toBeNull()
})

test('of several that clear one alarm the first does', async () => {
  const [raised] = await port.raise([wish('cleared')])
  const alarmId = raised?.ok ? raised.value.alarm.id.id : ''
  const cleared = await port.clear([
    { alarmId, clearTs: 5_000, details: 'first' },
    { alarmId, clearTs: 6_000, details: 'second' },
  ])
  expect(cleared).toMatchObject([
    { isChanged: true, alarm: { clearTs: 5_000, details: 'first' } },
    { isChanged: false, alarm: { clearTs: 5_000, details: 'first' } },
  ])
  expect(await port.active([{ originator: mine.device.id, type: 'cleared' }])).toEqual([null])
})
