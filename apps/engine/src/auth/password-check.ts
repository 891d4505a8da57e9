import { setTimeout as delay } from 'node:timers/promises'
import { AppError, type SecuritySettings } from '@thingwire/contracts'
import type { Database, UserAccount } from '@thingwire/db'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { principalOf } from './caller.ts'
import type { Lockout } from './lockout.ts'
import { isExpired, violations } from './password-policy.ts'
import { passwordFits } from './passwords.ts'
import type { SecuritySettingsService } from './security-settings.ts'
import { type Visitor, visitorData } from './visitor.ts'

/** The account whose name and password these are, open and with a good password; throws the 401 clients know. */
export type PasswordCheck = (username: string, password: string, visitor: Visitor) => Promise<UserAccount>

/** No refusal comes sooner, so that its time does not tell whether a failure was noted for an account. */
const leastRefusalMs = 150

export const createPasswordCheck = (deps: {
  users: Pick<Database['users'], 'findAccountByEmail' | 'recordFailedLogin'>
  securitySettings: Pick<SecuritySettingsService, 'get'>
  lockout: Lockout
  audit: AuditTrail
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

  /** Why the right password does not do. */
  const objectionTo = async (account: UserAccount, password: string, settings: SecuritySettings) => {
    const { passwordPolicy } = settings
    if (!account.enabled) return new AppError(account.isLocked ? 'AUTH_USER_LOCKED' : 'AUTH_USER_INACTIVE')
    if (passwordPolicy.forceUserToResetPasswordIfNotValid && violations(passwordPolicy, password).length > 0)
      return new AppError('AUTH_PASSWORD_VIOLATION')
    if (!isExpired(passwordPolicy, account.passwordSetTimeMs, deps.now())) return null
    const resetToken = await deps.issueResetToken(account.user.id.id)
    return new AppError('AUTH_PASSWORD_EXPIRED', undefined, { extra: { resetToken } })
  }

  /** The failures of an account stand in its tenant's audit log. */
  const noting = async (account: UserAccount, visitor: Visitor, error: AppError): Promise<AppError> => {
    const { user } = account
    await deps.audit.record(
      { ...principalOf(user), user },
      {
        action: 'LOGIN',
        entityId: user.id,
        entityName: user.email,
        data: visitorData(visitor),
        failure: error.message,
      },
    )
    return error
  }

  return async (username, password, visitor) => {
    const earliestRefusal = delay(leastRefusalMs, undefined, { ref: false })
    const settings = await deps.securitySettings.get()
    const account = await deps.users.findAccountByEmail(username)
    const isRight = await passwordFits(account?.passwordHash ?? null, password)
    if (!account || !isRight) {
      const error = await refuse(account, settings, visitor)
      if (account) await noting(account, visitor, error)
      await earliestRefusal
      throw error
    }
    const error = await objectionTo(account, password, settings)
    if (error) throw await noting(account, visitor, error)
    return account
  }
}
