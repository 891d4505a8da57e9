import type { TenantProfileConfiguration } from '@thingwire/contracts'
import { createRateLimiter } from '../limits/rate-limiter.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

/** Whose uplink it is: a device of its own, a gateway in its own name, or a device behind that gateway. */
export type Sender = { tenantId: string; deviceId: string; isGateway: boolean; gatewayId: string | null }

/** The limits of one tenant; each `take` answers whether all levels had enough. */
export type TransportGate = {
  /** One uplink of whatever kind. */
  takeMessage(sender: Sender): boolean
  /** Its telemetry or attributes, once they are read. */
  takeData(sender: Sender, points: number): boolean
}

export type TransportLimits = {
  /** Without waiting; undefined: it has to be loaded. The hot path, so it costs a look-up. */
  known(tenantId: string, nowMs: number): TransportGate | undefined
  /** Never rejects: a database that is away must not stop devices. */
  load(tenantId: string, nowMs: number): Promise<TransportGate>
  forget(): void
}

const maxAgeMs = 60_000
const retryMs = 5_000
const maxTenants = 10_000

type Level = { messages: string | null; telemetry: string | null; points: string | null }
type Levels = Record<'tenant' | 'device' | 'gateway' | 'gatewayDevice', Level>
type Known = { gate: TransportGate; untilMs: number }

const unlimited: TransportGate = { takeMessage: () => true, takeData: () => true }

/**
 * Rate limits of tenant profiles for uplinks. Buckets are of this process, as everything that a device sends comes
 * through the one that holds its connection.
 */
export const createTransportLimits = (options: {
  limits: Pick<TenantLimits, 'of'>
  now?: () => number
}): TransportLimits => {
  const limiter = createRateLimiter(options.now ? { now: options.now } : {})
  const known = new Map<string, Known>()
  const loading = new Map<string, Promise<TransportGate>>()
  let generation = 0

  const gateOf = (tenantId: string, levels: Levels): TransportGate => {
    if (!Object.values(levels).some(({ messages, telemetry, points }) => messages || telemetry || points))
      return unlimited
    /** The first level that has not enough decides; those before it have paid. */
    const take = (sender: Sender, kind: keyof Level, amount: number): boolean => {
      const { deviceId, gatewayId } = sender
      const own = sender.isGateway || gatewayId ? levels.gatewayDevice : levels.device
      return (
        limiter.take(`${kind}/${tenantId}`, levels.tenant[kind], amount) &&
        (!gatewayId || limiter.take(`${kind}/gateway/${gatewayId}`, levels.gateway[kind], amount)) &&
        limiter.take(`${kind}/${deviceId}`, own[kind], amount)
      )
    }
    return {
      takeMessage: (sender) => take(sender, 'messages', 1),
      takeData: (sender, points) => take(sender, 'telemetry', 1) && (points === 0 || take(sender, 'points', points)),
    }
  }

  const load = async (tenantId: string, nowMs: number): Promise<TransportGate> => {
    const startedIn = generation
    const stale = known.get(tenantId)?.gate
    try {
      const gate = gateOf(tenantId, levelsOf(await options.limits.of(tenantId)))
      if (startedIn === generation) known.set(tenantId, { gate, untilMs: nowMs + maxAgeMs })
      return gate
    } catch {
      const gate = stale ?? unlimited
      known.set(tenantId, { gate, untilMs: nowMs + retryMs })
      return gate
    }
  }

  return {
    known: (tenantId, nowMs) => {
      const found = known.get(tenantId)
      return found && nowMs < found.untilMs ? found.gate : undefined
    },
    load: (tenantId, nowMs) => {
      const pending = loading.get(tenantId)
      if (pending) return pending
      if (known.size >= maxTenants) known.clear()
      const work = load(tenantId, nowMs).finally(() => loading.delete(tenantId))
      loading.set(tenantId, work)
      return work
    },
    forget: () => {
      generation++
      known.clear()
      loading.clear()
    },
  }
}

const levelsOf = (profile: TenantProfileConfiguration): Levels => ({
  tenant: {
    messages: profile.transportTenantMsgRateLimit,
    telemetry: profile.transportTenantTelemetryMsgRateLimit,
    points: profile.transportTenantTelemetryDataPointsRateLimit,
  },
  device: {
    messages: profile.transportDeviceMsgRateLimit,
    telemetry: profile.transportDeviceTelemetryMsgRateLimit,
    points: profile.transportDeviceTelemetryDataPointsRateLimit,
  },
  gateway: {
    messages: profile.transportGatewayMsgRateLimit,
    telemetry: profile.transportGatewayTelemetryMsgRateLimit,
    points: profile.transportGatewayTelemetryDataPointsRateLimit,
  },
  gatewayDevice: {
    messages: profile.transportGatewayDeviceMsgRateLimit,
    telemetry: profile.transportGatewayDeviceTelemetryMsgRateLimit,
    points: profile.transportGatewayDeviceTelemetryDataPointsRateLimit,
  },
})
