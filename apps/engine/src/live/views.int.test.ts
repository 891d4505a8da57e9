import {
  type ClientToServerEvents,
  type EntityView,
  entityViewSchema,
  type LiveSubscribe,
  type LiveUpdate,
  type ServerToClientEvents,
} from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { type WsAnswer, wsClient } from './ws/ws-client.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

let made = 0
const newDevice = () => api.db.devices.save(api.tenant.scope, { name: `looked at ${++made}` })
type Device = Awaited<ReturnType<typeof newDevice>>
const saveView = async (view: object): Promise<EntityView> => {
  const answer = await api.admin.post('/api/entityView', view)
  expect(answer).toMatchObject({ status: 200 })
  return entityViewSchema.strict().parse(answer.body)
}
const viewOf = (device: Device, timeseries: string[], window: { startTimeMs?: number; endTimeMs?: number } = {}) =>
  saveView({
    name: `view ${++made}`,
    type: 'live',
    entityId: device.id,
    keys: { timeseries, attributes: { cs: [], ss: [], sh: [] } },
    ...window,
  })
const save = async (device: Device, ts: number, values: object) => {
  const path = `/api/plugins/telemetry/DEVICE/${device.id.id}/timeseries/ANY`
  expect((await api.admin.post(path, { ts, values })).status).toBe(200)
}
const now = () => Date.now()

describe('over Socket.IO', () => {
  const client = (token = api.admin.token) => {
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(address, {
      transports: ['websocket'],
      forceNew: true,
      auth: { token },
    })
    const updates: LiveUpdate[] = []
    let taken = 0
    socket.on('update', (list) => updates.push(...list))
    return {
      updates,
      subscribe: (request: LiveSubscribe) => socket.timeout(5_000).emitWithAck('subscribe', request),
      next: () => waitFor(() => updates[taken] && updates[taken++], { what: 'an update' }),
      [Symbol.asyncDispose]: async () => {
        socket.disconnect()
      },
    }
  }

  test('latest values are those of the device, of listed keys and within the window alone', async () => {
    const device = await newDevice()
    await save(device, 1_000, { shown: 1, hidden: 1 })
    await save(device, 9_000, { shown: 9 })
    const view = await viewOf(device, ['shown'], { startTimeMs: 500, endTimeMs: 5_000 })
    await using browser = client()
    expect(await browser.subscribe({ kind: 'latest', id: 'l', entityId: view.id })).toEqual({ ok: true })
    expect(await browser.next()).toEqual({ id: 'l', kind: 'latest', values: { shown: [1_000, 1] } })
    await save(device, 6_000, { shown: 6, hidden: 6 })
    await save(device, 2_000, { shown: 2, hidden: 2 })
    expect(await browser.next()).toEqual({ id: 'l', kind: 'latest', values: { shown: [2_000, 2] } })
  })

  test('time series begin with what is stored and go on', async () => {
    const device = await newDevice()
    await save(device, 1_000, { shown: 1, hidden: 1 })
    const view = await viewOf(device, ['shown'])
    await using browser = client()
    const keys = ['shown', 'hidden']
    await browser.subscribe({ kind: 'timeseries', id: 't', entityId: view.id, keys, sinceTs: 0 })
    expect(await browser.next()).toMatchObject({ points: { shown: [[1_000, 1]] } })
    await save(device, 2_000, { hidden: 2 })
    await save(device, 3_000, { shown: 3 })
    expect(await browser.next()).toEqual({ id: 't', kind: 'timeseries', points: { shown: [[3_000, 3]] } })
  })

  test('a view that lists no key shows nothing', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1 })
    const view = await viewOf(device, [])
    await using browser = client()
    await browser.subscribe({ kind: 'latest', id: 'l', entityId: view.id })
    expect(await browser.next()).toEqual({ id: 'l', kind: 'latest', values: {} })
  })

  test('a changed view shows what it shows now, and no more what it showed before', async () => {
    const [first, second] = [await newDevice(), await newDevice()]
    await save(first, 5_000, { a: 'first', b: 'first' })
    await save(second, 1_000, { a: 'second' })
    const view = await viewOf(first, ['a', 'b'])
    await using browser = client()
    await browser.subscribe({ kind: 'latest', id: 'l', entityId: view.id })
    await browser.next()
    await saveView({ ...view, entityId: second.id })
    const merged = async () => {
      const update = await browser.next()
      return update.kind === 'latest' ? update : null
    }
    expect(await merged()).toMatchObject({ values: { a: [1_000, 'second'] }, deleted: ['b'] })
    await save(first, 6_000, { a: 'not any more' })
    await save(second, 2_000, { a: 'second again' })
    expect(await merged()).toMatchObject({ values: { a: [2_000, 'second again'] } })
  })

  test('who may see the view needs no right to the device; who may not is refused', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1 })
    const view = await viewOf(device, ['a'])
    await using browser = client(api.customer.token)
    const request = { kind: 'latest', id: 'l', entityId: view.id } as const
    expect(await browser.subscribe(request)).toMatchObject({ ok: false })
    expect((await api.admin.post(`/api/customer/${api.tenant.customerId}/entityView/${view.id.id}`)).status).toBe(200)
    expect(await browser.subscribe(request)).toEqual({ ok: true })
    expect(await browser.next()).toMatchObject({ values: { a: [1_000, 1] } })
    await save(device, 2_000, { a: 2 })
    expect(await browser.next()).toMatchObject({ values: { a: [2_000, 2] } })
    expect(await browser.subscribe({ ...request, id: 'd', entityId: device.id })).toMatchObject({ ok: false })
  })

  test('a deleted view ends the subscription', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1 })
    const [view, other] = [await viewOf(device, ['a']), await viewOf(device, ['a'])]
    await using browser = client()
    await browser.subscribe({ kind: 'latest', id: 'gone', entityId: view.id })
    await browser.subscribe({ kind: 'latest', id: 'stays', entityId: other.id })
    expect((await api.admin.delete(`/api/entityView/${view.id.id}`)).status).toBe(200)
    // The end is silent; it is there when values reach the other subscription alone.
    let value = 1
    await waitFor(
      async () => {
        const before = browser.updates.length
        await save(device, 1_000 + ++value, { a: value })
        await waitFor(
          () => browser.updates.slice(before).some((update) => update.id === 'stays' && hasValue(update, value)),
          { what: 'the value' },
        )
        return !browser.updates.slice(before).some(({ id }) => id === 'gone')
      },
      { what: 'the end of the subscription' },
    )
  })
  const hasValue = (update: LiveUpdate, value: number) => update.kind === 'latest' && update.values.a?.[1] === value

  test('pages of queries follow views', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1, hidden: 1 })
    const view = await viewOf(device, ['a'])
    await using browser = client()
    const keys = [
      { type: 'TIME_SERIES' as const, key: 'a' },
      { type: 'TIME_SERIES' as const, key: 'hidden' },
    ]
    await browser.subscribe({
      kind: 'entity-data',
      id: 'q',
      query: {
        entityFilter: { type: 'singleEntity', singleEntity: view.id },
        pageLink: { pageSize: 10, page: 0 },
      },
      keys,
    })
    expect(await browser.next()).toMatchObject({
      page: { data: [{ entityId: view.id, latest: { TIME_SERIES: { a: { value: '1' }, hidden: { value: '' } } } }] },
    })
    await save(device, 2_000, { hidden: 2 })
    await save(device, 3_000, { a: 3 })
    expect(await browser.next()).toMatchObject({
      changed: [{ entityId: view.id, latest: { TIME_SERIES: { a: { ts: 3_000, value: '3' } } } }],
    })
    const { status } = await api.admin.post('/api/entityView', {
      ...view,
      keys: { ...view.keys, timeseries: ['hidden'] },
    })
    expect(status).toBe(200)
    expect(await browser.next()).toMatchObject({
      changed: [{ latest: { TIME_SERIES: { a: { ts: 0, value: '' }, hidden: { ts: 2_000, value: '2' } } } }],
    })
  })
})

describe('over the WebSocket API', () => {
  const open = (token = api.admin.token) => wsClient(address, `/api/ws?token=${token}`)
  const command = (view: EntityView, cmdId: number, more: object) => ({
    ...{ type: 'TIMESERIES', cmdId, entityType: 'ENTITY_VIEW', entityId: view.id.id, scope: 'LATEST_TELEMETRY' },
    ...more,
  })
  const rowOf = (answer: WsAnswer) => (answer.data?.data ?? answer.update)[0]

  test('plain subscriptions have the shown keys', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1, hidden: 1 })
    const view = await viewOf(device, ['a'])
    await using client = open()
    client.command(command(view, 1, {}))
    expect((await client.next(1)).data).toEqual({ a: [[1_000, '1']] })
    await save(device, 2_000, { hidden: 2 })
    await save(device, 3_000, { a: 3 })
    expect((await client.next(1)).data).toEqual({ a: [[3_000, '3']] })
  })

  test('a deleted view is told as no longer permitted', async () => {
    const device = await newDevice()
    await save(device, 1_000, { a: 1 })
    const view = await viewOf(device, ['a'])
    await using client = open()
    client.command(command(view, 1, {}))
    await client.next(1)
    expect((await api.admin.delete(`/api/entityView/${view.id.id}`)).status).toBe(200)
    expect(await client.next(1)).toMatchObject({ errorCode: 3 })
  })

  test('histories, live series and aggregates of queries are those of the window', async () => {
    const device = await newDevice()
    const start = now() - 60_000
    await save(device, start, { a: 1, hidden: 1 })
    await save(device, start + 1_000, { a: 3, hidden: 3 })
    const view = await viewOf(device, ['a'], { startTimeMs: start + 500 })
    await using client = open()
    const query = {
      entityFilter: { type: 'singleEntity', singleEntity: view.id },
      pageLink: { pageSize: 10, page: 0, dynamic: false },
    }
    const keys = ['a', 'hidden']
    const tsCmd = { keys, startTs: start - 1_000, timeWindow: 3_600_000, interval: 1, limit: 10, agg: 'NONE' }
    client.command({ type: 'ENTITY_DATA', cmdId: 2, query, tsCmd })
    expect(rowOf(await client.next(2)).timeseries).toEqual({ a: [{ ts: start + 1_000, value: '3' }], hidden: [] })
    await save(device, start + 2_000, { a: 5, hidden: 5 })
    expect(rowOf(await client.next(2)).timeseries).toEqual({ a: [{ ts: start + 2_000, value: '5' }] })
    client.command({
      type: 'ENTITY_DATA',
      cmdId: 3,
      query,
      aggHistoryCmd: {
        keys: [{ id: 1, key: 'a', agg: 'SUM' }],
        startTs: start - 1_000,
        endTs: start + 10_000,
      },
    })
    expect(rowOf(await client.next(3)).aggLatest['1'].current.value).toBe('8')
  })
})
