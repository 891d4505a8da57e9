import type { DeviceInfo, PageLink } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../database.ts'

let database: TestDatabase
let db: Database
let tenant: SeededTenant
let all: DeviceInfo[]

/** Labels, customers, profiles and activity that repeat and are missing, so that every order has ties and gaps. */
beforeAll(async () => {
  database = await testDatabase()
  db = database.db
  tenant = await seedTenant(db)
  const stranger = await seedTenant(db)
  for (const [n, { scope, customerId }] of [tenant, stranger, tenant].entries())
    for (let i = 0; i < 30; i++) {
      const device = await db.devices.save(scope, {
        name: `${n}-${(i * 17) % 30}`,
        type: i % 3 === 0 ? 'pump' : i % 3 === 1 ? 'boiler' : null,
        label: i % 4 === 0 ? `hall ${i % 5}` : null,
        customerId: i % 2 === 0 ? { entityType: 'CUSTOMER', id: customerId } : null,
      })
      if (i % 5 < 2)
        await db.attributes.save(scope.tenantId, [
          {
            entityId: device.id,
            scope: 'SERVER_SCOPE',
            entries: [{ key: 'active', type: 'BOOLEAN', value: i % 5 === 0 }],
            ts: 1,
          },
        ])
    }
  all = (await db.devices.list(tenant.scope, { pageSize: 1_000, page: 0 })).data
})
afterAll(() => database[Symbol.asyncDispose]())

type Key = 'id' | 'createdTime' | 'name' | 'label' | 'type' | 'deviceProfileName' | 'customerTitle' | 'active'

const keyOf = (device: DeviceInfo, key: Key): string | number | null => {
  if (key === 'id') return device.id.id
  const value = device[key]
  return typeof value === 'boolean' ? String(value) : value
}

/** Without a value last; ties are in no particular order. */
const keysInOrder = (devices: readonly DeviceInfo[], key: Key, sortOrder: 'ASC' | 'DESC') => {
  const keys = devices.map((device) => keyOf(device, key))
  const given = keys.filter((one) => one !== null).sort((a, b) => (a < b ? -1 : Number(a > b)))
  return [...(sortOrder === 'ASC' ? given : given.reverse()), ...keys.filter((one) => one === null)]
}

const walk = async (link: Partial<PageLink>, pageSize: number, filter = {}) => {
  const found: DeviceInfo[] = []
  for (let page = 0; ; page++) {
    const answer = await db.devices.list(tenant.scope, { ...link, pageSize, page }, filter)
    found.push(...answer.data)
    if (!answer.hasNext) return { found, total: answer.totalElements }
  }
}

describe('every order', () => {
  const keys = ['id', 'createdTime', 'name', 'label', 'type', 'deviceProfileName', 'customerTitle', 'active'] as const
  const cases = keys.flatMap((key) => (['ASC', 'DESC'] as const).map((order) => [key, order] as const))
  test.each(cases)('%s %s shows each device once, page by page', async (sortProperty, sortOrder) => {
    const { found, total } = await walk({ sortProperty, sortOrder }, 7)
    expect(total).toBe(all.length)
    expect(found.map(({ id }) => id.id).sort()).toEqual(all.map(({ id }) => id.id).sort())
    expect(found.map((device) => keyOf(device, sortProperty))).toEqual(keysInOrder(all, sortProperty, sortOrder))
  })

  test.each(cases)('%s %s, of what a text finds', async (sortProperty, sortOrder) => {
    const wanted = all.filter(({ type, name, label }) => `${type} ${name} ${label}`.includes('boiler'))
    const { found, total } = await walk({ sortProperty, sortOrder, textSearch: 'BOIL' }, 3)
    expect(total).toBe(wanted.length)
    expect(found.map((device) => keyOf(device, sortProperty))).toEqual(keysInOrder(wanted, sortProperty, sortOrder))
  })
})

test('far pages are read from the nearer end', async () => {
  const link = { sortProperty: 'name', sortOrder: 'DESC', pageSize: 1 } as const
  const names = keysInOrder(all, 'name', 'DESC')
  for (const page of [0, Math.floor(all.length / 2), all.length - 2, all.length - 1])
    expect((await db.devices.list(tenant.scope, { ...link, page })).data.map(({ name }) => name)).toEqual([names[page]])
  expect((await db.devices.list(tenant.scope, { ...link, page: all.length })).data).toEqual([])
  expect((await db.devices.list(tenant.scope, { ...link, page: 9_000 })).totalElements).toBe(all.length)
})

test('filters by type, profile and activity meet the search and the customer', async () => {
  const boilers = all.filter(({ type }) => type === 'boiler')
  const count = async (filter: object, link: Partial<PageLink> = {}, scope = tenant.scope) =>
    (await db.devices.list(scope, { pageSize: 1, page: 0, ...link }, filter)).totalElements
  expect(await count({ type: 'boiler' })).toBe(boilers.length)
  expect(await count({ deviceProfileId: boilers[0]?.deviceProfileId.id ?? '' })).toBe(boilers.length)
  expect(await count({ active: true })).toBe(all.filter(({ active }) => active).length)
  expect(await count({ active: false, type: 'boiler' })).toBe(boilers.filter(({ active }) => !active).length)
  expect(await count({}, { textSearch: 'hall 4' })).toBe(all.filter(({ label }) => label === 'hall 4').length)
  const title = all.find(({ customerTitle }) => customerTitle)?.customerTitle ?? ''
  expect(await count({}, { textSearch: title })).toBe(all.filter(({ customerTitle }) => customerTitle === title).length)
  const ofCustomer = await db.devices.list(tenant.customerScope, { pageSize: 100, page: 0, sortProperty: 'type' })
  expect(ofCustomer.totalElements).toBe(all.filter(({ customerId }) => customerId.id === tenant.customerId).length)
})

test('activity follows the attribute, through other values, deletion and a move', async () => {
  const { scope, tenantId } = tenant
  const isActive = async (id: string, where = scope) => (await db.devices.findInfo(where, id))?.active
  const device = await db.devices.save(scope, { name: 'follower' })
  const { id } = device.id
  const set = (value: boolean | string, ts: number, owner = tenantId) =>
    db.attributes.save(owner, [
      {
        entityId: device.id,
        scope: 'SERVER_SCOPE',
        entries: [
          typeof value === 'string'
            ? { key: 'active', type: 'STRING', value }
            : { key: 'active', type: 'BOOLEAN', value },
        ],
        ts,
      },
    ])
  await set(true, 1)
  expect(await isActive(id)).toBe(true)
  await set(false, 2)
  expect(await isActive(id)).toBe(false)
  await set(true, 3)
  await set('yes', 4)
  expect(await isActive(id)).toBe(false)
  await set(true, 5)
  const other = await seedTenant(db)
  await db.devices.move(scope, id, other.tenantId)
  expect(await isActive(id, other.scope)).toBe(true)
  await db.attributes.delete(other.scope, device.id, 'SERVER_SCOPE', ['active'])
  expect(await isActive(id, other.scope)).toBe(false)
  const activeOnes = async () =>
    (await db.devices.list(other.scope, { pageSize: 1, page: 0 }, { active: true })).totalElements
  await set(true, 6, other.tenantId)
  expect(await activeOnes()).toBe(1)
  await db.devices.delete(other.scope, id)
  await set(true, 7, other.tenantId)
  expect(await activeOnes()).toBe(0)
})
