import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisKeys } from '../../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../../testing/api-under-test.ts'
import { type WsClient, wsClient } from './ws-client.ts'

let api: ApiUnderTest
let address: string
let device: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
  device = api.tenant.device.id.id
})
afterAll(() => api[Symbol.asyncDispose]())

const open = (token = api.admin.token) => wsClient(address, `/api/ws?token=${token}`)
const base = (id = device) => `/api/plugins/telemetry/DEVICE/${id}`
const save = async (values: object, ts?: number, id = device) => {
  const answer = await api.admin.post(`${base(id)}/timeseries/ANY`, ts === undefined ? values : { ts, values })
  expect(answer.status).toBe(200)
}
const saveAttributes = async (values: object, scope = 'SERVER_SCOPE') => {
  expect((await api.admin.post(`${base()}/${scope}`, values)).status).toBe(200)
}
const of = (type: string, cmdId: number, more: object = {}) => ({
  type,
  cmdId,
  entityType: 'DEVICE',
  entityId: device,
  ...more,
})
/** Answered after everything that was asked before on the socket. */
const settled = async (client: WsClient, cmdId = 9_999) => {
  client.command({ type: 'NOTIFICATIONS_COUNT', cmdId })
  await client.next(cmdId)
}
const publish = (event: Parameters<ApiUnderTest['liveBus']['publish']>[1]) => api.liveBus.publish(event.tenantId, event)

describe('ATTRIBUTES', () => {
  test('come as they are, then as they change, then as they are deleted', async () => {
    await saveAttributes({ on: true, n: 1.5, text: 'a', json: { a: [1] } })
    await using client = open()
    client.command(of('ATTRIBUTES', 1, { scope: 'SERVER_SCOPE', keys: 'on,n,text,json,absent' }))
    const ts = expect.any(Number)
    const first = await client.next(1)
    expect(first).toEqual({
      subscriptionId: 1,
      errorCode: 0,
      errorMsg: null,
      data: { on: [[ts, 'true']], n: [[ts, '1.5']], text: [[ts, 'a']], json: [[ts, '{"a":[1]}']] },
      latestValues: { on: ts, n: ts, text: ts, json: ts },
    })
    await saveAttributes({ n: 2, other: 3 })
    expect((await client.next(1)).data).toEqual({ n: [[ts, '2']] })
    await api.admin.delete(`${base()}/SERVER_SCOPE?keys=text`)
    expect(await client.next(1)).toMatchObject({ data: { text: [[0, '']] }, latestValues: { text: 0 } })
  })

  test('without keys and scope everything comes, also what is new', async () => {
    await using client = open()
    client.command(of('ATTRIBUTES', 1))
    await client.next(1)
    await saveAttributes({ brandNew: 1, __proto__x: 2 }, 'SHARED_SCOPE')
    expect((await client.next(1)).data).toMatchObject({ brandNew: [[expect.any(Number), '1']] })
  })

  test('stop with unsubscribe, without an answer', async () => {
    await using client = open()
    client.command(of('ATTRIBUTES', 1), of('ATTRIBUTES', 2))
    await client.next(1)
    await client.next(2)
    client.command(of('ATTRIBUTES', 1, { unsubscribe: true }))
    await settled(client)
    const before = client.answers.length
    await saveAttributes({ later: 1 })
    await client.next(2)
    expect(client.answers.slice(before).map(({ subscriptionId }) => subscriptionId)).not.toContain(1)
  })
})

describe('TIMESERIES', () => {
  test('without a window: the newest values, null for keys without, then live ones', async () => {
    await save({ a: 1 }, 1_000)
    await using client = open()
    client.command(of('TIMESERIES', 1, { keys: 'a,none' }))
    const now = expect.any(Number)
    expect(await client.next(1)).toEqual({
      subscriptionId: 1,
      errorCode: 0,
      errorMsg: null,
      data: { a: [[1_000, '1']], none: [[now, null]] },
      latestValues: { a: 1_000, none: now },
    })
    await save({ a: 2, b: 3 }, 2_000)
    expect(await client.next(1)).toEqual({
      subscriptionId: 1,
      errorCode: 0,
      errorMsg: null,
      data: { a: [[2_000, '2']] },
      latestValues: { a: 2_000 },
    })
  })

  test('with a window: the history, then every point', async () => {
    for (const n of [1, 2, 3]) await save({ w: n }, n * 1_000)
    await using client = open()
    client.command(of('TIMESERIES', 1, { keys: 'w', startTs: 2_000, timeWindow: 10_000 }))
    expect((await client.next(1)).data).toEqual({
      w: [
        [3_000, '3'],
        [2_000, '2'],
      ],
    })
    await save({ w: 4 }, 4_000)
    expect((await client.next(1)).data).toEqual({ w: [[4_000, '4']] })
    await save({ w: 'late' }, 2_500)
    expect((await client.next(1)).data).toEqual({ w: [[2_500, 'late']] })
  })

  test('without keys: everything, then all changes', async () => {
    await save({ every: 1 }, 1_000)
    await using client = open()
    client.command(of('TIMESERIES', 1))
    expect((await client.next(1)).data).toMatchObject({ every: [[1_000, '1']] })
    await save({ fresh: 1 }, 2_000)
    expect((await client.next(1)).data).toEqual({ fresh: [[2_000, '1']] })
  })

  test('a value that is deleted becomes empty', async () => {
    await save({ doomed: 1 }, 1_000)
    await using client = open()
    client.command(of('TIMESERIES', 1, { keys: 'doomed' }), of('TIMESERIES', 2))
    await client.next(1)
    await client.next(2)
    publish({ kind: 'telemetry-deleted', tenantId: api.tenant.tenantId, entityId: device, keys: ['doomed'] })
    const gone = { data: { doomed: [[0, '']] }, latestValues: { doomed: 0 } }
    expect(await client.next(1)).toMatchObject(gone)
    expect(await client.next(2)).toMatchObject(gone)
    // After that any point is a new one.
    await save({ doomed: 2 }, 500)
    expect((await client.next(1)).data).toEqual({ doomed: [[500, '2']] })
  })

  test('the older path wants no type, and carries its lists out in order', async () => {
    await save({ k: 'v' }, 5_000)
    await using client = wsClient(address, `/api/ws/plugins/telemetry?token=${api.admin.token}`)
    const item = (cmdId: number, more: object) => ({ cmdId, entityType: 'DEVICE', entityId: device, ...more })
    client.send({
      tsSubCmds: [item(11, { keys: 'k' })],
      historyCmds: [item(12, { keys: 'k', startTs: 0, endTs: 10_000 })],
      attrSubCmds: [item(10, { scope: 'SERVER_SCOPE' })],
    })
    expect(await client.next(11)).toMatchObject({ data: { k: [[5_000, 'v']] }, latestValues: { k: 5_000 } })
    expect(await client.next(12)).toMatchObject({ data: { k: [[5_000, 'v']] } })
    await client.next(10)
    client.send({ tsSubCmds: [item(11, { keys: 'k', type: 'TIMESERIES', bogus: 1 })] })
    expect(await client.next(1)).toMatchObject({ errorCode: 2 })
  })
})

test('TIMESERIES_HISTORY answers once, aggregated buckets ascending', async () => {
  for (const n of [0, 1, 2, 3]) await save({ h: n }, 1_000 + n * 500)
  await using client = open()
  client.command(
    of('TIMESERIES_HISTORY', 1, { keys: 'h', startTs: 1_000, endTs: 3_000, interval: 1_000, agg: 'AVG' }),
    of('TIMESERIES_HISTORY', 2, { keys: 'h,absent', startTs: 1_000, endTs: 2_500, limit: 2 }),
  )
  expect((await client.next(1)).data).toEqual({
    h: [
      [1_500, '0.5'],
      [2_500, '2.5'],
    ],
  })
  expect((await client.next(2)).data).toEqual({
    h: [
      [2_000, '2'],
      [1_500, '1'],
    ],
    absent: [],
  })
})

describe('refusals', () => {
  test.each([
    ['ATTRIBUTES without an entity', { type: 'ATTRIBUTES', entityType: 'DEVICE' }, 2, 'Device id is empty!'],
    ['TIMESERIES without an entity', { type: 'TIMESERIES', entityId: '' }, 2, 'Device id is empty!'],
    ['history without keys', { type: 'TIMESERIES_HISTORY', entityType: 'DEVICE', entityId: '@' }, 2, 'Keys are empty!'],
    [
      'too many buckets',
      {
        type: 'TIMESERIES_HISTORY',
        entityType: 'DEVICE',
        entityId: '@',
        keys: 'a',
        startTs: 0,
        endTs: 701_000,
        interval: 1_000,
        agg: 'MAX',
      },
      1,
      'Failed to fetch data!',
    ],
    [
      'no such type',
      { type: 'ATTRIBUTES', entityType: 'SPACESHIP', entityId: '@' },
      2,
      expect.stringContaining('Invalid'),
    ],
    [
      'no id',
      { type: 'ATTRIBUTES', entityType: 'DEVICE', entityId: '__proto__' },
      2,
      expect.stringContaining('Invalid'),
    ],
  ])('%s', async (_, command, errorCode, errorMsg) => {
    await using client = open()
    const own = 'entityId' in command && command.entityId === '@' ? { entityId: device } : {}
    client.command({ ...command, ...own, cmdId: 5 })
    expect(await client.next(5)).toEqual({ subscriptionId: 5, errorCode, errorMsg, data: null, latestValues: {} })
  })

  test("another tenant's entity, and one that is not the customer's", async () => {
    await using stranger = open(api.strangerAdmin.token)
    stranger.command(of('ATTRIBUTES', 1), of('TIMESERIES', 2), of('TIMESERIES_HISTORY', 3, { keys: 'a', endTs: 1 }))
    expect(await stranger.next(1)).toMatchObject({ errorCode: 1, errorMsg: 'Failed to fetch attributes!' })
    expect(await stranger.next(2)).toMatchObject({ errorCode: 1, errorMsg: 'Failed to fetch data!' })
    expect(await stranger.next(3)).toMatchObject({ errorCode: 1, errorMsg: 'Failed to fetch data!' })
    await using customer = open(api.customer.token)
    customer.command(of('ATTRIBUTES', 1), of('TIMESERIES', 2), of('TIMESERIES', 3, { keys: 'a' }))
    expect(await customer.next(1)).toMatchObject({ errorCode: 3, errorMsg: 'Unauthorized' })
    expect(await customer.next(2)).toMatchObject({ errorCode: 3, errorMsg: 'Unauthorized' })
    expect(await customer.next(3)).toMatchObject({ errorCode: 1, errorMsg: 'Failed to fetch data!' })
    await save({ secret: 1 })
    await settled(customer)
    expect(JSON.stringify(customer.answers)).not.toContain('secret')
  })

  test('what was taken from a customer is not shown any more', async () => {
    const own = api.tenant.customerDevice
    await using client = open(api.customer.token)
    client.command({ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: own.id.id, keys: 'v' })
    await client.next(1)
    expect((await api.admin.delete(`/api/customer/device/${own.id.id}`)).status).toBe(200)
    expect(await client.next(1)).toMatchObject({ errorCode: 3, errorMsg: 'Unauthorized' })
    await save({ v: 'hidden' }, undefined, own.id.id)
    await settled(client)
    expect(JSON.stringify(client.answers)).not.toContain('hidden')
  })
})

test('the same question of many clients is watched and read once, and told to all', async () => {
  const clients = Array.from({ length: 5 }, () => open())
  try {
    for (const client of clients) client.command(of('TIMESERIES', 1, { keys: 'shared' }))
    await Promise.all(clients.map((client) => client.next(1)))
    await save({ shared: 1 }, 7_000)
    for (const client of clients) expect((await client.next(1)).data).toEqual({ shared: [[7_000, '1']] })
  } finally {
    for (const client of clients) await client[Symbol.asyncDispose]()
  }
  expect(Number(await api.redis.zscore(redisKeys.watched, `${api.tenant.tenantId}/${device}`))).toBeGreaterThan(
    Date.now(),
  )
})

test('an id that is used again replaces the subscription', async () => {
  await using client = open()
  client.command(of('TIMESERIES', 1, { keys: 'r1' }), of('TIMESERIES', 1, { keys: 'r2' }))
  await waitFor(() => client.answers.some(({ data }) => data && 'r2' in data))
  await settled(client)
  const before = client.answers.length
  await save({ r1: 1 })
  await save({ r2: 1 })
  await waitFor(() => client.answers.length > before)
  expect(client.answers.slice(before).map(({ data }) => Object.keys(data))).toEqual([['r2']])
})
