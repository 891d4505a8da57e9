import { type EntityId, entityId, type RelationDirection } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidV7 } from '../uuid.ts'
import type { RelatedQuery } from './related.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const asset = () => entityId('ASSET', uuidV7())
const device = () => entityId('DEVICE', uuidV7())
const link = (from: EntityId, to: EntityId, type = 'Contains') =>
  database.db.relations.save(mine.tenantId, { from, to, type, typeGroup: 'COMMON' })
const around = async (root: EntityId, query: Partial<RelatedQuery> = {}, direction: RelationDirection = 'FROM') => {
  const found = await database.db.relations.findRelated(mine.scope, {
    root,
    direction,
    maxLevel: 0,
    fetchLastLevelOnly: false,
    filters: [],
    relationTypeGroup: 'COMMON',
    ...query,
  })
  return { ...found, ids: found.entityIds.map(({ id }) => id) }
}

test('a relation is made once; saving it again replaces what it says', async () => {
  const key = { from: asset(), to: device(), type: 'Contains', typeGroup: 'COMMON' as const }
  const { relations } = database.db
  expect(await relations.save(mine.tenantId, { ...key, additionalInfo: { floor: 1 } })).toEqual({
    ...key,
    additionalInfo: { floor: 1 },
    version: 1,
  })
  expect(await relations.save(mine.tenantId, key)).toMatchObject({ additionalInfo: null, version: 2 })
  expect(await relations.find(mine.scope, key)).toMatchObject({ ...key, version: 2 })
  expect(await relations.find(mine.scope, { ...key, typeGroup: 'DASHBOARD' })).toBeNull()
  expect(await relations.delete(mine.scope, key)).toMatchObject({ ...key, version: 2 })
  expect(await relations.delete(mine.scope, key)).toBeNull()
})

test('lists are by either end, by type and by group', async () => {
  const { relations } = database.db
  const [from, first, second] = [asset(), device(), device()]
  await link(from, first)
  await link(from, second, 'Manages')
  await relations.save(mine.tenantId, { from, to: first, type: 'Contains', typeGroup: 'DASHBOARD' })
  const typesOf = async (filter: Parameters<typeof relations.list>[1]) =>
    (await relations.list(mine.scope, filter)).map(({ type, typeGroup }) => `${type} ${typeGroup}`)
  expect(await typesOf({ from, typeGroup: 'COMMON' })).toEqual(['Contains COMMON', 'Manages COMMON'])
  expect(await typesOf({ from, type: 'Manages' })).toEqual(['Manages COMMON'])
  expect((await typesOf({ to: first })).sort()).toEqual(['Contains COMMON', 'Contains DASHBOARD'])
  expect(await relations.deleteOf(mine.scope, first, 'COMMON')).toHaveLength(1)
  expect(await typesOf({ from })).toEqual(['Contains DASHBOARD', 'Manages COMMON'])
})

test('another tenant sees, deletes and overwrites nothing', async () => {
  const { relations } = database.db
  const key = { from: asset(), to: device(), type: 'Contains', typeGroup: 'COMMON' as const }
  await relations.save(mine.tenantId, key)
  expect(await relations.find(other.scope, key)).toBeNull()
  expect(await relations.list(other.scope, { from: key.from })).toEqual([])
  expect(await relations.delete(other.scope, key)).toBeNull()
  expect(await relations.deleteOf(other.scope, key.from, 'COMMON')).toEqual([])
  await expect(relations.save(other.tenantId, { ...key, additionalInfo: { taken: true } })).rejects.toThrow()
  expect(await relations.find(mine.scope, key)).toMatchObject({ additionalInfo: null, version: 1 })
  const related = await relations.findRelated(other.scope, {
    root: key.from,
    direction: 'FROM',
    maxLevel: 0,
    fetchLastLevelOnly: false,
    filters: [],
    relationTypeGroup: 'COMMON',
  })
  expect(related).toEqual({ relations: [], entityIds: [] })
})

describe('a search around an entity', () => {
  const site = asset()
  const [hall, office] = [asset(), asset()]
  const [pump, lamp, badge] = [device(), device(), device()]
  beforeAll(async () => {
    await link(site, hall)
    await link(site, office)
    await link(hall, pump)
    await link(office, lamp)
    await link(office, badge, 'Manages')
  })

  test('goes as deep as it is told, nearest first', async () => {
    expect(new Set((await around(site, { maxLevel: 1 })).ids)).toEqual(new Set([hall.id, office.id]))
    const all = await around(site)
    expect(new Set(all.ids.slice(0, 2))).toEqual(new Set([hall.id, office.id]))
    expect(new Set(all.ids.slice(2))).toEqual(new Set([pump.id, lamp.id, badge.id]))
    expect(all.relations).toHaveLength(5)
  })

  test('runs against the relations, too', async () => {
    expect((await around(badge, {}, 'TO')).ids).toEqual([office.id, site.id])
  })

  test('filters are alternatives about the relation and the far entity, and do not stop the search', async () => {
    const devices = await around(site, { filters: [{ entityTypes: ['DEVICE'] }] })
    expect(new Set(devices.ids)).toEqual(new Set([pump.id, lamp.id, badge.id]))
    expect((await around(site, { filters: [{ relationType: 'Manages' }] })).ids).toEqual([badge.id])
    const others = await around(site, {
      filters: [
        { relationType: 'Contains', negate: true },
        { relationType: 'Contains', entityTypes: ['ASSET'] },
      ],
    })
    expect(new Set(others.ids)).toEqual(new Set([hall.id, office.id, badge.id]))
  })

  test('the last level alone: where paths end, or where the levels do', async () => {
    const ends = await around(site, { fetchLastLevelOnly: true })
    expect(new Set(ends.ids)).toEqual(new Set([pump.id, lamp.id, badge.id]))
    const assets = await around(site, { fetchLastLevelOnly: true, filters: [{ entityTypes: ['ASSET'] }] })
    expect(new Set(assets.ids)).toEqual(new Set([hall.id, office.id]))
    const cut = await around(site, { fetchLastLevelOnly: true, maxLevel: 1 })
    expect(new Set(cut.ids)).toEqual(new Set([hall.id, office.id]))
  })

  test('a circle ends, and the root is not related to itself', async () => {
    const ring = [asset(), asset(), asset()] as const
    await link(ring[0], ring[1])
    await link(ring[1], ring[2])
    await link(ring[2], ring[0])
    await link(ring[2], ring[1])
    const { ids, relations } = await around(ring[0])
    expect(ids).toEqual([ring[1].id, ring[2].id])
    expect(relations).toHaveLength(4)
  })

  test('a mesh costs its entities, not its paths', async () => {
    const layers = Array.from({ length: 30 }, () => [asset(), asset(), asset()])
    const root = asset()
    for (const first of layers[0] ?? []) await link(root, first)
    for (const [n, layer] of layers.entries())
      for (const from of layer) for (const to of layers[n + 1] ?? []) await link(from, to)
    // 3^30 paths: this would not come back.
    const { ids, relations } = await around(root)
    expect(ids).toHaveLength(90)
    expect(relations).toHaveLength(3 + 29 * 9)
  })

  test('goes no deeper than fifty levels', async () => {
    const chain = Array.from({ length: 55 }, asset)
    for (const [n, from] of chain.entries()) {
      const to = chain[n + 1]
      if (to) await link(from, to)
    }
    const [root = asset()] = chain
    expect((await around(root)).ids).toHaveLength(50)
    expect((await around(root, { maxLevel: 1_000 })).ids).toHaveLength(50)
  })
})
