import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type ApiUnderTest, apiUnderTest } from '../../testing/api-under-test.ts'
import { wsClient } from './ws-client.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest({ wsTiming: { authMs: 300 } })
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

const telemetry = () => ({ entityType: 'DEVICE', entityId: api.tenant.device.id.id, keys: 'k' })
const byToken = (token: string, path = '/api/ws') => wsClient(address, `${path}?token=${token}`)
const asks = (cmdId: number) => ({ type: 'TIMESERIES', cmdId, ...telemetry() })

describe('signing in', () => {
  test('by the first message, which may bring commands', async () => {
    await using client = wsClient(address)
    client.send({ authCmd: { cmdId: 0, token: api.admin.token }, cmds: [asks(1)] })
    expect(await client.next(1)).toMatchObject({ subscriptionId: 1, errorCode: 0 })
  })

  test('by an API key', async () => {
    const userId = { entityType: 'USER', id: api.tenant.admin.userId }
    const made = await api.admin.post('/api/apiKey', { userId, description: 'live', enabled: true, expirationTime: 0 })
    expect(made.status).toBe(200)
    await using client = wsClient(address)
    client.send({ authCmd: { cmdId: 0, apiKey: (made.body as { value: string }).value }, cmds: [asks(1)] })
    expect(await client.next(1)).toMatchObject({ errorCode: 0 })
  })

  test.each([
    ['without authCmd', { cmds: [] }, 1008, 'Auth cmd is missing'],
    ['with a bad token', { authCmd: { cmdId: 0, token: 'a.b.c' } }, 1007, 'Invalid username or password'],
    ['with an unknown key', { authCmd: { cmdId: 0, apiKey: 'tb_unknown' } }, 1007, 'Invalid username or password'],
    ['with neither', { authCmd: { cmdId: 0 } }, 1007, 'Authentication failed'],
    ['that is no JSON', '{', 1007, 'Failed to parse the payload'],
  ])('a first message %s closes', async (_, message, code, reason) => {
    await using client = wsClient(address)
    client.send(message)
    expect(await client.closed).toEqual({ code, reason })
  })

  test('a client that says nothing is closed', async () => {
    await using client = wsClient(address)
    expect(await client.closed).toMatchObject({ code: 1008 })
  })

  test('by the address, on all three paths', async () => {
    await using general = byToken(api.admin.token)
    general.command(asks(1))
    await general.next(1)
    await using old = byToken(api.admin.token, '/api/ws/plugins/telemetry')
    old.send({ tsSubCmds: [{ cmdId: 2, ...telemetry() }] })
    await old.next(2)
    await using inbox = byToken(api.admin.token, '/api/ws/plugins/notifications')
    inbox.send({ unreadCountSubCmd: { cmdId: 3 } })
    expect(await inbox.next(3)).toEqual({
      cmdId: 3,
      errorCode: 0,
      errorMsg: null,
      cmdUpdateType: 'NOTIFICATIONS_COUNT',
      totalUnreadCount: 0,
      sequenceNumber: 1,
    })
  })

  test('a bad token in the address opens and closes', async () => {
    await using client = byToken('a.b.c')
    await client.opened
    expect(await client.closed).toEqual({ code: 1011, reason: 'Invalid username or password' })
  })

  test('the older paths need the token in the address', async () => {
    await using client = wsClient(address, '/api/ws/plugins/telemetry')
    expect(await client.closed).toMatchObject({ code: 1011 })
  })

  test('an unknown path below is no WebSocket', async () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/ws/plugins/nothing?token=${api.admin.token}`)
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(error.message).toContain('404')
  })
})

describe('messages', () => {
  test.each([
    ['no JSON', '{"cmds":'],
    ['an unknown member of the message', { cmds: [], more: 1 }],
    ['an unknown member of a command', { cmds: [{ type: 'NOTIFICATIONS_COUNT', cmdId: 7, bogus: 1 }] }],
    [
      'an unknown member of a query',
      {
        cmds: [
          {
            type: 'ENTITY_COUNT',
            cmdId: 7,
            query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' }, bogus: 1 },
          },
        ],
      },
    ],
    ['an unknown command', { cmds: [{ type: 'EVERYTHING', cmdId: 7 }] }],
    ['a huge id', { cmds: [{ type: 'NOTIFICATIONS_COUNT', cmdId: 1e300 }] }],
    ['a hostile member', '{"cmds":[{"type":"NOTIFICATIONS_COUNT","cmdId":7,"__proto__":{"x":1}}]}'],
    ['nothing but a list', []],
  ])('%s is answered as unparsable, and the session goes on', async (_, message) => {
    await using client = byToken(api.admin.token)
    client.send(message)
    expect(await client.next(1)).toMatchObject({
      subscriptionId: 1,
      errorCode: 2,
      errorMsg: 'Failed to parse the payload',
      data: null,
    })
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 8 })
    await client.next(8)
  })

  test('a negative id is refused, and the other commands of the message are carried out', async () => {
    await using client = byToken(api.admin.token)
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: -1 }, { type: 'NOTIFICATIONS_COUNT', cmdId: 2 })
    expect(await client.next(-1)).toMatchObject({ errorCode: 2, errorMsg: 'Cmd id is negative value!' })
    await client.next(2)
  })

  test('a frame that is too large closes with 1009, a binary one with 1003', async () => {
    await using large = byToken(api.admin.token)
    large.send('x'.repeat(32_769))
    expect(await large.closed).toMatchObject({ code: 1009 })
    await using binary = byToken(api.admin.token)
    await binary.opened
    binary.socket.send(Buffer.from('{}'))
    expect(await binary.closed).toMatchObject({ code: 1003 })
  })

  test('the inbox is empty, and marking as read is accepted without an answer', async () => {
    await using client = byToken(api.admin.token)
    client.command(
      { type: 'NOTIFICATIONS', cmdId: 1, limit: 10, types: ['ALARM'] },
      { type: 'MARK_NOTIFICATIONS_AS_READ', cmdId: 2, notifications: [api.tenant.tenantId] },
      { type: 'MARK_ALL_NOTIFICATIONS_AS_READ', cmdId: 3 },
      { type: 'NOTIFICATIONS_UNSUBSCRIBE', cmdId: 1 },
      { type: 'NOTIFICATIONS_COUNT', cmdId: 4 },
    )
    expect(await client.next(1)).toEqual({
      cmdId: 1,
      errorCode: 0,
      errorMsg: null,
      cmdUpdateType: 'NOTIFICATIONS',
      notifications: [],
      update: null,
      totalUnreadCount: 0,
      sequenceNumber: 1,
    })
    await client.next(4)
    expect(client.answers).toHaveLength(2)
  })
})

describe('a user who is disabled', () => {
  test('is cut off', async () => {
    const { token } = await api.signIn(api.tenant.customerUser.email)
    await using client = byToken(token)
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 1 })
    await client.next(1)
    const id = api.tenant.customerUser.userId
    const off = await api.admin.post(`/api/user/${id}/userCredentialsEnabled?userCredentialsEnabled=false`)
    expect(off.status).toBe(200)
    expect(await client.closed).toEqual({ code: 1008, reason: 'User account is not active' })
    await api.admin.post(`/api/user/${id}/userCredentialsEnabled?userCredentialsEnabled=true`)
  })

  test('but one who signs out keeps what is open', async () => {
    const { token } = await api.signIn(api.tenant.admin.email)
    await using client = byToken(token)
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 1 })
    await client.next(1)
    expect((await api.as(token).post('/api/auth/logout')).status).toBe(200)
    client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 2 })
    await client.next(2)
    await using again = byToken(token)
    expect(await again.closed).toEqual({ code: 1011, reason: 'Token has expired' })
  })
})

test('a client that answers no ping is not reliable', async () => {
  await using own = await apiUnderTest({ wsTiming: { pingMs: 20, pongMs: 100 } })
  const there = await own.listen()
  const socket = new WebSocket(`${there.replace('http', 'ws')}/api/ws?token=${own.admin.token}`, { autoPong: false })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await using alive = wsClient(there, `/api/ws?token=${own.admin.token}`)
  expect(await closed).toBe(4500)
  expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  await waitFor(() => socket.readyState === WebSocket.CLOSED)
})

test('a server that stops says so, and waits for nobody who does not answer', async () => {
  const own = await apiUnderTest()
  const there = await own.listen()
  await using client = wsClient(there, `/api/ws?token=${own.admin.token}`)
  client.command({ type: 'NOTIFICATIONS_COUNT', cmdId: 1 })
  await client.next(1)
  const deaf = new WebSocket(`${there.replace('http', 'ws')}/api/ws?token=${own.admin.token}`)
  await new Promise((resolve) => deaf.once('open', resolve))
  deaf.pause()
  await own[Symbol.asyncDispose]()
  expect(await client.closed).toEqual({ code: 1001, reason: 'The server stops' })
  deaf.terminate()
})
