import type { Database } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import type { SignIn } from '../auth/sign-in.ts'
import type { Channels } from '../channels.ts'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { OpenRedis } from '../redis.ts'
import { createLiveMetrics } from './live-metrics.ts'
import { createLiveService } from './live-service.ts'
import { createSocketDoor } from './socket-door.ts'

export type Live = Part & {
  /** Answers `/socket.io` on the public port; call it while that server starts. */
  attach(app: FastifyInstance): void
}

/** Live subscriptions with their Socket.IO door. */
export const createLive = (options: {
  database: Database
  access: EntityAccess
  /** Ready by the time a client connects. */
  signIn(): SignIn
  openRedis: OpenRedis
  channels: Channels
  logger: Logger
  metrics: Metrics
  now?: () => number
}): Live => {
  const logger = options.logger.child({ part: 'live' })
  const now = options.now ?? Date.now
  const live = createLiveService({ ...options, logger, now })
  const metrics = createLiveMetrics(options.metrics.registry)
  const door = createSocketDoor({ ...options, live, logger, metrics, now })
  return {
    name: 'live',
    start: async () => {
      await live.start()
      await door.start()
    },
    stop: async (deadlineMs) => {
      await door.stop(deadlineMs)
      await live.stop(deadlineMs)
    },
    attach: door.attach,
  }
}
