import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BatchSettlement } from './database.ts'
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

const minute = (n: number) => Date.UTC(2026, 5, 1, 0, n)
const all = { fromMs: 0, toMs: minute(1_000) }
const page = { page: 0, pageSize: 100 }

const settlement = (acceptedAt: number, outcomes: BatchSettlement['outcomes'], letters = 0): BatchSettlement => ({
  batchId: uuidV7(),
  acceptedAt,
  outcomes,
  deadLetters: Array.from({ length: letters }, (_, n) => ({
    id: uuidV7(),
    tenantId: mine.tenantId,
    queueName: 'Main',
    ruleChainId: mine.rootChain.id.id,
    ruleNodeId: null,
    error: `it \u0000 failed ${n}`,
    message: { data: 'with \u0000 inside', n },
  })),
})

test('a batch that runs twice, also at the same time in two processes, counts once', async () => {
  const batch = settlement(
    minute(1) + 30_000,
    [{ tenantId: mine.tenantId, stored: 5, finished: 2, deadLettered: 1 }],
    1,
  )
  const fresh = settlement(minute(1), [{ tenantId: mine.tenantId, stored: 1, finished: 0, deadLettered: 0 }])
  await Promise.all([database.db.ledger.settle([batch]), database.open().ledger.settle([batch, fresh])])
  await database.db.ledger.settle([batch])
  const [row] = await database.db.ledger.read(mine.scope, { fromMs: minute(1), toMs: minute(2) })
  expect(row).toEqual({
    ...{ tenantId: mine.tenantId, minuteMs: minute(1), accepted: 0, rejected: 0 },
    ...{ stored: 6, finished: 2, deadLettered: 1 },
  })
  const letters = await database.db.deadLetters.list(mine.scope, page)
  expect(letters.totalElements).toBe(1)
  expect(letters.data[0]).toMatchObject({
    ...{ tenantId: mine.tenantId, queueName: 'Main', ruleChainId: mine.rootChain.id.id, ruleNodeId: null },
    error: 'it \uFFFD failed 0',
  })
  const letter = await database.db.deadLetters.find(mine.scope, letters.data[0]?.id ?? '')
  expect(letter?.message).toEqual({ data: 'with \u0000 inside', n: 0 })
})

test('a settlement that cannot be written leaves nothing, and can be repeated', async () => {
  const at = minute(2)
  const good = settlement(at, [{ tenantId: mine.tenantId, stored: 3, finished: 0, deadLettered: 0 }], 1)
  const [letter] = good.deadLetters
  if (!letter) throw new Error('no letter')
  await expect(
    database.db.ledger.settle([{ ...good, deadLetters: [{ ...letter, id: 'not an id' }] }]),
  ).rejects.toThrow()
  expect(await database.db.ledger.read(mine.scope, { fromMs: at, toMs: at + 1 })).toEqual([])
  await database.db.ledger.settle([good])
  expect(await database.db.ledger.read(mine.scope, { fromMs: at, toMs: at + 1 })).toMatchObject([{ stored: 3 }])
})

test('accepted counts are absolute: repeated and late calls do not lower them; the books balance', async () => {
  const at = minute(3)
  const row = { tenantId: mine.tenantId, minuteMs: at }
  await database.db.ledger.settle([
    settlement(at, [{ tenantId: mine.tenantId, stored: 8, finished: 1, deadLettered: 0 }]),
  ])
  await database.db.ledger.recordAccepted([{ ...row, accepted: 12, rejected: 3 }])
  await database.db.ledger.recordAccepted([{ ...row, accepted: 12, rejected: 3 }])
  await database.db.ledger.recordAccepted([{ ...row, accepted: 7, rejected: 1 }])
  const [found] = await database.db.ledger.read(mine.scope, { fromMs: at, toMs: at + 1 })
  expect(found).toMatchObject({ accepted: 12, rejected: 3, stored: 8, finished: 1, deadLettered: 0 })
  expect(found && found.accepted - found.rejected).toBe(9)
})

test('processes that settle the same minutes at once lose nothing', async () => {
  const databases = [database.db, database.open(), database.open()]
  const tenants = [mine.tenantId, other.tenantId]
  await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const order = n % 2 ? tenants : [...tenants].reverse()
      const outcomes = order.map((tenantId) => ({ tenantId, stored: 1, finished: 1, deadLettered: 0 }))
      return databases[n % 3]?.ledger.settle([
        settlement(minute(n % 2 ? 5 : 6), outcomes),
        settlement(minute(n % 2 ? 6 : 5), outcomes),
      ])
    }),
  )
  const rows = await database.db.ledger.read({ kind: 'system' }, { fromMs: minute(5), toMs: minute(7) })
  expect(rows).toHaveLength(4)
  expect(rows.every((row) => row.stored === 60 && row.finished === 60)).toBe(true)
})

test('a tenant reads its own books and letters, a customer none, the system all', async () => {
  const tenantsOf = async (scope: Parameters<typeof database.db.ledger.read>[0]) => [
    ...new Set((await database.db.ledger.read(scope, all)).map((row) => row.tenantId)),
  ]
  expect(await tenantsOf(mine.scope)).toEqual([mine.tenantId])
  expect(await tenantsOf(mine.customerScope)).toEqual([])
  expect((await tenantsOf({ kind: 'system' })).sort()).toEqual([mine.tenantId, other.tenantId].sort())
  expect((await database.db.deadLetters.list(other.scope, page)).totalElements).toBe(0)
  expect((await database.db.deadLetters.list(mine.customerScope, page)).totalElements).toBe(0)
  const own = await database.db.deadLetters.list(mine.scope, { ...page, pageSize: 1, textSearch: 'FAILED' })
  expect(own).toMatchObject({ totalElements: 2, hasNext: true })
})
