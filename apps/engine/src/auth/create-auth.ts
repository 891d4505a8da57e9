import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { MailService } from '../mail/mail-service.ts'
import type { Logger } from '../observability/logger.ts'
import type { AccountCache } from './account-cache.ts'
import { type ApiKeyService, createApiKeyService } from './api-key-service.ts'
import { createCredentialsService, type CredentialsService } from './credentials-service.ts'
import { createLockout } from './lockout.ts'
import { createPasswordCheck } from './password-check.ts'
import type { SecuritySettingsService } from './security-settings.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { createSignInLimiter, type SignInLimits } from './sign-in-limiter.ts'
import { createSigningKey, type SigningKey } from './signing-key.ts'
import { createTokens } from './tokens.ts'
import { type AccountFactors, createAccountFactors } from './two-factor/account-factors.ts'
import { createCodeDelivery } from './two-factor/code-delivery.ts'
import { createPlatformTwoFa, type PlatformTwoFa } from './two-factor/platform-settings.ts'
import { createSecondFactor, type SecondFactor } from './two-factor/second-factor.ts'
import { createSecondFactorChecks } from './two-factor/second-factor-checks.ts'
import { createSentCodes } from './two-factor/sent-codes.ts'

/** Everything about who somebody is. */
export type Auth = {
  signIn: SignIn
  credentials: CredentialsService
  signingKey: SigningKey
  platformTwoFa: PlatformTwoFa
  accountFactors: AccountFactors
  secondFactor: SecondFactor
  apiKeys: ApiKeyService
}

/** Constructing has no effect. */
export const createAuth = (deps: {
  database: Database
  accounts: AccountCache
  securitySettings: SecuritySettingsService
  mail: MailService
  audit: AuditTrail
  actions: EntityActions
  access: EntityAccess
  invalidate: Invalidate
  issueResetToken: (userId: string) => Promise<string>
  redis: Redis
  logger: Logger
  now: () => number
  signInLimits?: SignInLimits | undefined
}): Auth => {
  const { database, redis, now } = deps
  const stored = { settings: database.settings, invalidate: deps.invalidate, now }
  const { users, twoFactor } = database
  const signingKey = createSigningKey(stored)
  const platformTwoFa = createPlatformTwoFa(stored)
  const lockout = createLockout({ ...deps, users })
  const credentials = createCredentialsService({ ...deps, users })

  const sentCodes = createSentCodes(redis)
  const deliver = createCodeDelivery({ sentCodes, mail: deps.mail })
  const checks = createSecondFactorChecks({ redis, platform: platformTwoFa, lockout, audit: deps.audit })
  const factors = { platform: platformTwoFa, twoFactor, sentCodes, deliver, checks, now }
  const secondFactor = createSecondFactor({ ...factors, redis })

  return {
    signIn: createSignIn({
      ...deps,
      tokens: createTokens(signingKey.get),
      limiter: createSignInLimiter(redis, deps.signInLimits),
      passwordCheck: createPasswordCheck({ ...deps, users, lockout }),
      credentials,
      secondFactor,
    }),
    credentials,
    signingKey,
    platformTwoFa,
    accountFactors: createAccountFactors(factors),
    secondFactor,
    apiKeys: createApiKeyService({ ...deps, apiKeys: database.apiKeys }),
  }
}
