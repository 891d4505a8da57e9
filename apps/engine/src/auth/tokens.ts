import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import {
  AppError,
  authorities,
  type JwtSettings,
  nullUuid,
  type PartialScope,
  partialScopes,
} from '@thingwire/contracts'
import type { User } from '@thingwire/contracts'
import { errors, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import { z } from 'zod'

const refreshScope = 'REFRESH_TOKEN'

const common = {
  sub: z.string(),
  userId: z.guid(),
  sessionId: z.guid(),
  isPublic: z.boolean().default(false),
  iat: z.number(),
  exp: z.number(),
}
const accessClaimsSchema = z.object({ ...common, scopes: z.tuple([z.enum([...authorities, ...partialScopes])]) })
const refreshClaimsSchema = z.object({ ...common, scopes: z.tuple([z.literal(refreshScope)]) })

/** What a good token proves: who and which session. Rights come from the stored account, never from the token. */
export type TokenClaims = {
  /** E-mail of the user, or the public id. */
  subject: string
  userId: string
  sessionId: string
  isPublic: boolean
  /** The step of the sign-in that the token is for; null: somebody is signed in altogether. */
  partialScope: PartialScope | null
  /** Epoch seconds. */
  issuedAt: number
  expiresAt: number
}

export type SignedToken = { token: string; expiresAtMs: number }
export type SignedPair = { access: SignedToken; refresh: SignedToken }

/** Whom a token is for. */
export type TokenHolder = {
  user: User
  isPublic: boolean
  /** Earlier tokens of the account are refused, epoch ms. */
  tokensValidFromMs: number
}

export type Tokens = {
  signPair(holder: TokenHolder, sessionId: string, now: number): Promise<SignedPair>
  /** A token for one step of the sign-in. */
  signPartial(
    holder: TokenHolder,
    sessionId: string,
    options: { scope: PartialScope; lifetimeSeconds: number; now: number },
  ): Promise<SignedToken>
  /** Throws the 401 that ThingsBoard answers. */
  verifyAccess(token: string, now: number): Promise<TokenClaims>
  verifyRefresh(token: string, now: number): Promise<TokenClaims>
  /** Lifetime of refresh tokens. */
  refreshSeconds(): Promise<number>
}

/** Tokens count seconds, so what was issued in the second of a change is as old as the change: it counts as before. */
export const firstGoodSecond = (tokensValidFromMs: number): number => Math.ceil(tokensValidFromMs / 1_000)

const maxRemembered = 10_000

/** HS512 tokens with ThingsBoard's claims. `now` is epoch ms. */
export const createTokens = (readSettings: () => Promise<JwtSettings>): Tokens => {
  // A signature that was good stays good for the same key: clients send one token thousands of times.
  const verified = new LRUCache<string, TokenClaims>(upTo(maxRemembered))
  let key: { text: string; issuer: string; object: KeyObject } | null = null

  const currentKey = ({ tokenSigningKey, tokenIssuer }: JwtSettings): KeyObject => {
    if (key?.text === tokenSigningKey && key.issuer === tokenIssuer) return key.object
    verified.clear()
    const object = createSecretKey(Buffer.from(tokenSigningKey, 'base64'))
    key = { text: tokenSigningKey, issuer: tokenIssuer, object }
    return object
  }

  const sign = async (
    settings: JwtSettings,
    claims: Record<string, unknown>,
    options: { holder: TokenHolder; now: number; lifetimeSeconds: number; jwtId?: string },
  ): Promise<SignedToken> => {
    // A new token of the second of a password change must outlive the change: it is dated at the next second.
    const issuedAt = Math.max(Math.floor(options.now / 1_000), firstGoodSecond(options.holder.tokensValidFromMs))
    const expiresAt = issuedAt + options.lifetimeSeconds
    const jwt = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512' })
      .setSubject(options.holder.user.email)
      .setIssuer(settings.tokenIssuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
    if (options.jwtId) jwt.setJti(options.jwtId)
    return { token: await jwt.sign(currentKey(settings)), expiresAtMs: expiresAt * 1_000 }
  }

  const verify = async (token: string, now: number): Promise<unknown> => {
    const settings = await readSettings()
    try {
      const { payload } = await jwtVerify(token, currentKey(settings), {
        // The one algorithm we sign with: "none", HS256 and every public-key algorithm are refused before any check.
        algorithms: ['HS512'],
        issuer: settings.tokenIssuer,
        currentDate: new Date(now),
      })
      return payload
    } catch (cause) {
      throw new AppError(looksGenuine(cause) ? 'AUTH_TOKEN_EXPIRED' : 'AUTH_BAD_CREDENTIALS', undefined, { cause })
    }
  }

  return {
    refreshSeconds: async () => (await readSettings()).refreshTokenExpTime,

    signPair: async (holder, sessionId, now) => {
      const settings = await readSettings()
      const { user, isPublic } = holder
      const [access, refresh] = await Promise.all([
        sign(settings, accessClaims(holder, sessionId, user.authority), {
          holder,
          now,
          lifetimeSeconds: settings.tokenExpirationTime,
        }),
        sign(
          settings,
          { userId: user.id.id, scopes: [refreshScope], sessionId, isPublic },
          { holder, now, lifetimeSeconds: settings.refreshTokenExpTime, jwtId: randomUUID() },
        ),
      ])
      return { access, refresh }
    },

    signPartial: async (holder, sessionId, { scope, lifetimeSeconds, now }) =>
      sign(await readSettings(), accessClaims(holder, sessionId, scope), { holder, now, lifetimeSeconds }),

    verifyAccess: async (token, now) => {
      // The key first: after a change of it nothing that was remembered counts.
      currentKey(await readSettings())
      const remembered = verified.get(token)
      if (remembered && remembered.expiresAt * 1_000 > now) return remembered
      const claims = toClaims(accessClaimsSchema.safeParse(await verify(token, now)))
      verified.set(token, claims)
      return claims
    },

    verifyRefresh: async (token, now) => toClaims(refreshClaimsSchema.safeParse(await verify(token, now))),
  }
}

const accessClaims = ({ user, isPublic }: TokenHolder, sessionId: string, scope: string) => ({
  userId: user.id.id,
  scopes: [scope],
  sessionId,
  ...(user.firstName && { firstName: user.firstName }),
  ...(user.lastName && { lastName: user.lastName }),
  enabled: true,
  isPublic,
  tenantId: user.authority === 'SYS_ADMIN' ? nullUuid : user.tenantId.id,
  customerId: user.authority === 'CUSTOMER_USER' ? user.customerId.id : nullUuid,
})

/** Expired, or signed with another key: the wire does not tell these two apart (as ThingsBoard). */
const looksGenuine = (error: unknown): boolean =>
  error instanceof errors.JWTExpired ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWTClaimValidationFailed

const toClaims = (
  parsed: z.ZodSafeParseResult<z.infer<typeof accessClaimsSchema | typeof refreshClaimsSchema>>,
): TokenClaims => {
  if (!parsed.success) throw new AppError('AUTH_BAD_CREDENTIALS', undefined, { cause: parsed.error })
  const { sub, userId, sessionId, isPublic, scopes, iat, exp } = parsed.data
  const partialScope = partialScopes.find((scope) => scope === scopes[0]) ?? null
  return { subject: sub, userId, sessionId, isPublic, partialScope, issuedAt: iat, expiresAt: exp }
}
