import type { Database } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import type { EntityAccess } from '../access/entity-access.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Channels } from '../channels.ts'
import { withShownSeries } from '../entity-values/shown-series.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { OpenRedis } from '../redis.ts'
import { createLiveMetrics } from './live-metrics.ts'
import { createLiveService } from './live-service.ts'
import type { QuerySources } from './queries/live-queries.ts'
import { createSocketDoor } from './socket-door.ts'
import { createWsDoor, type WsTiming } from './ws/ws-door.ts'

export type Live = Part & {
  /** Answers `/socket.io` and `/api/ws` on the public port; call it while that server starts. */
  attach(app: FastifyInstance): void
}

/** Live subscriptions with their doors: Socket.IO for our own pages, ThingsBoard's WebSocket API for its clients. */
export const createLive = (options: {
  database: Database
  access: EntityAccess
  /** Ready by the time a client connects. */
  signIn(): SignIn
  /** Likewise. */
  services(): QuerySources & { limits: Pick<TenantLimits, 'of'> }
  openRedis: OpenRedis
  channels: Channels
  logger: Logger
  metrics: Metrics
  now?: () => number
  wsTiming?: Partial<WsTiming>
}): Live => {
  const logger = options.logger.child({ part: 'live' })
  const now = options.now ?? Date.now
  const live = createLiveService({ ...options, sources: options.services, logger, now })
  const metrics = createLiveMetrics(options.metrics.registry)
  const door = createSocketDoor({ ...options, live, logger, metrics, now })
  const ws = createWsDoor({
    ...options,
    database: withShownSeries(options.database),
    queries: live.queries,
    live,
    limitsOf: (tenantId) => options.services().limits.of(tenantId),
    logger,
    metrics,
    timing: options.wsTiming,
    now,
  })
  return {
    name: 'live',
    start: async () => {
      await live.start()
      await door.start()
      await ws.start()
    },
    stop: async (deadlineMs) => {
      await ws.stop(deadlineMs)
      await door.stop(deadlineMs)
      await live.stop(deadlineMs)
    },
    attach: (app) => {
      door.attach(app)
      ws.attach(app)
    },
  }
}
