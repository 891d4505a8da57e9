import type { Alarm, AlarmInfo, AlarmSeverity, EntityId } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { type Bind, createBindings } from '../entity-queries/bindings.ts'
import { relatedCtes } from '../relations/related.ts'
import { withoutNul } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import {
  type AlarmInfoRow,
  type AlarmRow,
  alarmsWithAssignee,
  infoColumns,
  toAlarm,
  toAlarmInfo,
  toJsonb,
} from './alarm-rows.ts'

/** How an alarm is to be, whether it is new or stands already. */
export type AlarmContent = {
  severity: AlarmSeverity
  /** Epoch ms; null: now when it is new, else as it was. */
  startTs: number | null
  /** Epoch ms; null: now, and never before the start. */
  endTs: number | null
  details: unknown
  propagate: boolean
  propagateToOwner: boolean
  propagateToTenant: boolean
  propagateRelationTypes: readonly string[]
}

export type RaisedAlarm = {
  alarm: Alarm
  isNew: boolean
  /** Null for a new one. */
  previousSeverity: AlarmSeverity | null
  /** Every entity that shows the alarm by this, or showed it until now. */
  entityIds: string[]
}

/** A change that may already have been made. */
export type AlarmChange = { alarm: AlarmInfo; isChanged: boolean; entityIds: string[] }

export type AlarmWrites = {
  /** Creates the alarm, or updates the active one of the same originator and type; one statement, safe against others. */
  raise(
    tenantId: string,
    alarm: AlarmContent & { originator: EntityId; customerId: string | null; type: string },
    nowMs: number,
  ): Promise<RaisedAlarm>
  update(tenantId: string, alarmId: string, content: AlarmContent, nowMs: number): Promise<RaisedAlarm | null>
  /** Null: there is no such alarm. */
  acknowledge(tenantId: string, alarmId: string, atMs: number): Promise<AlarmChange | null>
  /** @param details Replaces those of the alarm; undefined: they stay */
  clear(tenantId: string, alarmId: string, atMs: number, details?: unknown): Promise<AlarmChange | null>
  assign(tenantId: string, alarmId: string, assigneeId: string | null, atMs: number): Promise<AlarmChange | null>
  /** The entities that showed it; null: there was none. */
  delete(tenantId: string, alarmId: string): Promise<string[] | null>
}

type RaisedRow = AlarmRow & { is_new: boolean; previous_severity: AlarmSeverity | null; entity_ids: string[] }

export const createAlarmWrites = (sql: Sql): AlarmWrites => {
  const change = async (
    tenantId: string,
    alarmId: string,
    set: (bind: Bind) => { assignments: string; unless: string },
  ): Promise<AlarmChange | null> => {
    const { bind, values } = createBindings()
    const [id, tenant] = [`${bind(alarmId)}::uuid`, `${bind(tenantId)}::uuid`]
    const { assignments, unless } = set(bind)
    const { rows } = await sql.retrying<AlarmInfoRow & { is_changed: boolean; entity_ids: string[] }>({
      text: `WITH old AS (SELECT * FROM alarms o WHERE o.id = ${id} AND o.tenant_id = ${tenant} FOR UPDATE),
             changed AS (
               UPDATE alarms a SET ${assignments} FROM old WHERE a.id = old.id AND NOT (${unless}) RETURNING a.*),
             now_so AS (SELECT *, true AS is_changed FROM changed UNION ALL
               SELECT *, false FROM old WHERE NOT EXISTS (SELECT 1 FROM changed))
             SELECT ${infoColumns}, ${showing} AS entity_ids FROM ${alarmsWithAssignee('now_so')}`,
      values,
    })
    const [row] = rows
    return row ? { alarm: toAlarmInfo(row), isChanged: row.is_changed, entityIds: row.entity_ids } : null
  }

  return {
    raise: async (tenantId, alarm, nowMs) => {
      const { bind, values } = createBindings()
      const raised = raiseStatement(tenantId, alarm, nowMs, bind)
      const { rows } = await sql.retrying<RaisedRow>({ text: raised, values })
      const [row] = rows
      if (!row) throw new Error('An alarm was neither created nor updated')
      return toRaised(row)
    },

    update: async (tenantId, alarmId, content, nowMs) => {
      const { bind, values } = createBindings()
      const [id, tenant] = [`${bind(alarmId)}::uuid`, `${bind(tenantId)}::uuid`]
      const found = await sql.query<{ originator_id: string; originator_type: EntityId['entityType'] }>({
        text: 'SELECT originator_id, originator_type FROM alarms WHERE id = $1 AND tenant_id = $2',
        values: [alarmId, tenantId],
      })
      const [existing] = found.rows
      if (!existing) return null
      const originator: EntityId = { entityType: existing.originator_type, id: existing.originator_id }
      const parts = contentParts(content, nowMs, bind)
      const { rows } = await sql.retrying<RaisedRow>({
        text: `WITH RECURSIVE ${parentCtes(tenantId, originator, content, bind)}
               old AS (SELECT * FROM alarms o WHERE o.id = ${id} AND o.tenant_id = ${tenant} FOR UPDATE),
               saved AS (UPDATE alarms a SET ${parts.assignments('a')} FROM old WHERE a.id = old.id
                         RETURNING a.*, false AS is_new),
               ${shownCtes(content)}
               SELECT saved.*, old.severity AS previous_severity, ${concerned} AS entity_ids
               FROM saved JOIN old ON true`,
        values,
      })
      return rows[0] ? toRaised(rows[0]) : null
    },

    acknowledge: (tenantId, alarmId, atMs) =>
      change(tenantId, alarmId, (bind) => ({
        assignments: `acknowledged = true, ack_ts = ${bind(atMs)}::bigint`,
        unless: 'old.acknowledged',
      })),

    clear: (tenantId, alarmId, atMs, details) =>
      change(tenantId, alarmId, (bind) => ({
        assignments: `cleared = true, clear_ts = ${bind(atMs)}::bigint${
          details === undefined ? '' : `, details = ${bind(toJsonb(details))}::jsonb`
        }`,
        unless: 'old.cleared',
      })),

    assign: (tenantId, alarmId, assigneeId, atMs) =>
      change(tenantId, alarmId, (bind) => {
        const assignee = `${bind(assigneeId)}::uuid`
        return {
          assignments: `assignee_id = ${assignee}, assign_ts = ${bind(atMs)}::bigint`,
          unless: `old.assignee_id IS NOT DISTINCT FROM ${assignee}`,
        }
      }),

    delete: async (tenantId, alarmId) => {
      const { rows } = await sql.retrying<{ entity_ids: string[] }>({
        text: `DELETE FROM alarms a WHERE a.id = $1 AND a.tenant_id = $2 RETURNING ${showing} AS entity_ids`,
        values: [alarmId, tenantId],
      })
      return rows[0]?.entity_ids ?? null
    },
  }
}

const toRaised = (row: RaisedRow): RaisedAlarm => ({
  alarm: toAlarm(row),
  isNew: row.is_new,
  previousSeverity: row.is_new ? null : row.previous_severity,
  entityIds: row.entity_ids,
})

const showing = 'ARRAY(SELECT ea.entity_id FROM entity_alarm ea WHERE ea.alarm_id = a.id)'

const contentParts = (content: AlarmContent, nowMs: number, bind: Bind) => {
  const now = `${bind(nowMs)}::bigint`
  const severity = `${bind(content.severity)}::text`
  const start = `${bind(content.startTs)}::bigint`
  const end = `${bind(content.endTs)}::bigint`
  const details = `${bind(toJsonb(content.details))}::jsonb`
  const flags = [content.propagate, content.propagateToOwner, content.propagateToTenant].map((flag) => String(flag))
  const types = `${bind(content.propagateRelationTypes.map(withoutNul))}::text[]`
  return {
    now,
    newValues: `${severity}, COALESCE(${start}, ${now}), GREATEST(COALESCE(${end}, ${start}, ${now}), COALESCE(${start}, ${now})),
      ${details}, ${flags.join(', ')}, ${types}`,
    assignments: (row: string) => `severity = ${severity}, start_ts = COALESCE(${start}, ${row}.start_ts),
      end_ts = GREATEST(COALESCE(${end}, ${now}), COALESCE(${start}, ${row}.start_ts)), details = ${details},
      propagate = ${flags[0]}, propagate_to_owner = ${flags[1]}, propagate_to_tenant = ${flags[2]},
      propagate_relation_types = ${types}`,
  }
}

const raiseStatement = (
  tenantId: string,
  alarm: AlarmContent & { originator: EntityId; customerId: string | null; type: string },
  nowMs: number,
  bind: Bind,
): string => {
  const { originator } = alarm
  const [id, tenant, customer] = [uuidV7(), tenantId, alarm.customerId].map((value) => `${bind(value)}::uuid`)
  const [type, entity, entityType] = [
    `${bind(withoutNul(alarm.type))}::text`,
    `${bind(originator.id)}::uuid`,
    `${bind(originator.entityType)}::text`,
  ]
  const parts = contentParts(alarm, nowMs, bind)
  // Selecting from `old` makes it wait for whoever changes the active alarm now, before the insert looks for it.
  return `WITH RECURSIVE ${parentCtes(tenantId, originator, alarm, bind)}
    old AS (
      SELECT * FROM alarms o WHERE o.originator_id = ${entity} AND o.type = ${type} AND NOT o.cleared FOR UPDATE),
    saved AS (
      INSERT INTO alarms AS a (id, created_time, tenant_id, customer_id, type, originator_id, originator_type, severity,
        start_ts, end_ts, details, propagate, propagate_to_owner, propagate_to_tenant, propagate_relation_types)
      SELECT ${id}, ${parts.now}, ${tenant}, ${customer}, ${type}, ${entity}, ${entityType}, ${parts.newValues}
      FROM (SELECT 1) one LEFT JOIN old ON true
      ON CONFLICT (originator_id, type) WHERE NOT cleared DO UPDATE SET ${parts.assignments('a')}
      RETURNING a.*, a.id = ${id} AS is_new),
    known AS (
      INSERT INTO alarm_types (tenant_id, type) SELECT tenant_id, type FROM saved WHERE is_new ON CONFLICT DO NOTHING),
    ${shownCtes(alarm)}
    SELECT saved.*, (SELECT severity FROM old) AS previous_severity,
      ${concerned} AS entity_ids FROM saved`
}

/** The entities above the originator, when the alarm goes up to them. */
const parentCtes = (tenantId: string, originator: EntityId, content: AlarmContent, bind: Bind): string => {
  if (!content.propagate) return ''
  const types = content.propagateRelationTypes.map(withoutNul)
  return `${relatedCtes(
    { kind: 'tenant', tenantId },
    {
      root: originator,
      direction: 'TO',
      maxLevel: 0,
      fetchLastLevelOnly: false,
      filters: types.map((relationType) => ({ relationType })),
      relationTypeGroup: 'COMMON',
    },
    bind,
  )},`
}

/** What shows the alarm: its originator, and by its flags the entities above, the owner and the tenant. Nothing else does. */
const shownCtes = (content: AlarmContent): string => {
  const targets = [
    'SELECT originator_id AS id, originator_type::text AS type FROM saved',
    ...(content.propagate ? ['SELECT far_id, far_type::text FROM related'] : []),
    ...(content.propagateToOwner
      ? [
          `SELECT COALESCE(customer_id, tenant_id), CASE WHEN customer_id IS NULL THEN 'TENANT' ELSE 'CUSTOMER' END FROM saved`,
        ]
      : []),
    ...(content.propagateToTenant ? [`SELECT tenant_id, 'TENANT' FROM saved`] : []),
  ]
  return `targets AS (${targets.join(' UNION ')}),
    shown AS (
      INSERT INTO entity_alarm (tenant_id, entity_type, entity_id, created_time, alarm_type, customer_id, alarm_id)
      SELECT s.tenant_id, t.type, t.id, s.created_time, s.type, s.customer_id, s.id FROM saved s CROSS JOIN targets t
      ON CONFLICT DO NOTHING),
    hidden AS (
      DELETE FROM entity_alarm x USING saved s
      WHERE x.alarm_id = s.id AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.id = x.entity_id AND t.type = x.entity_type)
      RETURNING x.entity_id AS id)`
}

/** Those that show the alarm, and those that did until now: both have something to tell. */
const concerned = '(SELECT array_agg(id) FROM (SELECT id FROM targets UNION SELECT id FROM hidden) c)'
