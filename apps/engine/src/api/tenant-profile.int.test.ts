import { nullUuid, type TenantProfile, tenantProfileSchema, tenantSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const save = async (body: object): Promise<TenantProfile> => {
  const answer = await api.systemAdmin.post('/api/tenantProfile', body)
  expect(answer).toMatchObject({ status: 200 })
  return tenantProfileSchema.parse(answer.body)
}
const queue = (name: string) => ({
  name,
  topic: `tb_rule_engine.${name.toLowerCase()}`,
  pollInterval: 25,
  partitions: 2,
  consumerPerPartition: true,
  packProcessingTimeout: 2_000,
  submitStrategy: { type: 'BURST', batchSize: 100 },
  processingStrategy: {
    type: 'RETRY_ALL',
    retries: 3,
    failurePercentage: 0,
    pauseBetweenRetries: 1,
    maxPauseBetweenRetries: 5,
  },
})

describe('saving', () => {
  test('keeps the configuration as it was sent, unknown members too, and fills in the rest', async () => {
    const profile = await save({
      name: ' Small ',
      description: 'For trials',
      profileData: {
        configuration: {
          type: 'DEFAULT',
          maxDevices: 10,
          tenantServerRestLimitsConfiguration: '100:1,2000:60',
          later: { a: 1 },
        },
        further: [1],
      },
    })
    expect(profile).toMatchObject({
      name: 'Small',
      description: 'For trials',
      default: false,
      isolatedTbRuleEngine: false,
    })
    expect(profile.profileData).toMatchObject({
      configuration: {
        maxDevices: 10,
        maxAssets: 0,
        tenantServerRestLimitsConfiguration: '100:1,2000:60',
        customerServerRestLimitsConfiguration: null,
        later: { a: 1 },
      },
      queueConfiguration: null,
      further: [1],
    })
    expect((await api.systemAdmin.get(`/api/tenantProfile/${profile.id.id}`)).body).toEqual(profile)
    const again = await save({ ...profile, name: 'Smaller' })
    expect(again).toMatchObject({ name: 'Smaller', version: 2, profileData: profile.profileData })
    const stale = await api.systemAdmin.post('/api/tenantProfile', { ...profile, name: 'x' })
    expect(stale).toMatchObject({ status: 409, body: { errorCode: 35 } })
  })

  test.each([
    [{}, 'Tenant profile name should be specified!'],
    [{ name: 'Default' }, 'Tenant profile with such name already exists!'],
    [{ name: 'Second', default: true }, 'Another default tenant profile is present!'],
    [{ name: 'Isolated', isolatedTbRuleEngine: true }, 'Tenant profile data queue configuration should be specified!'],
    [
      { name: 'Isolated', isolatedTbRuleEngine: true, profileData: { queueConfiguration: [queue('Other')] } },
      'Tenant profile data queue configuration should contain Main queue configuration!',
    ],
    [
      { name: 'Twice', profileData: { queueConfiguration: [queue('Main'), queue('Main')] } },
      "Queue configuration name 'Main' already present!",
    ],
  ])('refuses %j', async (body, message) => {
    expect(await api.systemAdmin.post('/api/tenantProfile', body)).toMatchObject({ status: 400, body: { message } })
  })

  test.each(['10', '10:', ':1', '10:1,', '0:1', '1:0', '-1:1', 'a:b', '1:1;2:2'])(
    'refuses the rate limit %j',
    async (limit) => {
      const profileData = { configuration: { tenantServerRestLimitsConfiguration: limit } }
      expect(await api.systemAdmin.post('/api/tenantProfile', { name: 'Bad', profileData })).toMatchObject({
        status: 400,
        body: { errorCode: 31 },
      })
    },
  )

  test('tenants of an isolated profile have its queues, and lose them with it', async () => {
    const isolated = await save({
      name: 'Own queues',
      isolatedTbRuleEngine: true,
      profileData: { queueConfiguration: [queue('Main'), queue('Fast')] },
    })
    const answer = await api.systemAdmin.post('/api/tenant', { title: 'Isolated', tenantProfileId: isolated.id })
    const scope = { kind: 'tenant', tenantId: tenantSchema.parse(answer.body).id.id } as const
    const names = async () =>
      (await api.db.queues.list(scope, { pageSize: 10, page: 0, sortProperty: 'name' })).data.map(({ name }) => name)
    expect(await names()).toEqual(['Fast', 'Main'])
    await save({ ...isolated, version: null, profileData: { queueConfiguration: [queue('Main'), queue('Slow')] } })
    expect(await names()).toEqual(['Main', 'Slow'])
    await save({ id: isolated.id, name: 'Own queues', isolatedTbRuleEngine: false })
    expect(await names()).toEqual(['HighPriority', 'Main', 'SequentialByOriginator'])
  })
})

describe('reading', () => {
  test('by page, by ids, and as infos', async () => {
    const profile = await save({ name: 'Readable' })
    const info = { id: profile.id, name: 'Readable' }
    const page = 'pageSize=10&page=0&textSearch=readABLE&sortProperty=name'
    expect((await api.systemAdmin.get(`/api/tenantProfiles?${page}`)).body).toMatchObject({ data: [profile] })
    expect((await api.systemAdmin.get(`/api/tenantProfileInfos?${page}`)).body).toMatchObject({ data: [info] })
    expect((await api.systemAdmin.get(`/api/tenantProfileInfo/${profile.id.id}`)).body).toEqual(info)
    for (const path of ['/api/tenantProfiles', '/api/tenantProfiles/list'])
      expect((await api.systemAdmin.get(`${path}?ids=${profile.id.id},${nullUuid}`)).body).toEqual([profile])
    expect(await api.systemAdmin.get(`/api/tenantProfile/${nullUuid}`)).toMatchObject({
      status: 404,
      body: { message: `Tenant profile with id [${nullUuid}] is not found` },
    })
    expect(await api.admin.get(`/api/tenantProfile/${profile.id.id}`)).toMatchObject({ status: 403 })
  })
})

test('the default profile can be moved to another, and is never deleted', async () => {
  const before = await api.systemAdmin.get('/api/tenantProfileInfo/default')
  const next = await save({ name: 'Next default' })
  const moved = await api.systemAdmin.post(`/api/tenantProfile/${next.id.id}/default`)
  expect(moved.body).toMatchObject({ default: true, version: 2 })
  expect((await api.systemAdmin.get('/api/tenantProfileInfo/default')).body).toMatchObject({ name: 'Next default' })
  expect(await api.systemAdmin.delete(`/api/tenantProfile/${next.id.id}`)).toMatchObject({
    status: 400,
    body: { message: 'Deletion of Default Tenant Profile is prohibited!' },
  })
  const first = before.body as { id: { id: string } }
  expect(await api.systemAdmin.delete(`/api/tenantProfile/${first.id.id}`)).toMatchObject({
    status: 400,
    body: { message: 'The tenant profile referenced by the tenants cannot be deleted!' },
  })
  await api.systemAdmin.post(`/api/tenantProfile/${first.id.id}/default`)
  expect(await api.systemAdmin.delete(`/api/tenantProfile/${next.id.id}`)).toMatchObject({ status: 200 })
  expect(await api.systemAdmin.delete(`/api/tenantProfile/${next.id.id}`)).toMatchObject({ status: 404 })
})

describe('limits of the REST API', () => {
  const setLimits = async (configuration: object) => {
    const { body } = await api.systemAdmin.get('/api/tenantProfiles?pageSize=1&page=0&textSearch=Default')
    const [profile] = (body as { data: TenantProfile[] }).data
    return save({ ...profile, version: null, profileData: { configuration } })
  }

  test('of the tenant are in force as soon as the profile is saved, and gone likewise', async () => {
    await setLimits({ tenantServerRestLimitsConfiguration: '5:3600' })
    const path = `/api/tenant/${api.tenant.tenantId}`
    const statuses: number[] = []
    for (let n = 0; n < 8; n++) statuses.push((await api.admin.get(path)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    expect((await api.admin.get(path)).body).toEqual({
      status: 429,
      message: 'Too many requests for current tenant!',
      errorCode: 33,
      timestamp: expect.any(Number),
    })
    expect(await api.systemAdmin.get(path)).toMatchObject({ status: 200 })
    expect(await api.strangerAdmin.get(`/api/tenant/${api.stranger.tenantId}`)).toMatchObject({ status: 200 })
    expect(await api.request({ method: 'GET', url: '/api/noauth/sign-in-info' })).toMatchObject({ status: 200 })
    await setLimits({})
    expect(await api.admin.get(path)).toMatchObject({ status: 200 })
  })

  test('of a customer hold for its users alone', async () => {
    await setLimits({ customerServerRestLimitsConfiguration: '2:3600' })
    const path = `/api/customer/${api.tenant.customerId}`
    const statuses: number[] = []
    for (let n = 0; n < 3; n++) statuses.push((await api.customer.get(path)).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await api.customer.get(path)).body).toMatchObject({
      message: 'Too many requests for current customer!',
      errorCode: 33,
    })
    for (let n = 0; n < 5; n++) expect(await api.admin.get(path)).toMatchObject({ status: 200 })
    await setLimits({})
  })

  test('the number of entities ends with 403 and says which limit it was', async () => {
    await setLimits({ maxCustomers: 2 })
    expect(await api.admin.post('/api/customer', { title: 'Second' })).toMatchObject({ status: 200 })
    expect(await api.admin.post('/api/customer', { title: 'Third' })).toMatchObject({
      status: 403,
      body: { errorCode: 41, message: 'Customers limit reached', entityType: 'CUSTOMER', limit: 2 },
    })
    await setLimits({})
    expect(await api.admin.post('/api/customer', { title: 'Third' })).toMatchObject({ status: 200 })
  })
})
