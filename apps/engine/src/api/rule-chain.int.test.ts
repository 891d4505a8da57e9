import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const idSchema = z.looseObject({ id: z.object({ id: z.string() }) })
const metadataSchema = z.looseObject({
  version: z.number(),
  nodes: z.array(z.looseObject({ id: z.object({ id: z.string() }), name: z.string() })),
  connections: z.array(z.looseObject({})),
})
const node = (name: string) => ({
  type: 'org.thingsboard.rule.engine.action.TbLogNode',
  name,
  configuration: {},
  additionalInfo: { layoutX: 1, layoutY: 2 },
})
const chain = (overrides: object = {}) => ({
  ruleChain: { name: 'Imported', type: 'CORE' },
  metadata: {
    firstNodeIndex: 0,
    nodes: [node('first'), node('second')],
    connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
    ruleChainConnections: null,
    ...overrides,
  },
})

describe('a chain file', () => {
  test('comes in, and goes out again as the same drawing', async () => {
    const answer = await api.admin.post('/api/ruleChain/import', chain())
    const imported = z.object({ ruleChain: idSchema, warnings: z.array(z.string()) }).parse(answer.body)
    expect(imported.ruleChain).toMatchObject({ name: 'Imported', root: false })
    const exported = await api.admin.get(`/api/ruleChain/${imported.ruleChain.id.id}/export`)
    expect(exported.body).toMatchObject({
      ruleChain: { name: 'Imported', root: false, firstRuleNodeId: null },
      metadata: { firstNodeIndex: 0, connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }] },
    })
    expect(exported.text).not.toContain(api.tenant.tenantId)
  })

  test('with an unknown node comes in with a warning that names it', async () => {
    const file = chain({ nodes: [{ ...node('exotic'), type: 'org.example.Nowhere' }], connections: [] })
    expect((await api.admin.post('/api/ruleChain/import', file)).body).toMatchObject({
      warnings: [expect.stringContaining('exotic')],
    })
  })

  test('comes in as version control keeps it, its nodes with ids that are none', async () => {
    const { ruleChain, metadata } = chain()
    const entity = {
      entityType: 'RULE_CHAIN',
      entity: { ...ruleChain, name: 'Versioned' },
      metaData: { ...metadata, nodes: metadata.nodes.map((one) => ({ ...one, id: 'mine', singletonMode: null })) },
    }
    const answer = await api.admin.post('/api/ruleChain/import', entity)
    expect(answer.body).toMatchObject({ ruleChain: { name: 'Versioned' }, warnings: [] })
    const several = await api.admin.post('/api/ruleChains/import', {
      ruleChains: [{ ...ruleChain, name: 'Among several', id: 'mine' }],
      metadata: [{ ...entity.metaData, ruleChainId: 'mine' }],
    })
    expect(several.body).toMatchObject([{ ruleChainName: 'Among several', error: null }])
    expect((await api.admin.post('/api/ruleChain/import', [entity, entity])).body).toMatchObject({
      message: 'The file holds 2 rule chains, not one.',
    })
  })

  test('of an early version calls the nodes made of its links as the chains they lead to', async () => {
    const called = await api.admin.post('/api/ruleChain', { name: 'Alarms of the hall' })
    const { id } = idSchema.parse(called.body).id
    const targetRuleChainId = { entityType: 'RULE_CHAIN', id: id.toUpperCase() }
    const ruleChainConnections = ['Success', 'Failure'].map((type) => ({ fromIndex: 1, targetRuleChainId, type }))
    const answer = await api.admin.post('/api/ruleChain/import', chain({ ruleChainConnections }))
    const imported = z.object({ ruleChain: idSchema }).parse(answer.body).ruleChain.id.id
    const drawing = (await api.admin.get(`/api/ruleChain/${imported}/metadata`)).body
    const { nodes, connections } = metadataSchema.parse(drawing)
    expect(nodes.map(({ name }) => name)).toEqual(['first', 'second', 'Alarms of the hall'])
    expect(connections.slice(1)).toMatchObject([
      { fromIndex: 1, toIndex: 2, type: 'Failure' },
      { fromIndex: 1, toIndex: 2, type: 'Success' },
    ])
  })

  test.each([
    ['no file at all', {}],
    ['a connection to nowhere', chain({ connections: [{ fromIndex: 0, toIndex: 7, type: 'Success' }] })],
    ['a node joined to itself', chain({ connections: [{ fromIndex: 0, toIndex: 0, type: 'Success' }] })],
    [
      'a circle',
      chain({
        connections: [
          { fromIndex: 0, toIndex: 1, type: 'Success' },
          { fromIndex: 1, toIndex: 0, type: 'Success' },
        ],
      }),
    ],
  ])('with %s is refused', async (_, file) => {
    expect(await api.admin.post('/api/ruleChain/import', file)).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })
})

describe('an edited chain', () => {
  const create = async () => {
    const answer = await api.admin.post('/api/ruleChain/import', chain())
    return z.object({ ruleChain: idSchema }).parse(answer.body).ruleChain.id.id
  }
  const read = async (id: string) => metadataSchema.parse((await api.admin.get(`/api/ruleChain/${id}/metadata`)).body)

  test('keeps the ids of its nodes and counts its versions', async () => {
    const id = await create()
    const before = await read(id)
    const [first, second] = before.nodes
    const changed = { ...before, nodes: [{ ...first, name: 'renamed' }, second, node('third')] }
    const saved = metadataSchema.parse((await api.admin.post('/api/ruleChain/metadata', changed)).body)
    expect(saved.nodes.map(({ name }) => name)).toEqual(['renamed', 'second', 'third'])
    expect(saved.nodes.slice(0, 2).map((one) => one.id)).toEqual([first?.id, second?.id])
    expect(saved.version).toBeGreaterThan(before.version)
    expect(await read(id)).toEqual(saved)
    expect(await api.admin.post('/api/ruleChain/metadata', changed)).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
  })

  test('with a circle is refused and stays as it was', async () => {
    const id = await create()
    const before = await read(id)
    const circle = { ...before, connections: [...before.connections, { fromIndex: 1, toIndex: 0, type: 'Success' }] }
    expect((await api.admin.post('/api/ruleChain/metadata', circle)).status).toBe(400)
    expect(await read(id)).toEqual(before)
  })

  test('cannot take over the nodes of another tenant', async () => {
    const foreign = await api.strangerAdmin.get(`/api/ruleChain/${api.stranger.rootChain.id.id}/metadata`)
    const theirs = metadataSchema.parse(foreign.body)
    const id = await create()
    const mine = await read(id)
    await api.admin.post('/api/ruleChain/metadata', {
      ...mine,
      nodes: mine.nodes.map((one) => ({ ...one, id: theirs.nodes[0]?.id })),
    })
    const after = await api.strangerAdmin.get(`/api/ruleChain/${api.stranger.rootChain.id.id}/metadata`)
    expect(after.body).toEqual(foreign.body)
  })
})

describe('the root chain', () => {
  test('is never deleted, and another one can take its place', async () => {
    const old = api.tenant.rootChain.id.id
    expect(await api.admin.delete(`/api/ruleChain/${old}`)).toMatchObject({
      status: 400,
      body: { message: 'Deletion of Root Tenant Rule Chain is prohibited!' },
    })
    const { id } = idSchema.parse((await api.admin.post('/api/ruleChain', { name: 'Next root' })).body)
    expect((await api.admin.post(`/api/ruleChain/${id.id}/root`)).body).toMatchObject({ root: true })
    expect((await api.admin.get(`/api/ruleChain/${old}`)).body).toMatchObject({ root: false })
    expect((await api.admin.delete(`/api/ruleChain/${old}`)).status).toBe(200)
  })

  test('a chain needs a name', async () => {
    expect(await api.admin.post('/api/ruleChain', {})).toMatchObject({
      status: 400,
      body: { message: 'Rule chain name should be specified!' },
    })
  })
})

test('components describe the nodes of the asked kinds', async () => {
  const answer = await api.admin.get('/api/components?componentTypes=FILTER,FLOW')
  const list = z.array(z.looseObject({ type: z.string(), clazz: z.string() })).parse(answer.body)
  expect(new Set(list.map(({ type }) => type))).toEqual(new Set(['FILTER', 'FLOW']))
  expect(list.map(({ clazz }) => clazz)).toContain('org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode')
  expect((await api.admin.get('/api/components?componentTypes=NONSENSE')).status).toBe(400)
})
