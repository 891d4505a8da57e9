import { type RuleChainSummary, ruleChainSummarySchema } from '@thingwire/contracts'
import { uuidV7 } from '@thingwire/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const created = z.object({ ruleChain: z.looseObject({ id: z.object({ id: z.string() }), version: z.number() }) })

const caller = (ruleChainId: string) => ({
  id: { entityType: 'RULE_NODE', id: uuidV7() },
  type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
  name: 'call',
  configurationVersion: 1,
  configuration: { ruleChainId, forwardMsgToDefaultRuleChain: false },
})

const newChain = async (nodes: object[]) => {
  const metadata = { firstNodeIndex: null, nodes, connections: [] }
  const answer = await api.admin.post('/api/ruleChain/import', { ruleChain: { name: 'Listed' }, metadata })
  const { id, version } = created.parse(answer.body).ruleChain
  return { id: id.id, version }
}

const ask = async (who: 'admin' | 'strangerAdmin', ids: readonly string[]): Promise<RuleChainSummary[]> =>
  z
    .array(ruleChainSummarySchema)
    .parse((await api[who].get(`/api/ruleChains/summaries?ruleChainIds=${ids.join(',')}`)).body)

test('a list learns of chains how many nodes and uses they have, and who published and edited them', async () => {
  const called = await newChain([])
  const calling = await newChain([caller(called.id.toUpperCase()), caller(called.id), caller(uuidV7())])
  const profile = await api.admin.post('/api/deviceProfile', {
    name: 'Begins there',
    type: 'DEFAULT',
    transportType: 'DEFAULT',
    profileData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
    defaultRuleChainId: { entityType: 'RULE_CHAIN', id: called.id },
  })
  expect(profile.status).toBe(200)
  const document = { metadata: { firstNodeIndex: null, nodes: [], connections: [] }, tests: [] }
  const draft = { revision: null, baseVersion: calling.version, document }
  expect((await api.admin.put(`/api/ruleChain/${calling.id}/draft`, draft)).status).toBe(200)

  const answers = await ask('admin', [called.id, calling.id, uuidV7()])
  const user = { id: api.tenant.admin.userId }
  expect(answers).toHaveLength(2)
  expect(answers.find(({ ruleChainId }) => ruleChainId === called.id)).toMatchObject({
    ...{ nodes: 0, uses: 3, draft: null },
    published: { time: expect.any(Number), user },
  })
  expect(answers.find(({ ruleChainId }) => ruleChainId === calling.id)).toMatchObject({
    ...{ nodes: 3, uses: 0 },
    draft: { time: expect.any(Number), user },
  })

  expect((await api.admin.delete(`/api/ruleChain/${calling.id}/draft`)).status).toBe(200)
  expect(await ask('admin', [calling.id])).toMatchObject([{ draft: null }])
})

test('a list learns nothing of chains of other tenants', async () => {
  const { id } = await newChain([])
  expect(await ask('strangerAdmin', [id])).toEqual([])
})

test('what is no list of ids is refused', async () => {
  for (const query of ['', '?ruleChainIds=x', `?ruleChainIds=${Array.from({ length: 1_001 }, uuidV7).join(',')}`])
    expect((await api.admin.get(`/api/ruleChains/summaries${query}`)).status).toBeGreaterThanOrEqual(400)
})
