import type { EntityAccess } from '../../access/entity-access.ts'
import type { AlarmQueries } from '../../alarms/alarm-queries.ts'
import type { EntityQueries } from '../../entity-queries/entity-queries.ts'
import type { Logger } from '../../observability/logger.ts'
import { createGate } from '../gate.ts'
import type { Topics } from '../topics.ts'
import { type AlarmPages, type AlarmRow, createAlarmPages } from './alarm-pages.ts'
import { createEntityPages, type EntityPages } from './entity-pages.ts'
import { createFigures, type Figures } from './figures.ts'

/** Questions about many entities whose answers are kept up to date, shared by all doors. */
export type LiveQueries = { pages: EntityPages; alarms: AlarmPages; figures: Figures }

/** Where the answers come from. */
export type QuerySources = { entityQueries: EntityQueries; alarmQueries: AlarmQueries<AlarmRow> }

/** Reads that no client waits for, of the whole process. */
const backgroundReads = 4

export const createLiveQueries = (options: {
  topics: Topics
  access: EntityAccess
  /** Ready by the time a client connects. */
  sources(): QuerySources
  logger: Logger
  now: () => number
}): LiveQueries => {
  const background = createGate(backgroundReads)
  const deps = {
    ...options,
    background,
    entityQueries: () => options.sources().entityQueries,
    alarmQueries: () => options.sources().alarmQueries,
  }
  return { pages: createEntityPages(deps), alarms: createAlarmPages(deps), figures: createFigures(deps) }
}
