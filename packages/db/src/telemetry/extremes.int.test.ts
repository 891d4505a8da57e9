import type { EntityId, KvValue } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidV7 } from '../uuid.ts'

let database: TestDatabase
let tenant: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  tenant = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const start = Date.UTC(2026, 0, 31, 23, 59)

const store = async (points: readonly (readonly [offset: number, value: KvValue])[]): Promise<EntityId> => {
  const entityId: EntityId = { entityType: 'DEVICE', id: uuidV7() }
  await database.db.telemetry.write(
    points.map(([offset, value]) => ({
      ...value,
      ...{ entityId, tenantId: tenant.tenantId, key: 'k', ts: start + offset },
      ...{ saveTimeseries: true, saveLatest: false },
    })),
  )
  return entityId
}
const read = async (entityId: EntityId, columns: number, endTs: number) => {
  const query = { entityId, keys: ['k', 'never'], startTs: start, endTs, columns }
  return (await database.db.telemetry.extremes(tenant.scope, query)).get('k')
}

test('each column keeps its first, last, lowest and highest number, whole or not, across a month', async () => {
  const values = [5, 1.5, 9, 4, 7, 7, 7, -3, 2, 8]
  const entityId = await store(
    values.map((value, n): [number, KvValue] => [
      n * 10_000,
      Number.isInteger(value) ? { type: 'LONG', value } : { type: 'DOUBLE', value },
    ]),
  )
  const kept = await read(entityId, 2, start + 100_000)
  expect(kept).toEqual([0, 1, 2, 4, 5, 7, 9].map((n) => ({ ts: start + n * 10_000, value: values[n] })))
})

test('a line of many points keeps every peak and is no longer than four points a column', async () => {
  const values = Array.from(
    { length: 5_000 },
    (_, n) => Math.sin(n / 40) + (n === 1_234 ? 50 : 0) - (n === 4_321 ? 50 : 0),
  )
  const entityId = await store(values.map((value, n): [number, KvValue] => [n, { type: 'DOUBLE', value }]))
  const kept = (await read(entityId, 100, start + 5_000)) ?? []
  expect(kept.length).toBeLessThanOrEqual(400)
  expect(Math.max(...kept.map(({ value }) => value))).toBe(values[1_234])
  expect(Math.min(...kept.map(({ value }) => value))).toBe(values[4_321])
  expect(kept.map(({ ts }) => ts)).toEqual(kept.map(({ ts }) => ts).toSorted((a, b) => a - b))
})

test('is not kept from the numbers by a stray text', async () => {
  const entityId = await store([
    ...Array.from({ length: 200 }, (_, n): [number, KvValue] => [n * 10, { type: 'LONG', value: n % 7 }]),
    [5, { type: 'STRING', value: 'oops' }],
    [15, { type: 'STRING', value: '9.00000000000000000001' }],
  ])
  const kept = (await read(entityId, 4, start + 2_000)) ?? []
  expect(kept.length).toBeGreaterThan(8)
  expect(kept).toContainEqual({ ts: start + 15, value: 9 })
  expect(kept.every(({ value }) => value >= 0 && value < 10)).toBe(true)
})

test('says so of a key that has texts, too; nothing of one that is not there', async () => {
  const entityId = await store([
    [0, { type: 'LONG', value: 1 }],
    [500, { type: 'STRING', value: 'off' }],
    [900, { type: 'LONG', value: 2 }],
  ])
  expect(await read(entityId, 4, start + 1_000)).toBeNull()
  expect(await read(entityId, 4, start)).toBeUndefined()
})
