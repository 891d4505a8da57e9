import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { BaseUrl } from '../admin-settings/base-url.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { CredentialsService } from '../auth/credentials-service.ts'
import type { SecuritySettingsService } from '../auth/security-settings.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { MailService } from '../mail/mail-service.ts'
import type { Logger } from '../observability/logger.ts'
import { type AccountLinks, createAccountLinks } from './account-links.ts'
import { createHourlyLimit } from './hourly-limit.ts'
import { createPasswordLinksService, type PasswordLinksService } from './password-links-service.ts'
import { createUserService, type UserService } from './user-service.ts'

/** Reset links per account: as many may be asked for, and as often may one be followed. */
const resetsPerHour = 5

/** Users, and what they do with links before they can sign in. Constructing has no effect. */
export const createAccountServices = (deps: {
  database: Pick<Database, 'users' | 'userDirectory' | 'userLinks'>
  redis: Redis
  access: EntityAccess
  actions: EntityActions
  audit: AuditTrail
  limits: Pick<TenantLimits, 'requireRoom'>
  credentials: CredentialsService
  securitySettings: Pick<SecuritySettingsService, 'get'>
  mail: MailService
  baseUrl: BaseUrl
  invalidate: Invalidate
  logger: Logger
  now: () => number
}): { accountLinks: AccountLinks; passwordLinks: PasswordLinksService; users: UserService } => {
  const { database, redis, credentials, mail, logger, now } = deps
  const { securitySettings, baseUrl } = deps
  const accountLinks = createAccountLinks({ userLinks: database.userLinks, securitySettings, baseUrl, now })
  return {
    accountLinks,
    passwordLinks: createPasswordLinksService({
      users: database.users,
      links: accountLinks,
      credentials,
      mail,
      audit: deps.audit,
      limits: {
        request: createHourlyLimit(redis, 'reset-request', resetsPerHour),
        follow: createHourlyLimit(redis, 'reset-follow', resetsPerHour),
      },
      logger,
      now,
    }),
    users: createUserService({ ...deps, links: accountLinks }),
  }
}
