import { AppError, type User } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import type { AuditTrail } from '../../audit/audit-trail.ts'
import { redisKeys } from '../../redis-keys.ts'
import { countAttempt } from '../attempt-counter.ts'
import { principalOf } from '../caller.ts'
import type { Lockout } from '../lockout.ts'
import { type Visitor, visitorData } from '../visitor.ts'
import type { PlatformTwoFa } from './platform-settings.ts'

/** Keeps codes from being guessed. */
export type SecondFactorChecks = {
  /** Before a code is looked at. Throws 429. */
  count(userId: string): Promise<void>
  /** A code was wrong; throws the 401 of a locked account when it was the last one allowed. */
  failed(user: User, visitor: Visitor): Promise<void>
  passed(userId: string): Promise<void>
}

/** Where the settings name no rate: six digits must not be guessed within the time of one sign-in. */
const builtInRate = { checks: 10, seconds: 300 }
const failureMemorySeconds = 86_400

const rateOf = (text: string | null | undefined): { checks: number; seconds: number } => {
  const [checks, seconds] = (text ?? '').split(':').map(Number)
  return checks && seconds ? { checks, seconds } : builtInRate
}

export const createSecondFactorChecks = (deps: {
  redis: Redis
  platform: Pick<PlatformTwoFa, 'get'>
  lockout: Lockout
  audit: AuditTrail
}): SecondFactorChecks => ({
  count: async (userId) => {
    const { checks, seconds } = rateOf((await deps.platform.get())?.verificationCodeCheckRateLimit)
    const { attempts } = await countAttempt(deps.redis, redisKeys.secondFactorChecks(userId), seconds)
    if (attempts > checks) throw new AppError('RATE_LIMITED', 'Too many requests')
  },

  failed: async (user, visitor) => {
    await deps.audit.record(
      { ...principalOf(user), user },
      {
        action: 'LOGIN',
        entityId: user.id,
        entityName: user.email,
        data: visitorData(visitor),
        failure: 'Verification code is incorrect',
      },
    )
    const most = (await deps.platform.get())?.maxVerificationFailuresBeforeUserLockout ?? 0
    if (most === 0) return
    const key = redisKeys.secondFactorFailures(user.id.id)
    const { attempts } = await countAttempt(deps.redis, key, failureMemorySeconds)
    if (attempts < most) return
    await deps.redis.del(key)
    await deps.lockout(user, attempts, visitor)
    throw new AppError('AUTH_USER_LOCKED')
  },

  passed: async (userId) => {
    await deps.redis.del(redisKeys.secondFactorFailures(userId))
  },
})
