import { type EntityId, entityId } from '@thingwire/contracts'
import type { EntitiesPort, RelationSearch } from '@thingwire/rules'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRememberedReads, type RememberedReads } from './remembered-reads.ts'
import { telemetryReads } from './telemetry-reads.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
let reads: RememberedReads
let entities: EntitiesPort
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
  reads = createRememberedReads(database.db)
  database.db.changes.onChange(reads.forgetValues)
  entities = reads.entities(mine.tenantId)
})
afterAll(() => database[Symbol.asyncDispose]())

const missing = entityId('DEVICE', 'ffffffff-0000-4000-8000-000000000001')
const newAsset = async (name: string, type = 'default') =>
  (await database.db.assets.save(mine.scope, { name, type })).id
const relate = (from: EntityId, to: EntityId, type = 'Contains', tenantId = mine.tenantId) =>
  database.db.relations.save(tenantId, { from, to, type, typeGroup: 'COMMON' })
const search = (root: EntityId, change: Partial<RelationSearch> = {}): RelationSearch => ({
  ...{ root, direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, filters: [] },
  ...change,
})

describe('entities', () => {
  test('are summed up in order, with profile and customer; those of others and missing ones are none', async () => {
    const { customerDevice, customerId } = mine
    const asset = await newAsset('Hall 1', 'hall')
    const customer = entityId('CUSTOMER', customerId)
    const ids = [asset, other.device.id, customerDevice.id, missing, customer, customerDevice.id]
    for (const list of [await entities.summaries(ids), await entities.summaries(ids)])
      expect(list).toEqual([
        { id: asset, name: 'Hall 1', label: null, profileName: 'hall', customerId: null },
        null,
        expect.objectContaining({ id: customerDevice.id, profileName: 'default', customerId }),
        null,
        expect.objectContaining({ id: customer, customerId }),
        expect.objectContaining({ id: customerDevice.id }),
      ])
  })

  test('an id of another kind is not found, though it is remembered', async () => {
    await entities.summaries([mine.device.id])
    expect(await entities.summaries([entityId('ASSET', mine.device.id.id)])).toEqual([null])
  })

  test('are summed up anew when they change, and not before', async () => {
    const id = await newAsset('Before')
    const name = async () => (await entities.summaries([id]))[0]?.name
    expect(await name()).toBe('Before')
    await database.db.assets.save(mine.scope, { id, name: 'After', type: 'default' })
    expect(await name()).toBe('Before')
    reads.forget({ kind: 'asset', tenantId: mine.tenantId, id: id.id })
    expect(await name()).toBe('After')
    await database.db.assets.delete(mine.scope, id.id)
    reads.forget({ kind: 'asset', tenantId: mine.tenantId, id: id.id })
    expect(await name()).toBeUndefined()
  })

  test('are forgotten with their profile and their customer', async () => {
    const id = await newAsset('Kept', 'old')
    const [before] = await entities.summaries([id])
    const profile = await database.db.assetProfiles.list(mine.scope, { page: 0, pageSize: 10, textSearch: 'old' })
    const [one] = profile.data
    if (!one) throw new Error('no profile')
    await database.db.assetProfiles.save(mine.scope, { ...one, name: 'new' })
    reads.forget({ kind: 'asset-profile', tenantId: mine.tenantId, id: one.id.id })
    expect([before?.profileName, (await entities.summaries([id]))[0]?.profileName]).toEqual(['old', 'new'])

    await database.db.assets.assign(mine.scope, id.id, mine.customerId)
    reads.forget({ kind: 'asset', tenantId: mine.tenantId, id: id.id })
    expect((await entities.summaries([id]))[0]?.customerId).toBe(mine.customerId)
    await database.db.assets.assign(mine.scope, id.id, null)
    reads.forget({ kind: 'customer', tenantId: mine.tenantId, id: mine.customerId })
    expect((await entities.summaries([id]))[0]?.customerId).toBeNull()
  })

  test('are read as REST shows them, of every kind, those of the tenant only', async () => {
    const asset = await newAsset('Read')
    const chain = mine.rootChain.id
    const ids = [
      mine.device.id,
      asset,
      entityId('CUSTOMER', mine.customerId),
      entityId('TENANT', mine.tenantId),
      entityId('USER', mine.admin.userId),
      chain,
      entityId('USER', other.admin.userId),
      entityId('TENANT', other.tenantId),
      other.device.id,
      missing,
      entityId('EDGE', missing.id),
    ]
    expect(await entities.read(ids)).toEqual([
      expect.objectContaining({ id: mine.device.id, name: mine.device.name, type: 'default', label: null }),
      expect.objectContaining({ id: asset, name: 'Read', type: 'default' }),
      expect.objectContaining({ id: entityId('CUSTOMER', mine.customerId), title: expect.any(String) }),
      expect.objectContaining({ id: entityId('TENANT', mine.tenantId), title: expect.any(String) }),
      expect.objectContaining({ email: mine.admin.email, firstName: null }),
      expect.objectContaining({ id: chain, type: 'CORE' }),
      ...[null, null, null, null, null],
    ])
    const [, shown] = await entities.read(ids)
    expect(shown).not.toHaveProperty('assetProfileName')
  })

  test('are found by their exact names', async () => {
    const asset = await newAsset('Named')
    const wanted = [
      { entityType: 'ASSET', name: 'Named' },
      { entityType: 'ASSET', name: 'named' },
      { entityType: 'DEVICE', name: mine.device.name },
      { entityType: 'DEVICE', name: other.device.name },
      { entityType: 'USER', name: mine.admin.email.toUpperCase() },
      { entityType: 'USER', name: other.admin.email },
      { entityType: 'DEVICE', name: "x' OR 'a'='a\u0000" },
      { entityType: 'EDGE', name: 'Named' },
    ] as const
    const user = entityId('USER', mine.admin.userId)
    expect(await entities.named(wanted)).toEqual([asset, null, mine.device.id, null, user, null, null, null])
  })

  test('show the credentials of the devices of the tenant', async () => {
    const { device, customerDevice } = mine
    expect(
      (await entities.credentials([customerDevice.id.id, other.device.id.id, device.id.id, missing.id])).map(
        (one) => one?.credentialsId ?? null,
      ),
    ).toEqual([mine.customerToken, null, mine.token, null])
  })
})

describe('relations', () => {
  test('lead to neighbours in a stable order, by direction, type and kind', async () => {
    const [a, b, c] = [await newAsset('R1'), await newAsset('R2'), await newAsset('R3')]
    await relate(a, c, 'Manages')
    await relate(a, b)
    await relate(a, mine.device.id)
    await relate(c, a)
    const near = [b, mine.device.id].toSorted((x, y) => (x.id < y.id ? -1 : 1))
    const contains = (...entityTypes: ('ASSET' | 'DEVICE')[]) => ({
      filters: [{ relationType: 'Contains', entityTypes }],
    })
    const relations = reads.relations(mine.tenantId)
    const searches = [
      search(a),
      search(a, { direction: 'TO' }),
      search(a, contains()),
      search(a, contains('DEVICE')),
      search(b),
      search(a, { filters: [...contains('ASSET').filters, { relationType: 'Manages', entityTypes: [] }] }),
      search(b, { direction: 'TO' }),
    ]
    for (const found of [await relations.search(searches), await relations.search(searches)])
      expect(found).toEqual([[...near, c], [c], near, [mine.device.id], [], [b, c], [a]])
    expect(await reads.relations(other.tenantId).search([search(a)])).toEqual([[]])
  })

  test('are followed as deep as is asked for', async () => {
    const [a, b, c] = [await newAsset('D1'), await newAsset('D2'), await newAsset('D3')]
    await relate(a, b)
    await relate(b, c)
    const relations = reads.relations(mine.tenantId)
    expect(
      await relations.search([
        search(a, { maxLevel: 2 }),
        search(a, { maxLevel: 0, fetchLastLevelOnly: true }),
        search(b, { maxLevel: 2 }),
      ]),
    ).toEqual([[b, c], [c], [c]])
  })

  test('are followed for many roots at once as for each alone, in a mesh with circles', async () => {
    const layers: EntityId[][] = []
    for (let level = 0; level < 5; level++)
      layers.push([await newAsset(`M${level}a`), await newAsset(`M${level}b`), await newAsset(`M${level}c`)])
    for (const [level, layer] of layers.entries())
      for (const from of layer)
        for (const to of layers[(level + 1) % layers.length] ?? []) await relate(from, to, level % 2 ? 'Odd' : 'Even')
    const roots = layers.flat()
    const relations = reads.relations(mine.tenantId)
    for (const how of [
      { maxLevel: 0, fetchLastLevelOnly: false, filters: [] },
      { maxLevel: 3, fetchLastLevelOnly: true, filters: [] },
      { maxLevel: 2, fetchLastLevelOnly: false, filters: [{ relationType: 'Odd', entityTypes: ['ASSET' as const] }] },
      { maxLevel: 2, fetchLastLevelOnly: true, filters: [{ relationType: 'Even', entityTypes: [] }] },
    ])
      for (const direction of ['FROM', 'TO'] as const) {
        const alone = await Promise.all(
          roots.map(async (root) => {
            const query = { root, direction, relationTypeGroup: 'COMMON' as const, ...how }
            return (await database.db.relations.findRelated(mine.scope, query)).entityIds
          }),
        )
        expect(alone.flat().length).toBeGreaterThan(0)
        expect(await relations.search(roots.map((root) => search(root, { direction, ...how })))).toEqual(alone)
      }
  })

  test('are looked for anew when one is made or deleted, and when an entity at the far end is deleted', async () => {
    const [a, b] = [await newAsset('F1'), await newAsset('F2')]
    const relations = reads.relations(mine.tenantId)
    const found = async () => (await relations.search([search(a)]))[0]
    expect(await found()).toEqual([])
    await relate(a, b)
    expect(await found()).toEqual([b])
    await database.db.relations.delete(mine.scope, { from: a, to: b, type: 'Contains', typeGroup: 'COMMON' })
    expect(await found()).toEqual([])
    await relate(a, b)
    expect(await found()).toEqual([b])
    await database.db.assets.delete(mine.scope, b.id)
    reads.forget({ kind: 'asset', tenantId: mine.tenantId, id: b.id })
    expect(await found()).toEqual([])
  })

  test('are told of, one by one and listed', async () => {
    const [a, b, c] = [await newAsset('H1'), await newAsset('H2'), await newAsset('H3')]
    await relate(a, b)
    await relate(c, a, 'Manages')
    const relations = reads.relations(mine.tenantId)
    const ask = (entity: EntityId, direction: 'FROM' | 'TO', type: string, far: EntityId | null) => ({
      ...{ entityId: entity, direction, type, other: far },
    })
    expect(
      await relations.have([
        ask(a, 'FROM', 'Contains', b),
        ask(a, 'TO', 'Contains', b),
        ask(b, 'TO', 'Contains', null),
        ask(a, 'FROM', 'Contains', c),
        ask(a, 'TO', 'Manages', c),
        ask(a, 'FROM', 'contains', null),
        ask(a, 'FROM', 'Contains', entityId('DEVICE', b.id)),
      ]),
    ).toEqual([true, false, true, false, true, false, false])
    expect(
      await relations.list([
        { entityId: a, direction: 'TO', type: 'Manages' },
        { entityId: a, direction: 'FROM', type: 'Contains' },
        { entityId: b, direction: 'FROM', type: 'Contains' },
      ]),
    ).toEqual([[{ from: c, to: a, type: 'Manages' }], [{ from: a, to: b, type: 'Contains' }], []])
    expect(await reads.relations(other.tenantId).have([ask(a, 'FROM', 'Contains', b)])).toEqual([false])
  })
})

describe('attributes', () => {
  const set = (id: EntityId, value: number, tenantId = mine.tenantId) =>
    database.db.attributes.save(tenantId, [
      { entityId: id, scope: 'SERVER_SCOPE', ts: Date.now(), entries: [{ key: 'limit', type: 'LONG', value }] },
    ])
  const query = (id: EntityId, ...keys: string[]) => ({ entityId: id, scope: 'SERVER_SCOPE' as const, keys })

  test('are remembered and forgotten when they are saved or deleted', async () => {
    const find = reads.attributes(mine.tenantId)
    const id = await newAsset('A1')
    const limits = async () => (await find([query(id, 'limit', 'none')])).map((list) => list.map(({ value }) => value))
    expect(await limits()).toEqual([[]])
    await set(id, 5)
    expect(await limits()).toEqual([[5]])
    expect(await limits()).toEqual([[5]])
    await set(id, 6)
    expect(await limits()).toEqual([[6]])
    await database.db.attributes.delete(mine.scope, id, 'SERVER_SCOPE', ['limit'])
    expect(await limits()).toEqual([[]])
  })

  test('are not read again while nothing changes', async () => {
    const id = await newAsset('A2')
    await set(id, 5)
    let asked = 0
    const counted = createRememberedReads({
      ...database.db,
      attributes: {
        ...database.db.attributes,
        findMany: (...given) => {
          asked++
          return database.db.attributes.findMany(...given)
        },
      },
    })
    const find = counted.attributes(mine.tenantId)
    await find([query(id, 'limit', 'none')])
    await find([query(id, 'none'), query(id, 'limit')])
    expect(asked).toBe(1)
    await find([query(id, 'limit', 'third')])
    expect(asked).toBe(2)
    counted.forget({ kind: 'asset', tenantId: mine.tenantId, id: id.id })
    await find([query(id, 'limit')])
    expect(asked).toBe(3)
  })

  test('of another tenant are none, though they are remembered', async () => {
    const { device } = other
    await set(device.id, 9, other.tenantId)
    expect(await reads.attributes(other.tenantId)([query(device.id, 'limit')])).toMatchObject([[{ value: 9 }]])
    expect(await reads.attributes(mine.tenantId)([query(device.id, 'limit')])).toEqual([[]])
    expect(await reads.attributes(other.tenantId)([query(device.id, 'limit')])).toMatchObject([[{ value: 9 }]])
  })
})

test('latest values and points are those of the entities of the tenant', async () => {
  const write = (tenantId: string, id: EntityId, ts: number, value: number) =>
    database.db.telemetry.write([
      ...[
        { tenantId, entityId: id, ts, key: 't', type: 'LONG' as const, value, saveTimeseries: true, saveLatest: true },
      ],
    ])
  const base = Date.now() - 10_000
  await write(mine.tenantId, mine.device.id, base, 1)
  await write(mine.tenantId, mine.device.id, base + 5, 2)
  await write(other.tenantId, other.device.id, base, 3)
  const { latest, history } = telemetryReads(database.db, mine.tenantId)
  const keys = ['t', 'none']
  expect(
    await latest([
      { entityId: other.device.id, keys },
      { entityId: mine.device.id, keys },
      { entityId: missing, keys },
    ]),
  ).toEqual([[], [{ key: 't', ts: base + 5, type: 'LONG', value: 2 }], []])
  const range = { keys, startTs: base, endTs: base + 5, intervalMs: 5, order: 'ASC' as const, limit: 10 }
  const points = await history([
    { ...range, entityId: mine.device.id, aggregation: 'NONE' },
    { ...range, entityId: other.device.id, aggregation: 'NONE' },
    { ...range, entityId: mine.device.id, aggregation: 'SUM', endTs: base + 6, intervalMs: 6 },
  ])
  expect(points.map((one) => [...one])).toEqual([
    [['t', [{ ts: base, type: 'LONG', value: 1 }]]],
    [],
    [['t', [{ ts: base + 3, type: 'LONG', value: 3 }]]],
  ])
})
