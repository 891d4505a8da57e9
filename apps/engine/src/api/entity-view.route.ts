import {
  entityId,
  entityViewInfoSchema,
  entityViewSchema,
  entityViewSearchQuerySchema,
  entityViewSubtypeSchema,
  nameConflictQuery,
  nullUuid,
  saveEntityViewSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { customerScope } from './customer-scope.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pageQuery, pathId, requirePageLink, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const viewParams = z.object({ entityViewId: pathId })
const customerParams = z.object({ customerId: pathId })
const typeFilter = { type: z.string().max(255).optional() }
const byName = z.object({ entityViewName: z.string().max(255) })

/** An empty filter parameter means no filter: forms send them so. */
const toFilter = ({ type }: { type?: string | undefined }) => (type ? { type } : {})

/** Entity views (as ThingsBoard). */
export const entityViewRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Entity views'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      changeRoutes(api, tag, deps)
      ownerRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { entityViews, database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/entityView/:entityViewId',
    access: tenantOrCustomer,
    summary: 'One entity view',
    params: viewParams,
    response: entityViewSchema,
    handle: ({ caller, params }) => entityViews.find(caller, params.entityViewId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/entityView/info/:entityViewId',
    access: tenantOrCustomer,
    summary: 'One entity view with the names around it',
    params: viewParams,
    response: entityViewInfoSchema,
    handle: ({ caller, params }) => entityViews.find(caller, params.entityViewId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/entityView',
    access: tenantAdmin,
    summary: 'The entity view of this name',
    query: byName,
    response: entityViewSchema,
    handle: ({ caller, query }) => entityViews.findByName(caller, query.entityViewName),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/entityViews',
    access: tenantOrCustomer,
    summary: 'Entity views by their ids; those that the caller may not see are left out',
    query: z.object({ entityViewIds: idListQuery }),
    response: z.array(entityViewSchema),
    handle: ({ caller, query }) => entityViews.findMany(caller, query.entityViewIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/entityViews/list',
    access: tenantOrCustomer,
    summary: 'The same',
    query: z.object({ entityViewIds: idListQuery }),
    response: z.array(entityViewSchema),
    handle: ({ caller, query }) => entityViews.findMany(caller, query.entityViewIds),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/entityViews',
    access: tenantOrCustomer,
    summary: 'Entity views around an entity, by relations',
    body: entityViewSearchQuerySchema,
    response: z.array(entityViewSchema),
    handle: ({ caller, body }) => entityViews.search(caller, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/entityView/types',
    access: tenantOrCustomer,
    summary: 'Types that the entity views have',
    response: z.array(entityViewSubtypeSchema),
    handle: async ({ caller }) => {
      const tenantId = entityId('TENANT', caller.tenantId ?? nullUuid)
      const types = await database.entityViews.types(scopeOf(caller))
      return types.map((type) => ({ tenantId, entityType: 'ENTITY_VIEW' as const, type }))
    },
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { access, database, entityViews }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/entityViews',
    access: tenantAdmin,
    summary: 'Entity views of the tenant; with entityViewName: the one of that name',
    query: z.object({ ...optionalPageQuery, ...typeFilter, ...byName.partial().shape }),
    response: z.union([pageOf(entityViewSchema), entityViewSchema]),
    handle: ({ caller, query }) =>
      query.entityViewName !== undefined
        ? entityViews.findByName(caller, query.entityViewName)
        : database.entityViews.list(scopeOf(caller), requirePageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/entityViewInfos',
    access: tenantAdmin,
    summary: 'Entity views of the tenant with the names around them',
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(entityViewInfoSchema),
    handle: ({ caller, query }) => database.entityViews.list(scopeOf(caller), toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/entityViews',
    access: tenantOrCustomer,
    summary: 'Entity views assigned to a customer',
    params: customerParams,
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(entityViewSchema),
    handle: async ({ caller, params, query }) =>
      database.entityViews.list(
        await customerScope(access, caller, params.customerId),
        toPageLink(query),
        toFilter(query),
      ),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/entityViewInfos',
    access: tenantOrCustomer,
    summary: 'Entity views assigned to a customer with the names around them',
    params: customerParams,
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(entityViewInfoSchema),
    handle: async ({ caller, params, query }) =>
      database.entityViews.list(
        await customerScope(access, caller, params.customerId),
        toPageLink(query),
        toFilter(query),
      ),
  })
}

const changeRoutes = (api: FastifyInstance, tag: string, { entityViews }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/entityView',
    access: tenantOrCustomer,
    summary: 'Create an entity view, or replace it',
    query: z.object(nameConflictQuery),
    body: saveEntityViewSchema,
    response: entityViewSchema,
    handle: ({ caller, query, body }) => entityViews.save(caller, body, query),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/entityView/:entityViewId',
    access: tenantAdmin,
    summary: 'Delete an entity view with everything that belongs to it',
    params: viewParams,
    response: 'empty',
    handle: ({ caller, params }) => entityViews.delete(caller, params.entityViewId),
  })
}

const ownerRoutes = (api: FastifyInstance, tag: string, { entityViews }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/:customerId/entityView/:entityViewId',
    access: tenantAdmin,
    summary: 'Assign an entity view to a customer',
    params: z.object({ ...customerParams.shape, ...viewParams.shape }),
    response: entityViewSchema,
    handle: ({ caller, params }) => entityViews.assign(caller, params.entityViewId, params.customerId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/customer/entityView/:entityViewId',
    access: tenantAdmin,
    summary: 'Take an entity view from its customer',
    params: viewParams,
    response: entityViewSchema,
    handle: ({ caller, params }) => entityViews.unassign(caller, params.entityViewId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/public/entityView/:entityViewId',
    access: tenantAdmin,
    summary: 'Make an entity view public',
    params: viewParams,
    response: entityViewSchema,
    handle: ({ caller, params }) => entityViews.publish(caller, params.entityViewId),
  })
}
