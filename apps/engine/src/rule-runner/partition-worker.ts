import { type Job, type JobJson, Queue, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisKeys } from '../redis-keys.ts'
import { createJobsAside, type JobsAside } from './jobs-aside.ts'
import type { QueueLine } from './queue-line.ts'

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
/** How often a worker that ends wakes those of other processes. */
const wakeIntervalMs = 250
/** So many batches of a partition may wait for slow nodes while the next one runs. */
const maxAside = 250

/** A job that a worker has taken. */
export type PartitionJob = {
  data: unknown
  id: string
  /** Waits for slow nodes, for messages of these lanes: the next job of the partition may begin. */
  standAside(laneKeys: Iterable<string>): Promise<void>
  /** To be called before its messages line up: sees to it that those which stand aside in other processes count. */
  lookAround(line: QueueLine): Promise<void>
}

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
 * The one consumer of a partition: global concurrency 1 over all processes, so that the messages of an originator stay in
 * order on any number of them. Jobs that stand aside do not count, and keep others behind them (queue-line.ts).
 */
export const createPartitionWorker = (options: {
  name: string
  redis: Redis
  /** Throws Abandoned to leave the job in the queue; anything else it throws is treated alike. */
  run(job: PartitionJob): Promise<void>
  logger: Logger
}): PartitionWorker => {
  const { name, redis, logger } = options
  let worker: BatchWorker | null = null
  const jobsAside = createJobsAside(redis, name)
  /** Those of this process, in the order in which they began; each resolves when it is gone. */
  const underWay: Promise<void>[] = []

  const process = async (job: Job<unknown, void>, token: string | undefined): Promise<void> => {
    const aside = asideOf(jobsAside, job.id ?? '')
    const gone = Promise.withResolvers<void>()
    underWay.push(gone.promise)
    try {
      await options.run({
        data: job.data,
        id: job.id ?? '',
        standAside: aside.put,
        lookAround: jobsAside.lookAround,
      })
      await aside.takeBack()
    } catch (error) {
      if (!(error instanceof Abandoned))
        logger.error({ queue: name, ...errorFields(error) }, 'a batch could not be run')
      // Those that began later first, so that all of them stand in their order again.
      await underWay[underWay.indexOf(gone.promise) + 1]
      await aside.takeBack()
      // Back to the head of the queue: a failed job would leave it, and its messages would be neither stored nor dead.
      await job.moveToWait(token)
      throw new WaitingError()
    } finally {
      underWay.splice(underWay.indexOf(gone.promise), 1)
      gone.resolve()
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
        concurrency: 1 + maxAside,
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
      if (!worker) return
      // What wakes a waiting worker is taken by one of them. Were it this one as it ends, the others would not look
      // before their wait is over.
      const wakeOthers = () => {
        redis.zadd(`${redisKeys.bullPrefix}:${name}:marker`, 0, '0').catch((error: unknown) => {
          logger.debug({ queue: name, ...errorFields(error) }, 'other workers not woken')
        })
      }
      const waking = setInterval(wakeOthers, wakeIntervalMs)
      try {
        await worker.close()
      } finally {
        clearInterval(waking)
        wakeOthers()
      }
    },
  }
}

/** A job that comes back from where it stood aside, if it did: only active jobs can end. */
const asideOf = (jobs: JobsAside, jobId: string) => {
  let putting: Promise<void> | null = null
  return {
    put: (laneKeys: Iterable<string>): Promise<void> => {
      putting ??= jobs.put(jobId, laneKeys)
      return putting
    },
    takeBack: async (): Promise<void> => {
      if (!putting) return
      const given = putting
      putting = null
      await given.catch(() => {})
      // Somebody else has it: BullMQ, too, finds that it is locked by another, or by nobody.
      await jobs.takeBack(jobId)
    },
  }
}
