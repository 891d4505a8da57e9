import { AppError, queueSchema, saveQueueSchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemAdmin, systemOrTenant } from './route.ts'

const queueParams = z.object({ queueId: pathId })
/** Only the rule engine has queues that can be set. */
const serviceType = z.enum(['TB_RULE_ENGINE', 'TB-RULE-ENGINE'], {
  error: (issue) => `Unsupported service type: '${String(issue.input)}'`,
})

/** Settings of the queues of the rule engine (as ThingsBoard). */
export const queueRoutes = ({ database, queues }: ApiDeps): RouteGroup => {
  const tag = 'Queues'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queues',
        access: systemOrTenant,
        summary: 'Queues that work for the caller',
        query: z.object({ ...pageQuery, serviceType }),
        response: pageOf(queueSchema),
        handle: ({ caller, query }) => database.queues.list(scopeOf(caller), toPageLink(query)),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queues/:queueId',
        access: systemOrTenant,
        summary: 'One queue',
        params: queueParams,
        response: queueSchema,
        handle: ({ caller, params }) => queues.find(caller, params.queueId),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/queues/name/:queueName',
        access: systemOrTenant,
        summary: 'The queue of this name',
        params: z.object({ queueName: z.string().max(255) }),
        response: queueSchema,
        handle: async ({ caller, params: { queueName } }) => {
          const queue = await database.queues.findByName(scopeOf(caller), queueName)
          if (!queue) throw new AppError('ENTITY_NOT_FOUND', `Queue with name [${queueName}] is not found`)
          return queue
        },
      })
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/queues',
        access: systemAdmin,
        summary: 'Create a queue of the system, or change one',
        query: z.object({ serviceType }),
        body: saveQueueSchema,
        response: queueSchema,
        handle: ({ caller, body }) => queues.save(caller, body),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/queues/:queueId',
        access: systemAdmin,
        summary: 'Delete a queue that no profile names',
        params: queueParams,
        response: 'empty',
        handle: ({ caller, params }) => queues.delete(caller, params.queueId),
      })
    },
  }
}
