import { createHash } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import type { AccountCache } from './account-cache.ts'
import { type Caller, keySessionId, type PartialCaller, principalOf } from './caller.ts'
import type { createSessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

/** Who is behind what a client shows. */
export type Callers = {
  /** Who holds this access token; throws the 401 that ThingsBoard answers */
  authenticate(accessToken: string): Promise<Caller>
  /** The same, and unfinished sign-ins too. */
  identify(accessToken: string): Promise<Caller | PartialCaller>
  /** Who an API key acts for; throws 401 when it is unknown, disabled or expired, or its user is not active. */
  authenticateKey(value: string): Promise<Caller>
}

export const createCallers = (deps: {
  accounts: AccountCache
  tokens: Pick<Tokens, 'verifyAccess'>
  standing: ReturnType<typeof createSessions>['standing']
  /** Epoch ms. */
  now: () => number
}): Callers => {
  const { accounts, tokens, standing, now } = deps

  const identify = async (accessToken: string): Promise<Caller | PartialCaller> => {
    const claims = await tokens.verifyAccess(accessToken, now())
    const { user } = await standing(claims, 'AUTH_TOKEN_EXPIRED')
    const caller: Caller = {
      ...principalOf(user),
      ...(claims.isPublic && { isPublic: true }),
      user,
      sessionId: claims.sessionId,
      issuedAtMs: claims.issuedAt * 1_000,
      accessExpiresAtMs: claims.expiresAt * 1_000,
    }
    return claims.partialScope ? { ...caller, partialScope: claims.partialScope } : caller
  }

  return {
    identify,

    authenticate: async (accessToken) => {
      const caller = await identify(accessToken)
      if ('partialScope' in caller) throw new AppError('AUTH_BAD_CREDENTIALS')
      return caller
    },

    authenticateKey: async (value) => {
      const key = await accounts.apiKey(hashApiKey(value))
      if (!key) throw new AppError('AUTH_BAD_CREDENTIALS')
      if (!key.enabled) throw new AppError('AUTH_USER_INACTIVE')
      if (key.expirationTime !== 0 && key.expirationTime <= now()) throw new AppError('AUTH_API_KEY_EXPIRED')
      const account = await accounts.account(key.userId.id)
      if (!account?.enabled) throw new AppError('AUTH_USER_INACTIVE')
      return {
        ...principalOf(account.user),
        user: account.user,
        sessionId: keySessionId(key.id.id),
        issuedAtMs: now(),
        accessExpiresAtMs: key.expirationTime || Number.MAX_SAFE_INTEGER,
      }
    },
  }
}

/** SHA-256 of a key, hex: keys are random and long, so nothing slower is needed. */
export const hashApiKey = (value: string): string => createHash('sha256').update(value).digest('hex')
