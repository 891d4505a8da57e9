import { AppError } from '@thingwire/contracts'
import type { Redis } from 'ioredis'

/** Counts, and sets the window's end with the first count only, so that trying on does not extend the wait. */
const countScript = `
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('TTL', KEYS[1])}`

/**
 * One attempt more within a window, over all processes.
 * @returns How many there are now, this one included, and the seconds until they are forgotten
 */
export const countAttempt = async (
  redis: Redis,
  key: string,
  windowSeconds: number,
): Promise<{ attempts: number; waitSeconds: number }> => {
  const answer = await redis.eval(countScript, 1, key, windowSeconds).catch((cause: unknown) => {
    // Without the counter codes and passwords could be guessed without end, so nobody signs in until Redis is back.
    throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause })
  })
  const [attempts, waitSeconds] = Array.isArray(answer) ? answer.map(Number) : []
  return { attempts: attempts ?? 0, waitSeconds: Math.max(1, waitSeconds ?? windowSeconds) }
}
