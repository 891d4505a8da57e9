import { createHash } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'
import { countAttempt } from './attempt-counter.ts'

export type SignInLimits = { perAccountAndAddress: number; perAddress: number; windowSeconds: number }

export const defaultSignInLimits: SignInLimits = { perAccountAndAddress: 10, perAddress: 100, windowSeconds: 300 }

/**
 * Slows guessing of passwords, over all processes. An attempt is counted before the password is looked at, so that
 * parallel attempts cannot slip through; a success gives the account's count back.
 */
export const createSignInLimiter = (redis: Redis, limits: SignInLimits = defaultSignInLimits) => {
  // Names and addresses are personal data; the key needs neither in clear.
  const subject = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32)
  const pairKey = (account: string, address: string) =>
    redisKeys.signInFailures(subject('account', account.toLowerCase(), address))
  const addressKey = (address: string) => redisKeys.signInFailures(subject('address', address))

  const count = async (key: string, limit: number): Promise<void> => {
    const { attempts, waitSeconds } = await countAttempt(redis, key, limits.windowSeconds)
    if (attempts > limit) throw new TooManyAttempts(waitSeconds)
  }

  return {
    /** Throws `TooManyAttempts` when the account or the address has used up its attempts. */
    attempt: async (account: string, address: string): Promise<void> => {
      await count(pairKey(account, address), limits.perAccountAndAddress)
      await count(addressKey(address), limits.perAddress)
    },
    succeeded: async (account: string, address: string): Promise<void> => {
      await redis.del(pairKey(account, address))
      await redis.decr(addressKey(address))
    },
  }
}

export type SignInLimiter = ReturnType<typeof createSignInLimiter>

export class TooManyAttempts extends AppError {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('AUTH_TOO_MANY_ATTEMPTS')
    this.retryAfterSeconds = retryAfterSeconds
  }
}
