import {
  type Alarm,
  type AlarmInfo,
  alarmSeverities,
  alarmStatusOf,
  type EntityId,
  type EntityType,
  entityTypes,
} from '@thingwire/contracts'
import { toWireId } from '../scope.ts'

export type AlarmRow = {
  id: string
  created_time: number
  tenant_id: string
  customer_id: string | null
  type: string
  originator_id: string
  originator_type: string
  severity: string
  acknowledged: boolean
  cleared: boolean
  assignee_id: string | null
  start_ts: number
  end_ts: number
  ack_ts: number
  clear_ts: number
  assign_ts: number
  details: unknown
  propagate: boolean
  propagate_to_owner: boolean
  propagate_to_tenant: boolean
  propagate_relation_types: string[]
}

export type AlarmInfoRow = AlarmRow & {
  originator_name: string | null
  originator_label: string | null
  assignee_first_name: string | null
  assignee_last_name: string | null
  assignee_email: string | null
}

const named: readonly [EntityType, table: string, name: string, label: string][] = [
  ['DEVICE', 'devices', 'o.name', 'o.label'],
  ['ASSET', 'assets', 'o.name', 'o.label'],
  ['ENTITY_VIEW', 'entity_views', 'o.name', 'NULL'],
  ['CUSTOMER', 'customers', 'o.title', 'NULL'],
  ['TENANT', 'tenants', 'o.title', 'NULL'],
  ['USER', 'users', 'o.email', 'NULL'],
  ['DASHBOARD', 'dashboards', 'o.title', 'NULL'],
  ['RULE_CHAIN', 'rule_chains', 'o.name', 'NULL'],
  ['DEVICE_PROFILE', 'device_profiles', 'o.name', 'NULL'],
  ['ASSET_PROFILE', 'asset_profiles', 'o.name', 'NULL'],
]

const originator = (pick: (entry: (typeof named)[number]) => string) =>
  `CASE a.originator_type ${named
    .filter((entry) => pick(entry) !== 'NULL')
    .map(
      (entry) =>
        `WHEN '${entry[0]}' THEN (SELECT ${pick(entry)} FROM ${entry[1]} o WHERE o.id = a.originator_id AND ${entry[0] === 'TENANT' ? 'o.id' : 'o.tenant_id'} = a.tenant_id)`,
    )
    .join(' ')} END`

const originatorName = originator((entry) => entry[2])
const originatorLabel = originator((entry) => entry[3])

/** Alarms called `a`, their assignees called `u`; put a table or a CTE behind it. */
export const alarmsWithAssignee = (from: string) => `${from} a LEFT JOIN users u ON u.id = a.assignee_id`

export const infoColumns = `a.*, ${originatorName} AS originator_name, ${originatorLabel} AS originator_label,
  u.first_name AS assignee_first_name, u.last_name AS assignee_last_name, u.email AS assignee_email`

const status = `(CASE WHEN a.cleared THEN 'CLEARED' ELSE 'ACTIVE' END || CASE WHEN a.acknowledged THEN '_ACK' ELSE '_UNACK' END)`
const displayName = `COALESCE(NULLIF(trim(${originatorLabel}), ''), ${originatorName})`

/** Ours: the order in which people think of severities; that of `severity` is the alphabet's. 1: the highest. */
const severityRank = `array_position(ARRAY[${alarmSeverities.map((one) => `'${one}'`).join()}], a.severity::text)`

/** What alarms can be sorted and searched by, as SQL over `a` and `u` (as ThingsBoard). */
export const alarmFields = {
  createdTime: 'a.created_time',
  ackTs: 'a.ack_ts',
  ackTime: 'a.ack_ts',
  clearTs: 'a.clear_ts',
  clearTime: 'a.clear_ts',
  assignTs: 'a.assign_ts',
  assignTime: 'a.assign_ts',
  startTs: 'a.start_ts',
  startTime: 'a.start_ts',
  endTs: 'a.end_ts',
  endTime: 'a.end_ts',
  details: 'a.details::text',
  acknowledged: 'a.acknowledged',
  cleared: 'a.cleared',
  type: 'a.type',
  severity: 'a.severity',
  severityRank,
  status,
  originatorId: 'a.originator_id',
  originatorType: 'a.originator_type',
  originator: originatorName,
  originatorName,
  originatorLabel,
  originatorDisplayName: displayName,
  assigneeId: 'a.assignee_id',
  assigneeFirstName: 'u.first_name',
  assigneeLastName: 'u.last_name',
  assigneeEmail: 'u.email',
  assignee: 'u.email',
} as const satisfies Record<string, string>

export const searchedFields = ['type', 'severity', 'status', 'originator', 'originatorLabel'] as const

export const alarmField = (key: string): string | null =>
  Object.hasOwn(alarmFields, key) ? alarmFields[key as keyof typeof alarmFields] : null

export const toAlarm = (row: AlarmRow): Alarm => ({
  id: { entityType: 'ALARM', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
  type: row.type,
  name: row.type,
  originator: toEntityId(row.originator_type, row.originator_id),
  severity: alarmSeverities.find((known) => known === row.severity) ?? 'INDETERMINATE',
  acknowledged: row.acknowledged,
  cleared: row.cleared,
  status: alarmStatusOf(row),
  assigneeId: row.assignee_id === null ? null : { entityType: 'USER', id: row.assignee_id },
  startTs: row.start_ts,
  endTs: row.end_ts,
  ackTs: row.ack_ts,
  clearTs: row.clear_ts,
  assignTs: row.assign_ts,
  details: row.details,
  propagate: row.propagate,
  propagateToOwner: row.propagate_to_owner,
  propagateToTenant: row.propagate_to_tenant,
  propagateRelationTypes: row.propagate_relation_types,
})

export const toAlarmInfo = (row: AlarmInfoRow): AlarmInfo => ({
  ...toAlarm(row),
  // The originator may be gone for as long as its alarms are being removed.
  originatorName: row.originator_name ?? 'Deleted',
  originatorLabel: row.originator_label,
  originatorDisplayName: row.originator_label?.trim() ? row.originator_label : (row.originator_name ?? 'Deleted'),
  assignee:
    row.assignee_id === null || row.assignee_email === null
      ? null
      : {
          id: { entityType: 'USER', id: row.assignee_id },
          firstName: row.assignee_first_name,
          lastName: row.assignee_last_name,
          email: row.assignee_email,
        },
})

/** jsonb cannot hold NUL; the replacement character keeps its place. */
export const toJsonb = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1\\ufffd')

const toEntityId = (type: string, id: string): EntityId => {
  const entityType: EntityType | undefined = entityTypes.find((known) => known === type)
  if (!entityType) throw new Error(`The alarm's originator is of no known type: ${type}`)
  return { entityType, id }
}
