import { type Job, type JobJson, Queue, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisKeys } from '../redis-keys.ts'

export type PartitionWorker = {
  start(): Promise<void>
  /** Takes no more jobs and resolves when the one under way has ended. */
  close(): Promise<void>
}

/** Thrown by a job that must run again later: nothing of it was settled. */
export class Abandoned extends Error {}

/**
 * A dead process is noticed when its lock has run out and two checks have passed: about eight seconds. Shorter would make
 * a busy process lose its locks to a slow disk.
 */
const lockDurationMs = 5_000
const stalledIntervalMs = 1_500

/**
 * The data of a job whose JSON is broken, so that it reaches the processor and ends as a dead letter. Parsed by BullMQ
 * itself it would throw between fetch and process, and block the partition for ever.
 */
class BatchWorker extends Worker<unknown, void> {
  protected override createJob(data: JobJson, jobId: string): Job<unknown, void> {
    try {
      return super.createJob(data, jobId)
    } catch {
      return super.createJob({ ...data, data: JSON.stringify({ unreadable: data.data }) }, jobId)
    }
  }
}

/**
 * The one consumer of a partition: concurrency 1 in this process, global concurrency 1 over all, so that the messages of
 * an originator stay in order on any number of processes.
 */
export const createPartitionWorker = (options: {
  name: string
  redis: Redis
  /** Throws Abandoned to leave the job in the queue; anything else it throws is treated alike. */
  run(data: unknown, jobId: string): Promise<void>
  logger: Logger
}): PartitionWorker => {
  const { name, redis, logger } = options
  let worker: BatchWorker | null = null

  const process = async (job: Job<unknown, void>, token: string | undefined): Promise<void> => {
    try {
      await options.run(job.data, job.id ?? '')
    } catch (error) {
      if (!(error instanceof Abandoned))
        logger.error({ queue: name, ...errorFields(error) }, 'a batch could not be run')
      // Back to the head of the queue: a failed job would leave it, and its messages would be neither stored nor dead.
      await job.moveToWait(token)
      throw new WaitingError()
    }
  }

  return {
    start: async () => {
      const queue = new Queue(name, { connection: redis, prefix: redisKeys.bullPrefix, skipVersionCheck: true })
      queue.on('error', (error) => logger.debug({ queue: name, ...errorFields(error) }, 'queue error'))
      await queue.setGlobalConcurrency(1)
      worker = new BatchWorker(name, process, {
        connection: redis,
        prefix: redisKeys.bullPrefix,
        concurrency: 1,
        lockDuration: lockDurationMs,
        stalledInterval: stalledIntervalMs,
        // A batch is never given up because its processes died; what is poisonous in it is found message by message.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        runRetryDelay: 500,
        drainDelay: 5,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 1_000 },
        skipVersionCheck: true,
      })
      worker.on('error', (error) => logger.debug({ queue: name, ...errorFields(error) }, 'worker error'))
      worker.on('stalled', (jobId) => logger.warn({ queue: name, jobId }, 'a batch of a dead process runs again'))
    },
    close: async () => {
      await worker?.close()
    },
  }
}
