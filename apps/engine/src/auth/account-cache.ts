import type { Database, PublicCustomer, UserAccount } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import type { Invalidation } from '../channels.ts'

/** What every request asks of an account: remembered for a moment, forgotten when it changes. */
export type AccountCache = {
  account(userId: string): Promise<UserAccount | null>
  isRevoked(sessionId: string): Promise<boolean>
  publicCustomer(customerId: string): Promise<PublicCustomer | null>
  apiKey(valueHash: string): Promise<StoredApiKey | null>
  forget(change: Pick<Invalidation, 'kind' | 'id'>): void
  forgetSession(sessionId: string): void
  forgetAll(): void
}

type StoredApiKey = NonNullable<Awaited<ReturnType<Database['apiKeys']['findByHash']>>>

/** How long a process that hears no announcements (Redis away) may go on with what it knows. */
const maxAgeMs = 3_000
const maxEntries = 10_000

/**
 * Look-ups by id, each kept for a few seconds; several askers at once share one. What was read before a change but
 * arrives after it is handed to its askers and not kept.
 */
const remembering = <T>(read: (id: string) => Promise<T>) => {
  const known = new LRUCache<string, Promise<T>>({ ...upTo(maxEntries), ttl: maxAgeMs })
  return {
    get: (id: string): Promise<T> => {
      const remembered = known.get(id)
      if (remembered) return remembered
      const reading = read(id)
      known.set(id, reading)
      reading.catch(() => {
        if (known.peek(id) === reading) known.delete(id)
      })
      return reading
    },
    forget: (id: string): void => void known.delete(id),
    clear: (): void => known.clear(),
  }
}

/** Where what is remembered comes from. */
export type AccountSources = Pick<Database['users'], 'findAccountById' | 'findPublicCustomer'> &
  Pick<Database['sessions'], 'isRevoked'> &
  Pick<Database['apiKeys'], 'findByHash'>

export const createAccountCache = (sources: AccountSources): AccountCache => {
  const accounts = remembering(sources.findAccountById)
  const revoked = remembering(sources.isRevoked)
  const customers = remembering(sources.findPublicCustomer)
  const keys = remembering(sources.findByHash)
  return {
    account: accounts.get,
    isRevoked: revoked.get,
    publicCustomer: customers.get,
    apiKey: keys.get,
    forget: ({ kind, id }) => {
      switch (kind) {
        case 'user':
          accounts.forget(id)
          // The keys of a deleted user went with it.
          return keys.clear()
        case 'api-key':
          return keys.clear()
        case 'customer':
          return customers.forget(id)
        // Accounts go with their tenant, and one may have many.
        case 'tenant':
          accounts.clear()
          customers.clear()
          return keys.clear()
        default:
          return
      }
    },
    forgetSession: revoked.forget,
    forgetAll: () => {
      accounts.clear()
      revoked.clear()
      customers.clear()
      keys.clear()
    },
  }
}
