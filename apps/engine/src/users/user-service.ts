import { randomUUID } from 'node:crypto'
import {
  AppError,
  type Authority,
  entityId,
  nullUuid,
  readOnlyUserInfo,
  type SaveUser,
  type User,
  type UserActivationLink,
} from '@thingwire/contracts'
import type { Database, NewUserFields, Scope, UserFields } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { CredentialsService } from '../auth/credentials-service.ts'
import type { Caller } from '../auth/caller.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { MailService } from '../mail/mail-service.ts'
import { activationMail } from '../mail/mail-templates.ts'
import type { AccountLinks } from './account-links.ts'

export type UserService = {
  get(caller: Caller, userId: string): Promise<User>
  /** Creates (without `id`) or updates. A user whose activation mail cannot be sent is not created. */
  save(caller: Caller, user: SaveUser, options: { isMailWanted: boolean }): Promise<User>
  delete(caller: Caller, userId: string): Promise<void>
  activationLink(caller: Caller, userId: string): Promise<UserActivationLink>
  sendActivationMail(caller: Caller, email: string): Promise<void>
  setEnabled(caller: Caller, userId: string, isEnabled: boolean): Promise<void>
}

export const createUserService = (deps: {
  database: Pick<Database, 'users' | 'userDirectory'>
  access: EntityAccess
  actions: EntityActions
  limits: Pick<TenantLimits, 'requireRoom'>
  credentials: Pick<CredentialsService, 'setEnabled'>
  links: AccountLinks
  mail: Pick<MailService, 'send'>
  invalidate: Invalidate
}): UserService => {
  const { database, access, actions, links } = deps
  const { userDirectory } = database

  const changed = (user: User) => deps.invalidate({ kind: 'user', tenantId: user.tenantId.id, id: user.id.id })

  const require = async (caller: Caller, userId: string, operation: 'READ' | 'WRITE' | 'DELETE') => {
    const { scope } = await access.require(caller, entityId('USER', userId), operation, { missingText: 'byId' })
    const user = await userDirectory.find(scope, userId)
    if (!user) throw missing('USER', userId)
    return { user, scope }
  }

  const mailActivation = async (user: User): Promise<void> => {
    const { value, ttlMs } = await links.activation(user.id.id)
    await deps.mail.send(activationMail({ to: user.email, link: value, ttlMs }))
  }

  const create = async (caller: Caller, input: SaveUser, isMailWanted: boolean): Promise<User> => {
    const fresh = toNewUser(caller, input)
    requireOwners(fresh)
    const subject = {
      // Nobody's own id: rules about oneself must not match.
      id: entityId('USER', randomUUID()),
      tenantId: fresh.tenantId,
      customerIds: fresh.customerId ? [fresh.customerId] : [],
      authority: fresh.authority,
      resourceType: null,
    }
    if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
    if (fresh.tenantId) await deps.limits.requireRoom(fresh.tenantId, 'USER')
    const { token, expiresAtMs } = await links.newActivationToken()
    const user = await userDirectory.create(fresh, { activateToken: token, expiresAtMs })
    if (!isMailWanted) return user
    try {
      await mailActivation(user)
    } catch (error) {
      await userDirectory.remove(ownScope(user), user.id.id)
      throw error
    }
    return user
  }

  const update = async (caller: Caller, input: SaveUser, userId: string): Promise<User> => {
    const { user, scope } = await require(caller, userId, 'WRITE')
    requireUnchanged(caller, user, input)
    return userDirectory.update(scope, userId, toFields(input), input.version ?? null)
  }

  const setEnabled = async (caller: Caller, user: User, isEnabled: boolean): Promise<void> => {
    if (!isEnabled && user.id.id === caller.userId)
      throw new AppError('ARGUMENT_INVALID', "You can't disable your own account!")
    if (isEnabled && user.additionalInfo?.userActivated !== true)
      throw new AppError('ARGUMENT_INVALID', 'Enabled user credentials should have password!')
    await deps.credentials.setEnabled(user.id.id, isEnabled)
  }

  return {
    get: async (caller, userId) => (await require(caller, userId, 'READ')).user,

    save: async (caller, input, { isMailWanted }) => {
      const id = input.id?.id
      const deed = {
        action: id ? ('UPDATED' as const) : ('ADDED' as const),
        entityId: entityId('USER', id ?? nullUuid),
        entityName: input.email,
        entity: attemptOf(input),
      }
      return actions.attempt(caller, deed, async () => {
        const user = await (id ? update(caller, input, id) : create(caller, input, isMailWanted))
        await changed(user)
        const known = { entityId: user.id, entityName: user.email, entity: user, customerId: user.customerId.id }
        // What the system's administrators do stands in their log; the tenant's rules hear of it all the same.
        return { result: user, deed: { ...known, messageTenantId: user.tenantId.id } }
      })
    },

    delete: async (caller, userId) => {
      const { user, scope } = await require(caller, userId, 'DELETE')
      const deed = {
        action: 'DELETED' as const,
        entityId: user.id,
        entityName: user.email,
        customerId: user.customerId.id,
        data: { entityId: userId },
        entity: user,
        head: { ruleChainId: null, queueName: null },
        messageTenantId: user.tenantId.id,
      }
      await actions.attempt(caller, deed, async () => {
        if (user.authority === 'SYS_ADMIN' && userId === caller.userId)
          throw new AppError('PERMISSION_DENIED', 'Sysadmin is not allowed to delete himself')
        const outcome = await userDirectory.remove(scope, userId)
        if (outcome === 'last') throw new AppError('ARGUMENT_INVALID', 'At least one tenant administrator must remain!')
        if (outcome === 'missing') throw missing('USER', userId)
        await changed(user)
        return { result: undefined }
      })
    },

    activationLink: async (caller, userId) => {
      await require(caller, userId, 'WRITE')
      return links.activation(userId)
    },

    sendActivationMail: async (caller, email) => {
      const account = await database.users.findAccountByEmail(email)
      if (!account) throw new AppError('ENTITY_NOT_FOUND')
      const { user } = await require(caller, account.user.id.id, 'WRITE').catch((error: unknown) => {
        // Another tenant's address is not told from one that nobody has.
        throw error instanceof AppError && error.code === 'PERMISSION_DENIED' ? new AppError('ENTITY_NOT_FOUND') : error
      })
      await mailActivation(user)
    },

    setEnabled: async (caller, userId, isEnabled) => {
      const { user } = await require(caller, userId, 'WRITE')
      const deed = {
        action: 'CREDENTIALS_UPDATED' as const,
        entityId: user.id,
        entityName: user.email,
        customerId: user.customerId.id,
        data: { entityId: userId, enabled: isEnabled },
      }
      await actions.attempt(caller, deed, async () => ({ result: await setEnabled(caller, user, isEnabled) }))
    },
  }
}

const ownScope = (user: User): Scope =>
  user.authority === 'SYS_ADMIN' ? { kind: 'system' } : { kind: 'tenant', tenantId: user.tenantId.id }

const realId = (id: string | undefined): string | null => (id && id !== nullUuid ? id : null)

const toFields = (input: SaveUser): UserFields => ({
  email: input.email,
  firstName: input.firstName || null,
  lastName: input.lastName || null,
  phone: input.phone || null,
  additionalInfo: withoutReadOnly(input.additionalInfo),
})

/** Clients send back what they read, with the members that the platform adds. */
const withoutReadOnly = (info: Record<string, unknown> | null | undefined): Record<string, unknown> | null => {
  if (!info) return null
  const readOnly: readonly string[] = readOnlyUserInfo
  return Object.fromEntries(Object.entries(info).filter(([name]) => !readOnly.includes(name)))
}

/** Below the system everybody creates in the own tenant, whatever they say. */
const toNewUser = (caller: Caller, input: SaveUser): NewUserFields => {
  if (!input.authority) throw new AppError('ARGUMENT_INVALID', "User authority isn't defined!")
  return {
    ...toFields(input),
    authority: input.authority,
    tenantId: caller.authority === 'SYS_ADMIN' ? realId(input.tenantId?.id) : caller.tenantId,
    customerId: realId(input.customerId?.id),
  }
}

const requireOwners = ({ authority, tenantId, customerId }: NewUserFields): void => {
  const problem = ownerProblem(authority, tenantId !== null, customerId !== null)
  if (problem) throw new AppError('ARGUMENT_INVALID', problem)
}

const ownerProblem = (authority: Authority, hasTenant: boolean, hasCustomer: boolean): string | null => {
  switch (authority) {
    case 'SYS_ADMIN':
      return hasCustomer ? "System administrator can't be assigned neither to tenant nor to customer!" : null
    case 'TENANT_ADMIN':
      if (!hasTenant) return 'Tenant administrator should be assigned to tenant!'
      return hasCustomer ? "Tenant administrator can't be assigned to customer!" : null
    case 'CUSTOMER_USER':
      return hasCustomer ? null : 'Customer user should be assigned to customer!'
  }
}

/** A user stays what and whose it is. Members that are left out say nothing. */
const requireUnchanged = (caller: Caller, user: User, input: SaveUser): void => {
  const isOther = (given: { id: string } | null | undefined, stored: { id: string }) => given && given.id !== stored.id
  // Below the system a tenant that a client sends along is never looked at.
  if (caller.authority === 'SYS_ADMIN' && isOther(input.tenantId, user.tenantId))
    throw new AppError('ARGUMENT_INVALID', "Can't update user tenant id!")
  if (input.authority && input.authority !== user.authority)
    throw new AppError('ARGUMENT_INVALID', "Can't update user authority!")
  if (isOther(input.customerId, user.customerId))
    throw new AppError('ARGUMENT_INVALID', "Can't update user customer id!")
}

/** What the audit log keeps of an attempt that fails. */
const attemptOf = ({ email, authority, firstName, lastName, phone }: SaveUser) => ({
  email,
  authority,
  firstName,
  lastName,
  phone,
})
