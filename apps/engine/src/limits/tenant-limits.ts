import {
  AppError,
  type CountedType,
  countedEntities,
  type TenantProfileConfiguration,
  readTenantProfileConfiguration,
} from '@thingwire/contracts'
import type { Database, StoringType } from '@thingwire/db'
import { LRUCache } from 'lru-cache'
import { upTo } from '../bounded-cache.ts'

export type TenantLimits = {
  /** The limits of a tenant's profile; remembered for a short while and until they change. */
  of(tenantId: string): Promise<TenantProfileConfiguration>
  /** Throws 403/41 when the tenant may have no further entity of this type. */
  requireRoom(tenantId: string, entityType: CountedType): Promise<void>
  /**
   * Throws 400 when a file of this size is too large, or more than the tenant may store.
   * @param replacedBytes Size of the file that it takes the place of
   */
  requireBytes(tenantId: string, entityType: StoringType, bytes: number, replacedBytes?: number): Promise<void>
  forget(): void
}

const maxAgeMs = 60_000

export const createTenantLimits = (database: Pick<Database, 'tenantProfiles' | 'entities'>): TenantLimits => {
  const known = new LRUCache<string, TenantProfileConfiguration>({ ...upTo(10_000), ttl: maxAgeMs })
  let generation = 0

  const of = async (tenantId: string): Promise<TenantProfileConfiguration> => {
    const remembered = known.get(tenantId)
    if (remembered) return remembered
    const startedIn = generation
    const stored = await database.tenantProfiles.configurationOf(tenantId)
    const configuration = readTenantProfileConfiguration(stored)
    // What was read before a change must not outlive it.
    if (startedIn === generation) known.set(tenantId, configuration)
    return configuration
  }

  return {
    of,
    requireRoom: async (tenantId, entityType) => {
      const { limit: member, name } = countedEntities[entityType]
      const limit = (await of(tenantId))[member]
      if (limit === 0 || (await database.entities.hasRoom(tenantId, entityType, limit))) return
      throw new AppError('ENTITIES_LIMIT_EXCEEDED', `${name} limit reached`, { extra: { entityType, limit } })
    },
    requireBytes: async (tenantId, entityType, bytes, replacedBytes = 0) => {
      const { maxResourceSize, maxResourcesInBytes, maxOtaPackagesInBytes } = await of(tenantId)
      const isResource = entityType === 'TB_RESOURCE'
      if (isResource && maxResourceSize > 0 && bytes > maxResourceSize)
        throw new AppError('ARGUMENT_INVALID', `Resource size exceeds the maximum of ${maxResourceSize} bytes`)
      const limit = isResource ? maxResourcesInBytes : maxOtaPackagesInBytes
      if (limit === 0) return
      const stored = await database.entities.storedBytes(tenantId, entityType)
      if (stored - replacedBytes + bytes <= limit) return
      const name = isResource ? 'Resources' : 'Ota packages'
      throw new AppError('ARGUMENT_INVALID', `${name} total size exceeds the maximum of ${limit} bytes`)
    },
    forget: () => {
      generation++
      known.clear()
    },
  }
}
