import { randomUUID } from 'node:crypto'
import { entityId, type PageLink, type SaveAsset } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const save = (asset: SaveAsset) => database.db.assets.save(mine.scope, asset)
const customer = () => entityId('CUSTOMER', mine.customerId)

describe('the profile of an asset', () => {
  test('is that of the id, else of the type, else the default one', async () => {
    const byDefault = await save({ name: 'Plain' })
    expect(byDefault).toMatchObject({ type: 'default', assetProfileName: 'default', version: 1 })
    const byType = await save({ name: 'Typed', type: ' Building ' })
    expect(byType).toMatchObject({ type: 'Building' })
    expect((await save({ name: 'Typed too', type: 'Building' })).assetProfileId).toEqual(byType.assetProfileId)
    const byId = await save({ name: 'By id', type: 'ignored', assetProfileId: byType.assetProfileId })
    expect(byId.type).toBe('Building')
  })

  test('of another tenant is refused', async () => {
    const theirs = await database.db.assetProfiles.findDefault(other.scope)
    if (!theirs) throw new Error('no default profile')
    await expect(save({ name: 'Foreign', assetProfileId: theirs.id })).rejects.toMatchObject({
      message: 'Asset is referencing to non-existent asset profile!',
    })
  })

  test('is not made by those who may not make one', async () => {
    await expect(
      database.db.assets.save(mine.scope, { name: 'Sly', type: 'Unheard of' }, { mayMakeProfile: false }),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})

test('saving replaces the asset, a missing customer unassigns, and a stale version is refused', async () => {
  const made = await save({ name: 'Hall', label: 'H', customerId: customer(), additionalInfo: { floor: 1 } })
  expect(made).toMatchObject({ customerTitle: expect.any(String), customerIsPublic: false, label: 'H' })
  const saved = await save({ id: made.id, name: 'Hall 2', version: 1 })
  expect(saved).toMatchObject({ label: null, additionalInfo: null, customerTitle: null, version: 2 })
  await expect(save({ id: made.id, name: 'late', version: 1 })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
  expect(await save({ id: made.id, name: 'Hall 3' })).toMatchObject({ version: 3 })
  await expect(save({ id: entityId('ASSET', randomUUID()), name: 'x' })).rejects.toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  })
  await expect(save({ name: 'Hall 3' })).rejects.toMatchObject({ message: 'Asset with such name already exists!' })
})

describe('lists', () => {
  const names = ['Ahorn', 'Birke 100%', 'Birke_x', 'Éclair', 'Zeder']
  beforeAll(async () => {
    for (const [n, name] of names.entries())
      await save({
        name,
        type: 'Tree',
        label: n % 2 === 0 ? `even ${n}` : null,
        ...(n === 4 && { customerId: customer() }),
      })
  })
  const list = async (
    link: Partial<PageLink>,
    filter = { type: 'Tree' },
    scope: SeededTenant['scope'] = mine.scope,
  ) => {
    const { data, ...page } = await database.db.assets.list(scope, { page: 0, pageSize: 10, ...link }, filter)
    return { ...page, names: data.map(({ name }) => name) }
  }

  test('every page of every order is a part of the whole', async () => {
    for (const sortProperty of ['id', 'name', 'createdTime', 'label', 'type', 'customerTitle'])
      for (const sortOrder of ['ASC', 'DESC'] as const) {
        const whole = await list({ sortProperty, sortOrder })
        expect(whole).toMatchObject({ totalElements: 5, totalPages: 1, hasNext: false })
        expect([...whole.names].sort()).toEqual([...names].sort())
        for (const pageSize of [1, 2, 3]) {
          const parts: string[] = []
          for (let page = 0; page * pageSize < 5; page++) {
            const part = await list({ sortProperty, sortOrder, pageSize, page })
            expect(part).toMatchObject({ totalElements: 5, hasNext: (page + 1) * pageSize < 5 })
            parts.push(...part.names)
          }
          expect(parts).toEqual(whole.names)
        }
      }
    expect(await list({ page: 3 })).toMatchObject({ names: [], totalElements: 5, totalPages: 1 })
  })

  test('texts are found in name, label, type and customer, with wildcards as they stand', async () => {
    expect((await list({ textSearch: 'BIRKE', sortProperty: 'name' })).names).toEqual(['Birke 100%', 'Birke_x'])
    expect((await list({ textSearch: '0%' })).names).toEqual(['Birke 100%'])
    expect((await list({ textSearch: '_x' })).names).toEqual(['Birke_x'])
    expect((await list({ textSearch: 'éclAIR' })).names).toEqual(['Éclair'])
    expect((await list({ textSearch: 'even 2' })).names).toEqual(['Birke_x'])
    expect(await list({ textSearch: 'tre', pageSize: 2, page: 1 })).toMatchObject({ totalElements: 5, hasNext: true })
    expect((await list({ textSearch: 'customer ' })).names).toEqual(['Zeder'])
    expect(await list({ textSearch: 'nothing' })).toMatchObject({ names: [], totalElements: 0 })
  })

  test('an unknown or hostile sort property is refused', async () => {
    for (const sortProperty of ['tenantId', '__proto__', 'constructor'])
      await expect(list({ sortProperty })).rejects.toMatchObject({ message: 'Invalid sort property' })
  })

  test('a customer sees its own alone, another tenant nothing', async () => {
    const seen = await database.db.assets.list(mine.customerScope, { page: 0, pageSize: 10 })
    expect(seen.data.map(({ name }) => name)).toEqual(['Zeder'])
    expect((await list({}, undefined, other.scope)).names).toEqual([])
    const [first] = seen.data
    expect(await database.db.assets.find(other.scope, first?.id.id ?? '')).toBeNull()
    expect(await database.db.assets.findByName(other.scope, 'Zeder')).toBeNull()
    expect(await database.db.assets.findMany(other.scope, [first?.id.id ?? ''])).toEqual([])
  })
})

test('an asset that is looked at stays; without views it goes with what hung on it', async () => {
  const { assets, entityViews, attributes } = database.db
  const { id } = await save({ name: 'Viewed' })
  const view = await entityViews.save(mine.scope, {
    name: 'A view',
    type: 'v',
    entityId: id,
    keys: { timeseries: [], attributes: { cs: [], ss: [], sh: [] } },
    startTimeMs: 0,
    endTimeMs: 0,
  })
  await attributes.save(mine.tenantId, [
    { entityId: id, scope: 'SERVER_SCOPE', ts: 1, entries: [{ key: 'a', type: 'LONG', value: 1 }] },
  ])
  await expect(assets.delete(mine.scope, id.id)).rejects.toMatchObject({
    message: "Can't delete asset that has entity views!",
  })
  expect(await assets.delete(other.scope, id.id)).toBe(false)
  expect(await entityViews.delete(mine.scope, view.id.id)).toBe(true)
  expect(await assets.delete(mine.scope, id.id)).toBe(true)
  expect(await attributes.find(mine.scope, id, {})).toEqual([])
})

test('one profile is the default one, and neither it nor a used one can be deleted', async () => {
  const { assetProfiles } = database.db
  const first = await assetProfiles.findDefault(mine.scope)
  const next = await assetProfiles.save(mine.scope, { name: 'Next', description: 'd' })
  expect(await assetProfiles.setDefault(mine.scope, next.id.id)).toMatchObject({ default: true, version: 2 })
  expect(await assetProfiles.find(mine.scope, first?.id.id ?? '')).toMatchObject({ default: false })
  await expect(assetProfiles.delete(mine.scope, next.id.id)).rejects.toMatchObject({
    message: 'Deletion of Default Asset Profile is prohibited!',
  })
  await save({ name: 'Keeps it', assetProfileId: first?.id })
  await expect(assetProfiles.delete(mine.scope, first?.id.id ?? '')).rejects.toMatchObject({
    message: 'The asset profile referenced by the assets cannot be deleted!',
  })
  const unused = await assetProfiles.save(mine.scope, { name: 'Unused' })
  expect((await assetProfiles.names(mine.scope, { isUsed: true })).map(({ name }) => name)).not.toContain('Unused')
  expect(await assetProfiles.delete(mine.scope, unused.id.id)).toBe(true)
  await expect(assetProfiles.save(mine.scope, { name: 'Next' })).rejects.toMatchObject({
    message: 'Asset profile with such name already exists!',
  })
  await expect(
    assetProfiles.save(mine.scope, { name: 'Bad', defaultRuleChainId: other.rootChain.id }),
  ).rejects.toMatchObject({ message: 'Asset profile is referencing to non-existent default rule chain!' })
})
