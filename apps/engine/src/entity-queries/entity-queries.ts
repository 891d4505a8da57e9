import type {
  AttributeScope,
  AvailableEntityKeys,
  EntityCountQuery,
  EntityData,
  EntityDataQuery,
  EntityId,
  KeySummaries,
  PageData,
} from '@thingwire/contracts'
import type { KeySample, Principal } from '@thingwire/db'

/** Searches over entities in the language of api-contract §6, within what the caller may see. */
export type EntityQueries = {
  find(caller: Principal, query: EntityDataQuery): Promise<PageData<EntityData>>
  count(caller: Principal, query: EntityCountQuery): Promise<number>
  /** Ids alone, in the order of the query, at most `limit`; `total` counts all. What alarm queries stand on. */
  ids(caller: Principal, query: EntityDataQuery, limit: number): Promise<{ ids: EntityId[]; total: number }>
  /** Keys that the found entities have. */
  keys(
    caller: Principal,
    query: EntityDataQuery,
    wanted: { timeseries: boolean; attributes: boolean; scopes?: readonly AttributeScope[] | undefined },
  ): Promise<AvailableEntityKeys>
  /** The same, each with the newest value that one of the entities has under it. */
  keySamples(
    caller: Principal,
    query: EntityDataQuery,
    wanted: { timeseries: boolean; scopes: readonly AttributeScope[] },
  ): Promise<{
    entityTypes: string[]
    timeseries: KeySample[]
    attributes: (KeySample & { scope: AttributeScope })[]
  }>
  /** What the keys of the page's entities hold, 1,000 entities at most; points of the last day unless a window is given. */
  keySummaries(
    caller: Principal,
    query: EntityDataQuery,
    window: { startTs?: number | undefined; endTs?: number | undefined },
  ): Promise<KeySummaries>
}
