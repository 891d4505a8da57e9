import { hostname } from 'node:os'
import { toPlainValue } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await queueWorld()
  await world.draw('work')
})
afterEach(() => world[Symbol.asyncDispose]())

const keys = [
  'totalMsgs',
  'successfulMsgs',
  'tmpTimeout',
  'tmpFailed',
  'timeoutMsgs',
  'failedMsgs',
  'successfulIterations',
  'failedIterations',
  'averageLatencyMs',
  'maxLatencyMs',
  'ruleEngineException',
]

const statsOf = async (queueName: string) => {
  const { db, tenant } = world.services
  const link = { page: 0, pageSize: 10 }
  const { data } = await db.queueStats.list(tenant.scope, link)
  const stats = data.find((one) => one.queueName === queueName)
  if (!stats) return null
  expect(stats.serviceId).toBe(hostname())
  const entries = await db.telemetry.latest(tenant.scope, stats.id, keys)
  return Object.fromEntries(entries.map((entry) => [entry.key, toPlainValue(entry)]))
}

test('a queue keeps figures for each tenant, written when the process stops at the latest', async () => {
  await world.saveQueue({
    name: 'Counted',
    packProcessingTimeout: 150,
    processingStrategy: {
      type: 'RETRY_FAILED_AND_TIMED_OUT',
      retries: 1,
      failurePercentage: 0,
      pauseBetweenRetries: 0,
      maxPauseBetweenRetries: 0,
    },
  })
  const runner = await world.startRunner()
  world.behaviours.set('work', (batch) => {
    const [first] = batch
    if (first?.data === 'hangs') return new Promise(() => {})
    return batch.map((message) =>
      message.data === 'bad'
        ? { message, connection: 'Failure', error: 'it is bad' }
        : { message, connection: 'Success' },
    )
  })
  await world.send(
    'Counted',
    ['good', 'good', 'bad'].map((data) => world.message(data)),
  )
  await waitFor(async () => (await world.ledger())?.deadLettered === 1)
  await world.send('Counted', [world.message('hangs')])
  await waitFor(async () => (await world.ledger())?.deadLettered === 2)
  await runner.stop()
  const { ruleEngineException, averageLatencyMs, maxLatencyMs, ...figures } = (await statsOf('Counted')) ?? {}
  expect(figures).toEqual({
    totalMsgs: 6,
    successfulMsgs: 2,
    tmpFailed: 1,
    failedMsgs: 1,
    tmpTimeout: 1,
    timeoutMsgs: 1,
    successfulIterations: 0,
    failedIterations: 4,
  })
  expect(ruleEngineException).toMatchObject({ message: 'it is bad' })
  // The last batch was let run for twice its 150 ms.
  expect(maxLatencyMs).toBeGreaterThanOrEqual(300)
  expect(averageLatencyMs).toBeGreaterThan(0)
  expect(averageLatencyMs).toBeLessThan(Number(maxLatencyMs))
})

test('a queue without messages writes nothing', async () => {
  const runner = await world.startRunner()
  await runner.stop()
  expect(await statsOf('Main')).toBeNull()
})
