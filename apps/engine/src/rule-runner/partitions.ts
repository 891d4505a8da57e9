import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { QueueDirectory } from '../queue/queue-directory.ts'
import { redisKeys } from '../redis-keys.ts'
import { reclaimJobsAside } from './jobs-aside.ts'
import { createPartitionWorker, type PartitionJob, type PartitionWorker } from './partition-worker.ts'

const discoverMs = 5_000

/**
 * Takes the last partition out of a queue's layout when nothing is in it. Whoever adds a job puts the partition back in
 * the same step, so that none is left where nobody looks.
 * KEYS: layouts, then the partition's wait, active, delayed, paused, prioritized, failed and jobs aside. ARGV: queue key, partition.
 */
const retireScript = `
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') ~= ARGV[2] + 1 then return 0 end
for i = 2, 3 do if redis.call('LLEN', KEYS[i]) > 0 then return 0 end end
if redis.call('ZCARD', KEYS[4]) > 0 or redis.call('LLEN', KEYS[5]) > 0 then return 0 end
if redis.call('ZCARD', KEYS[6]) > 0 or redis.call('ZCARD', KEYS[7]) > 0 then return 0 end
if redis.call('EXISTS', KEYS[8]) == 1 then return 0 end
if tonumber(ARGV[2]) == 0 then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
return 1
`

/**
 * What an earlier version left in its queues is worked off, too.
 * KEYS: layouts, former set of queues, former number of partitions.
 */
const adoptScript = `
local partitions = redis.call('GET', KEYS[3])
if not partitions then return end
for _, name in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  local known = tonumber(redis.call('HGET', KEYS[1], name) or '0')
  if known < tonumber(partitions) then redis.call('HSET', KEYS[1], name, partitions) end
end
redis.call('DEL', KEYS[2], KEYS[3])
`

/**
 * The workers of this process: one for each partition of each queue that has been used, and for Main. A queue that is
 * deleted, or has fewer partitions than before, keeps its workers until what it holds is worked off.
 */
export const createPartitions = (options: {
  directory: QueueDirectory
  run(job: PartitionJob & { queueKey: string; partition: string }): Promise<void>
  isStopping(): boolean
  logger: Logger
}) => {
  const { directory, logger } = options
  const workers = new Map<string, PartitionWorker>()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let discovering: Promise<void> = Promise.resolve()

  const discoverOnce = async (connection: Redis): Promise<void> => {
    const layouts = new Map(Object.entries(await connection.hgetall(redisKeys.queueLayouts)).map(toLayout))
    for (const [queueKey, partitions] of layouts) {
      const wanted = directory.ofKey(queueKey)?.partitions ?? 0
      let left = partitions
      while (left > wanted && (await retire(connection, queueKey, left - 1))) left--
      layouts.set(queueKey, left)
    }
    const main = directory.main()
    layouts.set(main.key, Math.max(main.partitions, layouts.get(main.key) ?? 0))
    const served = new Set<string>()
    for (const [queueKey, partitions] of layouts) {
      for (let partition = 0; partition < partitions; partition++) {
        served.add(redisKeys.queue(queueKey, partition))
        await serve(connection, queueKey, partition)
        const reclaimed = await reclaimJobsAside(connection, redisKeys.queue(queueKey, partition))
        if (reclaimed > 0) logger.warn({ queue: queueKey, reclaimed }, 'batches of a dead process run again')
      }
    }
    for (const [name, worker] of workers) {
      if (served.has(name)) continue
      workers.delete(name)
      await worker.close()
    }
  }

  const serve = async (connection: Redis, queueKey: string, partition: number): Promise<void> => {
    const name = redisKeys.queue(queueKey, partition)
    if (workers.has(name) || options.isStopping()) return
    const worker = createPartitionWorker({
      name,
      redis: connection,
      run: (job) => options.run({ ...job, queueKey, partition: name }),
      logger,
    })
    workers.set(name, worker)
    await worker.start()
  }

  const discover = (): Promise<void> => {
    const connection = redis
    if (!connection || options.isStopping()) return discovering
    discovering = discovering
      .then(() => discoverOnce(connection))
      .catch((error: unknown) => logger.warn(errorFields(error), 'queues not discovered'))
    return discovering
  }

  return {
    /** Looks at once which queues there are. */
    discover,
    start: async (connection: Redis): Promise<void> => {
      const keys = [redisKeys.queueLayouts, redisKeys.formerQueues, redisKeys.formerPartitions]
      await connection.eval(adoptScript, keys.length, ...keys)
      await discoverOnce(connection)
      redis = connection
      timer = setInterval(() => void discover(), discoverMs)
    },
    /** Takes no more jobs and resolves when those under way have ended. */
    close: async (): Promise<void> => {
      if (timer) clearInterval(timer)
      redis = null
      await discovering
      await Promise.all([...workers.values()].map((worker) => worker.close()))
    },
  }
}

const toLayout = ([queueKey, partitions]: [string, string]): [string, number] => [queueKey, Number(partitions)]

const retire = async (connection: Redis, queueKey: string, partition: number): Promise<boolean> => {
  const base = `${redisKeys.bullPrefix}:${redisKeys.queue(queueKey, partition)}`
  const states = ['wait', 'active', 'delayed', 'paused', 'prioritized', 'failed'].map((state) => `${base}:${state}`)
  const keys = [redisKeys.queueLayouts, ...states, redisKeys.jobsAside(redisKeys.queue(queueKey, partition))]
  return (await connection.eval(retireScript, keys.length, ...keys, queueKey, partition)) === 1
}
