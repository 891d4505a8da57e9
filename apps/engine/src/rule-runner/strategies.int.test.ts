import { type Departure, type NodeHandler, perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld()
  await world.startRunner()
})
afterAll(() => world[Symbol.asyncDispose]())

/** What the node `work` saw, run by run. */
let seen: string[][] = []
let settledBefore = { stored: 0, finished: 0, deadLettered: 0 }
let lettersBefore = 0
beforeEach(async () => {
  seen = []
  world.behaviours.clear()
  await world.draw('work')
  const { stored = 0, finished = 0, deadLettered = 0 } = (await world.ledger()) ?? {}
  settledBefore = { stored, finished, deadLettered }
  lettersBefore = (await world.letters()).length
})

const newLetters = async () => (await world.letters()).slice(lettersBefore)
const tries = (data: string) => seen.flat().filter((one) => one === data).length

/** Fails or hangs as `bad` says, by data and nth try (from 0). */
const works = (bad: (data: string, attempt: number) => 'fails' | 'hangs' | 'fine') => {
  const handle: NodeHandler['handle'] = (batch) => {
    const outcomes = batch.map(({ data }) => bad(data, tries(data)))
    seen.push(batch.map(({ data }) => data))
    const departures = batch.flatMap((message, at): Departure[] =>
      outcomes[at] === 'fails'
        ? [{ message, connection: 'Failure', error: `${message.data} is bad` }]
        : [{ message, connection: 'Success' }],
    )
    return outcomes.includes('hangs') ? new Promise<Departure[]>(() => {}) : departures
  }
  world.behaviours.set('work', handle)
}

/** Sends a pack and waits until the ledger has all of it; answers what it came to. */
const sendAndSettle = async (queueName: string, data: readonly string[], originators?: readonly string[]) => {
  await world.send(
    queueName,
    data.map((one, at) => {
      const id = originators?.[at]
      return world.message(one, id ? { originator: { entityType: 'DEVICE', id } } : {})
    }),
  )
  return waitFor(
    async () => {
      const now = await world.ledger()
      if (now?.difference !== 0 || now.queued > 0) return null
      const finished = now.finished + now.stored - settledBefore.finished - settledBefore.stored
      const deadLettered = now.deadLettered - settledBefore.deadLettered
      return finished + deadLettered === data.length ? { finished, deadLettered } : null
    },
    { deadlineMs: 15_000, what: 'the pack is settled' },
  )
}

const retrying = (
  type: 'RETRY_FAILED' | 'RETRY_TIMED_OUT' | 'RETRY_FAILED_AND_TIMED_OUT' | 'RETRY_ALL',
  retries = 2,
) => ({
  type,
  retries,
  failurePercentage: 0,
  pauseBetweenRetries: 0,
  maxPauseBetweenRetries: 0,
})

test('SKIP_ALL_FAILURES: what fails is a dead letter at once, its neighbours are not touched', async () => {
  works((data) => (data === 'b' ? 'fails' : 'fine'))
  expect(await sendAndSettle('Main', ['a', 'b', 'c'])).toEqual({ finished: 2, deadLettered: 1 })
  expect(seen).toEqual([['a', 'b', 'c']])
  expect(await newLetters()).toMatchObject([{ data: 'b', error: 'b is bad', queueName: 'Main' }])
})

test('SKIP_ALL_FAILURES_AND_TIMED_OUT: a node that hangs costs its own messages, which are kept', async () => {
  await world.draw('switch --bad--> work\nswitch --good--> other')
  world.behaviours.set(
    'switch',
    perMessage((message) => [{ message, connection: message.data === 'b' ? 'bad' : 'good' }]).handle,
  )
  works(() => 'hangs')
  await world.saveQueue({
    name: 'Impatient',
    packProcessingTimeout: 200,
    processingStrategy: { ...retrying('RETRY_FAILED'), type: 'SKIP_ALL_FAILURES_AND_TIMED_OUT' },
  })
  expect(await sendAndSettle('Impatient', ['a', 'b', 'c'])).toEqual({ finished: 2, deadLettered: 1 })
  expect(await newLetters()).toMatchObject([{ data: 'b', error: '"work" did not answer within 200 ms' }])
})

test('SKIP_ALL_FAILURES: a node may take longer than the time of a pack, and its message is not lost', async () => {
  await world.saveQueue({ name: 'Patient', packProcessingTimeout: 50 })
  world.behaviours.set('work', async (batch) => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  expect(await sendAndSettle('Patient', ['slow'])).toEqual({ finished: 1, deadLettered: 0 })
})

test('RETRY_FAILED: only what failed runs again, and counts once', async () => {
  await world.saveQueue({ name: 'Failed', processingStrategy: retrying('RETRY_FAILED') })
  works((data, attempt) => (data === 'b' && attempt < 2 ? 'fails' : 'fine'))
  expect(await sendAndSettle('Failed', ['a', 'b', 'c'])).toEqual({ finished: 3, deadLettered: 0 })
  expect(seen).toEqual([['a', 'b', 'c'], ['b'], ['b']])
  expect(await newLetters()).toEqual([])
})

test('RETRY_FAILED: what still fails when the retries are used up is one dead letter', async () => {
  await world.saveQueue({ name: 'Failed', processingStrategy: retrying('RETRY_FAILED') })
  works((data) => (data === 'b' ? 'fails' : 'fine'))
  expect(await sendAndSettle('Failed', ['a', 'b'])).toEqual({ finished: 1, deadLettered: 1 })
  expect(seen).toEqual([['a', 'b'], ['b'], ['b']])
  expect(await newLetters()).toHaveLength(1)
})

test('RETRY_TIMED_OUT: what hung runs again, what failed is given up', async () => {
  await world.draw('switch --slow--> work\nswitch --bad--> fail')
  const lane = perMessage((message) => [{ message, connection: message.data === 'b' ? 'bad' : 'slow' }])
  world.behaviours.set('switch', lane.handle)
  world.behaviours.set('fail', () => Promise.reject(new Error('always')))
  await world.saveQueue({
    name: 'TimedOut',
    packProcessingTimeout: 200,
    processingStrategy: retrying('RETRY_TIMED_OUT'),
  })
  works((_, attempt) => (attempt === 0 ? 'hangs' : 'fine'))
  expect(await sendAndSettle('TimedOut', ['a', 'b'])).toEqual({ finished: 1, deadLettered: 1 })
  expect(seen).toEqual([['a'], ['a']])
  expect(await newLetters()).toMatchObject([{ data: 'b', error: 'always' }])
})

test('RETRY_FAILED_AND_TIMED_OUT: both run again', async () => {
  await world.saveQueue({
    name: 'Both',
    packProcessingTimeout: 200,
    submitStrategy: { type: 'SEQUENTIAL', batchSize: 1 },
    processingStrategy: retrying('RETRY_FAILED_AND_TIMED_OUT'),
  })
  works((data, attempt) => (attempt > 0 ? 'fine' : data === 'a' ? 'hangs' : 'fails'))
  expect(await sendAndSettle('Both', ['a', 'b'])).toEqual({ finished: 2, deadLettered: 0 })
  expect(seen).toEqual([['a'], ['a'], ['b'], ['b']])
})

test('RETRY_ALL: everything runs again, also what succeeded, and counts once', async () => {
  await world.saveQueue({ name: 'All', processingStrategy: retrying('RETRY_ALL') })
  works((data, attempt) => (data === 'b' && attempt === 0 ? 'fails' : 'fine'))
  expect(await sendAndSettle('All', ['a', 'b'])).toEqual({ finished: 2, deadLettered: 0 })
  expect(seen).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('BATCH: the next messages start when those before have ended', async () => {
  await world.saveQueue({
    name: 'Batches',
    submitStrategy: { type: 'BATCH', batchSize: 2 },
    processingStrategy: retrying('RETRY_FAILED'),
  })
  works((data, attempt) => (data === 'b' && attempt === 0 ? 'fails' : 'fine'))
  expect(await sendAndSettle('Batches', ['a', 'b', 'c', 'd', 'e'])).toEqual({ finished: 5, deadLettered: 0 })
  expect(seen).toEqual([['a', 'b'], ['b'], ['c', 'd'], ['e']])
})

test('trap 8: SEQUENTIAL_BY_ORIGINATOR keeps the order of each device over retries, and loses nobody behind a failure', async () => {
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()]
  await world.saveQueue({
    name: 'Sequential',
    submitStrategy: { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 1 },
    processingStrategy: retrying('RETRY_FAILED_AND_TIMED_OUT', 1),
  })
  works((data, attempt) => (data === 'one-1' && attempt === 0 ? 'fails' : data === 'two-1' ? 'fails' : 'fine'))
  const data = ['one-1', 'one-2', 'two-1', 'two-2', 'one-3']
  const originators = [one, one, two, two, one]
  expect(await sendAndSettle('Sequential', data, originators)).toEqual({ finished: 4, deadLettered: 1 })
  const order = (device: string) => seen.flat().filter((name) => name.startsWith(device))
  expect(order('one')).toEqual(['one-1', 'one-1', 'one-2', 'one-3'])
  expect(order('two')).toEqual(['two-1', 'two-1', 'two-2'])
  // Heads of both lanes went through the chain together.
  expect(seen[0]).toEqual(['one-1', 'two-1'])
})

test('a message waits before it is tried again', async () => {
  await world.saveQueue({
    name: 'Pausing',
    processingStrategy: { ...retrying('RETRY_FAILED'), pauseBetweenRetries: 1, maxPauseBetweenRetries: 1 },
  })
  const times: number[] = []
  works((_, attempt) => {
    times.push(Date.now())
    return attempt === 0 ? 'fails' : 'fine'
  })
  await sendAndSettle('Pausing', ['a'])
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
})

test('a setting that changes frees a pack that is tried again without end', async () => {
  await world.saveQueue({ name: 'Endless', processingStrategy: retrying('RETRY_FAILED', 0) })
  works(() => 'fails')
  const settled = sendAndSettle('Endless', ['poison'])
  await waitFor(() => seen.length > 5)
  await world.saveQueue({ name: 'Endless' })
  expect(await settled).toEqual({ finished: 0, deadLettered: 1 })
  expect(await newLetters()).toMatchObject([{ data: 'poison' }])
})

test('a message that came along Failure runs through its node again when what follows fails', async () => {
  await world.saveQueue({ name: 'Returns', processingStrategy: retrying('RETRY_FAILED') })
  const chain = await world.draw('ask --Failure--> work')
  const asked: string[] = []
  world.behaviours.set('ask', (batch) => {
    asked.push(...batch.map(({ data }) => data))
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  works(() => 'fails')
  await world.send('Returns', [world.message('late', { ruleNodeId: chain.nodeId('ask'), connection: 'Failure' })])
  await waitFor(async () => (await world.ledger())?.queued === 0 && asked.length > 0)
  expect(seen).toEqual([['late']])
  expect(asked).toEqual(['late'])
})

test('an answer that failed, and to whose failure nobody listens, has ended', async () => {
  const chain = await world.draw('ask')
  const message = world.message('late', { ruleNodeId: chain.nodeId('ask'), connection: 'Failure' })
  await world.send('Main', [message])
  await waitFor(async () => (await world.ledger())?.finished === settledBefore.finished + 1)
  expect(await newLetters()).toEqual([])
})

test('a store that is slow is not a node that hangs: nothing times out while it is waited for', async () => {
  await world.draw('save', {
    save: {
      type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
      configuration: { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
    },
  })
  await world.saveQueue({
    name: 'Slow',
    packProcessingTimeout: 1_500,
    processingStrategy: { ...retrying('RETRY_FAILED'), type: 'SKIP_ALL_FAILURES_AND_TIMED_OUT' },
  })
  let release = () => {}
  world.holdStore(
    new Promise((resolve) => {
      release = resolve
    }),
  )
  const settled = sendAndSettle('Slow', ['{"temperature":1}'])
  // Twice the time of the pack.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  release()
  expect(await settled).toEqual({ finished: 1, deadLettered: 0 })
})
