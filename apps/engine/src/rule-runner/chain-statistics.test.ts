import { readTenantProfileConfiguration, toPlainValue } from '@thingwire/contracts'
import type { TelemetrySave } from '@thingwire/rules'
import { runBatch } from '@thingwire/rules'
import { drawnChain, testIds, testMessage } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createChainStatistics } from './chain-statistics.ts'

const underTest = (save: (saves: readonly TelemetrySave[]) => Promise<void>) =>
  createChainStatistics({
    telemetry: { save: (_tenant, saves) => save(saves) },
    limits: { of: async () => readTenantProfileConfiguration({ type: 'DEFAULT', queueStatsTtlDays: 3 }) },
    now: () => 5_000,
    logger: silentLogger,
  })
const later = () => Date.now() + 5_000

test('a chain tells how many messages it had, what failed and how long they took, once', async () => {
  const saved: TelemetrySave[] = []
  const statistics = underTest(async (saves) => void saved.push(...saves))
  const chain = drawnChain('first --Success--> second', {
    second: { handle: (batch) => batch.map((message) => ({ message, connection: 'Failure', error: 'no' })) },
  })
  statistics.owner(testIds.chain, testIds.tenant)
  const messages = [testMessage(), testMessage(), testMessage()]
  await runBatch({
    ...chain,
    messages,
    signal: new AbortController().signal,
    observe: { nodeCalled: (call) => statistics.nodeCalled({ ...call, elapsedMs: 2 }) },
  })
  await statistics.stop(later())
  expect(saved).toMatchObject([{ entityId: { entityType: 'RULE_CHAIN', id: testIds.chain }, ttlSeconds: 3 * 86_400 }])
  const entries = saved[0]?.entries ?? []
  expect(entries.map((entry) => [entry.key, entry.ts, toPlainValue(entry)])).toEqual([
    ['messagesProcessed', 5_000, 3],
    ['errorsOccurred', 5_000, 3],
    // Two nodes, 2 ms each.
    ['averageMs', 5_000, 4],
  ])
  await statistics.stop(later())
  expect(saved).toHaveLength(1)
})

test('figures that cannot be written cost nothing else, and a chain without an owner has none', async () => {
  let asked = 0
  const statistics = underTest(async () => {
    asked += 1
    throw new Error('away')
  })
  const chain = drawnChain('first --Success--> second', {})
  const run = () =>
    runBatch({ ...chain, messages: [testMessage()], signal: new AbortController().signal, observe: statistics })
  await run()
  await statistics.stop(later())
  expect(asked).toBe(0)
  statistics.owner(testIds.chain, testIds.tenant)
  await run()
  await expect(statistics.stop(later())).resolves.toBeUndefined()
  expect(asked).toBe(1)
})
