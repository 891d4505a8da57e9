import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
const field = (key: string) => ({ type: 'ENTITY_FIELD', key })
const series = (key: string) => ({ type: 'TIME_SERIES', key })
const pageLink = { pageSize: 10, page: 0 }
const devices = { type: 'entityType', entityType: 'DEVICE' }
const numeric = (key: unknown, operation: string, value: unknown) => ({
  key,
  valueType: 'NUMERIC',
  predicate: { type: 'NUMERIC', operation, value },
})
const find = (query: Record<string, unknown>, client = api.admin) =>
  client.post('/api/entitiesQuery/find', { entityFilter: devices, pageLink, ...query })
const total = async (...args: Parameters<typeof find>) =>
  z.object({ totalElements: z.number() }).parse((await find(...args)).body).totalElements
const id = () => api.tenant.device.id.id

beforeAll(async () => {
  api = await apiUnderTest()
  const save = (entity: string, values: unknown) => api.admin.post(`/api/plugins/telemetry/${entity}`, values)
  await save(`DEVICE/${id()}/timeseries/ANY`, { t: 20.0, state: 'on' })
  await save(`DEVICE/${api.tenant.customerDevice.id.id}/timeseries/ANY`, { t: 30 })
  await save(`DEVICE/${id()}/SERVER_SCOPE`, { site: 'north' })
  await save(`USER/${api.tenant.admin.userId}/SERVER_SCOPE`, { limit: 25, word: 'on', odd: 'many' })
})
afterAll(() => api[Symbol.asyncDispose]())

describe('finding', () => {
  test('answers pages of entities with text values', async () => {
    const answer = await find({
      entityFields: [field('name'), field('nonsense')],
      latestValues: [series('t'), { type: 'ATTRIBUTE', key: 'site' }],
      keyFilters: [numeric(series('t'), 'LESS', { defaultValue: 25 })],
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: [
          {
            entityId: { entityType: 'DEVICE', id: id() },
            latest: {
              ENTITY_FIELD: { name: { value: api.tenant.device.name }, nonsense: { value: '' } },
              TIME_SERIES: { t: { value: '20' } },
              ATTRIBUTE: { site: { value: 'north' } },
            },
            timeseries: {},
            aggLatest: {},
          },
        ],
        totalElements: 1,
        totalPages: 1,
        hasNext: false,
      },
    })
  })

  test('values come from the user, from attributes around the caller, or are the default', async () => {
    const dynamicValue = (sourceAttribute: string) => ({ sourceType: 'CURRENT_USER', sourceAttribute, inherit: false })
    const above = (value: unknown) => total({ keyFilters: [numeric(series('t'), 'GREATER', value)] })
    expect(await above({ defaultValue: 0, dynamicValue: dynamicValue('limit') })).toBe(1)
    expect(await above({ defaultValue: 0, userValue: 50, dynamicValue: dynamicValue('limit') })).toBe(0)
    expect(await above({ defaultValue: 0, dynamicValue: dynamicValue('missing') })).toBe(2)
    expect(await above({ defaultValue: 0, dynamicValue: dynamicValue('odd') })).toBe(2)
    const text = {
      key: series('state'),
      predicate: {
        type: 'STRING',
        operation: 'EQUAL',
        value: { defaultValue: 'x', dynamicValue: dynamicValue('word') },
      },
    }
    expect(await total({ keyFilters: [text] })).toBe(1)
    const device = { defaultValue: 0, dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'x' } }
    expect(await find({ keyFilters: [numeric(series('t'), 'GREATER', device)] })).toMatchObject({ status: 400 })
    const counted = await api.admin.post('/api/entitiesQuery/count', {
      entityFilter: devices,
      keyFilters: [numeric(series('t'), 'GREATER', { defaultValue: 0, dynamicValue: dynamicValue('limit') })],
    })
    expect(counted).toMatchObject({ status: 200, body: 2 })
  })

  test('each sees what is its own', async () => {
    expect(await total({})).toBe(2)
    expect(await total({}, api.customer)).toBe(1)
    expect(await total({}, api.systemAdmin)).toBe(0)
    expect(
      await total({ entityFilter: { type: 'singleEntity', singleEntity: api.tenant.device.id } }, api.strangerAdmin),
    ).toBe(0)
  })

  test('keys of what was found, by version', async () => {
    const query = { entityFilter: devices, pageLink }
    const keys = (flags: string) => api.admin.post(`/api/entitiesQuery/find/keys?${flags}`, query)
    expect((await keys('timeseries=true&attributes=true')).body).toEqual({
      entityTypes: ['DEVICE'],
      timeseries: ['state', 't'],
      attribute: expect.arrayContaining(['site']),
    })
    expect((await keys('timeseries=false&attributes=true&scope=CLIENT_SCOPE')).body).toMatchObject({
      timeseries: [],
      attribute: [],
    })
    expect(await keys('timeseries=true')).toMatchObject({ status: 400 })
    const v2 = (flags: string) => api.admin.post(`/api/v2/entitiesQuery/find/keys?${flags}`, query)
    expect((await v2('')).body).toMatchObject({
      timeseries: [{ key: 'state' }, { key: 't' }],
      attributes: { SERVER_SCOPE: expect.arrayContaining([{ key: 'site' }]), CLIENT_SCOPE: [] },
    })
    expect((await v2('includeSamples=true&scopes=SERVER_SCOPE&includeTimeseries=false')).body).toEqual({
      entityTypes: ['DEVICE'],
      timeseries: [],
      attributes: {
        SERVER_SCOPE: expect.arrayContaining([{ key: 'site', sample: { ts: expect.any(Number), value: 'north' } }]),
      },
    })
  })
})

describe('refusing', () => {
  const post = (body: unknown) => api.admin.post('/api/entitiesQuery/find', body)
  test.each([
    [null, 'Query must be specified.'],
    [{ pageLink }, 'Query entity filter must be specified.'],
    [{ entityFilter: {}, pageLink }, 'Query entity filter type must be specified.'],
    [{ entityFilter: { type: 'entityType' }, pageLink }, 'Entity type is required'],
    [{ entityFilter: devices }, 'Entity Data Page link must be specified.'],
    [
      { entityFilter: devices, pageLink: { pageSize: 0, page: 0 } },
      "Incorrect entity data page link page size '0'. Page size must be greater than zero.",
    ],
    [
      { entityFilter: devices, pageLink: { pageSize: 1, page: -1 } },
      "Incorrect entity data page link page '-1'. Page must be positive integer.",
    ],
    [
      { entityFilter: devices, pageLink: { ...pageLink, sortOrder: { key: field('a; drop'), direction: 'ASC' } } },
      'Invalid entity data page link sort property',
    ],
    [
      { entityFilter: { type: 'relationsQuery', direction: 'FROM' }, pageLink },
      'Relation query filter root entity should not be blank',
    ],
    [
      { entityFilter: { type: 'relationsQuery', direction: 'FROM', multiRoot: true }, pageLink },
      "Multi-root relation query filter should contain 'multiRootEntitiesType'",
    ],
    [
      {
        entityFilter: {
          type: 'relationsQuery',
          direction: 'FROM',
          multiRoot: true,
          multiRootEntitiesType: 'DEVICE',
          multiRootEntityIds: ['x'],
        },
        pageLink,
      },
      "Multi-root relation query filter should contain 'multiRootEntityIds' array that contains string representation of UUIDs",
    ],
  ])('%j', async (body, message) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { errorCode: 31, message } })
  })

  test('filters of no known type, empty lists of types, wrong ids', async () => {
    for (const entityFilter of [
      { type: 'nonsense' },
      { type: 'deviceType', deviceTypes: [] },
      { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: "' OR 1=1" } },
      { type: 'entityList', entityType: 'DEVICE', entityList: ['x'] },
    ])
      expect(await post({ entityFilter, pageLink })).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })
})

describe('hostile queries', () => {
  test('deep and wide predicates', async () => {
    const nested = (depth: number): unknown =>
      depth === 0
        ? { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 0 } }
        : { type: 'COMPLEX', operation: 'AND', predicates: [nested(depth - 1)] }
    const withPredicate = (predicate: unknown) => find({ keyFilters: [{ key: series('t'), predicate }] })
    expect(await withPredicate(nested(7))).toMatchObject({ status: 200, body: { totalElements: 2 } })
    expect(await withPredicate(nested(9))).toMatchObject({ status: 400 })
    expect(await withPredicate(nested(2_000))).toMatchObject({ status: 400 })
    const wide = { type: 'COMPLEX', operation: 'OR', predicates: Array.from({ length: 100 }, () => nested(0)) }
    expect(await withPredicate(wide)).toMatchObject({ status: 200 })
    const wider = { type: 'COMPLEX', operation: 'OR', predicates: Array.from({ length: 20 }, () => wide) }
    expect(await withPredicate(wider)).toMatchObject({ status: 400 })
  })

  test('long lists, huge pages, odd keys and numbers', async () => {
    const entityList = [
      ...Array.from({ length: 9_999 }, (_, i) => `018f2f3a-0000-7000-8000-${String(i).padStart(12, '0')}`),
      id(),
    ]
    expect(await total({ entityFilter: { type: 'entityList', entityType: 'DEVICE', entityList } })).toBe(1)
    expect(
      await find({ entityFilter: { type: 'entityList', entityType: 'DEVICE', entityList: [...entityList, id()] } }),
    ).toMatchObject({ status: 400 })
    expect(await find({ pageLink: { pageSize: 100_000, page: Number.MAX_SAFE_INTEGER } })).toMatchObject({
      status: 200,
      body: { data: [], totalElements: 2 },
    })
    expect(await find({ pageLink: { pageSize: 100_001, page: 0 } })).toMatchObject({ status: 400 })
    for (const key of [`'; DROP TABLE devices; --`, '"', '\u0000', '%', '__proto__', '$1', '']) {
      const answer = await find({
        entityFields: [field(key)],
        latestValues: [series(key), { type: 'ATTRIBUTE', key }],
        pageLink: { ...pageLink, textSearch: key, sortOrder: { key: series(key), direction: 'DESC' } },
      })
      expect(answer.status, key).toBe(200)
      expect(answer.text, key).not.toContain('polluted')
    }
    for (const value of [1e308, -1e308, 9.3e18, 0.1, 5e-324])
      for (const operation of ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'])
        expect((await find({ keyFilters: [numeric(series('t'), operation, { defaultValue: value })] })).status).toBe(
          200,
        )
    expect(await total({})).toBe(2)
  })
})

describe('alarms of entities', () => {
  test('are found with the values of their entity, counted, and kept apart', async () => {
    for (const [originator, type] of [
      [api.tenant.device.id, 'hot'],
      [api.tenant.customerDevice.id, 'cold'],
    ] as const)
      await api.admin.post('/api/alarm', { originator, type, severity: 'MAJOR' })
    const alarms = (query: Record<string, unknown>, client = api.admin) =>
      client.post('/api/alarmsQuery/find', { entityFilter: devices, pageLink, ...query })
    const found = await alarms({
      latestValues: [series('t')],
      alarmFields: [{ type: 'ALARM_FIELD', key: 'createdTime' }],
      pageLink: { ...pageLink, sortOrder: { key: { type: 'ALARM_FIELD', key: 'type' }, direction: 'DESC' } },
    })
    expect(found.body).toMatchObject({
      totalElements: 2,
      data: [
        {
          type: 'hot',
          originatorName: api.tenant.device.name,
          entityId: api.tenant.device.id,
          latest: { TIME_SERIES: { t: { value: '20' } } },
        },
        { type: 'cold', latest: { TIME_SERIES: { t: { value: '30' } } } },
      ],
    })
    const byValue = { ...pageLink, sortOrder: { key: series('t'), direction: 'DESC' } }
    expect((await alarms({ pageLink: byValue })).body).toMatchObject({ data: [{ type: 'cold' }, { type: 'hot' }] })
    const limited = (link: Record<string, unknown>) => alarms({ pageLink: { ...pageLink, ...link } })
    expect((await limited({ typeList: ['hot'] })).body).toMatchObject({ data: [{ type: 'hot' }], totalElements: 1 })
    expect((await limited({ statusList: ['CLEARED'] })).body).toMatchObject({ data: [] })
    expect((await limited({ severityList: ['MINOR'] })).body).toMatchObject({ data: [] })
    expect((await limited({ timeWindow: 60_000, endTs: 1 })).body).toMatchObject({ totalElements: 2 })
    expect((await limited({ endTs: 1 })).body).toMatchObject({ totalElements: 0 })
    expect((await limited({ textSearch: 'COL' })).body).toMatchObject({ data: [{ type: 'cold' }] })
    expect((await alarms({}, api.customer)).body).toMatchObject({ data: [{ type: 'cold' }], totalElements: 1 })
    expect((await alarms({}, api.strangerAdmin)).body).toMatchObject({ data: [], totalElements: 0 })
    const count = async (query: unknown, client = api.admin) =>
      (await client.post('/api/alarmsQuery/count', query)).body
    expect(await count({})).toBe(2)
    expect(await count({}, api.customer)).toBe(1)
    expect(await count({}, api.strangerAdmin)).toBe(0)
    expect(await count({ entityFilter: { type: 'singleEntity', singleEntity: api.tenant.device.id } })).toBe(1)
    expect(await count({ entityFilter: devices, typeList: ['cold'], statusList: ['ACTIVE'] })).toBe(1)
    expect(await alarms({ pageLink: { pageSize: 0, page: 0 } })).toMatchObject({ status: 400 })
  })
})

test('who looks for a separate query store learns that there is none', async () => {
  const { systemAdmin } = api
  expect((await systemAdmin.get('/api/edqs/state')).body).toEqual({ edqsReady: null, syncStatus: null, apiMode: null })
  expect((await systemAdmin.get('/api/edqs/enabled')).body).toBe(false)
  expect(await systemAdmin.post('/api/edqs/system/request', { apiEnabled: true })).toMatchObject({
    status: 200,
    text: '',
  })
  expect((await systemAdmin.get('/api/edqs/enabled')).body).toBe(false)
  expect((await api.admin.get('/api/edqs/state')).status).toBe(403)
})
