import { AppError, nullUuid, type User, uuidSchema } from '@thingwire/contracts'
import type { Database, UserAccount } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'
import type { AccountCache } from './account-cache.ts'
import { apiKeyIdOf, principalOf, publicUserOf } from './caller.ts'
import { firstGoodSecond, type SignedPair, type TokenClaims, type TokenHolder, type Tokens } from './tokens.ts'
import { type Visitor, visitorData } from './visitor.ts'

export type SignedIn = { user: User; sessionId: string; pair: SignedPair }

/** A session that was good once. */
export type SessionReference = {
  userId: string
  sessionId: string
  sinceMs: number
  /** Looked at for public visitors, who have no account. */
  customerId?: string | null
}

/** How a token is refused that was good until something happened. */
type Outdated = 'AUTH_TOKEN_EXPIRED' | 'AUTH_TOKEN_OUTDATED'

export const holderOf = ({ user, tokensValidFromMs }: UserAccount): TokenHolder => ({
  user,
  isPublic: false,
  tokensValidFromMs,
})

export const publicHolder = (user: User): TokenHolder => ({ user, isPublic: true, tokensValidFromMs: 0 })

/** How sessions begin, go on and end. */
export const createSessions = (deps: {
  database: Pick<Database, 'users' | 'sessions' | 'apiKeys'>
  accounts: AccountCache
  tokens: Tokens
  audit: AuditTrail
  redis: Redis
  logger: Logger
  /** Epoch ms. */
  now: () => number
}) => {
  const { database, accounts, tokens, now } = deps

  const note = (user: User, action: 'LOGIN' | 'LOGOUT', visitor: Visitor | undefined) =>
    deps.audit.record(
      { ...principalOf(user), user },
      { action, entityId: user.id, entityName: user.email, ...(visitor && { data: visitorData(visitor) }) },
    )

  const publicHolderOf = async (customerId: string): Promise<TokenHolder | null> => {
    const customer = uuidSchema.safeParse(customerId).success ? await accounts.publicCustomer(customerId) : null
    return customer && publicHolder(publicUserOf(customer))
  }

  const accountHolderOf = async (userId: string): Promise<TokenHolder | null> => {
    const account = await accounts.account(userId)
    return account?.enabled ? holderOf(account) : null
  }

  return {
    begin: async (account: UserAccount, sessionId: string, visitor: Visitor): Promise<SignedIn> => {
      const { user } = account
      const pair = await tokens.signPair(holderOf(account), sessionId, now())
      await database.users.recordLogin(user.id.id, now())
      // Accounts tell when they signed in last.
      accounts.forget({ kind: 'user', id: user.id.id })
      await note(user, 'LOGIN', visitor)
      return { user, sessionId, pair }
    },

    /** Whom a token stands for; throws `code` when it has been overtaken by events. */
    standing: async (claims: TokenClaims, code: Outdated): Promise<TokenHolder> => {
      const [holder, isRevoked] = await Promise.all([
        claims.isPublic ? publicHolderOf(claims.subject) : accountHolderOf(claims.userId),
        accounts.isRevoked(claims.sessionId),
      ])
      if (!holder || isRevoked || claims.issuedAt < firstGoodSecond(holder.tokensValidFromMs)) throw new AppError(code)
      return holder
    },

    isAlive: async (session: SessionReference): Promise<boolean> => {
      const { userId, sessionId, sinceMs, customerId } = session
      const keyId = apiKeyIdOf(sessionId)
      if (keyId !== null) {
        const [key, holder] = await Promise.all([
          database.apiKeys.find({ kind: 'system' }, keyId),
          accountHolderOf(userId),
        ])
        return Boolean(key?.enabled && holder) && (key?.expirationTime === 0 || (key?.expirationTime ?? 0) > now())
      }
      const [holder, isRevoked] = await Promise.all([
        userId === nullUuid && customerId ? publicHolderOf(customerId) : accountHolderOf(userId),
        accounts.isRevoked(sessionId),
      ])
      return holder !== null && !isRevoked && Math.floor(sinceMs / 1_000) >= firstGoodSecond(holder.tokensValidFromMs)
    },

    end: async (user: User, sessionId: string, visitor: Visitor | undefined): Promise<void> => {
      // A key has no session that could end; it is disabled or deleted instead.
      if (apiKeyIdOf(sessionId) !== null) return
      await database.sessions.revoke(sessionId, now() + (await tokens.refreshSeconds()) * 1_000)
      accounts.forgetSession(sessionId)
      await deps.redis.publish(redisChannels.sessionEnded, sessionId).catch((error: unknown) => {
        // The others remember a session for seconds only, and open sockets look at theirs every minute.
        deps.logger.warn(errorFields(error), 'the end of a session was not announced')
      })
      await note(user, 'LOGOUT', visitor)
    },
  }
}
