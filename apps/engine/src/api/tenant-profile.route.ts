import {
  AppError,
  type EntityInfo,
  entityInfoSchema,
  saveTenantProfileSchema,
  type TenantProfile,
  tenantProfileSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pageQuerySchema, pathId, requirePageLink, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, systemAdmin } from './route.ts'

const profileParams = z.object({ tenantProfileId: pathId })

const toInfo = ({ id, name }: TenantProfile): EntityInfo => ({ id, name })

/** Profiles of tenants: their limits and queues (as ThingsBoard). The system administrator's alone. */
export const tenantProfileRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Tenant profiles'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { database, tenantProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfile/:tenantProfileId',
    access: systemAdmin,
    summary: 'One tenant profile',
    params: profileParams,
    response: tenantProfileSchema,
    handle: ({ params }) => tenantProfiles.find(params.tenantProfileId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfileInfo/:tenantProfileId',
    access: systemAdmin,
    summary: 'Id and name of a tenant profile',
    params: profileParams,
    response: entityInfoSchema,
    handle: async ({ params }) => toInfo(await tenantProfiles.find(params.tenantProfileId)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfileInfo/default',
    access: systemAdmin,
    summary: 'Id and name of the default tenant profile',
    response: entityInfoSchema,
    handle: async () => {
      const profile = await database.tenantProfiles.findDefault()
      if (!profile) throw new AppError('ENTITY_NOT_FOUND')
      return toInfo(profile)
    },
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfiles',
    access: systemAdmin,
    summary: 'Tenant profiles by page; with ids: those, as a list',
    query: z.object({ ...optionalPageQuery, ids: idListQuery.optional() }),
    response: z.union([pageOf(tenantProfileSchema), z.array(tenantProfileSchema)]),
    handle: ({ query: { ids, ...page } }) =>
      ids ? database.tenantProfiles.findMany(ids) : database.tenantProfiles.list(requirePageLink(page)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfiles/list',
    access: systemAdmin,
    summary: 'Tenant profiles by their ids',
    query: z.object({ ids: idListQuery }),
    response: z.array(tenantProfileSchema),
    handle: ({ query }) => database.tenantProfiles.findMany(query.ids),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenantProfileInfos',
    access: systemAdmin,
    summary: 'Ids and names of tenant profiles by page',
    query: pageQuerySchema,
    response: pageOf(entityInfoSchema),
    handle: async ({ query }) => {
      const page = await database.tenantProfiles.list(toPageLink(query))
      return { ...page, data: page.data.map(toInfo) }
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { tenantProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/tenantProfile',
    access: systemAdmin,
    summary: 'Create a tenant profile, or replace it; its limits are in force at once',
    body: saveTenantProfileSchema,
    response: tenantProfileSchema,
    handle: ({ caller, body }) => tenantProfiles.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/tenantProfile/:tenantProfileId/default',
    access: systemAdmin,
    summary: 'Make a tenant profile the default one',
    params: profileParams,
    response: tenantProfileSchema,
    handle: ({ caller, params }) => tenantProfiles.setDefault(caller, params.tenantProfileId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/tenantProfile/:tenantProfileId',
    access: systemAdmin,
    summary: 'Delete a tenant profile that no tenant has',
    params: profileParams,
    response: 'empty',
    handle: ({ caller, params }) => tenantProfiles.delete(caller, params.tenantProfileId),
  })
}
