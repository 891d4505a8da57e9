import { z } from 'zod'
import { dashboardInfoSchema } from './dashboard.ts'
import { deedSchema, personSchema } from './draft.ts'
import { entityIdSchema, typedId, uuidSchema } from './ids.ts'
import { hasMarkup } from './plain-text.ts'

/** Tags stand in the configuration as `tags`, so they go with files, drafts and versions. */
export const dashboardTagSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((text) => !hasMarkup(text), 'A tag is malformed')
export const dashboardTagsSchema = z.object({ tags: z.array(dashboardTagSchema).max(50) })
export const dashboardTagCountSchema = z.object({ tag: z.string(), dashboards: z.number().int() })
export type DashboardTagCount = z.infer<typeof dashboardTagCountSchema>

/** Where a text that was searched for stands in a dashboard. `text`: what has it, such as the key or the entity's name. */
export const dashboardMatchSchema = z.object({
  where: z.enum(['title', 'description', 'tag', 'state', 'alias', 'widget', 'key', 'entity']),
  text: z.string(),
})
export type DashboardMatch = z.infer<typeof dashboardMatchSchema>

/** What the list tells of a dashboard. */
export const dashboardSummarySchema = dashboardInfoSchema.extend({
  description: z.string().nullable(),
  tags: z.array(z.string()),
  widgets: z.number().int(),
  states: z.number().int(),
  /** Whether the caller has starred it, and when they last opened it. */
  starred: z.boolean(),
  lastVisited: z.number().nullable(),
  /** When it was last published; null: not since versions are kept. Customers are not told who publishes and edits. */
  published: deedSchema.nullable(),
  draft: deedSchema.nullable(),
  /** Places of the text that was searched for, 5 at most; empty without one. */
  matches: z.array(dashboardMatchSchema),
})
export type DashboardSummary = z.infer<typeof dashboardSummarySchema>

/** A dashboard that shows an entity: by its id, or by an alias that finds it today through its type or its name. */
export const dashboardUseSchema = z.object({
  dashboardId: uuidSchema,
  title: z.string(),
  how: z.enum(['id', 'alias']),
  /** Names of the aliases; empty where only a widget or an action names the entity. */
  aliases: z.array(z.string()),
})
export type DashboardUse = z.infer<typeof dashboardUseSchema>

/** What would miss a dashboard that is deleted. */
export const dashboardUsersSchema = z.object({
  /** Whose home it is: tenant, customers, users. */
  homes: z.array(z.object({ id: entityIdSchema, name: z.string() })),
  /** Device and asset profiles that open it. */
  profiles: z.array(z.object({ id: entityIdSchema, name: z.string() })),
  /** Dashboards with actions that lead to it. */
  dashboards: z.array(z.object({ id: typedId('DASHBOARD'), name: z.string() })),
})
export type DashboardUsers = z.infer<typeof dashboardUsersSchema>

/** A deleted dashboard that can be brought back. */
export const deletedDashboardSchema = z.object({
  id: typedId('DASHBOARD'),
  title: z.string(),
  createdTime: z.number(),
  deletedTime: z.number(),
  deletedBy: personSchema.nullable(),
  /** When it is forgotten. */
  forgottenTime: z.number(),
  widgets: z.number().int(),
  states: z.number().int(),
  /** To whom it is given again, those that are still there. */
  assignedCustomers: dashboardInfoSchema.shape.assignedCustomers,
})
export type DeletedDashboard = z.infer<typeof deletedDashboardSchema>

const json = z.record(z.string(), z.unknown())
/** How one user sees a dashboard; nobody else reads it. 64 KB of JSON at most. */
export const dashboardOverlaySchema = z.object({
  /** As `timewindow` of a configuration. */
  timeWindow: json.nullish(),
  /** User values of filters, by filter id. */
  filters: z.record(z.string(), json).nullish(),
  /** Columns, sorting, what is hidden and so on, by widget id. */
  widgets: z.record(z.string(), json).nullish(),
})
export type DashboardOverlay = z.infer<typeof dashboardOverlaySchema>
export const foundDashboardOverlaySchema = z.object({ overlay: dashboardOverlaySchema.nullable() })
