import { entityId, type Message, type TsKvEntry } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import type { Part } from '../lifecycle.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'
import type { RunResult } from './batch-processor.ts'
import type { PackRun } from './pack-runner.ts'

/** What ThingsBoard stores under these names; a message that is tried again counts at each try. */
const counterNames = [
  'totalMsgs',
  'successfulMsgs',
  /** Ran out of time, or failed, and will be tried again. */
  'tmpTimeout',
  'tmpFailed',
  /** Ran out of time, or failed, for good. */
  'timeoutMsgs',
  'failedMsgs',
  /** Runs of packs, or parts of them, that held messages of the tenant. */
  'successfulIterations',
  'failedIterations',
] as const
type Counters = Record<(typeof counterNames)[number], number>
type Failure = RunResult['failures'][number]
/** How long messages took, each from the moment its batch was taken over until it was settled. */
type Latency = { messages: number; totalMs: number; longestMs: number }
type Period = { tenantId: string; queueName: string; counters: Counters; latency: Latency; failure: Failure | null }

export type QueueStatistics = Part & {
  record(run: PackRun): void
  /** A batch is done, with everything that came of its messages. */
  settled(batch: { queueName: string; acceptedAt: number; messages: readonly Message[] }): void
}

const periodMs = 60_000
const dayS = 86_400
/** Of an error text in the time series. */
const longestError = 2_048

/**
 * Figures of each queue for each tenant, as time series of the tenant's QUEUE_STATS entity of this service: gathered in
 * memory and written once a minute, for those that had messages. What a process had not written when it dies is gone.
 */
export const createQueueStatistics = (options: {
  database: Pick<Database, 'queueStats'>
  telemetry: Pick<TelemetryWriter, 'save'>
  limits: Pick<TenantLimits, 'of'>
  serviceId: string
  now(): number
  logger: Logger
  metrics: Metrics
}): QueueStatistics => {
  const { serviceId, logger, metrics } = options
  let periods = new Map<string, Period>()
  const ids = new LRUCache<string, string>(upTo(10_000))
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const periodOf = (tenantId: string, queueName: string): Period => {
    const key = `${tenantId}/${queueName}`
    const known = periods.get(key)
    if (known) return known
    const counters: Counters = { ...noCounts }
    const latency = { messages: 0, totalMs: 0, longestMs: 0 }
    const made = { tenantId, queueName, counters, latency, failure: null }
    periods.set(key, made)
    return made
  }

  const record = ({ settings, messages, results, isRetried }: PackRun): void => {
    const touched = new Set<Period>()
    const failing = new Set<Period>()
    const sums = new Map<string, number>()
    let period: Period | undefined
    messages.forEach(({ tenantId }, at) => {
      if (period?.tenantId !== tenantId) {
        period = periodOf(tenantId, settings.name)
        touched.add(period)
      }
      const result = results[at]
      const name = counterOf(result?.outcome, isRetried(at))
      period.counters.totalMsgs++
      period.counters[name]++
      sums.set(name, (sums.get(name) ?? 0) + 1)
      if (name === 'successfulMsgs') return
      failing.add(period)
      period.failure ??= result?.failures[0] ?? null
    })
    for (const one of touched) one.counters[failing.has(one) ? 'failedIterations' : 'successfulIterations']++
    if (touched.size === 0) return
    for (const [outcome, count] of sums) metrics.queueMessages.inc({ queue: settings.name, outcome }, count)
    metrics.queueRuns.inc({ queue: settings.name, outcome: failing.size > 0 ? 'failed' : 'successful' })
  }

  const settled: QueueStatistics['settled'] = ({ queueName, acceptedAt, messages }) => {
    // Another process took it over, by its own clock.
    const tookMs = Math.max(0, options.now() - acceptedAt)
    let period: Period | undefined
    for (const { tenantId } of messages) {
      if (period?.tenantId !== tenantId) period = periodOf(tenantId, queueName)
      const { latency } = period
      latency.messages++
      latency.totalMs += tookMs
      latency.longestMs = Math.max(latency.longestMs, tookMs)
    }
  }

  const idOf = async ({ tenantId, queueName }: Period): Promise<string> => {
    const key = `${tenantId}/${queueName}`
    const known = ids.get(key)
    if (known) return known
    const { id } = await options.database.queueStats.ensure({ tenantId, queueName, serviceId })
    ids.set(key, id.id)
    return id.id
  }

  const write = async (period: Period, ts: number): Promise<void> => {
    const { tenantId, counters, latency, failure } = period
    const limits = await options.limits.of(tenantId)
    const entity = entityId('QUEUE_STATS', await idOf(period))
    const common = { entityId: entity, saveTimeseries: true, saveLatest: true, notifyLive: true }
    const entries = counterNames.map((key): TsKvEntry => ({ key, ts, type: 'LONG', value: counters[key] }))
    if (latency.messages > 0) {
      entries.push({ key: 'averageLatencyMs', ts, type: 'DOUBLE', value: latency.totalMs / latency.messages })
      entries.push({ key: 'maxLatencyMs', ts, type: 'LONG', value: latency.longestMs })
    }
    const saves = [{ ...common, entries, ttlSeconds: limits.queueStatsTtlDays * dayS }]
    if (failure) {
      const { ruleChainId, ruleNodeId, error } = failure
      const value = JSON.stringify({ ruleChainId, ruleNodeId, message: error.slice(0, longestError) })
      const entry: TsKvEntry = { key: 'ruleEngineException', ts, type: 'JSON', value }
      saves.push({ ...common, entries: [entry], ttlSeconds: limits.ruleEngineExceptionsTtlDays * dayS })
    }
    await options.telemetry.save(tenantId, saves)
  }

  /** A tenant whose figures cannot be written does not keep those of others back. */
  const flush = async (): Promise<void> => {
    const ended = periods
    periods = new Map()
    const ts = options.now()
    for (const period of ended.values()) {
      try {
        await write(period, ts)
      } catch (error) {
        const { tenantId, queueName } = period
        logger.warn({ tenantId, queue: queueName, ...errorFields(error) }, 'figures of a queue were not written')
      }
    }
  }

  return {
    name: 'queue statistics',
    record,
    settled,
    start: async () => {
      timer = setInterval(() => {
        writing = writing.then(flush)
      }, periodMs)
    },
    stop: async (deadlineMs) => {
      if (timer) clearInterval(timer)
      let cutOff: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        cutOff = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
      })
      // The database may be away; figures are not worth waiting for it.
      await Promise.race([writing.then(flush), late])
      clearTimeout(cutOff)
    },
  }
}

const noCounts: Counters = {
  totalMsgs: 0,
  successfulMsgs: 0,
  tmpTimeout: 0,
  tmpFailed: 0,
  timeoutMsgs: 0,
  failedMsgs: 0,
  successfulIterations: 0,
  failedIterations: 0,
}

const counterOf = (outcome: RunResult['outcome'] | undefined, isRetried: boolean): keyof Counters => {
  if (outcome === 'dead-lettered') return isRetried ? 'tmpFailed' : 'failedMsgs'
  if (outcome === 'timed-out') return isRetried ? 'tmpTimeout' : 'timeoutMsgs'
  return 'successfulMsgs'
}
