import { randomUUID } from 'node:crypto'
import type { LiveBusEvent } from '@thingwire/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let device: string
let base: string

beforeAll(async () => {
  api = await apiUnderTest()
  device = api.tenant.device.id.id
  base = `/api/plugins/telemetry/DEVICE/${device}`
})
afterAll(() => api[Symbol.asyncDispose]())

const post = (url: string, payload: string, contentType = 'application/json') =>
  api.request({
    method: 'POST',
    url,
    headers: { 'x-authorization': `Bearer ${api.admin.token}`, 'content-type': contentType },
    payload,
  })

describe('attributes', () => {
  test.each([
    ['/api/plugins/telemetry/DEVICE/ID/SERVER_SCOPE', 'form1'],
    ['/api/plugins/telemetry/DEVICE/ID/attributes/SERVER_SCOPE', 'form2'],
    ['/api/plugins/telemetry/ID/SERVER_SCOPE', 'form3'],
  ])('are saved by POST %s with their types', async (path, key) => {
    const answer = await post(path.replace('ID', device), `{"${key}":20.0,"n":20,"s":"x","b":true,"j":{"a":[1]}}`)
    expect(answer).toMatchObject({ status: 200, text: '' })
    const rows = await api.db.attributes.find(api.tenant.scope, api.tenant.device.id, { scope: 'SERVER_SCOPE' })
    expect(rows.find((row) => row.key === key)).toMatchObject({ type: 'DOUBLE', value: 20 })
    expect(rows.find((row) => row.key === 'n')).toMatchObject({ type: 'LONG', value: 20 })
    expect((await api.admin.get(`${base}/values/attributes/SERVER_SCOPE?keys=j,b,unknown`)).body).toEqual([
      { lastUpdateTs: expect.any(Number), key: 'b', value: true },
      { lastUpdateTs: expect.any(Number), key: 'j', value: { a: [1] } },
    ])
  })

  test('keys and values over all scopes', async () => {
    await api.admin.post(`${base}/SHARED_SCOPE`, { shared: 1 })
    expect((await api.admin.get(`${base}/keys/attributes`)).body).toContain('shared')
    expect((await api.admin.get(`${base}/keys/attributes/SHARED_SCOPE`)).body).toEqual(['shared'])
    expect((await api.admin.get(`${base}/values/attributes?keys=shared`)).body).toMatchObject([
      { key: 'shared', value: 1 },
    ])
  })

  test.each([
    ['CLIENT_SCOPE', '{"a":1}', 'Invalid scope: CLIENT_SCOPE'],
    ['SERVER_SCOPE', '{"a":', 'Invalid JSON'],
    ['SERVER_SCOPE', '', 'Invalid JSON'],
    ['SERVER_SCOPE', '[1]', 'Request is not a JSON object'],
    ['SERVER_SCOPE', '{}', 'No attributes data found in request body!'],
    ['SERVER_SCOPE', '{" ":1}', 'Key cannot be blank'],
    ['SERVER_SCOPE', `{"${'k'.repeat(256)}":1}`, 'Validation error: key length must be equal or less than 255'],
    ['SERVER_SCOPE', '{"<script>":1}', 'Validation error: key is malformed'],
  ])('%s with the body %s answers the plain text "%s"', async (scope, payload, message) => {
    const answer = await post(`${base}/${scope}`, payload)
    expect(answer).toMatchObject({ status: 400, text: message })
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  })

  test('a null is answered like an error of the server, as JSON', async () => {
    expect(await post(`${base}/SERVER_SCOPE`, '{"a":null}')).toMatchObject({
      status: 500,
      body: { status: 500, errorCode: 2, message: "Can't parse value: null" },
    })
  })

  test('are deleted, and deleting again is no error', async () => {
    await api.admin.post(`${base}/SHARED_SCOPE`, { gone: 1, 'with,comma': 2 })
    for (let i = 0; i < 2; i++)
      expect((await api.admin.delete(`${base}/SHARED_SCOPE?keys=gone&key=with%2Ccomma`)).status).toBe(200)
    expect((await api.admin.get(`${base}/keys/attributes/SHARED_SCOPE`)).body).not.toContain('gone')
    expect((await api.admin.delete(`${base}/SHARED_SCOPE`)).text).toBe('Empty keys: []')
  })

  test('a key named __proto__ is a key like any other', async () => {
    await post(`${base}/SERVER_SCOPE`, '{"__proto__":1}')
    expect((await api.admin.get(`${base}/values/attributes/SERVER_SCOPE?keys=__proto__`)).body).toMatchObject([
      { key: '__proto__', value: 1 },
    ])
  })
})

describe('time series', () => {
  const ts = Date.UTC(2026, 0, 1)

  beforeAll(async () => {
    const points = [1, 2, 3, 4, 5].map((n) => ({
      ts: ts + n * 1_000,
      values: { t: n, label: `p${n}`, mixed: n + 0.5 },
    }))
    expect((await post(`${base}/timeseries/ANY`, JSON.stringify(points))).status).toBe(200)
  })

  test('latest values are text, or typed when asked', async () => {
    const last = ts + 5_000
    expect((await api.admin.get(`${base}/values/timeseries?keys=t,label`)).body).toEqual({
      t: [{ ts: last, value: '5' }],
      label: [{ ts: last, value: 'p5' }],
    })
    expect((await api.admin.get(`${base}/values/timeseries?keys=t&useStrictDataTypes=true`)).body).toEqual({
      t: [{ ts: last, value: 5 }],
    })
    expect((await api.admin.get(`${base}/values/timeseries?key=absent`)).body).toEqual({
      absent: [{ ts: expect.any(Number), value: null }],
    })
    expect((await api.admin.get(`${base}/keys/timeseries`)).body).toEqual(
      expect.arrayContaining(['t', 'label', 'mixed']),
    )
  })

  test('history is newest first, begins at startTs and ends before endTs', async () => {
    const read = (query: string) => api.admin.get(`${base}/values/timeseries?${query}`)
    const range = `startTs=${ts + 1_000}&endTs=${ts + 4_000}`
    expect((await read(`keys=t&${range}`)).body).toEqual({
      t: [3, 2, 1].map((n) => ({ ts: ts + n * 1_000, value: String(n) })),
    })
    expect((await read(`keys=t&${range}&orderBy=ASC&limit=1&useStrictDataTypes=true`)).body).toEqual({
      t: [{ ts: ts + 1_000, value: 1 }],
    })
    expect((await read(`keys=absent&${range}`)).body).toEqual({})
    expect((await read(range)).body).toEqual({})
    expect((await api.admin.get(`${base}/values/timeseries/history?keys=t&${range}`)).body).toHaveProperty('t')
  })

  test.each([
    ['AVG', 3.5],
    ['SUM', 17.5],
    ['MIN', 1.5],
    ['MAX', 5.5],
    ['COUNT', 5],
  ])('%s over one bucket', async (agg, value) => {
    const query = `keys=mixed&startTs=${ts}&endTs=${ts + 10_000}&interval=10000&agg=${agg}&useStrictDataTypes=true`
    expect((await api.admin.get(`${base}/values/timeseries?${query}`)).body).toEqual({
      mixed: [{ ts: ts + 5_000, value }],
    })
  })

  test('parameters that are sent empty stand for their defaults, and the order is taken in small letters', async () => {
    const read = (query: string) => api.admin.get(`${base}/values/timeseries?${query}`)
    const range = `startTs=${ts + 1_000}&endTs=${ts + 4_000}`
    const whole = (await read(`keys=t&${range}`)).body
    const empty = 'interval=&intervalType=&timeZone=&limit=&agg=&orderBy=&useStrictDataTypes='
    expect((await read(`keys=t&${range}&${empty}`)).body).toEqual(whole)
    expect((await read(`keys=t&${range}&orderBy=asc`)).body).toEqual((await read(`keys=t&${range}&orderBy=ASC`)).body)
    expect((await read(`keys=t&${range}&limit=ten`)).status).toBe(400)
  })

  test('calendar buckets end at the boundaries of the zone', async () => {
    const start = Date.UTC(2025, 11, 20)
    const query = `keys=t&startTs=${start}&endTs=${ts + 10_000}&intervalType=MONTH&timeZone=UTC&agg=COUNT&useStrictDataTypes=true`
    expect((await api.admin.get(`${base}/values/timeseries?${query}`)).body).toEqual({
      t: [{ ts: ts + 5_000, value: 5 }],
    })
    expect((await api.admin.get(`${base}/values/timeseries?${query.replace('UTC', 'Mars/Base')}`)).status).toBe(400)
  })

  test.each([
    ['startTs=0&endTs=701000&interval=1000', 701],
    ['startTs=0&endTs=701000&interval=1', 701],
    ['startTs=5000&endTs=0&interval=1000', -5],
  ])('too many intervals: %s', async (range, count) => {
    const answer = await api.admin.get(`${base}/values/timeseries?keys=t&agg=AVG&${range}`)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(`Incorrect TsKvQuery. Number of intervals is to high - ${count}.`)
  })

  test('an aggregation without an interval is read raw', async () => {
    const answer = await api.admin.get(`${base}/values/timeseries?keys=t&agg=AVG&startTs=${ts}&endTs=${ts + 10_000}`)
    expect(answer.body).toMatchObject({ t: { length: 5 } })
  })

  test.each([
    ['not json', 'Unable to parse time series payload: Invalid JSON body!'],
    ['"text"', 'Unable to parse time series payload: Invalid JSON body!'],
    ['{}', 'No time series data found in request body!'],
    ['[]', 'No time series data found in request body!'],
    ['{"a":null}', "Can't parse value: null"],
    ['{"ts":1,"values":{"a":null}}', "Can't parse value: null"],
  ])('the body %s answers "%s"', async (payload, message) => {
    expect(await post(`${base}/timeseries/ANY`, payload)).toMatchObject({ status: 400, text: message })
  })

  test('the content type does not matter, and a ttl in the path is taken', async () => {
    expect((await post(`${base}/timeseries/ANY/3600`, '{"plain":1}', 'text/plain')).status).toBe(200)
    expect((await api.admin.get(`${base}/keys/timeseries`)).body).toContain('plain')
  })

  test('whole numbers beyond 2^53 keep every digit', async () => {
    await post(`${base}/timeseries/ANY`, '{"big":9007199254740993}')
    expect((await api.admin.get(`${base}/values/timeseries?keys=big&useStrictDataTypes=true`)).body).toMatchObject({
      big: [{ value: '9007199254740993' }],
    })
  })
})

describe('whose values they are', () => {
  test('a customer user reads and writes what is assigned to the customer', async () => {
    const own = `/api/plugins/telemetry/DEVICE/${api.tenant.customerDevice.id.id}`
    expect((await api.customer.post(`${own}/SERVER_SCOPE`, { a: 1 })).status).toBe(200)
    expect((await api.customer.get(`${own}/values/attributes`)).body).toMatchObject([{ key: 'a' }])
    for (const url of [`${base}/values/attributes`, `${base}/keys/timeseries`])
      expect(await api.customer.get(url)).toMatchObject({
        status: 403,
        text: "You don't have permission to perform this operation!",
      })
    expect((await api.customer.post(`${base}/SERVER_SCOPE`, { a: 1 })).status).toBe(403)
    expect((await api.customer.post(`${base}/timeseries/ANY`, { a: 1 })).status).toBe(403)
    expect((await api.customer.delete(`${base}/timeseries/delete?keys=t&deleteAllDataForKeys=true`)).status).toBe(403)
    const missing = `/api/plugins/telemetry/DEVICE/${randomUUID()}`
    for (const client of [api.customer, api.admin])
      expect(await client.get(`${missing}/values/attributes`)).toMatchObject({
        status: 404,
        text: "Device with requested id wasn't found!",
      })
    expect((await api.strangerAdmin.get(`${base}/values/attributes`)).status).toBe(404)
  })

  test('the system administrator has no business with devices', async () => {
    expect(await api.systemAdmin.get(`${base}/values/attributes`)).toMatchObject({
      status: 403,
      text: 'System administrator is not allowed to perform this operation!',
    })
  })

  test('malformed paths keep the JSON error', async () => {
    for (const path of [
      'NOTHING/ID/values/timeseries',
      'DEVICE/not-an-id/values/timeseries',
      'DEVICE/ID/values/attributes/NO_SCOPE',
    ])
      expect(await api.admin.get(`/api/plugins/telemetry/${path.replace('ID', device)}`), path).toMatchObject({
        status: 400,
        body: { errorCode: 31 },
      })
  })
})

describe('the live bus', () => {
  beforeEach(() => api.published.splice(0))

  test('hears of writes to a watched entity, and of nothing else', async () => {
    await api.admin.post(`${base}/SERVER_SCOPE`, { unwatched: 1 })
    expect(api.published).toEqual([])
    const member = `${api.tenant.tenantId}/${device}`
    await api.redis.zadd(redisKeys.watched, Date.now() + 60_000, member)
    await api.redis.publish('tw:live:watching', member)
    await expect.poll(() => api.liveBus.isEntityWatched(api.tenant.tenantId, device)).toBe(true)

    await api.admin.post(`${base}/SERVER_SCOPE`, { a: 1 })
    await api.admin.delete(`${base}/SERVER_SCOPE?keys=a`)
    await post(`${base}/timeseries/ANY`, '[{"ts":2000,"values":{"t":2}},{"ts":1000,"values":{"t":1}}]')
    const common = { tenantId: api.tenant.tenantId, entityId: device }
    expect(api.published).toEqual<LiveBusEvent[]>([
      {
        kind: 'attributes',
        ...common,
        scope: 'SERVER_SCOPE',
        changed: [{ key: 'a', ts: expect.any(Number), value: 1 }],
        deleted: [],
      },
      { kind: 'attributes', ...common, scope: 'SERVER_SCOPE', changed: [], deleted: ['a'] },
      {
        kind: 'telemetry',
        ...common,
        points: {
          t: [
            [1000, 1],
            [2000, 2],
          ],
        },
      },
    ])
  })
})
