import { readFileSync } from 'node:fs'
import { chainTestReportSchema } from '@thingwire/contracts'
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
