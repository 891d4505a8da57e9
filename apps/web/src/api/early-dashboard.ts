import type { Answer } from '@thingwire/api-client'
import { peekEarly, takeEarlyData } from './early.ts'

// The server cuts each answer to the schema that its type was made of, here as in the client of the API.
type DashboardAnswer = Answer<'GET /api/dashboard/{dashboardId}'>
type OverlayAnswer = Answer<'GET /api/dashboard/{dashboardId}/overlay'>

/** The dashboard that the page was opened for, once; undefined when it is not there yet. */
export const takeEarlyDashboard = (id: string) => takeEarlyData(`/api/dashboard/${id}`) as DashboardAnswer | undefined

/** Null: it was not asked for, or refused. */
export const peekEarlyDashboard = async (id: string): Promise<DashboardAnswer | null> =>
  (await peekEarly(`/api/dashboard/${id}`)) as DashboardAnswer | null

export const takeEarlyOverlay = (id: string) =>
  (takeEarlyData(`/api/dashboard/${id}/overlay`) as OverlayAnswer | undefined)?.overlay
