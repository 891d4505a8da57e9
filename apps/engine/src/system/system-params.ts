import { type SystemParams, tenantProfileConfigurationSchema } from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import type { Caller } from '../auth/sign-in.ts'
import type { Config } from '../config.ts'
import { maxDatapoints } from '../entity-values/entity-values.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'

export type ReadSystemParams = (caller: Caller) => Promise<SystemParams>

/** As long as nodes are debugged when the profile names no other time. */
const defaultDebugMinutes = 15
/** Most dashboards that a caller who sees nothing else is told of. */
const mostDashboards = 100

export const createReadSystemParams = (deps: {
  database: Pick<Database, 'dashboards' | 'userSettings'>
  limits: Pick<TenantLimits, 'of'>
  config: Pick<Config, 'USER_TOKEN_ACCESS'> & Partial<Pick<Config, 'RULE_DEBUG_EVENTS_PER_TENANT'>>
}): ReadSystemParams => {
  const { database, limits, config } = deps

  const dashboardsOf = async (caller: Caller): Promise<string[]> => {
    if (!caller.tenantId || !seesDashboardsOnly(caller)) return []
    const { data } = await database.dashboards.list(scopeOf(caller), { pageSize: mostDashboards, page: 0 })
    return data.map(({ id }) => id.id)
  }

  return async (caller) => {
    const [limit, allowedDashboardIds, settings] = await Promise.all([
      caller.tenantId ? limits.of(caller.tenantId) : tenantProfileConfigurationSchema.parse({}),
      dashboardsOf(caller),
      // Callers without an account have an id that is no user's.
      caller.isPublic ? null : database.userSettings.find(caller.userId, 'GENERAL'),
    ])
    return {
      userTokenAccessEnabled: config.USER_TOKEN_ACCESS && caller.authority !== 'CUSTOMER_USER',
      allowedDashboardIds,
      edgesSupportEnabled: false,
      hasRepository: false,
      tbelEnabled: false,
      persistDeviceStateToTelemetry: false,
      // Consoles of ThingsBoard search this list at sign-in without asking whether it is there.
      userSettings: { openedMenuSections: [], ...settings },
      maxDatapointsLimit: maxDatapoints,
      maxResourceSize: limit.maxResourceSize,
      mobileQrEnabled: false,
      maxDebugModeDurationMinutes: limit.maxDebugModeDurationMinutes || defaultDebugMinutes,
      ruleChainDebugPerTenantLimitsConfiguration: config.RULE_DEBUG_EVENTS_PER_TENANT || null,
      calculatedFieldDebugPerTenantLimitsConfiguration: null,
      maxArgumentsPerCF: limit.maxArgumentsPerCF,
      maxDataPointsPerRollingArg: limit.maxDataPointsPerRollingArg,
      minAllowedScheduledUpdateIntervalInSecForCF: limit.minAllowedScheduledUpdateIntervalInSecForCF,
      maxRelationLevelPerCfArgument: limit.maxRelationLevelPerCfArgument,
      maxRelatedEntitiesToReturnPerCfArgument: limit.maxRelatedEntitiesToReturnPerCfArgument,
      minAllowedDeduplicationIntervalInSecForCF: limit.minAllowedDeduplicationIntervalInSecForCF,
      minAllowedAggregationIntervalInSecForCF: limit.minAllowedAggregationIntervalInSecForCF,
      intermediateAggregationIntervalInSecForCF: limit.intermediateAggregationIntervalInSecForCF,
      trendzSettings: null,
      allowKeyFiltersOrConditions: true,
      nullsOrderStrategy: 'NULLS_LAST',
      edqsEnabled: false,
      iotHubBaseUrl: null,
    }
  }
}

/** Public callers, and users whose account says so, are led to their dashboards and nowhere else. */
const seesDashboardsOnly = ({ isPublic, user }: Caller): boolean =>
  isPublic === true || user.additionalInfo?.defaultDashboardFullscreen === true
