import type { Database } from '@thingwire/db'
import type { Redis } from 'ioredis'
import type { EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { FieldUpdates } from '../calculated-fields/field-updates.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import type { Logger } from '../observability/logger.ts'
import { createReadSeries, type ReadSeries } from './read-series.ts'
import { createReadValues, type ReadValues } from './read-values.ts'
import { createValueAccess } from './value-access.ts'
import { createWriteValues, type WriteValues } from './write-values.ts'

export { maxDatapoints, maxIntervals } from './read-values.ts'

export type EntityValues = ReadValues & ReadSeries & WriteValues

/** Attributes and time series of one entity, as users read and write them. */
export const createEntityValues = (deps: {
  database: Pick<Database, 'telemetry' | 'attributes' | 'entityViews'>
  access: EntityAccess
  actions: EntityActions
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  redis: Redis
  fieldUpdates: Pick<FieldUpdates, 'updated'>
  logger: Logger
  now: () => number
}): EntityValues => {
  const valueAccess = createValueAccess(deps)
  return {
    ...createReadValues({ ...deps, valueAccess }),
    ...createReadSeries({ ...deps, valueAccess }),
    ...createWriteValues({ ...deps, valueAccess }),
  }
}
