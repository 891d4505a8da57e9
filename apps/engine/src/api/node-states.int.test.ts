import type { RuleNodeState } from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(() => api.redis.del(redisKeys.nodeStates(chainId())))

const chainId = () => api.tenant.rootChain.id.id
const url = () => `/api/ruleChain/${chainId()}/nodeStates`
const nodeId = '11111111-1111-4111-8111-111111111111'
const failed: RuleNodeState = {
  ...{ nodeId, state: 'failed', reason: 'the broker is away', since: 5, attempts: 2, nextAttempt: 9 },
}
const tell = (process: string, state: RuleNodeState, untilMs: number) =>
  api.redis.hset(redisKeys.nodeStates(chainId()), `${state.nodeId}/${process}`, JSON.stringify({ ...state, untilMs }))

test('the nodes of a chain that are not active are told to its administrators, and to nobody else', async () => {
  expect(await api.admin.get(url())).toMatchObject({ status: 200, body: [] })
  await tell('a', failed, Date.now() + 60_000)
  expect(await api.admin.get(url())).toMatchObject({ status: 200, body: [failed] })
  expect((await api.customer.get(url())).status).toBe(403)
  expect((await api.strangerAdmin.get(url())).status).toBe(404)
  expect((await api.admin.get('/api/ruleChain/nonsense/nodeStates')).status).toBe(400)
})

test('where processes differ the latest word counts, and that of a process which has gone counts no more', async () => {
  await tell('a', failed, Date.now() + 60_000)
  await tell('b', { ...failed, since: 7, reason: 'worse' }, Date.now() + 60_000)
  expect((await api.admin.get(url())).body).toMatchObject([{ reason: 'worse' }])
  await tell('b', { ...failed, since: 7, reason: 'worse' }, Date.now() - 1)
  expect((await api.admin.get(url())).body).toMatchObject([{ reason: 'the broker is away' }])
})
