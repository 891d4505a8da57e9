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

  test('is discarded only as it was seen, where that is said', async () => {
    const chain = await newChain()
    await chain.saved(doc([node('old')]))
    expect((await chain.saved(doc([node('newer')]), 1)).revision).toBe(2)
    expect((await api.admin.delete(`${chain.base}/draft?revision=1`)).status).toBe(409)
    expect((await chain.draft())?.revision).toBe(2)
    expect((await api.admin.delete(`${chain.base}/draft?revision=x`)).status).toBe(400)
    expect((await api.admin.delete(`${chain.base}/draft?revision=2`)).status).toBe(200)
    expect(await chain.draft()).toBeNull()
    // What is gone already is not in anybody's way.
    expect((await api.admin.delete(`${chain.base}/draft?revision=2`)).status).toBe(200)
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
    expect((await chain.publish(revision)).status).toBe(200)
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

  test.each<[string, object, object, object]>([
    ['the name of a node', { name: 'a\u0000b' }, {}, {}],
    ['its type', { type: 'a\u0000b' }, {}, {}],
    ['its queue', { queueName: 'a\u0000b' }, {}, {}],
    ['its additional info', { additionalInfo: { description: 'a\u0000\ud800b' } }, {}, {}],
    ['a connection', {}, { type: 'a\u0000b' }, {}],
    ['a note', {}, {}, { id: 'n', x: 0, y: 0, width: 1, height: 1, content: 'a\u0000b\udc00' }],
  ])('with NUL in %s is kept, and published or refused, by an answer', async (_, inNode, inLink, note) => {
    const chain = await newChain()
    const notes = 'id' in note ? [note] : null
    const { metadata } = doc([node('a', inNode), node('b')], [{ ...link(0, 1), ...inLink }])
    const { revision } = await chain.saved({ metadata: { ...metadata, notes }, tests: [{ name: 't\u0000' }] })
    expect((await chain.draft())?.revision).toBe(revision)
    expect((await chain.publish(revision, chain.version, 'because\u0000')).status).toBeLessThan(500)
    const tested = await chain.saved({ metadata: { ...metadata, notes }, tests: [] }, revision)
    expect((await chain.publish(tested.revision, chain.version, 'because\u0000')).status).toBeLessThan(500)
    for (const url of [`${chain.base}/metadata`, `${chain.base}/versions?pageSize=9&page=0`, `${chain.base}/version/2`])
      expect((await api.admin.get(url)).status, url).toBeLessThan(500)
  })
})

describe('publishing', () => {
  test('puts the draft in place of what runs, with its tests and the ids of its nodes, and ends it', async () => {
    const chain = await newChain()
    const [kept] = (await chain.metadata()).nodes
    const fresh = node('fresh')
    const tests = [{ name: 'a test', message: { data: { a: 1 } }, expect: {} }]
    const document = doc([{ ...node('one'), id: kept?.id }, fresh], [link(0, 1)], { tests })
    const { revision } = await chain.saved(document)
    const answer = await chain.publish(revision, chain.version, 'because it is better')
    expect(answer).toMatchObject({
      status: 200,
      body: {
        version: chain.version + 1,
        metadata: { version: chain.version + 1, nodes: [{ id: kept?.id }, { id: fresh.id, name: 'fresh' }] },
      },
    })
    expect(await chain.draft()).toBeNull()
    expect((await api.admin.get(chain.base)).body).toMatchObject({ additionalInfo: { tests } })
    expect((await api.admin.get(`${chain.base}/export`)).body).toMatchObject({
      ruleChain: { additionalInfo: { tests } },
    })
    expect(await chain.at(chain.version + 1)).toMatchObject({
      user: { id: api.tenant.admin.userId, name: expect.any(String) },
      note: 'because it is better',
      nodes: 2,
      connections: 1,
      document: { metadata: { nodes: [{ id: kept?.id }, { id: fresh.id }], connections: [link(0, 1)] }, tests },
    })
    // Once more is another publication, of nothing.
    expect(await chain.publish(revision)).toMatchObject({ status: 409 })
  })

  test('names every node and field that is wrong, and changes nothing', async () => {
    const chain = await newChain()
    const before = await chain.metadata()
    const wrong = { configuration: { messageTypes: 'no list' } }
    const nodes = [node(' '), node('bad', wrong), node('circle'), node('odd', { type: 'org.example.Nowhere' })]
    const { revision } = await chain.saved(doc(nodes, [link(1, 2), link(2, 1)], { tests: [{ name: '' }] }))
    const answer = await chain.publish(revision)
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 31 } })
    const { message } = z.looseObject({ message: z.string() }).parse(answer.body)
    for (const part of [`Node 1 (${filterType}), name:`, 'Node "bad", messageTypes:', 'Test 1, name:', 'circling'])
      expect(message).toContain(part)
    expect(message).not.toContain('odd')
    expect(await chain.metadata()).toEqual(before)
    expect((await chain.draft())?.revision).toBe(revision)
  })

  test('tells the first twenty problems and how many more there are', async () => {
    const chain = await newChain()
    const { revision } = await chain.saved(doc(Array.from({ length: 25 }, () => node(''))))
    expect((await chain.publish(revision)).body).toMatchObject({ message: expect.stringMatching(/And 5 more\.$/) })
  })

  test('is refused when the draft or the chain is another than was seen', async () => {
    const chain = await newChain()
    const { revision } = await chain.saved(doc([node('mine')]))
    const conflict = { status: 409, body: { errorCode: 35 } }
    expect(await chain.publish(revision + 1)).toMatchObject(conflict)
    expect(await chain.publish(revision, chain.version + 1)).toMatchObject(conflict)
    // Somebody saves the chain past the draft: even who has seen that cannot publish what does not stand on it.
    const theirs = await chain.metadata()
    expect((await api.admin.post('/api/ruleChain/metadata', theirs)).status).toBe(200)
    expect(await chain.publish(revision, chain.version + 1)).toMatchObject(conflict)
    expect((await chain.metadata()).nodes[0]).toMatchObject({ name: 'one' })
    const merged = await chain.saved(doc([node('merged')]), revision, chain.version + 1)
    expect(await chain.publish(merged.revision, chain.version + 1)).toMatchObject({ status: 200 })
  })

  test('a new name of the chain is no reason to refuse what stands on its drawing', async () => {
    const chain = await newChain()
    const { revision } = await chain.saved(doc([node('mine')]))
    const named = { id: { id: chain.id }, name: 'Another name', version: chain.version }
    expect((await api.admin.post('/api/ruleChain', named)).status).toBe(200)
    expect(await chain.publish(revision)).toMatchObject({ status: 409 })
    expect(await chain.publish(revision, chain.version + 1)).toMatchObject({ status: 200 })
  })

  test('twice at once happens once', async () => {
    const chain = await newChain()
    const { revision } = await chain.saved(doc([node('mine')]))
    const answers = await Promise.all(Array.from({ length: 6 }, () => chain.publish(revision)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect((await chain.versions())[0]?.version).toBe(chain.version + 1)
  })

  test('does not take over the nodes of another chain or tenant', async () => {
    const [theirs] = graph.parse(
      (await api.strangerAdmin.get(`/api/ruleChain/${api.stranger.rootChain.id.id}/metadata`)).body,
    ).nodes
    const chain = await newChain()
    const { revision } = await chain.saved(doc([{ ...node('thief'), id: theirs?.id }]))
    expect((await chain.publish(revision)).status).toBe(200)
    const [mine] = (await chain.metadata()).nodes
    expect(mine?.id.id).not.toBe(theirs?.id.id)
    const after = await api.strangerAdmin.get(`/api/ruleChain/${api.stranger.rootChain.id.id}/metadata`)
    expect(graph.parse(after.body).nodes[0]?.id).toEqual(theirs?.id)
  })

  test('is written into the audit log, and so is a failure', async () => {
    const chain = await newChain()
    const { revision } = await chain.saved(doc([node('audited')]))
    await chain.publish(revision + 7)
    await chain.publish(revision)
    const log = await api.admin.get(`/api/audit/logs/entity/RULE_CHAIN/${chain.id}?pageSize=10&page=0&sortOrder=DESC`)
    expect(log.body).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ actionType: 'UPDATED', actionStatus: 'SUCCESS' })]),
    })
    expect(log.text).toContain('audited')
  })

  test('cuts how long a node is debugged', async () => {
    const chain = await newChain()
    const debugSettings = { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 }
    const { revision } = await chain.saved(doc([node('debugged', { debugSettings })]))
    await chain.publish(revision)
    const [debugged] = (await chain.metadata()).nodes
    expect(debugged).toMatchObject({ debugSettings: { failuresEnabled: true, allEnabled: false } })
    const { allEnabledUntil } = z
      .looseObject({ debugSettings: z.object({ allEnabledUntil: z.number() }) })
      .parse(debugged).debugSettings
    expect(allEnabledUntil).toBeGreaterThan(Date.now())
    expect(allEnabledUntil).toBeLessThanOrEqual(Date.now() + 15 * 60_000)
  })
})

describe('versions', () => {
  test('are written by every way in which a state comes to be', async () => {
    const chain = await newChain()
    const first = await chain.versions()
    expect(first).toMatchObject([{ version: chain.version, nodes: 1, user: { id: api.tenant.admin.userId } }])
    const metadata = await chain.metadata()
    await api.admin.post('/api/ruleChain/metadata', { ...metadata, nodes: [...metadata.nodes, node('more')] })
    const { revision } = await chain.saved(doc([]), null, chain.version + 1)
    await chain.publish(revision, chain.version + 1)
    expect(await chain.versions()).toMatchObject([
      { version: chain.version + 2, nodes: 0 },
      { version: chain.version + 1, nodes: 2 },
      { version: chain.version, nodes: 1 },
    ])
    expect((await chain.at(chain.version + 1)).document.metadata.nodes).toMatchObject([
      { name: 'one' },
      { name: 'more' },
    ])
  })

  test('a change of the name alone is none; the one that was published then is found under its number', async () => {
    const chain = await newChain()
    await api.admin.post('/api/ruleChain', { id: { id: chain.id }, name: 'Another', version: chain.version })
    expect(await chain.versions()).toHaveLength(1)
    expect((await chain.at(chain.version + 1)).version).toBe(chain.version)
    const tests = [{ name: 't', message: { data: {} }, expect: {} }]
    await api.admin.post('/api/ruleChain', { id: { id: chain.id }, name: 'Another', additionalInfo: { tests } })
    expect((await chain.at(chain.version + 2)).document.tests).toEqual(tests)
  })

  test('that are not there are 404; other numbers are refused', async () => {
    const chain = await newChain()
    expect((await api.admin.get(`${chain.base}/version/0`)).status).toBe(404)
    for (const text of ['-1', 'x', '1e3', '99999999999'])
      expect((await api.admin.get(`${chain.base}/version/${text}`)).status).toBe(400)
    expect((await api.admin.get(`${chain.base}/versions?pageSize=10&page=0&sortProperty=document`)).status).toBe(400)
  })

  test('of a chain whose labels followed another one are kept, before and after', async () => {
    const output = {
      ...node('Done'),
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode',
      configuration: {},
    }
    const called = await newChain([output])
    const call = {
      ...node('call'),
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
      configuration: { ruleChainId: called.id, forwardMsgToDefaultRuleChain: false },
    }
    const calling = await newChain()
    const { revision } = await calling.saved(doc([call, node('after')], [link(0, 1, 'Done')]))
    await calling.publish(revision)
    const [end] = (await called.metadata()).nodes
    const renamed = await called.saved(doc([{ ...output, id: end?.id, name: 'Finished' }]))
    expect((await called.publish(renamed.revision)).status).toBe(200)
    const versions = await calling.versions()
    expect(versions.map(({ version }) => version - calling.version)).toEqual([2, 1, 0])
    expect((await calling.at(calling.version + 1)).document.metadata.connections).toEqual([link(0, 1, 'Done')])
    expect((await calling.at(calling.version + 2)).document.metadata.connections).toEqual([link(0, 1, 'Finished')])
  })
})

describe('what uses a chain', () => {
  test('are nodes of other chains that call it, and profiles that begin with it', async () => {
    const chain = await newChain()
    const call = {
      ...node('caller'),
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
      configuration: { ruleChainId: chain.id.toUpperCase(), forwardMsgToDefaultRuleChain: false },
    }
    const other = await newChain([call, { ...node('mentions it'), configuration: { messageTypes: [chain.id] } }])
    const profile = await api.admin.post('/api/deviceProfile', {
      name: 'Begins there',
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      profileData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
      defaultRuleChainId: { entityType: 'RULE_CHAIN', id: chain.id },
    })
    expect(profile.status).toBe(200)
    expect(await api.admin.get(`${chain.base}/usedBy`)).toMatchObject({
      status: 200,
      body: {
        isRoot: false,
        nodes: [{ ruleChainId: other.id, ruleChainName: 'Edited', ruleNodeName: 'caller' }],
        profiles: [{ id: { entityType: 'DEVICE_PROFILE' }, name: 'Begins there' }],
      },
    })
    const root = await api.admin.get(`/api/ruleChain/${api.tenant.rootChain.id.id}/usedBy`)
    expect(root.body).toMatchObject({ isRoot: true, nodes: [] })
  })
})

describe('search', () => {
  const find = async (text: string) =>
    z
      .array(z.looseObject({ ruleNodeName: z.string(), where: z.string(), excerpt: z.string() }))
      .parse((await api.admin.get(`/api/ruleChains/search?textSearch=${encodeURIComponent(text)}`)).body)

  test('finds nodes by name, description and what a person wrote into them', async () => {
    const script = {
      type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
      configuration: {
        scriptLang: 'TBEL',
        jsScript: 'return neverRuns;',
        tbelScript: 'var quoted = "inside \\ quotes";\nreturn metadata["Zähler"] > 100%_1;',
      },
    }
    await newChain([
      node('Needle in a NAME'),
      node('described', { additionalInfo: { layoutX: 1, layoutY: 1, description: 'where the needle is' } }),
      node('scripted', script),
      node('mapped', { type: 'org.example.Mapping', configuration: { map: { haystackKey: 'x' } } }),
    ])
    expect(await find('NEEDLE')).toMatchObject([
      { ruleNodeName: 'Needle in a NAME', where: 'name', excerpt: 'Needle in a NAME' },
      { ruleNodeName: 'described', where: 'description' },
    ])
    for (const text of ['"inside \\ quotes"', 'metadata["zähler"]', '100%_1', '";\nreturn'])
      expect(await find(text), text).toMatchObject([{ ruleNodeName: 'scripted', where: 'configuration' }])
    expect(await find('haystackkey')).toMatchObject([{ ruleNodeName: 'mapped' }])
    // A script that does not run, names of settings, and wildcards that are none.
    for (const text of ['neverRuns', 'tbelScript', '100__1', 'n%dle']) expect(await find(text), text).toEqual([])
  })

  test('tells a hundred places at most, and a line of each', async () => {
    await newChain(Array.from({ length: 130 }, (_, n) => node(`crowd ${n} ${'x'.repeat(200)}`)))
    const found = await find('crowd')
    expect(found).toHaveLength(100)
    for (const { excerpt } of found) expect(excerpt.length).toBeLessThanOrEqual(122)
  })

  test('without a text is refused', async () => {
    for (const query of ['', '?textSearch=', '?textSearch=%20', `?textSearch=${'x'.repeat(256)}`])
      expect((await api.admin.get(`/api/ruleChains/search${query}`)).status).toBe(400)
  })

  test('tells nothing of other tenants', async () => {
    await newChain([node('only ours')])
    expect((await api.strangerAdmin.get('/api/ruleChains/search?textSearch=only%20ours')).body).toEqual([])
  })
})
