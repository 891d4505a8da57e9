import { z } from 'zod'

/** Name and version of the program. */
export const buildInfoSchema = z.object({
  version: z.string(),
  artifact: z.string(),
  name: z.string(),
  type: z.string(),
})
export type BuildInfo = z.infer<typeof buildInfoSchema>

const number = z.number()

/** What a console must know of the platform and of the caller's limits before it shows anything (as ThingsBoard). */
export const systemParamsSchema = z.object({
  /** Whether the caller may sign in as the users below. */
  userTokenAccessEnabled: z.boolean(),
  /** For callers that see nothing but dashboards; empty for all others. */
  allowedDashboardIds: z.array(z.guid()),
  edgesSupportEnabled: z.boolean(),
  hasRepository: z.boolean(),
  tbelEnabled: z.boolean(),
  persistDeviceStateToTelemetry: z.boolean(),
  /** The caller's general settings document. */
  userSettings: z.record(z.string(), z.unknown()),
  maxDatapointsLimit: number,
  /** Bytes; 0: no limit. */
  maxResourceSize: number,
  mobileQrEnabled: z.boolean(),
  maxDebugModeDurationMinutes: number,
  ruleChainDebugPerTenantLimitsConfiguration: z.string().nullable(),
  calculatedFieldDebugPerTenantLimitsConfiguration: z.string().nullable(),
  maxArgumentsPerCF: number,
  maxDataPointsPerRollingArg: number,
  minAllowedScheduledUpdateIntervalInSecForCF: number,
  maxRelationLevelPerCfArgument: number,
  maxRelatedEntitiesToReturnPerCfArgument: number,
  minAllowedDeduplicationIntervalInSecForCF: number,
  minAllowedAggregationIntervalInSecForCF: number,
  intermediateAggregationIntervalInSecForCF: number,
  trendzSettings: z.unknown().nullable(),
  allowKeyFiltersOrConditions: z.boolean(),
  /** Where entities without a value stand in sorted lists. */
  nullsOrderStrategy: z.enum(['NULLS_FIRST', 'NULLS_LAST']),
  edqsEnabled: z.boolean(),
  iotHubBaseUrl: z.string().nullable(),
})
export type SystemParams = z.infer<typeof systemParamsSchema>
