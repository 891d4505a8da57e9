import type { Answer } from '@thingwire/api-client'
import type { DashboardOverlay, PageLink } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'

export type SummaryView = Answer<'GET /api/dashboards/summaries'>['data'][number]
export type DeletedView = Answer<'GET /api/dashboards/deleted'>['data'][number]

/** Dashboards that the caller sees. All `tags` must be there; the text is looked for in what they show, too. */
export const listSummaries = (
  { tags, starred, ...link }: PageLink & { tags: readonly string[]; starred: boolean },
  signal?: AbortSignal,
) => api('GET /api/dashboards/summaries', { query: { ...link, tag: tags, starred }, signal })

export const listTags = (signal?: AbortSignal) => api('GET /api/dashboards/tags', { signal })

/** Makes a new version of the dashboard; answers the tags as they are kept. */
export const saveTags = (dashboardId: string, tags: string[]) =>
  api('PUT /api/dashboard/{dashboardId}/tags', { path: { dashboardId }, body: { tags } })

/** Notes that the caller looked at a dashboard, or gives or takes a star. */
export const noteDashboard = (dashboardId: string, action: 'visit' | 'star' | 'unstar') =>
  api('GET /api/user/dashboards/{dashboardId}/{action}', { path: { dashboardId, action } })

/** What would miss a dashboard. */
export const usersOfDashboard = (dashboardId: string, signal?: AbortSignal) =>
  api('GET /api/dashboard/{dashboardId}/usedBy', { path: { dashboardId }, signal })

export const listDeleted = (query: PageLink, signal?: AbortSignal) =>
  api('GET /api/dashboards/deleted', { query, signal })

export const restoreDashboard = (dashboardId: string) =>
  api('POST /api/dashboards/deleted/{dashboardId}/restore', { path: { dashboardId } })

/** It cannot be brought back afterwards. */
export const forgetDashboard = (dashboardId: string) =>
  api('DELETE /api/dashboards/deleted/{dashboardId}', { path: { dashboardId } })

export const getDashboardInfo = (dashboardId: string, signal?: AbortSignal) =>
  api('GET /api/dashboard/info/{dashboardId}', { path: { dashboardId }, signal })

export const assignToCustomers = (dashboardId: string, customerIds: string[]) =>
  api('POST /api/dashboard/{dashboardId}/customers/add', { path: { dashboardId }, body: customerIds })

export const takeFromCustomers = (dashboardId: string, customerIds: string[]) =>
  api('POST /api/dashboard/{dashboardId}/customers/remove', { path: { dashboardId }, body: customerIds })

export const makePublic = (dashboardId: string) =>
  api('POST /api/customer/public/dashboard/{dashboardId}', { path: { dashboardId } })

export const makePrivate = (dashboardId: string) =>
  api('DELETE /api/customer/public/dashboard/{dashboardId}', { path: { dashboardId } })

export const listCustomers = async (query: PageLink, signal?: AbortSignal) =>
  pageIn(await api('GET /api/customers', { query, signal }))

export const listPeople = async (query: PageLink, signal?: AbortSignal) =>
  pageIn(await api('GET /api/users', { query, signal }))

/** What the caller has changed for themselves; null: nothing. */
export const getOverlay = async (dashboardId: string, signal?: AbortSignal): Promise<DashboardOverlay | null> =>
  (await api('GET /api/dashboard/{dashboardId}/overlay', { path: { dashboardId }, signal })).overlay

export const saveOverlay = (dashboardId: string, body: DashboardOverlay) =>
  api('PUT /api/dashboard/{dashboardId}/overlay', { path: { dashboardId }, body })

export const deleteOverlay = (dashboardId: string) =>
  api('DELETE /api/dashboard/{dashboardId}/overlay', { path: { dashboardId } })

/** What the caller's home page shows; undefined: nothing was chosen, or it may not be seen. */
export const getHomeDashboard = (signal?: AbortSignal) => api('GET /api/dashboard/home', { signal })
