import { z } from 'zod'
import type { Authority } from './entities.ts'
import type { User } from './user.ts'

export const loginSchema = z.object({ username: z.string().min(1).max(255), password: z.string().min(1).max(1024) })
export const refreshSchema = z.object({ refreshToken: z.string().min(1) })
export const publicLoginSchema = z.object({ publicId: z.string().min(1).max(255) })
/** `isFramed`: the page stands in a frame of another site, whose cookies browsers keep apart or not at all. */
export const publicSessionSchema = publicLoginSchema.extend({ isFramed: z.boolean().default(false) })
export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1).max(1024),
  newPassword: z.string().max(1024),
})

export const jwtPairSchema = z.object({ token: z.string(), refreshToken: z.string() })
export type JwtPair = z.infer<typeof jwtPairSchema>

/**
 * What a token allows before somebody is signed in altogether: to prove a second factor, or to set one up because
 * everybody must have one.
 */
export const partialScopes = ['PRE_VERIFICATION_TOKEN', 'MFA_CONFIGURATION_TOKEN'] as const
export type PartialScope = (typeof partialScopes)[number]

/** The answer of a sign-in: a pair, or with a `scope` a single token for the step that is still missing. */
export const loginAnswerSchema = z.object({
  token: z.string(),
  refreshToken: z.string().optional(),
  scope: z.enum(partialScopes).optional(),
})
export type LoginAnswer = z.infer<typeof loginAnswerSchema>

/** `/api/admin/jwtSettings`; times in seconds. */
export const jwtSettingsSchema = z
  .object({
    tokenExpirationTime: z.number().int().min(60, 'Access token expiration time should be at least 1 minute!'),
    refreshTokenExpTime: z.number().int().min(900, 'Refresh token expiration time should be at least 15 minutes!'),
    tokenIssuer: z.string().trim().min(1, 'Token issuer should be specified!').max(255),
    /** Base64 of at least 64 bytes: HS512 wants a key as long as its hash. */
    tokenSigningKey: z
      .base64('Token signing key should be a valid Base64 text!')
      .max(4_096)
      .refine(
        (text) => text.replace(/=+$/, '').length >= 86,
        'Token signing key should be a Base64 text of at least 512 bits!',
      ),
  })
  .refine(({ tokenExpirationTime, refreshTokenExpTime }) => tokenExpirationTime < refreshTokenExpTime, {
    message: 'Refresh token expiration time should be longer than that of access tokens!',
  })
export type JwtSettings = z.infer<typeof jwtSettingsSchema>

/**
 * `/api/session`, the browser's door: POST signs in and sets httpOnly cookies, GET says who is signed in, DELETE signs
 * out. Tokens never reach scripts of the page.
 */
export type Session = {
  user: User
  /** Epoch ms at which the access cookie ends; the web asks for a new one before that by POST /api/session/refresh. */
  expiresAt: number
}

/**
 * POST /api/session and the steps after it answer this instead of a `Session` while something is missing. A cookie of
 * its own, sent to /api only and httpOnly like the others, carries the step:
 * - `PRE_VERIFICATION_TOKEN`: GET /api/session/2fa/providers (`TwoFaProviderInfo[]`), POST /api/session/2fa/send
 *   `{providerType}` (nothing), POST /api/session/2fa/verify `{providerType, verificationCode}` (`Session`).
 * - `MFA_CONFIGURATION_TOKEN`: the routes under /api/2fa (providers, account/settings, account/config/generate,
 *   account/config/submit, account/config) as they are, then POST /api/session/2fa/login (`Session`).
 */
export type PendingSession = {
  scope: PartialScope
  /** Epoch ms at which the step has to be taken again from the password on. */
  expiresAt: number
}
export const pendingSessionSchema = z.object({ scope: z.enum(partialScopes), expiresAt: z.number() })

/** Public facts the sign-in page needs (`GET /api/noauth/sign-in-info`). */
export type SignInInfo = {
  /** Present only when the demo tenant was seeded and NODE_ENV is not production. */
  demoAccounts: { username: string; password: string; role: Authority }[]
}

/** Cookie names; the refresh cookie is sent to its own path only. */
export const accessCookie = 'tw_access'
/** Carries a partial token between the steps of a sign-in. */
export const partialCookie = 'tw_partial'
export const refreshCookie = 'tw_refresh'
export const refreshCookiePath = '/api/session'

const optionalCount = z.number().int().min(0).max(1_024).nullable().default(null)
const optionalDays = z.number().int().min(0).max(36_500).nullable().default(null)

/** What a password must look like (`GET /api/noauth/userPasswordPolicy`). Null: no such rule. */
export const userPasswordPolicySchema = z
  .object({
    minimumLength: z.number().int().min(6).max(1_024).default(6),
    maximumLength: z.number().int().min(6).max(1_024).nullable().default(72),
    minimumUppercaseLetters: optionalCount,
    minimumLowercaseLetters: optionalCount,
    minimumDigits: optionalCount,
    minimumSpecialCharacters: optionalCount,
    allowWhitespaces: z.boolean().nullable().default(true),
    /** Who signs in with a password that violates the policy must choose another one first. */
    forceUserToResetPasswordIfNotValid: z.boolean().nullable().default(false),
    /** Days; null or 0: passwords do not expire. */
    passwordExpirationPeriodDays: optionalDays,
    /** Days during which an earlier password may not be chosen again; null or 0: at once. */
    passwordReuseFrequencyDays: optionalDays,
  })
  .refine(({ minimumLength, maximumLength }) => maximumLength === null || maximumLength >= minimumLength, {
    message: 'The maximum password length must not be less than the minimum one!',
  })
export type UserPasswordPolicy = z.infer<typeof userPasswordPolicySchema>

const tokenLifetimeHours = z.number().int().min(1).max(24).nullable().default(24)

/** `/api/admin/securitySettings`; an empty object stands for the settings of a fresh installation. */
export const securitySettingsSchema = z.object({
  passwordPolicy: userPasswordPolicySchema.prefault({}),
  /** Failures in a row after which an account is locked; null or 0: never. */
  maxFailedLoginAttempts: z.number().int().min(0).max(1_000_000).nullable().default(null),
  userLockoutNotificationEmail: z.string().max(255).nullable().default(null),
  mobileSecretKeyLength: z.number().int().min(1).max(1_024).nullable().default(64),
  /** Hours. */
  userActivationTokenTtl: tokenLifetimeHours,
  /** Hours. */
  passwordResetTokenTtl: tokenLifetimeHours,
})
export type SecuritySettings = z.infer<typeof securitySettingsSchema>
