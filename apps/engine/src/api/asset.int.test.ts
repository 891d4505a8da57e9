import { randomUUID } from 'node:crypto'
import {
  type Asset,
  assetInfoSchema,
  assetSchema,
  entityId,
  nullUuid,
  saveTenantProfileSchema,
  typedId,
} from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { redisChannels } from '../redis-keys.ts'
import { auditedDeeds } from '../testing/audited.ts'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let listener: Redis
const heard: string[] = []
beforeAll(async () => {
  api = await apiUnderTest()
  listener = new Redis(api.redisUrl)
  listener.on('message', (_channel, text) => heard.push(text))
  await listener.subscribe(redisChannels.invalidation)
})
afterAll(async () => {
  listener.disconnect()
  await api[Symbol.asyncDispose]()
})
beforeEach(() => {
  api.messages.length = 0
})

const customerId = () => entityId('CUSTOMER', api.tenant.customerId)
const save = async (body: object, client: Client = api.admin): Promise<Asset> => {
  const answer = await client.post('/api/asset', body)
  expect(answer.status, answer.text).toBe(200)
  return assetSchema.strict().parse(answer.body)
}
const sent = () => api.messages.map(({ message }) => message)
describe('saving an asset', () => {
  test('creates it, tells the caches and the rule engine, and writes the audit log', async () => {
    const asset = await save({
      name: 'Hall',
      type: 'Building',
      tenantId: entityId('TENANT', api.stranger.tenantId),
      createdTime: 5,
      version: null,
    })
    expect(asset).toMatchObject({
      type: 'Building',
      tenantId: { id: api.tenant.tenantId },
      customerId: { id: nullUuid },
      label: null,
      additionalInfo: null,
      externalId: null,
      version: 1,
    })
    expect(asset.createdTime).toBeGreaterThan(5)
    await waitFor(() => heard.some((text) => text.includes(asset.id.id) && text.includes('"asset"')), { what: 'word' })
    expect(sent()).toMatchObject([
      {
        type: 'ENTITY_CREATED',
        originator: asset.id,
        metadata: { entityName: 'Hall', entityType: 'ASSET', userEmail: api.tenant.admin.email },
      },
    ])
    expect(JSON.parse(sent()[0]?.data ?? '')).toEqual(asset)
    const updated = await save({ ...asset, label: 'H', version: 1 })
    expect(updated).toMatchObject({ label: 'H', version: 2 })
    expect(sent()[1]).toMatchObject({ type: 'ENTITY_UPDATED' })
    expect(await api.admin.post('/api/asset', { ...asset, version: 1 })).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
    expect(await auditedDeeds(api, asset.id)).toEqual(['ADDED SUCCESS', 'UPDATED SUCCESS', 'UPDATED FAILURE'])
  })

  test.each([
    [{}, 'Asset name should be specified!'],
    [{ name: ' ' }, 'Asset name should be specified!'],
    [{ name: 'x'.repeat(256) }, 'Validation error: name length must be equal or less than 255'],
    [{ name: '<script>alert(1)</script>' }, 'Validation error: name is malformed'],
    [{ name: 'x', label: '<img src=x>' }, 'Validation error: label is malformed'],
    [{ name: 'Twin' }, 'Asset with such name already exists!'],
    [{ name: 'x', customerId: { id: randomUUID() } }, "Can't assign asset to non-existent customer!"],
    [{ name: 'x', assetProfileId: { id: randomUUID() } }, 'Asset is referencing to non-existent asset profile!'],
  ])('%j is refused with "%s"', async (body, message) => {
    await api.db.assets.save(api.tenant.scope, { name: 'Twin' }).catch(() => {})
    expect(await api.admin.post('/api/asset', body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('a taken name gets a suffix when asked for', async () => {
    await save({ name: 'Same' })
    const query = 'nameConflictPolicy=UNIQUIFY&uniquifySeparator=-&uniquifyStrategy=INCREMENTAL'
    expect((await api.admin.post(`/api/asset?${query}`, { name: 'Same' })).body).toMatchObject({ name: 'Same-1' })
  })

  test('an id that does not exist is not found', async () => {
    const id = entityId('ASSET', randomUUID())
    expect(await api.admin.post('/api/asset', { id, name: 'x' })).toMatchObject({
      status: 404,
      body: { message: `Asset with id [${id.id}] is not found`, errorCode: 32 },
    })
  })

  test('stops at the limit of the tenant profile', async () => {
    const limited = await apiUnderTest()
    try {
      await limited.db.assets.save(limited.tenant.scope, { name: 'first' })
      const profiles = await limited.db.tenantProfiles.list({ page: 0, pageSize: 10 })
      const [profile] = profiles.data
      if (!profile) throw new Error('no tenant profile')
      const configuration = { ...profile.profileData.configuration, maxAssets: 1 }
      await limited.db.tenantProfiles.save(
        saveTenantProfileSchema.parse({ ...profile, profileData: { ...profile.profileData, configuration } }),
      )
      expect(await limited.admin.post('/api/asset', { name: 'second' })).toMatchObject({
        status: 403,
        body: { errorCode: 41, message: 'Assets limit reached', entityType: 'ASSET', limit: 1 },
      })
    } finally {
      await limited[Symbol.asyncDispose]()
    }
  })
})

describe('a customer user', () => {
  test('reads and changes own assets, but neither gives them away nor makes new ones or profiles', async () => {
    const own = await save({ name: 'Own', customerId: customerId() })
    const changed = await save({ ...own, label: 'mine', customerId: undefined }, api.customer)
    expect(changed).toMatchObject({ label: 'mine', customerId: customerId() })
    expect((await api.customer.post('/api/asset', { name: 'New' })).status).toBe(403)
    const sly = { ...own, assetProfileId: undefined, type: 'Sly' }
    expect((await api.customer.post('/api/asset', sly)).status).toBe(403)
    expect((await api.customer.delete(`/api/asset/${own.id.id}`)).status).toBe(403)
  })

  test('gets 403 for others, 404 for missing ones; another tenant gets 404', async () => {
    const { id } = await save({ name: 'Foreign' })
    for (const url of [`/api/asset/${id.id}`, `/api/asset/info/${id.id}`]) {
      expect(await api.customer.get(url)).toMatchObject({ status: 403, body: { errorCode: 20 } })
      expect(await api.strangerAdmin.get(url)).toMatchObject({ status: 404, body: { errorCode: 32 } })
    }
    const missing = randomUUID()
    expect(await api.customer.get(`/api/asset/${missing}`)).toMatchObject({
      status: 404,
      body: { message: `Asset with id [${missing}] is not found` },
    })
    expect((await api.admin.get('/api/asset/x')).body).toMatchObject({ message: 'Invalid UUID string: x' })
    expect((await api.customer.post('/api/asset', { id, name: 'taken' })).status).toBe(403)
  })
})

describe('reading', () => {
  const names = (body: unknown) =>
    z
      .array(assetSchema.strict())
      .parse(body)
      .map(({ name }) => name)
  const pageNames = (body: unknown, schema: z.ZodType<{ name: string }> = assetSchema.strict()) =>
    z
      .object({ data: z.array(schema) })
      .parse(body)
      .data.map(({ name }) => name)
  let parent: Asset
  let child: Asset
  beforeAll(async () => {
    parent = await save({ name: 'Parent', type: 'Site' })
    child = await save({ name: 'Child', type: 'Room', customerId: customerId() })
    const relation = { type: 'Contains', typeGroup: 'COMMON' as const }
    await api.db.relations.save(api.tenant.tenantId, { ...relation, from: parent.id, to: child.id })
  })

  test('lists of the tenant, by page, type and name', async () => {
    const page = 'pageSize=100&page=0'
    expect(pageNames((await api.admin.get(`/api/tenant/assets?${page}&type=Site`)).body)).toEqual(['Parent'])
    const infos = await api.admin.get(`/api/tenant/assetInfos?${page}&assetProfileId=${child.assetProfileId.id}&type=`)
    expect(pageNames(infos.body, assetInfoSchema.strict())).toEqual(['Child'])
    expect((await api.admin.get('/api/tenant/assets?assetName=Child')).body).toEqual(child)
    expect((await api.admin.get('/api/tenant/asset?assetName=Child')).body).toEqual(child)
    expect((await api.admin.get('/api/tenant/asset?assetName=child')).status).toBe(404)
    expect((await api.admin.get('/api/tenant/assets?pageSize=0&page=0')).body).toMatchObject({
      message: "Incorrect page link page size '0'. Page size must be greater than zero.",
    })
    expect((await api.admin.get('/api/tenant/assets')).status).toBe(400)
  })

  test('lists of a customer, for its tenant and its own users', async () => {
    const url = (kind: string, id = api.tenant.customerId) =>
      `/api/customer/${id}/${kind}?pageSize=10&page=0&sortProperty=name&type=Room`
    for (const client of [api.admin, api.customer]) {
      expect(pageNames((await client.get(url('assets'))).body)).toEqual(['Child'])
      const infos = await client.get(url('assetInfos'))
      expect(infos.body).toMatchObject({ data: [{ customerTitle: expect.stringMatching(/^Customer/) }] })
    }
    expect((await api.customer.get(url('assets', api.stranger.customerId))).status).toBe(404)
  })

  test('by ids and around an entity, without what the caller may not see', async () => {
    const ids = `assetIds=${child.id.id},${parent.id.id},${randomUUID()}`
    expect(names((await api.admin.get(`/api/assets?${ids}`)).body)).toEqual(['Child', 'Parent'])
    expect(names((await api.customer.get(`/api/assets?${ids}`)).body)).toEqual(['Child'])
    const query = {
      parameters: { rootId: parent.id.id, rootType: 'ASSET', direction: 'FROM', maxLevel: 3 },
      relationType: 'Contains',
      assetTypes: ['Room'],
    }
    expect(names((await api.admin.post('/api/assets', query)).body)).toEqual(['Child'])
    expect(names((await api.admin.post('/api/assets', { ...query, assetTypes: ['Site'] })).body)).toEqual([])
    expect((await api.customer.post('/api/assets', query)).status).toBe(403)
  })

  test('types are the names of the profiles', async () => {
    const types = await api.customer.get('/api/asset/types')
    expect(types.body).toContainEqual({
      tenantId: entityId('TENANT', api.tenant.tenantId),
      entityType: 'ASSET',
      type: 'Room',
    })
  })
})

test('an asset is assigned, made public, and taken back, with the names of the customers in the messages', async () => {
  const { id } = await save({ name: 'Wanderer' })
  api.messages.length = 0
  const assigned = await api.admin.post(`/api/customer/${api.tenant.customerId}/asset/${id.id}`)
  expect(assigned.body).toMatchObject({ customerId: customerId() })
  expect((await api.customer.get(`/api/asset/${id.id}`)).status).toBe(200)
  expect((await api.admin.delete(`/api/customer/asset/${id.id}`)).body).toMatchObject({ customerId: { id: nullUuid } })
  expect(await api.admin.delete(`/api/customer/asset/${id.id}`)).toMatchObject({
    status: 400,
    body: { message: "Asset isn't assigned to any customer!" },
  })
  expect((await api.admin.post(`/api/customer/public/asset/${id.id}`)).status).toBe(200)
  expect((await api.admin.get(`/api/asset/info/${id.id}`)).body).toMatchObject({
    customerTitle: 'Public',
    customerIsPublic: true,
  })
  expect(sent().map(({ type, metadata }) => [type, metadata])).toMatchObject([
    ['ENTITY_ASSIGNED', { assignedCustomerId: api.tenant.customerId, customerId: api.tenant.customerId }],
    ['ENTITY_UNASSIGNED', { unassignedCustomerId: api.tenant.customerId }],
    ['ENTITY_ASSIGNED', { assignedCustomerName: 'Public' }],
  ])
  const foreign = await api.admin.post(`/api/customer/${api.stranger.customerId}/asset/${id.id}`)
  expect(foreign.status).toBe(404)
})

test('deleting tells the rule engine with the asset as it was; the second time it is missing', async () => {
  const asset = await save({ name: 'Goner' })
  api.messages.length = 0
  expect(await api.admin.delete(`/api/asset/${asset.id.id}`)).toMatchObject({ status: 200, text: '' })
  expect(sent()).toMatchObject([{ type: 'ENTITY_DELETED', originator: asset.id }])
  expect(JSON.parse(sent()[0]?.data ?? '')).toEqual(asset)
  expect((await api.admin.delete(`/api/asset/${asset.id.id}`)).status).toBe(404)
  expect(await auditedDeeds(api, asset.id)).toContain('DELETED SUCCESS')
})

describe('asset profiles', () => {
  const make = async (name: string) => {
    const answer = await api.admin.post('/api/assetProfile', { name, defaultRuleChainId: api.tenant.rootChain.id })
    expect(answer.status, answer.text).toBe(200)
    return z.object({ id: typedId('ASSET_PROFILE'), default: z.boolean(), version: z.number() }).parse(answer.body)
  }

  test('messages of their assets begin in their rule chain', async () => {
    const { id } = await make('Chained')
    api.messages.length = 0
    await save({ name: 'In chain', assetProfileId: id })
    expect(sent()).toMatchObject([{ ruleChainId: api.tenant.rootChain.id.id }])
  })

  test('are saved, read, listed and deleted', async () => {
    const { id, version } = await make('Profile')
    expect(sent()).toMatchObject([{ type: 'ENTITY_CREATED', originator: id }])
    const saved = await api.admin.post('/api/assetProfile', { id, name: 'Profile', description: 'd', version })
    expect(saved.body).toMatchObject({ description: 'd', default: false, defaultRuleChainId: null, version: 2 })
    expect((await api.admin.post('/api/assetProfile', { id, name: 'Profile', version })).status).toBe(409)
    expect((await api.admin.get(`/api/assetProfile/${id.id}`)).body).toEqual(saved.body)
    const info = { id, name: 'Profile', image: null, defaultDashboardId: null }
    expect((await api.customer.get(`/api/assetProfileInfo/${id.id}`)).body).toEqual({
      ...info,
      tenantId: entityId('TENANT', api.tenant.tenantId),
    })
    for (const url of [
      `/api/assetProfileInfos?assetProfileIds=${id.id}`,
      `/api/assetProfileInfos/list?assetProfileIds=${id.id}`,
    ])
      expect((await api.admin.get(url)).body).toMatchObject([info])
    const page = 'pageSize=10&page=0&textSearch=profile'
    expect((await api.customer.get(`/api/assetProfileInfos?${page}`)).body).toMatchObject({ data: [info] })
    expect((await api.admin.get(`/api/assetProfiles?${page}`)).body).toMatchObject({ data: [saved.body] })
    expect((await api.customer.get('/api/assetProfile/names')).body).toContainEqual({ id, name: 'Profile' })
    expect((await api.customer.get('/api/assetProfile/names?activeOnly=true')).body).not.toContainEqual({
      id,
      name: 'Profile',
    })
    expect((await api.admin.delete(`/api/assetProfile/${id.id}`)).status).toBe(200)
    expect(await api.admin.get(`/api/assetProfile/${id.id}`)).toMatchObject({
      status: 404,
      body: { message: `Asset profile with id [${id.id}] is not found` },
    })
    expect((await api.admin.post('/api/assetProfile', { name: '' })).body).toMatchObject({
      message: 'Asset profile name should be specified!',
    })
  })

  test('one of them is the default one', async () => {
    const before = (await api.customer.get('/api/assetProfileInfo/default')).body
    const { id } = await make('Better')
    expect((await api.admin.post(`/api/assetProfile/${id.id}/default`)).body).toMatchObject({ default: true })
    expect((await api.customer.get('/api/assetProfileInfo/default')).body).toMatchObject({ id })
    expect((await api.admin.delete(`/api/assetProfile/${id.id}`)).body).toMatchObject({
      message: 'Deletion of Default Asset Profile is prohibited!',
    })
    const former = z.object({ id: z.object({ id: z.string() }) }).parse(before).id.id
    expect((await api.admin.get(`/api/assetProfile/${former}`)).body).toMatchObject({ default: false })
    expect((await api.customer.post(`/api/assetProfile/${former}/default`)).status).toBe(403)
    expect((await api.strangerAdmin.post(`/api/assetProfile/${former}/default`)).status).toBe(404)
  })
})
