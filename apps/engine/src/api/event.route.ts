import {
  AppError,
  type EntityId,
  type EventFilter,
  type EventType,
  entityTypeSchema,
  eventFilterSchema,
  eventInfoSchema,
  eventTypes,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

const entityPath = { entityType: entityTypeSchema, entityId: pathId }
const params = z.object(entityPath)
const epochMs = (name: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `Invalid value of request parameter '${name}'`)
    .transform(Number)
    .optional()
const range = { startTime: epochMs('startTime'), endTime: epochMs('endTime') }
const listQuery = z.object({
  ...pageQuery,
  ...range,
  tenantId: z
    .string({ error: "Required request parameter 'tenantId' for method parameter type String is not present" })
    .pipe(pathId),
})

/** A filter of one type that lets everything through. */
const everyOne = (type: string): EventFilter => {
  if (!eventTypes.some((known): known is EventType => known === type))
    throw new AppError('ARGUMENT_INVALID', `Event type: '${type}' is not supported!`)
  return eventFilterSchema.parse({ eventType: type })
}

/** Debug, life cycle and error events of entities (as ThingsBoard). */
export const eventRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Events'
  return { tag, register: (api) => eventPaths(api, tag, deps) }
}

const eventPaths = (api: FastifyInstance, tag: string, { access, database }: ApiDeps): void => {
  const list = async (
    caller: Parameters<typeof access.require>[0],
    path: z.output<typeof params>,
    query: z.output<typeof listQuery>,
    filter: EventFilter,
  ) => {
    const entityId: EntityId = { entityType: path.entityType, id: path.entityId }
    const { tenantId } = await access.require(caller, entityId, 'READ', { missingText: 'byId' })
    // Who asks for the events that another tenant has of it gets none: there are none.
    const asked = query.tenantId.toLowerCase() === tenantId ? tenantId : query.tenantId
    const { startTime, endTime, tenantId: _, ...page } = query
    return database.events.list({ tenantId: asked, entityId, startTime, endTime, filter }, toPageLink(page))
  }
  const common = { access: anyone, response: pageOf(eventInfoSchema) } as const

  addRoute(api, tag, {
    ...common,
    method: 'GET',
    path: '/api/events/:entityType/:entityId/:eventType',
    summary: 'Events of one type, newest first unless another order is asked for',
    params: params.extend({ eventType: z.string().max(64) }),
    query: listQuery,
    handle: ({ caller, params: { eventType, ...path }, query }) => list(caller, path, query, everyOne(eventType)),
  })
  addRoute(api, tag, {
    ...common,
    method: 'GET',
    path: '/api/events/:entityType/:entityId',
    summary: 'Life cycle events of an entity',
    params,
    query: listQuery,
    handle: ({ caller, params: path, query }) => list(caller, path, query, everyOne('LC_EVENT')),
  })
  addRoute(api, tag, {
    ...common,
    method: 'POST',
    path: '/api/events/:entityType/:entityId',
    summary: 'Events that a filter lets through',
    params,
    query: listQuery,
    body: eventFilterSchema,
    handle: ({ caller, params: path, query, body }) => list(caller, path, query, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/events/:entityType/:entityId/clear',
    access: anyone,
    summary: 'Delete the events that a filter lets through',
    params,
    query: z.object(range),
    body: eventFilterSchema,
    response: 'empty',
    handle: async ({ caller, params: path, query, body }) => {
      const entityId: EntityId = { entityType: path.entityType, id: path.entityId }
      const { tenantId } = await access.require(caller, entityId, 'WRITE', { missingText: 'byId' })
      await database.events.clear({ tenantId, entityId, ...query, filter: body })
    },
  })
}
