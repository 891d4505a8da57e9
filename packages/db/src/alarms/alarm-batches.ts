import { type Alarm, type AlarmSeverity, type EntityId, maxRelationLevel } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { withoutNul } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import { type AlarmRow, toAlarm, toJsonb } from './alarm-rows.ts'
import type { RaisedAlarm } from './alarm-writes.ts'

export type AlarmRaising = {
  originator: EntityId
  /** Whose alarm it becomes. */
  customerId: string | null
  type: string
  severity: AlarmSeverity
  /** Of a new alarm, epoch ms. One that is there keeps its start, and ends now. */
  startTs: number
  endTs: number
  details: unknown
  propagate: boolean
  propagateToOwner: boolean
  propagateToTenant: boolean
  propagateRelationTypes: readonly string[]
}

export type AlarmClearing = {
  alarmId: string
  /** Epoch ms. */
  clearTs: number
  /** Replaces those of the alarm; undefined: they stay. */
  details?: unknown
}

export type ActiveAlarmQuery = { originatorId: string; type: string }

/** Not changed: it was cleared before. */
export type ClearedAlarm = { alarm: Alarm; isChanged: boolean; entityIds: string[] }

/** Alarms of one tenant, many by one statement, as rule nodes read and change them. Answers come in the order asked for. */
export type AlarmBatches = {
  findMany(tenantId: string, alarmIds: readonly string[]): Promise<(Alarm | null)[]>
  /** Those that are not cleared. */
  findActiveMany(tenantId: string, queries: readonly ActiveAlarmQuery[]): Promise<(Alarm | null)[]>
  /** Alarms of the types that are not cleared, an array per originator. */
  findActiveOf(tenantId: string, originatorIds: readonly string[], types: readonly string[]): Promise<Alarm[][]>
  /**
   * Makes the alarms, or updates the active ones of the same originator and type. No two of them may have both the same;
   * the originators must be the tenant's.
   */
  raiseMany(tenantId: string, alarms: readonly AlarmRaising[], nowMs: number): Promise<RaisedAlarm[]>
  /** Each alarm once. Null: there is no such alarm. */
  clearMany(tenantId: string, alarms: readonly AlarmClearing[]): Promise<(ClearedAlarm | null)[]>
}

type RaisedRow = AlarmRow & {
  n: number
  is_new: boolean
  previous_severity: AlarmSeverity | null
  entity_ids: string[]
}

export const createAlarmBatches = (sql: Sql): AlarmBatches => ({
  findMany: async (tenantId, alarmIds) => {
    const { rows } = await sql.query<AlarmRow>({
      name: 'alarms-by-id',
      text: `SELECT a.* FROM unnest($2::uuid[]) q (id) CROSS JOIN LATERAL (
               SELECT o.* FROM alarms o WHERE o.id = q.id OFFSET 0) a
             WHERE a.tenant_id = $1`,
      values: [tenantId, alarmIds],
    })
    const found = new Map(rows.map((row) => [row.id, toAlarm(row)]))
    return alarmIds.map((id) => found.get(id.toLowerCase()) ?? null)
  },

  findActiveMany: async (tenantId, queries) => {
    const { rows } = await sql.query<AlarmRow & { n: number }>({
      text: `SELECT a.*, q.n FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY q (originator_id, type, n)
             CROSS JOIN LATERAL (
               SELECT o.* FROM alarms o
               WHERE o.originator_id = q.originator_id AND o.type = q.type AND NOT o.cleared LIMIT 1) a
             WHERE a.tenant_id = $1`,
      values: [tenantId, queries.map(({ originatorId }) => originatorId), queries.map(({ type }) => withoutNul(type))],
    })
    const found = new Map(rows.map((row) => [Number(row.n) - 1, toAlarm(row)]))
    return queries.map((_, index) => found.get(index) ?? null)
  },

  findActiveOf: async (tenantId, originatorIds, types) => {
    const { rows } = await sql.query<AlarmRow>({
      // One look into the index of active alarms for each originator, by nothing else (OFFSET keeps the tenant out): the
      // planner would rather read all alarms of the tenant each time.
      text: `SELECT a.* FROM unnest($2::uuid[]) q (originator_id) CROSS JOIN LATERAL (
               SELECT o.* FROM alarms o
               WHERE o.originator_id = q.originator_id AND o.type = ANY($3::text[]) AND NOT o.cleared OFFSET 0) a
             WHERE a.tenant_id = $1`,
      values: [tenantId, originatorIds, types.map(withoutNul)],
    })
    const found = Map.groupBy(rows.map(toAlarm), ({ originator }) => originator.id)
    return originatorIds.map((id) => found.get(id.toLowerCase()) ?? [])
  },

  raiseMany: async (tenantId, alarms, nowMs) => {
    if (alarms.length === 0) return []
    const { rows } = await sql.retrying<RaisedRow>({
      text: raiseStatement,
      values: [tenantId, nowMs, JSON.stringify(alarms.map(toInput).sort(inOneOrder))],
    })
    const raised = new Map(rows.map((row) => [row.n, toRaised(row)]))
    return alarms.map((_, index) => {
      const one = raised.get(index)
      if (!one) throw new Error('An alarm was neither created nor updated')
      return one
    })
  },

  clearMany: async (tenantId, alarms) => {
    if (alarms.length === 0) return []
    const input = alarms.map(({ alarmId, clearTs, details }) => ({
      id: alarmId,
      clear_ts: clearTs,
      replaces: details !== undefined,
      details: safeJson(details),
    }))
    const { rows } = await sql.retrying<AlarmRow & { is_changed: boolean; entity_ids: string[] }>({
      name: 'alarms-clear',
      text: clearStatement,
      values: [tenantId, JSON.stringify(input)],
    })
    const cleared = new Map(
      rows.map((row) => [row.id, { alarm: toAlarm(row), isChanged: row.is_changed, entityIds: row.entity_ids }]),
    )
    return alarms.map(({ alarmId }) => cleared.get(alarmId.toLowerCase()) ?? null)
  },
})

/** Without NUL, which neither jsonb nor text can hold. */
const safeJson = (value: unknown): unknown => JSON.parse(toJsonb(value) ?? 'null')

const toInput = (alarm: AlarmRaising, n: number) => ({
  n,
  id: uuidV7(),
  customer_id: alarm.customerId,
  type: withoutNul(alarm.type),
  originator_id: alarm.originator.id,
  originator_type: alarm.originator.entityType,
  severity: alarm.severity,
  start_ts: alarm.startTs,
  end_ts: alarm.endTs,
  details: safeJson(alarm.details),
  propagate: alarm.propagate,
  to_owner: alarm.propagateToOwner,
  to_tenant: alarm.propagateToTenant,
  relation_types: alarm.propagateRelationTypes.map(withoutNul),
})

type Input = ReturnType<typeof toInput>
const inOneOrder = (a: Input, b: Input): number =>
  a.originator_id < b.originator_id || (a.originator_id === b.originator_id && a.type < b.type) ? -1 : 1

const toRaised = (row: RaisedRow): RaisedAlarm => ({
  alarm: toAlarm(row),
  isNew: row.is_new,
  previousSeverity: row.is_new ? null : row.previous_severity,
  entityIds: row.entity_ids,
})

/** Entities times levels that the search of a batch may step on, as in relations/related.ts. */
const maxSteps = 1_000_000

/** By one condition instead of two, or the planner takes the rows for few and compares each with each. */
const keyOf = (row: string) => `${row}.originator_id::text || ' ' || ${row}.type`

/**
 * Rows are locked and inserted in one order by everybody (that of the input), so that two batches do not wait for each
 * other. Selecting from `old` makes the insert wait for whoever changes an active alarm now. Without a name, so that it is
 * planned anew as the table grows: a plan from when it was small reads all of it.
 */
const raiseStatement = `
  WITH RECURSIVE input AS MATERIALIZED (
    SELECT i.*, ${keyOf('i')} AS key FROM jsonb_to_recordset($3::jsonb) AS i (n int, id uuid, customer_id uuid, type text, originator_id uuid,
      originator_type text, severity text, start_ts bigint, end_ts bigint, details jsonb, propagate boolean, to_owner boolean,
      to_tenant boolean, relation_types text[])),
  walk AS (
    SELECT i.n, i.originator_id AS id, i.originator_type AS type, 0 AS level FROM input i WHERE i.propagate
    UNION
    SELECT w.n, s.from_id, s.from_type::text, w.level + 1
    FROM walk w JOIN input i ON i.n = w.n JOIN relations s ON s.to_id = w.id AND s.to_type = w.type
      AND s.type_group = 'COMMON' AND s.tenant_id = $1
    WHERE w.level < ${maxRelationLevel} AND s.from_id <> w.id AND s.from_id <> i.originator_id),
  met AS (
    SELECT n, id, type, min(level) AS level FROM (SELECT * FROM walk LIMIT ${maxSteps}) bounded GROUP BY n, id, type),
  related AS (
    SELECT DISTINCT m.n, x.from_id AS id, x.from_type::text AS type
    FROM met m JOIN input i ON i.n = m.n JOIN relations x ON x.to_id = m.id AND x.to_type = m.type
      AND x.type_group = 'COMMON' AND x.tenant_id = $1
    WHERE m.level < ${maxRelationLevel} AND (cardinality(i.relation_types) = 0 OR x.type = ANY(i.relation_types))),
  old AS MATERIALIZED (
    SELECT o.* FROM input i CROSS JOIN LATERAL (
      SELECT a.id, a.severity, ${keyOf('a')} AS key FROM alarms a
      WHERE a.originator_id = i.originator_id AND a.type = i.type AND NOT a.cleared LIMIT 1 FOR UPDATE) o),
  saved AS (
    INSERT INTO alarms AS a (id, created_time, tenant_id, customer_id, type, originator_id, originator_type, severity,
      start_ts, end_ts, details, propagate, propagate_to_owner, propagate_to_tenant, propagate_relation_types)
    SELECT i.id, $2::bigint, $1::uuid, i.customer_id, i.type, i.originator_id, i.originator_type, i.severity,
      i.start_ts, GREATEST(i.start_ts, i.end_ts), i.details, i.propagate, i.to_owner, i.to_tenant, i.relation_types
    FROM input i LEFT JOIN old ON old.key = i.key ORDER BY i.originator_id, i.type
    ON CONFLICT (originator_id, type) WHERE NOT cleared DO UPDATE SET severity = EXCLUDED.severity,
      end_ts = GREATEST($2::bigint, a.start_ts), details = EXCLUDED.details, propagate = EXCLUDED.propagate,
      propagate_to_owner = EXCLUDED.propagate_to_owner, propagate_to_tenant = EXCLUDED.propagate_to_tenant,
      propagate_relation_types = EXCLUDED.propagate_relation_types
    RETURNING a.*),
  numbered AS (
    SELECT s.*, i.n, s.id = i.id AS is_new
    FROM saved s JOIN input i ON i.key = ${keyOf('s')}),
  known AS (
    INSERT INTO alarm_types (tenant_id, type)
    SELECT DISTINCT tenant_id, type FROM numbered WHERE is_new ORDER BY tenant_id, type ON CONFLICT DO NOTHING),
  targets AS (
    SELECT n, originator_id AS id, originator_type::text AS type FROM numbered
    UNION SELECT n, id, type FROM related
    UNION SELECT n, COALESCE(customer_id, tenant_id), CASE WHEN customer_id IS NULL THEN 'TENANT' ELSE 'CUSTOMER' END
      FROM numbered WHERE propagate_to_owner
    UNION SELECT n, tenant_id, 'TENANT' FROM numbered WHERE propagate_to_tenant),
  shown AS (
    INSERT INTO entity_alarm (tenant_id, entity_type, entity_id, created_time, alarm_type, customer_id, alarm_id)
    SELECT s.tenant_id, t.type, t.id, s.created_time, s.type, s.customer_id, s.id
    FROM numbered s JOIN targets t ON t.n = s.n ON CONFLICT DO NOTHING),
  hidden AS (
    DELETE FROM entity_alarm x USING numbered s
    WHERE x.alarm_id = s.id AND NOT s.is_new AND NOT EXISTS (
      SELECT 1 FROM targets t WHERE t.n = s.n AND t.id = x.entity_id AND t.type = x.entity_type)
    RETURNING s.n, x.entity_id AS id),
  concerned AS (
    SELECT n, array_agg(id) AS entity_ids FROM (SELECT n, id FROM targets UNION SELECT n, id FROM hidden) c GROUP BY n)
  SELECT s.*, old.severity AS previous_severity, c.entity_ids
  FROM numbered s JOIN concerned c ON c.n = s.n LEFT JOIN old ON old.id = s.id`

/**
 * Each alarm is looked up by its id: while the planner has no figures of the table, it would rather read all alarms of the
 * tenant. Rows are locked in the order of their ids by everybody.
 */
const clearStatement = `
  WITH input AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS i (id uuid, clear_ts bigint, replaces boolean, details jsonb) ORDER BY id),
  old AS MATERIALIZED (
    SELECT o.* FROM input i CROSS JOIN LATERAL (
      SELECT a.* FROM alarms a WHERE a.id = i.id AND a.tenant_id = $1 LIMIT 1 FOR UPDATE) o),
  changed AS (
    UPDATE alarms a SET cleared = true, clear_ts = i.clear_ts, details = CASE WHEN i.replaces THEN i.details ELSE a.details END
    FROM old JOIN input i ON i.id = old.id WHERE a.id = old.id AND NOT old.cleared RETURNING a.*),
  now_so AS (
    SELECT *, true AS is_changed FROM changed UNION ALL
    SELECT *, false FROM old WHERE NOT EXISTS (SELECT 1 FROM changed c WHERE c.id = old.id))
  SELECT a.*, ARRAY(SELECT ea.entity_id FROM entity_alarm ea WHERE ea.alarm_id = a.id) AS entity_ids FROM now_so a`
