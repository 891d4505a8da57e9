import { addressKey } from '../addresses.ts'
import type { Part } from '../lifecycle.ts'
import { createRateLimiter } from '../limits/rate-limiter.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { ConnectionGate, ConnectionLease } from '../transports/transport.ts'
import type { AddressGuard } from './address-guard.ts'

export type ConnectionLimits = {
  /** Open connections whose credentials are not accepted yet: of this process, and of one address. */
  mostStrangers: number
  mostStrangersOfAddress: number
  /** Connections of one address; 0: any number. */
  mostOfAddress: number
  /** Connection attempts of one address, `capacity:seconds,…`; empty: any number. */
  attemptRate: string
  /** How long credentials may take: header of a proxy, TLS handshake and CONNECT together, ms. */
  strangerMs: number
}

const sweepMs = 500
const mostAddresses = 50_000

/** Memory is bounded: by open connections, and by the number of addresses whose rate is known. */
export const createConnectionGate = (options: {
  limits: ConnectionLimits
  guard: Pick<AddressGuard, 'isBanned'>
  metrics: Pick<Metrics, 'addressRefusals' | 'strangers'>
  now?: () => number
}): ConnectionGate & Part & { sweep(): void } => {
  const { limits, guard, metrics, now = () => performance.now() } = options
  const limiter = createRateLimiter({ now, maxKeys: mostAddresses })
  const strangersOf = new Map<string, number>()
  const connectionsOf = new Map<string, number>()
  /** Those that may be cut, in the order of their arrival. */
  const waiting = new Set<Lease>()
  let strangerCount = 0
  let timer: NodeJS.Timeout | null = null

  const refuse = (reason: string): false => {
    metrics.addressRefusals.inc({ reason })
    return false
  }

  const countStranger = (by: 1 | -1) => {
    strangerCount += by
    metrics.strangers.set(strangerCount)
  }

  /** A class: there is one for each connection, as long as it is open. */
  class Lease implements ConnectionLease {
    readonly sinceMs = now()
    readonly cut: () => void
    #key: string | null = null
    #isStranger = true
    #isCounted = false
    #isGone = false

    constructor(cut: () => void) {
      this.cut = cut
      countStranger(1)
      waiting.add(this)
    }

    locate(address: string): boolean {
      if (this.#isGone || this.#key !== null) return false
      const key = addressKey(address)
      if ((strangersOf.get(key) ?? 0) >= limits.mostStrangersOfAddress) return refuse('address-strangers')
      this.#key = key
      add(strangersOf, key, 1)
      return true
    }

    asks(): boolean {
      const key = this.#key
      if (this.#isGone || this.#isCounted || key === null) return false
      if (guard.isBanned({ transport: 'mqtt', address: key })) return false
      if (!limiter.take(key, limits.attemptRate)) return refuse('rate')
      if (limits.mostOfAddress > 0 && (connectionsOf.get(key) ?? 0) >= limits.mostOfAddress)
        return refuse('address-connections')
      this.#isCounted = true
      add(connectionsOf, key, 1)
      return true
    }

    stays(): void {
      waiting.delete(this)
    }

    isKnown(): void {
      waiting.delete(this)
      if (!this.#isStranger) return
      this.#isStranger = false
      countStranger(-1)
      if (this.#key !== null) add(strangersOf, this.#key, -1)
    }

    left(): void {
      if (this.#isGone) return
      this.isKnown()
      if (this.#isCounted && this.#key !== null) add(connectionsOf, this.#key, -1)
      this.#isGone = true
    }
  }

  const enter = (address: string | null, cut: () => void): ConnectionLease | null => {
    if (strangerCount >= limits.mostStrangers) {
      refuse('strangers')
      return null
    }
    const lease = new Lease(cut)
    if (address === null || lease.locate(address)) return lease
    lease.left()
    return null
  }

  const sweep = () => {
    const oldest = now() - limits.strangerMs
    for (const lease of waiting) {
      if (lease.sinceMs > oldest) return
      waiting.delete(lease)
      refuse('timeout')
      lease.cut()
    }
  }

  return {
    enter,
    sweep,
    name: 'connection gate',
    start: async () => {
      timer = setInterval(sweep, sweepMs)
      timer.unref()
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      timer = null
    },
  }
}

const add = (counts: Map<string, number>, key: string, by: 1 | -1): void => {
  const count = (counts.get(key) ?? 0) + by
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
}
