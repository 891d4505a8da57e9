import type { ChainDocumentData, RuleChainFile, RuleNode } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
import { maxVersions } from '../drafts/version-store.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const link = { page: 0, pageSize: 1_000 }
const node = (name: string): RuleNode => ({
  type: 'org.example.Node',
  name,
  singletonMode: false,
  configurationVersion: 0,
  configuration: {},
})
const file = (...names: string[]): RuleChainFile => ({
  ruleChain: { name: 'chain', type: 'CORE', root: false, debugMode: false },
  metadata: { nodes: names.map(node), connections: [] },
})
const document = (...names: string[]): ChainDocumentData => ({
  metadata: { firstNodeIndex: null, nodes: names.map(node), connections: [] },
  tests: [],
})
const create = async (...names: string[]) => {
  const { chain, metadata } = await database.db.ruleChains.create(mine.scope, file(...names))
  return { id: chain.id.id, version: chain.version, metadata }
}
const draftOf = (ownerId: string, baseVersion: number, ...names: string[]) => ({
  ownerId,
  userId: mine.admin.userId,
  revision: null,
  baseVersion,
  document: document(...names),
})
const versionsOf = async (id: string) => (await database.db.ruleChainDrafts.versions(mine.scope, id, link)).data
/** As a chain is that was last saved before versions were kept. */
const forgetVersions = (id: string) =>
  enginesOf(database.db).sql.query({ text: 'DELETE FROM rule_chain_versions WHERE rule_chain_id = $1', values: [id] })

describe('isolation', () => {
  test('another tenant neither sees nor changes a draft or a version; a customer sees none', async () => {
    const { ruleChainDrafts, ruleNodeSearch } = database.db
    const { id, version } = await create('a secret name')
    const saved = await ruleChainDrafts.save(mine.scope, draftOf(id, version, 'draft'))
    expect(await ruleChainDrafts.find(other.scope, id)).toBeNull()
    expect(await ruleChainDrafts.state(other.tenantId, id)).toBeNull()
    expect(await ruleChainDrafts.discard(other.scope, id, null)).toBe(false)
    expect(await ruleChainDrafts.versions(other.scope, id, link)).toMatchObject({ totalElements: 0 })
    expect(await ruleChainDrafts.version(other.scope, id, version)).toBeNull()
    expect(await ruleNodeSearch.find(other.scope, 'a secret name')).toEqual([])
    for (const revision of [null, saved.revision])
      await expect(ruleChainDrafts.save(other.scope, { ...draftOf(id, version), revision })).rejects.toMatchObject({
        code: 'VERSION_CONFLICT',
      })
    for (const scope of [mine.customerScope, other.customerScope]) {
      const denied = { code: 'PERMISSION_DENIED' }
      await expect(ruleChainDrafts.find(scope, id)).rejects.toMatchObject(denied)
      await expect(ruleChainDrafts.version(scope, id, version)).rejects.toMatchObject(denied)
      await expect(ruleNodeSearch.find(scope, 'a')).rejects.toMatchObject(denied)
    }
    expect((await ruleChainDrafts.find(mine.scope, id))?.document).toEqual(document('draft'))
  })

  test('a draft and versions go with their chain, and stay without their user', async () => {
    const { ruleChains, ruleChainDrafts } = database.db
    const { sql } = enginesOf(database.db)
    const { id, version } = await create('one')
    const user = '01a1fdc6-8308-71ba-a218-57c01ab6dd91'
    await sql.query({
      text: `INSERT INTO users (id, created_time, tenant_id, email, authority, first_name, last_name)
             VALUES ($1, 0, $2, 'gone@example.org', 'TENANT_ADMIN', 'Ada', 'Lovelace')`,
      values: [user, mine.tenantId],
    })
    await ruleChainDrafts.save(mine.scope, { ...draftOf(id, version), userId: user })
    await ruleChains.saveMetadata(
      mine.scope,
      { ruleChainId: { entityType: 'RULE_CHAIN', id }, nodes: [], connections: [] },
      { publisher: { userId: user, note: 'with a \u0000 in it' } },
    )
    expect((await ruleChainDrafts.find(mine.scope, id))?.updatedBy).toEqual({ id: user, name: 'Ada Lovelace' })
    expect((await versionsOf(id))[0]?.user).toEqual({ id: user, name: 'Ada Lovelace' })
    await sql.query({ text: 'DELETE FROM users WHERE id = $1', values: [user] })
    expect((await ruleChainDrafts.find(mine.scope, id))?.updatedBy).toBeNull()
    expect((await versionsOf(id))[0]).toMatchObject({ user: null, note: expect.stringMatching(/^with a .+ in it$/) })
    expect(await ruleChains.delete(mine.scope, id)).toBe(true)
    const { rows } = await sql.query<{ left: number }>({
      text: `SELECT (SELECT count(*) FROM rule_chain_drafts WHERE rule_chain_id = $1)
               + (SELECT count(*) FROM rule_chain_versions WHERE rule_chain_id = $1) AS left`,
      values: [id],
    })
    expect(rows[0]?.left).toBe(0)
  })

  test('who publishes while their account is deleted has published', async () => {
    const { id } = await create('one')
    await database.db.ruleChains.saveMetadata(
      mine.scope,
      { ruleChainId: { entityType: 'RULE_CHAIN', id }, nodes: [], connections: [] },
      { publisher: { userId: '01a1fdc6-8308-71ba-a218-57c01ab6dd92' } },
    )
    expect((await versionsOf(id))[0]?.user).toBeNull()
  })
})

describe('a chain from before there were versions', () => {
  test('tells its present state as the one that there is', async () => {
    const { id, version, metadata } = await create('first')
    await forgetVersions(id)
    expect(await versionsOf(id)).toMatchObject([{ version, nodes: 1, user: null, note: null }])
    const found = await database.db.ruleChainDrafts.version(mine.scope, id, version)
    expect(found?.document.metadata.nodes).toMatchObject([{ id: metadata.nodes[0]?.id, name: 'first' }])
    expect(await database.db.ruleChainDrafts.version(mine.scope, id, version + 1)).toBeNull()
  })

  test.each([
    [
      'its drawing',
      async (id: string) =>
        database.db.ruleChains.saveMetadata(mine.scope, {
          ruleChainId: { entityType: 'RULE_CHAIN', id },
          nodes: [node('second')],
          connections: [],
        }),
    ],
    [
      'its name',
      async (id: string) =>
        database.db.ruleChains.update(mine.scope, {
          id,
          name: 'x',
          debugMode: false,
          additionalInfo: null,
          version: null,
        }),
    ],
  ])('keeps the state before the first change of %s', async (_, change) => {
    const { id, version } = await create('first')
    await forgetVersions(id)
    await change(id)
    const found = await database.db.ruleChainDrafts.version(mine.scope, id, version)
    expect(found).toMatchObject({ version, user: null, document: { metadata: { nodes: [{ name: 'first' }] } } })
  })

  test('keeps it whoever of several is first', async () => {
    const { id, version } = await create('first')
    await forgetVersions(id)
    const save = (name: string) =>
      database.db.ruleChains.saveMetadata(mine.scope, {
        ruleChainId: { entityType: 'RULE_CHAIN', id },
        nodes: [node(name)],
        connections: [],
      })
    await Promise.all(['a', 'b', 'c', 'd'].map(save))
    const versions = await versionsOf(id)
    expect(versions.map((one) => one.version)).toEqual([4, 3, 2, 1, 0].map((n) => version + n))
    const first = await database.db.ruleChainDrafts.version(mine.scope, id, version)
    expect(first?.document.metadata.nodes[0]?.name).toBe('first')
  })
})

test('the newest versions are kept, and no more', async () => {
  const { id, version } = await create('one')
  const { sql } = enginesOf(database.db)
  await sql.query({
    text: `INSERT INTO rule_chain_versions SELECT rule_chain_id, tenant_id, version - n, created_time, user_id, note, nodes,
             connections, document FROM rule_chain_versions, generate_series(1, $2::int) n WHERE rule_chain_id = $1`,
    values: [id, maxVersions + 10],
  })
  await database.db.ruleChains.saveMetadata(mine.scope, {
    ruleChainId: { entityType: 'RULE_CHAIN', id },
    nodes: [],
    connections: [],
  })
  const versions = await versionsOf(id)
  expect(versions).toHaveLength(maxVersions)
  expect(versions[0]?.version).toBe(version + 1)
  expect(versions.at(-1)?.version).toBe(version + 2 - maxVersions)
})

test('a draft that could not be published is whole again', async () => {
  const { id, version } = await create('one')
  const { ruleChains, ruleChainDrafts } = database.db
  const { revision } = await ruleChainDrafts.save(mine.scope, draftOf(id, version, 'a', 'b'))
  const circle = [
    { fromIndex: 0, toIndex: 1, type: 'Success' },
    { fromIndex: 1, toIndex: 0, type: 'Success' },
  ]
  const metadata = {
    ...document('a', 'b').metadata,
    connections: circle,
    ruleChainId: { entityType: 'RULE_CHAIN' as const, id },
  }
  await expect(
    ruleChains.saveMetadata(mine.scope, metadata, { draft: { revision, tests: [{ name: 't' }] } }),
  ).rejects.toMatchObject({ code: 'RULE_CHAIN_INVALID' })
  expect((await ruleChainDrafts.find(mine.scope, id))?.revision).toBe(revision)
  expect((await ruleChains.find(mine.scope, id))?.additionalInfo).toBeNull()
})
