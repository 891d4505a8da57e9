import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
const base = Date.now() - 60_000
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const pageSchema = z.looseObject({
  data: z.array(z.looseObject({ body: z.looseObject({}), createdTime: z.number() })),
  totalElements: z.number(),
})
type Kind = Parameters<ApiUnderTest['db']['events']['append']>[0][number]['type']
const append = (type: Kind, bodies: readonly Record<string, unknown>[], entityId = api.tenant.device.id.id) =>
  api.db.events.append(
    bodies.map((body, index) => ({ tenantId: api.tenant.tenantId, entityId, type, ts: base + index, body })),
  )
const url = (suffix = '', query = '') =>
  `/api/events/DEVICE/${api.tenant.device.id.id}${suffix}?tenantId=${api.tenant.tenantId}&pageSize=10&page=0${query}`

describe('events of an entity', () => {
  test('are life cycle events when no type is asked for, newest first, with times inclusive', async () => {
    await append('LC_EVENT', [
      { server: 's1', event: 'STARTED', success: true },
      { server: 's1', event: 'UPDATED', success: false, error: 'broken' },
    ])
    const answer = await api.admin.get(url())
    expect(answer.body).toMatchObject({
      totalElements: 2,
      data: [
        {
          id: { id: expect.any(String) },
          type: 'LC_EVENT',
          tenantId: { entityType: 'TENANT', id: api.tenant.tenantId },
          entityId: api.tenant.device.id,
          createdTime: base + 1,
          body: { event: 'UPDATED', error: 'broken' },
        },
        { body: { event: 'STARTED' } },
      ],
    })
    const ranged = await api.admin.get(url('/LC_EVENT', `&startTime=${base}&endTime=${base}`))
    expect(ranged.body).toMatchObject({ totalElements: 1, data: [{ createdTime: base }] })
    const ascending = await api.admin.get(url('/LC_EVENT', '&sortProperty=createdTime&sortOrder=ASC'))
    expect(pageSchema.parse(ascending.body).data.map(({ createdTime }) => createdTime)).toEqual([base, base + 1])
    expect((await api.admin.post(url(), { eventType: 'LC_EVENT', status: 'Failure' })).body).toMatchObject({
      data: [{ body: { event: 'UPDATED' } }],
      totalElements: 1,
    })
  })

  test('are filtered by the members of their type', async () => {
    await append('DEBUG_RULE_NODE', [
      { server: 'a', type: 'IN', msgType: 'POST_TELEMETRY_REQUEST', data: '{"t":1}', metadata: '{}', relationType: '' },
      {
        server: 'b',
        type: 'OUT',
        msgType: 'ALARM',
        data: '100%',
        metadata: '{"x":"y"}',
        relationType: 'Failure',
        error: 'E',
      },
    ])
    const found = async (filter: object) =>
      pageSchema
        .parse((await api.admin.post(url(), { eventType: 'DEBUG_RULE_NODE', ...filter })).body)
        .data.map(({ body }) => body.type)
    expect(await found({})).toEqual(['OUT', 'IN'])
    for (const filter of [
      { isError: true },
      { errorStr: 'e' },
      { msgDirectionType: 'OUT' },
      { msgType: 'alarm' },
      { relationType: 'Fail' },
      { dataSearch: '100%' },
      { metadataSearch: '"y"' },
      { server: 'b' },
    ])
      expect(await found(filter), JSON.stringify(filter)).toEqual(['OUT'])
    expect(await found({ dataSearch: '%' })).toEqual(['OUT'])
    expect(await found({ msgId: 'none' })).toEqual([])
    expect(await found({ isError: false, errorStr: '' })).toEqual(['OUT', 'IN'])
  })

  test('with figures are filtered by their bounds', async () => {
    await append('STATS', [
      { messagesProcessed: 5, errorsOccurred: 0 },
      { messagesProcessed: 50, errorsOccurred: 3 },
    ])
    const count = async (filter: object) =>
      pageSchema.parse((await api.admin.post(url(), { eventType: 'STATS', ...filter })).body).totalElements
    expect(await count({ minMessagesProcessed: 6 })).toBe(1)
    expect(await count({ maxMessagesProcessed: 5, minErrorsOccurred: 1 })).toBe(0)
    expect(await count({ maxErrorsOccurred: 3 })).toBe(2)
  })

  test('are cleared as far as the filter reaches', async () => {
    await append('ERROR', [
      { method: 'onMsg', error: 'one' },
      { method: 'onStart', error: 'two' },
    ])
    const clear = (body: object, query = '') =>
      api.admin.post(`/api/events/DEVICE/${api.tenant.device.id.id}/clear${query}`, body)
    const left = async () =>
      pageSchema.parse((await api.admin.get(url('/ERROR'))).body).data.map(({ body }) => body.error)
    expect((await clear({ eventType: 'ERROR' }, `?endTime=${base - 1}`)).status).toBe(200)
    expect(await left()).toEqual(['two', 'one'])
    expect(await clear({ eventType: 'ERROR', method: 'onMsg' })).toMatchObject({ status: 200, text: '' })
    expect(await left()).toEqual(['two'])
  })

  test('of a type that the entity has none of are none, of an unknown type an error', async () => {
    expect((await api.admin.get(url('/DEBUG_CALCULATED_FIELD'))).body).toMatchObject({ data: [], totalElements: 0 })
    expect(await api.admin.get(url('/NONSENSE'))).toMatchObject({
      status: 400,
      body: { message: "Event type: 'NONSENSE' is not supported!", errorCode: 31 },
    })
    expect((await api.admin.post(url(), { eventType: 'NONSENSE' })).status).toBe(400)
    expect((await api.admin.post(url(), {})).status).toBe(400)
  })
})

describe('rights', () => {
  test('a tenant must be named, and another one has no events of the entity', async () => {
    const path = `/api/events/DEVICE/${api.tenant.device.id.id}/LC_EVENT?pageSize=10&page=0`
    expect(await api.admin.get(path)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("'tenantId'") },
    })
    const answer = await api.admin.get(`${path}&tenantId=${api.stranger.tenantId}`)
    expect(answer.body).toMatchObject({ totalElements: 0 })
  })

  test('strangers find nothing, customers only what is theirs', async () => {
    await append('LC_EVENT', [{ event: 'STARTED', success: true }], api.tenant.customerDevice.id.id)
    expect(await api.strangerAdmin.get(url())).toMatchObject({ status: 404 })
    expect(await api.customer.get(url())).toMatchObject({ status: 403 })
    const own = url().replace(api.tenant.device.id.id, api.tenant.customerDevice.id.id)
    expect((await api.customer.get(own)).body).toMatchObject({ totalElements: 1 })
    const clear = `/api/events/DEVICE/${api.tenant.device.id.id}/clear`
    expect((await api.customer.post(clear, { eventType: 'LC_EVENT' })).status).toBe(403)
    expect((await api.strangerAdmin.post(clear, { eventType: 'LC_EVENT' })).status).toBe(404)
    expect((await api.admin.get(url())).body).toMatchObject({ totalElements: 2 })
  })

  test.each(['&sortProperty=body', '&startTime=yesterday', '&sortProperty=ts;drop'])('refuses %s', async (query) => {
    expect((await api.admin.get(url('/LC_EVENT', query))).status).toBe(400)
  })
})
