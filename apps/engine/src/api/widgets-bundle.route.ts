import { saveWidgetsBundleSchema, widgetsBundleSchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pathId, queryFlag, requirePageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, systemOrTenant } from './route.ts'

const params = z.object({ widgetsBundleId: pathId })
const bundles = z.array(widgetsBundleSchema)

/** Shelves of widget types (as ThingsBoard). */
export const widgetsBundleRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Widgets bundles'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { widgets, database, embedded }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetsBundle/:widgetsBundleId',
    access: anyone,
    summary: 'A widgets bundle; with inlineImages: its image as data',
    params,
    query: z.object({ inlineImages: queryFlag.default(false) }),
    response: widgetsBundleSchema,
    handle: async ({ caller, params: { widgetsBundleId }, query }) => {
      const bundle = await widgets.bundle(caller, widgetsBundleId)
      return query.inlineImages ? { ...bundle, image: await embedded.inline(caller, bundle.image) } : bundle
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetsBundles',
    access: anyone,
    summary: 'Widgets bundles: a page, those with the given ids, or all',
    query: z.object({
      ...optionalPageQuery,
      tenantOnly: queryFlag.optional(),
      fullSearch: queryFlag.optional(),
      scadaFirst: queryFlag.optional(),
      widgetsBundleIds: idListQuery.optional(),
    }),
    response: z.union([pageOf(widgetsBundleSchema), bundles]),
    handle: ({ caller, query }) => {
      const scope = scopeOf(caller)
      if (query.widgetsBundleIds) return database.widgetsBundles.findMany(scope, query.widgetsBundleIds)
      if (query.pageSize === undefined && query.page === undefined) return database.widgetsBundles.all(scope)
      return database.widgetsBundles.list(scope, requirePageLink(query), query)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetsBundles/all',
    access: anyone,
    summary: 'All widgets bundles of tenant and system',
    response: bundles,
    handle: ({ caller }) => database.widgetsBundles.all(scopeOf(caller)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetsBundles/list',
    access: anyone,
    summary: 'Those of the widgets bundles that the caller sees',
    query: z.object({ widgetsBundleIds: idListQuery }),
    response: bundles,
    handle: ({ caller, query }) => database.widgetsBundles.findMany(scopeOf(caller), query.widgetsBundleIds),
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { widgets }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/widgetsBundle',
    access: systemOrTenant,
    summary: 'Create a widgets bundle, or replace it',
    body: saveWidgetsBundleSchema,
    response: widgetsBundleSchema,
    handle: ({ caller, body }) => widgets.saveBundle(caller, body),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/widgetsBundle/:widgetsBundleId/widgetTypes',
    access: systemOrTenant,
    summary: 'The widget types of a bundle, by id, in their order',
    params,
    body: z.array(pathId).max(10_000),
    response: 'empty',
    handle: ({ caller, params: { widgetsBundleId }, body }) =>
      widgets.setMembers(caller, widgetsBundleId, { ids: body }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/widgetsBundle/:widgetsBundleId/widgetTypeFqns',
    access: systemOrTenant,
    summary: 'The widget types of a bundle, by name, in their order; unknown names are left out',
    params,
    body: z.array(z.string().max(600)).max(10_000),
    response: 'empty',
    handle: ({ caller, params: { widgetsBundleId }, body }) =>
      widgets.setMembers(caller, widgetsBundleId, { fqns: body.map((fqn) => fqn.replace(/^(system|tenant)\./, '')) }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/widgetsBundle/:widgetsBundleId',
    access: systemOrTenant,
    summary: 'Delete a widgets bundle; its widget types stay',
    params,
    response: 'empty',
    handle: ({ caller, params: { widgetsBundleId } }) => widgets.deleteBundle(caller, widgetsBundleId),
  })
}
