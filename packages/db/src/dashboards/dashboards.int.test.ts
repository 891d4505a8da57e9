import { type DashboardConfiguration, dashboardConfigurationSchema } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCustomer } from '../seed/index.ts'
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
const configuration: DashboardConfiguration = dashboardConfigurationSchema.parse({ own: { z: 1, a: 1.0 } })

test('a dashboard keeps its document and its image until they are changed', async () => {
  const { dashboards } = database.db
  const made = await dashboards.save(mine.scope, { title: 'Board', configuration, image: 'tb-image;/x' })
  expect(made).toMatchObject({ title: 'Board', name: 'Board', image: 'tb-image;/x', assignedCustomers: [], version: 1 })
  expect(JSON.stringify(made.configuration)).toBe(JSON.stringify(configuration))
  const id = made.id.id
  const saved = await dashboards.save(mine.scope, { id, title: 'Board 2', configuration, version: 1 })
  expect(saved).toMatchObject({ title: 'Board 2', image: 'tb-image;/x', version: 2 })
  expect(await dashboards.save(mine.scope, { id, title: 'Board 2', configuration, image: null })).toMatchObject({
    image: null,
  })
  await expect(dashboards.save(mine.scope, { id, title: 'late', configuration, version: 1 })).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
  })
})

test('a customer sees what is assigned to it, and not to whom else', async () => {
  const { dashboards } = database.db
  const board = await dashboards.save(mine.scope, { title: 'Shared', configuration })
  const hidden = await dashboards.save(mine.scope, { title: 'Hidden', configuration })
  const second = await createCustomer(database.db, { tenantId: mine.tenantId, title: 'Second' })
  await dashboards.assign(mine.scope, board.id.id, mine.customerId)
  await dashboards.assign(mine.scope, board.id.id, mine.customerId)
  const assigned = await dashboards.assign(mine.scope, board.id.id, second)
  expect(assigned.assignedCustomers.map((customer) => customer.customerId.id)).toEqual([mine.customerId, second])
  const seen = await dashboards.list(mine.customerScope, page)
  expect(seen.data.map((found) => found.title)).toEqual(['Shared'])
  const own = await dashboards.find(mine.customerScope, board.id.id)
  expect(own?.assignedCustomers.map((customer) => customer.customerId.id)).toEqual([mine.customerId])
  expect(await dashboards.find(mine.customerScope, hidden.id.id)).toBeNull()
})

test('another tenant sees, changes, assigns and deletes nothing', async () => {
  const { dashboards } = database.db
  const board = await dashboards.save(mine.scope, { title: 'Mine', configuration })
  const id = board.id.id
  await dashboards.assign(mine.scope, id, mine.customerId)
  for (const scope of [other.scope, other.customerScope]) {
    expect(await dashboards.find(scope, id)).toBeNull()
    expect((await dashboards.list(scope, page)).data.map((found) => found.id.id)).not.toContain(id)
  }
  await expect(dashboards.save(other.scope, { id, title: 'x', configuration })).rejects.toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  })
  await expect(dashboards.assign(other.scope, id, other.customerId)).rejects.toMatchObject({ code: 'ENTITY_NOT_FOUND' })
  await expect(dashboards.assign(mine.scope, id, other.customerId)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    details: "Can't assign dashboard to non-existent customer!",
  })
  expect(await dashboards.delete(other.scope, id, null)).toBe(false)
  await expect(dashboards.delete(mine.customerScope, id, null)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  expect(await dashboards.delete(mine.scope, id, null)).toBe(true)
  expect(await dashboards.find(mine.scope, uuidV7())).toBeNull()
})

test('the list leaves the documents out, searches and sorts by title', async () => {
  const { dashboards } = database.db
  for (const title of ['Alpha', 'beta', 'Gamma 100%']) await dashboards.save(other.scope, { title, configuration })
  const titles = async (link: object) =>
    (await dashboards.list(other.scope, { ...page, sortProperty: 'title', ...link })).data.map((found) => found.title)
  expect(await titles({ sortOrder: 'DESC' })).toEqual(['beta', 'Gamma 100%', 'Alpha'])
  expect(await titles({ textSearch: 'BET' })).toEqual(['beta'])
  expect(await titles({ textSearch: '%' })).toEqual(['Gamma 100%'])
  const [first] = (await dashboards.list(other.scope, page)).data
  expect(first && 'configuration' in first).toBe(false)
})
