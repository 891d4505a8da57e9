import type { NodeConnection, RuleChainFile } from '@thingwire/contracts'
import type { StoredRuleChain, StoredRuleNode } from './stored-chain.ts'

/** A rule chain file, member by member as ThingsBoard's "Export rule chain" writes it. */
export type RuleChainExport = RuleChainFile & {
  ruleChain: RuleChainFile['ruleChain'] & { firstRuleNodeId: null; configuration: null }
}

/** Everything that belongs to this installation (ids, root, times) stays out; node configurations go out as stored. */
export const exportRuleChain = (stored: StoredRuleChain): RuleChainExport => ({
  ruleChain: {
    additionalInfo: stored.additionalInfo,
    name: stored.name,
    type: stored.type,
    firstRuleNodeId: null,
    root: false,
    debugMode: false,
    configuration: null,
  },
  metadata: {
    version: stored.version,
    firstNodeIndex: stored.firstNodeIndex,
    nodes: stored.nodes.map(exportNode),
    connections: stored.connections.map(({ fromIndex, toIndex, type }) => ({ fromIndex, toIndex, type })).sort(byPlace),
    ruleChainConnections: null,
    ...(stored.notes && stored.notes.length > 0 ? { notes: stored.notes } : {}),
  },
})

const exportNode = (node: StoredRuleNode): RuleChainFile['metadata']['nodes'][number] => ({
  additionalInfo: node.additionalInfo ?? {},
  type: node.type,
  name: node.name,
  debugSettings: node.debugSettings ?? null,
  singletonMode: node.singletonMode,
  queueName: node.queueName ?? null,
  configurationVersion: node.configurationVersion,
  configuration: node.configuration,
})

const byPlace = (a: NodeConnection, b: NodeConnection): number =>
  a.fromIndex - b.fromIndex || a.toIndex - b.toIndex || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0)
