import {
  type AlarmCountQuery,
  type AlarmData,
  type AlarmDataQuery,
  AppError,
  type EntityData,
  type EntityDataQuery,
  type EntityId,
  type EntityKey,
  type LiveAlarmQuery,
  toPageData,
} from '@thingwire/contracts'
import { type AlarmFilter, type Database, type Principal, scopeOf } from '@thingwire/db'
import type { EntityQueries } from '../entity-queries/entity-queries.ts'
import { requireValidLink } from '../entity-queries/query-texts.ts'
import type { AlarmQueries } from './alarm-queries.ts'

/** Alarms are looked for on so many entities of a query (as ThingsBoard). */
export const maxEntitiesOfAlarmQuery = 10_000

export const createAlarmQueries = (deps: {
  database: Pick<Database, 'alarms' | 'entityQueries'>
  entityQueries: EntityQueries
  now: () => number
}): AlarmQueries<AlarmData> => {
  const { database, entityQueries, now } = deps

  const latestOf = async (caller: Principal, query: LiveAlarmQuery, entityIds: readonly EntityId[]) => {
    const selection = [...(query.entityFields ?? []), ...(query.latestValues ?? [])]
    const latest = new Map<string, EntityData['latest']>()
    if (selection.length === 0) return latest
    for (const [entityType, group] of Map.groupBy(entityIds, (one) => one.entityType)) {
      const entityList = [...new Set(group.map(({ id }) => id))]
      const { data } = await entityQueries.find(caller, {
        entityFilter: { type: 'entityList', entityType, entityList },
        entityFields: query.entityFields,
        latestValues: query.latestValues,
        pageLink: { pageSize: entityList.length, page: 0 },
      })
      for (const row of data) latest.set(row.entityId.id, row.latest)
    }
    return latest
  }

  const findFor: AlarmQueries<AlarmData>['findFor'] = async (caller, query, entityIds) => {
    const { pageLink } = query
    requireValidLink(pageLink)
    const { pageSize, page } = pageLink
    if (entityIds.length === 0) return toPageData<AlarmData>([], 0, { pageSize, page })
    const { rows, total } = await database.alarms.ofEntities(scopeOf(caller), {
      entityIds,
      isPropagated: pageLink.searchPropagatedAlarms ?? false,
      filter: toAlarmFilter(pageLink, now()),
      textSearch: pageLink.textSearch?.trim() || null,
      alarmFields: (query.alarmFields ?? []).map(({ key }) => key),
      sort: toAlarmSort(pageLink.sortOrder),
      limit: pageSize,
      offset: Math.min(pageSize * page, Number.MAX_SAFE_INTEGER),
    })
    const latest = await latestOf(
      caller,
      query,
      rows.map(({ entityId }) => entityId),
    )
    return toPageData(
      rows.map(({ alarm, entityId }) => ({ ...alarm, entityId, latest: latest.get(entityId.id) ?? {} })),
      total,
      { pageSize, page },
    )
  }

  return {
    findFor,

    findAll: async (caller, pageLink) => {
      // Alarms belong to tenants; the scope of the system would be those of all of them.
      if (!caller.tenantId) throw new AppError('PERMISSION_DENIED')
      requireValidLink(pageLink)
      const { pageSize, page, textSearch, sortOrder } = pageLink
      const found = await database.alarms.list(
        scopeOf(caller),
        {
          pageSize,
          page,
          textSearch: textSearch?.trim() || undefined,
          sortProperty: sortOrder && isAboutAlarms(sortOrder.key) ? sortOrder.key.key : 'createdTime',
          sortOrder: sortOrder ? (sortOrder.direction ?? 'ASC') : 'DESC',
        },
        toAlarmFilter(pageLink, now()),
      )
      return { ...found, data: found.data.map((alarm) => ({ ...alarm, entityId: alarm.originator, latest: {} })) }
    },

    find: async (caller, query) => {
      requireValidLink(query.pageLink)
      const { ids } = await entityQueries.ids(caller, entitiesOf(query), maxEntitiesOfAlarmQuery)
      return findFor(caller, query, ids)
    },

    count: async (caller, query) => {
      const filter = toAlarmFilter(query, now())
      const { entityFilter } = query
      if (!entityFilter) return database.alarms.count(scopeOf(caller), filter)
      const { ids } = await entityQueries.ids(
        caller,
        { ...query, entityFilter, pageLink: { pageSize: maxEntitiesOfAlarmQuery, page: 0 } },
        maxEntitiesOfAlarmQuery,
      )
      if (ids.length === 0) return 0
      return database.alarms.count(scopeOf(caller), filter, {
        entityIds: ids,
        isPropagated: query.searchPropagatedAlarms ?? false,
      })
    },
  }
}

/** The part of an alarm query that finds entities; the text and alarm fields are about alarms. */
const entitiesOf = (query: AlarmDataQuery): EntityDataQuery => {
  const { sortOrder } = query.pageLink
  return {
    entityFilter: query.entityFilter,
    keyFilters: query.keyFilters,
    keyFiltersOperation: query.keyFiltersOperation,
    pageLink: {
      pageSize: maxEntitiesOfAlarmQuery,
      page: 0,
      sortOrder: sortOrder && isAboutAlarms(sortOrder.key) ? null : sortOrder,
    },
  }
}

const isAboutAlarms = ({ type }: EntityKey) => type === 'ALARM_FIELD'

/** Entities come in the order of their key already, in the direction asked for. */
const toAlarmSort = (order: AlarmDataQuery['pageLink']['sortOrder']) => {
  if (!order) return null
  return isAboutAlarms(order.key)
    ? { field: order.key.key, direction: order.direction ?? ('ASC' as const) }
    : { field: 'entities' as const, direction: 'ASC' as const }
}

type Selection = Pick<
  AlarmCountQuery,
  'startTs' | 'endTs' | 'timeWindow' | 'typeList' | 'statusList' | 'severityList' | 'assigneeId'
>

export const toAlarmFilter = (query: Selection, nowMs: number): AlarmFilter => {
  const { timeWindow, startTs, endTs } = query
  const isWindow = timeWindow != null && timeWindow > 0
  return {
    searchStatuses: query.statusList ?? [],
    severities: query.severityList ?? [],
    types: query.typeList ?? [],
    assigneeId: query.assigneeId?.id,
    startTime: isWindow ? nowMs - timeWindow : (startTs ?? undefined),
    endTime: isWindow ? nowMs : (endTs ?? undefined),
  }
}
