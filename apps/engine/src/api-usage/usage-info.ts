import type { UsageInfo } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { TenantLimits } from '../limits/tenant-limits.ts'

/** What a tenant has, and what it used since the month began (UTC), each with its limit. */
export type ReadUsage = (tenantId: string) => Promise<UsageInfo>

export const createReadUsage = (deps: {
  database: Pick<Database, 'entities' | 'apiUsage'>
  limits: Pick<TenantLimits, 'of'>
  now: () => number
}): ReadUsage => {
  const { database, limits, now } = deps
  return async (tenantId) => {
    const count = (type: Parameters<Database['entities']['count']>[1]) => database.entities.count(tenantId, type)
    const [limit, used, devices, assets, customers, users, dashboards] = await Promise.all([
      limits.of(tenantId),
      database.apiUsage.since(tenantId, startOfMonth(now())),
      count('DEVICE'),
      count('ASSET'),
      count('CUSTOMER'),
      count('USER'),
      count('DASHBOARD'),
    ])
    return {
      devices,
      maxDevices: limit.maxDevices,
      assets,
      maxAssets: limit.maxAssets,
      customers,
      maxCustomers: limit.maxCustomers,
      users,
      maxUsers: limit.maxUsers,
      dashboards,
      maxDashboards: limit.maxDashboards,
      // The platform has no edges, runs no TBEL, and sends neither mail nor SMS from rule chains.
      edges: 0,
      maxEdges: limit.maxEdges,
      transportMessages: used.transportMessages,
      maxTransportMessages: limit.maxTransportMessages,
      jsExecutions: 0,
      tbelExecutions: 0,
      maxJsExecutions: limit.maxJSExecutions,
      maxTbelExecutions: limit.maxTbelExecutions,
      emails: 0,
      maxEmails: limit.maxEmails,
      sms: 0,
      maxSms: limit.maxSms,
      smsEnabled: limit.smsEnabled,
      alarms: used.alarms,
      maxAlarms: limit.maxCreatedAlarms,
    }
  }
}

/** In UTC, epoch ms. */
export const startOfMonth = (ms: number): number => {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
