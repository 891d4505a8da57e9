import type { ClientToServerEvents, LiveSubscribe, LiveUpdate, ServerToClientEvents } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

const browser = (token: string) => {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(address, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token },
  })
  const updates: LiveUpdate[] = []
  let taken = 0
  socket.on('update', (list) => updates.push(...list))
  return {
    socket,
    updates,
    subscribe: (request: LiveSubscribe) => socket.timeout(5_000).emitWithAck('subscribe', request),
    next: () =>
      waitFor(
        () => {
          const update = updates[taken]
          if (update) taken++
          return update
        },
        { what: 'an update' },
      ),
    [Symbol.asyncDispose]: async () => {
      socket.disconnect()
    },
  }
}

const save = async (deviceId: string, values: object, ts: number) => {
  const path = `/api/plugins/telemetry/DEVICE/${deviceId}/timeseries/ANY`
  expect((await api.admin.post(path, { ts, values })).status).toBe(200)
}
const devices = { type: 'entityType' as const, entityType: 'DEVICE' as const }
const page = (series: string[]): LiveSubscribe => ({
  kind: 'entity-data',
  id: 'e',
  query: { entityFilter: devices, pageLink: { pageSize: 10, page: 0 } },
  keys: [],
  series,
})

describe('new points of the entities of a page', () => {
  test('come as they are stored, late ones too, and only of the keys that were asked for', async () => {
    const id = api.tenant.device.id
    await save(id.id, { flow: 1 }, 1_000)
    await using one = browser(api.admin.token)
    expect(await one.subscribe(page(['flow', 'state']))).toEqual({ ok: true })
    expect(await one.next()).toMatchObject({ page: { totalElements: 2 }, changed: [] })
    for (const [values, ts] of [
      [{ flow: 2.5, state: 'open', other: 1 }, 3_000],
      [{ flow: 7 }, 2_000],
    ] as const)
      await save(id.id, values, ts)
    const points = { flow: [[3_000, 2.5]], state: [[3_000, 'open']] }
    expect(await one.next()).toMatchObject({ page: null, changed: [], points: [{ entityId: id, points }] })
    expect(await one.next()).toMatchObject({ points: [{ entityId: id, points: { flow: [[2_000, 7]] } }] })
  })

  test('are those of entities that the caller may see', async () => {
    await using customer = browser(api.customer.token)
    await customer.subscribe(page(['flow']))
    expect(await customer.next()).toMatchObject({ page: { totalElements: 1 } })
    await save(api.tenant.device.id.id, { flow: 1 }, 4_000)
    await save(api.tenant.customerDevice.id.id, { flow: 2 }, 5_000)
    expect(await customer.next()).toMatchObject({ points: [{ entityId: api.tenant.customerDevice.id }] })
  })
})

test('with a history that is read once the page was told, no point is missing and none is there twice', async () => {
  const id = api.tenant.device.id
  const start = Date.UTC(2026, 3, 1)
  const path = `/api/plugins/telemetry/DEVICE/${id.id}/timeseries/ANY`
  let sent = 0
  let isOver = false
  const sending = (async () => {
    while (!isOver) {
      const n = sent + 1
      await api.admin.post(path, { ts: start + n, values: { steady: n } })
      sent = n
    }
  })()
  await using one = browser(api.admin.token)
  const known = new Map<number, unknown>()
  const twice: number[] = []
  const take = (points: readonly (readonly [number, unknown])[]) => {
    for (const [ts, value] of points) known.set(ts, value)
  }
  const live: [number, unknown][] = []
  one.socket.on('update', (updates) => {
    for (const update of updates) {
      if (update.kind !== 'entity-data') continue
      for (const { points } of update.points ?? []) for (const point of points.steady ?? []) live.push(point)
    }
  })
  const follow = async () => {
    expect(await one.subscribe(page(['steady']))).toEqual({ ok: true })
    const { body } = await api.admin.post('/api/telemetry/series', {
      reads: [{ entityIds: [id], keys: ['steady'], startTs: start, endTs: start + 1_000_000 }],
    })
    take(
      z.tuple([z.object({ series: z.record(z.string(), z.object({ steady: pointsSchema })) })]).parse(body)[0].series[
        id.id
      ]?.steady ?? [],
    )
  }
  const until = (count: number) => waitFor(() => sent >= count, { what: `${count} values` })
  await until(5)
  await follow()
  await until(sent + 10)
  // The line breaks, and values go on.
  one.socket.disconnect()
  await until(sent + 10)
  one.socket.connect()
  await waitFor(() => one.socket.connected, { what: 'the line' })
  await follow()
  await until(sent + 10)
  isOver = true
  await sending
  await waitFor(() => live.some(([ts]) => ts === start + sent), { what: 'the last point' })
  const times = live.map(([ts]) => ts)
  for (const [at, ts] of times.entries()) if (times.indexOf(ts) !== at) twice.push(ts)
  take(live)
  expect(twice).toEqual([])
  expect([...known.entries()].sort((a, b) => a[0] - b[0])).toEqual(
    Array.from({ length: sent }, (_, n) => [start + n + 1, n + 1]),
  )
})
const pointsSchema = z.array(z.tuple([z.number(), z.unknown()]))

describe('counts', () => {
  const entities: LiveSubscribe = { kind: 'entity-count', id: 'n', query: { entityFilter: devices } }
  const alarms: LiveSubscribe = { kind: 'alarm-count', id: 'a', query: { statusList: ['ACTIVE'] } }

  test('of entities are those that the caller may see', async () => {
    await using admin = browser(api.admin.token)
    await using customer = browser(api.customer.token)
    await using stranger = browser(api.strangerAdmin.token)
    for (const one of [admin, customer, stranger]) expect(await one.subscribe(entities)).toEqual({ ok: true })
    expect(await admin.next()).toEqual({ id: 'n', kind: 'entity-count', count: 2 })
    expect(await customer.next()).toEqual({ id: 'n', kind: 'entity-count', count: 1 })
    expect(await stranger.next()).toMatchObject({ kind: 'entity-count', count: expect.any(Number) })
  })

  test('of alarms follow them, each for who may see them; the system administrator has none', async () => {
    await using admin = browser(api.admin.token)
    await using customer = browser(api.customer.token)
    await using system = browser(api.systemAdmin.token)
    for (const one of [admin, customer]) {
      expect(await one.subscribe(alarms)).toEqual({ ok: true })
      expect(await one.next()).toEqual({ id: 'a', kind: 'alarm-count', count: 0 })
    }
    expect(await system.subscribe(alarms)).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' })
    const raise = (originator: object) => api.admin.post('/api/alarm', { originator, type: 'Count', severity: 'MAJOR' })
    await raise(api.tenant.device.id)
    expect(await admin.next()).toEqual({ id: 'a', kind: 'alarm-count', count: 1 })
    await raise(api.tenant.customerDevice.id)
    expect(await admin.next()).toEqual({ id: 'a', kind: 'alarm-count', count: 2 })
    expect(await customer.next()).toEqual({ id: 'a', kind: 'alarm-count', count: 1 })
    expect(customer.updates).toHaveLength(2)
  })
})
