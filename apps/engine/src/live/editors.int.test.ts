import type { ClientToServerEvents, LiveAck, LiveUpdate, ServerToClientEvents } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let other: ApiUnderTest
let addresses: { own: string; other: string }
beforeAll(async () => {
  api = await apiUnderTest()
  other = await apiUnderTest({ beside: api })
  addresses = { own: await api.listen(), other: await other.listen() }
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

type Update = Extract<LiveUpdate, { kind: 'editors' }>

const editor = (token: string, address = addresses.own) => {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { token },
  })
  const updates: Update[] = []
  socket.on('update', (list) => {
    for (const update of list) if (update.kind === 'editors') updates.push(update)
  })
  return {
    updates,
    open: (edited: string, id = 'e', entityType: 'RULE_CHAIN' | 'DASHBOARD' = 'RULE_CHAIN'): Promise<LiveAck> =>
      socket.timeout(5_000).emitWithAck('subscribe', {
        kind: 'editors',
        id,
        entityId: { entityType, id: edited },
      }),
    leave: (id = 'e') => socket.emit('unsubscribe', id),
    /** Resolves when it has been told of so many people, and with what. */
    sees: (count: number, deadlineMs = 5_000) =>
      waitFor(() => (updates.at(-1)?.people.length === count ? updates.at(-1) : undefined), {
        deadlineMs,
        what: `${count} people`,
      }),
    [Symbol.asyncDispose]: async () => void socket.disconnect(),
  }
}

const newChain = async () => {
  const answer = await api.admin.post('/api/ruleChain', { name: 'Edited by several' })
  const { id, version } = z.object({ id: z.object({ id: z.string() }), version: z.number() }).parse(answer.body)
  return { id: id.id, version }
}
const newDashboard = async () => {
  const answer = await api.admin.post('/api/dashboard', { title: 'Edited by several' })
  const { id, version } = z.object({ id: z.object({ id: z.string() }), version: z.number() }).parse(answer.body)
  return { id: id.id, version }
}
const empty = { metadata: { firstNodeIndex: null, nodes: [], connections: [] }, tests: [] }

describe('who has a rule chain open', () => {
  test('is told to everybody who has, in whatever process, within a second', async () => {
    const chain = await newChain()
    await using first = editor(api.admin.token)
    expect(await first.open(chain.id)).toEqual({ ok: true })
    const { userId } = api.tenant.admin
    expect(first.updates).toEqual([
      {
        id: 'e',
        kind: 'editors',
        people: [
          { key: expect.any(String), userId, name: expect.any(String), since: expect.any(Number), isSelf: true },
        ],
        draft: null,
        draftBy: null,
        version: chain.version,
      },
    ])
    await using second = editor(api.admin.token, addresses.other)
    await second.open(chain.id.toUpperCase())
    expect((await second.sees(2))?.people.map(({ isSelf }) => isSelf)).toEqual([false, true])
    expect((await first.sees(2, 1_000))?.people.map(({ isSelf }) => isSelf)).toEqual([true, false])
    second.leave()
    expect((await first.sees(1, 1_000))?.people).toMatchObject([{ isSelf: true }])
  })

  test('ends when the connection does', async () => {
    const chain = await newChain()
    await using first = editor(api.admin.token)
    await first.open(chain.id)
    {
      await using second = editor(api.admin.token, addresses.other)
      await second.open(chain.id)
      await first.sees(2)
    }
    await first.sees(1, 1_000)
    expect(await api.redis.hlen(redisKeys.editors(`RULE_CHAIN ${chain.id}`))).toBe(1)
  })

  test('forgets the people of a process that died', async () => {
    const chain = await newChain()
    const left = { userId: api.tenant.admin.userId, name: 'Left behind', since: Date.now(), until: Date.now() + 2_000 }
    await api.redis.hset(redisKeys.editors(`RULE_CHAIN ${chain.id}`), { dead: JSON.stringify(left), odd: 'not JSON' })
    await using first = editor(api.admin.token)
    await first.open(chain.id)
    expect((await first.sees(2))?.people[0]).toMatchObject({ key: 'dead', name: 'Left behind', isSelf: false })
    await first.sees(1, 12_000)
    expect(await api.redis.pttl(redisKeys.editors(`RULE_CHAIN ${chain.id}`))).toBeGreaterThan(0)
  }, 20_000)

  test('comes with the draft and the version, each time one is saved, published or discarded', async () => {
    const chain = await newChain()
    await using browser = editor(api.admin.token, addresses.other)
    await browser.open(chain.id)
    const path = `/api/ruleChain/${chain.id}`
    const told = (state: object) =>
      waitFor(
        () => {
          const { draft, version } = browser.updates.at(-1) ?? {}
          return JSON.stringify({ draft, version }) === JSON.stringify(state)
        },
        { deadlineMs: 4_000 },
      )
    await api.admin.put(`${path}/draft`, { revision: null, baseVersion: chain.version, document: empty })
    await told({ draft: 1, version: chain.version })
    await api.admin.delete(`${path}/draft`)
    await told({ draft: null, version: chain.version })
    await api.admin.put(`${path}/draft`, { revision: null, baseVersion: chain.version, document: empty })
    await told({ draft: 2, version: chain.version })
    await api.admin.post(`${path}/publish`, { revision: 2, version: chain.version })
    await told({ draft: null, version: chain.version + 1 })
    await api.admin.post('/api/ruleChain/metadata', { ruleChainId: { id: chain.id }, nodes: [] })
    await told({ draft: null, version: chain.version + 2 })
  })

  test('is told of dashboards too, with who saved the draft, which is how the others come to merge', async () => {
    const board = await newDashboard()
    await using browser = editor(api.admin.token, addresses.other)
    expect(await browser.open(board.id, 'e', 'DASHBOARD')).toEqual({ ok: true })
    const told = (state: object) =>
      waitFor(
        () => {
          const { draft, draftBy, version } = browser.updates.at(-1) ?? {}
          return JSON.stringify({ draft, by: draftBy?.id, version }) === JSON.stringify(state)
        },
        { deadlineMs: 4_000 },
      )
    const path = `/api/dashboard/${board.id}`
    const document = { title: 'Edited', configuration: {} }
    await api.admin.put(`${path}/draft`, { revision: null, baseVersion: board.version, document })
    await told({ draft: 1, by: api.tenant.admin.userId, version: board.version })
    await api.admin.post(`${path}/publish`, { revision: 1, version: board.version })
    await told({ draft: null, version: board.version + 1 })
    await api.admin.post('/api/dashboard', { id: { id: board.id }, title: 'By a client of ThingsBoard' })
    await told({ draft: null, version: board.version + 2 })
    const chain = await newChain()
    expect(await browser.open(chain.id, 'f', 'DASHBOARD')).toMatchObject({ ok: false, code: 'ENTITY_NOT_FOUND' })
    await using visitor = editor(api.customer.token)
    expect(await visitor.open(board.id, 'e', 'DASHBOARD')).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' })
  })

  test('is told to tenant administrators of the tenant alone', async () => {
    const chain = await newChain()
    for (const [token, code] of [
      [api.customer.token, 'PERMISSION_DENIED'],
      [api.systemAdmin.token, 'PERMISSION_DENIED'],
      [api.strangerAdmin.token, 'ENTITY_NOT_FOUND'],
    ] as const) {
      await using browser = editor(token)
      expect(await browser.open(chain.id)).toMatchObject({ ok: false, code })
      expect(browser.updates).toEqual([])
    }
    expect(await api.redis.exists(redisKeys.editors(`RULE_CHAIN ${chain.id}`))).toBe(0)
  })

  test('is bounded', async () => {
    const chain = await newChain()
    const crowd = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, '{}']))
    await api.redis.hset(redisKeys.editors(`RULE_CHAIN ${chain.id}`), crowd)
    await using browser = editor(api.admin.token)
    expect(await browser.open(chain.id)).toMatchObject({ ok: false, code: 'RATE_LIMITED' })
  })

  test('is no secret about a chain that is not there', async () => {
    await using browser = editor(api.admin.token)
    expect(await browser.open('01a1fdc6-8308-71ba-a218-57c01ab6dd91')).toMatchObject({
      ok: false,
      code: 'ENTITY_NOT_FOUND',
    })
  })
})
