import type { EntityId } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'
import type { AlarmContent } from './alarm-writes.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const content = (rest: Partial<AlarmContent> = {}): AlarmContent => ({
  severity: 'MAJOR',
  startTs: null,
  endTs: null,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
  ...rest,
})
const raise = (type: string, rest: Partial<AlarmContent> = {}, nowMs = 1_000, originator: EntityId = mine.device.id) =>
  database.db.alarms.raise(mine.tenantId, { ...content(rest), originator, customerId: null, type }, nowMs)

describe('raising', () => {
  test('the active alarm of originator and type is updated, a cleared one is not', async () => {
    const first = await raise('hot', { details: { a: 1 } })
    expect(first).toMatchObject({ isNew: true, previousSeverity: null, entityIds: [mine.device.id.id] })
    expect(first.alarm).toMatchObject({ startTs: 1_000, endTs: 1_000, status: 'ACTIVE_UNACK', details: { a: 1 } })
    const second = await raise('hot', { severity: 'CRITICAL' }, 2_000)
    expect(second).toMatchObject({ isNew: false, previousSeverity: 'MAJOR' })
    expect(second.alarm).toMatchObject({
      id: first.alarm.id,
      severity: 'CRITICAL',
      startTs: 1_000,
      endTs: 2_000,
      details: null,
    })
    expect(await database.db.alarms.findActive(mine.tenantId, mine.device.id.id, 'hot')).toMatchObject({
      id: first.alarm.id,
    })
    await database.db.alarms.clear(mine.tenantId, first.alarm.id.id, 3_000)
    expect(await database.db.alarms.findActive(mine.tenantId, mine.device.id.id, 'hot')).toBeNull()
    const third = await raise('hot', {}, 4_000)
    expect(third.isNew).toBe(true)
    expect(third.alarm.id).not.toEqual(first.alarm.id)
  })

  test('at the same moment from many sides it is one alarm', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => raise('crowd', {}, 1_000 + i)))
    expect(new Set(all.map(({ alarm }) => alarm.id.id)).size).toBe(1)
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  test('an end before the start becomes the start; texts may hold NUL', async () => {
    const { alarm } = await raise('odd \u0000', { startTs: 500, endTs: 100, details: { 'k\u0000': 'v\u0000 \\u0000' } })
    expect(alarm).toMatchObject({ startTs: 500, endTs: 500, details: { 'k\uFFFD': 'v\uFFFD \\u0000' } })
  })

  test('it goes up to related entities, owner and tenant', async () => {
    const sql = enginesOf(database.db).sql
    const [parent, grandparent, manager] = [uuidV7(), uuidV7(), uuidV7()]
    for (const [from, to, type] of [
      [parent, mine.customerDevice.id.id, 'Contains'],
      [grandparent, parent, 'Contains'],
      [manager, mine.customerDevice.id.id, 'Manages'],
    ])
      await sql.query({
        text: `INSERT INTO relations (tenant_id, from_id, from_type, to_id, to_type, type_group, type)
               VALUES ($1, $2, 'ASSET', $3, $4, 'COMMON', $5)`,
        values: [mine.tenantId, from, to, to === parent ? 'ASSET' : 'DEVICE', type],
      })
    const up = (rest: Partial<AlarmContent>, type: string) =>
      database.db.alarms.raise(
        mine.tenantId,
        { ...content(rest), originator: mine.customerDevice.id, customerId: mine.customerId, type },
        1_000,
      )
    const self = mine.customerDevice.id.id
    const all = await up({ propagate: true }, 'p1')
    expect(all.entityIds.sort()).toEqual([self, parent, grandparent, manager].sort())
    const contained = await up({ propagate: true, propagateRelationTypes: ['Contains'] }, 'p2')
    expect(contained.entityIds.sort()).toEqual([self, parent, grandparent].sort())
    const owned = await up({ propagateToOwner: true, propagateToTenant: true }, 'p3')
    expect(owned.entityIds.sort()).toEqual([self, mine.customerId, mine.tenantId].sort())
    const updated = await database.db.alarms.update(
      mine.tenantId,
      owned.alarm.id.id,
      content({ propagate: true }),
      2_000,
    )
    // Those that showed it until now are told, too.
    const above = [self, parent, grandparent, manager]
    expect(updated?.entityIds.sort()).toEqual([...above, mine.customerId, mine.tenantId].sort())
    const link = { pageSize: 10, page: 0, sortProperty: 'type', sortOrder: 'DESC' as const }
    const shown = await database.db.alarms.list(mine.scope, link, {}, { entityType: 'ASSET', id: grandparent })
    expect(shown.data.map(({ type }) => type)).toEqual(['p3', 'p2', 'p1'])
    expect(shown.data[0]).toMatchObject({ originatorName: mine.customerDevice.name, originatorLabel: null })
    expect((await database.db.alarms.list(mine.customerScope, link, {})).totalElements).toBe(3)
    expect((await database.db.alarms.list(other.scope, link, {})).totalElements).toBe(0)
    expect(await database.db.alarms.highestSeverity(mine.scope, { entityType: 'ASSET', id: parent }, {})).toBe('MAJOR')
    await sql.query({ text: 'DELETE FROM relations WHERE from_id = $1', values: [manager] })
    const again = () => database.db.alarms.update(mine.tenantId, owned.alarm.id.id, content({ propagate: true }), 3_000)
    expect((await again())?.entityIds.sort(), 'a relation is gone').toEqual(above.sort())
    expect((await again())?.entityIds.sort()).toEqual([self, parent, grandparent].sort())
    expect((await up({}, 'p1')).entityIds.sort(), 'not propagated any more').toEqual(above.sort())
    expect((await up({}, 'p1')).entityIds).toEqual([self])
    expect((await database.db.alarms.delete(mine.tenantId, owned.alarm.id.id))?.sort()).toEqual(
      [self, parent, grandparent].sort(),
    )
    expect(await database.db.alarms.delete(mine.tenantId, owned.alarm.id.id)).toBeNull()
  })
})

test('each mark is set once', async () => {
  const { alarms } = database.db
  const { alarm } = await raise('marks')
  const id = alarm.id.id
  expect(await alarms.acknowledge(mine.tenantId, id, 5)).toMatchObject({
    isChanged: true,
    alarm: { ackTs: 5, status: 'ACTIVE_ACK' },
  })
  expect(await alarms.acknowledge(mine.tenantId, id, 6)).toMatchObject({ isChanged: false, alarm: { ackTs: 5 } })
  expect(await alarms.assign(mine.tenantId, id, mine.admin.userId, 7)).toMatchObject({
    isChanged: true,
    alarm: { assignTs: 7, assignee: { email: mine.admin.email } },
  })
  expect(await alarms.assign(mine.tenantId, id, mine.admin.userId, 8)).toMatchObject({ isChanged: false })
  expect(await alarms.assign(mine.tenantId, id, null, 9)).toMatchObject({ isChanged: true, alarm: { assignee: null } })
  expect(await alarms.clear(mine.tenantId, id, 10, { why: 'done' })).toMatchObject({
    isChanged: true,
    alarm: { clearTs: 10, status: 'CLEARED_ACK', details: { why: 'done' } },
  })
  expect(await alarms.clear(mine.tenantId, id, 11)).toMatchObject({ isChanged: false, alarm: { clearTs: 10 } })
  expect(await alarms.clear(other.tenantId, id, 12)).toBeNull()
})

test('searches limit by status, severity, type, text and time', async () => {
  const { alarms } = database.db
  const device = await database.db.devices.save(mine.scope, { name: 'searched', label: 'Label%' })
  const made = async (type: string, severity: AlarmContent['severity'], at: number) =>
    (await raise(type, { severity }, at, device.id)).alarm.id.id
  const a = await made('a', 'MINOR', 10)
  await made('b', 'CRITICAL', 20)
  await alarms.acknowledge(mine.tenantId, a, 1)
  await alarms.clear(mine.tenantId, a, 1)
  const types = async (filter: Parameters<typeof alarms.list>[2], textSearch?: string) =>
    (
      await alarms.list(mine.scope, { pageSize: 10, page: 0, ...(textSearch && { textSearch }) }, filter, device.id)
    ).data.map(({ type }) => type)
  expect(await types({})).toEqual(['a', 'b'])
  expect(await types({ searchStatuses: ['ACTIVE'] })).toEqual(['b'])
  expect(await types({ searchStatuses: ['CLEARED', 'ACK'] })).toEqual(['a'])
  expect(await types({ searchStatuses: ['CLEARED', 'ACTIVE', 'UNACK'] })).toEqual(['b'])
  expect(await types({ searchStatuses: ['ANY', 'CLEARED'] })).toEqual(['a', 'b'])
  expect(await types({ severities: ['CRITICAL', 'MAJOR'] })).toEqual(['b'])
  expect(await types({ types: ['A'] })).toEqual([])
  expect(await types({ startTime: 10, endTime: 19 })).toEqual(['a'])
  expect(await types({ startTime: 11 })).toEqual(['b'])
  expect(await types({}, 'cleared_')).toEqual(['a'])
  expect(await types({}, 'label%')).toEqual(['a', 'b'])
  expect(await types({}, 'label_')).toEqual([])
  expect(await types({ assigneeId: uuidV7() })).toEqual([])
  expect(await alarms.highestSeverity(mine.scope, device.id, {})).toBe('CRITICAL')
  expect(await alarms.highestSeverity(mine.scope, device.id, { searchStatuses: ['CLEARED'] })).toBe('MINOR')
  expect(await alarms.exists(mine.scope, device.id, { types: ['b'], searchStatuses: ['ACTIVE'] })).toBe(true)
  expect(await alarms.exists(mine.scope, device.id, { types: ['a'], searchStatuses: ['ACTIVE'] })).toBe(false)
  const page = { pageSize: 1, page: 1, textSearch: '', sortOrder: 'DESC' as const }
  const { totalElements, hasNext, data } = await alarms.types(mine.scope, page)
  expect({ hasNext, length: data.length }).toEqual({ hasNext: totalElements > 2, length: 1 })
  expect(await alarms.types(other.scope, page)).toMatchObject({ data: [], totalElements: 0 })
})

test('alarms of entities come once each, in the order asked for', async () => {
  const { alarms } = database.db
  const first = await database.db.devices.save(mine.scope, { name: 'first' })
  const second = await database.db.devices.save(mine.scope, { name: 'second' })
  await raise('x', { severity: 'WARNING' }, 1, first.id)
  await raise('y', { severity: 'CRITICAL', propagateToTenant: true }, 2, second.id)
  const tenant: EntityId = { entityType: 'TENANT', id: mine.tenantId }
  const query = {
    entityIds: [second.id, first.id, tenant] as EntityId[],
    isPropagated: true,
    filter: {},
    textSearch: null,
    alarmFields: [],
    sort: null,
    limit: 10,
    offset: 0,
  }
  const shown = async (rest: Partial<typeof query> | { sort: { field: string; direction: 'ASC' | 'DESC' } }) =>
    (await alarms.ofEntities(mine.scope, { ...query, ...rest })).rows.map(({ alarm, entityId }) => [
      alarm.type,
      entityId.id,
    ])
  expect(await shown({})).toEqual([
    ['y', second.id.id],
    ['x', first.id.id],
  ])
  expect(await shown({ sort: { field: 'createdTime', direction: 'ASC' } })).toEqual([
    ['x', first.id.id],
    ['y', second.id.id],
  ])
  expect(await shown({ sort: { field: 'severity', direction: 'DESC' } })).toEqual([
    ['x', first.id.id],
    ['y', second.id.id],
  ])
  expect(await shown({ sort: { field: 'originator', direction: 'DESC' } })).toEqual([
    ['y', second.id.id],
    ['x', first.id.id],
  ])
  expect(await shown({ sort: { field: 'entities', direction: 'ASC' } })).toEqual([
    ['y', second.id.id],
    ['x', first.id.id],
  ])
  expect(await shown({ sort: { field: '; drop', direction: 'ASC' } })).toHaveLength(2)
  expect(await shown({ entityIds: [tenant] })).toEqual([['y', mine.tenantId]])
  expect(await shown({ entityIds: [tenant], isPropagated: false })).toEqual([])
  expect((await alarms.ofEntities(mine.scope, { ...query, offset: 5 })).total).toBe(2)
  expect(await alarms.count(mine.scope, {}, { entityIds: query.entityIds, isPropagated: false })).toBe(2)
  expect(await alarms.count(other.scope, {}, { entityIds: query.entityIds, isPropagated: true })).toBe(0)
  expect(await alarms.count(other.scope, {})).toBe(0)
})
