import { AppError, type TenantProfileConfiguration, tenantProfileConfigurationSchema } from '@thingwire/contracts'
import type { CountedType, Database } from '@thingwire/db'
import { LRUCache } from 'lru-cache'

export type TenantLimits = {
  /** The limits of a tenant's profile; remembered for a short while and until they change. */
  of(tenantId: string): Promise<TenantProfileConfiguration>
  /** Throws 403/41 when the tenant may have no further entity of this type. */
  requireRoom(tenantId: string, entityType: CountedType): Promise<void>
  forget(): void
}

const maxAgeMs = 60_000

const limited = {
  DEVICE: { limit: 'maxDevices', name: 'Devices' },
  ASSET: { limit: 'maxAssets', name: 'Assets' },
  CUSTOMER: { limit: 'maxCustomers', name: 'Customers' },
  USER: { limit: 'maxUsers', name: 'Users' },
  DASHBOARD: { limit: 'maxDashboards', name: 'Dashboards' },
  RULE_CHAIN: { limit: 'maxRuleChains', name: 'Rule chains' },
} as const satisfies Record<CountedType, { limit: keyof TenantProfileConfiguration; name: string }>

export const createTenantLimits = (database: Pick<Database, 'tenantProfiles' | 'entities'>): TenantLimits => {
  const known = new LRUCache<string, TenantProfileConfiguration>({ max: 10_000, ttl: maxAgeMs })

  const of = async (tenantId: string): Promise<TenantProfileConfiguration> => {
    const remembered = known.get(tenantId)
    if (remembered) return remembered
    const stored = await database.tenantProfiles.configurationOf(tenantId)
    const configuration = tenantProfileConfigurationSchema.parse(stored ?? {})
    known.set(tenantId, configuration)
    return configuration
  }

  return {
    of,
    requireRoom: async (tenantId, entityType) => {
      const { limit: member, name } = limited[entityType]
      const limit = (await of(tenantId))[member]
      if (limit === 0 || (await database.entities.count(tenantId, entityType)) < limit) return
      throw new AppError('ENTITIES_LIMIT_EXCEEDED', `${name} limit reached`, { extra: { entityType, limit } })
    },
    forget: () => known.clear(),
  }
}
