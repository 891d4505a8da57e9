import type { OutboundKind, OutboundKinds, Sending } from '@thingwire/rules'
import type { Lookup, OutboundGuard } from './address-guard/outbound-guard.ts'

/** What speaks with one kind of system, for nodes with equal settings. Made without an effect: it connects when it must. */
export type SystemClient<K extends OutboundKind = OutboundKind> = {
  /** Does one of them. Rejects with an Error whose text is the reason, for people: it holds no secret. */
  send(sending: Sending<K>, signal: AbortSignal): Promise<OutboundKinds[K]['answer']>
  /** What stands before the reason when that fails: the system, without secrets. */
  where(sending: Sending<K>): string
  /** Ends what is connected; what is under way may end before the deadline (epoch ms). */
  close(deadlineMs: number): Promise<void>
}

export type SystemDeps = {
  guard: OutboundGuard
  /** Hears why nothing can be sent at present, and null when it can again. */
  suspended(reason: string | null): void
  /** How long one call may take at most, ms. */
  timeoutMs: number
  /** Where a fixed address of a service is found; tests have services of their own. */
  addressOf(service: FixedService): string
  /** Settings of the platform, by key. */
  settings(key: string): Promise<unknown>
  now(): number
}

/** Services that do not stand in a node's settings, but in the product. */
export const fixedServices = {
  slack: 'https://slack.com/api',
  twilio: 'https://api.twilio.com',
  pubsub: 'https://pubsub.googleapis.com',
  // By region, as its own clients know.
  aws: '',
} as const
export type FixedService = keyof typeof fixedServices

export type SystemFactory<K extends OutboundKind> = (
  settings: OutboundKinds[K]['settings'],
  deps: SystemDeps,
) => SystemClient<K>

/** Options of any socket that goes out; throws at once when the host is an address that is not allowed. */
export const guarded = (guard: OutboundGuard, host: string): { lookup: Lookup } => {
  guard.check(host)
  return { lookup: guard.lookup }
}

/** In the words of the system, with where it was and without what only programs understand. */
export const reasonOf = (where: string, cause: unknown): string =>
  `${where}: ${[...new Set(textsOf(cause))].join('; ') || 'no connection'}`

const textsOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [String(error)]
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(textsOf)
  const text = error.message || error.name
  const deeper = error.cause instanceof Error ? textsOf(error.cause).join('; ') : ''
  return [deeper === '' || text.includes(deeper) ? text : `${text} (${deeper})`]
}
