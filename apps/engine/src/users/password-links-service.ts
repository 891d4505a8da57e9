import { AppError, type User } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { CredentialsService } from '../auth/credentials-service.ts'
import { passwordFits } from '../auth/passwords.ts'
import { principalOf } from '../auth/caller.ts'
import type { MailService } from '../mail/mail-service.ts'
import { accountActivatedMail, passwordResetMail, passwordWasResetMail } from '../mail/mail-templates.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { AccountLinks } from './account-links.ts'
import type { HourlyLimit } from './hourly-limit.ts'

export type FollowedLink = 'good' | 'expired' | 'unknown'

/** What people without a session do with the links they got by mail. */
export type PasswordLinksService = {
  followActivation(token: string): Promise<FollowedLink>
  /** Chooses the first password and opens the account. */
  activate(offer: { token: string; password: string; isMailWanted: boolean }): Promise<User>
  /**
   * Sends a link to the address when somebody may sign in with it. Returns at once and never fails, so that neither the
   * answer nor its time tells whether there is such an account.
   */
  requestReset(email: string): void
  /** Throws RATE_LIMITED from the sixth time in an hour on. */
  followReset(token: string): Promise<FollowedLink>
  reset(offer: { token: string; password: string }): Promise<void>
}

export const createPasswordLinksService = (deps: {
  users: Pick<Database['users'], 'findAccountByEmail' | 'findAccountById'>
  links: AccountLinks
  credentials: Pick<CredentialsService, 'requireGoodPassword' | 'setPassword'>
  mail: Pick<MailService, 'send'>
  audit: AuditTrail
  limits: { request: HourlyLimit; follow: HourlyLimit }
  logger: Logger
  now: () => number
}): PasswordLinksService => {
  const { users, links, credentials, mail, limits, logger } = deps

  const follow = async (kind: 'activation' | 'reset', token: string, limit?: HourlyLimit): Promise<FollowedLink> => {
    const found = await links.find(kind, token)
    if (!found) return 'unknown'
    if (limit && !(await limit.use(found.userId))) throw new AppError('RATE_LIMITED')
    return found.isExpired ? 'expired' : 'good'
  }

  /** Stores the password, if the token is good and nobody else is using it this moment. */
  const choose = async (
    kind: 'activation' | 'reset',
    { token, password }: { token: string; password: string },
    refusal: () => AppError,
  ): Promise<User> => {
    const found = await links.find(kind, token)
    if (!found || found.isExpired) throw refusal()
    const account = await users.findAccountById(found.userId)
    if (!account) throw refusal()
    if (kind === 'reset' && account.passwordHash && (await passwordFits(account.passwordHash, password)))
      throw new AppError('ARGUMENT_INVALID', 'New password should be different from existing!')
    // Before the token is used up: whoever mistypes the rules tries again with the same link.
    await credentials.requireGoodPassword(password, found.userId)
    if (!(await links.consume(kind, token))) throw refusal()
    await credentials.setPassword(found.userId, password, { enable: kind === 'activation' })
    const { user } = account
    await deps.audit.record(
      { ...principalOf(user), user },
      { action: 'CREDENTIALS_UPDATED', entityId: user.id, entityName: user.email, data: { reason: kind } },
    )
    return user
  }

  /** The password is chosen by then: a mail that only tells so must not turn that into a failure. */
  const tell = async (what: string, send: () => Promise<void>): Promise<void> => {
    try {
      await send()
    } catch (error) {
      logger.warn({ ...errorFields(error) }, `the mail about ${what} was not sent`)
    }
  }

  const sendReset = async (email: string): Promise<void> => {
    const account = await users.findAccountByEmail(email)
    if (!account?.enabled || !account.passwordHash) return
    const { user } = account
    if (!(await limits.request.use(user.id.id))) {
      logger.warn({ userId: user.id.id }, 'no further reset link within this hour')
      return
    }
    const { token, expiresAtMs } = await links.issueReset(user.id.id)
    const link = await links.resetUrl(token)
    await mail.send(passwordResetMail({ to: user.email, link, ttlMs: expiresAtMs - deps.now() }))
  }

  return {
    followActivation: (token) => follow('activation', token),

    activate: async ({ isMailWanted, ...offer }) => {
      const user = await choose('activation', offer, () => new AppError('ARGUMENT_INVALID', activationRefusal))
      if (isMailWanted)
        await tell('an activation', async () =>
          mail.send(accountActivatedMail({ to: user.email, link: await links.signInUrl() })),
        )
      return user
    },

    requestReset: (email) => {
      sendReset(email).catch((error: unknown) => logger.error(errorFields(error), 'a reset link was not sent'))
    },

    followReset: (token) => follow('reset', token, limits.follow),

    reset: async (offer) => {
      const user = await choose('reset', offer, () => new AppError('ARGUMENT_INVALID', 'Invalid reset token!'))
      await tell('a new password', async () =>
        mail.send(passwordWasResetMail({ to: user.email, link: await links.signInUrl() })),
      )
    },
  }
}

const activationRefusal = 'The activation link is not valid or has expired!'
