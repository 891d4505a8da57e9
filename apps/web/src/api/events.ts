import type { Answer } from '@thingwire/api-client'
import type { EntityId, EventFilter, PageLink } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'

export type EventView = Answer<'POST /api/events/{entityType}/{entityId}'>['data'][number]

type Range = { startTime?: number | undefined; endTime?: number | undefined }

/** Events of an entity that a filter lets through. */
export const listEvents = async (
  { entityType, id }: EntityId,
  query: PageLink & Range & { tenantId: string },
  filter: EventFilter,
  signal?: AbortSignal,
) =>
  pageIn(
    await api('POST /api/events/{entityType}/{entityId}', {
      path: { entityType, entityId: id },
      query,
      body: filter,
      signal,
    }),
  )

/** Deletes the events of an entity that a filter lets through. */
export const clearEvents = ({ entityType, id }: EntityId, filter: EventFilter) =>
  api('POST /api/events/{entityType}/{entityId}/clear', { path: { entityType, entityId: id }, body: filter })
