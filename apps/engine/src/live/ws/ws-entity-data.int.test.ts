import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../../testing/api-under-test.ts'
import { type WsAnswer, type WsClient, wsClient } from './ws-client.ts'

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
const single = (id = device) => ({
  entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } },
  pageLink: { pageSize: 10, page: 0, textSearch: null, sortOrder: null, dynamic: false },
  entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
})
const series = (...keys: string[]) => keys.map((key) => ({ type: 'TIME_SERIES', key }))
const data = (cmdId: number, more: object) => ({ type: 'ENTITY_DATA', cmdId, ...more })
const head = (cmdId: number) => ({
  cmdId,
  errorCode: 0,
  errorMsg: null,
  cmdUpdateType: 'ENTITY_DATA',
  allowedEntities: 10_000,
})
const entityId = (id = device) => ({ entityType: 'DEVICE', id })
const settled = async (client: WsClient, cmdId = 9_999) => {
  client.command({ type: 'NOTIFICATIONS_COUNT', cmdId })
  await client.next(cmdId)
}
const row = (answer: WsAnswer) => (answer.data?.data ?? answer.update)[0]
const publish = (event: Parameters<ApiUnderTest['liveBus']['publish']>[1]) => api.liveBus.publish(event.tenantId, event)

test('query alone: the page', async () => {
  await using client = open()
  client.command(data(1, { query: single() }))
  expect(await client.next(1)).toEqual({
    ...head(1),
    data: {
      data: [
        {
          entityId: entityId(),
          latest: { ENTITY_FIELD: { name: { ts: expect.any(Number), value: api.tenant.device.name } } },
          timeseries: {},
          aggLatest: {},
        },
      ],
      totalPages: 1,
      totalElements: 1,
      hasNext: false,
    },
    update: null,
  })
})

describe('latestCmd', () => {
  test('merges its keys into the query, sends the page and then what changes', async () => {
    await save({ t: 20 }, 1_000)
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('t', 'none') } }))
    const first = await client.next(1)
    expect(first).toMatchObject({ ...head(1), update: null })
    expect(row(first).latest.TIME_SERIES).toEqual({ t: { ts: 1_000, value: '20' }, none: { ts: 0, value: '' } })
    await save({ t: 21.5, other: 1 }, 2_000)
    expect(await client.next(1)).toEqual({
      ...head(1),
      data: null,
      update: [
        {
          entityId: entityId(),
          latest: { TIME_SERIES: { t: { ts: 2_000, value: '21.5' } } },
          timeseries: null,
          aggLatest: null,
        },
      ],
    })
  })

  test('values that are late or the same are not told', async () => {
    await save({ s: 5 }, 5_000)
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('s') } }))
    await client.next(1)
    await save({ s: 4 }, 4_000)
    await save({ s: 5 }, 5_000)
    await save({ s: 6 }, 6_000)
    expect(row(await client.next(1)).latest).toEqual({ TIME_SERIES: { s: { ts: 6_000, value: '6' } } })
  })

  test('attributes of any scope and of one, and their deletion', async () => {
    await api.admin.post(`${base()}/SERVER_SCOPE`, { mode: 'eco', gone: 1 })
    const keys = [
      { type: 'ATTRIBUTE', key: 'mode' },
      { type: 'SERVER_ATTRIBUTE', key: 'gone' },
      { type: 'SHARED_ATTRIBUTE', key: 'mode' },
    ]
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys } }))
    const ts = expect.any(Number)
    expect(row(await client.next(1)).latest).toMatchObject({
      ATTRIBUTE: { mode: { ts, value: 'eco' } },
      SERVER_ATTRIBUTE: { gone: { ts, value: '1' } },
      SHARED_ATTRIBUTE: { mode: { ts: 0, value: '' } },
    })
    await api.admin.post(`${base()}/SHARED_SCOPE`, { mode: 'party' })
    expect(row(await client.next(1)).latest).toEqual({
      ATTRIBUTE: { mode: { ts, value: 'party' } },
      SHARED_ATTRIBUTE: { mode: { ts, value: 'party' } },
    })
    await api.admin.delete(`${base()}/SERVER_SCOPE?keys=gone`)
    expect(row(await client.next(1)).latest).toEqual({ SERVER_ATTRIBUTE: { gone: { ts: 0, value: '' } } })
  })

  test('a deleted series becomes empty', async () => {
    await save({ doomed: 1 }, 1_000)
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('doomed') } }))
    await client.next(1)
    publish({ kind: 'telemetry-deleted', tenantId: api.tenant.tenantId, entityId: device, keys: ['doomed'] })
    expect(row(await client.next(1)).latest).toEqual({ TIME_SERIES: { doomed: { ts: 0, value: '' } } })
  })

  test('what is deleted through REST becomes empty, an attribute and a series', async () => {
    await save({ erased: 1 }, 1_000)
    await api.admin.post(`${base()}/SERVER_SCOPE`, { erasedAttribute: 1 })
    const keys = [...series('erased'), { type: 'ATTRIBUTE', key: 'erasedAttribute' }]
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys } }))
    await client.next(1)
    const erase = `${base()}/timeseries/delete?keys=erased&deleteAllDataForKeys=true`
    expect((await api.admin.delete(erase)).status).toBe(200)
    expect(row(await client.next(1)).latest).toEqual({ TIME_SERIES: { erased: { ts: 0, value: '' } } })
    expect((await api.admin.delete(`${base()}/SERVER_SCOPE?keys=erasedAttribute`)).status).toBe(200)
    expect(row(await client.next(1)).latest).toEqual({ ATTRIBUTE: { erasedAttribute: { ts: 0, value: '' } } })
  })

  test('keys are any text', async () => {
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('__proto__', 'constructor') } }))
    await client.next(1)
    publish({
      kind: 'telemetry',
      tenantId: api.tenant.tenantId,
      entityId: device,
      points: JSON.parse('{"__proto__":[[1000,1]],"constructor":[[1000,2]]}'),
    })
    const { latest } = row(await client.next(1))
    expect(latest.TIME_SERIES.constructor).toEqual({ ts: 1_000, value: '2' })
    expect({}).not.toHaveProperty('1000')
  })
})

describe('histories', () => {
  const range = { startTs: 10_000, endTs: 14_000 }
  beforeAll(async () => {
    for (const n of [0, 1, 2, 3]) await save({ h: n }, 10_000 + n * 1_000)
    await save({ h: 'before' }, 9_000)
  })

  test('historyCmd comes with the page, raw points newest first, and an empty list for keys without', async () => {
    await using client = open()
    client.command(data(1, { query: single(), historyCmd: { keys: ['h', 'none'], ...range, limit: 2, agg: 'NONE' } }))
    const first = await client.next(1)
    expect(first).toMatchObject({ data: { totalElements: 1 }, update: null })
    expect(row(first).timeseries).toEqual({
      h: [
        { ts: 13_000, value: '3' },
        { ts: 12_000, value: '2' },
      ],
      none: [],
    })
  })

  test('aggregated points are ascending; the point before the range can be added', async () => {
    await using client = open()
    client.command(
      data(1, { query: single(), historyCmd: { keys: ['h'], ...range, interval: 2_000, agg: 'SUM' } }),
      data(2, { query: single(), historyCmd: { keys: ['h'], ...range, limit: 1, fetchLatestPreviousPoint: true } }),
      data(3, {
        query: single(),
        historyCmd: { keys: ['h'], ...range, intervalType: 'MONTH', timeZoneId: 'Europe/Berlin', agg: 'COUNT' },
      }),
    )
    expect(row(await client.next(1)).timeseries.h).toEqual([
      { ts: 11_000, value: '1' },
      { ts: 13_000, value: '5' },
    ])
    expect(row(await client.next(2)).timeseries.h).toEqual([
      { ts: 13_000, value: '3' },
      { ts: 9_000, value: 'before' },
    ])
    expect(row(await client.next(3)).timeseries.h).toEqual([{ ts: 12_000, value: '4' }])
  })

  test('tsCmd alone: the page with the history, then every point, also a late one', async () => {
    await using client = open()
    client.command(
      data(1, { query: single(), tsCmd: { keys: ['h'], startTs: 12_000, timeWindow: 60_000, agg: 'NONE' } }),
    )
    const first = await client.next(1)
    expect(first.update).toBeNull()
    expect(row(first).timeseries.h.map(({ ts }: { ts: number }) => ts)).toEqual([13_000, 12_000])
    await save({ h: 9, other: 1 }, 20_000)
    expect(await client.next(1)).toEqual({
      ...head(1),
      data: null,
      update: [
        { entityId: entityId(), latest: null, timeseries: { h: [{ ts: 20_000, value: '9' }] }, aggLatest: null },
      ],
    })
    await save({ h: 'late' }, 12_500)
    expect(row(await client.next(1)).timeseries).toEqual({ h: [{ ts: 12_500, value: 'late' }] })
  })

  test('latestCmd and tsCmd: first the page, then an update with the history', async () => {
    await using client = open()
    const tsCmd = { keys: ['h'], startTs: 10_000, timeWindow: 2_000, agg: 'NONE' }
    client.command(data(1, { query: single(), latestCmd: { keys: series('h') }, tsCmd }))
    const first = await client.next(1)
    expect(first).toMatchObject({ data: { totalElements: 1 }, update: null })
    expect(row(first).timeseries).toEqual({})
    const second = await client.next(1)
    expect(second.data).toBeNull()
    expect(row(second)).toMatchObject({
      entityId: entityId(),
      timeseries: {
        h: [
          { ts: 11_000, value: '1' },
          { ts: 10_000, value: '0' },
        ],
      },
    })
    await save({ h: 10 }, 30_000)
    expect((await client.next(1)).update).toEqual([
      {
        entityId: entityId(),
        latest: { TIME_SERIES: { h: { ts: 30_000, value: '10' } } },
        timeseries: null,
        aggLatest: null,
      },
      { entityId: entityId(), latest: null, timeseries: { h: [{ ts: 30_000, value: '10' }] }, aggLatest: null },
    ])
  })

  test('aggHistoryCmd: one value for each id, compared with an earlier range; nothing is 0 and empty', async () => {
    await using client = open()
    const keys = [
      { id: 1, key: 'h', agg: 'MAX', previousStartTs: 10_000, previousEndTs: 11_000 },
      { id: 2, key: 'none', agg: 'AVG' },
      { id: 3, key: 'h', agg: 'MIN', previousStartTs: 11_000, previousEndTs: 12_000, previousValueOnly: true },
    ]
    client.command(data(1, { query: single(), aggHistoryCmd: { keys, startTs: 12_000, endTs: 14_000 } }))
    const first = await client.next(1)
    const ts = expect.any(Number)
    expect(row(first).aggLatest).toMatchObject({
      1: { current: { ts, value: '3' }, previous: { ts, value: '0' } },
      2: { current: { ts: 0, value: '' }, previous: null },
      3: { previous: { ts, value: '1' } },
    })
  })

  test('aggTsCmd also brings new points', async () => {
    await using client = open()
    const keys = [{ id: 7, key: 'live', agg: 'SUM' }]
    client.command(data(1, { query: single(), aggTsCmd: { keys, startTs: 0, timeWindow: 1_000 } }))
    expect(row(await client.next(1)).aggLatest['7'].current).toEqual({ ts: 0, value: '' })
    await save({ live: 3 }, 40_000)
    expect(row(await client.next(1)).timeseries).toEqual({ live: [{ ts: 40_000, value: '3' }] })
  })

  test('a history that cannot be answered is told, and the session goes on', async () => {
    await using client = open()
    client.command(
      data(1, {
        query: single(),
        historyCmd: { keys: ['h'], startTs: 0, endTs: 701_000, interval: 1_000, agg: 'AVG' },
      }),
    )
    expect(await client.next(1)).toMatchObject({ errorCode: 2, data: null, update: null })
    await settled(client)
  })
})

describe('the same id again', () => {
  test('with a query: the new page comes as update', async () => {
    const other = api.tenant.customerDevice.id.id
    await save({ t: 1 }, 1_000, other)
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('t') } }))
    await client.next(1)
    client.command(data(1, { query: single(other), latestCmd: { keys: series('t') } }))
    const second = await client.next(1)
    expect(second).toMatchObject({ data: null, update: [{ entityId: entityId(other) }] })
    await save({ t: 'of the first' })
    await save({ t: 'of the second' }, undefined, other)
    expect((await client.next(1)).update).toEqual([
      expect.objectContaining({
        entityId: entityId(other),
        latest: { TIME_SERIES: { t: { ts: expect.any(Number), value: 'of the second' } } },
      }),
    ])
  })

  test('without a query: the parts apply to the known page, and what was followed before is not', async () => {
    await save({ p: 1, q: 2 }, 1_000)
    await using client = open()
    client.command(data(1, { query: single(), latestCmd: { keys: series('p') } }))
    await client.next(1)
    client.command(data(1, { latestCmd: { keys: series('q') } }))
    const second = await client.next(1)
    expect(second.data).toBeNull()
    expect(row(second).latest.TIME_SERIES).toMatchObject({ q: { ts: 1_000, value: '2' } })
    await save({ p: 3 }, 2_000)
    await save({ q: 4 }, 2_000)
    expect(row(await client.next(1)).latest).toEqual({ TIME_SERIES: { q: { ts: 2_000, value: '4' } } })
  })

  test('with nothing is refused', async () => {
    await using client = open()
    client.command(data(1, {}), data(2, { latestCmd: { keys: [] } }))
    const refusal = { errorCode: 2, errorMsg: 'Query is empty!', data: null, latestValues: {} }
    expect(await client.next(1)).toEqual({ subscriptionId: 1, ...refusal })
    expect(await client.next(2)).toEqual({ subscriptionId: 2, ...refusal })
  })
})

test('after unsubscribing nothing more comes', async () => {
  await using client = open()
  client.command(
    data(1, { query: single(), latestCmd: { keys: series('u') } }),
    data(2, { query: single(), latestCmd: { keys: series('u') } }),
  )
  await client.next(1)
  await client.next(2)
  client.command({ type: 'ENTITY_DATA_UNSUBSCRIBE', cmdId: 1 })
  await settled(client)
  await save({ u: 1 })
  await client.next(2)
  expect(client.answers.filter(({ cmdId }) => cmdId === 1)).toHaveLength(1)
})

test('a query that cannot be answered closes with 1012', async () => {
  await using client = open()
  client.command(data(1, { query: { ...single(), pageLink: { pageSize: 0, page: 0 } } }))
  expect(await client.closed).toEqual({
    code: 1012,
    reason: expect.stringContaining('Page size must be greater than zero'),
  })
})

describe('what a client may not see', () => {
  const all = { ...single(), entityFilter: { type: 'entityType', entityType: 'DEVICE' } }

  test('is not on its pages', async () => {
    await using stranger = open(api.strangerAdmin.token)
    stranger.command(data(1, { query: single(), latestCmd: { keys: series('t') } }))
    expect((await stranger.next(1)).data.data).toEqual([])
    await using customer = open(api.customer.token)
    customer.command(data(1, { query: all, latestCmd: { keys: series('t') } }))
    const ids = (await customer.next(1)).data.data.map((one: { entityId: { id: string } }) => one.entityId.id)
    expect(ids).toEqual([api.tenant.customerDevice.id.id])
  })

  test('disappears when it is taken away', async () => {
    const own = api.tenant.customerDevice.id.id
    await using customer = open(api.customer.token)
    customer.command(data(1, { query: all, latestCmd: { keys: series('t') } }))
    await customer.next(1)
    expect((await api.admin.delete(`/api/customer/device/${own}`)).status).toBe(200)
    expect(await customer.next(1)).toMatchObject({ data: { data: [], totalElements: 0 }, update: null })
    await save({ t: 'hidden' }, undefined, own)
    await settled(customer)
    expect(JSON.stringify(customer.answers)).not.toContain('hidden')
    await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${own}`)
  })
})

test('a system administrator follows values of tenants', async () => {
  const id = api.tenant.tenantId
  const query = { ...single(), entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'TENANT', id } } }
  await using client = open(api.systemAdmin.token)
  client.command(data(1, { query, latestCmd: { keys: [{ type: 'SERVER_ATTRIBUTE', key: 'plan' }] } }))
  expect((await client.next(1)).data.totalElements).toBe(1)
  await api.systemAdmin.post(`/api/plugins/telemetry/TENANT/${id}/SERVER_SCOPE`, { plan: 'gold' })
  expect(row(await client.next(1)).latest).toEqual({
    SERVER_ATTRIBUTE: { plan: { ts: expect.any(Number), value: 'gold' } },
  })
})

test('filters follow the attribute that they compare with', async () => {
  const tenantBase = `/api/plugins/telemetry/TENANT/${api.tenant.tenantId}/SERVER_SCOPE`
  const setLimit = (limit: number) => api.systemAdmin.post(tenantBase, { limit })
  expect((await setLimit(100)).status).toBe(200)
  await save({ level: 50 })
  const dynamicValue = { sourceType: 'CURRENT_TENANT', sourceAttribute: 'limit', inherit: false }
  const predicate = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 0, userValue: null, dynamicValue } }
  const keyFilters = [{ key: { type: 'TIME_SERIES', key: 'level' }, valueType: 'NUMERIC', predicate }]
  await using client = open()
  client.command(data(1, { query: { ...single(), keyFilters }, latestCmd: { keys: series('level') } }))
  expect((await client.next(1)).data.data).toEqual([])
  await setLimit(10)
  expect((await client.next(1)).data.data).toMatchObject([{ entityId: entityId() }])
})

test('many clients with one question get the same', async () => {
  const clients = Array.from({ length: 10 }, () => open())
  try {
    await save({ common: 0 }, 1_000)
    for (const client of clients) client.command(data(1, { query: single(), latestCmd: { keys: series('common') } }))
    await Promise.all(clients.map((client) => client.next(1)))
    await save({ common: 1 }, 2_000)
    for (const client of clients)
      expect(row(await client.next(1)).latest).toEqual({ TIME_SERIES: { common: { ts: 2_000, value: '1' } } })
  } finally {
    for (const client of clients) await client[Symbol.asyncDispose]()
  }
})

test('what was stored before publishers knew of the watch is told a moment later', async () => {
  // Looked at by nobody else, so that the watch is new.
  const fresh = await api.db.devices.save(api.tenant.scope, { name: 'Fresh' })
  const id = fresh.id.id
  await save({ v: 1 }, 1_000, id)
  await using client = open()
  const tsCmd = { keys: ['v'], startTs: 0, timeWindow: 2_000, agg: 'NONE' }
  client.command(data(1, { query: single(id), latestCmd: { keys: series('v') }, tsCmd }))
  await client.next(1)
  await client.next(1)
  const write = { tenantId: api.tenant.tenantId, entityId: fresh.id, saveTimeseries: true, saveLatest: true }
  await api.db.telemetry.write([{ ...write, key: 'v', ts: 1_500, type: 'LONG', value: 2 }])
  await waitFor(() => {
    const told = client.answers.slice(2).flatMap(({ update }) => update)
    const value = { ts: 1_500, value: '2' }
    expect(told).toContainEqual({
      entityId: fresh.id,
      latest: { TIME_SERIES: { v: value } },
      timeseries: null,
      aggLatest: null,
    })
    expect(told).toContainEqual({ entityId: fresh.id, latest: null, timeseries: { v: [value] }, aggLatest: null })
    return true
  })
  await api.db.devices.delete(api.tenant.scope, id)
})

describe('ENTITY_COUNT', () => {
  test('answers the number once for an id', async () => {
    const query = { entityFilter: { type: 'entityType', entityType: 'DEVICE' } }
    await using client = open()
    client.command({ type: 'ENTITY_COUNT', cmdId: 2, query }, { type: 'ENTITY_COUNT', cmdId: 2, query })
    expect(await client.next(2)).toEqual({
      cmdId: 2,
      errorCode: 0,
      errorMsg: null,
      cmdUpdateType: 'COUNT_DATA',
      count: 2,
    })
    await settled(client)
    expect(client.answers).toHaveLength(2)
    client.command({ type: 'ENTITY_COUNT_UNSUBSCRIBE', cmdId: 2 }, { type: 'ENTITY_COUNT', cmdId: 2, query })
    await client.next(2)
  })

  test('of a customer are those of the customer', async () => {
    const query = { entityFilter: { type: 'entityType', entityType: 'DEVICE' } }
    await using client = open(api.customer.token)
    client.command({ type: 'ENTITY_COUNT', cmdId: 2, query })
    expect((await client.next(2)).count).toBe(1)
  })
})

test('a client that reads again after a while gets the newest values, not all of them', async () => {
  await using client = open()
  client.command(data(1, { query: single(), latestCmd: { keys: series('fast') } }))
  await client.next(1)
  client.socket.pause()
  const padding = 'x'.repeat(20_000)
  for (let n = 1; n <= 600; n++) {
    publish({
      kind: 'telemetry',
      tenantId: api.tenant.tenantId,
      entityId: device,
      points: { fast: [[n * 1_000, `${n}${padding}`]] },
    })
    if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await save({ done: 1 })
  client.socket.resume()
  await waitFor(() => client.answers.some(({ update }) => update?.[0]?.latest?.TIME_SERIES.fast.ts === 600_000))
  expect(client.answers.length).toBeLessThan(300)
})
