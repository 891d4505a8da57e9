import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addRoute, type RouteGroup, systemAdmin } from './route.ts'

const requestSchema = z.object({
  syncRequest: z.looseObject({}).nullish(),
  apiEnabled: z.boolean().nullish(),
})

/**
 * ThingsBoard can answer entity queries from a store of its own beside the database. Here the database answers them
 * all: clients that look for that store learn that there is none, and asking it to load itself changes nothing.
 */
export const edqsRoutes = (): RouteGroup => ({
  tag: 'Entity queries',
  register: (api) => registerIn(api, 'Entity queries'),
})

const registerIn = (api: FastifyInstance, tag: string): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/edqs/state',
    access: systemAdmin,
    summary: 'State of a separate store for entity queries: there is none',
    response: z.object({ edqsReady: z.null(), syncStatus: z.null(), apiMode: z.null() }),
    handle: () => ({ edqsReady: null, syncStatus: null, apiMode: null }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/edqs/enabled',
    access: systemAdmin,
    summary: 'Whether a separate store answers entity queries: no',
    response: z.literal(false),
    handle: () => false as const,
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/edqs/system/request',
    access: systemAdmin,
    summary: 'Load or switch a separate store for entity queries; without effect, since there is none',
    body: requestSchema,
    response: 'empty',
    handle: () => undefined,
  })
}
