import { randomUUID } from 'node:crypto'
import {
  type EntityId,
  entityId,
  entityRelationInfoSchema,
  entityRelationSchema,
  ruleChainFileSchema,
} from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditOf, auditedDeeds } from '../testing/audited.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let own: EntityId
let assigned: EntityId
let customer: EntityId
beforeAll(async () => {
  api = await apiUnderTest()
  own = api.tenant.device.id
  assigned = api.tenant.customerDevice.id
  customer = entityId('CUSTOMER', api.tenant.customerId)
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const { from, to, type, typeGroup } of await api.db.relations.list(api.tenant.scope, {}))
    await api.db.relations.delete(api.tenant.scope, { from, to, type, typeGroup })
  api.messages.length = 0
})

const query = (from: EntityId, to: EntityId, relationType = 'Contains') =>
  new URLSearchParams({
    fromId: from.id,
    fromType: from.entityType,
    relationType,
    toId: to.id,
    toType: to.entityType,
  }).toString()
const link = (from: EntityId, to: EntityId, type = 'Contains') =>
  api.db.relations.save(api.tenant.tenantId, { from, to, type, typeGroup: 'COMMON' })
const relationsOf = (body: unknown) => z.array(entityRelationSchema.strict()).parse(body)
const infosOf = (body: unknown) => z.array(entityRelationInfoSchema.strict()).parse(body)

describe('saving', () => {
  test('answers nothing, or with v2 the relation; both ends get a message', async () => {
    const relation = { from: own, to: assigned, type: 'Contains', additionalInfo: { floor: 2 } }
    expect(await api.admin.post('/api/relation', relation)).toMatchObject({ status: 200, text: '' })
    expect(await api.admin.post('/api/v2/relation', { ...relation, version: 99, tenantId: 'x' })).toMatchObject({
      status: 200,
      body: { ...relation, typeGroup: 'COMMON', version: 2 },
    })
    const sent = api.messages.map(({ message }) => message)
    expect(sent.map(({ type, originator }) => [type, originator.id])).toEqual([
      ['RELATION_ADD_OR_UPDATE', own.id],
      ['RELATION_ADD_OR_UPDATE', assigned.id],
      ['RELATION_ADD_OR_UPDATE', own.id],
      ['RELATION_ADD_OR_UPDATE', assigned.id],
    ])
    expect(JSON.parse(sent[3]?.data ?? '')).toMatchObject({ ...relation, typeGroup: 'COMMON', version: 2 })
    expect(sent[1]?.metadata).toMatchObject({
      entityName: api.tenant.customerDevice.name,
      entityType: 'DEVICE',
      userEmail: api.tenant.admin.email,
    })
    for (const end of [own, assigned])
      expect(
        (await auditOf(api, end)).filter(({ actionType }) => actionType === 'RELATION_ADD_OR_UPDATE'),
      ).toMatchObject([
        { actionStatus: 'SUCCESS', actionData: { relation: { version: 1 } } },
        { actionStatus: 'SUCCESS', actionData: { relation: { version: 2 } } },
      ])
  })

  test.each([
    ['no type', { type: undefined }, 'Relation type should be specified!'],
    ['an empty type', { type: '' }, 'Relation type should be specified!'],
    ['a long type', { type: 'x'.repeat(256) }, 'Validation error: type length must be equal or less than 255'],
    ['markup', { type: '<b>' }, 'Validation error: type is malformed'],
    ['no from', { from: null }, 'Relation should contain from entity!'],
    ['no to', { to: undefined }, 'Relation should contain to entity!'],
  ])('%s is refused', async (_name, wrong, message) => {
    const body = { from: own, to: assigned, type: 'Contains', ...wrong }
    expect(await api.admin.post('/api/relation', body)).toMatchObject({ status: 400, body: { errorCode: 31, message } })
  })

  test('a relation to itself and a circle of rule chains are refused', async () => {
    expect(await api.admin.post('/api/relation', { from: own, to: own, type: 'Contains' })).toMatchObject({
      status: 400,
      body: { message: "Can't create the relation to yourself!" },
    })
    const file = ruleChainFileSchema.parse({ ruleChain: { name: 'second' }, metadata: { nodes: [], connections: [] } })
    const { chain } = await api.db.ruleChains.create(api.tenant.scope, file)
    const root = entityId('RULE_CHAIN', api.tenant.rootChain.id.id)
    const next = { from: root, to: chain.id, type: 'Success', typeGroup: 'RULE_CHAIN' }
    expect((await api.admin.post('/api/relation', next)).status).toBe(200)
    expect(await api.admin.post('/api/relation', { ...next, from: next.to, to: next.from })).toMatchObject({
      status: 400,
      body: { message: "Can't create circling relations in rule chain!" },
    })
  })

  test('needs the right to write both ends', async () => {
    const relation = { from: assigned, to: own, type: 'Contains' }
    expect(await api.customer.post('/api/relation', relation)).toMatchObject({ status: 403, body: { errorCode: 20 } })
    expect(await api.customer.post('/api/relation', { ...relation, to: customer })).toMatchObject({ status: 403 })
    const missing = entityId('DEVICE', randomUUID())
    expect(await api.admin.post('/api/relation', { ...relation, to: missing })).toMatchObject({
      status: 404,
      body: { errorCode: 32, message: `Device with id [${missing.id}] is not found` },
    })
    const foreign = api.stranger.device.id
    expect((await api.admin.post('/api/relation', { ...relation, to: foreign })).status).toBe(404)
    expect((await api.systemAdmin.post('/api/relation', relation)).status).toBe(403)
    const tenant = entityId('TENANT', api.tenant.tenantId)
    expect((await api.admin.post('/api/relation', { from: tenant, to: own, type: 'Contains' })).status).toBe(200)
    expect(await api.db.relations.list(api.tenant.scope, {})).toHaveLength(1)
  })
})

describe('deleting', () => {
  test('answers nothing, or with v2 what was deleted; what is missing is 404', async () => {
    await link(own, assigned)
    expect(await api.admin.delete(`/api/relation?${query(own, assigned)}`)).toMatchObject({ status: 200, text: '' })
    expect(api.messages.map(({ message }) => [message.type, message.originator.id])).toEqual([
      ['RELATION_DELETED', own.id],
      ['RELATION_DELETED', assigned.id],
    ])
    expect(await api.admin.delete(`/api/relation?${query(own, assigned)}`)).toMatchObject({
      status: 404,
      body: { errorCode: 32, message: "Requested item wasn't found!" },
    })
    const again = await link(own, assigned)
    expect((await api.admin.delete(`/api/v2/relation?${query(own, assigned)}`)).body).toEqual(again)
    expect(await auditedDeeds(api, own)).toContain('RELATION_DELETED FAILURE')
  })

  test('all common relations of an entity go at once', async () => {
    await link(own, assigned)
    await link(customer, own, 'Owns')
    await api.db.relations.save(api.tenant.tenantId, { from: own, to: assigned, type: 'x', typeGroup: 'DASHBOARD' })
    api.messages.length = 0
    expect(await api.admin.delete(`/api/relations?entityId=${own.id}&entityType=DEVICE`)).toMatchObject({ status: 200 })
    expect(await api.db.relations.list(api.tenant.scope, {})).toMatchObject([{ typeGroup: 'DASHBOARD' }])
    expect(api.messages).toMatchObject([{ message: { type: 'RELATIONS_DELETED', originator: own, data: '{}' } }])
    expect((await api.customer.delete(`/api/relations?entityId=${own.id}&entityType=DEVICE`)).status).toBe(403)
  })
})

describe('reading', () => {
  beforeEach(async () => {
    await link(assigned, own)
    await link(assigned, customer, 'Belongs to')
    api.messages.length = 0
  })

  test('one by its key', async () => {
    expect((await api.admin.get(`/api/relation?${query(assigned, own)}`)).body).toEqual({
      from: assigned,
      to: own,
      type: 'Contains',
      typeGroup: 'COMMON',
      additionalInfo: null,
      version: 1,
    })
    expect((await api.admin.get(`/api/relation?${query(assigned, own)}&relationTypeGroup=DASHBOARD`)).status).toBe(404)
    expect((await api.customer.get(`/api/relation?${query(assigned, own)}`)).status).toBe(403)
    expect((await api.strangerAdmin.get(`/api/relation?${query(assigned, own)}`)).status).toBe(404)
  })

  test('lists by either end and type, in the query or in the path', async () => {
    const from = `fromId=${assigned.id}&fromType=DEVICE`
    const to = `toId=${own.id}&toType=DEVICE`
    for (const [url, types] of [
      [`/api/relations?${from}`, ['Belongs to', 'Contains']],
      [`/api/relations/from/DEVICE/${assigned.id}`, ['Belongs to', 'Contains']],
      [`/api/relations?${from}&relationType=Contains`, ['Contains']],
      [`/api/relations/from/DEVICE/${assigned.id}/Contains`, ['Contains']],
      [`/api/relations?${to}`, ['Contains']],
      [`/api/relations?${to}&fromId=&fromType=`, ['Contains']],
      [`/api/relations/to/DEVICE/${own.id}`, ['Contains']],
      [`/api/relations/to/DEVICE/${own.id}/Manages`, []],
      [`/api/relations?${from}&relationTypeGroup=EDGE`, []],
    ] as const)
      expect([url, relationsOf((await api.admin.get(url)).body).map(({ type }) => type)]).toEqual([url, types])
    const named = { fromName: api.tenant.customerDevice.name, toName: api.tenant.device.name }
    for (const url of [`/api/relations/info?${to}`, `/api/relations/info/to/DEVICE/${own.id}`])
      expect(infosOf((await api.admin.get(url)).body)).toMatchObject([named])
    for (const url of [`/api/relations/info?${from}`, `/api/relations/info/from/DEVICE/${assigned.id}`])
      expect(infosOf((await api.admin.get(url)).body).map(({ toName }) => toName)).toContain(named.toName)
  })

  test('searches go over several levels', async () => {
    await link(own, entityId('RULE_CHAIN', api.tenant.rootChain.id.id), 'Uses')
    const parameters = { rootId: assigned.id, rootType: 'DEVICE', direction: 'FROM' }
    const search = (body: object) => api.admin.post('/api/relations', body)
    expect(relationsOf((await search({ parameters })).body)).toHaveLength(2)
    expect(relationsOf((await search({ parameters: { ...parameters, maxLevel: 0 } })).body)).toHaveLength(3)
    const filters = [{ relationType: 'Contains', entityTypes: ['DEVICE'] }]
    expect(relationsOf((await search({ parameters: { ...parameters, maxLevel: 0 }, filters })).body)).toMatchObject([
      { to: own },
    ])
    const infos = await api.admin.post('/api/relations/info', { parameters, filters })
    expect(infosOf(infos.body)).toMatchObject([{ toName: api.tenant.device.name }])
  })

  test('entries with an end that the caller may not read are left out', async () => {
    const seen = await api.customer.get(`/api/relations/from/DEVICE/${assigned.id}`)
    expect(relationsOf(seen.body)).toMatchObject([{ to: customer }])
    const found = await api.customer.post('/api/relations', {
      parameters: { rootId: assigned.id, rootType: 'DEVICE', direction: 'FROM', maxLevel: 0 },
    })
    expect(relationsOf(found.body)).toMatchObject([{ to: customer }])
    expect((await api.customer.get(`/api/relations/to/DEVICE/${own.id}`)).status).toBe(403)
  })

  test.each([
    ['/api/relations', "Parameters 'fromId' and 'fromType', or 'toId' and 'toType' are required"],
    ['/api/relations/from/DEVICE/x', 'Invalid UUID string: x'],
    ['/api/relations?fromId=x&fromType=DEVICE', 'Invalid UUID string: x'],
  ])('%s is refused', async (url, message) => {
    expect(await api.admin.get(url)).toMatchObject({ status: 400, body: { message } })
  })
})
