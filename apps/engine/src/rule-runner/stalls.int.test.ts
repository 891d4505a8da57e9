import type { Message } from '@thingwire/contracts'
import type { Departure, NodeHandler } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let runner: Awaited<ReturnType<QueueWorld['startRunner']>>
beforeAll(async () => {
  world = await queueWorld()
  runner = await world.startRunner()
})
afterAll(() => world[Symbol.asyncDispose]())

const [one, two] = [crypto.randomUUID(), crypto.randomUUID()]
const of = (device: string, data: string): Message =>
  world.message(data, { originator: { entityType: 'DEVICE', id: device } })

/** Data of what came to the node `end`. */
let ended: string[] = []
/** Calls of the node `slow` that have not been answered, by the data of their first message. */
let calls: Map<string, () => void>
beforeEach(async () => {
  ended = []
  calls = new Map()
  // The marks of a node with a script.
  const slow = { configuration: { scriptLang: 'JS' } }
  await world.draw('split --Slow--> slow\nsplit --Fast--> end\nslow --Success--> end', { slow })
  const pass = (batch: readonly Message[]) => batch.map((message): Departure => ({ message, connection: 'Success' }))
  world.behaviours.set('split', (batch) =>
    batch.map((message) => ({ message, connection: message.data.startsWith('slow') ? 'Slow' : 'Fast' })),
  )
  world.behaviours.set('slow', async (batch) => {
    await new Promise<void>((resolve) => {
      calls.set(batch[0]?.data ?? '', resolve)
    })
    return pass(batch)
  })
  const end: NodeHandler['handle'] = (batch) => {
    ended.push(...batch.map(({ data }) => data))
    return pass(batch)
  }
  world.behaviours.set('end', end)
})

const release = async (data: string) => (await waitFor(() => calls.get(data), { what: `the call of ${data}` }))()
const untilEnded = (...data: string[]) =>
  waitFor(() => data.every((text) => ended.includes(text)), { what: `${data.join()} at the end` })
const untilSettled = (more: number, before: number) =>
  waitFor(
    async () => {
      const now = await world.ledger()
      return now?.difference === 0 && now.queued === 0 && now.finished === before + more
    },
    { what: 'all is settled', deadlineMs: 15_000 },
  )
const finished = async () => (await world.ledger())?.finished ?? 0
const partitions = async () =>
  Object.entries(await world.layouts()).flatMap(([key, count]) =>
    Array.from({ length: Number(count) }, (_, partition) => redisKeys.queue(key, partition)),
  )
const jobsAside = async () => {
  const counts = (await partitions()).map((name) => world.services.redis.hlen(redisKeys.jobsAside(name)))
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

test('the next batches of a partition pass one that waits for a slow node, but for messages of the same originator', async () => {
  const before = await finished()
  await world.send('Main', [of(one, 'slow 1'), of(two, 'a')])
  await waitFor(() => calls.size === 1)
  await world.send('Main', [of(two, 'b')])
  await world.send('Main', [of(one, '2'), of(two, 'c')])
  await untilEnded('b', 'c')
  // The ledger has all of them in the queue, also those that stand aside.
  expect(await world.ledger()).toMatchObject({ difference: 0 })
  expect(ended).not.toContain('2')
  await release('slow 1')
  await untilEnded('slow 1', '2')
  expect(ended.filter((data) => ['slow 1', '2'].includes(data))).toEqual(['slow 1', '2'])
  await untilSettled(5, before)
  expect(await jobsAside()).toBe(0)
})

test('several batches stand aside, and each originator keeps its order', async () => {
  const before = await finished()
  for (const n of [1, 2, 3]) {
    await world.send('Main', [of(one, `slow 1.${n}`), of(two, `slow 2.${n}`)])
    await waitFor(() => n > 1 || calls.size === 1)
  }
  const other = crypto.randomUUID()
  await world.send('Main', [of(other, 'last')])
  await untilEnded('last')
  expect(await jobsAside()).toBe(3)
  for (const n of [1, 2, 3]) await release(`slow 1.${n}`)
  await untilSettled(7, before)
  for (const device of ['1', '2'])
    expect(ended.filter((data) => data.startsWith(`slow ${device}`))).toEqual(
      [1, 2, 3].map((n) => `slow ${device}.${n}`),
    )
})

test('SEQUENTIAL_BY_ORIGINATOR: only the lane waits', async () => {
  const before = await finished()
  await world.saveQueue({ name: 'Lanes', submitStrategy: { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 1 } })
  await world.send('Lanes', [of(one, 'slow 1'), of(two, 'a'), of(one, '2'), of(two, 'b'), of(two, 'c')])
  await world.send('Lanes', [of(two, 'd'), of(one, '3')])
  await untilEnded('a', 'b', 'c', 'd')
  expect(ended).toEqual(['a', 'b', 'c', 'd'])
  await release('slow 1')
  await untilSettled(7, before)
  expect(ended).toEqual(['a', 'b', 'c', 'd', 'slow 1', '2', '3'])
})

test('SEQUENTIAL: nothing passes a message that waits', async () => {
  const before = await finished()
  await world.saveQueue({ name: 'Strict', submitStrategy: { type: 'SEQUENTIAL', batchSize: 1 } })
  await world.send('Strict', [of(one, 'slow 1'), of(two, 'a')])
  await waitFor(() => calls.size === 1)
  await world.send('Strict', [of(two, 'b')])
  // A message of another queue shows that the process is at work.
  await world.send('Main', [of(two, 'main')])
  await untilEnded('main')
  expect([ended, await jobsAside()]).toEqual([['main'], 0])
  await release('slow 1')
  await untilSettled(4, before)
  expect(ended).toEqual(['main', 'slow 1', 'a', 'b'])
})

test('what stands aside when its process stops goes back in its order, and runs on another', async () => {
  const before = await finished()
  await world.send('Main', [of(one, 'slow 1')])
  await waitFor(() => calls.size === 1)
  await world.send('Main', [of(one, '2'), of(two, 'slow a')])
  await waitFor(() => calls.size === 2)
  await world.send('Main', [of(one, '3'), of(two, 'b')])
  await waitFor(async () => (await jobsAside()) === 3)
  await runner.stop(1_600)
  expect(await jobsAside()).toBe(0)
  calls.clear()
  runner = await world.startRunner()
  await release('slow 1')
  await release('slow a')
  await untilSettled(5, before)
  expect(ended.filter((data) => ['slow 1', '2', '3'].includes(data))).toEqual(['slow 1', '2', '3'])
  expect(ended.filter((data) => ['slow a', 'b'].includes(data))).toEqual(['slow a', 'b'])
})

test('another process takes the next batch, and keeps its messages behind those that stand aside', async () => {
  const before = await finished()
  await world.send('Main', [of(one, 'slow 1')])
  await waitFor(async () => (await jobsAside()) === 1)
  const first = runner
  runner = await world.startRunner()
  // The first process takes no more jobs; what stands aside is still its own.
  const stopped = first.stop(30_000)
  const sentAt = performance.now()
  await world.send('Main', [of(one, '2'), of(two, 'a')])
  await untilEnded('a')
  // Not only when the wait of the other process is over, after five seconds: it is woken.
  expect(performance.now() - sentAt).toBeLessThan(4_000)
  expect(ended).toEqual(['a'])
  await release('slow 1')
  await untilSettled(3, before)
  expect(ended).toEqual(['a', 'slow 1', '2'])
  await stopped
})

test('a batch that stood aside in a process that was taken for dead runs again, and counts once', async () => {
  const before = await finished()
  await world.send('Main', [of(one, 'slow 1')])
  await waitFor(async () => (await jobsAside()) === 1)
  const { redis } = world.services
  const locks = () => redis.keys(`${redisKeys.bullPrefix}:*:lock`)
  expect(await locks()).toHaveLength(1)
  await redis.del(...(await locks()))
  await redis.publish(redisChannels.queueGrown, 'Main')
  await waitFor(async () => (await locks()).length === 1, { what: 'somebody has it again' })
  const first = calls.get('slow 1')
  calls.clear()
  first?.()
  await release('slow 1')
  await untilEnded('slow 1')
  await untilSettled(1, before)
  expect(ended).toEqual(['slow 1', 'slow 1'])
})
