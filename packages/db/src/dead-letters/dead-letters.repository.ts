import {
  type DeadLetterCount,
  type DeadLetterDetails,
  type DeadLetterFilter,
  type DeadLetterInfo,
  type DeadLetterSelection,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { sortColumn, sortDirection } from '../rows.ts'
import { conditionsOf, ownerOf } from './conditions.ts'
import { createReplays, type DeadLetterReplays } from './replays.ts'

/** Messages that no rule chain could finish: of a tenant, or (system scope) those of which not even a tenant is known. */
export type DeadLettersRepository = DeadLetterReplays & {
  /** Newest first unless another order is asked for. */
  list(scope: Scope, link: PageLink, filter?: DeadLetterFilter): Promise<PageData<DeadLetterInfo>>
  find(scope: Scope, id: string): Promise<DeadLetterDetails | null>
  /** By queue, node and error, the most frequent first; at most `limit`. */
  counts(scope: Scope, filter: DeadLetterFilter, limit: number): Promise<DeadLetterCount[]>
  /** Deletes at most `limit` of those selected; answers how many. */
  delete(scope: Scope, selection: DeadLetterSelection, limit: number): Promise<number>
}

const sorts = {
  id: 'id',
  createdTime: 'created_time',
  error: 'error',
  queueName: 'queue_name',
} as const

const columns = `id, tenant_id AS "tenantId", created_time AS "createdTime", queue_name AS "queueName",
  rule_chain_id AS "ruleChainId", rule_node_id AS "ruleNodeId", error, originator_type AS "originatorType",
  originator_id AS "originatorId", message_type AS "messageType"`

export const createDeadLettersRepository = (sql: Sql): DeadLettersRepository => ({
  ...createReplays(sql),

  list: async (scope, link, filter = {}) => {
    const owner = ownerOf(scope)
    const column = sortColumn(link, sorts, 'created_time')
    if (owner === null) return toPageData([], 0, link)
    const { where, values } = conditionsOf(owner, {
      filter: { ...filter, ...(link.textSearch && { textSearch: link.textSearch }) },
    })
    const order = link.sortProperty ? sortDirection(link) : 'desc'
    const [found, counted] = await Promise.all([
      sql.query<DeadLetterInfo>({
        text: `SELECT ${columns} FROM dead_letters WHERE ${where} ORDER BY ${column} ${order}, id ${order}
               LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
        values: [...values, link.pageSize, link.page * link.pageSize],
      }),
      sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM dead_letters WHERE ${where}`, values }),
    ])
    return toPageData(found.rows, counted.rows[0]?.total ?? 0, link)
  },

  find: async (scope, id) => {
    const owner = ownerOf(scope)
    if (owner === null) return null
    const { where, values } = conditionsOf(owner, { ids: [id] })
    const text = `SELECT ${columns}, message FROM dead_letters WHERE ${where}`
    const { rows } = await sql.query<DeadLetterDetails>({ text, values })
    return rows[0] ?? null
  },

  counts: async (scope, filter, limit) => {
    const owner = ownerOf(scope)
    if (owner === null) return []
    const { where, values } = conditionsOf(owner, { filter })
    const { rows } = await sql.query<DeadLetterCount>({
      text: `SELECT queue_name AS "queueName", rule_chain_id AS "ruleChainId", rule_node_id AS "ruleNodeId", error,
                    count(*) AS count, min(created_time) AS "firstTime", max(created_time) AS "lastTime"
             FROM dead_letters WHERE ${where} GROUP BY 1, 2, 3, 4 ORDER BY count DESC, "lastTime" DESC
             LIMIT $${values.length + 1}`,
      values: [...values, limit],
    })
    return rows
  },

  delete: async (scope, selection, limit) => {
    const owner = ownerOf(scope)
    if (owner === null) return 0
    const { where, values } = conditionsOf(owner, selection)
    const { rowCount } = await sql.query({
      text: `DELETE FROM dead_letters WHERE (tenant_id, created_time, id) IN (
               SELECT tenant_id, created_time, id FROM dead_letters WHERE ${where} LIMIT $${values.length + 1})`,
      values: [...values, limit],
    })
    return rowCount ?? 0
  },
})
