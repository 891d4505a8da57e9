import { defaultQueueName, nullUuid } from '@thingwire/contracts'
import type { BatchSettlement, Database } from '@thingwire/db'
import { type HandlerRegistry, isEnvironmentError, type NodeRegistry } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { AttributesWriter } from '../attributes/attributes-writer.ts'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import { countOutcomes } from '../ledger/outcomes.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { createGroupCommit } from '../telemetry/group-commit.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import { decodeBatch } from './batch-codec.ts'
import { createBatchProcessor } from './batch-processor.ts'
import { createChainCache } from './chain-cache.ts'
import type { ChainCounters } from './chain-counters.ts'
import { createPorts } from './node-ports.ts'
import { Abandoned, createPartitionWorker, type PartitionWorker } from './partition-worker.ts'
import { createProfileLookup } from './profile-lookup.ts'

const discoverMs = 5_000
/** Work that only waits for the environment is given back to the queue this long before the deadline of a stop. */
const giveBackMs = 1_500

export type RuleRunnerOptions = {
  database: Database
  openRedis: OpenRedis
  channels: Channels
  telemetry: TelemetryWriter
  attributes: AttributesWriter
  queue: UplinkQueue
  counters: ChainCounters
  desk: RpcDesk
  replies: Replies
  nodes: NodeRegistry
  handlers: HandlerRegistry
  partitions: number
  logger: Logger
  metrics: Metrics
}

/** Queue job → chains → nodes → settlement → completed. One per process; any number of processes. */
export const createRuleRunner = (options: RuleRunnerOptions): Part => {
  const { database, telemetry, counters, logger, metrics } = options
  const workers = new Map<string, PartitionWorker>()
  const stopping = new AbortController()
  let redis: Redis | null = null
  let discoverTimer: NodeJS.Timeout | null = null
  let discovering: Promise<void> = Promise.resolve()

  const profiles = createProfileLookup(database)
  const chains = createChainCache({
    database,
    nodes: options.nodes,
    handlers: options.handlers,
    portsOf: createPorts({ ...options, profiles }),
    onLoad: (chain, tenantId) => counters.owner(chain.id, tenantId),
    logger,
  })
  const processor = createBatchProcessor({ chains, observe: counters.observe })

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
    const place = await countOutcomes(connection, partition, settlement)
    if (place === 'database') await settlements.add([settlement])
  }

  const run = async (queueName: string, partition: string, data: unknown, jobId: string): Promise<void> => {
    const connection = redis
    if (!connection) throw new Abandoned()
    const stopTimer = metrics.jobSeconds.startTimer()
    const decoded = decodeBatch(data)
    if (!decoded) {
      await untilDone(() => settle(connection, partition, unreadableBatch(queueName, data, jobId)))
      logger.error({ queue: queueName, jobId }, 'a batch could not be read; it is kept as a dead letter')
      return
    }
    const settlement = await untilDone(() => processor.process(decoded, queueName, stopping.signal))
    await untilDone(() => settle(connection, partition, settlement))
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

  const discover = async (connection: Redis): Promise<void> => {
    const names = new Set([defaultQueueName, ...(await connection.smembers(redisKeys.queueNames))])
    const recorded = Number((await connection.get(redisKeys.queuePartitions)) ?? 0)
    const partitions = Math.max(options.partitions, recorded)
    for (const queueName of names) {
      for (let partition = 0; partition < partitions; partition++) {
        const name = redisKeys.queue(queueName, partition)
        if (workers.has(name) || stopping.signal.aborted) continue
        const worker = createPartitionWorker({
          name,
          redis: connection,
          run: (data, jobId) => run(queueName, name, data, jobId),
          logger,
        })
        workers.set(name, worker)
        await worker.start()
      }
    }
  }

  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (event?.kind === 'rule-chain' || event?.kind === 'tenant') chains.forgetTenant(event.tenantId)
    if (event?.kind === 'device') void database.devices.forget(event.id)
    if (event?.kind === 'device' || event?.kind === 'asset') profiles.forgetEntity(event.id)
    if (event?.kind === 'device-profile' || event?.kind === 'asset-profile') profiles.forgetTenant(event.tenantId)
  })
  options.channels.onGap(() => {
    chains.forgetAll()
    profiles.forgetAll()
  })

  return {
    name: 'rule runner',
    start: async () => {
      const connection = options.openRedis('worker')
      redis = connection
      connection.setMaxListeners(0)
      await connection.connect()
      await discover(connection)
      discoverTimer = setInterval(() => {
        discovering = discovering
          .then(() => discover(connection))
          .catch((error: unknown) => logger.warn(errorFields(error), 'queues not discovered'))
      }, discoverMs)
    },
    stop: async (deadlineMs) => {
      if (discoverTimer) clearInterval(discoverTimer)
      await discovering
      const giveBack = setTimeout(
        () => {
          stopping.abort()
          telemetry.abort()
          settlements.abort()
        },
        Math.max(0, deadlineMs - giveBackMs - Date.now()),
      )
      const closed = Promise.all([...workers.values()].map((worker) => worker.close()))
      await Promise.race([closed, pause(Math.max(0, deadlineMs - Date.now()))])
      clearTimeout(giveBack)
      stopping.abort()
      await chains.stop()
      redis?.disconnect()
    },
  }
}

const unreadableBatch = (queueName: string, data: unknown, jobId: string): BatchSettlement => ({
  batchId: jobId,
  acceptedAt: Date.now(),
  outcomes: [],
  deadLetters: [
    {
      id: crypto.randomUUID(),
      tenantId: nullUuid,
      queueName,
      ruleChainId: null,
      ruleNodeId: null,
      error: 'The batch is not in a format that this version can read',
      message: data,
    },
  ],
})

const pause = (delayMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    signal?.addEventListener('abort', done)
  })
