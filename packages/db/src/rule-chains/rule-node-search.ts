import type { RuleChainSummary, RuleChainUses, RuleNodeMatch } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, isRecord } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { calledBy, summariesOf } from './chain-summaries.ts'
import { inputNode } from './output-labels.ts'

/** Finding nodes over all rule chains of a tenant. */
export type RuleNodeSearch = {
  /** Nodes whose name, description or configuration has the text, in any case: the first hundred by chain. */
  find(scope: Scope, text: string): Promise<RuleNodeMatch[]>
  /** What would miss a chain. */
  uses(scope: Scope, ruleChainId: string): Promise<RuleChainUses>
  /** What lists tell of those of the chains that the tenant has. */
  summaries(scope: Scope, ruleChainIds: readonly string[]): Promise<RuleChainSummary[]>
}

const maxMatches = 100
/** Candidates that are read at a time. Most of them match. */
const batchSize = 200
const excerptLength = 120

type PlaceRow = { ruleChainId: string; ruleChainName: string; ruleNodeId: string; ruleNodeName: string }
type Candidate = PlaceRow & { type: string; description: string | null; configuration: unknown }
type ProfileRow = { id: string; name: string; entityType: 'DEVICE_PROFILE' | 'ASSET_PROFILE' }

const placeColumns = `c.id AS "ruleChainId", c.name AS "ruleChainName", n.id AS "ruleNodeId", n.name AS "ruleNodeName"`

export const createRuleNodeSearch = (sql: Sql): RuleNodeSearch => ({
  find: async (scope, text) => {
    const tenantId = writableTenant(scope)
    const matches: RuleNodeMatch[] = []
    for (let offset = 0; matches.length < maxMatches; offset += batchSize) {
      const rows = await candidates(sql, { tenantId, text, offset })
      for (const row of rows) {
        const match = matchOf(row, text)
        if (match && matches.length < maxMatches) matches.push(match)
      }
      if (rows.length < batchSize) break
    }
    return matches
  },

  uses: async (scope, ruleChainId) => {
    const values = [writableTenant(scope), ruleChainId]
    const chain = await sql.query<{ root: boolean }>({
      text: 'SELECT root FROM rule_chains WHERE tenant_id = $1 AND id = $2',
      values,
    })
    const { rows } = await sql.query<PlaceRow & { configuration: unknown }>({
      text: `SELECT ${placeColumns}, n.configuration FROM rule_nodes n JOIN rule_chains c ON c.id = n.rule_chain_id
             WHERE c.tenant_id = $1 AND n.type = $3 AND n.configuration::text ILIKE $2
             ORDER BY c.name, c.id, n.position`,
      values: [values[0], containing(ruleChainId), inputNode],
    })
    const profiles = await sql.query<ProfileRow>({
      text: `SELECT id, name, 'DEVICE_PROFILE' AS "entityType" FROM device_profiles
               WHERE tenant_id = $1 AND $2 IN (default_rule_chain_id, default_edge_rule_chain_id)
             UNION ALL SELECT id, name, 'ASSET_PROFILE' FROM asset_profiles
               WHERE tenant_id = $1 AND $2 IN (default_rule_chain_id, default_edge_rule_chain_id)
             ORDER BY name, id`,
      values,
    })
    return {
      isRoot: chain.rows[0]?.root ?? false,
      nodes: rows
        .filter(({ configuration }) => calledBy(configuration) === ruleChainId.toLowerCase())
        .map(({ configuration: _configuration, ...place }) => place),
      profiles: profiles.rows.map(({ id, name, entityType }) => ({ id: { entityType, id }, name })),
    }
  },

  summaries: (scope, ruleChainIds) => summariesOf(sql, writableTenant(scope), ruleChainIds),
})

/** The text of a configuration is JSON: what stands in quotes is found as it is written there. */
const candidates = async (
  sql: Sql,
  { tenantId, text, offset }: { tenantId: string; text: string; offset: number },
): Promise<Candidate[]> => {
  const { rows } = await sql.query<Candidate>({
    text: `SELECT ${placeColumns}, n.type, n.additional_info ->> 'description' AS description, n.configuration
           FROM rule_nodes n JOIN rule_chains c ON c.id = n.rule_chain_id
           WHERE c.tenant_id = $1 AND (n.name ILIKE $2 OR n.additional_info ->> 'description' ILIKE $2
             OR n.configuration::text ILIKE $3)
           ORDER BY c.name, c.id, n.position LIMIT $4 OFFSET $5`,
    values: [tenantId, containing(text), containing(JSON.stringify(text).slice(1, -1)), batchSize, offset],
  })
  return rows
}

const matchOf = (row: Candidate, text: string): RuleNodeMatch | null => {
  const { description, configuration, ...place } = row
  const inName = excerptOf(row.ruleNodeName, text)
  if (inName !== null) return { ...place, where: 'name', excerpt: inName }
  const inDescription = description === null ? null : excerptOf(description, text)
  if (inDescription !== null) return { ...place, where: 'description', excerpt: inDescription }
  for (const one of textsOf(configuration)) {
    const found = excerptOf(one, text)
    if (found !== null) return { ...place, where: 'configuration', excerpt: found }
  }
  return null
}

/** What a person wrote into a configuration: values, and names of members below the first level (mappings, headers). */
function* textsOf(value: unknown, isInner = false): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value)
  else if (Array.isArray(value)) for (const one of value) yield* textsOf(one, true)
  else if (isRecord(value))
    for (const [key, one] of Object.entries(value)) {
      if (isInner) yield key
      else if (isUnusedScript(key, value.scriptLang)) continue
      yield* textsOf(one, true)
    }
}

/** Nodes keep a script for each language; the one that does not run is nothing that anybody looks for. */
const isUnusedScript = (key: string, language: unknown): boolean =>
  (language === 'TBEL' && key === 'jsScript') || (language === 'JS' && key === 'tbelScript')

/** The text around the first place where it is found, on one line; null: it is not there. */
const excerptOf = (whole: string, text: string): string | null => {
  const at = whole.toLowerCase().indexOf(text.toLowerCase())
  if (at < 0) return null
  const start = Math.max(0, at - Math.floor((excerptLength - text.length) / 2))
  const part = whole.slice(start, start + Math.max(excerptLength, text.length))
  const line = part.replaceAll(/\s+/g, ' ').trim()
  return `${start > 0 ? '…' : ''}${line}${start + part.length < whole.length ? '…' : ''}`
}
