import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../../redis-keys.ts'

type Ticket = { userId: string; provider: 'SMS' | 'EMAIL' }

const storedSchema = z.object({ hash: z.string(), contact: z.string() })
const digits = 6

/** Bound to its owner and address: a code that was sent elsewhere fits nowhere. */
const hashOf = ({ userId, provider }: Ticket, contact: string, code: string): string =>
  createHash('sha256').update([userId, provider, contact, code].join('\n')).digest('base64url')

const unavailable = (cause: unknown): never => {
  throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause })
}

/** Codes that are sent to somebody's mailbox or phone; they live in Redis, hashed, until they expire or are used. */
export const createSentCodes = (redis: Redis) => ({
  /** Makes a code and has it delivered. Throws 429 when the last one is too young. Times are in seconds. */
  send: async (
    ticket: Ticket,
    contact: string,
    options: { lifetimeSeconds: number; pauseSeconds: number; deliver: (code: string) => Promise<void> },
  ): Promise<void> => {
    const pause = redisKeys.secondFactorPause(ticket.userId, ticket.provider)
    const isFree = await redis.set(pause, '1', 'EX', options.pauseSeconds, 'NX').catch(unavailable)
    if (isFree === null) throw new AppError('RATE_LIMITED', 'Too many requests')
    const code = String(randomInt(10 ** digits)).padStart(digits, '0')
    const stored = JSON.stringify({ hash: hashOf(ticket, contact, code), contact })
    const key = redisKeys.secondFactorCode(ticket.userId, ticket.provider)
    try {
      await redis.set(key, stored, 'EX', options.lifetimeSeconds).catch(unavailable)
      await options.deliver(code)
    } catch (error) {
      // Nothing arrived, so nobody has to wait for the next attempt.
      await redis.del(pause, key).catch(() => {})
      throw error
    }
  },

  /** Whether the code is the one that was sent to this address last. A right one is used up. */
  take: async (ticket: Ticket, contact: string, code: string): Promise<boolean> => {
    const key = redisKeys.secondFactorCode(ticket.userId, ticket.provider)
    const stored = await redis.get(key).catch(unavailable)
    if (!stored) return false
    const parsed = storedSchema.parse(JSON.parse(stored))
    const offered = hashOf(ticket, contact, code.trim())
    if (!timingSafeEqual(Buffer.from(offered), Buffer.from(parsed.hash))) return false
    // Of two requests with the same right code one deletes it.
    return (await redis.del(key).catch(unavailable)) === 1
  },
})

export type SentCodes = ReturnType<typeof createSentCodes>
