import type { RuleChainSummary } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { isRecord } from '../rows.ts'
import { inputNode } from './output-labels.ts'

type SummaryRow = {
  id: string
  nodes: number
  profiles: number
  publishedTime: number | null
  publisherId: string | null
  publisherName: string | null
  draftTime: number | null
  editorId: string | null
  editorName: string | null
}

const nameOf = (user: string) =>
  `coalesce(nullif(trim(concat_ws(' ', ${user}.first_name, ${user}.last_name)), ''), ${user}.email)`

/** What lists tell of chains of a tenant: all of them by two queries, however many are asked for. */
export const summariesOf = async (
  sql: Sql,
  tenantId: string,
  ruleChainIds: readonly string[],
): Promise<RuleChainSummary[]> => {
  const [{ rows }, calls] = await Promise.all([
    sql.query<SummaryRow>({
      text: `SELECT c.id, (SELECT count(*)::int FROM rule_nodes n WHERE n.rule_chain_id = c.id) AS nodes,
               (SELECT count(*)::int FROM device_profiles p WHERE p.tenant_id = c.tenant_id
                  AND c.id IN (p.default_rule_chain_id, p.default_edge_rule_chain_id))
               + (SELECT count(*)::int FROM asset_profiles p WHERE p.tenant_id = c.tenant_id
                  AND c.id IN (p.default_rule_chain_id, p.default_edge_rule_chain_id)) AS profiles,
               v.created_time AS "publishedTime", pu.id AS "publisherId", ${nameOf('pu')} AS "publisherName",
               d.updated_time AS "draftTime", du.id AS "editorId", ${nameOf('du')} AS "editorName"
             FROM rule_chains c
               LEFT JOIN LATERAL (SELECT created_time, user_id FROM rule_chain_versions
                 WHERE rule_chain_id = c.id ORDER BY version DESC LIMIT 1) v ON true
               LEFT JOIN users pu ON pu.id = v.user_id
               LEFT JOIN rule_chain_drafts d ON d.rule_chain_id = c.id AND d.document IS NOT NULL
               LEFT JOIN users du ON du.id = d.user_id
             WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[])`,
      values: [tenantId, [...ruleChainIds]],
    }),
    callsOf(sql, tenantId),
  ])
  return rows.map((row) => ({
    ruleChainId: row.id,
    nodes: row.nodes,
    uses: row.profiles + (calls.get(row.id) ?? 0),
    published: stateOf(row.publishedTime, row.publisherId, row.publisherName),
    draft: stateOf(row.draftTime, row.editorId, row.editorName),
  }))
}

const stateOf = (time: number | null, id: string | null, name: string | null): RuleChainSummary['draft'] =>
  time === null ? null : { time, user: id === null ? null : { id, name: name ?? '' } }

/** How many nodes call each chain. */
const callsOf = async (sql: Sql, tenantId: string): Promise<Map<string, number>> => {
  const { rows } = await sql.query<{ configuration: unknown }>({
    text: `SELECT n.configuration FROM rule_nodes n JOIN rule_chains c ON c.id = n.rule_chain_id
           WHERE c.tenant_id = $1 AND n.type = $2`,
    values: [tenantId, inputNode],
  })
  const calls = new Map<string, number>()
  for (const { configuration } of rows) {
    const called = calledBy(configuration)
    if (called !== null) calls.set(called, (calls.get(called) ?? 0) + 1)
  }
  return calls
}

/** The chain that a node with this configuration calls. */
export const calledBy = (configuration: unknown): string | null =>
  isRecord(configuration) && typeof configuration.ruleChainId === 'string'
    ? configuration.ruleChainId.toLowerCase()
    : null
