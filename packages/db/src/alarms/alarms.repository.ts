import type { Alarm, AlarmInfo } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { createBindings } from '../entity-queries/bindings.ts'
import { type AlarmBatches, createAlarmBatches } from './alarm-batches.ts'
import { alarmScope, whereAll } from './alarm-conditions.ts'
import {
  type AlarmInfoRow,
  type AlarmRow,
  alarmsWithAssignee,
  infoColumns,
  toAlarm,
  toAlarmInfo,
} from './alarm-rows.ts'
import { type AlarmSearch, createAlarmSearch } from './alarm-search.ts'
import { type AlarmWrites, createAlarmWrites } from './alarm-writes.ts'

export type AlarmsRepository = AlarmSearch &
  AlarmWrites &
  AlarmBatches & {
    find(scope: Scope, alarmId: string): Promise<AlarmInfo | null>
    /** The active one of its kind, as rule nodes look for it. */
    findActive(tenantId: string, originatorId: string, type: string): Promise<Alarm | null>
    /** Alarms that ended longer ago than the profile of their tenant keeps them (`alarmsTtlDays`; 0: for ever). */
    findExpired(nowMs: number, limit: number): Promise<Alarm[]>
  }

const dayMs = 86_400_000

export const createAlarmsRepository = (sql: Sql): AlarmsRepository => ({
  ...createAlarmSearch(sql),
  ...createAlarmWrites(sql),
  ...createAlarmBatches(sql),

  find: async (scope, alarmId) => {
    const { bind, values } = createBindings()
    const conditions = [`a.id = ${bind(alarmId)}::uuid`, ...alarmScope(scope, bind)]
    const { rows } = await sql.query<AlarmInfoRow>({
      text: `SELECT ${infoColumns} FROM ${alarmsWithAssignee('alarms')} ${whereAll(conditions)}`,
      values,
    })
    return rows[0] ? toAlarmInfo(rows[0]) : null
  },

  findActive: async (tenantId, originatorId, type) => {
    const { rows } = await sql.query<AlarmInfoRow>({
      name: 'alarm-active',
      text: `SELECT ${infoColumns} FROM ${alarmsWithAssignee('alarms')}
             WHERE a.originator_id = $1 AND a.type = $2 AND NOT a.cleared AND a.tenant_id = $3`,
      values: [originatorId, type, tenantId],
    })
    return rows[0] ? toAlarmInfo(rows[0]) : null
  },

  findExpired: async (nowMs, limit) => {
    const { rows } = await sql.query<AlarmRow>({
      text: `SELECT a.* FROM tenants t JOIN tenant_profiles p ON p.id = t.tenant_profile_id JOIN alarms a ON a.tenant_id = t.id
             CROSS JOIN LATERAL (SELECT (p.profile_data -> 'configuration' ->> 'alarmsTtlDays')::bigint AS days) kept
             WHERE kept.days > 0 AND a.end_ts < $1::bigint - kept.days * ${dayMs} LIMIT $2`,
      values: [nowMs, limit],
    })
    return rows.map(toAlarm)
  },
})
