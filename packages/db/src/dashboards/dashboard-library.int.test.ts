import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'

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
const configuration = { widgets: { w: { config: { title: 'Old card' } } } }
const titles = async (textSearch: string, scope: SeededTenant['scope'] = mine.scope) =>
  (await database.db.dashboardLibrary.list(scope, { ...page, textSearch }, {})).data.map(({ title }) => title)

/** As a dashboard is that was last saved before there were versions and an index. */
const fromBefore = async (title: string) => {
  const { id } = await database.db.dashboards.save(mine.scope, { title, configuration })
  const { sql } = enginesOf(database.db)
  for (const table of ['dashboard_versions', 'dashboard_index'])
    await sql.query({ text: `DELETE FROM ${table} WHERE dashboard_id = $1`, values: [id.id] })
  return id.id
}

describe('a dashboard from before there were versions', () => {
  test('is found, whoever of several asks first', async () => {
    await fromBefore('Found later')
    expect(await Promise.all(Array.from({ length: 4 }, () => titles('old card')))).toEqual(
      Array.from({ length: 4 }, () => ['Found later']),
    )
  })

  test('shows its present state as its version, which is kept when it first changes', async () => {
    const { dashboards, dashboardDrafts } = database.db
    const id = await fromBefore('First')
    const present = { version: 1, title: 'First', widgets: 1, states: 0, user: null, note: null }
    expect(await dashboardDrafts.versions(mine.scope, id, page)).toMatchObject({ totalElements: 1, data: [present] })
    expect(await dashboardDrafts.version(mine.scope, id, 1)).toMatchObject({ ...present, document: { configuration } })
    await dashboards.save(mine.scope, { id, title: 'Second', configuration: {} })
    expect((await dashboardDrafts.versions(mine.scope, id, page)).data).toMatchObject([
      { version: 2, title: 'Second', widgets: 0 },
      present,
    ])
  })

  test('comes back from deletion as it was', async () => {
    const { dashboards, deletedDashboards } = database.db
    const id = await fromBefore('Never changed')
    expect(await dashboards.delete(mine.scope, id, mine.admin.userId)).toBe(true)
    expect(await deletedDashboards.restore(other.scope, id)).toBe(false)
    expect(await deletedDashboards.restore(mine.scope, id)).toBe(true)
    expect(await dashboards.find(mine.scope, id)).toMatchObject({ title: 'Never changed', configuration })
  })
})

test('an index that was made by other rules is made again', async () => {
  const { id } = await database.db.dashboards.save(mine.scope, { title: 'Other rules', configuration })
  const { sql } = enginesOf(database.db)
  await sql.query({
    text: `UPDATE dashboard_index SET form = 0, search_text = '' WHERE dashboard_id = $1`,
    values: [id.id],
  })
  expect(await titles('old card')).toContain('Other rules')
})

test('many who list at once index what is not, and none of them fails', async () => {
  const { sql } = enginesOf(database.db)
  for (let n = 0; n < 30; n++)
    await database.db.dashboards.save(mine.scope, { title: `At once ${n}`, configuration: { ...configuration, n } })
  for (let round = 0; round < 10; round++) {
    await sql.query({ text: 'DELETE FROM dashboard_index WHERE tenant_id = $1', values: [mine.tenantId] })
    const lists = await Promise.all(Array.from({ length: 12 }, () => titles('At once')))
    for (const list of lists) expect(list).toHaveLength(30)
  }
})

test('another tenant finds, brings back and forgets nothing, and reads no version', async () => {
  const { dashboards, dashboardDrafts, dashboardLibrary, deletedDashboards, dashboardOverlays } = database.db
  const { id } = await dashboards.save(mine.scope, { title: 'A secret', configuration })
  expect(await titles('secret', other.scope)).toEqual([])
  expect(await dashboardLibrary.tags(other.scope)).toEqual([])
  expect(await dashboardDrafts.version(other.scope, id.id, 1)).toBeNull()
  expect(await dashboardDrafts.saveNote(other.scope, id.id, 1, 'x')).toBeNull()
  await dashboardOverlays.save(other.admin.userId, { tenantId: other.tenantId, dashboardId: id.id, overlay: {} })
  expect(await dashboardOverlays.find(other.admin.userId, id.id)).toBeNull()
  await dashboards.delete(mine.scope, id.id, null)
  expect(await deletedDashboards.find(other.scope, id.id)).toBeNull()
  expect(await deletedDashboards.forget(other.scope, id.id)).toBe(false)
  expect(await deletedDashboards.forget(mine.scope, id.id)).toBe(true)
  expect(await dashboardDrafts.version(mine.scope, id.id, 1)).toBeNull()
})

test('versions and deleted dashboards stay without the user who made them', async () => {
  const { dashboards, dashboardDrafts, deletedDashboards } = database.db
  const gone = '0193d5a0-0000-7000-8000-0000000000ff'
  const { id } = await dashboards.save(mine.scope, { title: 'By nobody', configuration, publisher: { userId: gone } })
  expect((await dashboardDrafts.versions(mine.scope, id.id, page)).data).toMatchObject([{ user: null }])
  await dashboards.delete(mine.scope, id.id, gone)
  expect((await deletedDashboards.list(mine.scope, { ...page, textSearch: 'nobody' })).data).toMatchObject([
    { deletedBy: null },
  ])
})
