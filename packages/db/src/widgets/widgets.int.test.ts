import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SeedBundle, seedWidgets } from '../seed/index.ts'

let database: TestDatabase
let mine: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const system = { kind: 'system' } as const
const widget = (fqn: string) => ({
  fqn,
  name: `Widget ${fqn}`,
  description: 'Shows something',
  deprecated: false,
  descriptor: { type: 'latest' },
})
const bundle = (...fqns: string[]): SeedBundle => ({
  alias: 'cards',
  title: 'Cards',
  description: 'Cards',
  order: 1,
  widgets: fqns.map(widget),
})

test('seeding again adds what is new and leaves what the administrator changed', async () => {
  const { db } = database
  await seedWidgets(db, [bundle('cards.b', 'cards.a')])
  const [made] = await db.widgetsBundles.all(mine.scope)
  const inBundle = async () => (await db.widgetTypes.ofBundle(made?.id.id ?? '')).map(({ fqn }) => fqn)
  expect(await inBundle()).toEqual(['cards.b', 'cards.a'])

  const first = await db.widgetTypes.findByFqn(system, 'cards.a')
  if (!first) throw new Error('not seeded')
  await db.widgetTypes.save(system, { ...first, id: first.id.id, name: 'Renamed', version: null })
  await seedWidgets(db, [bundle('cards.b', 'cards.a', 'cards.c')])
  await seedWidgets(db, [bundle('cards.b', 'cards.a', 'cards.c')])
  expect(await inBundle()).toEqual(['cards.b', 'cards.a', 'cards.c'])
  expect(await db.widgetTypes.findByFqn(system, 'cards.a')).toMatchObject({ id: first.id, name: 'Renamed' })
  expect(await db.widgetsBundles.all(mine.scope)).toHaveLength(1)
})

test('a tenant sees those of the system and its own, and changes only its own', async () => {
  const { db } = database
  const shared = await db.widgetTypes.findByFqn(system, 'cards.b')
  const write = {
    name: 'Taken',
    descriptor: {},
    deprecated: false,
    scada: false,
    image: null,
    description: null,
    tags: [],
  }
  const id = shared?.id.id ?? ''
  expect(await db.widgetTypes.find(mine.scope, id)).toEqual(shared)
  await expect(db.widgetTypes.save(mine.scope, { ...write, id, version: null })).rejects.toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  })
  expect(await db.widgetTypes.delete(mine.scope, id)).toBe(false)
  const own = await db.widgetTypes.save(mine.scope, { ...write, fqn: 'cards.b', version: null })
  expect(own.fqn).toBe('cards.b')
  expect(await db.widgetTypes.findByFqn(mine.scope, 'cards.b')).toMatchObject({ name: 'Taken' })
  expect(await db.widgetTypes.findByFqn(system, 'cards.b')).toEqual(shared)
})

test('the same name at the same time becomes several names', async () => {
  const write = {
    name: 'Race',
    descriptor: {},
    deprecated: false,
    scada: false,
    image: null,
    description: null,
    tags: [],
  }
  const made = await Promise.all(
    Array.from({ length: 4 }, () => database.db.widgetTypes.save(mine.scope, { ...write, version: null })),
  )
  expect(made.map(({ fqn }) => fqn).sort()).toEqual(['race', 'race2', 'race3', 'race4'])
})
