import { type AlarmSeverity, type ApiUsageState, apiUsageStateSchema } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { uuidV7 } from '../uuid.ts'

export type ApiUsageRepository = {
  /** The API usage state of a tenant; made when an older release created the tenant. Null: no such tenant. */
  find(tenantId: string): Promise<ApiUsageState | null>
  /** What a tenant used from a moment on: messages that its devices and users sent, alarms that came up. */
  since(tenantId: string, fromMs: number): Promise<{ transportMessages: number; alarms: number }>
  alarmsSince(tenantId: string, fromMs: number): Promise<number>
  /** Figures of all tenants that sent something since that moment, or have active alarms. */
  figures(fromMs: number): Promise<TenantFigures[]>
}

export type TenantFigures = {
  tenantId: string
  /** Of its API usage state. */
  stateId: string
  messages: number
  createdAlarms: number
  activeAlarms: Partial<Record<AlarmSeverity, number>>
}

type Row = Record<string, unknown> & { entity_id: string; entity_type: string; tenant_id: string; id: string }

const select = {
  name: 'api-usage-state',
  text: `SELECT id, created_time, tenant_id, entity_id, entity_type, transport_state, db_storage_state, re_exec_state,
           js_exec_state, tbel_exec_state, email_exec_state, sms_exec_state, alarm_exec_state, version
         FROM api_usage_states WHERE entity_id = $1 AND tenant_id = $1`,
}

export const createApiUsageRepository = (sql: Sql): ApiUsageRepository => ({
  find: async (tenantId) => {
    const known = await sql.query<Row>({ ...select, values: [tenantId] })
    if (known.rows[0]) return toState(known.rows[0])
    await sql.query({
      text: `INSERT INTO api_usage_states (id, created_time, tenant_id, entity_id, entity_type)
             SELECT $2, $3, id, id, 'TENANT' FROM tenants WHERE id = $1 ON CONFLICT (entity_id) DO NOTHING`,
      values: [tenantId, uuidV7(), Date.now()],
    })
    const made = await sql.query<Row>({ ...select, values: [tenantId] })
    return made.rows[0] ? toState(made.rows[0]) : null
  },

  since: async (tenantId, fromMs) => {
    const { rows } = await sql.query<{ messages: number; alarms: number }>({
      name: 'api-usage-since',
      text: `SELECT
               (SELECT COALESCE(sum(accepted), 0)::bigint FROM ledger WHERE tenant_id = $1 AND minute >= $2) AS messages,
               (SELECT count(*) FROM alarms WHERE tenant_id = $1 AND created_time >= $2) AS alarms`,
      values: [tenantId, fromMs],
    })
    return { transportMessages: rows[0]?.messages ?? 0, alarms: rows[0]?.alarms ?? 0 }
  },

  alarmsSince: async (tenantId, fromMs) => {
    const { rows } = await sql.query<{ alarms: number }>({
      name: 'alarms-since',
      text: 'SELECT count(*) AS alarms FROM alarms WHERE tenant_id = $1 AND created_time >= $2',
      values: [tenantId, fromMs],
    })
    return rows[0]?.alarms ?? 0
  },

  figures: async (fromMs) => {
    const { rows } = await sql.query<FiguresRow>({
      name: 'api-usage-figures',
      // New alarms are counted tenant by tenant, since that is how their index is ordered.
      text: `WITH sent AS (SELECT tenant_id, sum(accepted)::bigint AS messages FROM ledger WHERE minute >= $1 GROUP BY 1),
               active AS (
                 SELECT tenant_id, jsonb_object_agg(severity, alarms) AS by_severity
                 FROM (SELECT tenant_id, severity, count(*) AS alarms FROM alarms WHERE NOT cleared GROUP BY 1, 2) a
                 GROUP BY 1
               )
             SELECT s.tenant_id, s.id AS state_id, COALESCE(messages, 0) AS messages, by_severity,
               (SELECT count(*) FROM alarms a WHERE a.tenant_id = s.tenant_id AND a.created_time >= $1) AS created
             FROM (SELECT * FROM sent FULL JOIN active USING (tenant_id)) sent_or_active
             JOIN api_usage_states s ON s.tenant_id = sent_or_active.tenant_id AND s.entity_id = s.tenant_id`,
      values: [fromMs],
    })
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      stateId: row.state_id,
      messages: row.messages,
      createdAlarms: row.created,
      activeAlarms: row.by_severity ?? {},
    }))
  },
})

type FiguresRow = Record<string, unknown> & {
  tenant_id: string
  state_id: string
  messages: number
  created: number
  by_severity: Partial<Record<AlarmSeverity, number>> | null
}

const toState = (row: Row): ApiUsageState =>
  apiUsageStateSchema.parse({
    id: { entityType: 'API_USAGE_STATE', id: row.id },
    createdTime: row.created_time,
    tenantId: { entityType: 'TENANT', id: row.tenant_id },
    entityId: { entityType: row.entity_type, id: row.entity_id },
    transportState: row.transport_state,
    dbStorageState: row.db_storage_state,
    reExecState: row.re_exec_state,
    jsExecState: row.js_exec_state,
    tbelExecState: row.tbel_exec_state,
    emailExecState: row.email_exec_state,
    smsExecState: row.sms_exec_state,
    alarmExecState: row.alarm_exec_state,
    version: row.version,
  })
