import { int8Array, textArray, uuidArray } from './connection/binary-arrays.ts'
import type { Sql } from './connection/sql.ts'
import { listAuditLogs } from './audit/audit-log-list.ts'
import type { AuditEntry, Database } from './database.ts'
import { partitionedTables } from './partitions/calendar.ts'
import type { Partitions } from './partitions/partitions.ts'
import { withoutNul } from './rows.ts'
import { fromWireId } from './scope.ts'
import { uuidV7 } from './uuid.ts'

export const createAuditRepository = (sql: Sql, partitions: Partitions): Database['audit'] => ({
  list: (tenantId, link, filter) => listAuditLogs(sql, tenantId, link, filter),

  append: async (entries) => {
    if (entries.length === 0) return
    const now = Date.now()
    await partitions.ensure(partitionedTables.audit_logs, [now], now)
    const texts = (pick: (entry: AuditEntry) => string) => textArray(entries.map((entry) => withoutNul(pick(entry))))
    await sql.query({
      text: `INSERT INTO audit_logs (id, created_time, tenant_id, customer_id, entity_type, entity_id, entity_name,
               user_id, user_name, action_type, action_data, action_status, action_failure_details)
             SELECT id, created_time, tenant_id, customer_id, entity_type, entity_id, entity_name,
               user_id, user_name, action_type, action_data::json, action_status, failure
             FROM unnest($1::uuid[], $2::int8[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[],
               $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
               AS a (id, created_time, tenant_id, customer_id, entity_type, entity_id, entity_name,
               user_id, user_name, action_type, action_data, action_status, failure)`,
      values: [
        uuidArray(entries.map(() => uuidV7(now))),
        int8Array(entries.map(() => now)),
        uuidArray(entries.map((entry) => entry.tenantId)),
        uuidArray(entries.map((entry) => fromWireId(entry.customerId))),
        texts((entry) => entry.entityId.entityType),
        uuidArray(entries.map((entry) => entry.entityId.id)),
        texts((entry) => entry.entityName),
        uuidArray(entries.map((entry) => entry.userId)),
        texts((entry) => entry.userName),
        texts((entry) => entry.actionType),
        textArray(entries.map((entry) => JSON.stringify(entry.actionData) ?? 'null')),
        texts((entry) => entry.actionStatus),
        texts((entry) => entry.actionFailureDetails),
      ],
    })
  },
})
