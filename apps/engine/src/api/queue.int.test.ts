import { nullUuid, type Queue, queueSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const queue = (name: string) => ({
  name,
  topic: `tb_rule_engine.${name.toLowerCase()}`,
  pollInterval: 25,
  partitions: 2,
  consumerPerPartition: true,
  packProcessingTimeout: 2_000,
  submitStrategy: { type: 'BATCH', batchSize: 100 },
  processingStrategy: {
    type: 'RETRY_FAILED',
    retries: 3,
    failurePercentage: 10,
    pauseBetweenRetries: 1,
    maxPauseBetweenRetries: 5,
  },
})
const save = (body: object) => api.systemAdmin.post('/api/queues?serviceType=TB_RULE_ENGINE', body)
const create = async (name: string): Promise<Queue> => {
  const answer = await save(queue(name))
  expect(answer).toMatchObject({ status: 200 })
  return queueSchema.parse(answer.body)
}

test('the queues that every installation has are listed for administrators', async () => {
  const path = '/api/queues?serviceType=TB_RULE_ENGINE&pageSize=10&page=0&sortProperty=name'
  for (const client of [api.systemAdmin, api.admin])
    expect((await client.get(path)).body).toMatchObject({
      data: [
        { name: 'HighPriority' },
        { name: 'Main', tenantId: { id: nullUuid } },
        { name: 'SequentialByOriginator' },
      ],
    })
  expect((await api.admin.get(`${path}&textSearch=MAIN`)).body).toMatchObject({ totalElements: 1 })
  expect(await api.admin.get(`${path}&sortProperty=tenantId`)).toMatchObject({ status: 400 })
  expect(await api.admin.get('/api/queues?serviceType=TB_CORE&pageSize=1&page=0')).toMatchObject({ status: 400 })
  expect(await api.customer.get(path)).toMatchObject({ status: 403 })
})

describe('saving', () => {
  test('a new queue has every member and is found by id and name', async () => {
    const made = await create('Found')
    expect(made).toEqual({
      ...queue('Found'),
      id: { entityType: 'QUEUE', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: nullUuid },
      additionalInfo: null,
      version: 1,
    })
    for (const client of [api.systemAdmin, api.admin]) {
      expect((await client.get(`/api/queues/${made.id.id}`)).body).toEqual(made)
      expect((await client.get('/api/queues/name/Found')).body).toEqual(made)
    }
    expect(await api.admin.get('/api/queues/name/None')).toMatchObject({ status: 404 })
    expect(await api.admin.get(`/api/queues/${nullUuid}`)).toMatchObject({
      status: 404,
      body: { message: `Queue with id [${nullUuid}] is not found` },
    })
  })

  test('its settings can be changed, its name and topic cannot', async () => {
    const made = await create('Fixed')
    const changed = await save({ ...made, partitions: 7 })
    expect(changed.body).toMatchObject({ partitions: 7, version: 2 })
    expect(await save({ ...made, partitions: 8 })).toMatchObject({ status: 409, body: { errorCode: 35 } })
    expect(await save({ ...made, version: null, name: 'Other' })).toMatchObject({
      status: 400,
      body: { message: "Queue name can't be changed!" },
    })
    expect(await save({ ...made, version: null, topic: 'other' })).toMatchObject({
      status: 400,
      body: { message: "Queue topic can't be changed!" },
    })
  })

  test.each([
    [{ ...queue('Main') }, 'Queue with name: Main already exists!'],
    [{ ...queue('Other'), topic: 'tb_rule_engine.main' }, 'Queue with topic: tb_rule_engine.main already exists!'],
    [{ ...queue('x'), name: '' }, 'Queue name should be specified!'],
    [
      { ...queue('x'), name: 'a b' },
      "Queue name contains a character other than ASCII letters, digits, '.', '_' and '-'!",
    ],
    [{ ...queue('x'), partitions: 0 }, 'Queue partitions should be more than 0!'],
    [{ ...queue('x'), pollInterval: 0 }, 'Queue poll interval should be more than 0!'],
    [{ ...queue('x'), submitStrategy: null }, 'Queue submit strategy should be specified!'],
    [
      { ...queue('x'), submitStrategy: { type: 'BATCH', batchSize: 0 } },
      'Queue submit strategy batch size should be more than 0!',
    ],
    [
      { ...queue('x'), processingStrategy: { ...queue('x').processingStrategy, type: 'NONE' } },
      'Queue processing strategy type should be specified!',
    ],
    [
      { ...queue('x'), processingStrategy: { ...queue('x').processingStrategy, failurePercentage: 101 } },
      'Queue processing strategy failure percentage should be from 0 to 100!',
    ],
    [
      { ...queue('x'), processingStrategy: { ...queue('x').processingStrategy, pauseBetweenRetries: 9 } },
      'Queue processing strategy max pause between retries cannot be less than the pause between retries!',
    ],
  ])('refuses %j', async (body, message) => {
    expect(await save(body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('is for the system administrator alone', async () => {
    for (const client of [api.admin, api.customer])
      expect(await client.post('/api/queues?serviceType=TB_RULE_ENGINE', queue('Mine'))).toMatchObject({ status: 403 })
  })
})

test('a queue that a device profile names stays, and so does Main', async () => {
  const made = await create('Wanted')
  const profile = await api.admin.post('/api/deviceProfile', {
    name: 'Queued',
    type: 'DEFAULT',
    transportType: 'DEFAULT',
    defaultQueueName: 'Wanted',
  })
  expect(profile).toMatchObject({ status: 200, body: { defaultQueueName: 'Wanted' } })
  expect(await api.systemAdmin.delete(`/api/queues/${made.id.id}`)).toMatchObject({
    status: 400,
    body: { message: 'The queue referenced by the device profiles cannot be deleted!' },
  })
  const main = queueSchema.parse((await api.systemAdmin.get('/api/queues/name/Main')).body)
  expect(await api.systemAdmin.delete(`/api/queues/${main.id.id}`)).toMatchObject({ status: 400 })
  const free = await create('Free')
  expect(await api.systemAdmin.delete(`/api/queues/${free.id.id}`)).toMatchObject({ status: 200, text: '' })
  expect(await api.systemAdmin.delete(`/api/queues/${free.id.id}`)).toMatchObject({ status: 404 })
})

test('queue statistics are read by page, by ids and alone, by their own tenant', async () => {
  const of = { tenantId: api.tenant.tenantId, queueName: 'Main', serviceId: 'rules-1' }
  const [stats, same] = await Promise.all([api.db.queueStats.ensure(of), api.db.queueStats.ensure(of)])
  expect(stats).toEqual(same)
  const id = stats.id.id
  for (const client of [api.systemAdmin, api.admin]) {
    const page = await client.get('/api/queueStats?pageSize=10&page=0&textSearch=RULES&sortProperty=queueName')
    expect(page.body).toMatchObject({ data: [stats], totalElements: 1 })
    for (const path of ['/api/queueStats', '/api/queueStats/list'])
      expect((await client.get(`${path}?queueStatsIds=${id},${nullUuid}`)).body).toEqual([stats])
    expect((await client.get(`/api/queueStats/${id}`)).body).toEqual(stats)
  }
  const values = `/api/plugins/telemetry/QUEUE_STATS/${id}/values/timeseries?keys=totalMsgs`
  expect(await api.admin.get(values)).toMatchObject({ status: 200 })
  expect(await api.customer.get(values)).toMatchObject({ status: 403 })
  expect(await api.strangerAdmin.get(values)).toMatchObject({ status: 404 })
  expect(await api.admin.post(values.replace(/values.*/, 'timeseries/ANY'), { totalMsgs: 1 })).toMatchObject({
    status: 403,
  })
  expect((await api.strangerAdmin.get('/api/queueStats?pageSize=10&page=0')).body).toMatchObject({ data: [] })
  expect((await api.strangerAdmin.get(`/api/queueStats?queueStatsIds=${id}`)).body).toEqual([])
  expect(await api.strangerAdmin.get(`/api/queueStats/${id}`)).toMatchObject({
    status: 404,
    body: { message: `Queue stats with id [${id}] is not found` },
  })
})
