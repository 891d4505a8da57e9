import type { Endpoint } from './endpoint.ts'
import { createReplySlots } from './reply-slots.ts'

/** One request and what became of it, so that its repeats get the same answer (RFC 7252 §4.5). */
export type Exchange = {
  readonly endpoint: Endpoint
  readonly messageId: number
  readonly isConfirmable: boolean
  readonly sinceMs: number
  /** The datagram that answers the request, or acknowledges it; null while there is none. */
  reply: Buffer | null
}

export type ExchangeLimits = {
  /** Requests that wait for their answer at a time. */
  underWay: number
  underWayPerAddress: number
  /** Answered requests that are remembered; the oldest are forgotten first. */
  remembered: number
  rememberedPerAddress: number
  /** How long repeats may arrive, ms: EXCHANGE_LIFETIME (RFC 7252 §4.8.2). */
  lifetimeMs: number
}

/** 50,000 hold the 45 s in which a device repeats a request (RFC 7252 §4.8.2) at 1,100 requests/s, in about 6 MB. */
export const exchangeLimits: ExchangeLimits = {
  underWay: 8_000,
  underWayPerAddress: 2_000,
  remembered: 50_000,
  rememberedPerAddress: 20_000,
  lifetimeMs: 247_000,
}

/** `answered`: number of a request → slot of its reply, the oldest first. */
type Host = { address: string; waiting: Map<number, Exchange>; answered: Map<number, number> }

/** A request that came before. `reply`: null while there is none, empty when it wants none. */
export type KnownRequest = { readonly reply: Buffer | null }

export type Exchanges = {
  find(endpoint: Endpoint, messageId: number): KnownRequest | undefined
  /** null: there is no room for another request under way. */
  begin(endpoint: Endpoint, messageId: number, isConfirmable: boolean, nowMs: number): Exchange | null
  /** The request has its answer. */
  settle(exchange: Exchange): void
  /** Confirmable requests without any reply that came before `sinceMs`, each told once. */
  takeSlow(sinceMs: number): readonly Exchange[]
  /** Forgets what is older than a repeat may be. */
  expire(nowMs: number): void
  counts(): { underWay: number; remembered: number; addresses: number }
}

const nothing = Buffer.alloc(0)

/** Bounded in number, by address and in total, and in age: a flood makes repeats forgotten sooner, nothing else. */
export const createExchanges = (limits: ExchangeLimits = exchangeLimits): Exchanges => {
  const hosts = new Map<string, Host>()
  const unacknowledged = new Set<Exchange>()
  let underWay = 0
  let remembered = 0

  const replies = createReplySlots()

  /** Within 32 bits with a sign, which is a number without an object of its own. */
  const keyOf = (endpoint: Endpoint, messageId: number) => (endpoint.port << 16) | messageId

  const dropIfEmpty = (address: string, host: Host) => {
    if (host.waiting.size === 0 && host.answered.size === 0) hosts.delete(address)
  }

  const forgetOldestOf = (host: Host): void => {
    for (const [key, slot] of host.answered) {
      forget(host, key, slot)
      return
    }
  }

  const forget = (host: Host, key: number, slot: number) => {
    host.answered.delete(key)
    replies.free(slot)
    remembered--
  }

  /** Addresses take turns, so that one that sends much does not push out the others at once. */
  const forgetOne = (): void => {
    for (const [address, host] of hosts) {
      hosts.delete(address)
      const had = host.answered.size > 0
      forgetOldestOf(host)
      if (host.waiting.size > 0 || host.answered.size > 0) hosts.set(address, host)
      if (had) return
    }
  }

  return {
    find: (endpoint, messageId) => {
      const host = hosts.get(endpoint.address)
      const key = keyOf(endpoint, messageId)
      const slot = host?.answered.get(key)
      return slot === undefined ? host?.waiting.get(key) : { reply: replies.reply(slot) }
    },

    begin: (endpoint, messageId, isConfirmable, nowMs) => {
      const host = hosts.get(endpoint.address) ?? { address: endpoint.address, waiting: new Map(), answered: new Map() }
      if (underWay >= limits.underWay || host.waiting.size >= limits.underWayPerAddress) return null
      // The address of the first: each datagram brings a copy of its own, which would be kept as long as the exchange.
      const from = { address: host.address, port: endpoint.port }
      const exchange: Exchange = { endpoint: from, messageId, isConfirmable, sinceMs: nowMs, reply: null }
      hosts.set(host.address, host)
      host.waiting.set(keyOf(endpoint, messageId), exchange)
      underWay++
      if (isConfirmable) unacknowledged.add(exchange)
      return exchange
    },

    settle: (exchange) => {
      const { endpoint, messageId } = exchange
      const key = keyOf(endpoint, messageId)
      const host = hosts.get(endpoint.address)
      if (!host?.waiting.delete(key)) return
      underWay--
      unacknowledged.delete(exchange)
      host.answered.set(key, replies.put((exchange.isConfirmable && exchange.reply) || nothing, exchange.sinceMs))
      remembered++
      if (host.answered.size > limits.rememberedPerAddress) forgetOldestOf(host)
      while (remembered > limits.remembered) forgetOne()
    },

    takeSlow: (sinceMs) => {
      const slow: Exchange[] = []
      for (const exchange of unacknowledged) {
        if (exchange.sinceMs > sinceMs) break
        unacknowledged.delete(exchange)
        slow.push(exchange)
      }
      return slow
    },

    expire: (nowMs) => {
      for (const [address, host] of hosts) {
        for (const [key, slot] of host.answered) {
          if (replies.sinceMs(slot) > nowMs - limits.lifetimeMs) break
          forget(host, key, slot)
        }
        dropIfEmpty(address, host)
      }
    },

    counts: () => ({ underWay, remembered, addresses: hosts.size }),
  }
}
