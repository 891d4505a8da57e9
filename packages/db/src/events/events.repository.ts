import {
  type EntityId,
  type EventFilter,
  type EventInfo,
  type EventType,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import { int8Array, textArray, uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import type { DebugEvent } from '../database.ts'
import { partitionedTables } from '../partitions/calendar.ts'
import type { Partitions } from '../partitions/partitions.ts'
import { containing, isRecord, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import { filterConditions } from './event-filter.ts'

/** Whose events, and from when: inclusive, epoch ms. */
export type EventQuery = {
  tenantId: string
  entityId: EntityId
  startTime?: number | undefined
  endTime?: number | undefined
  filter: EventFilter
}

export type EventsRepository = {
  append(events: readonly DebugEvent[]): Promise<void>
  list(query: EventQuery, link: PageLink): Promise<PageData<EventInfo>>
  /** Returns how many are gone. */
  clear(query: EventQuery): Promise<number>
  /** The body of the newest debug event of a rule node that tells of an arrival. */
  lastIn(tenantId: string, ruleNodeId: string): Promise<Record<string, unknown> | null>
}

const tables: Record<EventType, 'debug_events' | 'lifecycle_events'> = {
  DEBUG_RULE_NODE: 'debug_events',
  DEBUG_RULE_CHAIN: 'debug_events',
  DEBUG_CALCULATED_FIELD: 'debug_events',
  LC_EVENT: 'lifecycle_events',
  ERROR: 'lifecycle_events',
  STATS: 'lifecycle_events',
}

const sorts = { createdTime: 'ts', ts: 'ts', id: 'ts' } as const

export const createEventsRepository = (sql: Sql, partitions: Partitions): EventsRepository => {
  const insert = async (table: 'debug_events' | 'lifecycle_events', events: readonly DebugEvent[]) => {
    if (events.length === 0) return
    await partitions.ensure(
      partitionedTables[table],
      events.map((event) => event.ts),
      Date.now(),
    )
    await sql.query({
      name: `${table}-append`,
      text: `INSERT INTO ${table} (id, ts, tenant_id, entity_id, type, body)
             SELECT id, ts, tenant_id, entity_id, type, body::json
             FROM unnest($1::uuid[], $2::int8[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
               AS e (id, ts, tenant_id, entity_id, type, body)`,
      values: [
        uuidArray(idsInOrder(events.map((event) => event.ts))),
        int8Array(events.map((event) => event.ts)),
        uuidArray(events.map((event) => event.tenantId)),
        uuidArray(events.map((event) => event.entityId)),
        textArray(events.map((event) => event.type)),
        textArray(events.map((event) => JSON.stringify(event.body))),
      ],
    })
  }

  return {
    append: async (events) => {
      const into = (table: 'debug_events' | 'lifecycle_events') => events.filter(({ type }) => tables[type] === table)
      await insert('debug_events', into('debug_events'))
      await insert('lifecycle_events', into('lifecycle_events'))
    },

    list: async (query, link) => {
      const column = sortColumn(link, sorts, 'ts')
      const table = tables[query.filter.eventType]
      const { where, values } = conditionsOf(query, link.textSearch)
      const order = link.sortProperty ? sortDirection(link) : 'desc'
      const [{ rows }, total] = await Promise.all([
        sql.query<EventRow>({
          text: `SELECT id, ts, tenant_id, type, body FROM ${table} WHERE ${where}
                 ORDER BY ${column} ${order}, id ${order}
                 LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
          values: [...values, link.pageSize, link.page * link.pageSize],
        }),
        sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM ${table} WHERE ${where}`, values }),
      ])
      return toPageData(
        rows.map((row) => toInfo(row, query)),
        total.rows[0]?.total ?? 0,
        link,
      )
    },

    clear: async (query) => {
      const table = tables[query.filter.eventType]
      const { where, values } = conditionsOf(query)
      const { rowCount } = await sql.query({ text: `DELETE FROM ${table} WHERE ${where}`, values })
      return rowCount ?? 0
    },

    lastIn: async (tenantId, ruleNodeId) => {
      const { rows } = await sql.query<{ body: unknown }>({
        text: `SELECT body FROM debug_events
               WHERE entity_id = $1 AND tenant_id = $2 AND type = 'DEBUG_RULE_NODE' AND body ->> 'type' = 'IN'
               ORDER BY ts DESC, id DESC LIMIT 1`,
        values: [ruleNodeId, tenantId],
      })
      const body = rows[0]?.body
      return isRecord(body) ? body : null
    },
  }
}

/** Events of one millisecond keep their order: lists sort by time and id. */
const idsInOrder = (times: readonly number[]): string[] => {
  const sorted = new Map(
    [...Map.groupBy(times, (ts) => ts)].map(([ts, group]) => [ts, group.map(uuidV7).sort().values()]),
  )
  return times.map((ts) => sorted.get(ts)?.next().value ?? uuidV7(ts))
}

type EventRow = { id: string; ts: number; tenant_id: string; type: string; body: unknown }

const toInfo = (row: EventRow, { entityId, filter }: EventQuery): EventInfo => ({
  id: { id: row.id },
  createdTime: row.ts,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  type: filter.eventType,
  uid: row.id,
  entityId,
  body: isRecord(row.body) ? row.body : {},
})

const conditionsOf = (query: EventQuery, textSearch?: string): { where: string; values: unknown[] } => {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    `entity_id = ${bind(query.entityId.id)}`,
    `tenant_id = ${bind(query.tenantId)}`,
    `type = ${bind(query.filter.eventType)}`,
    ...(query.startTime === undefined ? [] : [`ts >= ${bind(query.startTime)}`]),
    ...(query.endTime === undefined ? [] : [`ts <= ${bind(query.endTime)}`]),
    ...(textSearch ? [`body::text ILIKE ${bind(containing(textSearch))}`] : []),
    ...filterConditions(query.filter, bind),
  ]
  return { where: conditions.join(' AND '), values }
}
