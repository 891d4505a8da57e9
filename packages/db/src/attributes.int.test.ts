import type { EntityId, KvEntry } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidV7 } from './uuid.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const newEntity = (): EntityId => ({ entityType: 'DEVICE', id: uuidV7() })
const long = (key: string, value: number): KvEntry => ({ key, type: 'LONG', value })

test('scopes are apart, types are kept, the newest write stands', async () => {
  const entityId = newEntity()
  const { attributes } = database.db
  const entries: KvEntry[] = [
    { key: 'boolean', type: 'BOOLEAN', value: false },
    { key: 'double', type: 'DOUBLE', value: 20 },
    { key: 'json', type: 'JSON', value: '{"b":1,"a":2}' },
    { key: 'string', type: 'STRING', value: 'x\u0000y' },
    long('long', 1),
  ]
  await attributes.save(mine.tenantId, [
    { entityId, scope: 'CLIENT_SCOPE', entries, ts: 10 },
    { entityId, scope: 'SERVER_SCOPE', entries: [long('long', 2)], ts: 10 },
    { entityId, scope: 'SHARED_SCOPE', entries: [long('long', 3)], ts: 20 },
    { entityId, scope: 'SHARED_SCOPE', entries: [long('long', 4)], ts: 20 },
    { entityId, scope: 'SHARED_SCOPE', entries: [long('long', 5)], ts: 19 },
  ])
  const client = await attributes.find(mine.scope, entityId, { scope: 'CLIENT_SCOPE' })
  expect(client).toEqual(
    entries
      .map((entry) => ({ ...entry, scope: 'CLIENT_SCOPE', lastUpdateTs: 10 }))
      .map((entry) => (entry.key === 'string' ? { ...entry, value: 'x\uFFFDy' } : entry))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
  const everywhere = await attributes.find(mine.scope, entityId, { keys: ['long', 'never'] })
  expect(everywhere.map((row) => [row.scope, row.value, row.lastUpdateTs])).toEqual([
    ['CLIENT_SCOPE', 1, 10],
    ['SERVER_SCOPE', 2, 10],
    ['SHARED_SCOPE', 4, 20],
  ])
  await attributes.save(mine.tenantId, [{ entityId, scope: 'SHARED_SCOPE', entries: [long('long', 0)], ts: 5 }])
  expect(await attributes.find(mine.scope, entityId, { scope: 'SHARED_SCOPE' })).toMatchObject([{ value: 4 }])
})

test('many queries are answered in order, each with what it asked for', async () => {
  const [a, b, unknown] = [newEntity(), newEntity(), newEntity()]
  const { attributes } = database.db
  await attributes.save(mine.tenantId, [
    { entityId: a, scope: 'CLIENT_SCOPE', entries: [long('x', 1), long('y', 2)], ts: 1 },
    { entityId: b, scope: 'CLIENT_SCOPE', entries: [long('x', 3)], ts: 1 },
  ])
  const query = (entityId: EntityId, ...keys: string[]) => ({ entityId, scope: 'CLIENT_SCOPE' as const, keys })
  const queries = [query(b, 'x', 'y'), query(unknown, 'x'), query(a, 'y'), query(a), query(a, 'y', 'x')]
  const answers = await attributes.findMany(mine.tenantId, queries)
  expect(answers.map((answer) => answer.map((entry) => `${entry.key}${entry.value}`).sort())).toEqual([
    ['x3'],
    [],
    ['y2'],
    [],
    ['x1', 'y2'],
  ])
  expect(await attributes.findMany(other.tenantId, queries)).toEqual(queries.map(() => []))
  expect(await attributes.findMany(mine.tenantId, [])).toEqual([])
})

test('deleting answers what there was', async () => {
  const entityId = newEntity()
  const { attributes } = database.db
  await attributes.save(mine.tenantId, [
    { entityId, scope: 'SHARED_SCOPE', entries: [long('a', 1), long('b', 2)], ts: 1 },
  ])
  expect(await attributes.delete(mine.scope, entityId, 'SERVER_SCOPE', ['a'])).toEqual([])
  expect(await attributes.delete(mine.scope, entityId, 'SHARED_SCOPE', ['a', 'never'])).toEqual(['a'])
  expect(await attributes.find(mine.scope, entityId, {})).toMatchObject([{ key: 'b' }])
})

test('another tenant and a customer without the device neither read nor change attributes', async () => {
  const { attributes } = database.db
  const { device, customerDevice } = mine
  await attributes.save(
    mine.tenantId,
    [device.id, customerDevice.id].map((entityId) => ({
      ...{ entityId, scope: 'SERVER_SCOPE' as const },
      ...{ entries: [long('k', 1)], ts: 1 },
    })),
  )
  expect(await attributes.find(other.scope, device.id, {})).toEqual([])
  expect(await attributes.find(other.customerScope, customerDevice.id, {})).toEqual([])
  expect(await attributes.find(mine.customerScope, device.id, {})).toEqual([])
  expect(await attributes.find(mine.customerScope, customerDevice.id, {})).toHaveLength(1)
  expect(await attributes.delete(other.scope, device.id, 'SERVER_SCOPE', ['k'])).toEqual([])
  const foreign = { entityId: device.id, scope: 'SERVER_SCOPE' as const, entries: [long('k', 666)], ts: 9 }
  await expect(attributes.save(other.tenantId, [foreign])).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  expect(await attributes.find(mine.scope, device.id, {})).toMatchObject([{ value: 1 }])
})

test('a customer reads the attributes of its own record', async () => {
  const entityId: EntityId = { entityType: 'CUSTOMER', id: mine.customerId }
  await database.db.attributes.save(mine.tenantId, [
    { entityId, scope: 'SERVER_SCOPE', entries: [long('k', 1)], ts: 1 },
  ])
  expect(await database.db.attributes.find(mine.customerScope, entityId, {})).toHaveLength(1)
})
