import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type DrawnChain, type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let seen: { n: number; originator: string; atMs: number }[] = []
beforeEach(async () => {
  world = await queueWorld()
  seen = []
  world.behaviours.set('after', (batch) => {
    for (const { data, originator } of batch)
      seen.push({ n: JSON.parse(data).n, originator: originator.entityType, atMs: Date.now() })
    return []
  })
})
afterEach(() => world[Symbol.asyncDispose]())

const jsScript = 'return {msg: {n: (prevMsg.n || 0) + 1}, metadata: prevMetadata, msgType: "COUNT"};'
const generator = (change: Record<string, unknown> = {}) => ({
  type: 'org.thingsboard.rule.engine.debug.TbMsgGeneratorNode',
  configuration: {
    ...{ msgCount: 0, periodInSeconds: 1, originatorType: 'RULE_NODE', originatorId: null, scriptLang: 'JS', jsScript },
    ...change,
  },
})
const announce = ({ id }: DrawnChain) =>
  world.invalidate({ kind: 'rule-chain', tenantId: world.services.tenant.tenantId, id })
const numbers = () => seen.map(({ n }) => n)
const waiting = () => world.services.redis.zcard(redisKeys.laterDue)

test('begins when its chain is saved; one of two processes makes each message, of the last one; and it ends at its number', async () => {
  await world.startRunner()
  await world.startRunner()
  await announce(await world.draw('make --Success--> after', { make: generator({ msgCount: 3 }) }))
  await waitFor(() => seen.length === 3, { deadlineMs: 10_000 })
  await waitFor(async () => (await waiting()) === 0)
  expect(numbers()).toEqual([1, 2, 3])
  expect(seen.map(({ originator }) => originator)).toEqual(['RULE_NODE', 'RULE_NODE', 'RULE_NODE'])
  const [first, , third] = seen.map(({ atMs }) => atMs)
  expect((third ?? 0) - (first ?? 0)).toBeGreaterThan(1_500)
})

test('goes on after a restart where it stood, without making up for what it missed', async () => {
  const runner = await world.startRunner()
  const chain = await world.draw('make --Success--> after', { make: generator() })
  await announce(chain)
  await waitFor(() => seen.length === 1)
  await runner.stop()
  const stoppedAt = seen.length
  // As if nothing had run for a minute.
  const [member = ''] = await world.services.redis.zrange(redisKeys.laterDue, '0', '-1')
  const nodeId = chain.nodeId('make')
  const text = (await world.services.redis.hget(redisKeys.later(nodeId), member.slice(nodeId.length + 1))) ?? ''
  const entry = JSON.parse(text)
  const carried = JSON.parse(entry.message.data)
  carried.state.dueMs -= 60_000
  entry.message.data = JSON.stringify(carried)
  await world.services.redis.hset(redisKeys.later(nodeId), member.slice(nodeId.length + 1), JSON.stringify(entry))
  await world.services.redis.zadd(redisKeys.laterDue, String(carried.state.dueMs), member)
  const startedAt = Date.now()
  await world.startRunner()
  await waitFor(() => seen.length >= stoppedAt + 3, { deadlineMs: 10_000 })
  expect(numbers()).toEqual(Array.from({ length: seen.length }, (_, at) => at + 1))
  // The one that is overdue comes at once, the others in their time.
  expect((seen[stoppedAt + 2]?.atMs ?? 0) - startedAt).toBeGreaterThan(1_000)
})

test('a chain that was saved while nothing ran begins with the platform', async () => {
  await world.draw('make --Success--> after', { make: generator({ msgCount: 1 }) })
  await world.startRunner()
  await waitFor(() => seen.length === 1)
})

test('a change begins anew, and the old one ends; without its chain it ends, too', async () => {
  await world.startRunner()
  const chain = await world.draw('make --Success--> after', { make: generator() })
  await announce(chain)
  await waitFor(() => seen.length === 2)
  await world.edit(chain.id, (metadata) => ({
    ...metadata,
    nodes: metadata.nodes.map((node) =>
      node.name === 'make'
        ? { ...node, ...generator({ jsScript: jsScript.replace('(prevMsg.n || 0)', '(prevMsg.n || 100)') }) }
        : node,
    ),
  }))
  await waitFor(() => numbers().filter((n) => n > 100).length === 3, { deadlineMs: 10_000 })
  const old = numbers().filter((n) => n < 100).length
  expect(numbers().filter((n) => n > 100)).toEqual([101, 102, 103])
  expect(numbers().slice(-3)).toEqual([101, 102, 103])
  expect(old).toBeLessThanOrEqual(3)
  await world.services.db.ruleChains.delete(world.services.tenant.scope, chain.id)
  await announce(chain)
  await waitFor(async () => (await waiting()) === 0)
})

test('a script that fails makes a failure, and the next message all the same', async () => {
  await world.startRunner()
  await announce(
    await world.draw('make --Failure--> failed\nmake --Success--> after', {
      make: generator({ msgCount: 2, jsScript: 'throw new Error("no")' }),
    }),
  )
  let failed = 0
  world.behaviours.set('failed', (batch) => {
    failed += batch.length
    return []
  })
  await waitFor(() => failed === 2)
  await waitFor(async () => (await waiting()) === 0)
  expect(seen).toEqual([])
})
