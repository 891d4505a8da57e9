import type { Message, MessageBatch } from '@thingwire/contracts'
import { AppError, defaultQueueName } from '@thingwire/contracts'
import { Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import { errorFields } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import { durabilityProblems, type OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { createLane, type Lane, systemLaneClock } from './lane.ts'
import { partitionOf } from './partition.ts'

export type UplinkQueue = Part & {
  /** Resolves when the messages, all of one originator, are on disk. Rejects with QUEUE_OVERLOADED or QUEUE_UNAVAILABLE. */
  submit(queueName: string, originatorId: string, messages: readonly Message[], bytes: number): Promise<void>
  /** The same for messages that rule nodes make: not refused for a long queue, which only they can shorten. */
  submitInternal(queueName: string, originatorId: string, messages: readonly Message[], bytes: number): Promise<void>
  /** Messages that wait in the queue, as this process estimates them. */
  pendingMessages(): number
  ping(): Promise<void>
}

/**
 * Counts what a batch holds, in the transaction that adds its job. A lane has one write in flight, so "the last batch
 * of this lane" is enough to know that a repeated write was counted already. Answers how many jobs wait.
 *
 * KEYS: accepted counts of the minute, index of minutes, last batch by lane, BullMQ's wait list.
 * ARGV: lane, batch id, minute, then tenant and count in turn.
 */
const acceptScript = `
if redis.call('HGET', KEYS[3], ARGV[1]) ~= ARGV[2] then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
  redis.call('EXPIRE', KEYS[3], 86400)
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[3])
  for i = 4, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
return redis.call('LLEN', KEYS[4])
`
const acceptCommand = 'twAccept'

const pollBacklogMs = 500
const maxBatchBytes = 4 * 1024 * 1024
/** Per lane; with eight partitions at most 256 MB of device payloads wait in this process. */
const maxBufferedBytes = 32 * 1024 * 1024

type OpenLane = { lane: Lane; queue: Queue; name: string }

export const createUplinkQueue = (options: {
  openRedis: OpenRedis
  processId: string
  partitions: number
  maxBatchMessages: number
  maxPending: number
  logger: Logger
  metrics: Metrics
}): UplinkQueue => {
  const { logger, metrics } = options
  const lanes = new Map<string, OpenLane>()
  const knownQueues = new Set<string>()
  let redis: Redis | null = null
  let pollTimer: NodeJS.Timeout | null = null
  let estimatedPending = 0
  let isStopping = false

  const connected = (): Redis => {
    if (!redis) throw new AppError('QUEUE_UNAVAILABLE', 'The queue is not started')
    return redis
  }

  const write = async (name: string, queue: Queue, batch: MessageBatch): Promise<{ waitingJobs: number }> => {
    const minute = Math.floor(batch.acceptedAt / 60_000) * 60_000
    const perTenant = new Map<string, number>()
    for (const { tenantId } of batch.messages) perTenant.set(tenantId, (perTenant.get(tenantId) ?? 0) + 1)
    const connection = connected()
    if (connection.status !== 'ready') throw new AppError('QUEUE_UNAVAILABLE')
    const client = await queue.getBackend().client
    const transaction = client.multi()
    const job = new Job(queue, 'batch', batch, { removeOnComplete: true, attempts: 1 }, batch.batchId)
    // Enqueued on the transaction at once; the promise carries nothing of interest.
    void job.addJob(transaction)
    transaction.runCommand(acceptCommand, [
      redisKeys.ledgerAccepted(minute),
      redisKeys.ledgerMinutes,
      redisKeys.laneWrites(options.processId),
      queue.toKey('wait'),
      name,
      batch.batchId,
      minute,
      ...[...perTenant].flat(),
    ])
    const results = (await transaction.exec()) ?? []
    for (const [error] of results) {
      if (!error) continue
      // The server lost its scripts without the connection knowing: a new connection sends them in full.
      if (error.message.includes('NOSCRIPT')) connection.disconnect(true)
      throw error
    }
    const waitingJobs = Number(results.at(-1)?.[1] ?? 0)
    metrics.batchMessages.observe(batch.messages.length)
    return { waitingJobs }
  }

  const openLane = (queueName: string, partition: number): OpenLane => {
    const name = redisKeys.queue(queueName, partition)
    const existing = lanes.get(name)
    if (existing) return existing
    const queue = new Queue(name, {
      connection: connected(),
      prefix: redisKeys.bullPrefix,
      skipVersionCheck: true,
      skipWaitingForReady: true,
      streams: { events: { maxLen: 100 } },
    })
    queue.on('error', (error) => logger.debug({ queue: name, ...errorFields(error) }, 'queue error'))
    const lane = createLane({
      write: async (batch) => {
        await announceQueue(queueName)
        return write(name, queue, batch)
      },
      clock: systemLaneClock,
      maxBatchMessages: options.maxBatchMessages,
      maxBatchBytes,
      maxBufferedMessages: Math.max(4 * options.maxBatchMessages, 2_000),
      maxBufferedBytes,
      onRetry: (error, attempt) => {
        metrics.queueRetries.inc()
        if (attempt % 10 === 0)
          logger.warn({ queue: name, attempt, ...errorFields(error) }, 'batch not written; repeating')
      },
    })
    const opened = { lane, queue, name }
    lanes.set(name, opened)
    return opened
  }

  /** The rule runner serves every queue named in this set; a queue must be in it before its first job. */
  const announceQueue = async (queueName: string): Promise<void> => {
    if (knownQueues.has(queueName)) return
    await connected().sadd(redisKeys.queueNames, queueName)
    knownQueues.add(queueName)
  }

  const recordPartitions = async (connection: Redis): Promise<void> => {
    const recorded = Number((await connection.get(redisKeys.queuePartitions)) ?? 0)
    if (recorded !== 0 && recorded !== options.partitions)
      logger.warn(
        { recorded, configured: options.partitions },
        'QUEUE_PARTITIONS differs from before: order across the change is not kept for messages still queued',
      )
    if (options.partitions > recorded) await connection.set(redisKeys.queuePartitions, options.partitions)
  }

  const observeBacklog = async (): Promise<void> => {
    if (redis?.status === 'ready' && lanes.size > 0) {
      const open = [...lanes.values()]
      const pipeline = redis.pipeline()
      for (const { queue } of open) pipeline.llen(queue.toKey('wait'))
      const results = await pipeline.exec()
      results?.forEach(([error, length], index) => {
        if (!error) open[index]?.lane.observeWaitingJobs(Number(length))
      })
    }
    estimatedPending = 0
    for (const { lane } of lanes.values()) estimatedPending += lane.pendingMessages()
    metrics.queuePending.set(estimatedPending)
  }

  const push = async (queueName: string, originatorId: string, messages: readonly Message[], bytes: number) => {
    if (isStopping) throw new AppError('QUEUE_UNAVAILABLE', 'The engine is stopping')
    const { lane } = openLane(safeQueueName(queueName), partitionOf(originatorId, options.partitions))
    if (messages.length <= options.maxBatchMessages) return lane.push(messages, bytes)
    // One after the other: an uplink larger than the lane's buffer must get through, and in order.
    for (let from = 0; from < messages.length; from += options.maxBatchMessages) {
      const part = messages.slice(from, from + options.maxBatchMessages)
      await lane.push(part, (bytes * part.length) / messages.length)
    }
  }

  return {
    name: 'uplink queue',
    start: async () => {
      const connection = options.openRedis('writes')
      connection.defineCommand(acceptCommand, { numberOfKeys: 4, lua: acceptScript })
      redis = connection
      await connection.connect()
      const problems = await durabilityProblems(connection)
      for (const warning of problems.warn) logger.warn({}, warning)
      if (problems.refuse.length > 0) throw new Error(problems.refuse.join('; '))
      await recordPartitions(connection)
      for (let partition = 0; partition < options.partitions; partition++) openLane(defaultQueueName, partition)
      pollTimer = setInterval(() => {
        observeBacklog().catch((error: unknown) => logger.debug(errorFields(error), 'backlog not read'))
      }, pollBacklogMs)
    },
    stop: async (deadlineMs) => {
      isStopping = true
      if (pollTimer) clearInterval(pollTimer)
      await Promise.all([...lanes.values()].map(({ lane }) => lane.drain(deadlineMs)))
      redis?.disconnect()
    },
    submit: async (queueName, originatorId, messages, bytes) => {
      if (estimatedPending > options.maxPending) throw new AppError('QUEUE_OVERLOADED')
      await push(queueName, originatorId, messages, bytes)
    },
    submitInternal: (queueName, originatorId, messages, bytes) => push(queueName, originatorId, messages, bytes),
    pendingMessages: () => estimatedPending,
    ping: async () => {
      await connected().ping()
    },
  }
}

/** Queue names become parts of Redis keys; one that cannot is served by the default queue, as an unknown one is. */
const safeQueueName = (name: string): string => (/^[\w.-]{1,100}$/.test(name) ? name : defaultQueueName)
