import type { EntityFilter, EntityId, SaveDashboard } from '@thingwire/contracts'
import { api } from './http.ts'

/** The dashboard as it stands, with the images that it uses. */
export const getWholeDashboard = (dashboardId: string) =>
  api('GET /api/dashboard/{dashboardId}', { path: { dashboardId }, query: { includeResources: true } })

export const saveDashboard = (body: SaveDashboard) => api('POST /api/dashboard', { body })

export const deleteDashboard = (dashboardId: string) =>
  api('DELETE /api/dashboard/{dashboardId}', { path: { dashboardId } })

/** Entities that a question finds, newest first, as widgets take the first of them. */
export const findEntityNames = async (
  entityFilter: EntityFilter,
  most: number,
  signal?: AbortSignal,
): Promise<{ id: EntityId; name: string }[]> => {
  const page = await api('POST /api/entitiesQuery/find', {
    body: {
      entityFilter,
      entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
      pageLink: {
        page: 0,
        pageSize: most,
        sortOrder: { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, direction: 'DESC' },
      },
    },
    signal,
  })
  return page.data.map(({ entityId, latest }) => ({
    id: entityId,
    name: latest.ENTITY_FIELD?.name?.value ?? entityId.id,
  }))
}
