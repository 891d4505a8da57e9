import type { alarmSearchStatuses, alarmSeverities, alarmStatuses } from '@thingwire/contracts'
import type { Scope } from '../database.ts'
import type { Bind } from '../entity-queries/bindings.ts'
import { containing, withoutNul } from '../rows.ts'
import { alarmField, searchedFields } from './alarm-rows.ts'

export type AlarmSearchStatus = (typeof alarmSearchStatuses)[number]

/** Which alarms are meant; what is absent does not limit. */
export type AlarmFilter = {
  /** Empty: any. ANY limits nothing. */
  searchStatuses?: readonly AlarmSearchStatus[] | undefined
  severities?: readonly (typeof alarmSeverities)[number][] | undefined
  /** Exact. */
  types?: readonly string[] | undefined
  assigneeId?: string | undefined
  /** Of `createdTime`, epoch ms, both inclusive. */
  startTime?: number | undefined
  endTime?: number | undefined
}

/** A status as the search statuses that amount to it. */
export const searchStatusesOf = (status: (typeof alarmStatuses)[number]): AlarmSearchStatus[] => [
  status.startsWith('ACTIVE') ? 'ACTIVE' : 'CLEARED',
  status.endsWith('UNACK') ? 'UNACK' : 'ACK',
]

/** One dimension of a status: both of a pair mean either. */
const dimension = (column: string, list: readonly string[], yes: string, no: string): string[] => {
  const wants = [list.includes(yes), list.includes(no)]
  return wants[0] === wants[1] ? [] : [wants[0] ? column : `NOT ${column}`]
}

export const alarmConditions = (filter: AlarmFilter, bind: Bind): string[] => {
  const { searchStatuses = [], severities = [], types = [] } = filter
  return [
    ...(searchStatuses.includes('ANY')
      ? []
      : [
          ...dimension('a.cleared', searchStatuses, 'CLEARED', 'ACTIVE'),
          ...dimension('a.acknowledged', searchStatuses, 'ACK', 'UNACK'),
        ]),
    ...(severities.length > 0 ? [`a.severity = ANY(${bind(severities)}::text[])`] : []),
    ...(types.length > 0 ? [`a.type = ANY(${bind(types.map(withoutNul))}::text[])`] : []),
    ...(filter.assigneeId ? [`a.assignee_id = ${bind(filter.assigneeId)}::uuid`] : []),
    ...(filter.startTime ? [`a.created_time >= ${bind(filter.startTime)}::bigint`] : []),
    ...(filter.endTime ? [`a.created_time <= ${bind(filter.endTime)}::bigint`] : []),
  ]
}

/** A customer sees the alarms that were raised for it. */
export const alarmScope = (scope: Scope, bind: Bind): string[] => {
  if (scope.kind === 'system') return []
  const ofTenant = `a.tenant_id = ${bind(scope.tenantId)}::uuid`
  return scope.kind === 'tenant' ? [ofTenant] : [ofTenant, `a.customer_id = ${bind(scope.customerId)}::uuid`]
}

/** @param fields Alarm fields to look into beside those that always are */
export const alarmTextSearch = (text: string | null | undefined, fields: readonly string[], bind: Bind): string[] => {
  if (!text) return []
  const like = `ILIKE ${bind(containing(withoutNul(text)))}::text`
  const columns = new Set([...searchedFields, ...fields].map(alarmField).filter((column) => column !== null))
  return [`(${[...columns].map((column) => `(${column})::text ${like}`).join(' OR ')})`]
}

export const whereAll = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
