import { z } from 'zod'

/** `"capacity:seconds,capacity:seconds"`: every bucket must have a token. Empty or null: unlimited. */
const rateLimit = z
  .string()
  .trim()
  .regex(
    /^$|^[1-9]\d{0,8}:[1-9]\d{0,8}(,[1-9]\d{0,8}:[1-9]\d{0,8})*$/,
    'Invalid rate limit: expected "capacity:seconds", comma-separated',
  )
  .nullish()
/** 0: unlimited. */
const count = z.number().int().min(0).default(0)

/** Limits of a tenant (as ThingsBoard). Members that are not named here are kept as they came. */
export const tenantProfileConfigurationSchema = z.looseObject({
  type: z.literal('DEFAULT').default('DEFAULT'),
  maxDevices: count,
  maxAssets: count,
  maxCustomers: count,
  maxUsers: count,
  maxDashboards: count,
  maxRuleChains: count,
  maxEdges: count,
  maxResourcesInBytes: count,
  maxOtaPackagesInBytes: count,
  maxResourceSize: count,
  transportTenantMsgRateLimit: rateLimit,
  transportTenantTelemetryMsgRateLimit: rateLimit,
  transportTenantTelemetryDataPointsRateLimit: rateLimit,
  transportDeviceMsgRateLimit: rateLimit,
  transportDeviceTelemetryMsgRateLimit: rateLimit,
  transportDeviceTelemetryDataPointsRateLimit: rateLimit,
  transportGatewayMsgRateLimit: rateLimit,
  transportGatewayTelemetryMsgRateLimit: rateLimit,
  transportGatewayTelemetryDataPointsRateLimit: rateLimit,
  transportGatewayDeviceMsgRateLimit: rateLimit,
  transportGatewayDeviceTelemetryMsgRateLimit: rateLimit,
  transportGatewayDeviceTelemetryDataPointsRateLimit: rateLimit,
  tenantServerRestLimitsConfiguration: rateLimit,
  customerServerRestLimitsConfiguration: rateLimit,
  wsUpdatesPerSessionRateLimit: rateLimit,
  maxTransportMessages: count,
  maxTransportDataPoints: count,
  maxREExecutions: count,
  maxJSExecutions: count,
  maxTbelExecutions: count,
  maxDPStorageDays: count,
  maxRuleNodeExecutionsPerMessage: count,
  maxEmails: count,
  smsEnabled: z.boolean().nullish(),
  maxSms: count,
  maxCreatedAlarms: count,
  warnThreshold: z.number().min(0).max(1).default(0),
  maxWsSessionsPerTenant: count,
  maxWsSessionsPerCustomer: count,
  maxWsSessionsPerRegularUser: count,
  maxWsSessionsPerPublicUser: count,
  wsMsgQueueLimitPerSession: count,
  maxWsSubscriptionsPerTenant: count,
  maxWsSubscriptionsPerCustomer: count,
  maxWsSubscriptionsPerRegularUser: count,
  maxWsSubscriptionsPerPublicUser: count,
  maxDebugModeDurationMinutes: count,
  defaultStorageTtlDays: count,
  alarmsTtlDays: count,
  rpcTtlDays: count,
  queueStatsTtlDays: count,
  ruleEngineExceptionsTtlDays: count,
})
export type TenantProfileConfiguration = z.output<typeof tenantProfileConfigurationSchema>
