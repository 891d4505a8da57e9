import {
  assetProfileInfoSchema,
  assetProfileSchema,
  entityTypeSchema,
  saveAssetProfileSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import {
  idListQuery,
  optionalPageQuery,
  pageQuerySchema,
  pathId,
  queryFlag,
  requirePageLink,
  toPageLink,
} from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const params = z.object({ assetProfileId: pathId })
const idsQuery = z.object({ assetProfileIds: idListQuery })
const entityNameSchema = z.object({ id: z.object({ entityType: entityTypeSchema, id: pathId }), name: z.string() })

/** Asset profiles (as ThingsBoard). */
export const assetProfileRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Asset profiles'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      changeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { assetProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfile/:assetProfileId',
    access: tenantAdmin,
    summary: 'One asset profile',
    params,
    query: z.object({ inlineImages: queryFlag.optional() }),
    response: assetProfileSchema,
    handle: ({ caller, params: { assetProfileId } }) => assetProfiles.find(caller, assetProfileId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfileInfo/:assetProfileId',
    access: tenantOrCustomer,
    summary: 'One asset profile in short',
    params,
    response: assetProfileInfoSchema,
    handle: ({ caller, params: { assetProfileId } }) => assetProfiles.find(caller, assetProfileId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfileInfo/default',
    access: tenantOrCustomer,
    summary: 'The profile of assets that name none',
    response: assetProfileInfoSchema,
    handle: ({ caller }) => assetProfiles.findDefault(caller),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfiles',
    access: tenantAdmin,
    summary: 'Asset profiles by page',
    query: pageQuerySchema,
    response: pageOf(assetProfileSchema),
    handle: ({ caller, query }) => database.assetProfiles.list(scopeOf(caller), toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfileInfos',
    access: tenantOrCustomer,
    summary: 'Asset profiles in short, by page; with assetProfileIds: those, as a list',
    query: z.object({ ...optionalPageQuery, ...idsQuery.partial().shape }),
    response: z.union([pageOf(assetProfileInfoSchema), z.array(assetProfileInfoSchema)]),
    handle: ({ caller, query: { assetProfileIds, ...page } }) =>
      assetProfileIds
        ? database.assetProfiles.findMany(scopeOf(caller), assetProfileIds)
        : database.assetProfiles.list(scopeOf(caller), requirePageLink(page)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfileInfos/list',
    access: tenantAdmin,
    summary: 'Asset profiles in short, by their ids',
    query: idsQuery,
    response: z.array(assetProfileInfoSchema),
    handle: ({ caller, query }) => database.assetProfiles.findMany(scopeOf(caller), query.assetProfileIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assetProfile/names',
    access: tenantOrCustomer,
    summary: 'Names of the asset profiles; activeOnly: of those with assets',
    query: z.object({ activeOnly: queryFlag.default(false) }),
    response: z.array(entityNameSchema),
    handle: async ({ caller, query }) =>
      (await database.assetProfiles.names(scopeOf(caller), { isUsed: query.activeOnly })).map(({ id, name }) => ({
        id: { entityType: 'ASSET_PROFILE' as const, id },
        name,
      })),
  })
}

const changeRoutes = (api: FastifyInstance, tag: string, { assetProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/assetProfile',
    access: tenantAdmin,
    summary: 'Create an asset profile, or replace it',
    body: saveAssetProfileSchema,
    response: assetProfileSchema,
    handle: ({ caller, body }) => assetProfiles.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/assetProfile/:assetProfileId',
    access: tenantAdmin,
    summary: 'Delete an asset profile that no asset uses',
    params,
    response: 'empty',
    handle: ({ caller, params: { assetProfileId } }) => assetProfiles.delete(caller, assetProfileId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/assetProfile/:assetProfileId/default',
    access: tenantAdmin,
    summary: 'Make an asset profile the one of assets that name none',
    params,
    response: assetProfileSchema,
    handle: ({ caller, params: { assetProfileId } }) => assetProfiles.setDefault(caller, assetProfileId),
  })
}
