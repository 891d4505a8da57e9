import type {
  EntityCountQuery,
  EntityData,
  EntityDataQuery,
  EntityFilter,
  EntityId,
  PageData,
  PublishDraft,
  SaveDashboard,
  SaveDashboardDraft,
} from '@thingwire/contracts'
import { findEntities } from './entities.ts'
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

const entityFields = ['name', 'label', 'type', 'createdTime', 'ownerName']

type Sort = { key: string; isDescending: boolean }

/** Asks for the names of what a question finds, ordered by name or by another field or newest value. */
export const namedQuery = (
  { entityFilter, keyFilters, keyFiltersOperation }: EntityCountQuery,
  page: { page: number; pageSize: number },
  sort: Sort,
): EntityDataQuery => {
  const isField = entityFields.includes(sort.key)
  return {
    entityFilter,
    ...(keyFilters ? { keyFilters, keyFiltersOperation } : {}),
    entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
    // What is sorted by must be asked for.
    ...(isField ? {} : { latestValues: [{ type: 'TIME_SERIES', key: sort.key }] }),
    pageLink: {
      ...page,
      sortOrder: {
        key: { type: isField ? 'ENTITY_FIELD' : 'TIME_SERIES', key: sort.key },
        direction: sort.isDescending ? 'DESC' : 'ASC',
      },
    },
  }
}

type Named = { total: number; entities: { id: EntityId; name: string }[] }

export const namedIn = ({ data, totalElements }: PageData<EntityData>): Named => ({
  total: totalElements,
  entities: data.map(({ entityId, latest }) => ({
    id: entityId,
    name: latest.ENTITY_FIELD?.name?.value ?? entityId.id,
  })),
})

/** The first entities that a question finds, by name, and how many there are. */
export const findNamed = async (query: EntityCountQuery, count: number, signal?: AbortSignal): Promise<Named> =>
  namedIn(
    await findEntities(namedQuery(query, { page: 0, pageSize: count }, { key: 'name', isDescending: false }), signal),
  )

/** Keys that devices and assets have: those of the first hundred of each. */
export const findKeys = async (signal?: AbortSignal): Promise<{ timeseries: string[]; attribute: string[] }> => {
  const found = await Promise.all(
    (['DEVICE', 'ASSET'] as const).map((entityType) =>
      api('POST /api/entitiesQuery/find/keys', {
        query: { timeseries: true, attributes: true },
        body: { entityFilter: { type: 'entityType', entityType }, pageLink: { page: 0, pageSize: 100 } },
        signal,
      }),
    ),
  )
  const merged = (name: 'timeseries' | 'attribute') => [...new Set(found.flatMap((one) => one[name]))].sort()
  return { timeseries: merged('timeseries'), attribute: merged('attribute') }
}

export const getDashboardDraft = (dashboardId: string) =>
  api('GET /api/dashboard/{dashboardId}/draft', { path: { dashboardId } })

/** Refused with 409 when the draft is another than the one that the edits stand on. */
export const saveDashboardDraft = (dashboardId: string, body: SaveDashboardDraft) =>
  api('PUT /api/dashboard/{dashboardId}/draft', { path: { dashboardId }, body })

/** Refused with 409 when the draft is another than that revision by now. */
export const discardDashboardDraft = (dashboardId: string, revision: number) =>
  api('DELETE /api/dashboard/{dashboardId}/draft', { path: { dashboardId }, query: { revision } })

export const publishDashboard = (dashboardId: string, body: PublishDraft) =>
  api('POST /api/dashboard/{dashboardId}/publish', { path: { dashboardId }, body })

/** What was published, newest first. */
export const getDashboardVersions = (dashboardId: string, page: number, pageSize: number, signal?: AbortSignal) =>
  api('GET /api/dashboard/{dashboardId}/versions', { path: { dashboardId }, query: { page, pageSize }, signal })

export const getDashboardVersion = (dashboardId: string, version: number) =>
  api('GET /api/dashboard/{dashboardId}/version/{version}', { path: { dashboardId, version: String(version) } })
