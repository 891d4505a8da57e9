import { randomUUID } from 'node:crypto'
import { AppError, authorities, nullUuid, type User } from '@thingwire/contracts'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { TokenSettings } from './signing-key.ts'

const refreshScope = 'REFRESH_TOKEN'

const common = {
  sub: z.string(),
  userId: z.guid(),
  sessionId: z.guid(),
  iat: z.number(),
  exp: z.number(),
}
const accessClaimsSchema = z.object({ ...common, scopes: z.tuple([z.enum(authorities)]) })
const refreshClaimsSchema = z.object({ ...common, scopes: z.tuple([z.literal(refreshScope)]) })

/** What a good token proves: who and which session. Rights come from the stored account, never from the token. */
export type TokenClaims = {
  userId: string
  sessionId: string
  /** Epoch seconds. */
  issuedAt: number
  expiresAt: number
}

export type SignedToken = { token: string; expiresAtMs: number }
export type SignedPair = { access: SignedToken; refresh: SignedToken }

/** HS512 tokens with ThingsBoard's claims. `now` is epoch ms. */
export const createTokens = (settings: TokenSettings) => {
  const sign = async (
    claims: Record<string, unknown>,
    options: { subject: string; now: number; lifetimeSeconds: number; jwtId?: string },
  ): Promise<SignedToken> => {
    const issuedAt = Math.floor(options.now / 1_000)
    const expiresAt = issuedAt + options.lifetimeSeconds
    const jwt = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512' })
      .setSubject(options.subject)
      .setIssuer(settings.issuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
    if (options.jwtId) jwt.setJti(options.jwtId)
    return { token: await jwt.sign(settings.key), expiresAtMs: expiresAt * 1_000 }
  }

  const verify = async (token: string, now: number): Promise<unknown> => {
    try {
      const { payload } = await jwtVerify(token, settings.key, {
        // The one algorithm we sign with: "none", HS256 and every public-key algorithm are refused before any check.
        algorithms: ['HS512'],
        issuer: settings.issuer,
        currentDate: new Date(now),
      })
      return payload
    } catch (cause) {
      throw new AppError(looksGenuine(cause) ? 'AUTH_TOKEN_EXPIRED' : 'AUTH_BAD_CREDENTIALS', undefined, { cause })
    }
  }

  return {
    refreshSeconds: settings.refreshSeconds,

    signPair: async (user: User, sessionId: string, now: number): Promise<SignedPair> => {
      const [access, refresh] = await Promise.all([
        sign(
          {
            userId: user.id.id,
            scopes: [user.authority],
            sessionId,
            ...(user.firstName && { firstName: user.firstName }),
            ...(user.lastName && { lastName: user.lastName }),
            enabled: true,
            isPublic: false,
            tenantId: user.authority === 'SYS_ADMIN' ? nullUuid : user.tenantId.id,
            customerId: user.authority === 'CUSTOMER_USER' ? user.customerId.id : nullUuid,
          },
          { subject: user.email, now, lifetimeSeconds: settings.accessSeconds },
        ),
        sign(
          { userId: user.id.id, scopes: [refreshScope], sessionId, isPublic: false },
          { subject: user.email, now, lifetimeSeconds: settings.refreshSeconds, jwtId: randomUUID() },
        ),
      ])
      return { access, refresh }
    },

    verifyAccess: async (token: string, now: number): Promise<TokenClaims> =>
      toClaims(accessClaimsSchema.safeParse(await verify(token, now))),

    verifyRefresh: async (token: string, now: number): Promise<TokenClaims> =>
      toClaims(refreshClaimsSchema.safeParse(await verify(token, now))),
  }
}

export type Tokens = ReturnType<typeof createTokens>

/** Expired, or signed with another key: the wire does not tell these two apart (as ThingsBoard). */
const looksGenuine = (error: unknown): boolean =>
  error instanceof errors.JWTExpired ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWTClaimValidationFailed

const toClaims = (parsed: z.ZodSafeParseResult<z.infer<typeof accessClaimsSchema | typeof refreshClaimsSchema>>) => {
  if (!parsed.success) throw new AppError('AUTH_BAD_CREDENTIALS', undefined, { cause: parsed.error })
  const { userId, sessionId, iat, exp } = parsed.data
  return { userId, sessionId, issuedAt: iat, expiresAt: exp }
}
