import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chainTestReportSchema, type Message, replayReportSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let chainId: string
const file = JSON.parse(
  readFileSync(new URL('../../../../packages/rule-nodes/src/fixtures/tested-chain.json', import.meta.url), 'utf8'),
)
beforeAll(async () => {
  api = await apiUnderTest()
  const { body } = await api.admin.post('/api/ruleChain/import', file)
  chainId = z.object({ ruleChain: z.object({ id: z.object({ id: z.string() }) }) }).parse(body).ruleChain.id.id
})
afterAll(() => api[Symbol.asyncDispose]())

const runTests = async (body: unknown, id = chainId) => {
  const answer = await api.admin.post(`/api/ruleChain/${id}/runTests`, body)
  return {
    status: answer.status,
    reports: z.array(chainTestReportSchema).catch([]).parse(answer.body),
    body: answer.body,
  }
}

test('an imported chain passes the tests that its file carries, scripts in both languages included', async () => {
  const { status, reports } = await runTests({})
  expect(status).toBe(200)
  expect(reports.map(({ name, passed, problems }) => [name, passed, problems])).toEqual(
    file.ruleChain.additionalInfo.tests.map(({ name }: { name: string }) => [name, true, []]),
  )
})

test('a drawing that is not saved can be tested, with tests of its own', async () => {
  const metadata = structuredClone(file.metadata)
  metadata.nodes[1].configuration.tbelScript = 'return msg.temperature > 10;'
  const tests = [file.ruleChain.additionalInfo.tests[0]]
  const { reports } = await runTests({ metadata, tests })
  expect(reports).toMatchObject([{ passed: false }])
  expect(reports[0]?.problems).toContain('Expected connection, which did not come: Hot? → False')
  expect((await runTests({ tests })).reports).toMatchObject([{ passed: true }])
})

test('nothing is stored or sent, and what is stored can be read', async () => {
  const { scope, device } = api.tenant
  const originator = device.id
  const tests = [
    {
      name: 'heat',
      message: { originator, data: { temperature: 40 } },
      expect: { effects: [{ kind: 'telemetry' }, { kind: 'attributes' }] },
    },
  ]
  const before = api.messages.length
  expect((await runTests({ tests })).reports).toMatchObject([{ passed: true }])
  expect(await api.db.telemetry.latest(scope, device.id)).toEqual([])
  expect(await api.db.attributes.find(scope, device.id, { scope: 'SERVER_SCOPE', keys: ['heat'] })).toEqual([])
  expect(api.messages).toHaveLength(before)
  // The value is there already: a node that stores changes alone has nothing to store.
  await api.admin.post(`/api/plugins/telemetry/DEVICE/${device.id.id}/SERVER_SCOPE`, { heat: 10 })
  const known = [{ ...tests[0], expect: { effects: [{ kind: 'telemetry' }] } }]
  expect((await runTests({ tests: known })).reports).toMatchObject([{ passed: true, problems: [] }])
})

test('a script without end costs its own test', async () => {
  const metadata = structuredClone(file.metadata)
  metadata.nodes[1].configuration = { scriptLang: 'JS', jsScript: 'for (;;) {}', tbelScript: '' }
  const tests = file.ruleChain.additionalInfo.tests.slice(0, 1)
  const { reports } = await runTests({
    metadata,
    tests: [...tests, { name: 'after', message: { type: 'X', data: {} }, expect: {} }],
  })
  expect(reports.map(({ passed }) => passed)).toEqual([false, true])
})

const keptMessage = (ts: number, data: unknown): Message => ({
  id: randomUUID(),
  ts,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: api.tenant.tenantId,
  originator: api.tenant.device.id,
  customerId: null,
  metadata: { ts: String(ts) },
  dataType: 'JSON',
  data: JSON.stringify(data),
  ruleChainId: null,
  ruleNodeId: null,
})

test('kept messages of a device or a profile run through a changed drawing, and the differences are told', async () => {
  const { device } = api.tenant
  const profileId = device.deviceProfileId
  const profile = z
    .looseObject({ profileData: z.looseObject({}) })
    .parse((await api.admin.get(`/api/deviceProfile/${profileId.id}`)).body)
  const inputLog = { enabled: true, days: 7, maxMessages: 1_000 }
  const saved = await api.admin.post('/api/deviceProfile', {
    ...profile,
    profileData: { ...profile.profileData, inputLog },
  })
  expect(saved.body).toMatchObject({ profileData: { inputLog } })
  const startTs = Date.now() - 60_000
  const data = [{ temperature: 5 }, { temperature: 25 }, { temperature: 45 }, 'not telemetry']
  await api.db.inputLog.append(data.map((one, n) => keptMessage(startTs + n, one)))

  const metadata = structuredClone(file.metadata)
  metadata.nodes[1].configuration.tbelScript = 'return msg.temperature > 20;'
  const replay = async (change: object) => {
    const { status, body } = await api.admin.post(`/api/ruleChain/${chainId}/replay`, {
      entityId: device.id,
      metadata,
      ...change,
    })
    expect([status, body]).toEqual([200, body])
    return replayReportSchema.parse(body)
  }
  const before = api.messages.length
  for (const entityId of [device.id, profileId]) {
    const report = await replay({ entityId })
    expect(report).toMatchObject({ messages: 4, different: 1, failedBefore: 1, failedAfter: 1, isComplete: true })
    const [difference] = report.differences
    expect(difference?.message.data).toBe('{"temperature":25}')
    expect(difference?.before.steps.map(({ node }) => node)).not.toContain('Note the heat')
    expect(difference?.after.effects).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'attributes', values: { heat: -5 } })]),
    )
  }
  expect(await replay({ metadata: file.metadata })).toMatchObject({ messages: 4, different: 0, differences: [] })
  expect(await replay({ against: metadata })).toMatchObject({ different: 0 })
  expect(await replay({ startTs: startTs + 1, endTs: startTs + 1 })).toMatchObject({ messages: 1, different: 1 })
  expect(await replay({ limit: 1 })).toMatchObject({ messages: 1, failedAfter: 1 })
  expect(await api.db.telemetry.latest(api.tenant.scope, device.id)).toEqual([])
  expect(api.messages).toHaveLength(before)
})

test('a replay wants a device or a device profile of the tenant, and both drawings sound', async () => {
  const replay = (body: object) =>
    api.admin.post(`/api/ruleChain/${chainId}/replay`, {
      entityId: api.tenant.device.id,
      metadata: file.metadata,
      ...body,
    })
  const asset = await replay({ entityId: { entityType: 'RULE_CHAIN', id: chainId } })
  expect(asset).toMatchObject({ status: 400, body: { message: expect.stringContaining('devices') } })
  expect((await replay({ entityId: api.stranger.device.id })).status).toBeGreaterThanOrEqual(400)
  expect((await replay({ against: { ...file.metadata, firstNodeIndex: 99 } })).status).toBe(400)
  expect((await replay({ limit: 10_001 })).status).toBe(400)
})

test('broken drawings and tests are refused with a reason, and strangers see nothing', async () => {
  const broken = { ...file.metadata, connections: [{ fromIndex: 0, toIndex: 99, type: 'True' }] }
  expect(await runTests({ metadata: broken })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('99') },
  })
  expect(await runTests({ tests: [{ name: 'no message' }] })).toMatchObject({ status: 400 })
  expect(
    await runTests({ tests: Array.from({ length: 201 }, () => file.ruleChain.additionalInfo.tests[0]) }),
  ).toMatchObject({ status: 400 })
  const stranger = await api.strangerAdmin.post(`/api/ruleChain/${chainId}/runTests`, {})
  expect([403, 404]).toContain(stranger.status)
})
