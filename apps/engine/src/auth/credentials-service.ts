import { AppError, nullUuid, type UserPasswordPolicy } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { Invalidate } from '../actions/invalidation.ts'
import { joinedViolations, reuseHorizonMs, reuseText, violations } from './password-policy.ts'
import { hashPassword, passwordFits } from './passwords.ts'
import type { SecuritySettingsService } from './security-settings.ts'

export type CredentialsService = {
  policy(): Promise<UserPasswordPolicy>
  /** Throws 400 with the texts of all broken rules; `userId` adds the rule about earlier passwords. */
  requireGoodPassword(password: string, userId?: string): Promise<void>
  /**
   * Checks the policy, stores the hash, and ends all sessions and open links of the account. Throws 400 for a bad
   * password and 404 without such an account.
   * @param options.enable Opens the account as well (activation)
   */
  setPassword(userId: string, password: string, options?: { enable?: boolean }): Promise<void>
  /** Opens or closes the account; closing ends its sessions, opening forgets failed sign-ins. */
  setEnabled(userId: string, isEnabled: boolean): Promise<void>
}

export const createCredentialsService = (deps: {
  users: Pick<Database['users'], 'usedPasswords' | 'setPassword' | 'setEnabled'>
  securitySettings: Pick<SecuritySettingsService, 'get'>
  invalidate: Invalidate
  /** Epoch ms. */
  now: () => number
}): CredentialsService => {
  const { users, now } = deps
  const policy = async () => (await deps.securitySettings.get()).passwordPolicy
  const announce = (userId: string) => deps.invalidate({ kind: 'user', tenantId: nullUuid, id: userId })

  const wasUsed = async (userId: string, password: string, horizonMs: number): Promise<boolean> => {
    const used = await users.usedPasswords(userId, now())
    for (const { passwordHash, lastUsedMs } of used)
      if (lastUsedMs > horizonMs && (await passwordFits(passwordHash, password))) return true
    return false
  }

  const requireGoodPassword: CredentialsService['requireGoodPassword'] = async (password, userId) => {
    const rules = await policy()
    const texts = violations(rules, password)
    const horizonMs = reuseHorizonMs(rules, now())
    if (texts.length === 0 && userId && horizonMs !== null && (await wasUsed(userId, password, horizonMs)))
      texts.push(reuseText(rules))
    if (texts.length > 0) throw new AppError('ARGUMENT_INVALID', joinedViolations(texts))
  }

  const done = async (userId: string, isKnown: boolean) => {
    if (!isKnown) throw new AppError('ENTITY_NOT_FOUND')
    await announce(userId)
  }

  return {
    policy,
    requireGoodPassword,
    setPassword: async (userId, password, options) => {
      await requireGoodPassword(password, userId)
      const hash = await hashPassword(password)
      await done(userId, await users.setPassword(userId, hash, { atMs: now(), enable: options?.enable }))
    },
    setEnabled: async (userId, isEnabled) => done(userId, await users.setEnabled(userId, isEnabled, now())),
  }
}
