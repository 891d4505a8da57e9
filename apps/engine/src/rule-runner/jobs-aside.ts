import { AppError } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'
import type { PlaceInLine, QueueLine } from './queue-line.ts'

/**
 * A job whose batch waits for slow nodes alone leaves the list of active jobs, of which a partition has one, so that the
 * next one can begin on any process. It stays locked by its worker, and comes back to end. Of a process that has died the
 * jobs go back to where they came from.
 */
export type JobsAside = {
  /** `laneKeys`: of what is under way in it; other processes keep to the order of these, too. */
  put(jobId: string, laneKeys: Iterable<string>): Promise<void>
  /** False: it was taken for dead, and somebody else has it now. */
  takeBack(jobId: string): Promise<boolean>
  /**
   * Sees to it that batches of this process line up behind those that other processes have set aside. Rejects with
   * QUEUE_UNAVAILABLE.
   */
  lookAround(line: QueueLine): Promise<void>
}

/** KEYS: active, aside, marker. ARGV: job, its lanes. */
const putScript = `
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[3], 0, '0')
return 1
`

/** KEYS: active, aside. ARGV: job. */
const takeBackScript = `
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('LPUSH', KEYS[1], ARGV[1])
return 1
`

/**
 * Jobs without a lock, in the order in which they had begun, to the head of the queue. KEYS: wait, aside, marker. ARGV:
 * prefix of job keys.
 */
const reclaimScript = `
local lost = {}
for _, id in ipairs(redis.call('HKEYS', KEYS[2])) do
  if redis.call('EXISTS', ARGV[1] .. id .. ':lock') == 0 then
    redis.call('HDEL', KEYS[2], id)
    local began = redis.call('HGET', ARGV[1] .. id, 'processedOn')
    if began then table.insert(lost, {id, tonumber(began)}) end
  end
end
if #lost == 0 then return 0 end
table.sort(lost, function(a, b) return a[2] > b[2] end)
for _, job in ipairs(lost) do redis.call('RPUSH', KEYS[1], job[1]) end
redis.call('ZADD', KEYS[3], 0, '0')
return #lost
`

const lanesSchema = z.array(z.string())

/** How often it is asked whether jobs of other processes have ended. */
const lookMs = 50

const keysOf = (partition: string) => {
  const base = `${redisKeys.bullPrefix}:${partition}`
  return { base, wait: `${base}:wait`, active: `${base}:active`, marker: `${base}:marker` }
}

/** Puts jobs that a dead process had set aside back into their queue; answers how many. */
export const reclaimJobsAside = async (redis: Redis, partition: string): Promise<number> => {
  const { base, wait, marker } = keysOf(partition)
  const keys = [wait, redisKeys.jobsAside(partition), marker]
  return Number(await redis.eval(reclaimScript, keys.length, ...keys, `${base}:`))
}

export const createJobsAside = (redis: Redis, partition: string): JobsAside => {
  const { active, marker } = keysOf(partition)
  const aside = redisKeys.jobsAside(partition)
  const own = new Set<string>()
  const foreign = new Map<string, PlaceInLine>()
  let timer: NodeJS.Timeout | null = null

  const watch = (): void => {
    if (timer || foreign.size === 0) return
    timer = setTimeout(() => {
      redis
        .hkeys(aside)
        .then((ids) => forget(new Set(ids)))
        // Whoever waits for them goes on waiting.
        .catch(() => {})
        .finally(() => {
          timer = null
          watch()
        })
    }, lookMs)
    timer.unref()
  }
  const forget = (left: ReadonlySet<string>): void => {
    for (const [id, place] of foreign) {
      if (left.has(id)) continue
      foreign.delete(id)
      place.leave()
    }
  }

  return {
    put: async (jobId, laneKeys) => {
      own.add(jobId)
      await redis.eval(putScript, 3, active, aside, marker, jobId, JSON.stringify([...laneKeys]))
    },
    takeBack: async (jobId) => {
      const isOurs = Number(await redis.eval(takeBackScript, 2, active, aside, jobId)) === 1
      own.delete(jobId)
      return isOurs
    },
    lookAround: async (line) => {
      const jobs = await redis.hgetall(aside).catch((error: unknown) => {
        throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
      })
      for (const [id, text] of Object.entries(jobs)) {
        if (own.has(id) || foreign.has(id)) continue
        const place = line.enter(() => [])
        place.standAside(lanesSchema.parse(JSON.parse(text)))
        foreign.set(id, place)
      }
      forget(new Set(Object.keys(jobs)))
      watch()
    },
  }
}
