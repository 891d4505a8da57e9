import type { Message, MessageBatch } from '@thingwire/contracts'
import { AppError, nullUuid } from '@thingwire/contracts'
import { Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import { errorFields } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import { durabilityProblems, type OpenRedis } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { createLane, type Lane, systemLaneClock } from './lane.ts'
import { partitionOf } from './partition.ts'
import type { QueueDirectory } from './queue-directory.ts'
import type { QueueSettings } from './queue-settings.ts'
import { inTransaction } from './transaction.ts'

export type UplinkQueue = Part & {
  /**
   * Resolves when the messages, all of one tenant and originator, are on disk in the queue of this name, or in Main when
   * there is none. Rejects with QUEUE_OVERLOADED or QUEUE_UNAVAILABLE.
   */
  submit(queueName: string, originatorId: string, messages: readonly Message[], bytes: number): Promise<void>
  /** The same for messages that rule nodes make: not refused for a long queue, which only they can shorten. */
  submitInternal(queueName: string, originatorId: string, messages: readonly Message[], bytes: number): Promise<void>
  /** Where messages of an originator go in the queue of this name: the same text, the same partition. */
  placeOf(tenantId: string, queueName: string, originatorId: string): string
  /**
   * Puts messages of one tenant and partition into the queue as one batch of this id. Once, however often it is asked for,
   * until `forgetOnce`; but only one may ask at a time.
   */
  submitOnce(batchId: string, queueName: string, messages: readonly Message[]): Promise<void>
  /** Nobody will ask for this batch again. */
  forgetOnce(batchId: string): Promise<void>
  /** Messages that wait in the queue, as this process estimates them. */
  pendingMessages(): number
  ping(): Promise<void>
}

/**
 * Counts what a batch holds, in the transaction that adds its job. A lane has one write in flight, so "the last batch
 * of this lane" is enough to know that a repeated write was counted already. Where the queue has fewer partitions than
 * this one, those who work it off are told: no job may stand where nobody looks. Answers how many jobs wait.
 *
 * KEYS: accepted counts of the minute, index of minutes, last batch by lane, BullMQ's wait list, layouts.
 * ARGV: lane, batch id, minute, queue key, its partition, channel of growth, then tenant and count in turn.
 */
const acceptScript = `
if tonumber(redis.call('HGET', KEYS[5], ARGV[4]) or '0') <= tonumber(ARGV[5]) then
  redis.call('HSET', KEYS[5], ARGV[4], ARGV[5] + 1)
  redis.call('PUBLISH', ARGV[6], ARGV[4])
end
if redis.call('HGET', KEYS[3], ARGV[1]) ~= ARGV[2] then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
  redis.call('EXPIRE', KEYS[3], 86400)
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[3])
  for i = 7, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
return redis.call('LLEN', KEYS[4])
`
const acceptCommand = 'twAccept'

const pollBacklogMs = 500
const maxBatchBytes = 4 * 1024 * 1024
/** Per lane; with ten partitions at most 320 MB of device payloads of one queue wait in this process. */
const maxBufferedBytes = 32 * 1024 * 1024

type OpenLane = { lane: Lane; queue: Queue; name: string; queueKey: string }

export const createUplinkQueue = (options: {
  openRedis: OpenRedis
  processId: string
  directory: QueueDirectory
  maxBatchMessages: number
  maxPending: number
  logger: Logger
  metrics: Metrics
}): UplinkQueue => {
  const { directory, logger, metrics } = options
  const lanes = new Map<string, OpenLane>()
  let redis: Redis | null = null
  let pollTimer: NodeJS.Timeout | null = null
  let estimatedPending = 0
  let isStopping = false

  const connected = (): Redis => {
    if (!redis) throw new AppError('QUEUE_UNAVAILABLE', 'The queue is not started')
    return redis
  }

  /** `counter` is the field of the hash `counters` that holds the id of the last batch that was counted. */
  type Place = { queueKey: string; partition: number; queue: Queue; counters: string; counter: string }
  const write = async (place: Place, batch: MessageBatch): Promise<{ waitingJobs: number }> => {
    const { queue } = place
    const minute = Math.floor(batch.acceptedAt / 60_000) * 60_000
    const perTenant = new Map<string, number>()
    for (const { tenantId } of batch.messages) perTenant.set(tenantId, (perTenant.get(tenantId) ?? 0) + 1)
    const connection = connected()
    if (connection.status !== 'ready') throw new AppError('QUEUE_UNAVAILABLE')
    const client = await queue.getBackend().client
    const job = new Job(queue, 'batch', batch, { removeOnComplete: true, attempts: 1 }, batch.batchId)
    const [, waitingJobs] = await inTransaction(connection, () => [
      job.addJob(client),
      client.runCommand(acceptCommand, [
        redisKeys.ledgerAccepted(minute),
        redisKeys.ledgerMinutes,
        place.counters,
        queue.toKey('wait'),
        redisKeys.queueLayouts,
        place.counter,
        batch.batchId,
        minute,
        place.queueKey,
        place.partition,
        redisChannels.queueGrown,
        ...[...perTenant].flat(),
      ]),
    ])
    metrics.batchMessages.observe(batch.messages.length)
    return { waitingJobs: Number(waitingJobs) }
  }

  const openLane = ({ key: queueKey }: QueueSettings, partition: number): OpenLane => {
    const name = redisKeys.queue(queueKey, partition)
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
      write: (batch) =>
        write({ queueKey, partition, queue, counters: redisKeys.laneWrites(options.processId), counter: name }, batch),
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
    const opened = { lane, queue, name, queueKey }
    lanes.set(name, opened)
    return opened
  }

  /** Lanes of queues that are deleted; messages that name them go to Main by now. */
  const closeDeserted = async (): Promise<void> => {
    for (const { lane, queue, name, queueKey } of [...lanes.values()]) {
      if (!lane.isIdle() || directory.ofKey(queueKey) !== null || queueKey === directory.main().key) continue
      lanes.delete(name)
      await queue.close()
    }
  }

  const observeBacklog = async (): Promise<void> => {
    await closeDeserted()
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

  /** A partition has its share of what may wait: one that stands still must not refuse the devices of all others. */
  const laneFor = (queueName: string, originatorId: string, tenantId: string | undefined) => {
    if (isStopping) throw new AppError('QUEUE_UNAVAILABLE', 'The engine is stopping')
    const settings = directory.find(tenantId ?? nullUuid, queueName)
    const { lane } = openLane(settings, partitionOf(originatorId, settings.partitions))
    return { lane, isFull: lane.pendingMessages() > options.maxPending / settings.partitions }
  }

  const push = async (lane: Lane, messages: readonly Message[], bytes: number): Promise<void> => {
    if (messages.length <= options.maxBatchMessages) return lane.push(messages, bytes)
    // One after the other: an uplink larger than the lane's buffer must get through, and in order.
    for (let from = 0; from < messages.length; from += options.maxBatchMessages) {
      const part = messages.slice(from, from + options.maxBatchMessages)
      await lane.push(part, (bytes * part.length) / messages.length)
    }
  }

  const submitOnce: UplinkQueue['submitOnce'] = async (batchId, queueName, messages) => {
    const [first] = messages
    if (!first) return
    if (await connected().hexists(redisKeys.onceWritten, batchId)) return
    const settings = directory.find(first.tenantId, queueName)
    const partition = partitionOf(first.originator.id, settings.partitions)
    const { queue } = openLane(settings, partition)
    const counted = { counters: redisKeys.onceWritten, counter: batchId }
    const batch: MessageBatch = { version: 1, batchId, acceptedAt: Date.now(), messages: [...messages] }
    try {
      await write({ queueKey: settings.key, partition, queue, ...counted }, batch)
    } catch (error) {
      throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
    }
  }

  return {
    name: 'uplink queue',
    start: async () => {
      const connection = options.openRedis('writes')
      connection.defineCommand(acceptCommand, { numberOfKeys: 5, lua: acceptScript })
      redis = connection
      await connection.connect()
      const problems = await durabilityProblems(connection)
      for (const warning of problems.warn) logger.warn({}, warning)
      if (problems.refuse.length > 0) throw new Error(problems.refuse.join('; '))
      const main = directory.main()
      for (let partition = 0; partition < main.partitions; partition++) openLane(main, partition)
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
      const { lane, isFull } = laneFor(queueName, originatorId, messages[0]?.tenantId)
      if (isFull) throw new AppError('QUEUE_OVERLOADED')
      await push(lane, messages, bytes)
    },
    submitInternal: async (queueName, originatorId, messages, bytes) =>
      push(laneFor(queueName, originatorId, messages[0]?.tenantId).lane, messages, bytes),
    placeOf: (tenantId, queueName, originatorId) => {
      const settings = directory.find(tenantId, queueName)
      return redisKeys.queue(settings.key, partitionOf(originatorId, settings.partitions))
    },
    submitOnce,
    forgetOnce: async (batchId) => {
      await connected().hdel(redisKeys.onceWritten, batchId)
    },
    pendingMessages: () => estimatedPending,
    ping: async () => {
      await connected().ping()
    },
  }
}
