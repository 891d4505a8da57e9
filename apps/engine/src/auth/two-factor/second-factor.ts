import {
  AppError,
  type PartialScope,
  type TwoFaProviderInfo,
  type TwoFaProviderType,
  type User,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { redisKeys } from '../../redis-keys.ts'
import type { Visitor } from '../visitor.ts'
import { requireProvider } from './account-factors.ts'
import { hashBackupCode } from './backup-codes.ts'
import type { CodeDelivery } from './code-delivery.ts'
import { defaultVerificationSeconds, isEnforced, offeredTypes } from './enforcement.ts'
import { masked, type StoredFactors, storedFactorsSchema, typesOf } from './factors.ts'
import type { PlatformTwoFa } from './platform-settings.ts'
import type { SecondFactorChecks } from './second-factor-checks.ts'
import type { SentCodes } from './sent-codes.ts'
import { totpStepOf } from './totp.ts'

/** The second step of a sign-in. */
export type SecondFactor = {
  /** What somebody whose password was right still has to do; null: nothing. */
  demandOf(user: User): Promise<{ scope: PartialScope; lifetimeSeconds: number } | null>
  /** What the user can prove it with. */
  providers(userId: string): Promise<TwoFaProviderInfo[]>
  /** Sends a code; nothing to do for providers that have theirs at hand. */
  send(userId: string, type: TwoFaProviderType): Promise<void>
  /** Throws 400 for a wrong code, 429 for too many tries, 401 when they locked the account. */
  check(user: User, type: TwoFaProviderType, code: string, visitor: Visitor): Promise<void>
  /** Throws 403 for an unfinished sign-in of an account that has its factors by now: they are to be proved. */
  requireUnprotected(user: User, sessionId: string): Promise<void>
  /** Notes that this unfinished sign-in has set a factor up. */
  noteSetUp(sessionId: string): Promise<void>
  /** Throws 400 for an unfinished sign-in that has set up none. */
  requireSetUp(user: User, sessionId: string): Promise<void>
}

const notSetUp = 'Two-factor authentication is not configured!'

export const createSecondFactor = (deps: {
  platform: Pick<PlatformTwoFa, 'get'>
  twoFactor: Database['twoFactor']
  redis: Redis
  sentCodes: SentCodes
  deliver: CodeDelivery
  checks: SecondFactorChecks
  now: () => number
}): SecondFactor => {
  const { twoFactor, redis } = deps

  /** Factors of the account that the platform (still) offers. */
  const usable = async (userId: string): Promise<{ factors: StoredFactors; types: TwoFaProviderType[] } | null> => {
    const [stored, platform] = await Promise.all([twoFactor.find(userId), deps.platform.get()])
    if (!stored) return null
    const factors = storedFactorsSchema.parse(stored)
    const offered = offeredTypes(platform)
    return { factors, types: typesOf(factors).filter((type) => offered.includes(type)) }
  }

  const requireUsable = async (userId: string, type: TwoFaProviderType): Promise<StoredFactors> => {
    const found = await usable(userId)
    if (!found?.types.includes(type)) throw new AppError('ARGUMENT_INVALID', '2FA provider is not configured')
    return found.factors
  }

  const isRight = async (user: User, type: TwoFaProviderType, code: string): Promise<boolean> => {
    const userId = user.id.id
    const { configs, backupCodes } = await requireUsable(userId, type)
    switch (type) {
      case 'TOTP': {
        const step = configs.TOTP ? totpStepOf(configs.TOTP.authUrl, code, deps.now()) : null
        return step !== null && twoFactor.takeTotpStep(userId, step)
      }
      case 'SMS':
        return configs.SMS ? deps.sentCodes.take({ userId, provider: type }, configs.SMS.phoneNumber, code) : false
      case 'EMAIL':
        return configs.EMAIL ? deps.sentCodes.take({ userId, provider: type }, configs.EMAIL.email, code) : false
      case 'BACKUP_CODE':
        if (!backupCodes) return false
        return twoFactor.takeBackupCode(userId, await hashBackupCode(code, backupCodes.salt))
    }
  }

  const wasSetUp = async (sessionId: string) => (await redis.exists(redisKeys.secondFactorSetUp(sessionId))) === 1

  return {
    demandOf: async (user) => {
      const platform = await deps.platform.get()
      if (!platform) return null
      const lifetimeSeconds = platform.totalAllowedTimeForVerification ?? defaultVerificationSeconds
      if ((await usable(user.id.id))?.types.length) return { scope: 'PRE_VERIFICATION_TOKEN', lifetimeSeconds }
      if (await isEnforced(platform, user, twoFactor.tenantProfileOf))
        return { scope: 'MFA_CONFIGURATION_TOKEN', lifetimeSeconds }
      return null
    },

    providers: async (userId) => {
      const [found, platform] = await Promise.all([usable(userId), deps.platform.get()])
      if (!found || !platform) return []
      const { factors, types } = found
      const { SMS, EMAIL } = factors.configs
      const contacts = { SMS: SMS?.phoneNumber, EMAIL: EMAIL?.email, TOTP: undefined, BACKUP_CODE: undefined }
      return types.map((type) => {
        const contact = contacts[type]
        return {
          type,
          default: factors.configs[type]?.useByDefault ?? false,
          contact: contact === undefined ? null : masked(contact),
          minVerificationCodeSendPeriod: contact === undefined ? null : platform.minVerificationCodeSendPeriod,
        }
      })
    },

    send: async (userId, type) => {
      const { configs } = await requireUsable(userId, type)
      const platform = await deps.platform.get()
      if (!platform) throw new AppError('ARGUMENT_INVALID', '2FA is not configured')
      const provider = requireProvider(platform, type)
      if (provider.providerType !== 'SMS' && provider.providerType !== 'EMAIL') return
      const contact = provider.providerType === 'SMS' ? configs.SMS?.phoneNumber : configs.EMAIL?.email
      if (contact === undefined) throw new AppError('ARGUMENT_INVALID', '2FA provider is not configured')
      await deps.deliver(userId, provider, { contact, pauseSeconds: platform.minVerificationCodeSendPeriod })
    },

    check: async (user, type, code, visitor) => {
      await deps.checks.count(user.id.id)
      if (await isRight(user, type, code)) return deps.checks.passed(user.id.id)
      await deps.checks.failed(user, visitor)
      throw new AppError('ARGUMENT_INVALID', 'Verification code is incorrect')
    },

    requireUnprotected: async (user, sessionId) => {
      const found = await usable(user.id.id)
      if (found?.types.length && !(await wasSetUp(sessionId))) throw new AppError('PERMISSION_DENIED')
    },

    noteSetUp: async (sessionId) => {
      await redis.set(redisKeys.secondFactorSetUp(sessionId), '1', 'EX', 86_400)
    },

    requireSetUp: async (user, sessionId) => {
      const found = await usable(user.id.id)
      // Somebody else may have set up a factor meanwhile, whose code this sign-in has never shown.
      if (!found?.types.length || !(await wasSetUp(sessionId))) throw new AppError('ARGUMENT_INVALID', notSetUp)
    },
  }
}
