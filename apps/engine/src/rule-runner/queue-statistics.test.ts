import { entityId, readTenantProfileConfiguration, type Message, nullUuid } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createMetrics } from '../observability/metrics.ts'
import { fallbackSettings } from '../queue/queue-settings.ts'
import type { PackRun } from './pack-runner.ts'
import { createQueueStatistics } from './queue-statistics.ts'

const message = (tenantId: string): Message => ({
  id: crypto.randomUUID(),
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId,
  originator: { entityType: 'DEVICE', id: nullUuid },
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data: '{}',
  ruleChainId: null,
  ruleNodeId: null,
})
const failure = { message: {}, ruleChainId: null, ruleNodeId: null, error: 'it failed' }
const run = (tenants: readonly string[], results: PackRun['results'], isRetried = false): PackRun => ({
  settings: fallbackSettings('Main', 4),
  messages: tenants.map(message),
  results,
  isRetried: () => isRetried,
})

const underTest = (failing: readonly string[] = []) => {
  const saved: { tenantId: string; key: string; value: unknown; ttlSeconds: number }[] = []
  const metrics = createMetrics()
  const statistics = createQueueStatistics({
    database: {
      queueStats: {
        list: () => Promise.reject(new Error('not asked')),
        find: () => Promise.reject(new Error('not asked')),
        findMany: () => Promise.reject(new Error('not asked')),
        ensure: async ({ tenantId, queueName, serviceId }) => ({
          ...{ id: entityId('QUEUE_STATS', tenantId), createdTime: 1, tenantId: entityId('TENANT', tenantId) },
          ...{ queueName, serviceId, name: queueName },
        }),
      },
    },
    telemetry: {
      save: async (tenantId, saves) => {
        if (failing.includes(tenantId)) throw new Error('not stored')
        for (const { entries, ttlSeconds } of saves)
          for (const { key, value } of entries) saved.push({ tenantId, key, value, ttlSeconds })
      },
    },
    limits: {
      of: async () =>
        readTenantProfileConfiguration({ type: 'DEFAULT', queueStatsTtlDays: 3, ruleEngineExceptionsTtlDays: 2 }),
    },
    serviceId: 'rules-1',
    now: () => 1_000,
    logger: silentLogger,
    metrics,
  })
  return { statistics, saved, metrics }
}

test('figures and the first exception of a period are kept for as long as the tenant profile says', async () => {
  const { statistics, saved } = underTest()
  statistics.record(run(['t1'], [{ outcome: 'dead-lettered', failures: [failure] }]))
  statistics.record(run(['t1'], [{ outcome: 'dead-lettered', failures: [{ ...failure, error: 'again' }] }]))
  await statistics.stop(Date.now() + 1_000)
  expect(saved.filter(({ key }) => key === 'failedMsgs')).toEqual([
    { tenantId: 't1', key: 'failedMsgs', value: 2, ttlSeconds: 3 * 86_400 },
  ])
  const exceptions = saved.filter(({ key }) => key === 'ruleEngineException')
  expect(exceptions).toEqual([expect.objectContaining({ ttlSeconds: 2 * 86_400 })])
  expect(exceptions[0]?.value).toContain('it failed')
})

test('tenants of one pack are counted apart, and one whose figures cannot be written does not keep back the others', async () => {
  const { statistics, saved, metrics } = underTest(['t1'])
  const fine = (): PackRun['results'][number] => ({ outcome: 'stored', failures: [] })
  const late = { outcome: 'timed-out' as const, failures: [failure] }
  statistics.record(run(['t1', 't2', 't1', 't2'], [fine(), fine(), late, fine()]))
  await statistics.stop(Date.now() + 1_000)
  const figures = Object.fromEntries(saved.map(({ key, value }) => [key, value]))
  expect(new Set(saved.map(({ tenantId }) => tenantId))).toEqual(new Set(['t2']))
  expect(figures).toMatchObject({ totalMsgs: 2, successfulMsgs: 2, successfulIterations: 1, failedIterations: 0 })
  const text = await metrics.registry.metrics()
  expect(text).toContain('thingwire_queue_messages_total{queue="Main",outcome="successfulMsgs"} 3')
  expect(text).toContain('thingwire_queue_messages_total{queue="Main",outcome="timeoutMsgs"} 1')
  expect(text).toContain('thingwire_queue_runs_total{queue="Main",outcome="failed"} 1')
})

test('the time from taking over to settling is averaged over messages, for each tenant', async () => {
  const { statistics, saved } = underTest()
  const batch = (acceptedAt: number, ...tenants: string[]) => ({
    queueName: 'Main',
    acceptedAt,
    messages: tenants.map(message),
  })
  statistics.settled(batch(990, 't1', 't1', 't2'))
  statistics.settled(batch(960, 't1'))
  // The clock of the process that took it over is ahead.
  statistics.settled(batch(1_500, 't3'))
  await statistics.stop(0)
  const of = (tenantId: string) =>
    Object.fromEntries(
      saved.filter((one) => one.tenantId === tenantId && /Latency/.test(one.key)).map(({ key, value }) => [key, value]),
    )
  expect(of('t1')).toEqual({ averageLatencyMs: 20, maxLatencyMs: 40 })
  expect(of('t2')).toEqual({ averageLatencyMs: 10, maxLatencyMs: 10 })
  expect(of('t3')).toEqual({ averageLatencyMs: 0, maxLatencyMs: 0 })
})
