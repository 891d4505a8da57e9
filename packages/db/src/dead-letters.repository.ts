import { toPageData } from '@thingwire/contracts'
import type { Sql } from './connection/sql.ts'
import type { Database, DeadLetter } from './database.ts'
import { containing, sortColumn } from './rows.ts'

const sortColumns = { createdTime: 'created_time', error: 'error', queueName: 'queue_name' } as const

export const createDeadLettersRepository = (sql: Sql): Database['deadLetters'] => ({
  list: async (scope, link) => {
    // A letter holds the message of any device of the tenant.
    if (scope.kind === 'customer') return toPageData([], 0, link)
    const filter = `WHERE ($1::uuid IS NULL OR tenant_id = $1) AND ($2::text IS NULL OR error ILIKE $2)`
    const values = [
      scope.kind === 'tenant' ? scope.tenantId : null,
      link.textSearch ? containing(link.textSearch) : null,
    ]
    const column = sortColumn(link, sortColumns, 'created_time')
    const [found, counted] = await Promise.all([
      sql.query<DeadLetter>({
        text: `SELECT id, tenant_id AS "tenantId", created_time AS "createdTime", queue_name AS "queueName",
                      rule_chain_id AS "ruleChainId", rule_node_id AS "ruleNodeId", error, message
               FROM dead_letters ${filter}
               ORDER BY ${column} ${link.sortOrder === 'ASC' ? 'ASC' : 'DESC'}, id LIMIT $3 OFFSET $4`,
        values: [...values, link.pageSize, link.page * link.pageSize],
      }),
      sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM dead_letters ${filter}`, values }),
    ])
    return toPageData(found.rows, counted.rows[0]?.total ?? 0, link)
  },
})
