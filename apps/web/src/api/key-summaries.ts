import type { EntityFilter } from '@thingwire/contracts'
import { api } from './http.ts'

const mostEntities = 100

/** What the keys of the entities that a filter finds hold, of the last day; of the first so many of them. */
export const getKeySummaries = (entityFilter: EntityFilter, signal?: AbortSignal) =>
  api('POST /api/entitiesQuery/find/keySummaries', {
    query: {},
    body: { entityFilter, pageLink: { page: 0, pageSize: mostEntities } },
    signal,
  })

/** How many alarms the entities that a filter finds ever had. */
export const countAlarms = (entityFilter: EntityFilter, signal?: AbortSignal) =>
  api('POST /api/alarmsQuery/count', { body: { entityFilter }, signal })
