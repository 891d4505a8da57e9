import type { RuleNodeScript } from '@thingwire/contracts'
import { testRedis, waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import type { ScriptStatistics } from './script-health.ts'
import { createScriptUses, readScriptUses } from './script-uses.ts'

let api: ApiUnderTest
let redis: Awaited<ReturnType<typeof testRedis>>
beforeAll(async () => {
  api = await apiUnderTest()
  redis = await testRedis()
})
afterAll(async () => {
  await redis[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
beforeEach(() => redis.client.flushdb())

const ruleChainId = '22222222-2222-4222-8222-222222222222'
const nodeId = '11111111-1111-4111-8111-111111111111'
const other = '11111111-1111-4111-8111-222222222222'
const place = { ruleChainId, nodeId }
const well: ScriptStatistics = { calls: 1, messages: 2, errors: 0, timeMs: 3, state: 'active', suspendedUntil: null }

const startUses = async (server: string, now?: () => number) => {
  const uses = createScriptUses({
    openRedis: redisOpener(redis.url, silentLogger),
    server,
    logger: silentLogger,
    ...(now && { now }),
  })
  await uses.start()
  return uses
}
const read = (nowMs = Date.now()) => readScriptUses(redis.client, ruleChainId, nowMs)

test('what the scripts of a chain have done in several processes is added up, and goes with them', async () => {
  const [a, b] = [await startUses('a'), await startUses('b')]
  const until = Date.now() + 60_000
  a.ran(place, () => well)
  a.ran({ ruleChainId, nodeId: other }, () => ({ ...well, errors: 1 }))
  b.ran(place, () => ({ ...well, calls: 5, state: 'suspended', suspendedUntil: until }))
  await waitFor(async () => (await read()).find(({ calls }) => calls === 6))
  const sum = { nodeId, calls: 6, messages: 4, errors: 0, timeMs: 6, state: 'suspended', suspendedUntil: until }
  expect(await read()).toEqual([sum, { nodeId: other, ...well, errors: 1 }])
  await b.stop(Date.now() + 1_000)
  a.stopped(place)
  await waitFor(async () => (await read())[0]?.calls === 5)
  // What b told stands until it is not trusted any more.
  expect(await read(Date.now() + 200_000)).toEqual([])
  await a.stop(Date.now() + 1_000)
})

test('a node that has stopped is forgotten, and the one that follows it tells of itself when it runs', async () => {
  const uses = await startUses('a')
  uses.ran(place, () => well)
  await waitFor(async () => (await read()).length === 1)
  uses.stopped(place)
  await waitFor(async () => (await read()).length === 0)
  uses.ran(place, () => ({ ...well, calls: 9 }))
  await waitFor(async () => (await read())[0]?.calls === 9)
  await uses.stop(Date.now() + 1_000)
})

test('a suspension ends by time alone, without a word of the process that told of it', async () => {
  const uses = await startUses('a')
  uses.ran(place, () => ({ ...well, state: 'suspended', suspendedUntil: Date.now() + 60_000 }))
  await waitFor(async () => (await read())[0]?.state === 'suspended')
  expect(await read(Date.now() + 61_000)).toMatchObject([{ state: 'watched', suspendedUntil: null }])
  await uses.stop(Date.now() + 1_000)
})

test('a script of which nothing is new is written again only to say that its process lives', async () => {
  let nowMs = 1_000_000
  const uses = await startUses('a', () => nowMs)
  const statistics = { ...well }
  uses.ran(place, () => statistics)
  await waitFor(async () => (await read(nowMs)).length === 1)
  const stored = () => redis.client.hget(redisKeys.scriptUses(ruleChainId), `${nodeId}/a`)
  const first = await stored()
  nowMs += 1_000
  uses.ran(place, () => statistics)
  uses.ran({ ruleChainId, nodeId: other }, () => statistics)
  await waitFor(async () => (await read(nowMs)).length === 2)
  expect(await stored()).toBe(first)
  nowMs += 60_000
  await waitFor(async () => (await stored()) !== first)
  await uses.stop(Date.now() + 1_000)
})

test('they are told to administrators of the tenant, and to nobody else', async () => {
  const chainId = api.tenant.rootChain.id.id
  const url = `/api/ruleChain/${chainId}/scripts`
  expect(await api.admin.get(url)).toMatchObject({ status: 200, body: [] })
  const told: RuleNodeScript = { nodeId, ...well }
  const untilMs = Date.now() + 60_000
  await api.redis.hset(redisKeys.scriptUses(chainId), `${nodeId}/a`, JSON.stringify({ ...told, untilMs }))
  expect(await api.admin.get(url)).toMatchObject({ status: 200, body: [told] })
  expect((await api.customer.get(url)).status).toBe(403)
  expect((await api.systemAdmin.get(url)).status).toBe(403)
  expect((await api.strangerAdmin.get(url)).status).toBe(404)
  expect((await api.admin.get(`/api/ruleChain/${nodeId}/scripts`)).status).toBe(404)
  expect((await api.admin.get('/api/ruleChain/nonsense/scripts')).status).toBe(400)
})
