import { hostname } from 'node:os'
import type { BatchSettlement, Database } from '@thingwire/db'
import {
  type AlarmsPort,
  type HandlerRegistry,
  isEnvironmentError,
  type NodeRegistry,
  type RouterObserver,
} from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { ChangeRelay } from '../changes/change-relay.ts'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import { countOutcomes } from '../ledger/outcomes.ts'
import type { Part } from '../lifecycle.ts'
import { createAlarmAllowance, withinAllowance } from '../alarms/alarm-allowance.ts'
import { createTenantLimits } from '../limits/tenant-limits.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Outbound } from '../outbound/outbound.ts'
import type { QueueDirectory } from '../queue/queue-directory.ts'
import type { QueueSettings } from '../queue/queue-settings.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'
import { createGroupCommit } from '../telemetry/group-commit.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import type { InputLog } from '../input-log/input-log.ts'
import type { DebugEvents } from '../rule-debug/debug-events.ts'
import type { Tracer } from '../rule-debug/traces.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'
import type { SelfMessages } from '../self-messages/self-messages.ts'
import { decodeBatch } from './batch-codec.ts'
import { createBatchProcessor, type RunResult } from './batch-processor.ts'
import { createChainCache } from './chain-cache.ts'
import type { ChainCounters } from './chain-counters.ts'
import type { NodeTimes } from './live-node.ts'
import { createLiveNodes, type NodeStateObserver } from './live-nodes.ts'
import { createPorts } from './node-ports.ts'
import { createPackRunner } from './pack-runner.ts'
import { Abandoned, type PartitionJob } from './partition-worker.ts'
import { createChangePorts } from './ports/change-ports.ts'
import { createPartitionLines } from './partition-lines.ts'
import { createPartitions } from './partitions.ts'
import { mayBeSlow, patienceMs } from './patience.ts'
import { createProfileLookup } from './profile-lookup.ts'
import { createAlarmRules } from './ports/alarm-rules-port.ts'
import type { FieldDirectory } from '../calculated-fields/field-directory.ts'
import { createFieldScripts } from '../calculated-fields/field-scripts.ts'
import type { FieldUpdates } from '../calculated-fields/field-updates.ts'
import { createFieldWorker } from '../calculated-fields/field-worker.ts'
import { createRememberedReads } from './ports/remembered-reads.ts'
import { createQueueStatistics } from './queue-statistics.ts'
import { createRequeue } from './requeue.ts'
import { settlementOf, unreadableSettlement } from './settlement.ts'
import { createStoreWatch } from './store-watch.ts'

/** Work that only waits for the environment is given back to the queue this long before the deadline of a stop. */
const giveBackMs = 1_500

export type RuleRunnerOptions = {
  database: Database
  openRedis: OpenRedis
  channels: Channels
  changes: Pick<ChangeRelay, 'onChange'>
  telemetry: TelemetryWriter
  attributes: AttributesWriter
  queue: UplinkQueue
  later: SelfMessages
  /** Those who count by chain and must know whose each is. */
  owners: readonly Pick<ChainCounters, 'owner'>[]
  debug: Pick<DebugEvents, 'loaded' | 'evaluated'>
  tracer: Pick<Tracer, 'mark'>
  inputLog: Pick<InputLog, 'note'>
  observe: RouterObserver
  desk: RpcDesk
  replies: Replies
  scripts: Pick<ScriptRunner, 'portOf'>
  outbound: Pick<Outbound, 'portOf'>
  alarms: (tenantId: string) => AlarmsPort
  fieldDirectory: FieldDirectory
  fieldUpdates: FieldUpdates
  liveBus: LiveBus
  audit: AuditTrail
  /** How often one node may report one device, `capacity:seconds,…`. */
  deviceStateRate: string
  nodes: NodeRegistry
  handlers: HandlerRegistry
  nodeTimes?: NodeTimes
  nodeStates?: NodeStateObserver
  directory: QueueDirectory
  logger: Logger
  metrics: Metrics
}

/** Queue job → chains → nodes → settlement → completed. One per process; any number of processes. */
export const createRuleRunner = (options: RuleRunnerOptions): Part => {
  const { database, telemetry, directory, logger, metrics } = options
  const stopping = new AbortController()
  let redis: Redis | null = null

  const profiles = createProfileLookup(database)
  const limits = createTenantLimits(database)
  const store = createStoreWatch(Date.now)
  const reads = createRememberedReads(database)
  const alarmRules = createAlarmRules(database)
  const changePorts = createChangePorts({
    ...options,
    limits,
    redis: () => {
      if (!redis) throw new Abandoned()
      return redis
    },
  })
  const allowance = createAlarmAllowance({ database, limits, now: Date.now })
  const alarms = withinAllowance(options.alarms, allowance)
  const portsOf = createPorts({ ...options, alarms, profiles, changePorts, reads, alarmRules })
  const watchedPortsOf = (tenantId: string) => store.watched(portsOf(tenantId))
  const live = createLiveNodes({
    handlers: options.handlers,
    portsOf: watchedPortsOf,
    ...(options.nodeTimes && { times: options.nodeTimes }),
    ...(options.nodeStates && { states: options.nodeStates }),
    logger,
  })
  const chains = createChainCache({
    database,
    nodes: options.nodes,
    live,
    onLoad: (chain, tenantId) => {
      for (const one of options.owners) one.owner(chain.id, tenantId)
      options.debug.loaded(chain)
    },
    logger,
  })
  const processor = createBatchProcessor({
    chains,
    fields: createFieldWorker({
      directory: options.fieldDirectory,
      database,
      portsOf: watchedPortsOf,
      scripts: createFieldScripts({ portsOf }),
      debug: options.debug,
      logger,
    }),
    mayBeSlow,
    patienceMs,
    observe: options.observe,
    mostExecutions: async (tenantId) => (await limits.of(tenantId)).maxRuleNodeExecutionsPerMessage,
    requeue: createRequeue({ queue: options.queue, later: options.later, profiles }),
  })
  const statistics = createQueueStatistics({
    database,
    telemetry,
    limits,
    serviceId: hostname(),
    now: Date.now,
    logger,
    metrics,
  })
  const runPack = createPackRunner({
    process: (messages, how) => untilDone(() => processor.process(messages, { ...how, signal: stopping.signal })),
    pause: async (untilMs, sooner) => {
      const over = new AbortController()
      const signal = AbortSignal.any([stopping.signal, over.signal])
      await Promise.race([pause(untilMs - Date.now(), signal), sooner]).finally(() => over.abort())
      if (stopping.signal.aborted) throw new Abandoned()
    },
    now: Date.now,
    isStoreSlow: store.isSlow,
    onRun: statistics.record,
    onRetry: ({ name }, retried) => metrics.retriedMessages.inc({ queue: name }, retried),
  })

  const lines = createPartitionLines({ untilDone: (work) => untilDone(work), logger })

  /** Batches with dead letters, of partitions that finish at the same time, are settled together. */
  const settlements = createGroupCommit<BatchSettlement>({
    maxItems: 64,
    maxInFlight: 2,
    write: (batch) => database.ledger.settle(batch),
    onRetry: (error, attempt) => {
      if (attempt % 10 === 0) logger.warn({ attempt, ...errorFields(error) }, 'batches not settled; repeating')
    },
  })

  /**
   * The next batch of the partition waits for this. So what needs no row of its own is counted where the queue stands,
   * and the database hears of it with all others.
   */
  const settle = async (connection: Redis, partition: string, settlement: BatchSettlement): Promise<void> => {
    const place = await countOutcomes(connection, partition, settlement, lines.isBusy(partition))
    if (place === 'database') await settlements.add([settlement])
  }

  type Job = PartitionJob & { queueKey: string; partition: string }
  const run = async (job: Job): Promise<void> => {
    const { queueKey, partition, data, id: jobId } = job
    const connection = redis
    if (!connection) throw new Abandoned()
    const stopTimer = metrics.jobSeconds.startTimer()
    const decoded = decodeBatch(data)
    const settings = (): QueueSettings => directory.ofKey(queueKey) ?? directory.main()
    // What a deleted queue still holds keeps its name.
    const [queueName = queueKey] = queueKey.split('@')
    if (!decoded) {
      await untilDone(() => settle(connection, partition, unreadableSettlement(queueName, data, jobId)))
      logger.error({ queue: queueName, jobId }, 'a batch could not be read; it is kept as a dead letter')
      return
    }
    const { batch, unreadable } = decoded
    options.inputLog.note(batch.messages)
    const settlement = await lines.inLine(
      job,
      { messages: batch.messages, submit: settings().submit },
      async (place) => {
        const results: RunResult[] = await runPack(await options.tracer.mark(batch.messages), settings, place)
        const settled = settlementOf(batch, queueName, { results, unreadable })
        await untilDone(() => settle(connection, partition, settled))
        statistics.settled({ queueName, ...batch })
        return settled
      },
    )
    for (const { stored, finished, deadLettered } of settlement.outcomes) {
      metrics.processed.inc({ outcome: 'stored' }, stored)
      metrics.processed.inc({ outcome: 'finished' }, finished)
      metrics.processed.inc({ outcome: 'dead-lettered' }, deadLettered)
    }
    stopTimer()
  }

  /** While the environment is away a batch waits; it is never given up because of it. */
  const untilDone = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt++) {
      if (stopping.signal.aborted) throw new Abandoned()
      try {
        return await work()
      } catch (error) {
        if (stopping.signal.aborted) throw new Abandoned()
        if (!isEnvironmentError(error)) throw error
        if (attempt % 10 === 0) logger.warn({ attempt, ...errorFields(error) }, 'a batch waits for the environment')
        await pause(Math.min(100 * 2 ** Math.min(attempt, 5), 2_000), stopping.signal)
      }
    }
  }

  const partitions = createPartitions({ directory, run, isStopping: () => stopping.signal.aborted, logger })

  /** Chains in which some node has work without any message. */
  const startAlone = async (): Promise<void> => {
    const types = options.nodes.manifests.flatMap(({ worksAlone, className }) => (worksAlone ? [className] : []))
    for (const { tenantId, ruleChainId } of await database.ruleChains.withNodesOf(types))
      chains.changed(tenantId, ruleChainId)
  }

  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (event) reads.forget(event)
    if (event) alarmRules.forget(event)
    if (event?.kind === 'tenant-profile' || event?.kind === 'tenant') limits.forget()
    if (event?.kind === 'rule-chain') chains.changed(event.tenantId, event.id)
    if (event?.kind === 'tenant') chains.tenantChanged(event.tenantId)
    if (event?.kind === 'script-library') live.retryFailed(event.tenantId)
    if (event?.kind === 'device') void database.devices.forget(event.id)
    if (event?.kind === 'device' || event?.kind === 'asset') profiles.forgetEntity(event.id)
    if (event?.kind === 'device-profile' || event?.kind === 'asset-profile') profiles.forgetTenant(event.tenantId)
  })
  options.channels.onGap(() => {
    chains.allChanged()
    profiles.forgetAll()
    reads.forgetAll()
    alarmRules.forgetAll()
    limits.forget()
  })
  options.changes.onChange(reads.forgetValues)
  options.channels.subscribe(redisChannels.queueGrown, () => void partitions.discover())

  return {
    name: 'rule runner',
    start: async () => {
      const connection = options.openRedis('worker')
      redis = connection
      connection.setMaxListeners(0)
      await connection.connect()
      await partitions.start(connection)
      startAlone().catch((error: unknown) =>
        logger.warn(
          errorFields(error),
          'chains that work without messages are not started; their next message starts them',
        ),
      )
      await statistics.start()
    },
    stop: async (deadlineMs) => {
      const giveBack = setTimeout(
        () => {
          stopping.abort()
          telemetry.abort()
          settlements.abort()
        },
        Math.max(0, deadlineMs - giveBackMs - Date.now()),
      )
      await Promise.race([partitions.close(), pause(Math.max(0, deadlineMs - Date.now()))])
      await statistics.stop(deadlineMs)
      clearTimeout(giveBack)
      stopping.abort()
      await chains.stop()
      redis?.disconnect()
    },
  }
}

const pause = (delayMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = delayMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(done, Math.max(0, delayMs))
    if (signal?.aborted) return done()
    signal?.addEventListener('abort', done)
  })
