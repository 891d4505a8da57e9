import type { EntityId, KvValue } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeriesWrite } from '../database.ts'
import { enginesOf } from '../open-database.ts'
import { partitionedTables } from '../partitions/calendar.ts'
import { createPartitions } from '../partitions/partitions.ts'
import { uuidV7 } from '../uuid.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const now = Date.now()
const newEntity = (): EntityId => ({ entityType: 'DEVICE', id: uuidV7() })

const point = (
  entityId: EntityId,
  key: string,
  ts: number,
  value: KvValue,
  flags: Partial<Pick<SeriesWrite, 'tenantId' | 'saveTimeseries' | 'saveLatest'>> = {},
): SeriesWrite => ({
  ...value,
  key,
  ts,
  entityId,
  tenantId: mine.tenantId,
  saveTimeseries: true,
  saveLatest: true,
  ...flags,
})
const long = (value: number | bigint): KvValue => ({ type: 'LONG', value })
const text = (value: string): KvValue => ({ type: 'STRING', value })

const raw = (entityId: EntityId, key: string, range = { startTs: 0, endTs: 8_640_000_000_000_000 }) =>
  database.db.telemetry
    .history(mine.scope, {
      entityId,
      keys: [key],
      ...range,
      aggregation: 'NONE',
      intervalMs: 0,
      order: 'ASC',
      limit: 1_000,
    })
    .then((points) => points[key] ?? [])

/** Of a month that is split, the month. */
const partitionOf = async (entityId: EntityId) => {
  const { rows } = await enginesOf(database.db).sql.query<{ name: string; part: string; ts: number }>({
    text: `SELECT regexp_replace(t.tableoid::regclass::text, '_p\\d+$', '') AS name, t.tableoid::regclass::text AS part, t.ts
           FROM ts_kv t JOIN telemetry_entities e ON e.ref = t.entity WHERE e.entity_id = $1 ORDER BY ts`,
    values: [entityId.id],
  })
  return rows
}

describe('values', () => {
  test('every type comes back as it was written', async () => {
    const entityId = newEntity()
    const values: Record<string, KvValue> = {
      boolean: { type: 'BOOLEAN', value: false },
      long: long(-7),
      big: long(9_007_199_254_740_993n),
      least: long(-(2n ** 63n)),
      double: { type: 'DOUBLE', value: 20 },
      tiny: { type: 'DOUBLE', value: 5e-324 },
      string: text('grün "quoted" \\ {a,b} NULL \u{1F321}'),
      empty: text(''),
      json: { type: 'JSON', value: '{"b":1.0,"a":"\\u0000"}' },
    }
    await database.db.telemetry.write(Object.entries(values).map(([key, value]) => point(entityId, key, now, value)))
    for (const [key, value] of Object.entries(values)) expect(await raw(entityId, key)).toEqual([{ ts: now, ...value }])
    const latest = await database.db.telemetry.latest(mine.scope, entityId)
    expect(Object.fromEntries(latest.map(({ key, ts: _ts, ...value }) => [key, value]))).toEqual(values)
    expect(await database.db.telemetry.keys(mine.scope, entityId)).toEqual(Object.keys(values).sort())
    expect(await database.db.telemetry.latest(mine.scope, entityId, ['long', 'never'])).toEqual([
      { key: 'long', ts: now, ...long(-7) },
    ])
  })

  test.each<[string, KvValue, KvValue]>([
    ['NaN', { type: 'DOUBLE', value: Number.NaN }, text('NaN')],
    ['infinity', { type: 'DOUBLE', value: Number.NEGATIVE_INFINITY }, text('-Infinity')],
    ['an integer beyond 64 bits', long(2n ** 63n), text('9223372036854775808')],
    ['an inexact integer', long(1e300), text('1e+300')],
    ['NUL in a text', text('a\u0000b'), text('a\uFFFDb')],
    ['a lone surrogate', text('a\uD800b'), text('a\uFFFDb')],
  ])('%s does not fail its neighbours', async (_name, value, stored) => {
    const entityId = newEntity()
    await database.db.telemetry.write([point(entityId, 'odd', now, value), point(entityId, 'even', now, long(1))])
    expect(await raw(entityId, 'odd')).toEqual([{ ts: now, ...stored }])
    expect(await raw(entityId, 'even')).toEqual([{ ts: now, ...long(1) }])
  })

  test('a key may be any text', async () => {
    const entityId = newEntity()
    const keys = ['__proto__', 'constructor', 'ключ', 'a\u0000b', ' ', "'; DROP TABLE ts_kv --"]
    await database.db.telemetry.write(keys.map((key) => point(entityId, key, now, long(1))))
    for (const key of keys.filter((name) => !name.includes('\u0000')))
      expect(await raw(entityId, key)).toEqual([{ ts: now, ...long(1) }])
    expect(await database.db.telemetry.keys(mine.scope, entityId)).toHaveLength(keys.length)
  })
})

describe('idempotence', () => {
  test('writing a batch again, also from another process, changes nothing', async () => {
    const entityId = newEntity()
    const batch = [1, 2, 3].map((n) => point(entityId, 'k', now + n, long(n)))
    await database.db.telemetry.write(batch)
    await Promise.all([database.db.telemetry.write(batch), database.open().telemetry.write(batch)])
    expect((await raw(entityId, 'k')).map((found) => found.value)).toEqual([1, 2, 3])
  })

  test('a later value at the same time replaces the earlier one, whatever its type', async () => {
    const entityId = newEntity()
    await database.db.telemetry.write([point(entityId, 'k', now, long(1)), point(entityId, 'k', now, long(2))])
    expect(await raw(entityId, 'k')).toEqual([{ ts: now, ...long(2) }])
    await database.db.telemetry.write([point(entityId, 'k', now, text('three'))])
    expect(await raw(entityId, 'k')).toEqual([{ ts: now, ...text('three') }])
    expect(await database.db.telemetry.latest(mine.scope, entityId)).toEqual([{ key: 'k', ts: now, ...text('three') }])
  })

  test('a late value enters history and leaves the latest value alone', async () => {
    const entityId = newEntity()
    await database.db.telemetry.write([point(entityId, 'k', now, long(2)), point(entityId, 'k', now - 5, long(1))])
    await database.db.telemetry.write([point(entityId, 'k', now - 60_000, long(0))])
    expect((await raw(entityId, 'k')).map((found) => found.value)).toEqual([0, 1, 2])
    expect(await database.db.telemetry.latest(mine.scope, entityId)).toEqual([{ key: 'k', ts: now, ...long(2) }])
  })

  test('each row goes where its flags say, also when two rows share a place', async () => {
    const entityId = newEntity()
    await database.db.telemetry.write([
      point(entityId, 'k', now, long(1), { saveLatest: false }),
      point(entityId, 'k', now, long(2), { saveTimeseries: false }),
      point(entityId, 'none', now, long(3), { saveTimeseries: false, saveLatest: false }),
    ])
    expect(await raw(entityId, 'k')).toEqual([{ ts: now, ...long(1) }])
    expect(await database.db.telemetry.latest(mine.scope, entityId)).toEqual([{ key: 'k', ts: now, ...long(2) }])
  })
})

describe('time', () => {
  test('months get partitions before the first write, unbelievable times share the default one', async () => {
    const entityId = newEntity()
    const times = [0, -5, Date.UTC(2019, 11, 31), Date.UTC(2020, 0, 1), Date.UTC(2023, 1, 28), Date.UTC(2106, 1, 7)]
    await database.db.telemetry.write(times.map((ts) => point(entityId, 'k', ts, long(1))))
    expect((await partitionOf(entityId)).map((row) => row.name)).toEqual([
      'ts_kv_default',
      'ts_kv_default',
      'ts_kv_default',
      'ts_kv_2020_01',
      'ts_kv_2023_02',
      'ts_kv_default',
    ])
    expect(await raw(entityId, 'k', { startTs: -10, endTs: 8_640_000_000_000_000 })).toHaveLength(times.length)
  })

  test('within a month the points of an entity lie together, and those of others elsewhere', async () => {
    const entities = Array.from({ length: 40 }, newEntity)
    const times = [Date.UTC(2022, 2, 1), Date.UTC(2022, 2, 31)]
    await database.db.telemetry.write(
      entities.flatMap((entityId) => times.map((ts) => point(entityId, 'k', ts, long(1)))),
    )
    const parts = await Promise.all(entities.map(partitionOf))
    for (const found of parts) expect(new Set(found.map(({ part }) => part)).size).toBe(1)
    expect(new Set(parts.map(([found]) => found?.part)).size).toBeGreaterThan(10)
  })

  test('a month from before months were split goes on to be written, read and dropped', async () => {
    const { sql } = enginesOf(database.db)
    const [from, to] = [Date.UTC(2020, 6, 1), Date.UTC(2020, 7, 1)]
    await sql.query(`CREATE TABLE ts_kv_2020_07 PARTITION OF ts_kv FOR VALUES FROM (${from}) TO (${to})`)
    const entityId = newEntity()
    await database.open().telemetry.write([point(entityId, 'k', from, long(1)), point(entityId, 'k', to, long(2))])
    expect((await partitionOf(entityId)).map(({ name, part }) => [name, name === part])).toEqual([
      ['ts_kv_2020_07', true],
      ['ts_kv_2020_08', false],
    ])
    expect(await raw(entityId, 'k', { startTs: from, endTs: to + 1 })).toHaveLength(2)
    const gone = await createPartitions(sql).dropBefore(partitionedTables.ts_kv, Date.UTC(2020, 8, 1))
    expect(gone).toEqual(expect.arrayContaining(['ts_kv_2020_07', 'ts_kv_2020_08']))
    expect(await raw(entityId, 'k', { startTs: from, endTs: to + 1 })).toEqual([])
  })

  test('rows of a time that became believable move into its partition', async () => {
    const entityId = newEntity()
    const ts = Date.UTC(2030, 5, 1)
    await database.db.telemetry.write([point(entityId, 'k', ts, long(1))])
    expect(await partitionOf(entityId)).toMatchObject([{ name: 'ts_kv_default' }])
    await database.db.maintenance.run(ts)
    expect(await partitionOf(entityId)).toMatchObject([{ name: 'ts_kv_2030_06' }])
    expect(await raw(entityId, 'k')).toEqual([{ ts, ...long(1) }])
  })

  test('two processes that need a new month at once both write into it', async () => {
    const entityId = newEntity()
    const ts = Date.UTC(2021, 3, 1)
    const writers = [database.open(), database.open(), database.open()]
    await Promise.all(writers.map((db, n) => db.telemetry.write([point(entityId, 'k', ts + n, long(n))])))
    expect((await partitionOf(entityId)).map((row) => row.name)).toEqual(writers.map(() => 'ts_kv_2021_04'))
  })

  test('a time that is no whole number is refused', async () => {
    await expect(database.db.telemetry.write([point(newEntity(), 'k', 1.5, long(1))])).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    })
  })
})

describe('isolation', () => {
  test('another tenant and a customer without the device read nothing', async () => {
    const { device, customerDevice } = mine
    await database.db.telemetry.write([device, customerDevice].map(({ id }) => point(id, 'k', now, long(1))))
    const read = (scope: Parameters<typeof database.db.telemetry.keys>[0], entityId: EntityId) =>
      Promise.all([
        database.db.telemetry.keys(scope, entityId),
        database.db.telemetry.latest(scope, entityId),
        database.db.telemetry.history(scope, {
          ...{ entityId, keys: ['k'], startTs: 0, endTs: now + 1, intervalMs: 0, limit: 10 },
          ...{ aggregation: 'NONE', order: 'ASC' },
        }),
      ])
    const nothing = [[], [], {}]
    expect(await read(other.scope, device.id)).toEqual(nothing)
    expect(await read(other.customerScope, customerDevice.id)).toEqual(nothing)
    expect(await read(mine.customerScope, device.id)).toEqual(nothing)
    expect(await read(mine.customerScope, customerDevice.id)).not.toEqual(nothing)
    expect(await read(mine.scope, device.id)).toEqual(await read({ kind: 'system' }, device.id))
  })

  test("a message of one tenant cannot write into another tenant's entity", async () => {
    await expect(
      database.db.telemetry.write([
        point(mine.device.id, 'k', now, long(1)),
        point(mine.device.id, 'k', now, long(666), { tenantId: other.tenantId }),
      ]),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})

test('writers that meet on the same rows in opposite order all get through', async () => {
  const entities = Array.from({ length: 40 }, newEntity)
  const writers = [database.open(), database.open(), database.open()]
  await Promise.all(
    Array.from({ length: 30 }, (_, round) => {
      const rows = entities.flatMap((entityId) =>
        ['a', 'b'].map((key) => point(entityId, key, now + (round % 3), long(round))),
      )
      if (round % 2 === 1) rows.reverse()
      return writers[round % writers.length]?.telemetry.write(rows)
    }),
  )
  const [first] = entities
  expect(first && (await raw(first, 'a'))).toHaveLength(3)
})

test('more rows than fit one statement are still one commit', async () => {
  const entityId = newEntity()
  const rows = Array.from({ length: 45_000 }, (_, n) => point(entityId, 'k', now - n, long(n)))
  await database.db.telemetry.write(rows)
  const { rows: counted } = await enginesOf(database.db).sql.query<{ total: number }>({
    text: 'SELECT count(*) AS total FROM ts_kv t JOIN telemetry_entities e ON e.ref = t.entity WHERE e.entity_id = $1',
    values: [entityId.id],
  })
  expect(counted[0]?.total).toBe(rows.length)
  expect(await database.db.telemetry.latest(mine.scope, entityId)).toEqual([{ key: 'k', ts: now, ...long(0) }])
})
