import {
  assetInfoSchema,
  assetSchema,
  assetSearchQuerySchema,
  assetSubtypeSchema,
  nameConflictQuery,
  saveAssetSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { customerScope } from './customer-scope.ts'
import { pageOf } from './entity-schemas.ts'
import {
  idListQuery,
  optionalId,
  optionalPageQuery,
  pageQuery,
  pathId,
  requirePageLink,
  toPageLink,
} from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const assetParams = z.object({ assetId: pathId })
const customerParams = z.object({ customerId: pathId })
const typeFilter = { type: z.string().max(255).optional() }
const infoFilter = { ...typeFilter, assetProfileId: optionalId }
const byName = z.object({ assetName: z.string().max(255) })

/** An empty filter parameter means no filter: forms send them so. */
const toFilter = ({ type, assetProfileId }: { type?: string | undefined; assetProfileId?: string | undefined }) => ({
  ...(type && { type }),
  ...(assetProfileId && { assetProfileId }),
})

/** Assets (as ThingsBoard). */
export const assetRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Assets'
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

const readRoutes = (api: FastifyInstance, tag: string, { assets, database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/asset/:assetId',
    access: tenantOrCustomer,
    summary: 'One asset',
    params: assetParams,
    response: assetSchema,
    handle: ({ caller, params }) => assets.find(caller, params.assetId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/asset/info/:assetId',
    access: tenantOrCustomer,
    summary: 'One asset with the names around it',
    params: assetParams,
    response: assetInfoSchema,
    handle: ({ caller, params }) => assets.find(caller, params.assetId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/asset',
    access: tenantAdmin,
    summary: 'The asset of this name',
    query: byName,
    response: assetSchema,
    handle: ({ caller, query }) => assets.findByName(caller, query.assetName),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/assets',
    access: tenantOrCustomer,
    summary: 'Assets by their ids; those that the caller may not see are left out',
    query: z.object({ assetIds: idListQuery }),
    response: z.array(assetSchema),
    handle: ({ caller, query }) => assets.findMany(caller, query.assetIds),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/assets',
    access: tenantOrCustomer,
    summary: 'Assets around an entity, by relations',
    body: assetSearchQuerySchema,
    response: z.array(assetSchema),
    handle: ({ caller, body }) => assets.search(caller, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/asset/types',
    access: tenantOrCustomer,
    summary: 'Names of the asset profiles',
    response: z.array(assetSubtypeSchema),
    handle: async ({ caller }) =>
      (await database.assetProfiles.names(scopeOf(caller), { isUsed: false })).map(({ tenantId, name }) => ({
        tenantId: { entityType: 'TENANT' as const, id: tenantId },
        entityType: 'ASSET' as const,
        type: name,
      })),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { access, database, assets }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/assets',
    access: tenantAdmin,
    summary: 'Assets of the tenant; with assetName: the one of that name',
    query: z.object({ ...optionalPageQuery, ...typeFilter, ...byName.partial().shape }),
    response: z.union([pageOf(assetSchema), assetSchema]),
    handle: ({ caller, query }) =>
      query.assetName !== undefined
        ? assets.findByName(caller, query.assetName)
        : database.assets.list(scopeOf(caller), requirePageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/assetInfos',
    access: tenantAdmin,
    summary: 'Assets of the tenant with the names around them',
    query: z.object({ ...pageQuery, ...infoFilter }),
    response: pageOf(assetInfoSchema),
    handle: ({ caller, query }) => database.assets.list(scopeOf(caller), toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/assets',
    access: tenantOrCustomer,
    summary: 'Assets assigned to a customer',
    params: customerParams,
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(assetSchema),
    handle: async ({ caller, params, query }) =>
      database.assets.list(await customerScope(access, caller, params.customerId), toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/assetInfos',
    access: tenantOrCustomer,
    summary: 'Assets assigned to a customer with the names around them',
    params: customerParams,
    query: z.object({ ...pageQuery, ...infoFilter }),
    response: pageOf(assetInfoSchema),
    handle: async ({ caller, params, query }) =>
      database.assets.list(await customerScope(access, caller, params.customerId), toPageLink(query), toFilter(query)),
  })
}

const changeRoutes = (api: FastifyInstance, tag: string, { assets }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/asset',
    access: tenantOrCustomer,
    summary: 'Create an asset, or replace it',
    query: z.object(nameConflictQuery),
    body: saveAssetSchema,
    response: assetSchema,
    handle: ({ caller, query, body }) => assets.save(caller, body, query),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/asset/:assetId',
    access: tenantAdmin,
    summary: 'Delete an asset with everything that belongs to it',
    params: assetParams,
    response: 'empty',
    handle: ({ caller, params }) => assets.delete(caller, params.assetId),
  })
}

const ownerRoutes = (api: FastifyInstance, tag: string, { assets }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/:customerId/asset/:assetId',
    access: tenantAdmin,
    summary: 'Assign an asset to a customer',
    params: z.object({ ...customerParams.shape, ...assetParams.shape }),
    response: assetSchema,
    handle: ({ caller, params }) => assets.assign(caller, params.assetId, params.customerId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/customer/asset/:assetId',
    access: tenantAdmin,
    summary: 'Take an asset from its customer',
    params: assetParams,
    response: assetSchema,
    handle: ({ caller, params }) => assets.unassign(caller, params.assetId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/public/asset/:assetId',
    access: tenantAdmin,
    summary: 'Make an asset public',
    params: assetParams,
    response: assetSchema,
    handle: ({ caller, params }) => assets.publish(caller, params.assetId),
  })
}
