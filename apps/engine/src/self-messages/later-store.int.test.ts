import { randomUUID } from 'node:crypto'
import type { Message } from '@thingwire/contracts'
import { ownRedis, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { createLaterStore, type LaterStore } from './later-store.ts'
import { createSelfMessages } from './self-messages.ts'

let server: Awaited<ReturnType<typeof ownRedis>>
let redis: Redis
let store: LaterStore
beforeAll(async () => {
  server = await ownRedis()
  redis = new Redis(server.url)
  store = createLaterStore(() => redis)
})
afterAll(async () => {
  redis.disconnect()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => redis.flushall())

const nodeId = randomUUID()
const message = (data: string): Message => ({
  id: randomUUID(),
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: randomUUID(),
  originator: { entityType: 'DEVICE', id: '22222222-2222-4222-8222-222222222222' },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data,
  ruleChainId: randomUUID(),
  ruleNodeId: nodeId,
})
const entry = (key: string, dueMs = 1, data = key) => ({
  key,
  dueMs,
  entry: { queueName: 'Main', message: message(data) },
})
const dataOf = (claimed: readonly { message: Message }[]) => claimed.map(({ message: { data } }) => data)

test('of one key the earlier message stays, and a node keeps no more than it may', async () => {
  expect(await store.keep(nodeId, [entry('a'), entry('a', 1, 'later'), entry('b'), entry('c')], 2)).toEqual([
    'kept',
    'known',
    'kept',
    'full',
  ])
  expect(dataOf(await store.claim(1, 100, 10)).sort()).toEqual(['a', 'b'])
})

test('what is cancelled is not sent', async () => {
  await store.keep(nodeId, [entry('a'), entry('b')], 10)
  await store.cancel(nodeId, ['a', 'unknown'])
  expect(dataOf(await store.claim(1, 100, 10))).toEqual(['b'])
})

test('a claim is for one process until its time is over, and gives its key up', async () => {
  const other = createLaterStore(() => redis)
  await store.keep(nodeId, [entry('a')], 10)
  const [first] = await store.claim(1, 100, 10)
  expect(await other.claim(99, 200, 10)).toEqual([])
  expect(await store.keep(nodeId, [entry('a', 500, 'next')], 10)).toEqual(['kept'])
  const [again] = await other.claim(100, 200, 10)
  expect(again).toEqual(first)
  await other.forget([again?.member ?? ''])
  expect(dataOf(await store.claim(500, 600, 10))).toEqual(['next'])
})

test('a series moves on from the state that was seen, or not at all', async () => {
  const change = { nodeId, name: 's', next: entry('1') }
  expect(await store.swapSeries({ ...change, expected: '', state: 'one' })).toBe(true)
  expect(await store.swapSeries({ ...change, expected: '', state: 'two', next: entry('2') })).toBe(false)
  expect(await store.series(nodeId, 's')).toBe('one')
  expect(dataOf(await store.claim(1, 100, 10))).toEqual(['1'])
})

test('a message that its queue refuses stays, and is sent when the queue takes it', async () => {
  const sent: string[] = []
  let refusals = 0
  const parts = createSelfMessages({
    openRedis: redisOpener(server.url, silentLogger),
    queue: {
      submitInternal: async (_queue, _originator, messages) => {
        if (refusals++ === 0) throw new Error('no room')
        sent.push(...messages.map(({ data }) => data))
      },
    },
    logger: silentLogger,
    leaseMs: 50,
  })
  await store.keep(nodeId, [entry('a')], 10)
  await parts.start()
  await waitFor(() => refusals === 1)
  expect(await redis.hlen(redisKeys.later(nodeId))).toBe(1)
  await waitFor(
    () => {
      parts.arm(Date.now())
      return sent.length === 1
    },
    { deadlineMs: 20_000 },
  )
  await waitFor(async () => (await redis.exists(redisKeys.later(nodeId), redisKeys.laterDue)) === 0)
  expect([sent, refusals]).toEqual([['a'], 2])
  await parts.stop(Date.now() + 1_000)
})
