import type { TenantProfileConfiguration } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'

export type SessionCounts = {
  /** The text of the limit that is reached; null: counted. */
  take(what: 'Sessions' | 'Subscriptions', who: Principal, limits: TenantProfileConfiguration): string | null
  give(what: 'Sessions' | 'Subscriptions', who: Principal, amount?: number): void
}

type Level = { key: string; limit: number; refusal: string }

/** Open sessions and subscriptions of this process, against the limits of the tenant's profile; 0 is no limit. */
export const createSessionCounts = (): SessionCounts => {
  const counts = new Map<string, number>()

  const levelsOf = (
    what: 'Sessions' | 'Subscriptions',
    { tenantId, customerId, userId, authority, isPublic }: Principal,
    limits: TenantProfileConfiguration | null,
  ): Level[] => {
    const name = what.toLowerCase()
    const level = (kind: 'Tenant' | 'Customer' | 'RegularUser' | 'PublicUser', id: string, words: string): Level => ({
      key: `${name} ${kind} ${id}`,
      limit: limits?.[`maxWs${what}Per${kind}`] ?? 0,
      refusal: `Max ${words} ${name} limit reached`,
    })
    if (!tenantId) return []
    const ofTenant = level('Tenant', tenantId, 'tenant')
    const levels = [{ ...ofTenant, refusal: `${ofTenant.refusal}!` }]
    if (authority !== 'CUSTOMER_USER' || !customerId) return levels
    levels.push(level('Customer', customerId, 'customer'))
    levels.push(
      isPublic ? level('PublicUser', customerId, 'public user') : level('RegularUser', userId, 'regular user'),
    )
    return levels
  }

  const add = (key: string, amount: number) => {
    const count = (counts.get(key) ?? 0) + amount
    if (count > 0) counts.set(key, count)
    else counts.delete(key)
  }

  return {
    take: (what, who, limits) => {
      const levels = levelsOf(what, who, limits)
      for (const { key, limit, refusal } of levels) if (limit > 0 && (counts.get(key) ?? 0) >= limit) return refusal
      for (const { key } of levels) add(key, 1)
      return null
    },
    give: (what, who, amount = 1) => {
      for (const { key } of levelsOf(what, who, null)) add(key, -amount)
    },
  }
}
