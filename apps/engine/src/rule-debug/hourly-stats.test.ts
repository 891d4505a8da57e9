import type { DebugEvent } from '@thingwire/db'
import { runBatch } from '@thingwire/rules'
import { drawnChain, testIds, testMessage } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createHourlyStats } from './hourly-stats.ts'

const statsWith = (append: (events: readonly DebugEvent[]) => Promise<void>) =>
  createHourlyStats({ events: { append }, server: 'here', logger: silentLogger, now: () => 5_000 })

test('nodes and chains tell what they worked off and what failed, once', async () => {
  const written: DebugEvent[] = []
  const stats = statsWith(async (events) => void written.push(...events))
  const chain = drawnChain('first --Success--> second', {
    second: { handle: (batch) => batch.map((message) => ({ message, connection: 'Failure', error: 'no' })) },
  })
  stats.owner(testIds.chain, testIds.tenant)
  const messages = [testMessage(), testMessage(), testMessage()]
  const run = () =>
    runBatch({ ...chain, messages, signal: new AbortController().signal, observe: { nodeCalled: stats.nodeCalled } })
  await run()
  await run()
  await stats.stop(0)
  const of = (entityId: string) => written.find((event) => event.entityId === entityId)
  const event = { tenantId: testIds.tenant, type: 'STATS', ts: 5_000 }
  expect(of(`${testIds.chain}/first`)).toMatchObject({
    ...event,
    body: { server: 'here', messagesProcessed: 6, errorsOccurred: 0 },
  })
  expect(of(`${testIds.chain}/second`)).toMatchObject({ ...event, body: { messagesProcessed: 6, errorsOccurred: 6 } })
  expect(of(testIds.chain)).toMatchObject({ ...event, body: { messagesProcessed: 6, errorsOccurred: 6 } })
  await stats.stop(0)
  expect(written).toHaveLength(3)
})

test('a database that is away costs the statistics and nothing else', async () => {
  const stats = statsWith(() => Promise.reject(new Error('away')))
  await expect(stats.stop(0)).resolves.toBeUndefined()
})
