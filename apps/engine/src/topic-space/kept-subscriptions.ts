import type { Redis } from 'ioredis'
import { z } from 'zod'
import { redisKeys } from '../redis-keys.ts'
import { FilterTree, sharedFilterOf } from './topics.ts'

/** Options of a subscription as they are stored. */
const storedOptionsSchema = z.object({
  /** Granted quality of service. */
  q: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** No messages of its own. */
  n: z.boolean().optional(),
  /** RETAIN as it was published. */
  r: z.boolean().optional(),
  /** Subscription identifier. */
  i: z.number().optional(),
  /** Of the device API. */
  a: z.boolean().optional(),
  /** Updates of attributes wait for it; see kept-downlinks.ts. */
  u: z.boolean().optional(),
})

export type SubscriptionOptions = {
  qos: 0 | 1 | 2
  noLocal: boolean
  retainAsPublished: boolean
  identifier: number | null
  isDeviceApi: boolean
  keepsUpdates: boolean
}

export const storedOptions = (options: SubscriptionOptions): string =>
  JSON.stringify({
    q: options.qos,
    ...(options.noLocal && { n: true }),
    ...(options.retainAsPublished && { r: true }),
    ...(options.identifier !== null && { i: options.identifier }),
    ...(options.isDeviceApi && { a: true }),
    ...(options.keepsUpdates && { u: true }),
  })

/** Null for what another release may have stored. */
export const optionsOf = (text: string): SubscriptionOptions | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = storedOptionsSchema.safeParse(value)
  if (!parsed.success) return null
  const { q, n = false, r = false, i = null, a = false, u = false } = parsed.data
  return { qos: q, noLocal: n, retainAsPublished: r, identifier: i, isDeviceApi: a, keepsUpdates: u }
}

export type KeptSubscription = SubscriptionOptions & {
  sessionId: string
  /** As it was subscribed, with its `$share`. */
  filter: string
  /** Null: of this session alone. */
  group: string | null
}

/** Those of one tenant, as of `version`. */
export type TenantSubscriptions = { readonly version: string; match(topic: string): KeptSubscription[] }

/** For whom messages are queued: what stands in Redis, followed by every node that publishes. */
export type KeptSubscriptions = {
  /** Up to date as far as this node has heard. */
  of(tenantId: string): TenantSubscriptions | Promise<TenantSubscriptions>
  /** Something has changed there. */
  stale(tenantId: string): void
  /** Words may have been missed. */
  allStale(): void
  forget(tenantId: string): void
}

export const createKeptSubscriptions = (redis: () => Redis): KeptSubscriptions => {
  const tenants = new Map<string, Replica>()

  return {
    of: (tenantId) => {
      let replica = tenants.get(tenantId)
      if (!replica) {
        replica = new Replica(tenantId, redis)
        tenants.set(tenantId, replica)
      }
      return replica.isStale ? replica.follow() : replica
    },
    stale: (tenantId) => tenants.get(tenantId)?.outdate(),
    allStale: () => {
      for (const replica of tenants.values()) replica.outdate()
    },
    forget: (tenantId) => tenants.delete(tenantId),
  }
}

const nothing: KeptSubscription[] = []

class Replica implements TenantSubscriptions {
  version = ''
  isStale = true
  readonly #tenantId: string
  readonly #redis: () => Redis
  readonly #byField = new Map<string, { inner: string; subscription: KeptSubscription }>()
  #tree = new FilterTree<KeptSubscription>()
  #following: Promise<TenantSubscriptions> | null = null

  constructor(tenantId: string, redis: () => Redis) {
    this.#tenantId = tenantId
    this.#redis = redis
  }

  match(topic: string): KeptSubscription[] {
    if (this.#byField.size === 0) return nothing
    const found: KeptSubscription[] = []
    this.#tree.match(topic, (subscription) => found.push(subscription))
    return found
  }

  outdate(): void {
    this.isStale = true
    // A reading that is under way may have begun before the change.
    this.#following = null
  }

  /** Several askers share one reading. */
  follow(): Promise<TenantSubscriptions> {
    if (this.#following) return this.#following
    const following = this.#read().then(() => {
      if (this.#following === following) {
        this.#following = null
        this.isStale = false
      }
      return this
    })
    this.#following = following
    following.catch(() => {
      if (this.#following === following) this.#following = null
    })
    return following
  }

  async #read(): Promise<void> {
    if (this.version !== '' && (await this.#readChanges())) return
    const [version, all] = await Promise.all([
      this.#redis().get(redisKeys.spaceVersion(this.#tenantId)),
      this.#redis().hgetall(redisKeys.spaceSubscriptions(this.#tenantId)),
    ])
    // The version was read first: a change in between is read again, which does no harm.
    this.#byField.clear()
    this.#tree = new FilterTree()
    for (const [field, options] of Object.entries(all)) this.#put(field, options)
    this.version = version ?? '0'
  }

  /** False: not all changes since are there any more. */
  async #readChanges(): Promise<boolean> {
    const entries = await this.#redis().xrange(redisKeys.spaceChanges(this.#tenantId), `(${this.version}-0`, '+')
    let next = Number(this.version)
    for (const [id] of entries) if (id !== `${++next}-0`) return false
    // An empty stream may be one that was removed with its tenant.
    if (entries.length === 0) return (await this.#redis().get(redisKeys.spaceVersion(this.#tenantId))) === this.version
    for (const [, [sign = '', field = '', , options = '']] of entries) {
      this.#remove(field)
      if (sign === '+') this.#put(field, options)
    }
    this.version = String(next)
    return true
  }

  #put(field: string, text: string): void {
    const space = field.indexOf(' ')
    const options = optionsOf(text)
    if (space < 0 || !options) return
    const filter = field.slice(space + 1)
    const shared = sharedFilterOf(filter)
    if (shared === 'malformed') return
    const subscription = { ...options, sessionId: field.slice(0, space), filter, group: shared ? shared.group : null }
    const inner = shared ? shared.filter : filter
    this.#byField.set(field, { inner, subscription })
    this.#tree.add(inner, subscription)
  }

  #remove(field: string): void {
    const known = this.#byField.get(field)
    if (!known) return
    this.#byField.delete(field)
    this.#tree.remove(known.inner, known.subscription)
  }
}
