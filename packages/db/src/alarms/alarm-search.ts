import {
  type AlarmInfo,
  type AlarmSeverity,
  alarmSeverities,
  AppError,
  type EntityId,
  type EntityType,
  entityTypes,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { createBindings } from '../entity-queries/bindings.ts'
import { containing, sortDirection, withoutNul } from '../rows.ts'
import { alarmConditions, type AlarmFilter, alarmScope, alarmTextSearch, whereAll } from './alarm-conditions.ts'
import { type AlarmInfoRow, alarmField, alarmsWithAssignee, infoColumns, toAlarmInfo } from './alarm-rows.ts'

/** Alarms of a set of entities, as alarm queries ask for them. */
export type EntityAlarmsQuery = {
  entityIds: readonly EntityId[]
  /** Also alarms of other entities that propagate to these. */
  isPropagated: boolean
  filter: AlarmFilter
  textSearch: string | null
  /** Fields that the text is also looked for in. */
  alarmFields: readonly string[]
  /** `entities`: in the order of `entityIds`. */
  sort: { field: string; direction: 'ASC' | 'DESC' } | { field: 'entities'; direction: 'ASC' | 'DESC' } | null
  limit: number
  offset: number
}

export type AlarmSearch = {
  list(scope: Scope, link: PageLink, filter: AlarmFilter, entityId?: EntityId): Promise<PageData<AlarmInfo>>
  highestSeverity(scope: Scope, entityId: EntityId, filter: AlarmFilter): Promise<AlarmSeverity | null>
  /** Whether one of the alarms is there. */
  exists(scope: Scope, originator: EntityId, filter: AlarmFilter): Promise<boolean>
  types(scope: Scope, link: PageLink): Promise<PageData<string>>
  /** Each alarm once, with the first of the entities that shows it. */
  ofEntities(
    scope: Scope,
    query: EntityAlarmsQuery,
  ): Promise<{ rows: { alarm: AlarmInfo; entityId: EntityId }[]; total: number }>
  /** @param of Absent: all that the scope sees */
  count(
    scope: Scope,
    filter: AlarmFilter,
    of?: { entityIds: readonly EntityId[]; isPropagated: boolean },
  ): Promise<number>
}

type Counted<Row> = Row & { total: number }

export const createAlarmSearch = (sql: Sql): AlarmSearch => ({
  list: async (scope, link, filter, entityId) => {
    const { bind, values } = createBindings()
    const conditions = [
      ...alarmScope(scope, bind),
      ...alarmConditions(filter, bind),
      ...alarmTextSearch(link.textSearch, [], bind),
      ...(entityId ? [shownBy(bind(entityId.id))] : []),
    ]
    const order = sortField(link.sortProperty)
    const from = `FROM ${alarmsWithAssignee('alarms')} ${whereAll(conditions)}`
    const { rows } = await sql.query<Counted<AlarmInfoRow>>({
      text: `SELECT found.*, counted.total FROM (SELECT count(*) AS total ${from}) counted LEFT JOIN (
               SELECT ${infoColumns}, ${order} AS position ${from}
               ORDER BY position ${sortDirection(link)} NULLS LAST, a.id
               LIMIT ${bind(link.pageSize)}::bigint OFFSET ${bind(link.pageSize * link.page)}::bigint) found ON true
             ORDER BY found.position ${sortDirection(link)} NULLS LAST, found.id`,
      values,
    })
    return toPageData(rows.filter((row) => row.id !== null).map(toAlarmInfo), rows[0]?.total ?? 0, link)
  },

  highestSeverity: async (scope, entityId, filter) => {
    const { bind, values } = createBindings()
    const conditions = [...alarmScope(scope, bind), ...alarmConditions(filter, bind), shownBy(bind(entityId.id))]
    const { rows } = await sql.query<{ severity: string }>({
      text: `SELECT a.severity FROM alarms a ${whereAll(conditions)}
             ORDER BY array_position(${bind(alarmSeverities)}::text[], a.severity::text) LIMIT 1`,
      values,
    })
    return alarmSeverities.find((known) => known === rows[0]?.severity) ?? null
  },

  exists: async (scope, originator, filter) => {
    const { bind, values } = createBindings()
    const conditions = [
      ...alarmScope(scope, bind),
      ...alarmConditions(filter, bind),
      `a.originator_id = ${bind(originator.id)}::uuid`,
    ]
    const { rows } = await sql.query({ text: `SELECT 1 FROM alarms a ${whereAll(conditions)} LIMIT 1`, values })
    return rows.length > 0
  },

  types: async (scope, link) => {
    const { bind, values } = createBindings()
    const conditions = [
      ...(scope.kind === 'system' ? [] : [`tenant_id = ${bind(scope.tenantId)}::uuid`]),
      ...(link.textSearch ? [`type ILIKE ${bind(containing(withoutNul(link.textSearch)))}::text`] : []),
    ]
    const from = `FROM alarm_types ${whereAll(conditions)}`
    const { rows } = await sql.query<Counted<{ type: string | null }>>({
      text: `SELECT found.type, counted.total FROM (SELECT count(DISTINCT type) AS total ${from}) counted LEFT JOIN (
               SELECT DISTINCT type ${from} ORDER BY type ${sortDirection(link)}
               LIMIT ${bind(link.pageSize)}::bigint OFFSET ${bind(link.pageSize * link.page)}::bigint) found ON true
             ORDER BY found.type ${sortDirection(link)}`,
      values,
    })
    return toPageData(
      rows.flatMap(({ type }) => type ?? []),
      rows[0]?.total ?? 0,
      link,
    )
  },

  ofEntities: async (scope, query) => {
    const { bind, values } = createBindings()
    const conditions = [
      ...alarmScope(scope, bind),
      ...alarmConditions(query.filter, bind),
      ...alarmTextSearch(query.textSearch, query.alarmFields, bind),
    ]
    const entities = entitiesItem(query.entityIds, query.isPropagated, bind)
    const { sort } = query
    const order = !sort
      ? 'a.created_time DESC'
      : `${sort.field === 'entities' ? 'm.place' : alarmQueryField(sort.field)} ${sort.direction} NULLS LAST`
    const { rows } = await sql.query<Counted<AlarmInfoRow> & { entity_id: string; entity_type: string }>({
      text: `WITH met AS MATERIALIZED (${entities}), matched AS MATERIALIZED (
               SELECT a.id, m.entity_id, m.entity_type, row_number() OVER (ORDER BY ${order}, a.id) AS position
               FROM met m JOIN ${alarmsWithAssignee('alarms')} ON a.id = m.alarm_id ${whereAll(conditions)}
             ), page AS (
               SELECT * FROM matched ORDER BY position LIMIT ${bind(query.limit)}::bigint OFFSET ${bind(query.offset)}::bigint)
             SELECT found.*, counted.total FROM (SELECT count(*) AS total FROM matched) counted LEFT JOIN (
               SELECT ${infoColumns}, p.entity_id, p.entity_type, p.position
               FROM page p JOIN ${alarmsWithAssignee('alarms')} ON a.id = p.id) found ON true
             ORDER BY found.position`,
      values,
    })
    return {
      rows: rows.flatMap((row) => {
        const entityType: EntityType | undefined = entityTypes.find((known) => known === row.entity_type)
        return entityType ? [{ alarm: toAlarmInfo(row), entityId: { entityType, id: row.entity_id } }] : []
      }),
      total: rows[0]?.total ?? 0,
    }
  },

  count: async (scope, filter, of) => {
    const { bind, values } = createBindings()
    const conditions = [...alarmScope(scope, bind), ...alarmConditions(filter, bind)]
    const entities = of && entitiesItem(of.entityIds, of.isPropagated, bind)
    const { rows } = await sql.query<{ total: number }>({
      text: entities
        ? `WITH met AS MATERIALIZED (${entities})
           SELECT count(*) AS total FROM met m JOIN alarms a ON a.id = m.alarm_id ${whereAll(conditions)}`
        : `SELECT count(*) AS total FROM alarms a ${whereAll(conditions)}`,
      values,
    })
    return rows[0]?.total ?? 0
  },
})

const shownBy = (entity: string) =>
  `EXISTS (SELECT 1 FROM entity_alarm ea WHERE ea.alarm_id = a.id AND ea.entity_id = ${entity}::uuid)`

/** Alarms with the entity they are shown by and its place in the list; each alarm once. */
const entitiesItem = (
  entityIds: readonly EntityId[],
  isPropagated: boolean,
  bind: (value: unknown) => string,
): string => {
  const list = `unnest(${bind(entityIds.map(({ id }) => id))}::uuid[], ${bind(entityIds.map(({ entityType }) => entityType))}::text[])
    WITH ORDINALITY x (entity_id, entity_type, place)`
  if (!isPropagated)
    return `SELECT o.id AS alarm_id, x.entity_id, x.entity_type, x.place FROM ${list}
            JOIN alarms o ON o.originator_id = x.entity_id`
  return `SELECT DISTINCT ON (ea.alarm_id) ea.alarm_id, x.entity_id, x.entity_type, x.place FROM ${list}
          JOIN entity_alarm ea ON ea.entity_id = x.entity_id ORDER BY ea.alarm_id, x.place`
}

/** Unknown fields sort as if nothing was asked for, as everywhere in the query language. */
const alarmQueryField = (field: string): string => alarmField(field) ?? 'a.created_time'

const sortField = (property: string | undefined): string => {
  if (!property || property === 'id') return 'a.id'
  const column = alarmField(property)
  if (column === null) throw new AppError('ARGUMENT_INVALID', 'Invalid sort property')
  return column
}
