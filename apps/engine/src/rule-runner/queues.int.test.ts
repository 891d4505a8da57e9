import { perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { partitionOf } from '../queue/partition.ts'
import { redisKeys } from '../redis-keys.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await queueWorld({ mostPartitions: 4 })
  await world.draw('work')
})
afterEach(() => world[Symbol.asyncDispose]())

const seen = () => {
  const data: string[] = []
  world.behaviours.set('work', (batch) => {
    data.push(...batch.map((message) => message.data))
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  return data
}

const settled = (finished: number, deadlineMs = 10_000) =>
  waitFor(
    async () => {
      const ledger = await world.ledger()
      return ledger?.finished === finished && ledger.difference === 0 && ledger.queued === 0
    },
    { deadlineMs, what: `${finished} messages have finished` },
  )

/** An originator whose messages go to this one of so many partitions. */
const originatorIn = (partition: number, partitions: number): string => {
  for (;;) {
    const id = crypto.randomUUID()
    if (partitionOf(id, partitions) === partition) return id
  }
}
const sendTo = async (queueName: string, data: string, partition: number, partitions: number) => {
  const id = originatorIn(partition, partitions)
  const message = world.message(data, { originator: { entityType: 'DEVICE', id } })
  await world.queue.submitInternal(queueName, id, [message], 500)
}

const retryForEver = {
  type: 'RETRY_FAILED',
  retries: 0,
  failurePercentage: 0,
  pauseBetweenRetries: 30,
  maxPauseBetweenRetries: 30,
} as const

test('a pack that is tried again without end goes back to the queue when its process stops, with nothing settled', async () => {
  await world.saveQueue({ name: 'Endless', processingStrategy: retryForEver })
  let tries = 0
  world.behaviours.set('work', (batch) => {
    tries++
    return batch.map((message) => ({ message, connection: 'Failure', error: 'not yet' }))
  })
  const first = await world.startRunner()
  await world.send('Endless', [world.message('poison'), world.message('neighbour')])
  await waitFor(() => tries > 0)
  const stoppedAt = Date.now()
  await first.stop(3_000)
  expect(Date.now() - stoppedAt).toBeLessThan(4_500)
  expect(await world.ledger()).toMatchObject({ queued: 2, stored: 0, finished: 0, deadLettered: 0, difference: 0 })
  const data = seen()
  await world.startRunner()
  await settled(2)
  expect(data.sort()).toEqual(['neighbour', 'poison'])
})

test('a pack keeps its place over a pause that is longer than its lock', { timeout: 40_000 }, async () => {
  const processingStrategy = { ...retryForEver, pauseBetweenRetries: 7, maxPauseBetweenRetries: 7 }
  await world.saveQueue({ name: 'Pausing', processingStrategy })
  const data: string[] = []
  world.behaviours.set('work', (batch) => {
    data.push(...batch.map((message) => message.data))
    const isFirst = data.length === 1
    return batch.map((message) =>
      isFirst ? { message, connection: 'Failure', error: 'not yet' } : { message, connection: 'Success' },
    )
  })
  // Two processes: what one holds the other must not take.
  await world.startRunner()
  await world.startRunner()
  await sendTo('Pausing', 'first', 0, 2)
  await waitFor(() => data.length === 1)
  await sendTo('Pausing', 'second', 0, 2)
  await settled(2, 15_000)
  expect(data).toEqual(['first', 'first', 'second'])
})

test('a name that no settings know is Main, and opens no queue', async () => {
  const data = seen()
  await world.startRunner()
  for (const name of ['Nowhere', '__proto__', 'a:b', '']) await world.send(name, [world.message(name)])
  await settled(4)
  expect(data.sort()).toEqual(['', 'Nowhere', '__proto__', 'a:b'])
  expect(Object.keys(await world.layouts())).toEqual(['Main'])
})

test('a deleted queue is drained before its workers go, and what names it later goes to Main', async () => {
  const data = seen()
  await world.saveQueue({ name: 'Doomed' })
  await sendTo('Doomed', 'a', 0, 2)
  await sendTo('Doomed', 'b', 1, 2)
  expect(await world.layouts()).toMatchObject({ Doomed: '2' })
  await world.deleteQueue('Doomed')
  await sendTo('Doomed', 'c', 0, 4)
  await world.startRunner()
  await settled(3)
  expect(data.sort()).toEqual(['a', 'b', 'c'])
  await waitFor(async () => !('Doomed' in (await world.layouts())), { deadlineMs: 10_000 })
})

test('a queue that shrinks drains the partitions it gives up', async () => {
  const data = seen()
  await world.saveQueue({ name: 'Shrinking', partitions: 4 })
  for (let partition = 0; partition < 4; partition++) await sendTo('Shrinking', `old ${partition}`, partition, 4)
  await world.saveQueue({ name: 'Shrinking', partitions: 1 })
  await sendTo('Shrinking', 'new', 0, 1)
  expect(await world.layouts()).toMatchObject({ Shrinking: '4' })
  await world.startRunner()
  await settled(5)
  expect(data.sort()).toEqual(['new', 'old 0', 'old 1', 'old 2', 'old 3'])
  await waitFor(async () => (await world.layouts()).Shrinking === '1', { deadlineMs: 10_000 })
})

test('a queue that grows uses its new partitions at once', async () => {
  const data = seen()
  await world.saveQueue({ name: 'Growing', partitions: 1 })
  await world.startRunner()
  await sendTo('Growing', 'before', 0, 1)
  await settled(1)
  await world.saveQueue({ name: 'Growing', partitions: 3 })
  const sentAt = Date.now()
  await sendTo('Growing', 'after', 2, 3)
  await settled(2)
  expect(data).toEqual(['before', 'after'])
  // Not only when the next look for queues is due, five seconds later.
  expect(Date.now() - sentAt).toBeLessThan(4_500)
})

test('no queue has more partitions than the setting allows', async () => {
  await world.saveQueue({ name: 'Huge', partitions: 1_000_000 })
  await sendTo('Huge', 'a', 3, 4)
  expect(await world.layouts()).toEqual({ Huge: '4' })
})

test('a tenant with queues of its own uses none of the system, and back', async () => {
  const data = seen()
  await world.startRunner()
  const own = (name: string) => ({
    name,
    topic: name,
    pollInterval: 25,
    partitions: 1,
    packProcessingTimeout: 2_000,
    submitStrategy: { type: 'BURST' },
    processingStrategy: { type: 'SKIP_ALL_FAILURES' },
  })
  await world.saveProfile({ queues: [own('Main'), own('Private')] })
  const { tenantId } = world.services.tenant
  await world.send('Main', [world.message('main')])
  await world.send('Private', [world.message('private')])
  // The system has such a queue; this tenant has not.
  await world.send('HighPriority', [world.message('high')])
  await settled(3)
  expect(data.sort()).toEqual(['high', 'main', 'private'])
  expect(await world.layouts()).toEqual({ [`Main@${tenantId}`]: '1', [`Private@${tenantId}`]: '1' })
  await world.saveProfile({})
  await waitFor(async () => Object.keys(await world.layouts()).length === 0, { deadlineMs: 10_000 })
  await world.send('HighPriority', [world.message('shared')])
  await settled(4)
  expect(Object.keys(await world.layouts())).toEqual(['HighPriority'])
})

test("the tenant profile's limit on rule nodes a message reaches the router, and a change of it too", async () => {
  await world.startRunner()
  await world.draw('a --Success--> b\nb --Success--> c')
  await world.saveProfile({ limits: { maxRuleNodeExecutionsPerMessage: 2 } })
  await world.send('Main', [world.message('far')])
  const letter = await waitFor(async () => (await world.letters())[0])
  expect(letter).toMatchObject({ data: 'far', error: 'Message is processed by more than 2 rule nodes!' })
  await world.saveProfile({ limits: { maxRuleNodeExecutionsPerMessage: 3 } })
  await waitFor(async () => {
    await world.send('Main', [world.message('again')])
    return (await world.ledger())?.finished
  })
})

test('trap 2: an unconnected Failure fails the message, any other unconnected label finishes it', async () => {
  await world.startRunner()
  world.behaviours.set('work', perMessage((message) => [{ message, connection: message.data }]).handle)
  await world.send(
    'Main',
    ['Success', 'Failure', 'failure', 'Other'].map((label) => world.message(label)),
  )
  await waitFor(async () => (await world.ledger())?.finished === 2)
  expect((await world.letters()).map(({ data }) => data).sort()).toEqual(['Failure', 'failure'])
})

test('a partition that stands still refuses its own devices, and no others', async () => {
  await using small = await queueWorld({ mostPartitions: 2, maxPending: 10 })
  await small.saveQueue({ name: 'Stuck' })
  const sendOne = (queueName: string, partition: number) => {
    const id = originatorIn(partition, 2)
    return small.queue.submit(queueName, id, [small.message('a', { originator: { entityType: 'DEVICE', id } })], 500)
  }
  // Nobody works anything off.
  const untilRefused = async () => {
    for (let sent = 0; sent < 100; sent++) await sendOne('Stuck', 0)
  }
  await expect(untilRefused()).rejects.toMatchObject({ code: 'QUEUE_OVERLOADED' })
  await sendOne('Stuck', 1)
  await sendOne('Main', 0)
  // What rule nodes make is not refused: only they can shorten the queue.
  await small.send('Stuck', [small.message('internal')])
})

test('what an earlier version left in its queues is worked off', async () => {
  const data = seen()
  const { redis } = world.services
  await world.saveQueue({ name: 'Elder', partitions: 2 })
  await sendTo('Elder', 'left', 1, 2)
  await redis.del(redisKeys.queueLayouts)
  await redis.sadd(redisKeys.formerQueues, 'Elder')
  await redis.set(redisKeys.formerPartitions, 2)
  await world.startRunner()
  await settled(1)
  expect(data).toEqual(['left'])
  expect(await redis.exists(redisKeys.formerQueues, redisKeys.formerPartitions)).toBe(0)
})
