import { AppError, type EntityId, type EntityType, type EntityView } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { AccessibleEntity, EntityAccess } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'

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
  'RPC',
]

export type ValueOperation = Extract<
  Operation,
  'READ_ATTRIBUTES' | 'WRITE_ATTRIBUTES' | 'READ_TELEMETRY' | 'WRITE_TELEMETRY'
>

/** Where the time series of an entity are read: its own, or for a view the shown part of what it looks at. */
export type SeriesSource = AccessibleEntity & {
  entityId: EntityId
  /** Null: all. */
  keys: ReadonlySet<string> | null
  /** Inclusive, epoch ms; null: open. */
  fromTs: number | null
  /** Exclusive, epoch ms; null: open. */
  toTs: number | null
}

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
      if (entityId.entityType !== 'ENTITY_VIEW') return { ...found, entityId, keys: null, fromTs: null, toTs: null }
      const view = await deps.database.entityViews.find(found.scope, entityId.id)
      // Deleted since the right was checked: nothing shows through.
      return view ? { ...found, ...shownBy(view) } : { ...found, entityId, keys: new Set(), fromTs: null, toTs: null }
    },
  }
}
export type ValueAccess = ReturnType<typeof createValueAccess>

const shownBy = ({ entityId, keys, startTimeMs, endTimeMs }: EntityView) => ({
  entityId,
  keys: new Set(keys.timeseries),
  fromTs: startTimeMs || null,
  toTs: endTimeMs || null,
})

/** Of the keys that are asked for (absent: all) those that the source shows; undefined: all of them. */
export const shownKeys = (source: SeriesSource, asked: readonly string[] | undefined): string[] | undefined => {
  const { keys } = source
  if (keys === null) return asked && [...asked]
  return asked ? asked.filter((key) => keys.has(key)) : [...keys]
}
