import { randomUUID } from 'node:crypto'
import type { BatchSettlement } from '@thingwire/db'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { startTestServices, type TestServices } from '../testing/test-engine.ts'
import { auditLedger } from './audit.ts'
import { countOutcomes, moveOutcomes } from './outcomes.ts'

let services: TestServices
beforeAll(async () => {
  services = await startTestServices()
})
afterAll(() => services[Symbol.asyncDispose]())
beforeEach(async () => {
  await services.redis.del(redisKeys.ledgerOutcomes, redisKeys.ledgerMoving, redisKeys.settledBatches)
})

let nextMinute = Date.UTC(2026, 3, 1)
/** Every test counts in a minute of its own. */
const newMinute = () => (nextMinute += 60_000)

const batch = (acceptedAt: number, stored: number, deadLetters = 0): BatchSettlement => ({
  batchId: randomUUID(),
  acceptedAt,
  outcomes: [{ tenantId: services.tenant.tenantId, stored, finished: 0, deadLettered: deadLetters }],
  deadLetters: Array.from({ length: deadLetters }, () => ({
    ...{ id: randomUUID(), tenantId: services.tenant.tenantId, queueName: 'Main', ruleChainId: null, ruleNodeId: null },
    ...{ error: 'it failed', message: {} },
  })),
})

const rowsOf = async (minuteMs: number) => {
  const range = { fromMs: minuteMs, toMs: minuteMs + 60_000, attempts: 1 }
  const { rows } = await auditLedger({ database: services.db, redis: services.redis }, range)
  return rows.map(({ stored, finished, deadLettered }) => ({ stored, finished, deadLettered }))
}
const stored = (count: number) => [{ stored: count, finished: 0, deadLettered: 0 }]
const move = () => moveOutcomes(services.redis, services.db.ledger)

test('a batch that runs again counts once, however it ends the second time', async () => {
  const at = newMinute()
  const first = batch(at, 3)
  expect(await countOutcomes(services.redis, 'Main-0', first)).toBe('redis')
  expect(await countOutcomes(services.redis, 'Main-0', first)).toBe('redis')
  const failing = { ...batch(at, 2, 1), batchId: first.batchId }
  expect(await countOutcomes(services.redis, 'Main-0', failing)).toBe('redis')
  expect(await rowsOf(at)).toEqual(stored(3))
})

test('a batch whose dead letters go to the database is counted there, also when its second run has none', async () => {
  const at = newMinute()
  const first = batch(at, 2, 1)
  expect(await countOutcomes(services.redis, 'Main-0', first)).toBe('database')
  const clean = { ...batch(at, 3), batchId: first.batchId }
  expect(await countOutcomes(services.redis, 'Main-0', clean)).toBe('database')
  expect(await rowsOf(at)).toEqual([])
})

test('batches that are settled beside each other count once each, in whatever order they run again', async () => {
  const at = newMinute()
  const [first, second] = [batch(at, 3), batch(at, 4)]
  for (const one of [first, second, first, second]) {
    expect(await countOutcomes(services.redis, 'Main-0', one, true)).toBe('redis')
    await countOutcomes(services.redis, 'Main-0', batch(newMinute(), 1))
  }
  // Nothing is beside it any more when it runs for the last time.
  expect(await countOutcomes(services.redis, 'Main-0', first)).toBe('redis')
  expect(await rowsOf(at)).toEqual(stored(7))
})

test('partitions count for themselves, and the next batch of a partition counts', async () => {
  const at = newMinute()
  for (const partition of ['Main-0', 'Main-1', 'Main-0', 'Main-1'])
    await countOutcomes(services.redis, partition, batch(at, 5))
  expect(await rowsOf(at)).toEqual(stored(20))
})

test('outcomes are the same before, during and after their move', async () => {
  const at = newMinute()
  await countOutcomes(services.redis, 'Main-0', batch(at, 5))
  expect(await rowsOf(at)).toEqual(stored(5))
  const diesBefore = async () => Promise.reject(new Error('killed'))
  await expect(moveOutcomes(services.redis, { addOutcomes: diesBefore })).rejects.toThrow('killed')
  await countOutcomes(services.redis, 'Main-0', batch(at, 2))
  expect(await rowsOf(at)).toEqual(stored(7))
  const diesAfter: Parameters<typeof moveOutcomes>[1]['addOutcomes'] = async (id, counts) => {
    await services.db.ledger.addOutcomes(id, counts)
    throw new Error('killed')
  }
  await expect(moveOutcomes(services.redis, { addOutcomes: diesAfter })).rejects.toThrow('killed')
  expect(await rowsOf(at)).toEqual(stored(7))
  // The first set, which had reached the database, and then the second one.
  await move()
  expect(await rowsOf(at)).toEqual(stored(7))
  await move()
  expect(await rowsOf(at)).toEqual(stored(7))
  expect(await services.redis.exists(redisKeys.ledgerOutcomes, redisKeys.ledgerMoving)).toBe(0)
})

test('processes that move at the same time lose nothing and count nothing twice', async () => {
  const at = newMinute()
  for (let n = 0; n < 20; n++) {
    await countOutcomes(services.redis, `Main-${n % 4}`, batch(at, 1))
    await Promise.all([move(), move(), move()])
  }
  const rows = await services.db.ledger.read({ kind: 'system' }, { fromMs: at, toMs: at + 60_000 })
  expect(rows).toMatchObject(stored(20))
})
