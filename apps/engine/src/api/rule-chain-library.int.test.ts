import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const idSchema = z.looseObject({
  id: z.object({ entityType: z.literal('RULE_CHAIN'), id: z.string() }),
  name: z.string(),
  version: z.number(),
})
const graphSchema = z.looseObject({
  version: z.number(),
  nodes: z.array(z.looseObject({ id: z.looseObject({ id: z.string() }), name: z.string() })),
  connections: z.array(z.looseObject({ type: z.string() })),
})
const inputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'
const outputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode'
const node = (type: string, name: string, configuration: object = {}) => ({ type, name, configuration })
const make = async (name: string, metadata?: object) => {
  const answer = await api.admin.post('/api/ruleChain', { name })
  expect(answer.status, answer.text).toBe(200)
  const chain = idSchema.parse(answer.body)
  if (metadata) {
    const saved = await api.admin.post('/api/ruleChain/metadata', { ruleChainId: chain.id, ...metadata })
    expect(saved.status, saved.text).toBe(200)
  }
  return chain
}
const graphOf = async (id: string) => graphSchema.parse((await api.admin.get(`/api/ruleChain/${id}/metadata`)).body)
const lastMessage = () => api.messages.at(-1)?.message
const unknown = '01890000-0000-7000-8000-000000000000'

test('the nodes of a drawing say which chain they are in; those of a file belong to none', async () => {
  const chain = await make('Told', { nodes: [node(inputClass, 'one')], connections: [] })
  const answer = await api.admin.get(`/api/ruleChain/${chain.id.id}/metadata`)
  expect(answer.body).toMatchObject({
    ruleChainConnections: null,
    nodes: [{ name: 'one', ruleChainId: chain.id, externalId: null }],
  })
  const saved = await api.admin.post('/api/ruleChain/metadata', answer.body)
  expect(saved.body).toMatchObject({ nodes: [{ name: 'one', ruleChainId: chain.id, externalId: null }] })
  const { metadata } = z
    .looseObject({ metadata: z.array(graphSchema.extend({ nodes: z.array(z.looseObject({})) })) })
    .parse((await api.admin.get('/api/ruleChains/export?limit=1000')).body)
  const nodes = metadata.flatMap((one) => one.nodes)
  expect(nodes).toContainEqual(expect.objectContaining({ name: 'one', id: null, ruleChainId: null }))
})

describe('a rule chain', () => {
  test('is renamed with its id, and a stale version is a conflict', async () => {
    const chain = await make('Before')
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_CREATED', originator: chain.id })
    const renamed = await api.admin.post('/api/ruleChain', {
      id: chain.id,
      name: 'After',
      version: chain.version,
      root: true,
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
      additionalInfo: { description: 'why' },
    })
    expect(renamed.body).toMatchObject({
      id: chain.id,
      name: 'After',
      root: false,
      tenantId: { id: api.tenant.tenantId },
      additionalInfo: { description: 'why' },
      version: chain.version + 1,
    })
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_UPDATED', metadata: { entityName: 'After' } })
    expect(
      await api.admin.post('/api/ruleChain', { id: chain.id, name: 'Late', version: chain.version }),
    ).toMatchObject({ status: 409, body: { errorCode: 35 } })
  })

  test('that does not exist is missing in the words that clients know', async () => {
    const missing = { status: 404, body: { message: `Rule chain with id [${unknown}] is not found`, errorCode: 32 } }
    expect(await api.admin.get(`/api/ruleChain/${unknown}`)).toMatchObject(missing)
    expect(await api.admin.get(`/api/ruleChain/${unknown}/metadata`)).toMatchObject(missing)
    expect(await api.admin.post('/api/ruleChain', { id: { id: unknown }, name: 'x' })).toMatchObject(missing)
    expect(await api.admin.post(`/api/ruleChain/${unknown}/root`)).toMatchObject(missing)
    expect(await api.admin.delete(`/api/ruleChain/${unknown}`)).toMatchObject(missing)
    expect(await api.admin.post('/api/ruleChain/metadata', { ruleChainId: { id: unknown }, nodes: [] })).toMatchObject(
      missing,
    )
  })

  test('that a device profile starts with is not deleted', async () => {
    const chain = await make('Of a profile')
    const profile = await api.admin.post('/api/deviceProfile', {
      name: 'With a chain',
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      provisionType: 'DISABLED',
      defaultRuleChainId: chain.id,
      profileData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
    })
    expect(profile.status, profile.text).toBe(200)
    expect(await api.admin.delete(`/api/ruleChain/${chain.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'The rule chain referenced by the device profiles cannot be deleted!' },
    })
  })

  test('for a profile has the usual nodes and is not the root', async () => {
    const answer = await api.admin.post('/api/ruleChain/device/default', { name: 'Thermostats' })
    const chain = idSchema.parse(answer.body)
    expect(answer.body).toMatchObject({ name: 'Thermostats', root: false })
    expect((await graphOf(chain.id.id)).nodes.map(({ name }) => name)).toContain('Message Type Switch')
  })

  test('is found by id, by ids and by type', async () => {
    const [a, b] = [await make('List A'), await make('List B')]
    const theirs = api.stranger.rootChain.id.id
    for (const path of ['ruleChains', 'ruleChains/list']) {
      const answer = await api.admin.get(`/api/${path}?ruleChainIds=${b.id.id},${theirs},${a.id.id}`)
      expect(answer.body).toMatchObject([{ name: 'List B' }, { name: 'List A' }])
    }
    const edge = await api.admin.post('/api/ruleChain', { name: 'Edge one', type: 'EDGE' })
    expect(edge.body).toMatchObject({ type: 'EDGE' })
    expect((await api.admin.get('/api/ruleChains?pageSize=10&page=0&type=EDGE')).body).toMatchObject({
      data: [{ name: 'Edge one' }],
      totalElements: 1,
    })
    expect((await api.admin.get('/api/ruleChains?page=0')).status).toBe(400)
  })

  test('is made by tenant administrators alone', async () => {
    expect((await api.customer.post('/api/ruleChain', { name: 'x' })).status).toBe(403)
    expect((await api.systemAdmin.post('/api/ruleChain', { name: 'x' })).status).toBe(403)
  })

  test('keeps full debugging on no longer than allowed', async () => {
    const debugged = { ...node(outputClass, 'out'), debugSettings: { allEnabled: true, allEnabledUntil: 9e15 } }
    const chain = await make('Debugged', { firstNodeIndex: 0, nodes: [debugged], connections: [] })
    const [only] = (await graphOf(chain.id.id)).nodes
    const until = z.looseObject({ allEnabledUntil: z.number() }).parse(only?.debugSettings).allEnabledUntil
    expect(until).toBeGreaterThan(Date.now())
    expect(until).toBeLessThanOrEqual(Date.now() + 15 * 60_000)
  })
})

describe('output labels', () => {
  const twoChains = async () => {
    const callee = await make('Callee', {
      firstNodeIndex: 0,
      nodes: [node(outputClass, 'hot'), node(outputClass, 'cold'), node(outputClass, 'hot')],
      connections: [],
    })
    const caller = await make('Caller', {
      firstNodeIndex: 0,
      nodes: [
        node(inputClass, 'call', { ruleChainId: callee.id.id }),
        node('org.thingsboard.rule.engine.action.TbLogNode', 'log'),
      ],
      connections: [
        { fromIndex: 0, toIndex: 1, type: 'cold' },
        { fromIndex: 0, toIndex: 1, type: 'Failure' },
      ],
    })
    return { callee, caller }
  }
  const rename = async (id: string, from: string, to: string, query = '') => {
    const graph = await graphOf(id)
    const nodes = graph.nodes.map((one) => (one.name === from ? { ...one, name: to } : one))
    const answer = await api.admin.post(`/api/ruleChain/metadata${query}`, { ...graph, nodes })
    expect(answer.status, answer.text).toBe(200)
  }

  test('are the names of the output nodes, and their usage tells who connects them', async () => {
    const { callee, caller } = await twoChains()
    expect((await api.admin.get(`/api/ruleChain/${callee.id.id}/output/labels`)).body).toEqual(['hot', 'cold'])
    const usage = await api.admin.get(`/api/ruleChain/${callee.id.id}/output/labels/usage`)
    expect(usage.body).toMatchObject([
      {
        ruleChainId: caller.id,
        ruleChainName: 'Caller',
        ruleNodeName: 'call',
        labels: expect.arrayContaining(['cold', 'Failure']),
      },
    ])
    expect((await api.strangerAdmin.get(`/api/ruleChain/${callee.id.id}/output/labels`)).status).toBe(404)
    expect((await api.strangerAdmin.get(`/api/ruleChain/${callee.id.id}/output/labels/usage`)).status).toBe(404)
  })

  test('that are renamed take the connections of callers along, unless that is switched off', async () => {
    const { callee, caller } = await twoChains()
    const labels = async () => (await graphOf(caller.id.id)).connections.map(({ type }) => type).sort()
    const { version } = await graphOf(caller.id.id)
    await rename(callee.id.id, 'cold', 'cool', '?updateRelated=false')
    expect(await labels()).toEqual(['Failure', 'cold'])
    await rename(callee.id.id, 'cool', 'cold', '?updateRelated=false')
    await rename(callee.id.id, 'cold', 'chilly')
    expect(await labels()).toEqual(['Failure', 'chilly'])
    expect((await graphOf(caller.id.id)).version).toBe(version + 1)
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_UPDATED', originator: caller.id })
  })
})

describe('a file of many chains', () => {
  const dataSchema = z.looseObject({
    ruleChains: z.array(z.looseObject({ id: z.looseObject({ id: z.string() }), name: z.string() })),
    metadata: z.array(
      z.looseObject({
        ruleChainId: z.looseObject({ id: z.string() }),
        nodes: z.array(z.looseObject({ name: z.string(), configuration: z.looseObject({}).nullable() })),
      }),
    ),
  })
  const resultsSchema = z.array(
    z.looseObject({ ruleChainId: z.looseObject({ id: z.string() }).nullable(), ruleChainName: z.string() }),
  )

  test('carries no id of the installation and keeps the links between its chains', async () => {
    const inner = await make('Inner', { firstNodeIndex: 0, nodes: [node(outputClass, 'done')], connections: [] })
    await make('Outer', {
      firstNodeIndex: 0,
      nodes: [node(inputClass, 'to inner', { ruleChainId: inner.id.id })],
      connections: [],
    })
    const answer = await api.admin.get('/api/ruleChains/export?limit=100')
    for (const id of [inner.id.id, api.tenant.tenantId]) expect(answer.text).not.toContain(id)
    const data = dataSchema.parse(answer.body)

    const imported = await api.strangerAdmin.post('/api/ruleChains/import', data)
    const results = resultsSchema.parse(imported.body)
    expect(results).toHaveLength(data.ruleChains.length)
    for (const result of results) expect(result).toMatchObject({ error: null, updated: false })
    const idOf = (name: string) => results.find(({ ruleChainName }) => ruleChainName === name)?.ruleChainId?.id
    const outer = await api.strangerAdmin.get(`/api/ruleChain/${idOf('Outer')}/metadata`)
    expect(outer.body).toMatchObject({ nodes: [{ configuration: { ruleChainId: idOf('Inner') } }] })
    const chains = await api.strangerAdmin.get('/api/ruleChains?pageSize=100&page=0')
    const roots = z.looseObject({ data: z.array(z.looseObject({ root: z.boolean() })) }).parse(chains.body)
    expect(roots.data.filter(({ root }) => root)).toHaveLength(1)
  })

  const file = (name: string, ...nodes: object[]) => ({
    ruleChains: [{ name, type: 'CORE' }],
    metadata: [{ firstNodeIndex: nodes.length > 0 ? 0 : null, nodes, connections: [] }],
  })

  test('replaces chains of the same name only when it is told to', async () => {
    const chain = await make('Same name')
    const data = file('Same name', node(outputClass, 'new'))
    const added = resultsSchema.parse((await api.admin.post('/api/ruleChains/import', data)).body)
    expect(added).toMatchObject([{ updated: false, error: null }])
    expect(added[0]?.ruleChainId?.id).not.toBe(chain.id.id)
    await api.admin.delete(`/api/ruleChain/${added[0]?.ruleChainId?.id}`)
    const replaced = await api.admin.post('/api/ruleChains/import?overwrite=true', data)
    expect(replaced.body).toMatchObject([{ ruleChainId: chain.id, updated: true, error: null }])
    expect((await graphOf(chain.id.id)).nodes).toMatchObject([{ name: 'new' }])
  })

  test('says which chain is wrong, leaves nothing of it behind and takes the others', async () => {
    const data = {
      ruleChains: [{ name: 'Circle' }, { name: 'Fine' }],
      metadata: [
        {
          firstNodeIndex: 0,
          nodes: [node(outputClass, 'a')],
          connections: [{ fromIndex: 0, toIndex: 0, type: 'Success' }],
        },
        { nodes: [] },
      ],
    }
    const answer = await api.admin.post('/api/ruleChains/import', data)
    expect(answer.body).toMatchObject([
      { ruleChainName: 'Circle', ruleChainId: null, error: expect.stringMatching(/\w/) },
      { ruleChainName: 'Fine', error: null },
    ])
    const circles = await api.admin.get('/api/ruleChains?pageSize=10&page=0&textSearch=Circle')
    expect(circles.body).toMatchObject({ totalElements: 0 })
  })

  test.each(['', '?limit=0', '?limit=x'])('needs a limit: %s', async (query) => {
    expect((await api.admin.get(`/api/ruleChains/export${query}`)).status).toBe(400)
  })
})

describe('scripts', () => {
  const body = {
    script: 'return msg.temperature > 20;',
    scriptType: 'filter',
    argNames: ['msg', 'metadata', 'msgType'],
    msg: '{"temperature": 22}',
    metadata: {},
    msgType: 'POST_TELEMETRY_REQUEST',
  }
  test('are tried without running in the server', async () => {
    const run = async (more: object, query = '') =>
      (await api.admin.post(`/api/ruleChain/testScript${query}`, { ...body, ...more })).body
    expect(await run({})).toEqual({ output: 'true', error: '' })
    expect(await run({ script: 'return process.pid;' })).toMatchObject({
      output: '',
      error: expect.stringContaining('process'),
    })
    expect(
      await run(
        { msg: '{"temperature": 21.0}', script: 'msg.t = msg.temperature; return msg;', scriptType: 'json' },
        '?scriptLang=TBEL',
      ),
    ).toEqual({
      output: '{"temperature":21.0,"t":21.0}',
      error: '',
    })
  })

  test('of an unknown kind or language are refused', async () => {
    expect((await api.admin.post('/api/ruleChain/testScript', { ...body, scriptType: 'magic' })).status).toBe(400)
    expect((await api.admin.post('/api/ruleChain/testScript?scriptLang=LUA', body)).status).toBe(400)
    expect((await api.customer.post('/api/ruleChain/testScript', body)).status).toBe(403)
  })

  test('may be written in TBEL', async () => {
    expect((await api.admin.get('/api/ruleChain/tbelEnabled')).body).toBe(true)
  })
})

test('the last message that entered a debugged node is shown', async () => {
  const chain = await make('Seen', { firstNodeIndex: 0, nodes: [node(outputClass, 'out')], connections: [] })
  const nodeId = (await graphOf(chain.id.id)).nodes[0]?.id.id ?? ''
  expect(await api.admin.get(`/api/ruleNode/${nodeId}/debugIn`)).toMatchObject({ status: 200, text: '' })
  const event = (ts: number, type: string, data: string) => ({
    tenantId: api.tenant.tenantId,
    entityId: nodeId,
    type: 'DEBUG_RULE_NODE' as const,
    ts,
    body: { type, data, metadata: '{}' },
  })
  const now = Date.now()
  await api.db.events.append([event(now - 2, 'IN', 'old'), event(now - 1, 'IN', 'newest'), event(now, 'OUT', 'out')])
  expect((await api.admin.get(`/api/ruleNode/${nodeId}/debugIn`)).body).toMatchObject({ type: 'IN', data: 'newest' })
  expect((await api.strangerAdmin.get(`/api/ruleNode/${nodeId}/debugIn`)).status).toBe(404)
})

describe('components', () => {
  test('are found by class, by one kind and by several', async () => {
    const one = await api.admin.get(`/api/component/${outputClass}`)
    expect(one.body).toMatchObject({ clazz: outputClass, type: 'FLOW', scope: 'TENANT' })
    expect((await api.systemAdmin.get('/api/components/FLOW?ruleChainType=EDGE')).body).toEqual(
      expect.arrayContaining([one.body]),
    )
    expect((await api.admin.get('/api/components?componentTypes=FLOW&componentTypes=FILTER')).body).toEqual(
      expect.arrayContaining([one.body]),
    )
  })

  test('that do not exist are missing or refused', async () => {
    expect(await api.admin.get('/api/component/org.example.Nowhere')).toMatchObject({
      status: 404,
      body: { message: "Requested item wasn't found!", errorCode: 32 },
    })
    expect((await api.admin.get('/api/components/NONSENSE')).status).toBe(400)
    expect((await api.admin.get('/api/components/FLOW?ruleChainType=NONSENSE')).status).toBe(400)
    expect((await api.customer.get(`/api/component/${outputClass}`)).status).toBe(403)
  })
})

describe('what is our own in a chain', () => {
  const extras = { layoutX: 10, layoutY: 20, bypass: { label: null }, group: 'g1' }
  const notes = [
    { id: 'g1', x: 0, y: 0, width: 300, height: 200, content: 'Alarms', color: 'red', group: { collapsed: true } },
    { id: 'n1', x: 0, y: 0, width: 200, height: 120, content: '# Why', borderWidth: 3, color: 'blue' },
  ]
  const tests = [{ name: 'a test', message: { data: { a: 1 } }, expect: { connections: [] } }]
  const metadata = {
    firstNodeIndex: 0,
    nodes: [{ ...node(inputClass, 'off', { ruleChainId: unknown }), additionalInfo: extras }],
    connections: [],
    notes,
  }

  test('goes out with the chain and comes in again: switched off nodes, groups, notes and tests', async () => {
    const file = { ruleChain: { name: 'Carried', additionalInfo: { tests } }, metadata }
    const first = z.object({ ruleChain: idSchema }).parse((await api.admin.post('/api/ruleChain/import', file)).body)
    const exported = (await api.admin.get(`/api/ruleChain/${first.ruleChain.id.id}/export`)).body
    const again = z
      .object({ ruleChain: idSchema })
      .parse((await api.admin.post('/api/ruleChain/import', exported)).body)
    const own = { nodes: [{ additionalInfo: extras }], notes }
    expect((await api.admin.get(`/api/ruleChain/${again.ruleChain.id.id}/export`)).body).toMatchObject({
      ruleChain: { additionalInfo: { tests } },
      metadata: own,
    })
    expect((await api.admin.get(`/api/ruleChain/${again.ruleChain.id.id}/version/1`)).body).toMatchObject({
      document: { metadata: own, tests },
    })
  })

  test('goes out and comes in with all chains of the tenant', async () => {
    const file = { ruleChain: { name: 'Carried together', additionalInfo: { tests } }, metadata }
    await api.admin.post('/api/ruleChain/import', file)
    const all = (await api.admin.get('/api/ruleChains/export?limit=1000')).body
    const results = await api.strangerAdmin.post('/api/ruleChains/import', all)
    const found = z
      .array(z.looseObject({ ruleChainName: z.string(), ruleChainId: z.looseObject({ id: z.string() }) }))
      .parse(results.body)
      .find(({ ruleChainName }) => ruleChainName === 'Carried together')
    const path = `/api/ruleChain/${found?.ruleChainId.id}`
    expect((await api.strangerAdmin.get(path)).body).toMatchObject({ additionalInfo: { tests } })
    expect((await api.strangerAdmin.get(`${path}/metadata`)).body).toMatchObject({
      nodes: [{ additionalInfo: extras }],
      notes,
    })
  })
})
