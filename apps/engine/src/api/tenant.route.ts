import { AppError, saveTenantSchema, tenantInfoSchema, tenantSchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pageQuerySchema, pathId, requirePageLink, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemAdmin, systemOrTenant } from './route.ts'

const tenantParams = z.object({ tenantId: pathId })

/** Tenants (as ThingsBoard): the system administrator's; a tenant administrator sees the own one. */
export const tenantRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Tenants'
  return {
    tag,
    register: (api) => {
      oneTenantRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
    },
  }
}

const oneTenantRoutes = (api: FastifyInstance, tag: string, { tenants }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/:tenantId',
    access: systemOrTenant,
    summary: 'One tenant',
    params: tenantParams,
    response: tenantSchema,
    handle: ({ caller, params }) => tenants.find(caller, params.tenantId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/info/:tenantId',
    access: systemOrTenant,
    summary: 'One tenant with the name of its profile',
    params: tenantParams,
    response: tenantInfoSchema,
    handle: ({ caller, params }) => tenants.find(caller, params.tenantId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/tenant',
    access: systemAdmin,
    summary: 'Create a tenant with its default profiles and root rule chain, or replace its record',
    body: saveTenantSchema,
    response: tenantSchema,
    handle: ({ caller, body }) => tenants.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/tenant/:tenantId',
    access: systemOrTenant,
    summary: 'Delete a tenant with everything it has',
    params: tenantParams,
    response: 'empty',
    handle: ({ caller, params }) => tenants.delete(caller, params.tenantId),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenants',
    access: systemOrTenant,
    summary: 'Tenants by page, for the system administrator; with tenantIds: those, as a list',
    query: z.object({ ...optionalPageQuery, tenantIds: idListQuery.optional() }),
    response: z.union([pageOf(tenantSchema), z.array(tenantSchema)]),
    handle: ({ caller, query: { tenantIds, ...page } }) => {
      if (tenantIds) return database.tenants.findMany(scopeOf(caller), tenantIds)
      if (caller.authority !== 'SYS_ADMIN') throw new AppError('PERMISSION_DENIED')
      return database.tenants.list(scopeOf(caller), requirePageLink(page))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenants/list',
    access: systemOrTenant,
    summary: 'Tenants by their ids',
    query: z.object({ tenantIds: idListQuery }),
    response: z.array(tenantSchema),
    handle: ({ caller, query }) => database.tenants.findMany(scopeOf(caller), query.tenantIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantInfos',
    access: systemAdmin,
    summary: 'Tenants with the names of their profiles',
    query: pageQuerySchema,
    response: pageOf(tenantInfoSchema),
    handle: ({ caller, query }) => database.tenants.list(scopeOf(caller), toPageLink(query)),
  })
}
