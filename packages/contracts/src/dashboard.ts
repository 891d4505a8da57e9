import { z } from 'zod'
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

export type DashboardInfo = {
  id: { entityType: 'DASHBOARD'; id: string }
  createdTime: number
  tenantId: { entityType: 'TENANT'; id: string }
  title: string
  name: string
  image: string | null
  assignedCustomers: { customerId: { entityType: 'CUSTOMER'; id: string }; title: string; public: boolean }[]
  mobileHide: boolean
  mobileOrder: number | null
  version: number
}
export type Dashboard = DashboardInfo & { configuration: DashboardConfiguration; externalId: null }
