import type { Database } from '@thingwire/db'
import type { Ports } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import { createEntityActions } from '../../actions/entity-actions.ts'
import { createInvalidate, type Invalidate } from '../../actions/invalidation.ts'
import type { AttributesWriter } from '../../attributes/attributes-writer.ts'
import type { AuditTrail } from '../../audit/audit-trail.ts'
import { createConnectivityEvents } from '../../gateway/connectivity-events.ts'
import { createRateLimiter } from '../../limits/rate-limiter.ts'
import type { TenantLimits } from '../../limits/tenant-limits.ts'
import type { LiveBus } from '../../live-bus/live-bus.ts'
import type { Logger } from '../../observability/logger.ts'
import { createPackageRollout } from '../../ota-delivery/package-rollout.ts'
import type { UplinkQueue } from '../../queue/uplink-queue.ts'
import { createConnectivity } from './connectivity.ts'
import { createEntityChanges } from './entity-changes.ts'
import { createRelationChanges } from './relation-changes.ts'
import { createTurns } from './turns.ts'
import { createViews } from './views.ts'

export type ChangePorts = Pick<Ports, 'entityChanges' | 'relationChanges' | 'connectivity' | 'views' | 'turns'>

/** Ports by which rule nodes change entities, relations and the state of devices, by tenant. */
export const createChangePorts = (deps: {
  database: Database
  attributes: Pick<AttributesWriter, 'save'>
  queue: Pick<UplinkQueue, 'submitInternal'>
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  audit: AuditTrail
  limits: TenantLimits
  /** Of this part; only called while nodes run. */
  redis: () => Redis
  /** How often one node may report one device, `capacity:seconds,…`; empty: any number. */
  deviceStateRate: string
  logger: Logger
}): ((tenantId: string) => ChangePorts) => {
  const { database, redis, logger } = deps
  const now = Date.now
  const invalidate: Invalidate = (change) => createInvalidate(redis(), logger)(change)
  const changes = {
    database,
    actions: createEntityActions({ ...deps, now }),
    limits: deps.limits,
    invalidate,
    packages: createPackageRollout({ ...deps, now }),
  }
  const states = {
    ...{ database, attributes: deps.attributes, redis, now, rate: deps.deviceStateRate },
    connectivity: createConnectivityEvents(deps),
    limiter: createRateLimiter(),
    granted: new Set<string>(),
  }
  const turns = createTurns()
  return (tenantId) => ({
    entityChanges: createEntityChanges(changes, tenantId),
    relationChanges: createRelationChanges(deps, tenantId),
    connectivity: createConnectivity(states, tenantId),
    views: createViews(database, tenantId),
    turns: turns(tenantId),
  })
}
