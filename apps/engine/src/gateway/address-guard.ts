import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'
import { addressKey } from '../addresses.ts'
import { createRateLimiter } from '../limits/rate-limiter.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Peer } from '../transports/transport.ts'

export type AddressLimits = {
  /** Wrong credentials within `banMs` after which an address is not heard; 0: never. */
  banFailures: number
  banMs: number
  /** Provision requests of one address, `capacity:seconds,…`; empty: any number. */
  provisionRate: string
}

/** Where something came from, and by which transport. */
export type Origin = Pick<Peer, 'transport' | 'address'>

/** What devices may try from one address, whatever transport they come by. Of this process, and bounded. */
export type AddressGuard = {
  isBanned(from: Origin): boolean
  /** Credentials that nobody has, or a provision key that no profile has. */
  failed(from: Origin): void
  /** Whether this provision request is still within the limits. */
  mayProvision(from: Origin): boolean
}

const mostAddresses = 50_000

/** Anybody can write any sender on a datagram: what came by one must not close other doors to that address. */
const keyOf = ({ transport, address }: Origin): string =>
  transport === 'coap' ? `coap ${addressKey(address)}` : addressKey(address)

/** @param isExempt Proxies: many devices that have nothing to do with each other come from there. */
export const createAddressGuard = (options: {
  limits: AddressLimits
  isExempt: (address: string) => boolean
  metrics: Pick<Metrics, 'addressRefusals'>
  now?: () => number
}): AddressGuard => {
  const { limits, isExempt, metrics, now = () => performance.now() } = options
  const failures = new LRUCache<string, { count: number; untilMs: number }>(upTo(mostAddresses))
  const limiter = createRateLimiter({ now, maxKeys: mostAddresses })

  const isBanned = (from: Origin): boolean => {
    if (limits.banFailures === 0) return false
    const key = keyOf(from)
    const found = failures.get(key)
    if (!found) return false
    if (now() >= found.untilMs) {
      failures.delete(key)
      return false
    }
    if (found.count < limits.banFailures) return false
    metrics.addressRefusals.inc({ reason: 'banned' })
    return true
  }

  return {
    isBanned,
    failed: (from) => {
      if (limits.banFailures === 0 || isExempt(from.address)) return
      const key = keyOf(from)
      const nowMs = now()
      const found = failures.get(key)
      if (!found || nowMs >= found.untilMs) failures.set(key, { count: 1, untilMs: nowMs + limits.banMs })
      // The ban begins with the last failure; trying on while it lasts is not even looked at.
      else if (++found.count === limits.banFailures) found.untilMs = nowMs + limits.banMs
    },
    mayProvision: (from) => {
      if (limiter.take(keyOf(from), isExempt(from.address) ? null : limits.provisionRate)) return true
      metrics.addressRefusals.inc({ reason: 'provision-rate' })
      return false
    },
  }
}
