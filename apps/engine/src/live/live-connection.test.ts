import { AppError, type LiveSubscribe, type LiveUpdate } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import { createFeed } from './feed.ts'
import { createLiveConnection } from './live-connection.ts'

const request = (id: string): LiveSubscribe => ({
  kind: 'latest',
  id,
  entityId: { entityType: 'DEVICE', id: '01a1fdc6-8308-71ba-a218-57c01ab6dd91' },
})
const value = (n: number): Change => ({ kind: 'latest', values: { t: [n, n] } })

const setUp = (snapshot: () => Promise<Change> = async () => value(0)) => {
  const sent: LiveUpdate[][] = []
  const client = { ready: true }
  const released: string[] = []
  const feed = createFeed({
    snapshot,
    delta: (event) => (event.kind === 'telemetry' ? value(event.points.t?.[0]?.[0] ?? 0) : null),
    news: () => null,
  })
  const connection = createLiveConnection({
    principal: { userId: 'u', authority: 'TENANT_ADMIN', tenantId: 't', customerId: null },
    client: { isReady: () => client.ready, send: (updates) => sent.push(updates) },
    topics: {
      acquire: async ({ id }) => ({ feed, release: () => released.push(id) }),
    },
    queries: { open: () => Promise.reject(new Error('not asked here')) },
    editors: { open: () => Promise.reject(new Error('not asked here')), require: async () => ({ tenantId: 't' }) },
    access: { require: async () => ({ tenantId: 't' }) },
    onPending: () => {},
    onError: () => {},
  })
  const happen = (n: number) =>
    feed.onEvent({ kind: 'telemetry', tenantId: 't', entityId: 'e', points: { t: [[n, n]] } })
  return { connection, sent, client, released, happen, feed }
}

test('a client that does not read gets one update with the newest values when it reads again', async () => {
  const { connection, sent, client, happen } = setUp()
  await connection.subscribe(request('a'))
  client.ready = false
  for (let n = 1; n <= 10_000; n++) {
    happen(n)
    expect(connection.flush()).toBe(false)
  }
  expect(sent).toHaveLength(1)
  client.ready = true
  expect(connection.flush()).toBe(true)
  expect(sent[1]).toEqual([{ id: 'a', ...value(10_000) }])
})

test('an id that is used again replaces the subscription', async () => {
  const { connection, sent, happen } = setUp()
  await connection.subscribe(request('a'))
  await connection.subscribe(request('a'))
  happen(1)
  connection.flush()
  expect(sent.at(-1)).toEqual([{ id: 'a', ...value(1) }])
  expect(connection.subscriptionCount()).toBe(1)
})

test('unsubscribing while the state is read sends nothing and gives the feed back', async () => {
  const reads: ((change: Change) => void)[] = []
  const { connection, sent, released, feed } = setUp(() => new Promise((resolve) => reads.push(resolve)))
  const answer = connection.subscribe(request('a'))
  await expect.poll(() => reads.length).toBe(1)
  connection.unsubscribe('a')
  reads[0]?.(value(0))
  await answer
  expect(sent).toEqual([])
  expect(released).toContain('a')
  expect(feed.isEmpty()).toBe(true)
})

test('a failing read is an answer and leaves no subscription', async () => {
  const { connection } = setUp(async () => {
    throw new AppError('DATABASE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.1')
  })
  expect(await connection.subscribe(request('a'))).toEqual({
    ok: false,
    code: 'DATABASE_UNAVAILABLE',
    message: 'Database error',
  })
  expect(connection.subscriptionCount()).toBe(0)
})

test('at most eight reads of one client run at a time', async () => {
  const reads: ((change: Change) => void)[] = []
  let running = 0
  let most = 0
  const { connection } = setUp(async () => {
    most = Math.max(most, ++running)
    await new Promise<Change>((resolve) => reads.push(resolve))
    running--
    return value(0)
  })
  const all = Promise.all(Array.from({ length: 20 }, (_, n) => connection.subscribe(request(`s${n}`))))
  let isDone = false
  void all.then(() => {
    isDone = true
  })
  await expect
    .poll(() => {
      for (const resolve of reads.splice(0)) resolve(value(0))
      return isDone
    })
    .toBe(true)
  expect(most).toBeLessThanOrEqual(8)
})
