import {
  dashboardDraftSchema,
  dashboardVersionDocumentSchema,
  dashboardVersionSchema,
  publishDraftSchema,
  publishedDashboardSchema,
  savedDashboardDraftSchema,
  saveDashboardDraftSchema,
  versionNoteSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { useGzip } from './gzip.ts'
import { pageQuerySchema, pathId, toPageLink, versionNumber } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin } from './route.ts'
import { sentAsIs } from './serializer.ts'

const params = z.object({ dashboardId: pathId })
const versionParams = params.extend({ version: versionNumber })

/** How dashboards are edited: in drafts, which are published as versions. */
export const dashboardDraftRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Dashboard drafts and versions'
  return {
    tag,
    register: (api) => {
      // Only answers with a whole document are compressed; the scope is registered with the others.
      api.register(async (scope) => {
        useGzip(scope)
        documentRoutes(scope, tag, deps)
      })
      editRoutes(api, tag, deps)
      versionRoutes(api, tag, deps)
    },
  }
}

const documentRoutes = (api: FastifyInstance, tag: string, { dashboardDrafts }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId/draft',
    access: tenantAdmin,
    summary: 'The edits of a dashboard that are not published; null when there are none',
    params,
    response: sentAsIs(z.object({ draft: dashboardDraftSchema.nullable() })),
    handle: async ({ caller, params: { dashboardId } }) => {
      const draft = await dashboardDrafts.find(caller, dashboardId)
      return { draft: draft && { dashboardId: dashboardId.toLowerCase(), ...draft } }
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId/version/:version',
    access: tenantAdmin,
    summary: 'What was published when the dashboard had this version',
    params: versionParams,
    response: sentAsIs(dashboardVersionDocumentSchema),
    handle: ({ caller, params: { dashboardId, version } }) => dashboardDrafts.version(caller, dashboardId, version),
  })
}

const editRoutes = (api: FastifyInstance, tag: string, { dashboardDrafts }: ApiDeps): void => {
  const path = '/api/dashboard/:dashboardId/draft'
  addRoute(api, tag, {
    method: 'PUT',
    path,
    access: tenantAdmin,
    summary: 'Save the draft of a dashboard, valid or not; 409 when somebody else has saved another one',
    params,
    body: saveDashboardDraftSchema,
    response: savedDashboardDraftSchema,
    handle: async ({ caller, params: { dashboardId }, body }) => ({
      dashboardId: dashboardId.toLowerCase(),
      ...(await dashboardDrafts.save(caller, dashboardId, body)),
    }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path,
    access: tenantAdmin,
    summary: 'Discard the draft of a dashboard; 409 when `revision` is given and it is another by now',
    params,
    query: z.object({ revision: versionNumber.optional() }),
    response: 'empty',
    handle: ({ caller, params: { dashboardId }, query: { revision } }) =>
      dashboardDrafts.discard(caller, dashboardId, revision ?? null),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/dashboard/:dashboardId/publish',
    access: tenantAdmin,
    summary: 'Put the draft in place of what is shown; 409 when either is another than the caller has seen',
    params,
    body: publishDraftSchema,
    response: publishedDashboardSchema,
    handle: ({ caller, params: { dashboardId }, body }) => dashboardDrafts.publish(caller, dashboardId, body),
  })
}

const versionRoutes = (api: FastifyInstance, tag: string, { dashboardDrafts }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/dashboard/:dashboardId/versions',
    access: tenantAdmin,
    summary: 'What was published of a dashboard, newest first; the last 200 are kept, fewer of large ones',
    params,
    query: pageQuerySchema,
    response: pageOf(dashboardVersionSchema),
    handle: ({ caller, params: { dashboardId }, query }) =>
      dashboardDrafts.versions(caller, dashboardId, toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'PUT',
    path: '/api/dashboard/:dashboardId/version/:version/note',
    access: tenantAdmin,
    summary: 'Say something else about a version',
    params: versionParams,
    body: versionNoteSchema,
    response: dashboardVersionSchema,
    handle: ({ caller, params: { dashboardId, version }, body }) =>
      dashboardDrafts.saveNote(caller, dashboardId, version, body.note || null),
  })
}
