import { maxScriptLibraryBody, type ScriptLibrary } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
afterEach(async () => {
  const { data } = await api.db.scriptLibraries.list(api.tenant.scope, { page: 0, pageSize: 1_000 })
  for (const { id } of data) await api.db.scriptLibraries.delete(api.tenant.scope, id.id)
})

const units = { name: 'units', language: 'JS', body: 'function toF(c) { return c * 1.8 + 32; }' }
const save = (change: Record<string, unknown> = {}) => api.admin.post('/api/scriptLibrary', { ...units, ...change })
const saved = async (change: Record<string, unknown> = {}): Promise<ScriptLibrary> => {
  const { status, body } = await save(change)
  expect([status, body]).toEqual([200, expect.objectContaining({ name: change.name ?? 'units' })])
  return body as ScriptLibrary
}
const list = (query = '') => api.admin.get(`/api/scriptLibraries?pageSize=10&page=0${query}`)
const of = ({ id }: Pick<ScriptLibrary, 'id'>, rest = '') => `/api/scriptLibrary/${id.id}${rest}`
const tryScript = (script: string, scriptLang = 'JS') =>
  api.admin.post(`/api/ruleChain/testScript?scriptLang=${scriptLang}`, {
    ...{ script, scriptType: 'string', argNames: ['msg', 'metadata', 'msgType'] },
    ...{ msg: '{"c":20}', metadata: {}, msgType: 'T' },
  })

describe('a library', () => {
  test('is saved, read, changed and deleted, and each of it stands in the audit log', async () => {
    const made = await saved({ description: 'Of temperatures' })
    expect(made).toMatchObject({
      ...units,
      description: 'Of temperatures',
      version: 1,
      tenantId: { id: api.tenant.tenantId },
    })
    expect((await api.admin.get(of(made))).body).toEqual(made)
    const changed = await saved({ id: made.id, body: 'function toF() { return 1; }', version: 1 })
    expect(changed).toMatchObject({ description: null, version: 2, createdTime: made.createdTime })
    expect((await save({ id: made.id, version: 1 })).status).toBe(409)
    expect((await api.admin.delete(of(made))).status).toBe(200)
    expect((await api.admin.get(of(made))).status).toBe(404)
    const { body } = await api.admin.get(
      `/api/audit/logs/entity/SCRIPT_LIBRARY/${made.id.id}?pageSize=10&page=0&sortProperty=createdTime&sortOrder=ASC`,
    )
    const { data } = body as { data: { actionType: string; actionStatus: string; entityName: string }[] }
    expect(data.map(({ actionType, actionStatus }) => `${actionType} ${actionStatus}`)).toEqual([
      'ADDED SUCCESS',
      'UPDATED SUCCESS',
      'UPDATED FAILURE',
      'DELETED SUCCESS',
    ])
    const types = api.messages
      .filter(({ message }) => message.originator.id === made.id.id)
      .map(({ message }) => message.type)
    expect(types).toEqual(['ENTITY_CREATED', 'ENTITY_UPDATED', 'ENTITY_DELETED'])
  })

  test('has a name that is its own in the tenant', async () => {
    await saved()
    expect(await save()).toMatchObject({
      status: 400,
      body: { message: 'Script library with such name already exists!' },
    })
    expect((await api.strangerAdmin.post('/api/scriptLibrary', units)).status).toBe(200)
  })

  test.each([
    ['no name', { name: '' }, 'Script library name should be specified!'],
    ['a name that is none', { name: 'a-b' }, 'must begin with a letter'],
    ['a long name', { name: 'x'.repeat(65) }, 'length must be equal or less than 64'],
    ['another language', { language: 'LUA' }, 'language should be JS or TBEL'],
    ['no text', { body: null }, 'body should be specified'],
    ['a long text', { body: ' '.repeat(maxScriptLibraryBody + 1) }, 'Script library body exceeds 50000 characters'],
    ['markup in its description', { description: '<img src=x>' }, 'description is malformed'],
    [
      'a mistake',
      { body: 'function a() {\n  return 1 +;\n}' },
      "Library units: Line 2: SyntaxError: Unexpected token ';'",
    ],
    ['a statement', { body: 'let n = 0;' }, 'Library units: Line 1: a library holds functions only'],
    ['a function twice', { body: 'function a() {}\nfunction a() {}' }, 'Line 2: the function a stands here twice'],
    ['work for later', { body: 'function a() { setTimeout(a); }' }, "Script must not contain 'setTimeout'"],
    ['a statement in TBEL', { language: 'TBEL', body: 'x = 1;' }, 'Line 1, column 1: a library holds functions only'],
    ['a mistake in TBEL', { language: 'TBEL', body: 'def a( { 1 }' }, 'Library units: Line 1'],
    [
      'a library that is missing',
      { body: '// @use geo\n' },
      'There is no script library "geo", which library "units" uses',
    ],
    ['itself', { body: '// @use units\n' }, 'in a circle: units → units'],
    ['a text that cannot be stored', { body: 'function a() { return "\u0000"; }' }, 'cannot be stored'],
  ])('is refused with %s', async (_name, change, message) => {
    expect(await save(change)).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
    expect((await list()).body).toMatchObject({ totalElements: 0 })
  })

  test('cannot come into a circle, nor into another language', async () => {
    const made = await saved()
    await saved({ name: 'geo', body: '// @use units\nfunction twice(c) { return 2 * toF(c); }' })
    expect(await save({ id: made.id, body: '// @use geo\n' })).toMatchObject({
      status: 400,
      body: { message: 'Script libraries use each other in a circle: units → geo → units' },
    })
    expect(await save({ id: made.id, language: 'TBEL', body: '' })).toMatchObject({
      status: 400,
      body: { message: "Script library language can't be changed!" },
    })
    expect(await save({ name: 'other', language: 'TBEL', body: '// @use units\n' })).toMatchObject({
      status: 400,
      body: { message: 'Script library "units" is in JavaScript and cannot be used from TBEL' },
    })
  })

  test('takes nothing from a client that is not its to set', async () => {
    const other = { id: api.stranger.tenantId, entityType: 'TENANT' }
    const made = await saved({ tenantId: other, createdTime: 5, ...JSON.parse('{"__proto__":{"version":9}}') })
    expect(made).toMatchObject({ tenantId: { id: api.tenant.tenantId }, version: 1 })
    expect(made.createdTime).toBeGreaterThan(5)
    expect((await save({ id: made.id, tenantId: other })).body).toMatchObject({ tenantId: { id: api.tenant.tenantId } })
  })

  test("is nobody else's", async () => {
    const made = await saved()
    for (const path of [of(made), of(made, '/usage')]) {
      expect((await api.strangerAdmin.get(path)).status).toBe(404)
      expect((await api.customer.get(path)).status).toBe(403)
      expect((await api.systemAdmin.get(path)).status).toBe(403)
    }
    expect((await api.strangerAdmin.delete(of(made))).status).toBe(404)
    expect((await api.strangerAdmin.post('/api/scriptLibrary', { ...units, id: made.id })).status).toBe(404)
    expect((await api.strangerAdmin.get('/api/scriptLibraries?pageSize=10&page=0')).body).not.toMatchObject({
      data: [{ id: made.id }],
    })
  })
})

test('libraries are listed without their functions, by page, text, language and order', async () => {
  await saved({ description: 'Temperatures' })
  await saved({ name: 'geo', body: '' })
  await saved({ name: 'bits', language: 'TBEL', body: 'def low(x) { x & 15 }' })
  const names = async (query?: string) =>
    ((await list(query)).body as { data: { name: string }[] }).data.map(({ name }) => name)
  expect(await names()).toEqual(['bits', 'geo', 'units'])
  expect(await names('&sortProperty=createdTime&sortOrder=DESC')).toEqual(['bits', 'geo', 'units'])
  expect(await names('&language=TBEL')).toEqual(['bits'])
  expect(await names('&textSearch=TEMPER')).toEqual(['units'])
  expect(await names('&textSearch=%25')).toEqual([])
  expect((await list()).body).toMatchObject({ totalElements: 3, hasNext: false })
  expect(JSON.stringify((await list()).body)).not.toContain('x & 15')
  expect((await list('&sortProperty=body')).status).toBe(400)
  expect((await api.admin.get('/api/scriptLibraries?pageSize=100000&page=0')).status).toBe(400)
  expect((await api.admin.get('/api/scriptLibraries?pageSize=1&page=1')).body).toMatchObject({
    data: [{ name: 'geo' }],
    totalPages: 3,
  })
})

test('another process tries scripts with a library as it is now', async () => {
  const other = await apiUnderTest({ beside: api })
  try {
    const attempt = async () => {
      const { body } = await other.as(api.admin.token).post('/api/ruleChain/testScript?scriptLang=JS', {
        ...{ script: '// @use units\nreturn String(toF(msg.c));', scriptType: 'string', argNames: ['msg'] },
        ...{ msg: '{"c":20}', metadata: {}, msgType: 'T' },
      })
      return body
    }
    const made = await saved()
    expect(await attempt()).toEqual({ output: '68', error: '' })
    await saved({ id: made.id, body: 'function toF(c) { return c; }' })
    await waitFor(async () => JSON.stringify(await attempt()).includes('"20"'), { deadlineMs: 4_000 })
  } finally {
    await other[Symbol.asyncDispose]()
  }
})

describe('a script that is tried', () => {
  test('has the functions of its libraries at once, also after they changed', async () => {
    const made = await saved()
    const script = '// @use units\nreturn String(toF(msg.c));'
    expect((await tryScript(script)).body).toEqual({ output: '68', error: '' })
    await saved({ id: made.id, body: 'function toF(c) { return -c; }' })
    expect((await tryScript(script)).body).toEqual({ output: '-20', error: '' })
    await api.admin.delete(of(made))
    expect((await tryScript(script)).body).toEqual({ output: '', error: 'There is no script library "units"' })
  })

  test('in TBEL has those in TBEL, and is told where an error came up', async () => {
    await saved({ name: 'bits', language: 'TBEL', body: 'def low(x) { x & 15 }\ndef bad(x) { x.y.z }' })
    expect((await tryScript('// @use bits\nreturn "" + low(msg.c);', 'TBEL')).body).toEqual({ output: '4', error: '' })
    const { error } = (await tryScript('// @use bits\nreturn bad(msg.c);', 'TBEL')).body as { error: string }
    expect(error).toMatch(/\(library bits, in bad\)$/)
    expect((await tryScript('// @use bits\nreturn "";')).body).toMatchObject({
      error: 'Script library "bits" is in TBEL and cannot be used from JavaScript',
    })
  })

  test('that fails inside a library is told where, and one that never comes back is ended', async () => {
    await saved({ body: 'function fail() {\n  return null.x;\n}\nfunction hang() { for (;;); }' })
    expect((await tryScript('// @use units\nreturn fail();')).body).toEqual({
      output: '',
      error: "TypeError: Cannot read properties of null (reading 'x') (library units, line 2)",
    })
    expect((await tryScript('// @use units\nreturn hang();')).body).toMatchObject({
      error: 'Script execution timed out',
    })
  })

  test('cannot have those of another tenant', async () => {
    const { body } = await api.strangerAdmin.post('/api/scriptLibrary', { ...units, name: 'theirs' })
    expect(body).toMatchObject({ name: 'theirs' })
    expect((await tryScript('// @use theirs\nreturn "x";')).body).toMatchObject({
      error: 'There is no script library "theirs"',
    })
  })
})

describe('a library that is used', () => {
  const drawWith = async (configuration: Record<string, unknown>) => {
    const { scope, rootChain } = api.tenant
    const before = await api.db.ruleChains.metadata(scope, rootChain.id.id)
    await api.db.ruleChains.saveMetadata(scope, {
      ...{ ruleChainId: rootChain.id, version: before?.version ?? null, firstNodeIndex: 0, connections: [] },
      nodes: [
        {
          type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
          ...{ name: 'Hot?', singletonMode: false, configurationVersion: 0, configuration },
        },
      ],
    })
  }

  test('tells by whom, and is neither deleted nor renamed, but by force', async () => {
    const made = await saved()
    const geo = await saved({ name: 'geo', body: '// @use units\nfunction f() { return toF(1); }' })
    await drawWith({ scriptLang: 'JS', jsScript: '// @use units\nreturn true;', tbelScript: '// @use bits' })
    const { rootChain } = api.tenant
    expect((await api.admin.get(of(made, '/usage'))).body).toEqual({
      nodes: [
        {
          ...{ ruleChainId: rootChain.id, ruleChainName: rootChain.name, ruleNodeName: 'Hot?' },
          ruleNodeId: { entityType: 'RULE_NODE', id: expect.any(String) },
        },
      ],
      libraries: [{ id: geo.id, name: 'geo' }],
    })
    const refusal = { status: 409, body: { message: expect.stringContaining('node "Hot?" of rule chain') } }
    expect(await api.admin.delete(of(made))).toMatchObject(refusal)
    expect(await save({ id: made.id, name: 'measures' })).toMatchObject(refusal)
    expect((await api.admin.get(of(made))).status).toBe(200)
    expect((await api.admin.delete(of(made, '?force=true'))).status).toBe(200)
    expect((await api.admin.get(of(made))).status).toBe(404)
  })

  test('by a script in the language that its node does not run is not used', async () => {
    const made = await saved()
    await drawWith({ scriptLang: 'TBEL', jsScript: '// @use units\nreturn true;', tbelScript: 'return true;' })
    expect((await api.admin.get(of(made, '/usage'))).body).toEqual({ nodes: [], libraries: [] })
    expect((await api.admin.delete(of(made))).status).toBe(200)
  })
})

test('a tenant has no more of them than it may, also when several are saved at once', async () => {
  const { scope } = api.tenant
  for (let from = 0; from < 499; from += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, 499 - from) }, (_, index) =>
        api.db.scriptLibraries.save(scope, { name: `l${from + index}`, language: 'JS', body: '' }),
      ),
    )
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => save({ name, body: '' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  expect(answers.find(({ status }) => status === 400)?.body).toMatchObject({
    message: 'A tenant may have 500 script libraries at most',
  })
})
