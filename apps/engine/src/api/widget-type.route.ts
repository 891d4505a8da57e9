import {
  AppError,
  deprecatedFilters,
  saveWidgetTypeSchema,
  widgetTypeDetailsSchema,
  widgetTypeInfoSchema,
  widgetTypeSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { BundleName } from '../widgets/widget-service.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { optionalPageQuery, pathId, queryFlag, requirePageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, systemOrTenant } from './route.ts'

const params = z.object({ widgetTypeId: pathId })
const bundleQuery = {
  widgetsBundleId: pathId.optional(),
  isSystem: queryFlag.optional(),
  bundleAlias: z.string().max(255).optional(),
}
const typeList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  // Descriptors say rpc where everything around them says control.
  .transform((types) => types.filter((type) => type !== '').map((type) => (type === 'control' ? 'rpc' : type)))
const searchQuery = {
  ...optionalPageQuery,
  tenantOnly: queryFlag.optional(),
  fullSearch: queryFlag.optional(),
  deprecatedFilter: z.enum(deprecatedFilters).default('ALL'),
  widgetTypeList: typeList.optional(),
  scadaFirst: queryFlag.optional(),
}
type Search = z.output<z.ZodObject<typeof searchQuery>>
const toFilter = (query: Search) => ({
  tenantOnly: query.tenantOnly,
  fullSearch: query.fullSearch,
  deprecated: query.deprecatedFilter,
  types: query.widgetTypeList,
  scadaFirst: query.scadaFirst,
})

/** Undefined: the query names no bundle. */
const bundleOf = (query: z.output<z.ZodObject<typeof bundleQuery>>): BundleName | undefined => {
  const { widgetsBundleId, isSystem, bundleAlias } = query
  if (widgetsBundleId !== undefined) return { widgetsBundleId }
  return isSystem !== undefined && bundleAlias !== undefined ? { isSystem, bundleAlias } : undefined
}

const requireBundle = (query: z.output<z.ZodObject<typeof bundleQuery>>): BundleName => {
  const name = bundleOf(query)
  if (!name) throw new AppError('ARGUMENT_INVALID', "Required request parameter 'widgetsBundleId' is not present")
  return name
}

/** Kinds of widgets (as ThingsBoard). */
export const widgetTypeRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Widget types'
  return {
    tag,
    register: (api) => {
      singleRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      infoRoutes(api, tag, deps)
    },
  }
}

const singleRoutes = (api: FastifyInstance, tag: string, { widgets, embedded }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetType/:widgetTypeId',
    access: systemOrTenant,
    summary: 'A widget type; with includeResources: and the images that it uses',
    params,
    query: z.object({ includeResources: queryFlag.default(false) }),
    response: widgetTypeDetailsSchema,
    handle: async ({ caller, params: { widgetTypeId }, query }) => {
      const found = await widgets.find(caller, widgetTypeId)
      return query.includeResources ? { ...found, resources: await embedded.export(caller, found) } : found
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetTypeInfo/:widgetTypeId',
    access: systemOrTenant,
    summary: 'A widget type without its descriptor, with the bundles that it is in',
    params,
    response: widgetTypeInfoSchema,
    handle: ({ caller, params: { widgetTypeId } }) => widgets.info(caller, widgetTypeId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetType',
    access: anyone,
    summary: 'A widget type by fqn, or by bundle and alias as early dashboards name it',
    query: z.object({
      fqn: z.string().max(600).optional(),
      isSystem: queryFlag.optional(),
      bundleAlias: z.string().max(255).optional(),
      alias: z.string().max(255).optional(),
    }),
    response: widgetTypeSchema,
    handle: ({ caller, query: { fqn, isSystem, bundleAlias, alias } }) => {
      if (fqn !== undefined) return widgets.findByFqn(caller, fqn)
      if (isSystem === undefined || bundleAlias === undefined || alias === undefined)
        throw new AppError('ARGUMENT_INVALID', "Required request parameter 'fqn' is not present")
      return widgets.findByAlias(caller, { isSystem, bundleAlias, alias })
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { widgets, embedded }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/widgetType',
    access: systemOrTenant,
    summary: 'Create a widget type, or replace it; with updateExistingByFqn: also when only the fqn is the same',
    query: z.object({ updateExistingByFqn: queryFlag.default(false) }),
    body: saveWidgetTypeSchema,
    response: widgetTypeDetailsSchema,
    handle: async ({ caller, query, body }) => widgets.save(caller, await embedded.import(caller, body), query),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/widgetType/:widgetTypeId',
    access: systemOrTenant,
    summary: 'Delete a widget type',
    params,
    response: 'empty',
    handle: ({ caller, params: { widgetTypeId } }) => widgets.delete(caller, widgetTypeId),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { widgets, database, embedded }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetTypes',
    access: anyone,
    summary: 'Widget types that match; with a bundle: all of it, with their descriptors',
    query: z.object({ ...searchQuery, ...bundleQuery }),
    response: z.union([pageOf(widgetTypeInfoSchema), z.array(widgetTypeSchema)]),
    handle: ({ caller, query }) => {
      const name = bundleOf(query)
      if (name) return widgets.ofBundle(caller, name)
      return database.widgetTypes.list(scopeOf(caller), requirePageLink(query), toFilter(query))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetsBundle/:widgetsBundleId/widgetTypes',
    access: anyone,
    summary: 'Widget types of a bundle',
    params: z.object({ widgetsBundleId: pathId }),
    response: z.array(widgetTypeSchema),
    handle: ({ caller, params: name }) => widgets.ofBundle(caller, name),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetTypesDetails',
    access: anyone,
    summary: 'Widget types of a bundle with everything that belongs to them',
    query: z.object({ ...bundleQuery, includeResources: queryFlag.default(false) }),
    response: z.array(widgetTypeDetailsSchema),
    handle: async ({ caller, query }) => {
      const found = await widgets.ofBundle(caller, requireBundle(query))
      if (!query.includeResources) return found
      const whole = []
      for (const one of found) whole.push({ ...one, resources: await embedded.export(caller, one) })
      return whole
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetTypeFqns',
    access: systemOrTenant,
    summary: 'Names of the widget types of a bundle',
    query: z.object({ widgetsBundleId: pathId }),
    response: z.array(z.string()),
    handle: async ({ caller, query }) => (await widgets.ofBundle(caller, query)).map(({ fqn }) => fqn),
  })
}

const everyone = { pageSize: 10_000, page: 0 }

const infoRoutes = (api: FastifyInstance, tag: string, { widgets, database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/widgetTypesInfos',
    access: anyone,
    summary: 'Widget types of a bundle without their descriptors: a page by id, or all by alias',
    query: z.object({ ...searchQuery, ...bundleQuery }),
    response: z.union([pageOf(widgetTypeInfoSchema), z.array(widgetTypeInfoSchema)]),
    handle: async ({ caller, query }) => {
      const name = requireBundle(query)
      const link = 'widgetsBundleId' in name ? requirePageLink(query) : everyone
      const bundle = await widgets.bundleNamed(caller, name)
      const page = await database.widgetTypes.list(scopeOf(caller), link, {
        ...toFilter(query),
        bundleId: bundle.id.id,
      })
      return 'widgetsBundleId' in name ? page : page.data
    },
  })
}
