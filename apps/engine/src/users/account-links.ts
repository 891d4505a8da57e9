import { createHash, randomBytes } from 'node:crypto'
import { AppError, type UserActivationLink } from '@thingwire/contracts'
import type { Database, UserLink } from '@thingwire/db'
import type { BaseUrl } from '../admin-settings/base-url.ts'
import type { SecuritySettingsService } from '../auth/security-settings.ts'

export type IssuedToken = { token: string /** Epoch ms. */; expiresAtMs: number }
export type FoundLink = { userId: string; isExpired: boolean }

/** Links by which somebody chooses a password: each works once and for the hours that the security settings say. */
export type AccountLinks = {
  /** A token for an account that is about to be made. */
  newActivationToken(): Promise<IssuedToken>
  /** The activation link of an account; an expired one is replaced. Throws 400 when the account has a password. */
  activation(userId: string): Promise<UserActivationLink>
  /** A token to choose a new password with; an earlier one stops working. */
  issueReset(userId: string): Promise<IssuedToken>
  resetUrl(token: string): Promise<string>
  /** The sign-in page. */
  signInUrl(): Promise<string>
  find(kind: 'activation' | 'reset', token: string): Promise<FoundLink | null>
  /** Takes the token out of use; true for exactly one of several callers. */
  consume(kind: 'activation' | 'reset', token: string): Promise<boolean>
}

const hourMs = 3_600_000

/** 30 characters that need no escaping in an address; 176 bits. */
const newToken = (): string => randomBytes(22).toString('base64url')

export const createAccountLinks = (deps: {
  userLinks: Database['userLinks']
  securitySettings: Pick<SecuritySettingsService, 'get'>
  baseUrl: BaseUrl
  /** Epoch ms. */
  now: () => number
}): AccountLinks => {
  const { userLinks, baseUrl, now } = deps

  const issue = async (setting: 'userActivationTokenTtl' | 'passwordResetTokenTtl'): Promise<IssuedToken> => {
    const hours = (await deps.securitySettings.get())[setting] ?? 24
    return { token: newToken(), expiresAtMs: now() + hours * hourMs }
  }
  const newActivationToken = () => issue('userActivationTokenTtl')
  const stored = (kind: 'activation' | 'reset', token: string) => (kind === 'reset' ? hashOf(token) : token)

  return {
    newActivationToken,

    activation: async (userId) => {
      const current = await userLinks.activationOf(userId)
      let link = current
      if (!link || link.expiresAtMs <= now()) {
        link = { userId, ...(await newActivationToken()) }
        if (!(await userLinks.setActivation(link))) throw new AppError('ARGUMENT_INVALID', 'User is already activated!')
      }
      const url = `${await baseUrl()}/api/noauth/activate?activateToken=${link.token}`
      return { value: url, ttlMs: link.expiresAtMs - now() }
    },

    issueReset: async (userId) => {
      const issued = await issue('passwordResetTokenTtl')
      const link: UserLink = { userId, token: hashOf(issued.token), expiresAtMs: issued.expiresAtMs }
      await userLinks.setReset(link)
      return issued
    },

    resetUrl: async (token) => `${await baseUrl()}/api/noauth/resetPassword?resetToken=${token}`,
    signInUrl: async () => `${await baseUrl()}/login`,

    find: async (kind, token) => {
      const key = stored(kind, token)
      const link = await (kind === 'reset' ? userLinks.findReset(key) : userLinks.findActivation(key))
      return link && { userId: link.userId, isExpired: link.expiresAtMs <= now() }
    },

    consume: (kind, token) => userLinks.consume(kind, stored(kind, token), now()),
  }
}

/** A token has far more bits than anybody could try, so a fast hash does. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
