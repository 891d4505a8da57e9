import type { Database } from '@thingwire/db'
import type { RouterObserver } from '@thingwire/rules'
import { LRUCache } from 'lru-cache'
import { errorFields, type Logger } from '../observability/logger.ts'
import { cut } from './message-view.ts'

/** Longest text of an error (as ThingsBoard). */
const maxChars = 4_096
/** One event of a node in so many ms (as ThingsBoard): what breaks for one batch breaks for the next. */
const quietMs = 3_000
const maxNodes = 10_000

export type ErrorEvents = { broke: NonNullable<RouterObserver['broke']> }

/** ERROR events: calls of nodes that failed as a whole. What single messages failed of stands in debug events. */
export const createErrorEvents = (options: {
  events: Pick<Database['events'], 'append'>
  /** Names this process in events. */
  server: string
  logger: Logger
  now?: () => number
}): ErrorEvents => {
  const { events, server, logger, now = Date.now } = options
  const lastMs = new LRUCache<string, number>({ max: maxNodes })
  return {
    broke: ({ node, tenantId, error }) => {
      const ts = now()
      const last = lastMs.get(node.id)
      if (last !== undefined && ts - last < quietMs) return
      lastMs.set(node.id, ts)
      const body = { server, method: 'onMsg', error: cut(error, maxChars) }
      events
        .append([{ tenantId, entityId: node.id, type: 'ERROR', ts, body }])
        .catch((problem: unknown) => logger.warn(errorFields(problem), 'an error event of a rule node is lost'))
    },
  }
}
