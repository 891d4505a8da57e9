import { nullUuid, type User } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { MailService } from '../mail/mail-service.ts'
import { accountLockedMail } from '../mail/mail-templates.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { principalOf } from './caller.ts'
import type { SecuritySettingsService } from './security-settings.ts'
import { type Visitor, visitorData } from './visitor.ts'

/** Closes an account after too many failures. */
export type Lockout = (user: User, failures: number, visitor: Visitor) => Promise<void>

export const createLockout =
  (deps: {
    users: Pick<Database['users'], 'lock'>
    securitySettings: Pick<SecuritySettingsService, 'get'>
    mail: Pick<MailService, 'send'>
    audit: AuditTrail
    invalidate: Invalidate
    logger: Logger
    now: () => number
  }): Lockout =>
  async (user, failures, visitor) => {
    // Of several failures at the same time one locks, notes and writes.
    if (!(await deps.users.lock(user.id.id, deps.now()))) return
    await deps.invalidate({ kind: 'user', tenantId: nullUuid, id: user.id.id })
    await deps.audit.record(
      { ...principalOf(user), user },
      { action: 'LOCKOUT', entityId: user.id, entityName: user.email, data: visitorData(visitor) },
    )
    const { userLockoutNotificationEmail: to } = await deps.securitySettings.get()
    if (!to) return
    // Not awaited: whoever guesses has no need to learn how fast the mail server is.
    deps.mail
      .send(accountLockedMail({ to, lockedEmail: user.email, maxFailedAttempts: failures }))
      .catch((error: unknown) => deps.logger.warn(errorFields(error), 'a lockout was not announced by mail'))
  }
