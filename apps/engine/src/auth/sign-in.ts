import { randomUUID } from 'node:crypto'
import { AppError, type User } from '@thingwire/contracts'
import type { Database, Principal, UserAccount } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { createAuditTrail } from '../audit/audit-trail.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import { passwordFits } from './passwords.ts'
import type { SignInLimiter } from './sign-in-limiter.ts'
import type { SignedPair, TokenClaims, Tokens } from './tokens.ts'

/** Somebody who is signed in. Rights are those of the stored account at the time of the request. */
export type Caller = Principal & { user: User; sessionId: string; issuedAtMs: number; accessExpiresAtMs: number }

export type SignedIn = { user: User; sessionId: string; pair: SignedPair }

export type SignIn = {
  withPassword(offer: { username: string; password: string; address: string }): Promise<SignedIn>
  /** A new pair for the same session. */
  refresh(refreshToken: string): Promise<SignedIn>
  /** Who holds this access token; throws the 401 that ThingsBoard answers */
  authenticate(accessToken: string): Promise<Caller>
  /** Whether a session that was good once still is. */
  isAlive(session: { userId: string; sessionId: string; sinceMs: number }): Promise<boolean>
  signOut(caller: Pick<Caller, 'user' | 'sessionId'>): Promise<void>
  /** Ends the session of a refresh token that is still good; nothing happens for any other. */
  signOutByRefreshToken(refreshToken: string): Promise<void>
}

export const createSignIn = (deps: {
  database: Pick<Database, 'users' | 'sessions' | 'audit'>
  tokens: Tokens
  limiter: SignInLimiter
  redis: Redis
  logger: Logger
  now: () => number
}): SignIn => {
  const { database, tokens, limiter, redis, now } = deps

  const trail = createAuditTrail({ audit: database.audit, logger: deps.logger })
  const audit = (user: User, action: 'LOGIN' | 'LOGOUT') =>
    trail.record({ ...principalOf(user), user }, { action, entityId: user.id, entityName: user.email })

  /** The account behind a token; throws `code` when the token has been overtaken by events. */
  const standing = async (claims: TokenClaims, code: 'AUTH_TOKEN_EXPIRED' | 'AUTH_TOKEN_OUTDATED') => {
    const [account, isRevoked] = await Promise.all([
      database.users.findAccountById(claims.userId),
      database.sessions.isRevoked(claims.sessionId),
    ])
    if (!account?.enabled || isRevoked || isOutdated(account, claims.issuedAt)) throw new AppError(code)
    return account.user
  }

  const end = async (user: User, sessionId: string) => {
    await database.sessions.revoke(sessionId, now() + tokens.refreshSeconds * 1_000)
    await redis.publish(redisChannels.sessionEnded, sessionId).catch((error: unknown) => {
      // Open sockets look at their sessions every minute all the same.
      deps.logger.warn(errorFields(error), 'the end of a session was not announced')
    })
    await audit(user, 'LOGOUT')
  }

  return {
    withPassword: async ({ username, password, address }) => {
      await limiter.attempt(username, address)
      const account = await database.users.findAccountByEmail(username.trim().toLowerCase())
      const isRight = await passwordFits(account?.passwordHash ?? null, password)
      if (!account || !isRight) throw new AppError('AUTH_BAD_CREDENTIALS')
      if (!account.enabled) throw new AppError('AUTH_USER_INACTIVE')
      await limiter.succeeded(username, address)
      const { user } = account
      const sessionId = randomUUID()
      const pair = await tokens.signPair(user, sessionId, now())
      await database.users.recordLogin(user.id.id, now())
      await audit(user, 'LOGIN')
      return { user, sessionId, pair }
    },

    refresh: async (refreshToken) => {
      const claims = await tokens.verifyRefresh(refreshToken, now())
      const user = await standing(claims, 'AUTH_TOKEN_OUTDATED')
      const pair = await tokens.signPair(user, claims.sessionId, now())
      return { user, sessionId: claims.sessionId, pair }
    },

    authenticate: async (accessToken) => {
      const claims = await tokens.verifyAccess(accessToken, now())
      const user = await standing(claims, 'AUTH_TOKEN_EXPIRED')
      return {
        ...principalOf(user),
        user,
        sessionId: claims.sessionId,
        issuedAtMs: claims.issuedAt * 1_000,
        accessExpiresAtMs: claims.expiresAt * 1_000,
      }
    },

    isAlive: async ({ userId, sessionId, sinceMs }) => {
      const [account, isRevoked] = await Promise.all([
        database.users.findAccountById(userId),
        database.sessions.isRevoked(sessionId),
      ])
      return Boolean(account?.enabled) && !isRevoked && !isOutdated(account, Math.floor(sinceMs / 1_000))
    },

    signOut: ({ user, sessionId }) => end(user, sessionId),

    signOutByRefreshToken: async (refreshToken) => {
      try {
        const claims = await tokens.verifyRefresh(refreshToken, now())
        await end(await standing(claims, 'AUTH_TOKEN_OUTDATED'), claims.sessionId)
      } catch (error) {
        if (!(error instanceof AppError) || error.act !== 'caller') throw error
      }
    },
  }
}

export const principalOf = (user: User): Principal => ({
  userId: user.id.id,
  authority: user.authority,
  tenantId: user.authority === 'SYS_ADMIN' ? null : user.tenantId.id,
  customerId: user.authority === 'CUSTOMER_USER' ? user.customerId.id : null,
})

/** Tokens know seconds only: a token of the same second as the change stays good, else a change would kill its own. */
const isOutdated = (account: UserAccount | null, issuedAtSeconds: number): boolean =>
  issuedAtSeconds < Math.floor((account?.tokensValidFromMs ?? 0) / 1_000)
