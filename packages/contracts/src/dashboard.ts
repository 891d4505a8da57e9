import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'
import { resourceExportSchema, resourceImportSchema } from './resource.ts'
import { aggregationSchema } from './values.ts'

/** ThingsBoard's dashboard document, loose where later work adds members. */
export const entityAliasSchema = z.looseObject({
  id: z.string(),
  alias: z.string(),
  filter: z.looseObject({ type: z.string(), resolveMultiple: z.boolean().default(false) }),
})

export const dataKeySchema = z.looseObject({
  name: z.string(),
  type: z.enum(['timeseries', 'attribute', 'entityField', 'alarm', 'function', 'count']),
  label: z.string().default(''),
  color: z.string().optional(),
  units: z.string().nullish(),
  decimals: z.number().int().nullish(),
  settings: z.record(z.string(), z.unknown()).default({}),
})
export type DataKey = z.infer<typeof dataKeySchema>

export const datasourceSchema = z.looseObject({
  type: z.enum(['entity', 'device', 'function', 'entityCount', 'alarmCount']),
  entityAliasId: z.string().nullish(),
  deviceId: z.string().nullish(),
  dataKeys: z.array(dataKeySchema).default([]),
})
export type Datasource = z.infer<typeof datasourceSchema>

export const timewindowSchema = z.looseObject({
  selectedTab: z.union([z.literal(0), z.literal(1)]).default(0),
  realtime: z
    .looseObject({
      timewindowMs: z.number().int().positive().default(60_000),
      interval: z.number().int().nonnegative().default(1_000),
    })
    .optional(),
  history: z
    .looseObject({
      historyType: z.number().int().default(0),
      timewindowMs: z.number().int().positive().optional(),
      fixedTimewindow: z.object({ startTimeMs: z.number().int(), endTimeMs: z.number().int() }).optional(),
      interval: z.number().int().nonnegative().optional(),
    })
    .optional(),
  aggregation: z
    .looseObject({ type: aggregationSchema.default('AVG'), limit: z.number().int().positive().default(25_000) })
    .optional(),
})
export type Timewindow = z.infer<typeof timewindowSchema>

export const widgetSchema = z.looseObject({
  /** `bundle.alias` in ThingsBoard's words, or our own type name. */
  typeFullFqn: z.string(),
  type: z.enum(['timeseries', 'latest', 'rpc', 'alarm', 'static']),
  id: z.string().optional(),
  config: z.looseObject({
    title: z.string().default(''),
    showTitle: z.boolean().default(true),
    datasources: z.array(datasourceSchema).default([]),
    timewindow: timewindowSchema.optional(),
    useDashboardTimewindow: z.boolean().default(true),
    settings: z.record(z.string(), z.unknown()).default({}),
    units: z.string().nullish(),
    decimals: z.number().int().nullish(),
  }),
})
export type Widget = z.infer<typeof widgetSchema>

export const widgetLayoutSchema = z.looseObject({
  sizeX: z.number().int().positive(),
  sizeY: z.number().int().positive(),
  row: z.number().int().nonnegative(),
  col: z.number().int().nonnegative(),
  mobileOrder: z.number().int().nullish(),
  mobileHeight: z.number().int().nullish(),
})
export type WidgetLayout = z.infer<typeof widgetLayoutSchema>

export const gridSettingsSchema = z.looseObject({
  columns: z.number().int().positive().default(24),
  margin: z.number().nonnegative().default(10),
  backgroundColor: z.string().nullish(),
})

export const dashboardConfigurationSchema = z.looseObject({
  description: z.string().nullish(),
  timewindow: timewindowSchema.optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
  widgets: z.record(z.string(), widgetSchema).default({}),
  states: z
    .record(
      z.string(),
      z.looseObject({
        name: z.string(),
        root: z.boolean().default(false),
        layouts: z.looseObject({
          main: z.looseObject({
            widgets: z.record(z.string(), widgetLayoutSchema),
            gridSettings: gridSettingsSchema.prefault({}),
          }),
        }),
      }),
    )
    .default({}),
  entityAliases: z.record(z.string(), entityAliasSchema).default({}),
  filters: z.record(z.string(), z.unknown()).default({}),
})
export type DashboardConfiguration = z.infer<typeof dashboardConfigurationSchema>

/** A dashboard without its document. */
export const dashboardInfoSchema = z.object({
  id: typedId('DASHBOARD'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  title: z.string(),
  name: z.string(),
  image: z.string().nullable(),
  assignedCustomers: z.array(
    z.object({ customerId: typedId('CUSTOMER'), title: z.string().nullable(), public: z.boolean() }),
  ),
  mobileHide: z.boolean(),
  mobileOrder: z.number().nullable(),
  version: z.number(),
})
export type DashboardInfo = z.infer<typeof dashboardInfoSchema>

/**
 * The configuration goes in and out as it came: what a newer or another client keeps there is none of the server's
 * business. Whoever draws it reads it with `readDashboard` of packages/dashboards, which takes every form there was.
 */
export const dashboardSchema = dashboardInfoSchema.extend({
  configuration: z.unknown(),
  externalId: z.null(),
  resources: z.array(resourceExportSchema).nullable(),
})
export type Dashboard = z.infer<typeof dashboardSchema>

const titleMissing = 'Dashboard title should be specified!'

export const saveDashboardSchema = z.object({
  id: idOf('DASHBOARD').nullish(),
  title: requiredText('title', titleMissing),
  configuration: z.record(z.string(), z.unknown()).nullish(),
  image: z.string().max(1_000_000).nullish(),
  mobileHide: z.boolean().nullish(),
  mobileOrder: z.number().int().min(-2_147_483_648).max(2_147_483_647).nullish(),
  version: z.number().int().nullish(),
  /** Images that the configuration uses; those that are missing here are made. */
  resources: z.array(resourceImportSchema).max(1_000).nullish(),
})
export type SaveDashboard = z.infer<typeof saveDashboardSchema>

/** What somebody sees first after signing in. */
export const homeDashboardInfoSchema = z.object({
  dashboardId: typedId('DASHBOARD').nullable(),
  hideDashboardToolbar: z.boolean(),
})
export type HomeDashboardInfo = z.infer<typeof homeDashboardInfoSchema>

export const saveHomeDashboardSchema = z.object({
  dashboardId: idOf('DASHBOARD').nullish(),
  hideDashboardToolbar: z.boolean().default(true),
})

export const homeDashboardSchema = dashboardSchema.extend({ hideDashboardToolbar: z.boolean() })
export type HomeDashboard = z.infer<typeof homeDashboardSchema>
