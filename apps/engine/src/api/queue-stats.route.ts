import { entityId, queueStatsSchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import { missing } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pathId, requirePageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemOrTenant } from './route.ts'

/** What services worked off of queues (as ThingsBoard). */
export const queueStatsRoutes = ({ database, access }: ApiDeps): RouteGroup => {
  const tag = 'Queue statistics'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queueStats',
        access: systemOrTenant,
        summary: 'Queue statistics by page; with queueStatsIds: those, as a list',
        query: z.object({ ...optionalPageQuery, queueStatsIds: idListQuery.optional() }),
        response: z.union([pageOf(queueStatsSchema), z.array(queueStatsSchema)]),
        handle: ({ caller, query: { queueStatsIds, ...page } }) =>
          queueStatsIds
            ? database.queueStats.findMany(scopeOf(caller), queueStatsIds)
            : database.queueStats.list(scopeOf(caller), requirePageLink(page)),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queueStats/list',
        access: systemOrTenant,
        summary: 'Queue statistics by their ids',
        query: z.object({ queueStatsIds: idListQuery }),
        response: z.array(queueStatsSchema),
        handle: ({ caller, query }) => database.queueStats.findMany(scopeOf(caller), query.queueStatsIds),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queueStats/:queueStatsId',
        access: systemOrTenant,
        summary: 'One queue statistics entity',
        params: z.object({ queueStatsId: pathId }),
        response: queueStatsSchema,
        handle: async ({ caller, params: { queueStatsId } }) => {
          const id = entityId('QUEUE_STATS', queueStatsId)
          const { scope } = await access.require(caller, id, 'READ', { missingText: 'byId' })
          const found = await database.queueStats.find(scope, queueStatsId)
          if (!found) throw missing('QUEUE_STATS', queueStatsId)
          return found
        },
      })
    },
  }
}
