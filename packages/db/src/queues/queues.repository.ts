import type { Sql } from '../connection/sql.ts'

export type QueuesRepository = {
  /** Whether the tenant may use a queue of this name: its own, or one of the system. */
  exists(tenantId: string, name: string): Promise<boolean>
}

export const createQueuesRepository = (sql: Sql): QueuesRepository => ({
  exists: async (tenantId, name) => {
    const { rowCount } = await sql.query({
      text: 'SELECT FROM queues WHERE name = $1 AND (tenant_id = $2 OR tenant_id IS NULL) LIMIT 1',
      values: [name, tenantId],
    })
    return rowCount === 1
  },
})
