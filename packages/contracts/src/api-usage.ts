import { z } from 'zod'
import { typedId } from './ids.ts'

/** Whether a tenant may go on using something this month. */
export const apiUsageStateValues = ['ENABLED', 'WARNING', 'DISABLED'] as const
const state = z.enum(apiUsageStateValues)

/** What a tenant or one of its customers may still use (as ThingsBoard); its figures are telemetry of this entity. */
export const apiUsageStateSchema = z.object({
  id: typedId('API_USAGE_STATE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  /** The tenant or the customer. */
  entityId: z.union([typedId('TENANT'), typedId('CUSTOMER')]),
  transportState: state,
  dbStorageState: state,
  reExecState: state,
  jsExecState: state,
  tbelExecState: state,
  emailExecState: state,
  smsExecState: state,
  alarmExecState: state,
  version: z.number(),
})
export type ApiUsageState = z.infer<typeof apiUsageStateSchema>

const figure = z.number()

/** What a tenant has and used this month, each with its limit; 0 as a limit: none. */
export const usageInfoSchema = z.object({
  devices: figure,
  maxDevices: figure,
  assets: figure,
  maxAssets: figure,
  customers: figure,
  maxCustomers: figure,
  users: figure,
  maxUsers: figure,
  dashboards: figure,
  maxDashboards: figure,
  edges: figure,
  maxEdges: figure,
  transportMessages: figure,
  maxTransportMessages: figure,
  jsExecutions: figure,
  tbelExecutions: figure,
  maxJsExecutions: figure,
  maxTbelExecutions: figure,
  emails: figure,
  maxEmails: figure,
  sms: figure,
  maxSms: figure,
  smsEnabled: z.boolean().nullable(),
  alarms: figure,
  maxAlarms: figure,
})
export type UsageInfo = z.infer<typeof usageInfoSchema>
