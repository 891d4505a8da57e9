import type { RuleChainMetadata } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'

const targetOf = (configuration: unknown): string | null => {
  const id: unknown = Object(configuration).ruleChainId
  return typeof id === 'string' ? id.toLowerCase() : null
}

/** Nodes that were made of links to other chains are called as those chains are, as far as they are here. */
export const withLinkNames = async (
  chains: Pick<Database['ruleChains'], 'findMany'>,
  scope: Scope,
  metadata: RuleChainMetadata,
  links: readonly number[],
): Promise<RuleChainMetadata> => {
  if (links.length === 0) return metadata
  const made = new Set(links)
  const targets = metadata.nodes.map(({ configuration }, index) => (made.has(index) ? targetOf(configuration) : null))
  const found = await chains.findMany(scope, [...new Set(targets.filter((id) => id !== null))])
  const names = new Map(found.map(({ id, name }) => [id.id, name]))
  return {
    ...metadata,
    nodes: metadata.nodes.map((node, index) => ({ ...node, name: names.get(targets[index] ?? '') ?? node.name })),
  }
}
