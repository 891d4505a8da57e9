import {
  type ActionType,
  actionTypes,
  type AuditLog,
  type EntityId,
  entityTypes,
  nullUuid,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import type { Query, Sql } from '../connection/sql.ts'
import { containing, sortColumn, sortDirection, withoutNul } from '../rows.ts'
import { toWireId } from '../scope.ts'

export type AuditLogFilter = {
  /** Both inclusive, epoch ms; absent: no bound. */
  startTime?: number
  endTime?: number
  actionTypes?: readonly ActionType[]
  entityId?: EntityId
  userId?: string
  customerId?: string
}

const sortColumns = {
  id: 'created_time',
  createdTime: 'created_time',
  entityType: 'entity_type',
  entityName: 'entity_name',
  userName: 'user_name',
  actionType: 'action_type',
  actionStatus: 'action_status',
} as const

type AuditRow = {
  id: string
  created_time: number
  tenant_id: string
  customer_id: string | null
  entity_type: string
  entity_id: string
  entity_name: string
  user_id: string
  user_name: string
  action_type: string
  action_data: unknown
  action_status: string
  action_failure_details: string
}

/** Conditions and their values; the tenant and the time come first, as in the key that the partitions are read by. */
const conditionsOf = (tenantId: string | null, link: PageLink, filter: AuditLogFilter) => {
  const values: unknown[] = [tenantId ?? nullUuid, filter.startTime ?? 0, filter.endTime ?? Number.MAX_SAFE_INTEGER]
  const conditions = ['tenant_id = $1', 'created_time >= $2', 'created_time <= $3']
  const where = (condition: (n: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (filter.entityId) {
    where((n) => `entity_id = ${n}`, filter.entityId.id)
    where((n) => `entity_type = ${n}`, filter.entityId.entityType)
  }
  if (filter.userId) where((n) => `user_id = ${n}`, filter.userId)
  if (filter.customerId) where((n) => `customer_id = ${n}`, filter.customerId)
  if (filter.actionTypes) where((n) => `action_type = ANY(${n})`, filter.actionTypes)
  if (link.textSearch)
    where(
      (n) =>
        `(entity_type ILIKE ${n} OR entity_name ILIKE ${n} OR user_name ILIKE ${n} OR action_type ILIKE ${n} OR action_status ILIKE ${n})`,
      containing(withoutNul(link.textSearch)),
    )
  return { text: conditions.join(' AND '), values }
}

/** The two statements of one page; apart, so that a test can ask the planner about them. */
export const auditLogQueries = (
  tenantId: string | null,
  link: PageLink,
  filter: AuditLogFilter,
): { page: Query; count: Query } => {
  const { text, values } = conditionsOf(tenantId, link, filter)
  const direction = sortDirection(link)
  const column = sortColumn(link, sortColumns, 'created_time')
  const order = column === 'created_time' ? `created_time ${direction}, id ${direction}` : `${column} ${direction}, id`
  return {
    page: {
      text: `SELECT id, created_time, tenant_id, customer_id, entity_type, entity_id, entity_name, user_id, user_name,
               action_type, action_data, action_status, action_failure_details
             FROM audit_logs WHERE ${text} ORDER BY ${order}
             LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      values: [...values, link.pageSize, link.page * link.pageSize],
    },
    count: { text: `SELECT count(*) AS total FROM audit_logs WHERE ${text}`, values },
  }
}

/** @param tenantId Whose log; null: that of the system. */
export const listAuditLogs = async (
  sql: Sql,
  tenantId: string | null,
  link: PageLink,
  filter: AuditLogFilter,
): Promise<PageData<AuditLog>> => {
  const { page, count } = auditLogQueries(tenantId, link, filter)
  const [{ rows }, counted] = await Promise.all([sql.query<AuditRow>(page), sql.query<{ total: number }>(count)])
  return toPageData(rows.map(toAuditLog), counted.rows[0]?.total ?? 0, link)
}

const known = <T extends string>(names: readonly T[], text: string): T => {
  const found = names.find((name) => name === text)
  if (!found) throw new Error(`The audit log has an entry with the unknown name ${text}`)
  return found
}

const toAuditLog = (row: AuditRow): AuditLog => ({
  id: { id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
  entityId: { entityType: known(entityTypes, row.entity_type), id: row.entity_id },
  entityName: row.entity_name,
  userId: { entityType: 'USER', id: row.user_id },
  userName: row.user_name,
  actionType: known(actionTypes, row.action_type),
  actionData: row.action_data,
  actionStatus: row.action_status === 'SUCCESS' ? 'SUCCESS' : 'FAILURE',
  actionFailureDetails: row.action_failure_details,
})
