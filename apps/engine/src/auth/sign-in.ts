import { randomUUID } from 'node:crypto'
import { AppError, type PartialScope, type User, uuidSchema } from '@thingwire/contracts'
import type { Database, UserAccount } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Logger } from '../observability/logger.ts'
import type { AccountCache } from './account-cache.ts'
import { apiKeyIdOf, type Caller, type PartialCaller, publicUserOf } from './caller.ts'
import { type Callers, createCallers } from './callers.ts'
import type { CredentialsService } from './credentials-service.ts'
import type { PasswordCheck } from './password-check.ts'
import { passwordFits } from './passwords.ts'
import type { SignInLimiter } from './sign-in-limiter.ts'
import { createSessions, holderOf, publicHolder, type SessionReference, type SignedIn } from './sessions.ts'
import type { SignedToken, Tokens } from './tokens.ts'
import type { SecondFactor } from './two-factor/second-factor.ts'
import type { Visitor } from './visitor.ts'

export type { Caller, PartialCaller } from './caller.ts'
export type { SignedIn } from './sessions.ts'

/** The password was right, and a second factor is still missing. */
export type Pending = { user: User; scope: PartialScope; token: SignedToken }

export type Entered = SignedIn | Pending
export const isPending = (entered: Entered): entered is Pending => 'scope' in entered

export type SignIn = Callers & {
  withPassword(offer: { username: string; password: string; visitor: Visitor }): Promise<Entered>
  /** As anybody who knows the id of a public customer. */
  publicly(publicId: string): Promise<SignedIn>
  /** For somebody who has just proved who they are otherwise (activation by a link); second factors are asked for. */
  enter(userId: string, visitor: Visitor): Promise<Entered>
  /** Completes an unfinished sign-in; what was missing has been checked. */
  complete(caller: PartialCaller, visitor: Visitor): Promise<SignedIn>
  /** A session of somebody else; whether the caller may is for the route to know. Throws 400 when the account is closed. */
  asUser(caller: Caller, user: User): Promise<SignedIn>
  /** Throws 400 with the texts clients know. All other sessions of the account end. */
  changePassword(
    caller: Caller,
    offer: { currentPassword: string; newPassword: string; address: string },
  ): Promise<SignedIn>
  /** A new pair for the caller's own session, signed with the present key. */
  renew(caller: Caller): Promise<SignedIn>
  /** A new pair for the same session. */
  refresh(refreshToken: string): Promise<SignedIn>
  /** Whether a session that was good once still is. */
  isAlive(session: SessionReference): Promise<boolean>
  signOut(caller: Pick<Caller, 'user' | 'sessionId'>, visitor?: Visitor): Promise<void>
  /** Ends the session of a refresh token that is still good; nothing happens for any other. */
  signOutByRefreshToken(refreshToken: string, visitor?: Visitor): Promise<void>
}

type SignInDeps = {
  database: Pick<Database, 'users' | 'sessions' | 'apiKeys'>
  accounts: AccountCache
  tokens: Tokens
  limiter: SignInLimiter
  passwordCheck: PasswordCheck
  credentials: Pick<CredentialsService, 'setPassword'>
  secondFactor: Pick<SecondFactor, 'demandOf'>
  audit: AuditTrail
  redis: Redis
  logger: Logger
  /** Epoch ms. */
  now: () => number
}

export const createSignIn = (deps: SignInDeps): SignIn => {
  const { database, accounts, tokens, limiter, now } = deps
  const sessions = createSessions(deps)
  const { begin, standing } = sessions

  const toPending = async (account: UserAccount, demand: { scope: PartialScope; lifetimeSeconds: number }) => {
    const token = await tokens.signPartial(holderOf(account), randomUUID(), { ...demand, now: now() })
    return { user: account.user, scope: demand.scope, token }
  }

  const enter = async (account: UserAccount, visitor: Visitor): Promise<Entered> => {
    const demand = await deps.secondFactor.demandOf(account.user)
    return demand ? toPending(account, demand) : begin(account, randomUUID(), visitor)
  }

  /** Read past the cache: what was just changed counts. */
  const requireOpen = async (userId: string, code: 'AUTH_USER_INACTIVE' | 'ARGUMENT_INVALID') => {
    const account = await database.users.findAccountById(userId)
    if (!account?.enabled) throw new AppError(code, 'User account is not active')
    return account
  }

  return {
    withPassword: async ({ username, password, visitor }) => {
      await limiter.attempt(username, visitor.address)
      const account = await deps.passwordCheck(username, password, visitor)
      await limiter.succeeded(username, visitor.address)
      await database.users.forgetFailedLogins(account.user.id.id)
      return enter(account, visitor)
    },

    publicly: async (publicId) => {
      const customer = uuidSchema.safeParse(publicId).success ? await database.users.findPublicCustomer(publicId) : null
      if (!customer) throw new AppError('AUTH_BAD_CREDENTIALS')
      const user = publicUserOf(customer)
      const sessionId = randomUUID()
      return { user, sessionId, pair: await tokens.signPair(publicHolder(user), sessionId, now()) }
    },

    enter: async (userId, visitor) => enter(await requireOpen(userId, 'AUTH_USER_INACTIVE'), visitor),

    complete: async ({ user, sessionId }, visitor) =>
      begin(await requireOpen(user.id.id, 'AUTH_USER_INACTIVE'), sessionId, visitor),

    asUser: async (caller, { id }) => {
      const account = await requireOpen(id.id, 'ARGUMENT_INVALID')
      const sessionId = randomUUID()
      const pair = await tokens.signPair(holderOf(account), sessionId, now())
      const { user } = account
      // In the log of the account's tenant, under the name of whoever did it.
      await deps.audit.record(caller, {
        action: 'LOGIN',
        entityId: user.id,
        entityName: user.email,
        tenantId: user.tenantId.id,
      })
      return { user, sessionId, pair }
    },

    changePassword: async (caller, { currentPassword, newPassword, address }) => {
      const { userId, sessionId } = caller
      const account = await requireOpen(userId, 'AUTH_USER_INACTIVE')
      // A stolen session must not be a way to guess the password.
      const subject = `${account.user.email} changes password`
      await limiter.attempt(subject, address)
      if (!(await passwordFits(account.passwordHash, currentPassword)))
        throw new AppError('ARGUMENT_INVALID', "Current password doesn't match!")
      await limiter.succeeded(subject, address)
      if (currentPassword === newPassword)
        throw new AppError('ARGUMENT_INVALID', 'New password should be different from existing!')
      await deps.credentials.setPassword(userId, newPassword)
      const { id, email } = account.user
      await deps.audit.record(caller, { action: 'CREDENTIALS_UPDATED', entityId: id, entityName: email })
      const changed = await requireOpen(userId, 'AUTH_USER_INACTIVE')
      const session = apiKeyIdOf(sessionId) === null ? sessionId : randomUUID()
      const pair = await tokens.signPair(holderOf(changed), session, now())
      return { user: changed.user, sessionId: session, pair }
    },

    renew: async (caller) => {
      const sessionId = apiKeyIdOf(caller.sessionId) === null ? caller.sessionId : randomUUID()
      const account = await requireOpen(caller.userId, 'AUTH_USER_INACTIVE')
      return { user: account.user, sessionId, pair: await tokens.signPair(holderOf(account), sessionId, now()) }
    },

    refresh: async (refreshToken) => {
      const claims = await tokens.verifyRefresh(refreshToken, now())
      const holder = await standing(claims, 'AUTH_TOKEN_OUTDATED')
      const pair = await tokens.signPair(holder, claims.sessionId, now())
      return { user: holder.user, sessionId: claims.sessionId, pair }
    },

    ...createCallers({ accounts, tokens, standing, now }),

    isAlive: sessions.isAlive,
    signOut: ({ user, sessionId }, visitor) => sessions.end(user, sessionId, visitor),

    signOutByRefreshToken: async (refreshToken, visitor) => {
      try {
        const claims = await tokens.verifyRefresh(refreshToken, now())
        const { user } = await standing(claims, 'AUTH_TOKEN_OUTDATED')
        await sessions.end(user, claims.sessionId, visitor)
      } catch (error) {
        if (!(error instanceof AppError) || error.act !== 'caller') throw error
      }
    },
  }
}
