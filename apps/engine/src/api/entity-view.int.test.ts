import { randomUUID } from 'node:crypto'
import { type EntityView, entityId, entityViewInfoSchema, entityViewSchema, nullUuid } from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'
import { auditedDeeds } from '../testing/audited.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(() => {
  api.messages.length = 0
})

const target = () => api.tenant.device.id
const customerId = () => entityId('CUSTOMER', api.tenant.customerId)
const viewOf = (more: object = {}) => ({ name: `View ${randomUUID()}`, type: 'Part', entityId: target(), ...more })
const save = async (body: object, client: Client = api.admin): Promise<EntityView> => {
  const answer = await client.post('/api/entityView', body)
  expect(answer.status, answer.text).toBe(200)
  return entityViewSchema.strict().parse(answer.body)
}
const sent = () => api.messages.map(({ message }) => message)
const values = (id: string) => `/api/plugins/telemetry/ENTITY_VIEW/${id}`

describe('saving a view', () => {
  test('creates it with empty keys and an open window, and tells the rule engine', async () => {
    const view = await save(viewOf({ tenantId: entityId('TENANT', api.stranger.tenantId) }))
    expect(view).toMatchObject({
      tenantId: { id: api.tenant.tenantId },
      customerId: { id: nullUuid },
      keys: { timeseries: [], attributes: { cs: [], ss: [], sh: [] } },
      startTimeMs: 0,
      endTimeMs: 0,
      version: 1,
    })
    expect(sent()).toMatchObject([{ type: 'ENTITY_CREATED', originator: view.id }])
    expect(await save({ ...view, type: 'Other' })).toMatchObject({ type: 'Other', version: 2 })
    expect((await api.admin.post('/api/entityView', { ...view, version: 1 })).status).toBe(409)
    expect(await auditedDeeds(api, view.id)).toEqual(['ADDED SUCCESS', 'UPDATED SUCCESS', 'UPDATED FAILURE'])
    const again = await api.admin.post('/api/entityView', viewOf({ name: view.name }))
    expect(again).toMatchObject({ status: 400, body: { message: 'Entity view with such name already exists!' } })
    const unique = await api.admin.post('/api/entityView?nameConflictPolicy=UNIQUIFY', viewOf({ name: view.name }))
    expect(unique.body).toMatchObject({ name: expect.stringMatching(/^View .*_\w{6}$/) })
  })

  test.each([
    [{ name: '' }, 'Entity view name should be specified!'],
    [{ name: '<i>' }, 'Validation error: name is malformed'],
    [{ type: undefined }, 'Entity View type should be specified!'],
    [{ entityId: null }, 'Entity view target should be specified!'],
    [{ entityId: { entityType: 'DEVICE', id: randomUUID() } }, 'Entity view is referencing to non-existent entity!'],
    [{ customerId: { id: randomUUID() } }, "Can't assign entity view to non-existent customer!"],
  ])('%j is refused with "%s"', async (wrong, message) => {
    expect(await api.admin.post('/api/entityView', viewOf(wrong))).toMatchObject({ status: 400, body: { message } })
  })

  test('a device of another tenant cannot be looked at', async () => {
    const answer = await api.admin.post('/api/entityView', viewOf({ entityId: api.stranger.device.id }))
    expect(answer).toMatchObject({
      status: 400,
      body: { message: 'Entity view is referencing to non-existent entity!' },
    })
  })
})

describe('attributes', () => {
  test('are copied when the view is saved, within its keys and its window', async () => {
    const shared = { entityId: target(), scope: 'SHARED_SCOPE' as const }
    const long = (key: string) => ({ key, type: 'LONG' as const, value: 1 })
    await api.db.attributes.save(api.tenant.tenantId, [
      { ...shared, ts: 1_000, entries: [long('early'), long('hidden')] },
      { ...shared, ts: 5_000, entries: [long('within')] },
    ])
    const keys = { attributes: { sh: ['early', 'within'] } }
    const view = await save(viewOf({ keys, startTimeMs: 2_000, endTimeMs: 6_000 }))
    const read = async () => (await api.admin.get(`${values(view.id.id)}/values/attributes`)).body
    expect(await read()).toEqual([{ key: 'within', lastUpdateTs: 5_000, value: 1 }])
    await save({ ...view, startTimeMs: 0, endTimeMs: 2_000, version: null })
    expect(await read()).toEqual([{ key: 'early', lastUpdateTs: 1_000, value: 1 }])
    await api.admin.post(`${values(view.id.id)}/SERVER_SCOPE`, { own: 1 })
    await save({ ...view, keys: {}, version: null })
    expect(await read()).toMatchObject([{ key: 'own' }])
  })
})

describe('time series', () => {
  let view: EntityView
  beforeAll(async () => {
    const points = [1, 2, 3, 4, 5].map((n) => ({ ts: n * 1_000, values: { shown: n, hidden: n } }))
    await api.admin.post(`/api/plugins/telemetry/DEVICE/${target().id}/timeseries/ANY`, points)
    const keys = { timeseries: ['shown'] }
    view = await save(viewOf({ keys, startTimeMs: 2_000, endTimeMs: 4_500, customerId: customerId() }))
  })
  const read = async (query: string, client: Client = api.customer) =>
    (await client.get(`${values(view.id.id)}/${query}`)).body

  test('show through, cut to keys and window', async () => {
    const strict = 'useStrictDataTypes=true'
    expect(await read('keys/timeseries')).toEqual(['shown'])
    expect(await read(`values/timeseries?${strict}`)).toEqual({ shown: [{ ts: 4_000, value: 4 }] })
    expect(await read(`values/timeseries?keys=shown,hidden&${strict}`)).toEqual({
      shown: [{ ts: 4_000, value: 4 }],
      hidden: [{ ts: expect.any(Number), value: null }],
    })
    expect(await read(`values/timeseries?keys=shown,hidden&startTs=0&endTs=9000&orderBy=ASC&${strict}`)).toEqual({
      shown: [2, 3, 4].map((n) => ({ ts: n * 1_000, value: n })),
    })
    expect(await read(`values/timeseries?keys=shown&startTs=0&endTs=9000&agg=SUM&interval=10000&${strict}`)).toEqual({
      shown: [{ ts: 3_250, value: 9 }],
    })
    expect(await read('values/timeseries?keys=shown&startTs=5000&endTs=9000&agg=AVG&interval=1000')).toEqual({})
    expect(await read(`values/timeseries?keys=hidden&startTs=0&endTs=9000`)).toEqual({})
  })

  test('the target itself stays closed, and nothing is written through the view', async () => {
    expect((await api.customer.get(`/api/plugins/telemetry/DEVICE/${target().id}/values/timeseries`)).status).toBe(403)
    const readOnly = { status: 400, text: "Telemetry data can't be stored for entity view. Read only" }
    expect(await api.admin.post(`${values(view.id.id)}/timeseries/ANY`, { shown: 1 })).toMatchObject(readOnly)
    const deletion = `${values(view.id.id)}/timeseries/delete?keys=shown&deleteAllDataForKeys=true`
    expect(await api.admin.delete(deletion)).toMatchObject(readOnly)
    expect((await api.strangerAdmin.get(`${values(view.id.id)}/values/timeseries`)).status).toBe(404)
  })

  test('a customer user widens neither keys nor window, and looks at nothing else', async () => {
    const wide = { ...view, name: 'Renamed', keys: { timeseries: ['hidden'] }, startTimeMs: 0, endTimeMs: 0 }
    const saved = await save({ ...wide, entityId: api.tenant.customerDevice.id, version: null }, api.customer)
    expect(saved).toMatchObject({
      name: 'Renamed',
      keys: view.keys,
      startTimeMs: 2_000,
      endTimeMs: 4_500,
      entityId: view.entityId,
      customerId: customerId(),
    })
    expect((await api.customer.post('/api/entityView', viewOf())).status).toBe(403)
    expect((await api.customer.delete(`/api/entityView/${view.id.id}`)).status).toBe(403)
  })
})

describe('reading', () => {
  let view: EntityView
  let other: EntityView
  beforeAll(async () => {
    view = await save(viewOf({ name: 'Read me', type: 'Listed', customerId: customerId() }))
    other = await save(viewOf({ name: 'Hidden', type: 'Listed' }))
    const relation = { type: 'Contains', typeGroup: 'COMMON' as const }
    for (const { id } of [view, other])
      await api.db.relations.save(api.tenant.tenantId, { ...relation, from: api.tenant.customerDevice.id, to: id })
  })
  const names = (body: unknown) =>
    z
      .array(entityViewSchema.strict())
      .parse(body)
      .map(({ name }) => name)

  test('one, with and without the names around it', async () => {
    expect((await api.customer.get(`/api/entityView/${view.id.id}`)).body).toEqual(view)
    const info = await api.customer.get(`/api/entityView/info/${view.id.id}`)
    expect(entityViewInfoSchema.strict().parse(info.body)).toMatchObject({ customerIsPublic: false })
    expect((await api.customer.get(`/api/entityView/${other.id.id}`)).status).toBe(403)
    expect(await api.strangerAdmin.get(`/api/entityView/${other.id.id}`)).toMatchObject({
      status: 404,
      body: { message: `Entity View with id [${other.id.id}] is not found` },
    })
    for (const path of ['entityViews', 'entityView'])
      expect((await api.admin.get(`/api/tenant/${path}?entityViewName=Read me`)).body).toEqual(view)
    expect((await api.admin.get('/api/tenant/entityView?entityViewName=none')).status).toBe(404)
  })

  test('lists of the tenant and of a customer', async () => {
    const page = 'pageSize=10&page=0&sortProperty=name&type=Listed'
    for (const kind of ['entityViews', 'entityViewInfos']) {
      expect((await api.admin.get(`/api/tenant/${kind}?${page}`)).body).toMatchObject({
        data: [{ name: 'Hidden' }, { name: 'Read me' }],
        totalElements: 2,
      })
      const own = await api.customer.get(`/api/customer/${api.tenant.customerId}/${kind}?${page}`)
      expect(own.body).toMatchObject({ data: [{ name: 'Read me' }], totalElements: 1 })
    }
    const found = await api.admin.get(`/api/tenant/entityViews?pageSize=10&page=0&textSearch=READ`)
    expect(found.body).toMatchObject({ data: [{ name: 'Read me' }] })
  })

  test('by ids, by relations, and their types', async () => {
    const ids = `entityViewIds=${other.id.id},${view.id.id}`
    for (const path of ['entityViews', 'entityViews/list']) {
      expect(names((await api.admin.get(`/api/${path}?${ids}`)).body)).toEqual(['Hidden', 'Read me'])
      expect(names((await api.customer.get(`/api/${path}?${ids}`)).body)).toEqual(['Read me'])
    }
    const search = {
      parameters: { rootId: api.tenant.customerDevice.id.id, rootType: 'DEVICE', direction: 'FROM', maxLevel: 1 },
      relationType: 'Contains',
      entityViewTypes: ['Listed'],
    }
    expect(names((await api.admin.post('/api/entityViews', search)).body).sort()).toEqual(['Hidden', 'Read me'])
    expect(names((await api.customer.post('/api/entityViews', search)).body)).toEqual(['Read me'])
    expect((await api.admin.get('/api/entityView/types')).body).toContainEqual({
      tenantId: entityId('TENANT', api.tenant.tenantId),
      entityType: 'ENTITY_VIEW',
      type: 'Listed',
    })
  })
})

test('a view is assigned, made public, taken back and deleted', async () => {
  const { id } = await save(viewOf())
  api.messages.length = 0
  await api.admin.post(`/api/customer/${api.tenant.customerId}/entityView/${id.id}`)
  expect((await api.customer.get(`/api/entityView/${id.id}`)).status).toBe(200)
  await api.admin.delete(`/api/customer/entityView/${id.id}`)
  expect((await api.admin.delete(`/api/customer/entityView/${id.id}`)).body).toMatchObject({
    message: "Entity View isn't assigned to any customer!",
  })
  await api.admin.post(`/api/customer/public/entityView/${id.id}`)
  expect((await api.admin.get(`/api/entityView/info/${id.id}`)).body).toMatchObject({ customerIsPublic: true })
  expect((await api.admin.delete(`/api/device/${target().id}`)).body).toMatchObject({
    message: "Can't delete device that has entity views!",
  })
  expect((await api.admin.delete(`/api/entityView/${id.id}`)).status).toBe(200)
  expect(sent().map(({ type }) => type)).toEqual([
    'ENTITY_ASSIGNED',
    'ENTITY_UNASSIGNED',
    'ENTITY_ASSIGNED',
    'ENTITY_DELETED',
  ])
  expect((await api.admin.get(`/api/entityView/${id.id}`)).status).toBe(404)
})
