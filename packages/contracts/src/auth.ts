import { z } from 'zod'
import type { Authority, User } from './entities.ts'

export const loginSchema = z.object({ username: z.string().min(1).max(255), password: z.string().min(1).max(1024) })
export const refreshSchema = z.object({ refreshToken: z.string().min(1) })
export type JwtPair = { token: string; refreshToken: string }

/**
 * `/api/session`, the browser's door: POST signs in and sets httpOnly cookies, GET says who is signed in, DELETE signs
 * out. Tokens never reach scripts of the page.
 */
export type Session = {
  user: User
  /** Epoch ms at which the access cookie ends; the web asks for a new one before that by POST /api/session/refresh. */
  expiresAt: number
}

/** Public facts the sign-in page needs (`GET /api/noauth/sign-in-info`). */
export type SignInInfo = {
  /** Present only when the demo tenant was seeded and NODE_ENV is not production. */
  demoAccounts: { username: string; password: string; role: Authority }[]
}

/** Cookie names; the refresh cookie is sent to its own path only. */
export const accessCookie = 'tw_access'
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
