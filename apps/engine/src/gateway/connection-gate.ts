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

type Stranger = { sinceMs: number; cut: () => void }

/** Memory is bounded: by open connections, and by the number of addresses whose rate is known. */
export const createConnectionGate = (options: {
  limits: ConnectionLimits
  guard: Pick<AddressGuard, 'isBanned'>
  metrics: Pick<Metrics, 'addressRefusals' | 'strangers'>
  now?: () => number
}): ConnectionGate & Part & { sweep(): void } => {
  const { limits, guard, metrics, now = () => performance.now() } = options
  const limiter = createRateLimiter({ now, maxKeys: mostAddresses })
  /** In the order of their arrival. */
  const strangers = new Set<Stranger>()
  let strangerCount = 0
  const strangersOf = new Map<string, number>()
  const connectionsOf = new Map<string, number>()
  let timer: NodeJS.Timeout | null = null

  const refuse = (reason: string): false => {
    metrics.addressRefusals.inc({ reason })
    return false
  }

  const countStrangers = (by: 1 | -1) => {
    strangerCount += by
    metrics.strangers.set(strangerCount)
  }

  const enter = (address: string | null, cut: () => void): ConnectionLease | null => {
    if (strangerCount >= limits.mostStrangers) {
      refuse('strangers')
      return null
    }
    const stranger: Stranger = { sinceMs: now(), cut }
    let key: string | null = null
    let isStranger = true
    let isCounted = false
    let isGone = false
    countStrangers(1)
    strangers.add(stranger)

    const endStranger = () => {
      strangers.delete(stranger)
      if (!isStranger) return
      isStranger = false
      countStrangers(-1)
      if (key !== null) add(strangersOf, key, -1)
    }

    const locate = (from: string): boolean => {
      if (isGone || key !== null) return false
      const wanted = addressKey(from)
      if ((strangersOf.get(wanted) ?? 0) >= limits.mostStrangersOfAddress) return refuse('address-strangers')
      key = wanted
      add(strangersOf, key, 1)
      return true
    }

    const asks = (): boolean => {
      if (isGone || key === null) return false
      if (guard.isBanned({ transport: 'mqtt', address: key })) return false
      if (!limiter.take(key, limits.attemptRate)) return refuse('rate')
      if (limits.mostOfAddress > 0 && (connectionsOf.get(key) ?? 0) >= limits.mostOfAddress)
        return refuse('address-connections')
      isCounted = true
      add(connectionsOf, key, 1)
      return true
    }

    const left = () => {
      if (isGone) return
      endStranger()
      if (isCounted && key !== null) add(connectionsOf, key, -1)
      isGone = true
    }

    if (address !== null && !locate(address)) {
      left()
      return null
    }
    return { locate, asks, stays: () => void strangers.delete(stranger), isKnown: endStranger, left }
  }

  const sweep = () => {
    const oldest = now() - limits.strangerMs
    for (const stranger of strangers) {
      if (stranger.sinceMs > oldest) return
      strangers.delete(stranger)
      refuse('timeout')
      stranger.cut()
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
