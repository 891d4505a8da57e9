import type { Aggregation, EntityId, KvValue, TsValue } from '@thingwire/contracts'
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
const L = (value: number | bigint): KvValue => ({ type: 'LONG', value })
const D = (value: number): KvValue => ({ type: 'DOUBLE', value })
const S = (value: string): KvValue => ({ type: 'STRING', value })
const B = (value: boolean): KvValue => ({ type: 'BOOLEAN', value })
const J = (value: string): KvValue => ({ type: 'JSON', value })

/** Stores the values at `start + offset` and reads them back in one bucket of 1 s, or as told. */
const read = async (
  points: readonly (readonly [offsetMs: number, value: KvValue])[],
  query: { aggregation: Aggregation; intervalMs?: number; endTs?: number; order?: 'ASC' | 'DESC'; limit?: number },
): Promise<TsValue[]> => {
  const entityId: EntityId = { entityType: 'DEVICE', id: uuidV7() }
  await database.db.telemetry.write(
    points.map(([offset, value]) => ({
      ...value,
      ...{ entityId, tenantId: tenant.tenantId, key: 'k', ts: start + offset },
      ...{ saveTimeseries: true, saveLatest: false },
    })),
  )
  const found = await database.db.telemetry.history(tenant.scope, {
    ...{ entityId, keys: ['k'], startTs: start, endTs: start + 1_000, intervalMs: 1_000, order: 'ASC', limit: 100 },
    ...query,
  })
  return found.k ?? []
}

const values = (...list: KvValue[]) => list.map((value, n) => [n * 10, value] as const)

test.each<[string, Aggregation, KvValue[], KvValue | null]>([
  ['AVG of integers is a double', 'AVG', [L(1), L(2)], D(1.5)],
  ['AVG of integers and doubles', 'AVG', [L(1), D(2.5), L(4)], D(2.5)],
  ['AVG ignores texts beside numbers', 'AVG', [L(1), S('9'), L(3)], D(2)],
  ['AVG without numbers is 0.0', 'AVG', [S('a'), B(true)], D(0)],
  ['SUM of integers stays an integer', 'SUM', [L(1), L(2)], L(3)],
  ['SUM with a double is a double', 'SUM', [L(1), D(2)], D(3)],
  ['SUM beyond 2^53 is exact', 'SUM', [L(2n ** 60n), L(1)], L(2n ** 60n + 1n)],
  ['SUM beyond 64 bits goes on as a double', 'SUM', [L(2n ** 63n - 1n), L(2n ** 63n - 1n)], D(2 ** 64)],
  ['SUM without numbers is 0', 'SUM', [S('a')], L(0)],
  ['MIN of integers', 'MIN', [L(5), L(-2)], L(-2)],
  ['MIN of both is a double', 'MIN', [L(-2), D(5.5)], D(-2)],
  ['MAX of both is a double', 'MAX', [L(-2), D(5.5)], D(5.5)],
  ['MAX with numbers ignores texts', 'MAX', [L(1), S('zzz')], L(1)],
  ['MAX of texts compares code points', 'MAX', [S('a'), S('B')], S('a')],
  ['MIN of texts', 'MIN', [S('10'), S('9')], S('10')],
  ['MIN of booleans alone is no point', 'MIN', [B(true)], null],
  ['COUNT counts booleans first', 'COUNT', [B(true), B(false), S('a'), L(1), L(2), L(3)], L(2)],
  ['COUNT then texts', 'COUNT', [S('a'), J('{}'), J('[]'), L(1)], L(1)],
  ['COUNT then JSON', 'COUNT', [J('{}'), J('[]'), L(1)], L(2)],
  ['COUNT then numbers', 'COUNT', [L(1), D(1.5), L(3)], L(3)],
])('%s', async (_name, aggregation, stored, expected) => {
  expect(await read(values(...stored), { aggregation })).toEqual(expected ? [{ ts: start + 500, ...expected }] : [])
})

test('buckets start at the start, across a month; empty ones are left out; the last is cut at the end', async () => {
  const points = [
    [0, L(1)],
    [999, L(3)],
    [60_000, L(10)],
    [60_499, L(20)],
    [60_500, L(99)],
  ] as const
  expect(await read(points, { aggregation: 'AVG', intervalMs: 1_000, endTs: start + 60_500 })).toEqual([
    { ts: start + 500, ...D(2) },
    { ts: start + 60_250, ...D(15) },
  ])
})

test('aggregates are ascending and unlimited, whatever order and limit are asked', async () => {
  const points = Array.from({ length: 20 }, (_, n) => [n * 50, L(n)] as const)
  const found = await read(points, { aggregation: 'MAX', intervalMs: 100, order: 'DESC', limit: 3 })
  expect(found.map((point) => point.value)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
})

test('raw points: start inclusive, end exclusive, ordered and limited per key', async () => {
  const points = [-1, 0, 500, 999, 1_000].map((offset) => [offset, L(offset)] as const)
  const asked = async (query: object) =>
    (await read(points, { aggregation: 'NONE', ...query })).map((point) => point.value)
  expect(await asked({})).toEqual([0, 500, 999])
  expect(await asked({ order: 'DESC' })).toEqual([999, 500, 0])
  expect(await asked({ order: 'DESC', limit: 2 })).toEqual([999, 500])
  expect(await asked({ limit: 1 })).toEqual([0])
})

test('an aggregate without a width answers the points themselves', async () => {
  const found = await read(values(L(1), L(2)), { aggregation: 'AVG', intervalMs: 0 })
  expect(found.map((point) => point.value)).toEqual([1, 2])
})

test('several keys in one read; unknown keys and an inverted range answer nothing', async () => {
  const entityId: EntityId = { entityType: 'DEVICE', id: uuidV7() }
  const row = { entityId, tenantId: tenant.tenantId, ts: start, saveTimeseries: true, saveLatest: false }
  await database.db.telemetry.write([
    { ...row, ...L(1), key: 'a' },
    { ...row, ...L(2), key: 'b' },
  ])
  const query = { entityId, keys: ['a', 'b', 'never'], startTs: start, endTs: start + 10, intervalMs: 10, limit: 10 }
  const ask = (more: object) =>
    database.db.telemetry.history(tenant.scope, { ...query, aggregation: 'SUM', order: 'ASC', ...more })
  expect(await ask({})).toEqual({ a: [{ ts: start + 5, ...L(1) }], b: [{ ts: start + 5, ...L(2) }] })
  expect(await ask({ aggregation: 'NONE' })).toEqual({ a: [{ ts: start, ...L(1) }], b: [{ ts: start, ...L(2) }] })
  expect(await ask({ keys: ['never'] })).toEqual({})
  expect(await ask({ keys: [] })).toEqual({})
  expect(await ask({ startTs: start + 10, endTs: start })).toEqual({})
})
