import {
  accessCookie,
  type ClientToServerEvents,
  type LiveAck,
  type LiveBusEvent,
  type LiveSubscribe,
  type LiveUpdate,
  refreshCookie,
  type ServerToClientEvents,
} from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'
import { maxSubscriptions } from './live-connection.ts'

let api: ApiUnderTest
let address: string
let device: string
let base: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
  device = api.tenant.device.id.id
  base = `/api/plugins/telemetry/DEVICE/${device}`
})
afterAll(() => api[Symbol.asyncDispose]())

type Client = AsyncDisposable & {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>
  updates: LiveUpdate[]
  subscribe(request: LiveSubscribe): Promise<LiveAck>
  /** The next update of a subscription that is there or comes. */
  next(id: string): Promise<LiveUpdate>
}

const client = (options: { token?: string; cookie?: string; headers?: Record<string, string> }): Client => {
  const socket: Client['socket'] = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
    ...(options.token && { auth: { token: options.token } }),
    extraHeaders: { ...(options.cookie && { cookie: options.cookie }), ...options.headers },
  })
  const updates: LiveUpdate[] = []
  let taken = 0
  socket.on('update', (list) => updates.push(...list))
  return {
    socket,
    updates,
    subscribe: (request) => socket.timeout(5_000).emitWithAck('subscribe', request),
    next: (id) =>
      waitFor(
        () => {
          const index = updates.findIndex((update, at) => at >= taken && update.id === id)
          if (index < 0) return undefined
          taken = index + 1
          return updates[index]
        },
        { what: `an update of ${id}` },
      ),
    [Symbol.asyncDispose]: async () => {
      socket.disconnect()
    },
  }
}
const refused = (socket: Client['socket']) => new Promise<Error>((resolve) => socket.once('connect_error', resolve))
const entityId = () => ({ entityType: 'DEVICE' as const, id: device })
const save = async (values: object, ts?: number) => {
  const answer = await api.admin.post(`${base}/timeseries/ANY`, ts === undefined ? values : { ts, values })
  expect(answer.status).toBe(200)
}
const entityIdLike = { entityType: 'DEVICE', id: '01a1fdc6-8308-71ba-a218-57c01ab6dd91' }
const publish = (event: LiveBusEvent) => api.liveBus.publish(event.tenantId, event)

describe('latest values', () => {
  test('come first as they are stored and then as they change', async () => {
    await save({ first: 1, other: 2 }, 1_000)
    await using browser = client({ token: api.admin.token })
    expect(await browser.subscribe({ kind: 'latest', id: 'l', entityId: entityId(), keys: ['first'] })).toEqual({
      ok: true,
    })
    // The present state is there before the acknowledgement.
    expect(browser.updates).toEqual([{ id: 'l', kind: 'latest', values: { first: [1_000, 1] } }])
    await browser.next('l')
    await save({ first: 'now a text', other: 3 }, 2_000)
    expect(await browser.next('l')).toEqual({ id: 'l', kind: 'latest', values: { first: [2_000, 'now a text'] } })
  })

  test('a point that comes late does not replace a newer one', async () => {
    await save({ late: 5 }, 5_000)
    await using browser = client({ token: api.admin.token })
    await browser.subscribe({ kind: 'latest', id: 'l', entityId: entityId(), keys: ['late'] })
    await browser.next('l')
    await save({ late: 4 }, 4_000)
    await save({ late: 6 }, 6_000)
    expect(await browser.next('l')).toEqual({ id: 'l', kind: 'latest', values: { late: [6_000, 6] } })
  })

  test('without keys new ones come too', async () => {
    await using browser = client({ token: api.admin.token })
    await browser.subscribe({ kind: 'latest', id: 'all', entityId: entityId() })
    await browser.next('all')
    await save({ brandNew: true })
    expect(await browser.next('all')).toMatchObject({ values: { brandNew: [expect.any(Number), true] } })
  })

  test('two who subscribe to the same get the same', async () => {
    await using one = client({ token: api.admin.token })
    await using two = client({ token: api.admin.token })
    await Promise.all(
      [one, two].map((browser) =>
        browser.subscribe({ kind: 'latest', id: 's', entityId: entityId(), keys: ['shared'] }),
      ),
    )
    await Promise.all([one.next('s'), two.next('s')])
    await save({ shared: 1 }, 7_000)
    const expected = { id: 's', kind: 'latest', values: { shared: [7_000, 1] } }
    expect(await Promise.all([one.next('s'), two.next('s')])).toEqual([expected, expected])
  })

  test('after unsubscribing nothing more comes', async () => {
    await using browser = client({ token: api.admin.token })
    await browser.subscribe({ kind: 'latest', id: 'gone', entityId: entityId(), keys: ['x'] })
    await browser.subscribe({ kind: 'latest', id: 'stays', entityId: entityId(), keys: ['x'] })
    browser.socket.emit('unsubscribe', 'gone')
    // Answered after the unsubscription was handled: messages of one socket stay in order.
    await browser.subscribe({ kind: 'latest', id: 'marker', entityId: entityId(), keys: ['y'] })
    const before = browser.updates.length
    await save({ x: 1 })
    await waitFor(() => browser.updates.slice(before).some(({ id }) => id === 'stays'))
    expect(browser.updates.slice(before).map(({ id }) => id)).not.toContain('gone')
  })
})

test('a time series closes the gap since sinceTs and goes on from there', async () => {
  for (const n of [1, 2, 3]) await save({ series: n }, n * 1_000)
  await using browser = client({ token: api.admin.token })
  await browser.subscribe({ kind: 'timeseries', id: 't', entityId: entityId(), keys: ['series'], sinceTs: 2_000 })
  expect(await browser.next('t')).toEqual({
    id: 't',
    kind: 'timeseries',
    points: {
      series: [
        [2_000, 2],
        [3_000, 3],
      ],
    },
  })
  await save({ series: 4 }, 4_000)
  expect(await browser.next('t')).toEqual({ id: 't', kind: 'timeseries', points: { series: [[4_000, 4]] } })
})

test('attributes tell what changed and what was deleted', async () => {
  await api.admin.post(`${base}/SERVER_SCOPE`, { kept: 1, doomed: 2 })
  await using browser = client({ token: api.admin.token })
  await browser.subscribe({ kind: 'attributes', id: 'a', entityId: entityId(), scope: 'SERVER_SCOPE' })
  expect(await browser.next('a')).toMatchObject({
    changed: expect.arrayContaining([expect.objectContaining({ key: 'kept', value: 1 })]),
  })
  await api.admin.delete(`${base}/SERVER_SCOPE?keys=doomed`)
  expect(await browser.next('a')).toEqual({
    id: 'a',
    kind: 'attributes',
    changed: [],
    deleted: [{ scope: 'SERVER_SCOPE', key: 'doomed' }],
  })
})

test('counters of a rule chain arrive as they are published', async () => {
  const ruleChainId = api.tenant.rootChain.id.id
  await using browser = client({ token: api.admin.token })
  expect(await browser.subscribe({ kind: 'rule-chain', id: 'c', ruleChainId })).toEqual({ ok: true })
  expect(await browser.next('c')).toEqual({ id: 'c', kind: 'rule-chain', nodes: [], connections: [] })
  const figures = {
    nodes: [{ nodeId: 'n', processed: 3, failed: 0, perSecond: 1, averageMs: 0.5 }],
    connections: [{ fromNodeId: 'n', type: 'Success', messages: 3 }],
  }
  publish({ kind: 'rule-chain', tenantId: api.tenant.tenantId, ruleChainId, ...figures })
  expect(await browser.next('c')).toEqual({ id: 'c', kind: 'rule-chain', ...figures })
})

describe('questions about many entities', () => {
  const query = {
    entityFilter: { type: 'entityType' as const, entityType: 'DEVICE' as const },
    pageLink: { pageSize: 10, page: 0 },
    entityFields: [{ type: 'ENTITY_FIELD' as const, key: 'name' }],
  }
  const keys = [{ type: 'TIME_SERIES' as const, key: 'flow' }]

  test('answer the page and then the newest values of its entities', async () => {
    await save({ flow: 1 }, 1_000)
    await using browser = client({ token: api.admin.token })
    expect(await browser.subscribe({ kind: 'entity-data', id: 'e', query, keys })).toEqual({ ok: true })
    const first = await browser.next('e')
    expect(first).toMatchObject({ kind: 'entity-data', page: { totalElements: 2 }, changed: [] })
    await save({ flow: 2, other: 3 }, 2_000)
    expect(await browser.next('e')).toEqual({
      id: 'e',
      kind: 'entity-data',
      page: null,
      changed: [{ entityId: entityId(), latest: { TIME_SERIES: { flow: { ts: 2_000, value: '2' } } } }],
    })
  })

  test('show a customer user what is assigned, and no longer when it is taken away', async () => {
    const own = api.tenant.customerDevice.id.id
    await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${own}`)
    await using browser = client({ token: api.customer.token })
    await browser.subscribe({ kind: 'entity-data', id: 'e', query, keys })
    expect(await browser.next('e')).toMatchObject({ page: { data: [{ entityId: { id: own } }], totalElements: 1 } })
    await api.admin.delete(`/api/customer/device/${own}`)
    expect(await browser.next('e')).toMatchObject({ page: { data: [], totalElements: 0 } })
    await api.admin.post(`/api/customer/${api.tenant.customerId}/device/${own}`)
  })

  test('answer alarms, and fresh pages of them', async () => {
    const alarms = { ...query, pageLink: { ...query.pageLink, typeList: ['Socket'] } }
    await using browser = client({ token: api.admin.token })
    expect(await browser.subscribe({ kind: 'alarms', id: 'a', query: alarms })).toEqual({ ok: true })
    expect(await browser.next('a')).toMatchObject({ kind: 'alarms', page: { totalElements: 0 }, totalEntities: 2 })
    const { alarm } = await api.db.alarms.raise(
      api.tenant.tenantId,
      {
        originator: entityId(),
        customerId: null,
        type: 'Socket',
        severity: 'MAJOR',
        startTs: null,
        endTs: null,
        details: {},
        propagate: false,
        propagateToOwner: false,
        propagateToTenant: false,
        propagateRelationTypes: [],
      },
      Date.now(),
    )
    const ids = { alarmId: alarm.id.id, originatorId: device, entityIds: [device] }
    publish({ kind: 'alarm', tenantId: api.tenant.tenantId, ...ids, isDeleted: false })
    expect(await browser.next('a')).toMatchObject({
      page: { data: [{ id: alarm.id, severity: 'MAJOR' }] },
      changed: [],
    })
  })

  test('are refused when they cannot be answered', async () => {
    await using browser = client({ token: api.admin.token })
    const bad = { ...query, pageLink: { pageSize: 0, page: 0 } }
    expect(await browser.subscribe({ kind: 'entity-data', id: 'e', query: bad, keys: [] })).toMatchObject({
      ok: false,
      code: 'ARGUMENT_INVALID',
    })
  })
})

test('publishers learn what is watched, until well after the last one left', async () => {
  await using browser = client({ token: api.admin.token })
  await browser.subscribe({ kind: 'latest', id: 'w', entityId: entityId() })
  const until = Number(await api.redis.zscore(redisKeys.watched, `${api.tenant.tenantId}/${device}`))
  expect(until).toBeGreaterThan(Date.now())
  expect(until).toBeLessThan(Date.now() + 60_000)
})

describe('what a client may not see', () => {
  test.each([
    ["another tenant's device", () => api.stranger.device.id, 'ENTITY_NOT_FOUND'],
    [
      "another tenant's record",
      () => ({ entityType: 'TENANT' as const, id: api.stranger.tenantId }),
      'PERMISSION_DENIED',
    ],
  ])('%s is refused', async (_, entity, code) => {
    await using browser = client({ token: api.admin.token })
    const requests: LiveSubscribe[] = [
      { kind: 'latest', id: 'x', entityId: entity() },
      { kind: 'attributes', id: 'x', entityId: entity() },
      { kind: 'timeseries', id: 'x', entityId: entity(), keys: ['a'], sinceTs: 0 },
    ]
    for (const request of requests) expect(await browser.subscribe(request)).toMatchObject({ ok: false, code })
    expect(browser.updates).toEqual([])
  })

  test("another tenant's rule chain, and any rule chain for a customer user, is refused", async () => {
    await using admin = client({ token: api.admin.token })
    await using customer = client({ token: api.customer.token })
    expect(
      await admin.subscribe({ kind: 'rule-chain', id: 'x', ruleChainId: api.stranger.rootChain.id.id }),
    ).toMatchObject({ ok: false })
    expect(
      await customer.subscribe({ kind: 'rule-chain', id: 'x', ruleChainId: api.tenant.rootChain.id.id }),
    ).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' })
  })

  test('a customer user sees assigned devices only, and loses one that is taken away', async () => {
    await using browser = client({ token: api.customer.token })
    const own = api.tenant.customerDevice
    expect(await browser.subscribe({ kind: 'latest', id: 'x', entityId: entityId() })).toMatchObject({ ok: false })
    expect(await browser.subscribe({ kind: 'latest', id: 'own', entityId: own.id })).toEqual({ ok: true })
    const ownBase = `/api/plugins/telemetry/DEVICE/${own.id.id}/timeseries/ANY`
    await api.admin.post(ownBase, { v: 1 })
    await waitFor(() => browser.updates.some((update) => update.kind === 'latest' && update.values.v))
    await api.admin.post('/api/device', { ...own, customerId: null })
    // The word goes round in its own time; from some moment on nothing more arrives.
    await waitFor(async () => {
      const before = browser.updates.length
      await api.admin.post(ownBase, { v: 2 })
      await browser.subscribe({ kind: 'latest', id: 'x', entityId: entityId() })
      return browser.updates.length === before
    })
  })

  test('an event that claims another tenant on the bus goes nowhere', async () => {
    await using browser = client({ token: api.admin.token })
    await browser.subscribe({ kind: 'latest', id: 'l', entityId: entityId(), keys: ['forged', 'real'] })
    await browser.next('l')
    const event = { kind: 'telemetry' as const, entityId: device }
    api.liveBus.publish(api.tenant.tenantId, {
      ...event,
      tenantId: api.stranger.tenantId,
      points: { forged: [[1, 1]] },
    })
    api.liveBus.publish(api.tenant.tenantId, { ...event, tenantId: api.tenant.tenantId, points: { real: [[1, 1]] } })
    expect(await browser.next('l')).toEqual({ id: 'l', kind: 'latest', values: { real: [1, 1] } })
  })
})

describe('the door', () => {
  const cookies = async () => {
    const own = { host: 'x', origin: 'http://x' }
    const body = { username: api.tenant.admin.email, password }
    const { cookies: list } = await api.request({ method: 'POST', url: '/api/session', headers: own, body })
    const value = (name: string) => list.find((cookie) => cookie.name === name)?.value ?? ''
    return { access: `${accessCookie}=${value(accessCookie)}`, refresh: `${refreshCookie}=${value(refreshCookie)}` }
  }

  test.each([
    ['nothing', {}, 'AUTH_REQUIRED'],
    ['a tampered token', { token: 'a.b.c' }, 'AUTH_BAD_CREDENTIALS'],
    ['a tampered cookie', { cookie: `${accessCookie}=a.b.c` }, 'AUTH_BAD_CREDENTIALS'],
  ])('stays shut for %s', async (_, options, code) => {
    await using browser = client(options)
    expect(await refused(browser.socket)).toMatchObject({ data: { code } })
  })

  test('opens for the cookie, from our own pages only', async () => {
    const { access } = await cookies()
    await using own = client({ cookie: access, headers: { origin: address } })
    expect(await own.subscribe({ kind: 'latest', id: 'l', entityId: entityId() })).toEqual({ ok: true })
    await using foreign = client({ cookie: access, headers: { origin: 'https://evil.example' } })
    await refused(foreign.socket)
    expect(foreign.socket.connected).toBe(false)
  })

  test('tells that the session has ended and closes', async () => {
    const { access, refresh } = await cookies()
    await using browser = client({ cookie: access })
    await browser.subscribe({ kind: 'latest', id: 'l', entityId: entityId() })
    const signedOut = new Promise<void>((resolve) => browser.socket.once('signedOut', resolve))
    const closed = new Promise<string>((resolve) => browser.socket.once('disconnect', resolve))
    const headers = { host: 'x', origin: 'http://x', cookie: `${access}; ${refresh}` }
    expect((await api.request({ method: 'DELETE', url: '/api/session', headers })).status).toBe(200)
    await signedOut
    expect(await closed).toBe('io server disconnect')
  })

  test('a client that lost the connection subscribes again and sees what is new', async () => {
    await using browser = client({ token: api.admin.token })
    browser.socket.on('connect', () => {
      browser.socket.emit('subscribe', { kind: 'latest', id: 'l', entityId: entityId(), keys: ['after'] }, () => {})
    })
    await browser.next('l')
    const again = new Promise<void>((resolve) => browser.socket.once('connect', resolve))
    browser.socket.io.engine.close()
    await save({ after: 1 }, 1_000)
    await again
    expect(await browser.next('l')).toEqual({ id: 'l', kind: 'latest', values: { after: [1_000, 1] } })
  })

  test.each([
    ['no object', 'text'],
    ['an unknown kind', { kind: 'everything', id: 'x' }],
    ['no keys', { kind: 'timeseries', id: 'x', entityId: { entityType: 'DEVICE', id: 'x' }, keys: [], sinceTs: 0 }],
    ['too many keys', { kind: 'latest', id: 'x', entityId: entityIdLike, keys: Array.from({ length: 201 }, String) }],
  ])('answers a request with %s', async (_, request) => {
    await using browser = client({ token: api.admin.token })
    const answer: unknown = await browser.socket.timeout(5_000).emitWithAck('subscribe', request as LiveSubscribe)
    expect(answer).toMatchObject({ ok: false, code: 'ARGUMENT_INVALID' })
  })

  test('limits the subscriptions of one socket', async () => {
    await using browser = client({ token: api.admin.token })
    const answers = await Promise.all(
      Array.from({ length: maxSubscriptions + 1 }, (_, n) =>
        browser.subscribe({ kind: 'latest', id: `s${n}`, entityId: entityId(), keys: ['k'] }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(maxSubscriptions)
    expect(answers.at(-1)).toMatchObject({ ok: false, code: 'RATE_LIMITED' })
  })

  test('a message that is too large ends the connection', async () => {
    await using browser = client({ token: api.admin.token })
    await new Promise<void>((resolve) => browser.socket.once('connect', () => resolve()))
    browser.socket.io.reconnection(false)
    const closed = new Promise<string>((resolve) => browser.socket.once('disconnect', resolve))
    browser.socket.emit('unsubscribe', 'x'.repeat(100_000))
    expect(await closed).toMatch(/transport/)
  })
})
