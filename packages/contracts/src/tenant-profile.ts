import { z } from 'zod'
import { type EntityType, idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'
import { queueConfigurationSchema } from './queue.ts'

/** `"capacity:seconds,capacity:seconds"`: every bucket must have a token. Empty or null: unlimited. */
const rateLimit = z
  .string()
  .trim()
  .regex(
    /^$|^[1-9]\d{0,8}:[1-9]\d{0,8}(,[1-9]\d{0,8}:[1-9]\d{0,8})*$/,
    'Invalid rate limit: expected "capacity:seconds", comma-separated',
  )
  .nullable()
  .default(null)
/** 0: unlimited. */
const count = z.number().int().min(0).default(0)
const countOr = (fallback: number) => z.number().int().min(0).default(fallback)

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
  tenantEntityExportRateLimit: rateLimit,
  tenantEntityImportRateLimit: rateLimit,
  tenantNotificationRequestsRateLimit: rateLimit,
  tenantNotificationRequestsPerRuleRateLimit: rateLimit,
  cassandraReadQueryTenantCoreRateLimits: rateLimit,
  cassandraWriteQueryTenantCoreRateLimits: rateLimit,
  cassandraReadQueryTenantRuleEngineRateLimits: rateLimit,
  cassandraWriteQueryTenantRuleEngineRateLimits: rateLimit,
  edgeEventRateLimits: rateLimit,
  edgeEventRateLimitsPerEdge: rateLimit,
  edgeUplinkMessagesRateLimits: rateLimit,
  edgeUplinkMessagesRateLimitsPerEdge: rateLimit,
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
  smsEnabled: z.boolean().nullable().default(null),
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
  maxCalculatedFieldsPerEntity: countOr(5),
  maxArgumentsPerCF: countOr(10),
  minAllowedScheduledUpdateIntervalInSecForCF: countOr(10),
  maxRelationLevelPerCfArgument: countOr(2),
  maxRelatedEntitiesToReturnPerCfArgument: countOr(100),
  maxDataPointsPerRollingArg: countOr(1_000),
  maxStateSizeInKBytes: countOr(32),
  maxSingleValueArgumentSizeInKBytes: countOr(2),
  minAllowedDeduplicationIntervalInSecForCF: countOr(10),
  minAllowedAggregationIntervalInSecForCF: countOr(60),
  intermediateAggregationIntervalInSecForCF: countOr(300),
  cfReevaluationCheckInterval: countOr(60),
  alarmsReevaluationInterval: countOr(60),
})
export type TenantProfileConfiguration = z.output<typeof tenantProfileConfigurationSchema>

/**
 * A stored configuration with the defaults of what it does not name. A member that a later release refuses counts as not
 * named: no limit that cannot be understood may lock a tenant out.
 */
export const readTenantProfileConfiguration = (stored: unknown): TenantProfileConfiguration => {
  const parsed = tenantProfileConfigurationSchema.safeParse(stored ?? {})
  if (parsed.success) return parsed.data
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const members = z.record(z.string(), z.unknown()).catch({}).parse(stored)
  const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !wrong.has(name)))
  return tenantProfileConfigurationSchema.parse(rest)
}

/** Entities whose number a profile limits: the member that says how many, and what texts call them. */
export const countedEntities = {
  DEVICE: { limit: 'maxDevices', name: 'Devices' },
  ASSET: { limit: 'maxAssets', name: 'Assets' },
  CUSTOMER: { limit: 'maxCustomers', name: 'Customers' },
  USER: { limit: 'maxUsers', name: 'Users' },
  DASHBOARD: { limit: 'maxDashboards', name: 'Dashboards' },
  RULE_CHAIN: { limit: 'maxRuleChains', name: 'Rule chains' },
} as const satisfies Partial<Record<EntityType, { limit: keyof TenantProfileConfiguration; name: string }>>
export type CountedType = keyof typeof countedEntities

/** Limits, and the queues of tenants whose rule engine is isolated. */
export const tenantProfileDataSchema = z.looseObject({
  configuration: tenantProfileConfigurationSchema.prefault({}),
  queueConfiguration: z.array(queueConfigurationSchema).max(100).nullable().default(null),
})
export type TenantProfileData = z.output<typeof tenantProfileDataSchema>

export const tenantProfileSchema = z.object({
  id: typedId('TENANT_PROFILE'),
  createdTime: z.number(),
  name: z.string(),
  description: z.string().nullable(),
  default: z.boolean(),
  isolatedTbRuleEngine: z.boolean(),
  profileData: tenantProfileDataSchema,
  version: z.number(),
})
export type TenantProfile = z.infer<typeof tenantProfileSchema>

export const saveTenantProfileSchema = z
  .object({
    id: idOf('TENANT_PROFILE').nullish(),
    name: requiredText('name', 'Tenant profile name should be specified!'),
    description: z.string().max(10_000).nullish(),
    default: z.boolean().default(false),
    isolatedTbRuleEngine: z.boolean().default(false),
    profileData: tenantProfileDataSchema.nullish(),
    version: z.number().int().nullish(),
  })
  .superRefine(({ isolatedTbRuleEngine, profileData }, context) => {
    const names = (profileData?.queueConfiguration ?? []).map(({ name }) => name)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) context.addIssue(`Queue configuration name '${twice}' already present!`)
    if (!isolatedTbRuleEngine) return
    if (names.length === 0) context.addIssue('Tenant profile data queue configuration should be specified!')
    else if (!names.includes('Main'))
      context.addIssue('Tenant profile data queue configuration should contain Main queue configuration!')
  })
export type SaveTenantProfile = z.output<typeof saveTenantProfileSchema>

/** An entity by id and name alone. */
export const entityInfoSchema = z.object({
  id: z.object({ entityType: z.string(), id: z.guid() }),
  name: z.string(),
})
export type EntityInfo = z.infer<typeof entityInfoSchema>
