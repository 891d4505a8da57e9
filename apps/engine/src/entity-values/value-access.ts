import { AppError, type EntityId, type EntityType } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AccessibleEntity, EntityAccess } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'
import { findShown, type ShownSeries } from './shown-series.ts'

/** Types that have attributes and time series for users; others answer 500 (as ThingsBoard). */
const typesWithValues: readonly EntityType[] = [
  'DEVICE',
  'DEVICE_PROFILE',
  'ASSET',
  'ASSET_PROFILE',
  'RULE_CHAIN',
  'CUSTOMER',
  'TENANT',
  'TENANT_PROFILE',
  'USER',
  'ENTITY_VIEW',
  'EDGE',
  'API_USAGE_STATE',
  'TB_RESOURCE',
  'OTA_PACKAGE',
  'QUEUE_STATS',
  'RPC',
]

export type ValueOperation = Extract<
  Operation,
  'READ_ATTRIBUTES' | 'WRITE_ATTRIBUTES' | 'READ_TELEMETRY' | 'WRITE_TELEMETRY'
>

/** Where the time series of an entity are read. */
export type SeriesSource = AccessibleEntity & ShownSeries

export const createValueAccess = (deps: { database: Pick<Database, 'entityViews'>; access: EntityAccess }) => {
  const require = async (caller: Caller, entityId: EntityId, operation: ValueOperation): Promise<AccessibleEntity> => {
    const { entityType } = entityId
    if (!typesWithValues.includes(entityType))
      throw new AppError('INTERNAL', `Entities of the type ${entityType} have no values`)
    if (entityType === 'API_USAGE_STATE' && operation !== 'READ_TELEMETRY')
      throw new AppError('PERMISSION_DENIED', 'Allowed only READ_TELEMETRY operation!')
    const found = await deps.access.require(caller, entityId, operation)
    if (entityType === 'ENTITY_VIEW' && operation === 'WRITE_TELEMETRY')
      throw new AppError('ARGUMENT_INVALID', "Telemetry data can't be stored for entity view. Read only")
    return found
  }

  return {
    require,

    requireSeries: async (caller: Caller, entityId: EntityId): Promise<SeriesSource> => {
      const found = await require(caller, entityId, 'READ_TELEMETRY')
      return { ...found, ...(await findShown(deps.database, found.scope, entityId)) }
    },
  }
}
export type ValueAccess = ReturnType<typeof createValueAccess>
