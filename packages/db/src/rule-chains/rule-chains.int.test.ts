import type { RuleChainFile, RuleChainMetadata, RuleNode } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootRuleChainFile } from '../seed/index.ts'
import { uuidV7 } from '../uuid.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const page = { page: 0, pageSize: 100 }
const node = (name: string, more: Partial<RuleNode> = {}): RuleNode => ({
  type: 'org.example.Node',
  name,
  singletonMode: false,
  configurationVersion: 0,
  configuration: {},
  ...more,
})
const chain = (name: string, metadata: Partial<RuleChainMetadata> = {}): RuleChainFile => ({
  ruleChain: { name, type: 'CORE', root: true, debugMode: false },
  metadata: { nodes: [], connections: [], ...metadata },
})

describe('isolation', () => {
  test('another tenant neither sees nor changes a chain; a customer sees none', async () => {
    const { ruleChains } = database.db
    const id = other.rootChain.id.id
    for (const scope of [mine.scope, mine.customerScope, other.customerScope]) {
      expect(await ruleChains.find(scope, id)).toBeNull()
      expect(await ruleChains.metadata(scope, id)).toBeNull()
      expect((await ruleChains.list(scope, page)).data.map((found) => found.id.id)).not.toContain(id)
    }
    expect(await ruleChains.load(mine.tenantId, id)).toBeNull()
    expect(await ruleChains.delete(mine.scope, id)).toBe(false)
    await expect(ruleChains.setRoot(mine.scope, id)).rejects.toMatchObject({ code: 'ENTITY_NOT_FOUND' })
    const metadata = { ruleChainId: other.rootChain.id, nodes: [], connections: [] }
    await expect(ruleChains.saveMetadata(mine.scope, metadata)).rejects.toMatchObject({ code: 'ENTITY_NOT_FOUND' })
    await expect(ruleChains.create(other.customerScope, chain('c'))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    expect(await ruleChains.find(other.scope, id)).toEqual(other.rootChain)
  })

  test("an import cannot take over another chain's node by its id", async () => {
    const before = await database.db.ruleChains.metadata(other.scope, other.rootChain.id.id)
    const stolen = before?.nodes[0]?.id
    const stored = await database.db.ruleChains.create(
      mine.scope,
      chain('thief', { nodes: [node('n', { id: stolen ?? null })] }),
    )
    expect(stored.metadata.nodes[0]?.id).not.toEqual(stolen)
    expect(await database.db.ruleChains.metadata(other.scope, other.rootChain.id.id)).toEqual(before)
  })
})

describe('storing', () => {
  test('a file comes back with its indexes, configurations, layout and notes; it never becomes the root', async () => {
    const file = rootRuleChainFile()
    const note = { id: 'n1', x: 1, y: 2, width: 3, height: 4, content: 'why', backgroundColor: '#fff' }
    const { chain: made, metadata } = await database.db.ruleChains.create(mine.scope, {
      ruleChain: { ...file.ruleChain, additionalInfo: { description: 'd' } },
      metadata: { ...file.metadata, notes: [note] },
    })
    expect(made).toMatchObject({ root: false, version: 1, additionalInfo: { description: 'd' } })
    expect(metadata.nodes.map(({ id: _id, debugSettings: _d, queueName: _q, ...rest }) => rest)).toMatchObject(
      file.metadata.nodes,
    )
    expect(made.firstRuleNodeId).toEqual(metadata.nodes[2]?.id)
    expect(metadata).toMatchObject({ firstNodeIndex: 2, notes: [note], version: 1 })
    expect(metadata.connections).toEqual([...file.metadata.connections].sort((a, b) => a.toIndex - b.toIndex))
    expect(await database.db.ruleChains.load(mine.tenantId, made.id.id)).toEqual({ chain: made, metadata })
    expect((await database.db.ruleChains.load(mine.tenantId, null))?.chain.id).toEqual(mine.rootChain.id)
  })

  test('member order of a configuration is kept', async () => {
    const configuration = { z: 1, a: { y: [1.5, 'x'], b: null }, m: '\u0000' }
    const { metadata } = await database.db.ruleChains.create(
      mine.scope,
      chain('ordered', { nodes: [node('n', { configuration })] }),
    )
    expect(JSON.stringify(metadata.nodes[0]?.configuration)).toBe(JSON.stringify(configuration))
  })

  test('links to chains of old files become nodes', async () => {
    const link = {
      fromIndex: 0,
      targetRuleChainId: mine.rootChain.id,
      additionalInfo: { layoutX: 5, layoutY: 6, description: 'gone' },
      type: 'Success',
    }
    const unknown = { ...link, targetRuleChainId: { entityType: 'RULE_CHAIN' as const, id: uuidV7() } }
    const { metadata } = await database.db.ruleChains.create(
      mine.scope,
      chain('legacy', { nodes: [node('n')], ruleChainConnections: [link, unknown] }),
    )
    expect(metadata.nodes.slice(1)).toMatchObject([
      {
        type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
        name: 'Root Rule Chain',
        configuration: { ruleChainId: mine.rootChain.id.id },
        additionalInfo: { layoutX: 5, layoutY: 6 },
      },
      { name: 'Rule Chain Input' },
    ])
    expect(metadata.connections).toEqual([
      { fromIndex: 0, toIndex: 1, type: 'Success' },
      { fromIndex: 0, toIndex: 2, type: 'Success' },
    ])
    expect(metadata.ruleChainConnections).toBeNull()
  })

  test('a save keeps the ids of known nodes, adds and removes the others, and counts up the version', async () => {
    const { ruleChains } = database.db
    const { chain: made, metadata } = await ruleChains.create(
      mine.scope,
      chain('edited', {
        nodes: [node('a'), node('b'), node('c')],
        connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
        firstNodeIndex: 0,
      }),
    )
    const [a, , c] = metadata.nodes
    if (!a || !c) throw new Error('nodes are missing')
    const brought = { entityType: 'RULE_NODE' as const, id: uuidV7() }
    const saved = await ruleChains.saveMetadata(mine.scope, {
      ruleChainId: made.id,
      version: made.version,
      firstNodeIndex: 1,
      nodes: [{ ...c, name: 'c2' }, a, node('d', { id: brought }), node('e')],
      connections: [
        { fromIndex: 1, toIndex: 0, type: 'Failure' },
        { fromIndex: 1, toIndex: 0, type: 'Failure' },
        { fromIndex: 0, toIndex: 2, type: 'Success' },
      ],
    })
    expect(saved.metadata.nodes.map((found) => found.name)).toEqual(['c2', 'a', 'd', 'e'])
    expect(saved.metadata.nodes.slice(0, 3).map((found) => found.id)).toEqual([c.id, a.id, brought])
    expect(saved.metadata.connections).toEqual([
      { fromIndex: 0, toIndex: 2, type: 'Success' },
      { fromIndex: 1, toIndex: 0, type: 'Failure' },
    ])
    expect(saved.chain).toMatchObject({ version: 2, firstRuleNodeId: a.id })
    await expect(ruleChains.saveMetadata(mine.scope, { ...saved.metadata, version: 1 })).rejects.toMatchObject({
      code: 'VERSION_CONFLICT',
    })
  })

  test('debugging ends after 15 minutes at the latest, whatever was asked', async () => {
    const forever = { failuresEnabled: true, allEnabled: false, allEnabledUntil: Number.MAX_SAFE_INTEGER }
    const nodes = [
      node('asked', { debugSettings: { failuresEnabled: false, allEnabled: true, allEnabledUntil: 0 } }),
      node('legacy', { debugMode: true }),
      node('forever', { debugSettings: forever }),
      node('off'),
    ]
    const { metadata } = await database.db.ruleChains.create(mine.scope, chain('debugged', { nodes }))
    const limit = Date.now() + 15 * 60_000
    for (const found of metadata.nodes.slice(0, 3)) {
      expect(found.debugSettings?.allEnabled).toBe(false)
      expect(found.debugSettings?.allEnabledUntil).toBeGreaterThan(limit - 60_000)
      expect(found.debugSettings?.allEnabledUntil).toBeLessThanOrEqual(limit)
    }
    expect(metadata.nodes[3]?.debugSettings).toBeNull()
  })

  test('a chain that cannot be stored is refused as a whole', async () => {
    const bad = chain('bad', { nodes: [node('a')], connections: [{ fromIndex: 0, toIndex: 3, type: 'Success' }] })
    await expect(database.db.ruleChains.create(mine.scope, bad)).rejects.toMatchObject({ code: 'RULE_CHAIN_INVALID' })
    const found = await database.db.ruleChains.list(mine.scope, { ...page, textSearch: 'bad' })
    expect(found.totalElements).toBe(0)
  })
})

describe('root', () => {
  test('the root moves from one chain to another and cannot be deleted', async () => {
    const { ruleChains } = database.db
    const { chain: next } = await ruleChains.create(other.scope, chain('next root'))
    expect(await ruleChains.setRoot(other.scope, next.id.id)).toMatchObject({ root: true })
    expect(await ruleChains.setRoot(other.scope, next.id.id)).toMatchObject({ root: true, version: 2 })
    expect(await ruleChains.find(other.scope, other.rootChain.id.id)).toMatchObject({ root: false })
    expect((await ruleChains.load(other.tenantId, null))?.chain.id).toEqual(next.id)
    await expect(ruleChains.delete(other.scope, next.id.id)).rejects.toMatchObject({
      details: 'Deletion of Root Tenant Rule Chain is prohibited!',
    })
    await ruleChains.setRoot(other.scope, other.rootChain.id.id)
    expect(await ruleChains.delete(other.scope, next.id.id)).toBe(true)
    expect(await ruleChains.find(other.scope, next.id.id)).toBeNull()
  })
})
