import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DebugEvent } from './database.ts'
import { enginesOf } from './open-database.ts'
import { uuidV7 } from './uuid.ts'

let database: TestDatabase
let tenant: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  tenant = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const dayMs = 86_400_000
const now = Date.now()
const rows = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await enginesOf(database.db).sql.query<Row>({ text, values })).rows
const partitions = async (table: string) =>
  (
    await rows<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass`,
      [table],
    )
  ).map((row) => row.name)
const event = (type: DebugEvent['type'], ts: number): DebugEvent => ({
  ...{ tenantId: tenant.tenantId, entityId: tenant.rootChain.id.id, type, ts },
  body: { data: 'any \u0000 text' },
})

test('debug events are kept a week and dropped by the day; other events stay a year', async () => {
  const { db } = database
  await db.events.append([
    event('DEBUG_RULE_NODE', now - 9 * dayMs),
    event('DEBUG_RULE_NODE', now),
    event('DEBUG_RULE_CHAIN', now - 6 * dayMs),
    event('LC_EVENT', now - 40 * dayMs),
    event('ERROR', now),
  ])
  await db.events.append([])
  await db.maintenance.run(now)
  expect(await rows('SELECT type FROM debug_events ORDER BY ts')).toEqual([
    { type: 'DEBUG_RULE_CHAIN' },
    { type: 'DEBUG_RULE_NODE' },
  ])
  expect(await rows('SELECT type FROM lifecycle_events ORDER BY ts')).toEqual([{ type: 'LC_EVENT' }, { type: 'ERROR' }])
  expect(await rows('SELECT body FROM debug_events LIMIT 1')).toEqual([{ body: { data: 'any \u0000 text' } }])
})

test('audit entries are stored as they are', async () => {
  await database.db.audit.append([
    {
      tenantId: tenant.tenantId,
      customerId: null,
      entityId: tenant.device.id,
      entityName: tenant.device.name,
      userId: tenant.admin.userId,
      userName: tenant.admin.email,
      actionType: 'ADDED',
      actionData: { entity: { name: 'x' } },
      actionStatus: 'SUCCESS',
      actionFailureDetails: '',
    },
  ])
  expect(await rows('SELECT tenant_id, customer_id, action_type, action_data FROM audit_logs')).toEqual([
    {
      tenant_id: tenant.tenantId,
      customer_id: null,
      action_type: 'ADDED',
      action_data: { entity: { name: 'x' } },
    },
  ])
})

test('the partitions of the coming months exist before they are needed; several processes may try at once', async () => {
  await Promise.all([database.db, database.open(), database.open()].map((db) => db.maintenance.run(now)))
  const at = new Date(now)
  const names = [0, 1, 2].map((n) => {
    const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n, 1))
    return `ts_kv_${month.toISOString().slice(0, 7).replace('-', '_')}`
  })
  expect(await partitions('ts_kv')).toEqual(expect.arrayContaining(names))
})

test('settled batches are remembered for two days', async () => {
  const settlement = {
    batchId: uuidV7(),
    acceptedAt: now,
    outcomes: [{ tenantId: tenant.tenantId, stored: 1, finished: 0, deadLettered: 0 }],
    deadLetters: [],
  }
  await database.db.ledger.settle([settlement])
  const known = () => rows('SELECT 1 FROM settled_batches WHERE batch_id = $1', [settlement.batchId])
  await database.db.maintenance.run(now + 1.9 * dayMs)
  expect(await known()).toHaveLength(1)
  await database.db.maintenance.run(now + 2.1 * dayMs)
  expect(await known()).toHaveLength(0)
})

test('the history of a deleted device goes, also what arrived late, and no other', async () => {
  const { db } = database
  const device = await db.devices.save(tenant.scope, { name: 'to be deleted' })
  const write = () =>
    db.telemetry.write(
      [device.id, tenant.device.id].map((entityId) => ({
        ...{ entityId, tenantId: tenant.tenantId, key: 'k', ts: now },
        ...{ type: 'LONG' as const, value: 1, saveTimeseries: true, saveLatest: true },
      })),
    )
  await write()
  await db.devices.delete(tenant.scope, device.id.id)
  await write()
  await db.maintenance.run(Date.now())
  const left = `SELECT e.entity_id FROM ts_kv t JOIN telemetry_entities e ON e.ref = t.entity WHERE e.entity_id = ANY($1)`
  expect(await rows(left, [[device.id.id, tenant.device.id.id]])).toEqual([{ entity_id: tenant.device.id.id }])
  await db.maintenance.run(Date.now() + 2 * dayMs)
  expect(await rows('SELECT 1 FROM telemetry_entities WHERE entity_id = $1', [device.id.id])).toEqual([])
})

test("telemetry goes when the tenant profile's time to live is over", async () => {
  const { db } = database
  const write = (ts: number) => ({
    ...{ entityId: tenant.device.id, tenantId: tenant.tenantId, key: 'ttl', ts },
    ...{ type: 'LONG' as const, value: 1, saveTimeseries: true, saveLatest: false },
  })
  await db.telemetry.write([write(now - 100 * dayMs), write(now - 20 * dayMs), write(now)])
  await db.maintenance.run(now)
  const times = async () =>
    (
      await rows<{ ts: number }>(
        `SELECT ts FROM ts_kv JOIN telemetry_keys k ON k.id = ts_kv.key WHERE k.key = 'ttl' ORDER BY ts`,
      )
    ).map((row) => row.ts)
  expect(await times()).toHaveLength(3)
  await rows(
    `UPDATE tenant_profiles SET profile_data = jsonb_set(profile_data, '{configuration,defaultStorageTtlDays}', '10')`,
  )
  const before = await partitions('ts_kv')
  await db.maintenance.run(now)
  expect(await times()).toEqual([now])
  expect((await partitions('ts_kv')).length).toBeLessThan(before.length)
})

test('dead letters go by age and by number, the oldest first; those on their way back stay', async () => {
  const { db } = database
  const insert = async (tenantId: string, ts: number, replayId: string | null = null) =>
    rows(
      `INSERT INTO dead_letters (id, created_time, tenant_id, queue_name, error, message, replay_id)
       VALUES ($1, $2, $3, 'Main', 'it failed', '{}', $4)`,
      [uuidV7(ts), ts, tenantId, replayId],
    )
  const other = uuidV7(now)
  for (let age = 1; age <= 6; age++) await insert(tenant.tenantId, now - age * dayMs)
  await insert(tenant.tenantId, now - 9 * dayMs, uuidV7(now))
  await insert(other, now - 8 * dayMs)
  await insert(other, now - dayMs)
  const ages = async () =>
    (
      await rows<{ mine: boolean; age: number }>(
        `SELECT tenant_id = $1 AS mine, (($2 - created_time) / ${dayMs})::int AS age FROM dead_letters ORDER BY 1 DESC, 2`,
        [tenant.tenantId, now],
      )
    ).map(({ mine, age }) => `${mine ? 'mine' : 'other'} ${age}`)
  await db.maintenance.run(now, { days: 7, mostPerTenant: 0 })
  expect(await ages()).toEqual([...[1, 2, 3, 4, 5, 6, 9].map((age) => `mine ${age}`), 'other 1'])
  await db.maintenance.run(now, { days: 7, mostPerTenant: 3 })
  expect(await ages()).toEqual(['mine 1', 'mine 2', 'mine 3', 'mine 9', 'other 1'])
})
