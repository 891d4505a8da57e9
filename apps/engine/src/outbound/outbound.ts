import { createHash } from 'node:crypto'
import type { OutboundKind, OutboundKinds, OutboundPort, OutboundUser, Sending, Settled } from '@thingwire/rules'
import { limited } from './deadline.ts'
import { createInFlight } from './in-flight.ts'
import { type KindLoaders, kindLoaders } from './kinds.ts'
import { type FixedService, fixedServices, reasonOf, type SystemClient, type SystemDeps } from './system-client.ts'

/** Calls of one node under way at most. */
const mostInFlight = 256
/** What is under way when its last node stops has so long to end, ms. */
const farewellMs = 3_000

export type OutboundOptions = Pick<SystemDeps, 'guard' | 'timeoutMs' | 'settings' | 'now'> & {
  forcesAck: boolean
  /** Calls of one node that may wait for others to end. */
  mostPending: number
  mostAnswerKb: number
  addressOf?: (service: FixedService) => string
  kinds?: KindLoaders
}

/** Clients of other systems, for the nodes of all tenants of this process. */
export type Outbound = {
  portOf(tenantId: string): OutboundPort
  /** Different settings in use at present. */
  count(): number
}

type Shared<K extends OutboundKind> = {
  client: Promise<SystemClient<K>> | null
  users: Set<OutboundUser>
  reason: string | null
}

export const createOutbound = (options: OutboundOptions): Outbound => {
  const kinds = options.kinds ?? kindLoaders
  const addressOf = options.addressOf ?? ((service) => fixedServices[service])
  const tables: { [K in OutboundKind]?: Map<string, Shared<K>> } = {}

  const tableOf = <K extends OutboundKind>(kind: K): Map<string, Shared<K>> => {
    const known: Map<string, Shared<K>> | undefined = tables[kind]
    if (known) return known
    const table = new Map<string, Shared<K>>()
    Object.assign(tables, { [kind]: table })
    return table
  }

  const clientOf = <K extends OutboundKind>(kind: K, settings: OutboundKinds[K]['settings'], shared: Shared<K>) => {
    shared.client ??= kinds[kind]().then((factory) =>
      factory(settings, {
        ...options,
        addressOf,
        suspended: (reason) => {
          shared.reason = reason
          for (const user of shared.users) user.suspended(reason)
        },
      }),
    )
    return shared.client
  }

  const open = <K extends OutboundKind>(
    tenantId: string,
    { kind, settings, of: user }: { kind: K; settings: OutboundKinds[K]['settings']; of: OutboundUser },
  ): ReturnType<OutboundPort['open']> & { send: unknown } => {
    const table = tableOf(kind)
    const key = `${tenantId}/${createHash('sha256').update(JSON.stringify(settings)).digest('base64url')}`
    const shared = table.get(key) ?? { client: null, users: new Set<OutboundUser>(), reason: null }
    table.set(key, shared)
    shared.users.add(user)
    if (shared.reason !== null) user.suspended(shared.reason)
    const inFlight = createInFlight({
      most: Math.min(user.mostInFlight || mostInFlight, mostInFlight),
      mostPending: options.mostPending,
    })
    const closing = new AbortController()

    const call = async (sending: Sending<K>, stop: AbortSignal) => {
      const client = await clientOf(kind, settings, shared)
      try {
        return await limited(options.timeoutMs, stop, (signal) => client.send(sending, signal))
      } catch (error) {
        throw new Error(reasonOf(client.where(sending), error), { cause: error })
      }
    }
    const settle = async (sending: Sending<K>, stop: AbortSignal): Promise<Settled<OutboundKinds[K]['answer']>> => {
      try {
        return { ok: true, value: await inFlight.run(() => call(sending, stop), stop) }
      } catch (error) {
        return { ok: false, error: error instanceof Error ? error.message || error.name : String(error) }
      }
    }
    return {
      send: (sendings: readonly Sending<K>[], signal: AbortSignal) => {
        const stop = AbortSignal.any([signal, closing.signal])
        return Promise.all(sendings.map((sending) => settle(sending, stop)))
      },
      close: async () => {
        if (!shared.users.delete(user)) return
        const farewell = setTimeout(() => closing.abort(new Error('The rule node has been stopped')), farewellMs)
        farewell.unref()
        if (shared.users.size > 0) return
        if (table.get(key) === shared) table.delete(key)
        const client = await shared.client?.catch(() => null)
        await client?.close(options.now() + farewellMs)
      },
    }
  }

  return {
    portOf: (tenantId) => ({
      forcesAck: options.forcesAck,
      mostAnswerKb: options.mostAnswerKb,
      open: (kind, settings, of) => open(tenantId, { kind, settings, of }),
    }),
    count: () => Object.values(tables).reduce((sum, { size }) => sum + size, 0),
  }
}
