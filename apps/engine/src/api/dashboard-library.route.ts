import {
  dashboardInfoSchema,
  dashboardOverlaySchema,
  dashboardSummarySchema,
  dashboardTagCountSchema,
  dashboardTagsSchema,
  dashboardUsersSchema,
  dashboardUseSchema,
  deletedDashboardSchema,
  entityTypeSchema,
  foundDashboardOverlaySchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pageQuerySchema, pathId, queryFlag, toPageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'
import { sentAsIs } from './serializer.ts'

const params = z.object({ dashboardId: pathId })

/** One tag, or the parameter repeated: a tag may hold a comma. */
const tagsQuery = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().filter((tag) => tag.trim() !== ''))
  .pipe(z.array(z.string().max(64)).max(20))

/** Dashboards as a collection, and how one user sees them. */
export const dashboardLibraryRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Dashboard library'
  return {
    tag,
    register: (api) => {
      listRoutes(api, tag, deps)
      useRoutes(api, tag, deps)
      overlayRoutes(api, tag, deps)
      deletedRoutes(api, tag, deps)
    },
  }
}

const listRoutes = (api: FastifyInstance, tag: string, { dashboardLibrary }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboards/summaries',
    access: tenantOrCustomer,
    summary:
      'What lists tell of dashboards. The text is looked for in titles, descriptions, tags, states, aliases, widgets, keys and names of entities',
    query: z.object({ ...pageQuery, tag: tagsQuery.default([]), starred: queryFlag.default(false) }),
    response: pageOf(dashboardSummarySchema),
    handle: ({ caller, query }) =>
      dashboardLibrary.summaries(caller, toPageLink(query), { tags: query.tag, starred: query.starred }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboards/tags',
    access: tenantOrCustomer,
    summary: 'Tags of the dashboards that the caller sees',
    response: z.array(dashboardTagCountSchema),
    handle: ({ caller }) => dashboardLibrary.tags(caller),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/dashboard/:dashboardId/tags',
    access: tenantAdmin,
    summary: 'Set the tags of a dashboard, which is a new version of it',
    params,
    body: dashboardTagsSchema,
    response: dashboardTagsSchema.extend({ version: z.number().int() }),
    handle: ({ caller, params: { dashboardId }, body }) => dashboardLibrary.saveTags(caller, dashboardId, body.tags),
  })
}

const useRoutes = (api: FastifyInstance, tag: string, { dashboardLibrary }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboards/usedBy',
    access: tenantAdmin,
    summary: 'Dashboards that show an entity: by its id, or by an alias that finds it through its type or its name',
    query: z.object({ entityType: entityTypeSchema, entityId: pathId }),
    response: z.array(dashboardUseSchema),
    handle: ({ caller, query: { entityType, entityId } }) =>
      dashboardLibrary.usesOf(caller, { entityType, id: entityId }),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId/usedBy',
    access: tenantAdmin,
    summary: 'What would miss a dashboard: whose home it is, profiles that open it, dashboards that lead to it',
    params,
    response: dashboardUsersSchema,
    handle: ({ caller, params: { dashboardId } }) => dashboardLibrary.usersOf(caller, dashboardId),
  })
}

const overlayRoutes = (api: FastifyInstance, tag: string, { dashboardLibrary }: ApiDeps): void => {
  const path = '/api/dashboard/:dashboardId/overlay'
  addRoute(api, tag, {
    method: 'GET',
    path,
    access: tenantOrCustomer,
    summary: 'How the caller sees a dashboard; null when they have changed nothing',
    params,
    response: sentAsIs(foundDashboardOverlaySchema),
    handle: async ({ caller, params: { dashboardId } }) => ({
      overlay: await dashboardLibrary.overlay(caller, dashboardId),
    }),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path,
    access: tenantOrCustomer,
    summary: 'Keep how the caller sees a dashboard; nobody else can read it',
    params,
    body: dashboardOverlaySchema,
    response: 'empty',
    handle: ({ caller, params: { dashboardId }, body }) => dashboardLibrary.saveOverlay(caller, dashboardId, body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path,
    access: tenantOrCustomer,
    summary: 'See a dashboard as everybody does',
    params,
    response: 'empty',
    handle: ({ caller, params: { dashboardId } }) => dashboardLibrary.deleteOverlay(caller, dashboardId),
  })
}

const deletedRoutes = (api: FastifyInstance, tag: string, { deletedDashboards }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboards/deleted',
    access: tenantAdmin,
    summary: 'Deleted dashboards that can be brought back',
    query: pageQuerySchema,
    response: pageOf(deletedDashboardSchema),
    handle: ({ caller, query }) => deletedDashboards.list(caller, toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/dashboards/deleted/:dashboardId/restore',
    access: tenantAdmin,
    summary: 'Bring a deleted dashboard back, with its versions, its draft and its customers',
    params,
    response: dashboardInfoSchema,
    handle: ({ caller, params: { dashboardId } }) => deletedDashboards.restore(caller, dashboardId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/dashboards/deleted/:dashboardId',
    access: tenantAdmin,
    summary: 'Forget a deleted dashboard for good',
    params,
    response: 'empty',
    handle: ({ caller, params: { dashboardId } }) => deletedDashboards.forget(caller, dashboardId),
  })
}
