import { createOutboundGuard } from '../outbound/address-guard/outbound-guard.ts'
import { createOutbound, type Outbound, type OutboundOptions } from '../outbound/outbound.ts'

/** Clients that may reach servers of the test on this machine. */
export const testOutbound = (options: Partial<OutboundOptions> = {}): Outbound =>
  createOutbound({
    guard: createOutboundGuard(['127.0.0.1', '::1']),
    timeoutMs: 5_000,
    mostPending: 1_000,
    mostAnswerKb: 25_000,
    forcesAck: false,
    settings: async () => undefined,
    now: Date.now,
    ...options,
  })
