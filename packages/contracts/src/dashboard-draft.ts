import { z } from 'zod'
import { draftOf, publishedVersionSchema, saveDraftOf } from './draft.ts'
import { uuidSchema } from './ids.ts'

/**
 * What is edited of a dashboard. Members of the configuration that nobody knows are kept. A draft may hold what could not
 * be published.
 */
export const dashboardDocumentSchema = z.object({
  title: z.string().max(255),
  image: z.string().max(1_000_000).nullable().default(null),
  mobileHide: z.boolean().default(false),
  mobileOrder: z.number().int().min(-2_147_483_648).max(2_147_483_647).nullable().default(null),
  configuration: z.record(z.string(), z.unknown()),
})
export type DashboardDocumentData = z.infer<typeof dashboardDocumentSchema>

/** Edits that are not published; one draft a dashboard, shared by all who edit it. */
export const dashboardDraftSchema = draftOf(dashboardDocumentSchema).extend({ dashboardId: uuidSchema })
export type DashboardDraft = z.infer<typeof dashboardDraftSchema>

export const saveDashboardDraftSchema = saveDraftOf(dashboardDocumentSchema)
export type SaveDashboardDraft = z.infer<typeof saveDashboardDraftSchema>

export const savedDashboardDraftSchema = dashboardDraftSchema.omit({ document: true })
export type SavedDashboardDraft = z.infer<typeof savedDashboardDraftSchema>

/** A published state of a dashboard, whoever made it: the editor, an import, a client of ThingsBoard. */
export const dashboardVersionSchema = publishedVersionSchema.extend({
  title: z.string(),
  widgets: z.number().int(),
  states: z.number().int(),
})
export type DashboardVersion = z.infer<typeof dashboardVersionSchema>

export const dashboardVersionDocumentSchema = dashboardVersionSchema.extend({ document: dashboardDocumentSchema })
export type DashboardVersionDocument = z.infer<typeof dashboardVersionDocumentSchema>

/** Of the answer to publishing. */
export const publishedDashboardSchema = z.object({ version: z.number().int() })
