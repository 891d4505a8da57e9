import type { NodeConnection, RuleChainMetadata, RuleNode, ruleChainTypes } from '@thingwire/contracts'

export type StoredRuleNode = Omit<RuleNode, 'id'> & { id: string }

/** A rule chain as the store hands it out: nodes in index order, each with its id. */
export type StoredRuleChain = {
  id: string
  name: string
  type: (typeof ruleChainTypes)[number]
  version: number
  additionalInfo: Record<string, unknown> | null
  firstNodeIndex: number | null
  nodes: readonly StoredRuleNode[]
  connections: readonly NodeConnection[]
  notes?: RuleChainMetadata['notes']
}
