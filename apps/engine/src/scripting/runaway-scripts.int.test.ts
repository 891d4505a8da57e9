import { entityId, liveBusEventSchema } from '@thingwire/contracts'
import { seedTenant, type SeededTenant, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditLedger } from '../ledger/audit.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

let services: TestServices
let engine: TestEngine
let listener: Redis
beforeAll(async () => {
  services = await startTestServices()
  // All devices share one partition.
  engine = await startTestEngine(services, { QUEUE_PARTITIONS: '1' })
  listener = new Redis(services.redisUrl)
})
afterAll(async () => {
  listener.disconnect()
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

/** A tenant whose messages are stored when its script says true, or when they leave it by another connection. */
const tenantWith = async (script: string, connection = 'True'): Promise<SeededTenant> => {
  const tenant = await seedTenant(services.db)
  const node = (type: string, name: string, configuration: Record<string, unknown>) => ({
    type: `org.thingsboard.rule.engine.${type}`,
    name,
    singletonMode: false,
    configurationVersion: 0,
    configuration,
  })
  await services.db.ruleChains.saveMetadata(tenant.scope, {
    ruleChainId: tenant.rootChain.id,
    version: tenant.rootChain.version,
    firstNodeIndex: 0,
    nodes: [
      node('filter.TbJsFilterNode', 'script', { scriptLang: 'JS', jsScript: script, tbelScript: '' }),
      node('telemetry.TbMsgTimeseriesNode', 'save', { defaultTTL: 0 }),
    ],
    connections: [{ fromIndex: 0, toIndex: 1, type: connection }],
  })
  return tenant
}

const send = async (tenant: SeededTenant, n: number): Promise<void> => {
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${tenant.token}/telemetry`
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify({ n }) })
  expect(status).toBe(200)
}
/** Not of what tells that a device has become active: no chain here does anything with that. */
const deadLetters = async ({ scope }: SeededTenant) =>
  (await services.db.deadLetters.list(scope, { page: 0, pageSize: 100, sortOrder: 'DESC' })).data.filter(
    ({ messageType }) => messageType === 'POST_TELEMETRY_REQUEST',
  )
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** When the messages of the tenant's device were stored, by their number: epoch ms, as the live bus has it. */
const watchStored = async ({ tenantId, device }: SeededTenant): Promise<Map<number, number>> => {
  const stored = new Map<number, number>()
  const member = `${tenantId}/${device.id.id}`
  await listener.subscribe(redisChannels.live(tenantId))
  listener.on('message', (channel, text) => {
    if (channel !== redisChannels.live(tenantId)) return
    for (const event of z.array(liveBusEventSchema).parse(JSON.parse(text)))
      if (event.kind === 'telemetry')
        for (const [, value] of event.points.n ?? []) stored.set(Number(value), Date.now())
  })
  await services.redis.zadd(redisKeys.watched, Date.now() + 60_000, member)
  await services.redis.publish(redisChannels.watching, member)
  return stored
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

type Sent = { atMs: number; storedMs: number }

/** Sends messages one after the other until the work is done, and answers when each was sent and stored. */
const sentBeside = async (
  tenant: SeededTenant,
  stored: Map<number, number>,
  work: Promise<unknown>,
): Promise<Sent[]> => {
  const sent = new Map<number, number>()
  const over = new AbortController()
  const end = () => over.abort()
  work.then(end, end)
  while (!over.signal.aborted) {
    const n = nextNumber++
    sent.set(n, Date.now())
    await send(tenant, n)
    await pause(15)
  }
  await work
  await waitFor(() => [...sent.keys()].every((n) => stored.has(n)), {
    what: 'all messages are stored',
    deadlineMs: 20_000,
  })
  return [...sent].map(([n, atMs]) => ({ atMs, storedMs: stored.get(n) ?? 0 }))
}
let nextNumber = 1
const latency = (sent: readonly Sent[]) =>
  percentile(
    sent.map(({ atMs, storedMs }) => storedMs - atMs),
    0.95,
  )

describe('a script that does not end', () => {
  let good: SeededTenant
  let stored: Map<number, number>
  beforeAll(async () => {
    good = await tenantWith('return msg.n >= 0;')
    stored = await watchStored(good)
    await waitFor(async () => {
      await send(good, 0)
      return stored.has(0)
    })
  })

  test.each([
    ['a loop', 'for (;;) {}'],
    ['a regular expression that backtracks', 'return /^(a+)+$/.test("a".repeat(60) + "!");'],
    ['a power of large integers', 'return 7n ** 100000000n > 0n;'],
  ])('%s holds up nobody else in its partition, and nothing is lost', { timeout: 90_000 }, async (_what, body) => {
    const quietMs = latency(await sentBeside(good, stored, pause(1_000)))
    const bad = await tenantWith(body)
    const givenUp: { fromMs: number; untilMs: number }[] = []
    const hostile = async () => {
      for (let n = 1; n <= 3; n++) {
        const fromMs = Date.now()
        await send(bad, n)
        await waitFor(async () => (await deadLetters(bad)).length === n, {
          what: `message ${n} is given up`,
          deadlineMs: 20_000,
        })
        givenUp.push({ fromMs, untilMs: Date.now() })
      }
    }
    const beside = await sentBeside(good, stored, hostile())
    // While a message was tried others came, and were stored before it was given up.
    const passed = givenUp.map(({ fromMs, untilMs }) => {
      const during = beside.filter(({ atMs }) => atMs > fromMs + 100 && atMs < untilMs - 200)
      return [during.length, during.filter(({ storedMs }) => storedMs < untilMs).length]
    })
    const [during = 0, before = 0] = [0, 1].map((at) => passed.reduce((sum, pair) => sum + (pair[at] ?? 0), 0))
    expect(during).toBeGreaterThan(5)
    expect(before / during).toBeGreaterThan(0.8)
    // Who waited for it would wait for as long as it is tried, most of a second; a busy machine takes some of this, too.
    expect(latency(beside)).toBeLessThan(Math.max(600, 5 * quietMs))
    for (const { error } of await deadLetters(bad))
      expect(error).toMatch(/^Script (execution timed out|invocation is blocked due to maximum error count 3)/)

    const now = Date.now()
    const range = { fromMs: now - 3_600_000, toMs: now + 60_000 }
    const { tenants } = await auditLedger({ database: services.db, redis: services.redis }, range)
    expect(tenants.map(({ difference }) => difference)).toEqual(tenants.map(() => 0))
    const ids = entityId('DEVICE', good.device.id.id)
    const history = await services.db.telemetry.latest(good.scope, ids, ['n'])
    expect(history).toMatchObject([{ value: nextNumber - 1 }])
  })
})

test('the message of a script that does not end is out of its node within a second, from the device to what follows a failure', {
  timeout: 60_000,
}, async () => {
  const tenant = await tenantWith('if (msg.n > 0) for (;;) {} throw new Error("not yet");', 'Failure')
  const stored = await watchStored(tenant)
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { username: tenant.token })
  const publish = (n: number) => client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ n }), { qos: 1 })
  // Chain and processes are there, as on any day but the first.
  await publish(0)
  await waitFor(() => stored.has(0), { deadlineMs: 20_000 })
  const tookMs: number[] = []
  // After three the script is suspended, and fails at once.
  for (const n of [1, 2, 3]) {
    const fromMs = Date.now()
    await publish(n)
    await waitFor(() => stored.has(n), { what: `message ${n} has failed`, deadlineMs: 20_000 })
    tookMs.push((stored.get(n) ?? Number.NaN) - fromMs)
  }
  await client.endAsync()
  // Some of the time is processor time, so one of three will do on a machine that is busy with other tests.
  expect(Math.min(...tookMs)).toBeGreaterThan(300)
  expect(Math.min(...tookMs)).toBeLessThan(1_000)
})
