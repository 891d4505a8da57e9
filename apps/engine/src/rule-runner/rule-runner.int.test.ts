import { entityId, liveBusEventSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { auditLedger } from '../ledger/audit.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

let services: TestServices
let engine: TestEngine
beforeAll(async () => {
  services = await startTestServices()
  engine = await startTestEngine(services)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

const send = async (path: 'telemetry' | 'attributes', body: unknown): Promise<number> => {
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${services.tenant.token}/${path}`
  return (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status
}
const deviceId = () => entityId('DEVICE', services.tenant.device.id.id)
const deadLetters = async () =>
  (await services.db.deadLetters.list(services.tenant.scope, { page: 0, pageSize: 100, sortOrder: 'DESC' })).data
const clientAttribute = async (key: string) => {
  const [row] = await services.db.attributes.find(services.tenant.scope, deviceId(), {
    scope: 'CLIENT_SCOPE',
    keys: [key],
  })
  return row?.value
}
const audit = async () => {
  const now = Date.now()
  const range = { fromMs: now - 3_600_000, toMs: now + 60_000 }
  return auditLedger({ database: services.db, redis: services.redis }, range)
}

test('messages of one device are processed in the order of their acknowledgements', async () => {
  for (let n = 1; n <= 60; n++) expect(await send('attributes', { order: n })).toBe(200)
  await waitFor(async () => (await clientAttribute('order')) === 60)
})

test('a change reaches the live bus after it is stored, and only for those who are watched', async () => {
  const { tenantId } = services.tenant
  const listener = new Redis(services.redisUrl)
  const events: z.infer<typeof liveBusEventSchema>[] = []
  await listener.subscribe(redisChannels.live(tenantId))
  listener.on('message', (_channel, text) => events.push(...z.array(liveBusEventSchema).parse(JSON.parse(text))))
  expect(await send('telemetry', { unwatched: 1 })).toBe(200)
  await waitFor(
    async () => (await services.db.telemetry.latest(services.tenant.scope, deviceId(), ['unwatched'])).length,
  )
  expect(events).toEqual([])

  const chainId = services.tenant.rootChain.id.id
  for (const member of [`${tenantId}/${deviceId().id}`, `${tenantId}/chain/${chainId}`]) {
    await services.redis.zadd(redisKeys.watched, Date.now() + 60_000, member)
    await services.redis.publish(redisChannels.watching, member)
  }
  await waitFor(async () => {
    await send('telemetry', { ts: 1_700_000_000_000, values: { watched: 21.5 } })
    return events.some((event) => event.kind === 'telemetry' && event.points.watched)
  })
  const telemetry = events.find((event) => event.kind === 'telemetry')
  expect(telemetry).toMatchObject({
    tenantId,
    entityId: deviceId().id,
    points: { watched: [[1_700_000_000_000, 21.5]] },
  })
  const counters = await waitFor(() => events.find((event) => event.kind === 'rule-chain'))
  expect(counters.nodes.some(({ processed }) => processed > 0)).toBe(true)
  expect(counters.connections).toContainEqual(expect.objectContaining({ type: 'Post telemetry' }))
  listener.disconnect()
})

test('a message that a node fails becomes a dead letter, and its neighbours are stored', async () => {
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${services.tenant.token}/telemetry`
  await fetch(url, { method: 'POST', body: '[{}, {"neighbour": 1}]' })
  const [first] = await waitFor(async () => {
    const found = await deadLetters()
    return found.length > 0 ? found : null
  })
  expect(first).toMatchObject({ queueName: 'Main', error: 'Msg body is empty: {}' })
  const letter = await services.db.deadLetters.find(services.tenant.scope, first?.id ?? '')
  expect(letter?.message).toMatchObject({ data: '{}' })
  await waitFor(
    async () => (await services.db.telemetry.latest(services.tenant.scope, deviceId(), ['neighbour'])).length,
  )
  expect(await waitFor(async () => ((await audit()).isBalanced ? await audit() : null))).toMatchObject({
    isBalanced: true,
  })
})

test.each([
  ['text that is no batch', 'garbage'],
  ['a batch of an unknown version', { version: 99, batchId: 'x', messages: [] }],
])('%s does not block its partition', async (_name, data) => {
  const queue = new Queue(redisKeys.queue('Main', 0), {
    connection: new Redis(services.redisUrl, { maxRetriesPerRequest: null }),
    prefix: redisKeys.bullPrefix,
  })
  const other = new Queue(redisKeys.queue('Main', 1), {
    connection: new Redis(services.redisUrl, { maxRetriesPerRequest: null }),
    prefix: redisKeys.bullPrefix,
  })
  for (const one of [queue, other]) await one.add('batch', data, { jobId: crypto.randomUUID(), removeOnComplete: true })
  const key = `after-${Math.random()}`
  expect(await send('telemetry', { [key]: 1 })).toBe(200)
  await waitFor(async () => (await services.db.telemetry.latest(services.tenant.scope, deviceId(), [key])).length)
  await waitFor(async () => (await queue.getJobCountByTypes('active', 'wait')) === 0)
  for (const one of [queue, other]) await one.close()
})

test('a changed chain is used for the next messages', async () => {
  const { scope, tenantId, rootChain } = services.tenant
  const metadata = await services.db.ruleChains.metadata(scope, rootChain.id.id)
  if (!metadata) throw new Error('The root chain has no metadata')
  // Telemetry is not wired to anything any more: it ends without being stored.
  const connections = metadata.connections.filter(({ type }) => type !== 'Post telemetry')
  await services.db.ruleChains.saveMetadata(scope, { ...metadata, connections })
  const event = { kind: 'rule-chain', tenantId, id: rootChain.id.id }
  await services.redis.publish(redisChannels.invalidation, JSON.stringify(event))
  const finished = async () => (await audit()).tenants.reduce((sum, tenant) => sum + tenant.finished, 0)
  const before = await finished()
  await waitFor(async () => {
    await send('telemetry', { unwired: 1 })
    return (await finished()) > before
  })
  const current = await services.db.ruleChains.metadata(scope, rootChain.id.id)
  await services.db.ruleChains.saveMetadata(scope, { ...metadata, version: current?.version ?? null })
  await services.redis.publish(redisChannels.invalidation, JSON.stringify(event))
})

test('a Redis without memory refuses new messages and keeps what it has', async () => {
  expect(await send('telemetry', { before: 1 })).toBe(200)
  await services.redis.config('SET', 'maxmemory', '1')
  const refused = await waitFor(
    async () => {
      const status = await send('telemetry', { during: 1 })
      return status === 200 ? null : status
    },
    { deadlineMs: 10_000 },
  )
  expect(refused).toBe(503)
  await services.redis.config('SET', 'maxmemory', '0')
  await waitFor(async () => (await send('telemetry', { later: 1 })) === 200, { deadlineMs: 10_000 })
  await waitFor(async () => (await audit()).isBalanced, { deadlineMs: 15_000 })
})
