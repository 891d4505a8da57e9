import { ruleChainDraftSchema, ruleChainVersionDocumentSchema, savedRuleChainDraftSchema } from '@thingwire/contracts'
import { uuidV7 } from '@thingwire/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const created = z.object({ ruleChain: z.looseObject({ id: z.object({ id: z.string() }), version: z.number() }) })
const graph = z.looseObject({
  version: z.number(),
  nodes: z.array(z.looseObject({ id: z.object({ id: z.string() }) })),
})
const pageSchema = z.looseObject({ data: z.array(z.looseObject({ version: z.number() })), totalElements: z.number() })
const draftAnswer = z.object({ draft: ruleChainDraftSchema.nullable() })
const filterType = 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode'

const node = (name: string, more: object = {}) => ({
  id: { entityType: 'RULE_NODE', id: uuidV7() },
  type: filterType,
  name,
  singletonMode: false,
  configurationVersion: 0,
  configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
  additionalInfo: { layoutX: 1, layoutY: 2 },
  ...more,
})
const link = (fromIndex: number, toIndex: number, type = 'True') => ({ fromIndex, toIndex, type })
const doc = (nodes: object[], connections: object[] = [], more: object = {}) => ({
  metadata: { firstNodeIndex: nodes.length > 0 ? 0 : null, nodes, connections, notes: null },
  tests: [],
  ...more,
})

const newChain = async (nodes: object[] = [node('one')]) => {
  const answer = await api.admin.post('/api/ruleChain/import', {
    ruleChain: { name: 'Edited' },
    metadata: { firstNodeIndex: nodes.length > 0 ? 0 : null, nodes, connections: [] },
  })
  const { id, version } = created.parse(answer.body).ruleChain
  const base = `/api/ruleChain/${id.id}`
  return {
    id: id.id,
    base,
    version,
    put: (body: object) => api.admin.put(`${base}/draft`, body),
    saved: async (document: object, revision: number | null = null, baseVersion = version) =>
      savedRuleChainDraftSchema.parse((await api.admin.put(`${base}/draft`, { revision, baseVersion, document })).body),
    draft: async () => draftAnswer.parse((await api.admin.get(`${base}/draft`)).body).draft,
    publish: (revision: number, of = version, note?: string) =>
      api.admin.post(`${base}/publish`, { revision, version: of, note }),
    metadata: async () => graph.parse((await api.admin.get(`${base}/metadata`)).body),
    versions: async () => pageSchema.parse((await api.admin.get(`${base}/versions?pageSize=300&page=0`)).body).data,
    at: async (of: number) => ruleChainVersionDocumentSchema.parse((await api.admin.get(`${base}/version/${of}`)).body),
  }
}

describe('a draft', () => {
  test('is kept with everything that could not be published, and runs nowhere', async () => {
    const chain = await newChain()
    const before = await chain.metadata()
    expect(await chain.draft()).toBeNull()
    const document = doc(
      [
        node('', { configuration: { z: 1, a: { nested: null }, m: 'not this type' } }),
        node('x', { type: 'org.example.Nowhere' }),
      ],
      [link(0, 1), link(1, 0), link(1, 1)],
      { tests: [{ nothing: 'valid' }] },
    )
    const saved = await chain.saved(document)
    expect(saved).toMatchObject({ revision: 1, baseVersion: chain.version, updatedBy: { id: api.tenant.admin.userId } })
    const draft = await chain.draft()
    expect(draft).toMatchObject({ revision: 1, document })
    // Members of configurations keep their order.
    expect(JSON.stringify(draft?.document.metadata.nodes[0]?.configuration)).toBe(
      '{"z":1,"a":{"nested":null},"m":"not this type"}',
    )
    expect(await chain.metadata()).toEqual(before)
  })

  test('takes over only from the revision that is the newest', async () => {
    const chain = await newChain()
    await chain.saved(doc([node('a')]))
    expect((await chain.saved(doc([node('b')]), 1)).revision).toBe(2)
    for (const revision of [1, 3, null])
      expect(await chain.put({ revision, baseVersion: chain.version, document: doc([]) })).toMatchObject({
        status: 409,
        body: { errorCode: 35 },
      })
    expect(await chain.draft()).toMatchObject({ revision: 2, document: { metadata: { nodes: [{ name: 'b' }] } } })
  })

  test('that two save at once is saved by one of them', async () => {
    const chain = await newChain()
    const save = (revision: number | null) =>
      Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          chain.put({ revision, baseVersion: chain.version, document: doc([node(`n${n}`)]) }),
        ),
      )
    for (const revision of [null, 1]) {
      const statuses = (await save(revision)).map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 409)])
    }
    expect((await chain.draft())?.revision).toBe(2)
  })

  test('that was discarded cannot be mistaken for a later one', async () => {
    const chain = await newChain()
    await chain.saved(doc([node('old')]))
    expect((await api.admin.delete(`${chain.base}/draft`)).status).toBe(200)
    expect((await api.admin.delete(`${chain.base}/draft`)).status).toBe(200)
    expect(await chain.draft()).toBeNull()
    expect(await chain.put({ revision: 1, baseVersion: chain.version, document: doc([]) })).toMatchObject({
      status: 409,
    })
    expect((await chain.saved(doc([node('new')]))).revision).toBe(2)
    expect(await chain.put({ revision: 1, baseVersion: chain.version, document: doc([]) })).toMatchObject({
      status: 409,
    })
  })

  test('cannot stand on a version that is not there', async () => {
    const chain = await newChain()
    for (const baseVersion of [chain.version + 1, 2 ** 40])
      expect(await chain.put({ revision: null, baseVersion, document: doc([]) })).toMatchObject({ status: 409 })
  })

  test('of two thousand nodes goes in and is published', async () => {
    const chain = await newChain()
    const nodes = Array.from({ length: 2_000 }, (_, n) => node(`node ${n}`))
    const links = Array.from({ length: 1_999 }, (_, n) => link(n, n + 1))
    const { revision } = await chain.saved(doc(nodes, links))
    expect((await chain.draft())?.document.metadata.nodes).toHaveLength(2_000)
    const started = performance.now()
    expect((await chain.publish(revision)).status).toBe(200)
    console.log('published 2000 nodes in', Math.round(performance.now() - started), 'ms')
    expect((await chain.metadata()).nodes).toHaveLength(2_000)
  })

  test('that is too large is refused', async () => {
    const chain = await newChain()
    const document = doc([node('big', { configuration: { text: 'x'.repeat(8 * 1024 * 1024) } })])
    expect(await chain.put({ revision: null, baseVersion: chain.version, document })).toMatchObject({ status: 413 })
    expect(await chain.draft()).toBeNull()
  })

  test.each([
    ['no document', { revision: null, baseVersion: 1 }],
    [
      'nodes that are no list',
      { revision: null, baseVersion: 1, document: { metadata: { nodes: {}, connections: [] } } },
    ],
    ['a node without a type', { revision: null, baseVersion: 1, document: doc([{ name: 'x' }]) }],
    ['a revision that is a text', { revision: '1', baseVersion: 1, document: doc([]) }],
    ['a negative index', { revision: null, baseVersion: 1, document: doc([node('a')], [link(-1, 0)]) }],
  ])('with %s is refused', async (_, body) => {
    const chain = await newChain()
    expect(await chain.put(body)).toMatchObject({ status: 400 })
  })

  test('keeps characters that a database does not like', async () => {
    const chain = await newChain()
    const text = 'nul \u0000, half a pair \ud800, and \u2028'
    const { revision } = await chain.saved(doc([node('a', { configuration: { messageTypes: [text] } })]))
    expect((await chain.draft())?.document.metadata.nodes[0]?.configuration).toEqual({
      messageTypes: [expect.stringContaining('nul \u0000')],
    })
    expect((await chain.publish(revision)).status).toBeLessThan(500)
    expect((await api.admin.get('/api/ruleChains/search?textSearch=half%20a%20pair')).status).toBe(200)
  })
})
