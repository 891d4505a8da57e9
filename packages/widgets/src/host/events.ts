import type { EntityId, EventFilter, EventInfo, PageData } from '@thingwire/contracts'

export type EventsRequest = {
  entityId: EntityId
  filter: EventFilter
  /** From 0. */
  page: number
  pageSize: number
  /** By the time, as they were recorded. */
  direction: 'ASC' | 'DESC'
  /** Epoch ms. */
  startTs: number
  endTs: number
}

/** What was recorded of entities: their life cycle, errors, statistics, debug messages. */
export type EventsPort = {
  /** Rejects with the server's refusal. */
  list: (request: EventsRequest, signal?: AbortSignal) => Promise<PageData<EventInfo>>
}
