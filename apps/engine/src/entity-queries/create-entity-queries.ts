import {
  AppError,
  attributeScopes,
  type EntityCountQuery,
  type EntityDataQuery,
  type EntityId,
  type EntityKey,
  toPageData,
} from '@thingwire/contracts'
import type { Database, Principal, SettledPage, SettledSearch } from '@thingwire/db'
import type { EntityQueries } from './entity-queries.ts'
import { requireFewPredicates, requireValidFilter, requireValidLink } from './query-texts.ts'
import { settleKeyFilters } from './settle-predicates.ts'

/** Keys are collected from so many entities of the page. */
const maxEntitiesForKeys = 10_000
/** Points of some of them are read as well. */
const maxEntitiesForSummaries = 1_000
const dayMs = 86_400_000

/** Searches over entities (api-contract of the query language); each is one statement beside dynamic values. */
export const createEntityQueries = (deps: {
  database: Pick<Database, 'entityQueries' | 'attributes'>
  now: () => number
}): EntityQueries => {
  const { database, now } = deps

  const settleSearch = async (
    caller: Principal,
    query: EntityCountQuery,
    options: { isDynamic: boolean },
  ): Promise<SettledSearch> => {
    const keyFilters = query.keyFilters ?? []
    requireValidFilter(query.entityFilter)
    requireFewPredicates(keyFilters.map(({ predicate }) => predicate))
    return {
      filter: query.entityFilter,
      keyFilters: await settleKeyFilters(keyFilters, caller, options.isDynamic ? database.attributes : undefined),
      keyFiltersOperation: query.keyFiltersOperation ?? 'AND',
    }
  }

  const idsOfPage = async (caller: Principal, query: EntityDataQuery, most: number): Promise<EntityId[]> => {
    requireValidLink(query.pageLink)
    const search = await settleSearch(caller, query, { isDynamic: true })
    const page = toPage(query)
    const limit = Math.min(page.limit, most)
    const { rows } = await database.entityQueries.find(caller, search, { ...page, limit }, now())
    return rows.map(({ entityId }) => entityId)
  }

  const findKeys: EntityQueries['keySamples'] = async (caller, query, wanted) => {
    const ids = await idsOfPage(caller, query, maxEntitiesForKeys)
    const entityTypes = [...new Set(ids.map(({ entityType }) => entityType))].sort()
    return { entityTypes, ...(await database.entityQueries.keysOf(ids, wanted)) }
  }

  return {
    find: async (caller, query) => {
      requireValidLink(query.pageLink)
      const search = await settleSearch(caller, query, { isDynamic: true })
      const { rows, total } = await database.entityQueries.find(caller, search, toPage(query), now())
      const { pageSize, page } = query.pageLink
      return toPageData(rows, total, { pageSize, page })
    },

    count: async (caller, query) =>
      database.entityQueries.count(caller, await settleSearch(caller, query, { isDynamic: false })),

    ids: async (caller, query, limit) => {
      const search = await settleSearch(caller, query, { isDynamic: true })
      // What is shown decides what the text is looked for in, so it matters even when nothing is shown.
      const asked = toPage(query)
      const page = { ...asked, selection: asked.textSearch ? asked.selection : [], limit, offset: 0 }
      const { rows, total } = await database.entityQueries.find(caller, search, page, now())
      return { ids: rows.map(({ entityId }) => entityId), total }
    },

    keys: async (caller, query, wanted) => {
      const { entityTypes, timeseries, attributes } = await findKeys(caller, query, {
        timeseries: wanted.timeseries,
        scopes: wanted.attributes ? (wanted.scopes ?? attributeScopes) : [],
      })
      return {
        entityTypes,
        timeseries: timeseries.map(({ key }) => key),
        attribute: [...new Set(attributes.map(({ key }) => key))].sort(),
      }
    },

    keySamples: findKeys,

    keySummaries: async (caller, query, { endTs = now(), startTs = endTs - dayMs }) => {
      if (startTs >= endTs) throw new AppError('ARGUMENT_INVALID', 'startTs must be before endTs')
      return database.entityQueries.keySummaries(await idsOfPage(caller, query, maxEntitiesForSummaries), {
        startTs,
        endTs,
      })
    },
  }
}

const toPage = ({ pageLink, entityFields, latestValues }: EntityDataQuery): SettledPage => ({
  selection: distinct([...(entityFields ?? []), ...(latestValues ?? [])]).filter(({ type }) => type !== 'ALARM_FIELD'),
  textSearch: pageLink.textSearch?.trim() || null,
  sort: pageLink.sortOrder ? { key: pageLink.sortOrder.key, direction: pageLink.sortOrder.direction ?? 'ASC' } : null,
  limit: pageLink.pageSize,
  // Beyond this there is nothing, and PostgreSQL's integers end.
  offset: Math.min(pageLink.pageSize * pageLink.page, Number.MAX_SAFE_INTEGER),
})

const distinct = (keys: readonly EntityKey[]): EntityKey[] => [
  ...new Map(keys.map((key) => [`${key.type} ${key.key}`, key])).values(),
]
