import { type Socket, connect } from 'node:net'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../../testing/api-under-test.ts'
import { maxSubscriptionsPerSession } from './ws-session.ts'
import { type WsClient, wsClient } from './ws-client.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest({ wsTiming: { pingMs: 200, pongMs: 1_500 } })
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

const open = (token = api.admin.token) => wsClient(address, `/api/ws?token=${token}`)
const telemetry = (cmdId: number, keys = 'k') => ({
  type: 'TIMESERIES',
  cmdId,
  entityType: 'DEVICE',
  entityId: api.tenant.device.id.id,
  keys,
})

type Profile = { profileData: { configuration: object } }
/** Sets the limits of everybody's profile; what is not named is unlimited. */
const setLimits = async (limits: object) => {
  const info = (await api.systemAdmin.get('/api/tenantProfileInfo/default')).body as { id: { id: string } }
  const profile = (await api.systemAdmin.get(`/api/tenantProfile/${info.id.id}`)).body as Profile
  const none = Object.fromEntries(
    ['Sessions', 'Subscriptions'].flatMap((what) =>
      ['Tenant', 'Customer', 'RegularUser', 'PublicUser'].map((kind) => [`maxWs${what}Per${kind}`, 0]),
    ),
  )
  const configuration = {
    ...profile.profileData.configuration,
    ...none,
    wsMsgQueueLimitPerSession: 0,
    wsUpdatesPerSessionRateLimit: '',
    ...limits,
  }
  const body = { ...profile, profileData: { ...profile.profileData, configuration } }
  expect((await api.systemAdmin.post('/api/tenantProfile', body)).status).toBe(200)
}
beforeEach(() => setLimits({}))

const isOpen = async (client: WsClient) => {
  client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 77 })
  await client.next(77)
}

describe('sessions', () => {
  test.each([
    ['maxWsSessionsPerTenant', 'Max tenant sessions limit reached!', () => api.admin.token],
    ['maxWsSessionsPerCustomer', 'Max customer sessions limit reached', () => api.customer.token],
    ['maxWsSessionsPerRegularUser', 'Max regular user sessions limit reached', () => api.customer.token],
  ])('%s', async (limit, reason, token) => {
    await setLimits({ [limit]: 1 })
    const first = open(token())
    await isOpen(first)
    await using second = open(token())
    expect(await second.closed).toEqual({ code: 1008, reason })
    first.socket.close()
    await first.closed
    await waitFor(async () => {
      await using again = open(token())
      await isOpen(again)
      return true
    })
  })
})

describe('subscriptions', () => {
  test.each([
    ['maxWsSubscriptionsPerTenant', 'Max tenant subscriptions limit reached!', () => api.admin.token],
    ['maxWsSubscriptionsPerCustomer', 'Max customer subscriptions limit reached', () => api.customer.token],
    ['maxWsSubscriptionsPerRegularUser', 'Max regular user subscriptions limit reached', () => api.customer.token],
  ])('%s', async (limit, reason, token) => {
    await setLimits({ [limit]: 2 })
    await using client = open(token())
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 1 }, { type: 'NOTIFICATIONS_COUNT', cmdId: 2 })
    await client.next(2)
    // One that ends makes room for another.
    client.command({ type: 'NOTIFICATIONS_UNSUBSCRIBE', cmdId: 1 }, { type: 'NOTIFICATIONS_COUNT', cmdId: 3 })
    await client.next(3)
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 4 })
    expect(await client.closed).toEqual({ code: 1008, reason })
  })

  test('one client has its bound without any limit', async () => {
    await using client = open()
    for (let from = 1; from <= maxSubscriptionsPerSession + 1; from += 500) {
      const cmds = Array.from({ length: 500 }, (_, n) => ({ type: 'NOTIFICATIONS_COUNT', cmdId: from + n }))
      client.send({ cmds })
    }
    expect(await client.closed).toEqual({ code: 1008, reason: 'Max session subscriptions limit reached' })
  })
})

test('too many updates are told once, and the newest value comes when there is room again', async () => {
  await setLimits({ wsUpdatesPerSessionRateLimit: '2:1' })
  await using client = open()
  client.command(telemetry(1, 'fast'))
  await client.next(1)
  const publish = (n: number) =>
    api.liveBus.publish(api.tenant.tenantId, {
      kind: 'telemetry',
      tenantId: api.tenant.tenantId,
      entityId: api.tenant.device.id.id,
      points: { fast: [[n, n]] },
    })
  let n = 1_000
  await waitFor(() => {
    publish(++n)
    return client.answers.some(({ errorCode }) => errorCode === 34)
  })
  expect(client.answers.find(({ errorCode }) => errorCode === 34)).toEqual({
    subscriptionId: 1,
    errorCode: 34,
    errorMsg: 'Too many updates!',
  })
  publish(++n)
  await waitFor(() => client.answers.some(({ data }) => data?.fast?.[0][0] === n))
  expect(client.answers.length).toBeLessThan(8)
})

/** A socket that asks, and never reads an answer. */
const deafClient = async (token: string): Promise<Socket> => {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.on('error', () => {})
  const key = Buffer.from('0123456789abcdef').toString('base64')
  socket.write(
    `GET /api/ws?token=${token} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.once('data', () => resolve()))
  socket.pause()
  return socket
}
const frame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const head = Buffer.alloc(8)
  head[0] = 0x81
  head[1] = 0x80 | 126
  head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

describe('hostile clients', () => {
  test('one that asks without end and never reads is cut off, and nobody else notices', async () => {
    const device = api.tenant.device.id.id
    await api.admin.post(`/api/plugins/telemetry/DEVICE/${device}/timeseries/ANY`, { big: 'x'.repeat(200_000) })
    const deaf = await deafClient(api.admin.token)
    const ended = new Promise<void>((resolve) => deaf.once('close', () => resolve()))
    for (let n = 0; n < 300; n++) deaf.write(frame(JSON.stringify({ cmds: [telemetry(n, 'big')] })))
    await using other = open()
    await isOpen(other)
    // Reading again is the only way to learn of the end.
    setTimeout(() => deaf.resume(), 1_000).unref()
    await ended
    await isOpen(other)
  })

  test('garbage on the wire closes that socket alone', async () => {
    const rude = await deafClient(api.admin.token)
    const ended = new Promise<void>((resolve) => rude.once('close', () => resolve()))
    rude.resume()
    rude.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]))
    await ended
    await using other = open()
    await isOpen(other)
  })

  test.each([
    ['deep nesting', `{"cmds":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    [
      'a deep filter',
      JSON.stringify({
        cmds: [
          {
            type: 'ENTITY_COUNT',
            cmdId: 1,
            query: {
              entityFilter: { type: 'entityType', entityType: 'DEVICE' },
              keyFilters: [{ key: { type: 'TIME_SERIES', key: 'k' }, predicate: nested(50) }],
            },
          },
        ],
      }),
    ],
    ['an id beyond the integers', '{"cmds":[{"type":"NOTIFICATIONS_COUNT","cmdId":99999999999999999999}]}'],
    ['no object', '"text"'],
    ['null', 'null'],
    ['commands that are none', '{"cmds":[null,1,"a"]}'],
  ])('%s is answered, and the session goes on', async (_, text) => {
    await using client = open()
    client.send(text)
    expect(await client.next(1)).toMatchObject({ errorCode: 2, errorMsg: 'Failed to parse the payload' })
    await isOpen(client)
  })

  test('a flood of commands is worked off', async () => {
    await using client = open()
    for (let n = 0; n < 20; n++)
      client.send({ cmds: Array.from({ length: 100 }, (_, i) => ({ ...telemetry(n * 100 + i), keys: 'k' })) })
    await waitFor(() => client.answers.length === 2_000, { deadlineMs: 20_000 })
    expect(client.answers.every(({ errorCode }) => errorCode === 0)).toBe(true)
  })
})

function nested(depth: number): object {
  return depth === 0
    ? { type: 'NUMERIC', operation: 'EQUAL', value: { defaultValue: 1 } }
    : { type: 'COMPLEX', operation: 'AND', predicates: [nested(depth - 1)] }
}
