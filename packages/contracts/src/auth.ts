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
