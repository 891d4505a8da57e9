import { randomUUID } from 'node:crypto'
import { entityId, type Message, type RpcStatus } from '@thingwire/contracts'
import type { RpcCall } from '@thingwire/rules'
import { ownRedis, type SeededTenant, seedTenant, testDatabase, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import type { SentRpc } from './pending-rpcs.ts'
import type { Reply } from './replies.ts'
import { createRpcDesk, type RpcDesk, type RpcRules } from './rpc-desk.ts'

let stack: AsyncDisposableStack
let database: Awaited<ReturnType<typeof testDatabase>>
let redis: Redis
let redisUrl: string
let tenant: SeededTenant
let deviceId: string
let replies: (Extract<Reply, { kind: 'call' }> & { atMs: number })[] = []
let messages: Message[] = []
let desks: AsyncDisposableStack

beforeAll(async () => {
  stack = new AsyncDisposableStack()
  database = stack.use(await testDatabase())
  redisUrl = stack.use(await ownRedis()).url
  redis = new Redis(redisUrl)
  stack.defer(() => redis.disconnect())
  tenant = await seedTenant(database.db)
})
afterAll(() => stack.disposeAsync())
beforeEach(async () => {
  replies = []
  messages = []
  desks = new AsyncDisposableStack()
  const saved = await database.db.devices.save(tenant.scope, { name: `Device ${randomUUID()}` })
  deviceId = saved.id.id
  return () => desks.disposeAsync()
})

const startDesk = async (rules: Partial<RpcRules> = {}): Promise<RpcDesk> => {
  const desk = createRpcDesk({
    database: database.db,
    queue: { submitInternal: async (_queue, _originator, sent) => void messages.push(...sent) },
    replies: {
      send: async (_serviceId, reply) => {
        if (reply.kind === 'call') replies.push({ ...reply, atMs: Date.now() })
      },
    },
    openRedis: redisOpener(redisUrl, silentLogger),
    logger: silentLogger,
    rules: { strategy: 'BURST', responseTimeoutMs: 30_000, maxRetries: 5, ...rules },
  })
  await desk.start()
  desks.defer(() => desk.stop(Date.now() + 1_000))
  return desk
}

const call = (more: Partial<RpcCall> = {}): RpcCall => ({
  requestId: randomUUID(),
  deviceId,
  method: 'm',
  params: '1',
  isOneway: false,
  isPersistent: false,
  expirationTime: Date.now() + 20_000,
  retries: null,
  additionalInfo: null,
  originServiceId: 'caller',
  continuation: {
    id: randomUUID(),
    ts: 1,
    type: 'RPC_CALL_FROM_SERVER_TO_DEVICE',
    tenantId: tenant.tenantId,
    originator: entityId('DEVICE', deviceId),
    customerId: null,
    metadata: {},
    dataType: 'JSON',
    data: '{}',
    ruleChainId: tenant.rootChain.id.id,
    ruleNodeId: null,
  },
  ...more,
})
const send = async (desk: RpcDesk, more: Partial<RpcCall> = {}) => {
  const sent = call(more)
  await desk.send(tenant.tenantId, [sent])
  return sent.requestId
}
const taken = Promise.resolve(true)
const silence = Promise.resolve(false)
const claimOne = async (desk: RpcDesk): Promise<SentRpc> => {
  const [rpc] = await desk.claim(deviceId, 1)
  if (!rpc) throw new Error('nothing waits')
  return rpc
}
const rowOf = (id: string) => database.db.rpcs.find(tenant.scope, id)
const until = (id: string, status: RpcStatus) => waitFor(async () => (await rowOf(id))?.status === status)
const told = () => messages.map(({ type }) => type).filter((type) => type.startsWith('RPC_') && !type.includes('CALL'))
const waitingFor = async () =>
  (await redis.zrange('tw:rpc:expiry', '0', '-1')).filter((member) => member.startsWith(deviceId))

describe('a command whose time is over', () => {
  test('ends at its millisecond, whoever of several processes is the first, and once', async () => {
    const desk = await startDesk()
    await startDesk()
    const began = Date.now()
    const ends = Array.from({ length: 40 }, (_, i) => began + 300 + i * 20)
    const ids = await Promise.all(ends.map((expirationTime) => send(desk, { expirationTime })))
    await waitFor(() => replies.length === ids.length)
    expect(replies.map(({ requestId }) => requestId).toSorted()).toEqual(ids.toSorted())
    const late = ids.map((id, i) => (replies.find(({ requestId }) => requestId === id)?.atMs ?? 0) - (ends[i] ?? 0))
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
    // A quarter of them: a busy machine may hold up many, a clock that ticks slowly holds up all.
    expect(late.toSorted((a, b) => a - b)[10]).toBeLessThan(50)
  })

  test('was never sent: no connection; was sent and not answered: a timeout, and later answers are ignored', async () => {
    const desk = await startDesk()
    await send(desk, { expirationTime: Date.now() + 200 })
    await waitFor(() => replies.length === 1)
    await send(desk, { expirationTime: Date.now() + 300 })
    const sent = await claimOne(desk)
    await desk.delivered(sent, taken)
    await waitFor(() => replies.length === 2)
    await desk.answer(deviceId, sent.number, '"late"')
    expect(replies.map(({ error }) => error)).toEqual(['NO_ACTIVE_CONNECTION', 'TIMEOUT'])
    expect(messages.map(({ connection, data }) => [connection, data])).toEqual([
      ['Failure', '{"error":"NO_ACTIVE_CONNECTION"}'],
      ['Failure', '{"error":"TIMEOUT"}'],
    ])
  })

  test('before it came is passed over; a persistent one is kept as expired', async () => {
    const desk = await startDesk()
    await send(desk, { expirationTime: Date.now() - 1 })
    expect([replies, messages]).toEqual([[], []])
    const id = await send(desk, { expirationTime: Date.now() - 1, isPersistent: true })
    expect(await rowOf(id)).toMatchObject({ status: 'EXPIRED' })
    expect(told()).toEqual(['RPC_QUEUED', 'RPC_EXPIRED'])
    expect(await desk.claim(deviceId, 10)).toEqual([])
    expect(await waitingFor()).toEqual([])
  })

  test('ends although the process that took it has gone', async () => {
    const gone = await startDesk()
    const id = await send(gone, { expirationTime: Date.now() + 700 })
    await gone.stop(Date.now() + 100)
    await startDesk()
    await waitFor(() => replies.length === 1)
    expect(replies[0]).toMatchObject({ requestId: id, error: 'NO_ACTIVE_CONNECTION' })
  })
})

describe('an answer', () => {
  test('ends its command; another one, or one with an unknown id, is ignored', async () => {
    const desk = await startDesk()
    await send(desk)
    const sent = await claimOne(desk)
    await desk.delivered(sent, taken)
    await desk.answer(deviceId, sent.number + 1, '"of nothing"')
    await desk.answer(deviceId, sent.number, '"first"')
    await desk.answer(deviceId, sent.number, '"second"')
    expect(replies.map(({ data, error }) => [data, error])).toEqual([['"first"', null]])
    expect(messages.map(({ connection, data }) => [connection, data])).toEqual([['Success', '"first"']])
  })

  test('of another device with the same id ends nothing', async () => {
    const desk = await startDesk()
    await send(desk)
    const sent = await claimOne(desk)
    await desk.answer(tenant.device.id.id, sent.number, '1')
    expect(replies).toEqual([])
  })
})

describe('a persistent command', () => {
  test('goes through its states, each of which the rule engine hears of', async () => {
    const desk = await startDesk()
    const id = await send(desk, { isPersistent: true })
    expect(replies).toMatchObject([{ requestId: id, data: JSON.stringify({ rpcId: id }), error: null }])
    const sent = await claimOne(desk)
    await desk.delivered(sent, taken)
    expect(await rowOf(id)).toMatchObject({ status: 'DELIVERED' })
    await desk.answer(deviceId, sent.number, 'no json')
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCESSFUL', response: { error: 'no json' } })
    expect(told()).toEqual(['RPC_QUEUED', 'RPC_SENT', 'RPC_DELIVERED', 'RPC_SUCCESSFUL'])
    const last = messages.findLast(({ type }) => type === 'RPC_SUCCESSFUL')
    expect(JSON.parse(last?.data ?? '')).toMatchObject({
      id: { entityType: 'RPC', id },
      status: 'SUCCESSFUL',
      deviceId: { id: deviceId },
    })
    expect(last?.originator).toEqual(entityId('DEVICE', deviceId))
  })

  test('that is not acknowledged is sent again as often as it may be, then it has failed', async () => {
    const desk = await startDesk()
    const listener = redis.duplicate()
    const woken: string[] = []
    listener.on('message', (_channel, text) => woken.push(text))
    await listener.subscribe('tw:rpc:wake')
    const id = await send(desk, { isPersistent: true, retries: 2 })
    for (let attempt = 0; attempt < 3; attempt++) await desk.delivered(await claimOne(desk), silence)
    expect(await rowOf(id)).toMatchObject({ status: 'FAILED', response: { error: expect.any(String) } })
    expect(told()).toEqual([
      'RPC_QUEUED',
      'RPC_SENT',
      'RPC_TIMEOUT',
      'RPC_SENT',
      'RPC_TIMEOUT',
      'RPC_SENT',
      'RPC_FAILED',
    ])
    expect(await desk.claim(deviceId, 10)).toEqual([])
    // Once when it came, and after each of the two that were lost.
    await waitFor(() => woken.length === 3)
    listener.disconnect()
  })

  test('is not repeated more often than the platform allows', async () => {
    const desk = await startDesk({ maxRetries: 1 })
    const id = await send(desk, { isPersistent: true, retries: 100 })
    for (let attempt = 0; attempt < 2; attempt++) await desk.delivered(await claimOne(desk), silence)
    expect(await rowOf(id)).toMatchObject({ status: 'FAILED' })
  })

  test('that is late is acknowledged by its answer alone', async () => {
    const desk = await startDesk()
    const id = await send(desk, { isPersistent: true })
    const sent = await claimOne(desk)
    let acknowledge = (_isTaken: boolean) => {}
    const delivered = desk.delivered(sent, new Promise((resolve) => (acknowledge = resolve)))
    await until(id, 'SENT')
    await desk.answer(deviceId, sent.number, '{"ok":true}')
    acknowledge(false)
    await delivered
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCESSFUL', response: { ok: true } })
    expect(await desk.claim(deviceId, 10)).toEqual([])
  })

  test('without an answer ends when it is delivered, and does not expire after that', async () => {
    const desk = await startDesk()
    const id = await send(desk, { isPersistent: true, isOneway: true, expirationTime: Date.now() + 400 })
    await desk.delivered(await claimOne(desk), taken)
    await send(desk, { expirationTime: Date.now() + 500 })
    await waitFor(() => replies.some(({ error }) => error === 'NO_ACTIVE_CONNECTION'))
    expect(await rowOf(id)).toMatchObject({ status: 'DELIVERED' })
  })

  test('with an answer to come expires although it was delivered', async () => {
    const desk = await startDesk()
    const id = await send(desk, { isPersistent: true, expirationTime: Date.now() + 300 })
    await desk.delivered(await claimOne(desk), taken)
    await until(id, 'EXPIRED')
  })

  test('that was deleted tells so and is not sent any more', async () => {
    const desk = await startDesk()
    const id = await send(desk, { isPersistent: true })
    const row = await database.db.rpcs.delete(tenant.scope, id)
    if (!row) throw new Error('not kept')
    await desk.withdraw(row)
    expect(told()).toEqual(['RPC_QUEUED', 'RPC_DELETED'])
    expect(await desk.claim(deviceId, 10)).toEqual([])
  })

  test('whose process died before it was in Redis is sent when its message is processed again', async () => {
    const desk = await startDesk()
    const again = call({ isPersistent: true })
    await desk.send(tenant.tenantId, [again])
    await redis.del(`tw:rpc:${deviceId}`)
    await desk.send(tenant.tenantId, [again])
    expect((await claimOne(desk)).requestId).toBe(again.requestId)
    expect(told()).toEqual(['RPC_QUEUED'])
  })
})

describe('several commands for one device', () => {
  const sendThree = async (desk: RpcDesk, more: Partial<RpcCall> = {}) => {
    const calls = ['a', 'b', 'c'].map((method) => call({ method, ...more }))
    await desk.send(tenant.tenantId, calls)
  }
  const claim = async (desk: RpcDesk) => (await desk.claim(deviceId, 10)).map(({ method }) => method)

  test('go together, in the order in which they came', async () => {
    const desk = await startDesk()
    await sendThree(desk)
    expect(await claim(desk)).toEqual(['a', 'b', 'c'])
    expect(await claim(desk)).toEqual([])
  })

  test('wait for the acknowledgement of the one before when they are to', async () => {
    const desk = await startDesk({ strategy: 'SEQUENTIAL_ON_ACK_FROM_DEVICE' })
    await sendThree(desk, { isPersistent: true })
    const first = await claimOne(desk)
    expect([first.method, await claim(desk)]).toEqual(['a', []])
    await desk.delivered(first, taken)
    expect([await claim(desk), await claim(desk)]).toEqual([['b'], []])
  })

  test('wait for the answer to the one before when they are to, but not for ever', async () => {
    const desk = await startDesk({ strategy: 'SEQUENTIAL_ON_RESPONSE_FROM_DEVICE', responseTimeoutMs: 1_500 })
    const listener = redis.duplicate()
    let wakes = 0
    listener.on('message', () => wakes++)
    await sendThree(desk)
    await listener.subscribe('tw:rpc:wake')
    const first = await claimOne(desk)
    await desk.delivered(first, taken)
    expect(await claim(desk)).toEqual([])
    await desk.answer(deviceId, first.number, '1')
    await waitFor(() => wakes === 1)
    const second = await claimOne(desk)
    expect([second.method, await claim(desk)]).toEqual(['b', []])
    // One after the answer, and one each when the time of the first and of the second is over.
    await waitFor(() => wakes === 3)
    expect(await claim(desk)).toEqual(['c'])
    listener.disconnect()
  })

  test('one that could not be written after all waits again without having lost an attempt', async () => {
    const desk = await startDesk()
    await send(desk)
    await desk.putBack(await claimOne(desk))
    expect(await claimOne(desk)).toMatchObject({ attempts: 0, number: 1 })
  })
})
