import { entityId } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'
import type { AlarmRaising } from './alarm-batches.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const raising = (type: string, rest: Partial<AlarmRaising> = {}): AlarmRaising => ({
  originator: mine.device.id,
  customerId: null,
  type,
  severity: 'MAJOR',
  startTs: 1_000,
  endTs: 1_000,
  details: {},
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
  ...rest,
})
const raise = (alarms: AlarmRaising[], nowMs = 5_000) => database.db.alarms.raiseMany(mine.tenantId, alarms, nowMs)

describe('raising many', () => {
  test('new ones begin where they say; those that are there keep their start and end now', async () => {
    const first = await raise([raising('a', { endTs: 900 }), raising('b', { details: { b: [1, null, 'x\u0000'] } })])
    expect(first).toMatchObject([
      { isNew: true, previousSeverity: null, entityIds: [mine.device.id.id] },
      { isNew: true, alarm: { type: 'b', details: { b: [1, null, 'x\uFFFD'] }, createdTime: 5_000 } },
    ])
    expect(first[0]?.alarm).toMatchObject({ startTs: 1_000, endTs: 1_000, status: 'ACTIVE_UNACK' })
    const again = await raise(
      [raising('c'), raising('a', { severity: 'CRITICAL', details: { a: 2 }, startTs: 3_000 })],
      6_000,
    )
    expect(again).toMatchObject([
      { isNew: true, alarm: { type: 'c' } },
      { isNew: false, previousSeverity: 'MAJOR', alarm: { id: first[0]?.alarm.id, severity: 'CRITICAL' } },
    ])
    expect(again[1]?.alarm).toMatchObject({ startTs: 1_000, endTs: 6_000, details: { a: 2 } })
    expect(await database.db.alarms.raiseMany(mine.tenantId, [], 1)).toEqual([])
  })

  test('from many sides at the same moment, in any order, each is one alarm', async () => {
    const types = Array.from({ length: 40 }, (_, n) => `storm ${n}`)
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, round) =>
        raise((round % 2 === 0 ? types : types.toReversed()).map((type) => raising(type))),
      ),
    )
    const alarms = all.flat()
    expect(new Set(alarms.map(({ alarm }) => alarm.id.id)).size).toBe(types.length)
    expect(alarms.filter(({ isNew }) => isNew)).toHaveLength(types.length)
  })

  test('each goes up along its own relations, and what shows it no more is told once', async () => {
    const sql = enginesOf(database.db).sql
    const [line, plant, manager] = [uuidV7(), uuidV7(), uuidV7()]
    for (const [from, to, toType, type] of [
      [line, mine.device.id.id, 'DEVICE', 'Contains'],
      [plant, line, 'ASSET', 'Contains'],
      [line, plant, 'ASSET', 'Contains'],
      [manager, mine.device.id.id, 'DEVICE', 'Manages'],
    ])
      await sql.query({
        text: `INSERT INTO relations (tenant_id, from_id, from_type, to_id, to_type, type_group, type)
               VALUES ($1, $2, 'ASSET', $3, $4, 'COMMON', $5)`,
        values: [mine.tenantId, from, to, toType, type],
      })
    const self = mine.device.id.id
    const owned = mine.customerDevice.id
    const raised = await raise([
      raising('up all', { propagate: true }),
      raising('up some', { propagate: true, propagateRelationTypes: ['Contains'] }),
      raising('up not'),
      raising('up owner', {
        originator: owned,
        customerId: mine.customerId,
        propagateToOwner: true,
        propagateToTenant: true,
      }),
    ])
    expect(raised.map(({ entityIds }) => entityIds.sort())).toEqual([
      [self, line, plant, manager].sort(),
      [self, line, plant].sort(),
      [self],
      [owned.id, mine.customerId, mine.tenantId].sort(),
    ])
    const [less] = await raise([raising('up all')])
    expect(less?.entityIds.sort()).toEqual([self, line, plant, manager].sort())
    const [least] = await raise([raising('up all')])
    expect(least?.entityIds).toEqual([self])
  })
})

describe('reading and clearing many', () => {
  test('answers stand in the order asked for, and other tenants have nothing', async () => {
    const [x, y] = await raise([raising('x'), raising('y')])
    const ids = [y?.alarm.id.id ?? '', uuidV7(), x?.alarm.id.id ?? '']
    const read = await database.db.alarms.findMany(mine.tenantId, ids)
    expect(read.map((one) => one?.type ?? null)).toEqual(['y', null, 'x'])
    expect(await database.db.alarms.findMany(other.tenantId, ids)).toEqual([null, null, null])
    const queries = [
      { originatorId: mine.device.id.id, type: 'y' },
      { originatorId: mine.device.id.id, type: 'none' },
      { originatorId: mine.device.id.id, type: 'y' },
    ]
    const active = await database.db.alarms.findActiveMany(mine.tenantId, queries)
    expect(active.map((one) => one?.type ?? null)).toEqual(['y', null, 'y'])
    expect(await database.db.alarms.findActiveMany(other.tenantId, queries)).toEqual([null, null, null])
    const originators = [mine.customerDevice.id.id, mine.device.id.id]
    const [none, both] = await database.db.alarms.findActiveOf(mine.tenantId, originators, ['x', 'none', 'y'])
    expect(none).toEqual([])
    expect(both?.map(({ type }) => type).sort()).toEqual(['x', 'y'])
    expect(await database.db.alarms.findActiveOf(other.tenantId, originators, ['x'])).toEqual([[], []])
    expect(await database.db.alarms.clearMany(other.tenantId, [{ alarmId: ids[0] ?? '', clearTs: 1 }])).toEqual([null])
    expect((await database.db.alarms.findMany(mine.tenantId, ids))[0]?.cleared).toBe(false)
  })

  test('clearing keeps or replaces the details, says what was cleared before, and makes room for a new alarm', async () => {
    const [one, two] = await raise([raising('one', { details: { kept: 1 } }), raising('two')])
    const idOf = (raised: typeof one) => raised?.alarm.id.id ?? ''
    const missing = entityId('ALARM', uuidV7()).id
    const cleared = await database.db.alarms.clearMany(mine.tenantId, [
      { alarmId: idOf(one), clearTs: 7_000 },
      { alarmId: missing, clearTs: 7_000 },
      { alarmId: idOf(two), clearTs: 8_000, details: null },
    ])
    expect(cleared).toMatchObject([
      { isChanged: true, alarm: { status: 'CLEARED_UNACK', clearTs: 7_000, details: { kept: 1 } } },
      null,
      { isChanged: true, alarm: { clearTs: 8_000, details: null }, entityIds: [mine.device.id.id] },
    ])
    const again = await database.db.alarms.clearMany(mine.tenantId, [{ alarmId: idOf(one), clearTs: 9_000 }])
    expect(again).toMatchObject([{ isChanged: false, alarm: { clearTs: 7_000 } }])
    const [next] = await raise([raising('one')])
    expect(next?.isNew).toBe(true)
  })
})
