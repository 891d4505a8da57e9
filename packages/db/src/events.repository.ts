import { int8Array, textArray, uuidArray } from './connection/binary-arrays.ts'
import type { Sql } from './connection/sql.ts'
import type { Database, DebugEvent } from './database.ts'
import { partitionedTables } from './partitions/calendar.ts'
import type { Partitions } from './partitions/partitions.ts'
import { uuidV7 } from './uuid.ts'

const isDebug = (event: DebugEvent) => event.type === 'DEBUG_RULE_NODE' || event.type === 'DEBUG_RULE_CHAIN'

export const createEventsRepository = (sql: Sql, partitions: Partitions): Database['events'] => {
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
        uuidArray(events.map((event) => uuidV7(event.ts))),
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
      await insert('debug_events', events.filter(isDebug))
      await insert(
        'lifecycle_events',
        events.filter((event) => !isDebug(event)),
      )
    },
  }
}
