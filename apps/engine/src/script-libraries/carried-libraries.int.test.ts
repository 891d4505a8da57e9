import { ruleChainSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const { scope } of [api.tenant, api.stranger]) {
    const { data } = await api.db.scriptLibraries.list(scope, { page: 0, pageSize: 1_000 })
    for (const { id } of data) await api.db.scriptLibraries.delete(scope, id.id)
  }
})

const units = {
  name: 'units',
  language: 'JS',
  description: 'Of heat',
  body: 'function toF(c) { return c * 1.8 + 32; }',
}
const geo = {
  name: 'geo',
  language: 'JS',
  description: null,
  body: '// @use units\nfunction twice(c) { return 2 * toF(c); }',
}
const script = '// @use geo\nreturn twice(msg.c) > 100;'
const filterNode = (jsScript: string) => ({
  ...{ type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode', name: 'Hot?', configurationVersion: 0 },
  configuration: { scriptLang: 'JS', jsScript, tbelScript: '// @use other' },
})
const fileSchema = z.looseObject({
  ruleChain: z.looseObject({ name: z.string(), additionalInfo: z.record(z.string(), z.unknown()).nullable() }),
  metadata: z.looseObject({}),
})
const importedSchema = z.looseObject({
  ruleChain: z.looseObject({ id: z.looseObject({ id: z.string() }), additionalInfo: z.unknown() }),
  warnings: z.array(z.string()),
  scriptLibraries: z.array(z.unknown()),
})

const saveLibraries = async (client: Client, ...libraries: object[]) => {
  for (const library of libraries) expect((await client.post('/api/scriptLibrary', library)).status).toBe(200)
}
const drawn = async (jsScript = script, additionalInfo: object = { description: 'why' }) => {
  const chain = ruleChainSchema.parse((await api.admin.post('/api/ruleChain', { name: 'Heat', additionalInfo })).body)
  const nodes = [filterNode(jsScript)]
  const saved = await api.admin.post('/api/ruleChain/metadata', {
    ruleChainId: chain.id,
    firstNodeIndex: 0,
    nodes,
    connections: [],
  })
  expect(saved.status, saved.text).toBe(200)
  return chain.id.id
}
const exported = async (id: string) => fileSchema.parse((await api.admin.get(`/api/ruleChain/${id}/export`)).body)
const imported = async (client: Client, file: unknown) => {
  const { status, text, body } = await client.post('/api/ruleChain/import', file)
  expect(status, text).toBe(200)
  return importedSchema.parse(body)
}
const fileWith = (scriptLibraries: unknown) => ({
  ruleChain: { name: 'Heat', additionalInfo: { description: 'why', scriptLibraries } },
  metadata: { nodes: [filterNode(script)], connections: [] },
})
const made = (name: string) => ({ name, outcome: 'made', problem: null })
const bodiesOf = async (tenantId: string) =>
  (await api.db.scriptLibraries.byNames(tenantId, ['units', 'geo'])).map(({ name, body }) => `${name}: ${body}`).sort()

describe('a rule chain file', () => {
  test('carries the libraries that its scripts use, and makes them where they are missing', async () => {
    await saveLibraries(api.admin, units, geo, { ...units, name: 'unused' })
    const file = await exported(await drawn())
    expect(file.ruleChain.additionalInfo).toEqual({ description: 'why', scriptLibraries: [geo, units] })
    const { ruleChain, warnings, scriptLibraries } = await imported(api.strangerAdmin, file)
    expect([warnings, scriptLibraries]).toEqual([[], [made('units'), made('geo')]])
    expect(ruleChain.additionalInfo).toEqual({ description: 'why' })
    expect(await bodiesOf(api.stranger.tenantId)).toEqual(await bodiesOf(api.tenant.tenantId))
    const again = await api.strangerAdmin.get(`/api/ruleChain/${ruleChain.id.id}/export`)
    expect(fileSchema.parse(again.body).ruleChain).toEqual(file.ruleChain)
  })

  test('leaves a library as it is that is here already, and says when it differs', async () => {
    await saveLibraries(api.admin, units, geo)
    const file = await exported(await drawn())
    expect(await imported(api.admin, file)).toMatchObject({
      warnings: [],
      scriptLibraries: [
        { name: 'units', outcome: 'same' },
        { name: 'geo', outcome: 'same' },
      ],
    })
    await saveLibraries(api.strangerAdmin, { ...units, body: 'function toF(c) { return c; }' })
    expect(await imported(api.strangerAdmin, file)).toMatchObject({
      warnings: ['Script library "units" is here already and differs from that of the file; it stays as it is.'],
      scriptLibraries: [{ name: 'units', outcome: 'kept' }, made('geo')],
    })
    expect(await bodiesOf(api.stranger.tenantId)).toContain('units: function toF(c) { return c; }')
  })

  test('without libraries has no word of them, whatever its chain was given', async () => {
    const id = await drawn('return true;', { scriptLibraries: [units] })
    expect((await exported(id)).ruleChain.additionalInfo).toEqual({})
    const missing = await exported(await drawn('// @use nowhere\nreturn true;'))
    expect(missing.ruleChain.additionalInfo).toEqual({ description: 'why' })
  })

  test.each([
    ['something else than libraries', 'none', ['left out: scriptLibraries: ']],
    ['a library without a name', [{ ...units, name: '' }], ['left out: scriptLibraries.0.name: ']],
    [
      'a library with a mistake',
      [{ ...units, body: 'let n;' }],
      ['"units" of the file cannot be made: Library units: Line 1'],
    ],
    ['one that uses what is missing', [geo], ['"geo" of the file cannot be made: There is no script library "units"']],
    [
      'a circle',
      [{ ...units, body: '// @use geo\n' }, geo],
      ['"geo" of the file cannot be made', '"units" of the file cannot be made'],
    ],
  ])('with %s is imported all the same, with the reason', async (_name, libraries, texts) => {
    const { warnings } = await imported(api.admin, fileWith(libraries))
    expect(warnings).toEqual(texts.map((text) => expect.stringContaining(text)))
    expect(await bodiesOf(api.tenant.tenantId)).toEqual([])
  })
})

test('a file of several chains carries their libraries, too', async () => {
  await saveLibraries(api.admin, units, geo)
  await drawn()
  const { body } = await api.admin.get('/api/ruleChains/export?limit=1000')
  await saveLibraries(api.strangerAdmin, { ...units, body: '' })
  const { status, body: results } = await api.strangerAdmin.post('/api/ruleChains/import', body)
  expect(status).toBe(200)
  expect(results).toContainEqual(
    expect.objectContaining({
      ruleChainName: 'Heat',
      error: null,
      warnings: [expect.stringContaining('"units" is here')],
    }),
  )
  expect(await bodiesOf(api.stranger.tenantId)).toEqual([`geo: ${geo.body}`, 'units: '])
})

test('the tests of a chain run with the libraries of the tenant', async () => {
  await saveLibraries(api.admin, units, geo)
  const id = await drawn()
  const tests = [
    {
      ...{ name: 'hot', message: { data: { c: 40 } } },
      expect: { connections: [{ node: 'Hot?', connection: 'True' }] },
    },
  ]
  const run = () => api.admin.post(`/api/ruleChain/${id}/runTests`, { tests })
  expect((await run()).body).toMatchObject([{ passed: true, problems: [] }])
  const [library] = await api.db.scriptLibraries.byNames(api.tenant.tenantId, ['units'])
  await saveLibraries(api.admin, { ...library, body: 'function toF() { return 0; }' })
  expect((await run()).body).toMatchObject([{ passed: false }])
})
