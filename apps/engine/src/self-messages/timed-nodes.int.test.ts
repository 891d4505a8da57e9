import { AppError } from '@thingwire/contracts'
import { perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type DrawnChain, type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let seen: { data: string; metadata: Record<string, string>; type: string; id: string; atMs: number }[] = []
beforeEach(async () => {
  world = await queueWorld()
  seen = []
  world.behaviours.set('after', (batch) => {
    for (const { data, metadata, type, id } of batch) seen.push({ data, metadata, type, id, atMs: Date.now() })
    return []
  })
})
afterEach(() => world[Symbol.asyncDispose]())

const finished = async () => (await world.ledger())?.finished ?? 0
const errors = async () => (await world.letters()).map(({ error }) => error)
const announce = ({ id }: DrawnChain) =>
  world.invalidate({ kind: 'rule-chain', tenantId: world.services.tenant.tenantId, id })
const node = (type: string, configuration: Record<string, unknown>) => ({
  type: `org.thingsboard.rule.engine.${type}`,
  configuration,
})
const delayOf = (periodInSeconds: number, change: Record<string, unknown> = {}) =>
  node('delay.TbMsgDelayNode', { periodInSeconds, maxPendingMsgs: 100, ...change })

describe('delay', () => {
  test('a message is done for its sender at once, and goes on when its time has come', async () => {
    await world.startRunner()
    await world.draw('wait --Success--> after', { wait: delayOf(1) })
    const sent = world.message('kept')
    await world.send('Main', [sent])
    await waitFor(async () => (await finished()) === 1)
    expect(seen).toEqual([])
    const began = Date.now()
    await waitFor(() => seen.length === 1)
    expect(seen).toMatchObject([{ data: 'kept', type: sent.type }])
    expect(seen[0]?.id).not.toBe(sent.id)
    expect((seen[0]?.atMs ?? 0) - began).toBeLessThan(5_000)
  })

  test('what is kept outlives every process, and of two that start one sends it', async () => {
    const runner = await world.startRunner()
    const chain = await world.draw('wait --Success--> after', { wait: delayOf(1) })
    await world.send('Main', [world.message('1'), world.message('2')])
    await waitFor(async () => (await world.services.redis.hlen(redisKeys.later(chain.nodeId('wait')))) === 2)
    await runner.stop()
    expect(seen).toEqual([])
    await world.startRunner()
    await world.startRunner()
    await waitFor(() => seen.length === 2)
    await waitFor(async () => (await finished()) === 4)
    expect(seen.map(({ data }) => data).sort()).toEqual(['1', '2'])
    expect(await world.services.redis.zcard(redisKeys.laterDue)).toBe(0)
    expect(await world.services.redis.exists(redisKeys.later(chain.nodeId('wait')))).toBe(0)
  })

  test('one that a process took and died with is sent by another', async () => {
    const runner = await world.startRunner()
    const chain = await world.draw('wait --Success--> after', { wait: delayOf(60) })
    await world.send('Main', [world.message('taken')])
    const nodeId = chain.nodeId('wait')
    await waitFor(async () => (await world.services.redis.hlen(redisKeys.later(nodeId))) === 1)
    await runner.stop()
    // What a claim leaves in Redis: a name of its own, and a time until which nobody else takes it.
    const [key = ''] = await world.services.redis.hkeys(redisKeys.later(nodeId))
    const text = (await world.services.redis.hget(redisKeys.later(nodeId), key)) ?? ''
    await world.services.redis.del(redisKeys.later(nodeId), redisKeys.laterDue)
    await world.services.redis.hset(redisKeys.later(nodeId), `~dead.1.0~${key}`, text)
    await world.services.redis.zadd(redisKeys.laterDue, Date.now() + 300, `${nodeId}/~dead.1.0~${key}`)
    await world.startRunner()
    await waitFor(() => seen.length === 1)
    await waitFor(async () => (await world.services.redis.zcard(redisKeys.laterDue)) === 0)
  })

  test('a node that keeps as many as it may fails the next one', async () => {
    await world.startRunner()
    await world.draw('wait --Success--> after', { wait: delayOf(60, { maxPendingMsgs: 2 }) })
    await world.send('Main', [world.message('1'), world.message('2'), world.message('3')])
    await waitFor(async () => (await errors()).length === 1)
    expect(await world.letters()).toMatchObject([{ data: '3', error: 'Max limit of pending messages reached!' }])
  })

  test('a batch that runs again, because the store was away, keeps its messages once', async () => {
    await world.startRunner()
    await world.draw('route --w--> wait\nroute --s--> shaky\nwait --Success--> after', { wait: delayOf(1) })
    world.behaviours.set('route', (batch) =>
      batch.map((message) => ({ message, connection: message.data === 'kept' ? 'w' : 's' })),
    )
    let runs = 0
    world.behaviours.set('shaky', () => {
      if (runs++ === 0) throw new AppError('DATABASE_UNAVAILABLE')
      return []
    })
    await world.send('Main', [world.message('kept'), world.message('other')])
    await waitFor(async () => (await finished()) === 3, { deadlineMs: 10_000 })
    expect([runs, seen.map(({ data }) => data)]).toEqual([2, ['kept']])
    expect(await world.services.redis.zcard(redisKeys.laterDue)).toBe(0)
  })

  test('a message that a called chain delays comes back to its caller', async () => {
    await world.startRunner()
    const inner = await world.draw('wait --Success--> done', {
      wait: delayOf(0),
      done: node('flow.TbRuleChainOutputNode', {}),
    })
    await world.draw('call --done--> after', {
      call: node('flow.TbRuleChainInputNode', { ruleChainId: inner.id, forwardMsgToDefaultRuleChain: false }),
    })
    await world.send('Main', [world.message('round')])
    await waitFor(() => seen.length === 1)
  })
})

describe('deduplication', () => {
  const dedup = (change: Record<string, unknown>) =>
    node('deduplication.TbMsgDeduplicationNode', {
      ...{ interval: 1, strategy: 'FIRST', outMsgType: null, maxPendingMsgs: 100, maxRetries: 3 },
      ...change,
    })
  /** `ts` in ms from a second that is over. */
  const at = (offsetMs: number, data: string) =>
    world.message(data, { metadata: { ts: String(Math.floor(Date.now() / 1_000) * 1_000 - 10_000 + offsetMs) } })

  test.each([
    ['FIRST', ['early', 'next']],
    ['LAST', ['late', 'next']],
  ])(
    '%s passes one message of each interval by the time that messages carry, not by arrival',
    async (strategy, passed) => {
      await world.startRunner()
      await world.draw('gather --Success--> after', { gather: dedup({ strategy }) })
      await world.send('Main', [at(500, 'middle'), at(0, 'early'), at(900, 'late'), at(1_500, 'next')])
      await waitFor(() => seen.length === 2)
      await waitFor(async () => (await finished()) === 7)
      expect(seen.map(({ data }) => data).sort()).toEqual([...passed].sort())
    },
  )

  test('ALL makes one message of an interval, in the order of arrival', async () => {
    await world.startRunner()
    await world.draw('gather --Success--> after', { gather: dedup({ strategy: 'ALL', outMsgType: 'ALL_OF_THEM' }) })
    await world.send('Main', [at(500, '{"n":1}'), at(0, '{"n":2}')])
    await waitFor(() => seen.length === 1)
    expect(seen).toMatchObject([{ type: 'ALL_OF_THEM', metadata: { ts: expect.stringMatching(/^\d+$/) } }])
    expect(JSON.parse(seen[0]?.data ?? '')).toMatchObject([
      { msg: { n: 1 }, metadata: { ts: expect.any(String) } },
      { msg: { n: 2 } },
    ])
  })

  test('what waits outlives every process; one too many fails; nothing is left in the end', async () => {
    const runner = await world.startRunner()
    const chain = await world.draw('gather --Success--> after', { gather: dedup({ maxPendingMsgs: 2 }) })
    await world.send('Main', [at(0, 'first'), at(1, 'second'), at(2, 'third')])
    await waitFor(async () => (await errors()).length === 1)
    await runner.stop()
    expect(seen).toEqual([])
    await world.startRunner()
    await waitFor(() => seen.length === 1)
    expect(seen[0]?.data).toBe('first')
    await waitFor(async () => (await world.services.redis.zcard(redisKeys.laterDue)) === 0)
    const group = `DEVICE/${world.services.tenant.device.id.id}`
    expect(await world.services.redis.hkeys(redisKeys.gathered(chain.nodeId('gather'), group))).toEqual(['#'])
  })
})

test('message count tells how many came, as telemetry of the tenant, also when it is none', async () => {
  await world.startRunner()
  const chain = await world.draw('count --Success--> after', {
    count: node('action.TbMsgCountNode', { telemetryPrefix: 'n', interval: 1 }),
  })
  await announce(chain)
  await world.send('Main', [world.message('1'), world.message('2'), world.message('3')])
  const numbers = () => seen.map(({ data }) => Number(Object.values(JSON.parse(data))[0]))
  await waitFor(() => numbers().includes(3) && numbers().at(-1) === 0)
  expect(numbers().reduce((sum, one) => sum + one, 0)).toBe(3)
  expect(seen[0]).toMatchObject({ type: 'POST_TELEMETRY_REQUEST' })
  expect(Object.keys(JSON.parse(seen[0]?.data ?? '{}'))[0]).toMatch(/^n_./)
  expect(Number(seen[0]?.metadata.delta)).toBeGreaterThanOrEqual(990)
})

test('a probe behind a delay sees each message once under a load of a thousand', async () => {
  await world.startRunner()
  await world.startRunner()
  const counts = new Map<string, number>()
  world.behaviours.set(
    'count',
    perMessage(({ data }) => {
      counts.set(data, (counts.get(data) ?? 0) + 1)
      return []
    }).handle,
  )
  await world.draw('wait --Success--> count', { wait: delayOf(1, { maxPendingMsgs: 2_000 }) })
  for (let from = 0; from < 1_000; from += 100)
    await world.send(
      'Main',
      Array.from({ length: 100 }, (_, n) => world.message(String(from + n))),
    )
  await waitFor(async () => (await finished()) === 2_000, { deadlineMs: 20_000 })
  expect(counts.size).toBe(1_000)
  expect([...counts.values()].every((times) => times === 1)).toBe(true)
})
