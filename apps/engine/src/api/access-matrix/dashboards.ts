import { z } from 'zod'
import type { PrepareRoom } from './room.ts'

const idOf = (body: unknown): string => z.object({ id: z.object({ id: z.string() }) }).parse(body).id.id

/** How dashboards are edited, found, and brought back. */
export const dashboardsRoom: PrepareRoom = async (api) => {
  const { scope, admin } = api.tenant
  const { dashboardDrafts, deletedDashboards, dashboards, dashboardOverlays } = api.db
  const all = { pageSize: 100, page: 0 }
  const configuration = { tags: ['of the first tenant'] }
  const dashboardId = idOf((await api.admin.post('/api/dashboard', { title: 'Edited', configuration })).body)
  const deletedId = idOf((await api.admin.post('/api/dashboard', { title: 'Gone' })).body)
  await api.admin.delete(`/api/dashboard/${deletedId}`)
  const document = { title: 'Draft', image: null, mobileHide: false, mobileOrder: null, configuration }
  const draft = { ownerId: dashboardId, userId: admin.userId, revision: null, baseVersion: 1, document }
  const { revision } = await dashboardDrafts.save(scope, draft)
  const aimed = { dashboardId, version: '1' }
  const draftPath = '/api/dashboard/{dashboardId}/draft'
  const overlayPath = '/api/dashboard/{dashboardId}/overlay'
  const isEmptyPage = (body: unknown) => {
    z.object({ totalElements: z.literal(0) }).parse(body)
  }
  return {
    paramsOf: {
      ...Object.fromEntries(['GET', 'PUT', 'DELETE'].map((method) => [`${method} ${draftPath}`, aimed])),
      ...Object.fromEntries(['GET', 'PUT', 'DELETE'].map((method) => [`${method} ${overlayPath}`, aimed])),
      'POST /api/dashboard/{dashboardId}/publish': aimed,
      'GET /api/dashboard/{dashboardId}/versions': aimed,
      'GET /api/dashboard/{dashboardId}/version/{version}': aimed,
      'PUT /api/dashboard/{dashboardId}/version/{version}/note': aimed,
      'PUT /api/dashboard/{dashboardId}/tags': aimed,
      'GET /api/dashboard/{dashboardId}/usedBy': aimed,
      'POST /api/dashboards/deleted/{dashboardId}/restore': { dashboardId: deletedId },
      'DELETE /api/dashboards/deleted/{dashboardId}': { dashboardId: deletedId },
    },
    queryOf: {
      'GET /api/dashboards/summaries': { tag: 'of the first tenant' },
      'GET /api/dashboards/usedBy': { entityType: 'DEVICE', entityId: api.tenant.device.id.id },
    },
    bodies: {
      [`PUT ${draftPath}`]: () => ({ revision, baseVersion: 1, document: { ...document, title: 'taken over' } }),
      'POST /api/dashboard/{dashboardId}/publish': () => ({ revision, version: 1 }),
      'PUT /api/dashboard/{dashboardId}/version/{version}/note': () => ({ note: 'taken over' }),
      'PUT /api/dashboard/{dashboardId}/tags': () => ({ tags: ['taken over'] }),
      [`PUT ${overlayPath}`]: () => ({ widgets: { one: { hidden: true } } }),
    },
    harmless: {
      'GET /api/dashboards/summaries': isEmptyPage,
      'GET /api/dashboards/deleted': isEmptyPage,
      'GET /api/dashboards/tags': (body) => expectNone(body),
    },
    belongings: async () => ({
      dashboard: await dashboards.find(scope, dashboardId),
      draft: await dashboardDrafts.find(scope, dashboardId),
      versions: (await dashboardDrafts.versions(scope, dashboardId, all)).data,
      deleted: (await deletedDashboards.list(scope, all)).data,
      overlay: await dashboardOverlays.find(admin.userId, dashboardId),
    }),
  }
}

const expectNone = (body: unknown): void => {
  z.array(z.never()).parse(body)
}
