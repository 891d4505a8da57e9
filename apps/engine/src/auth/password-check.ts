import { setTimeout as delay } from 'node:timers/promises'
import { AppError, type SecuritySettings } from '@thingwire/contracts'
import type { Database, UserAccount } from '@thingwire/db'
import type { Lockout } from './lockout.ts'
import { isExpired, violations } from './password-policy.ts'
import { passwordFits } from './passwords.ts'
import type { SecuritySettingsService } from './security-settings.ts'
import type { Visitor } from './visitor.ts'

/** The account whose name and password these are, open and with a good password; throws the 401 clients know. */
export type PasswordCheck = (username: string, password: string, visitor: Visitor) => Promise<UserAccount>

/** No refusal comes sooner, so that its time does not tell whether a failure was noted for an account. */
const leastRefusalMs = 150

export const createPasswordCheck = (deps: {
  users: Pick<Database['users'], 'findAccountByEmail' | 'recordFailedLogin'>
  securitySettings: Pick<SecuritySettingsService, 'get'>
  lockout: Lockout
  /** A token for choosing another password. */
  issueResetToken: (userId: string) => Promise<string>
  /** Epoch ms. */
  now: () => number
}): PasswordCheck => {
  const refuse = async (
    account: UserAccount | null,
    settings: SecuritySettings,
    visitor: Visitor,
  ): Promise<AppError> => {
    if (!account) return new AppError('AUTH_BAD_CREDENTIALS')
    const failures = await deps.users.recordFailedLogin(account.user.id.id)
    const most = settings.maxFailedLoginAttempts ?? 0
    if (most === 0 || failures <= most || !account.enabled) return new AppError('AUTH_BAD_CREDENTIALS')
    await deps.lockout(account.user, failures, visitor)
    return new AppError('AUTH_USER_LOCKED')
  }

  return async (username, password, visitor) => {
    const earliestRefusal = delay(leastRefusalMs, undefined, { ref: false })
    const settings = await deps.securitySettings.get()
    const account = await deps.users.findAccountByEmail(username)
    const isRight = await passwordFits(account?.passwordHash ?? null, password)
    if (!account || !isRight) {
      const error = await refuse(account, settings, visitor)
      await earliestRefusal
      throw error
    }
    if (!account.enabled) throw new AppError(account.isLocked ? 'AUTH_USER_LOCKED' : 'AUTH_USER_INACTIVE')
    const { passwordPolicy } = settings
    if (passwordPolicy.forceUserToResetPasswordIfNotValid && violations(passwordPolicy, password).length > 0)
      throw new AppError('AUTH_PASSWORD_VIOLATION')
    if (isExpired(passwordPolicy, account.passwordSetTimeMs, deps.now()))
      throw new AppError('AUTH_PASSWORD_EXPIRED', undefined, {
        extra: { resetToken: await deps.issueResetToken(account.user.id.id) },
      })
    return account
  }
}
