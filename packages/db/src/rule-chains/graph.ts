import {
  AppError,
  type DebugSettings,
  type NodeConnection,
  type RuleChainMetadata,
  type RuleNode,
} from '@thingwire/contracts'

/** A chain's nodes and links as they are going to be stored: legacy forms turned into today's. */
export type Graph = {
  nodes: RuleNode[]
  connections: NodeConnection[]
  firstNodeIndex: number | null
}

const chainInputNode = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'

/**
 * Checks the indexes and turns links to other chains (files of ThingsBoard before 3.x) into nodes, as
 * ThingsBoard does.
 * @param chainNames names of the chains that legacy links point at, by id
 */
export const toGraph = (metadata: RuleChainMetadata, chainNames: ReadonlyMap<string, string>): Graph => {
  const legacy = metadata.ruleChainConnections ?? []
  const nodes = [
    ...metadata.nodes,
    ...legacy.map((link): RuleNode => {
      const { description: _description, ruleChainNodeId: _node, ...layout } = link.additionalInfo ?? {}
      return {
        type: chainInputNode,
        name: chainNames.get(link.targetRuleChainId.id) ?? 'Rule Chain Input',
        singletonMode: false,
        configurationVersion: 0,
        configuration: { ruleChainId: link.targetRuleChainId.id },
        additionalInfo: layout,
      }
    }),
  ]
  const connections = [
    ...metadata.connections,
    ...legacy.map(({ fromIndex, type }, n) => ({ fromIndex, toIndex: metadata.nodes.length + n, type })),
  ]
  for (const { fromIndex, toIndex } of connections) {
    if (fromIndex >= nodes.length || toIndex >= nodes.length)
      throw new AppError(
        'RULE_CHAIN_INVALID',
        `A connection points at node ${Math.max(fromIndex, toIndex)}, but the chain has ${nodes.length} nodes`,
      )
    if (fromIndex === toIndex) throw new AppError('RULE_CHAIN_INVALID', "Can't create the relation to yourself.")
  }
  const firstNodeIndex = metadata.firstNodeIndex ?? null
  if (firstNodeIndex !== null && firstNodeIndex >= nodes.length)
    throw new AppError(
      'RULE_CHAIN_INVALID',
      `The first node is ${firstNodeIndex}, but the chain has ${nodes.length} nodes`,
    )
  refuseCycles(nodes.length, connections)
  return { nodes, connections: unique(connections), firstNodeIndex }
}

/** A message that could come round would never be acknowledged. */
const refuseCycles = (size: number, connections: readonly NodeConnection[]) => {
  const waiting = new Array<number>(size).fill(0)
  for (const { toIndex } of connections) waiting[toIndex] = (waiting[toIndex] ?? 0) + 1
  const free = [...waiting.keys()].filter((index) => waiting[index] === 0)
  let seen = 0
  for (let from = free.pop(); from !== undefined; from = free.pop()) {
    seen++
    for (const { fromIndex, toIndex } of connections) {
      if (fromIndex !== from) continue
      const left = (waiting[toIndex] ?? 0) - 1
      waiting[toIndex] = left
      if (left === 0) free.push(toIndex)
    }
  }
  if (seen < size) throw new AppError('RULE_CHAIN_INVALID', "Can't create circling relations in rule chain.")
}

const unique = (connections: readonly NodeConnection[]): NodeConnection[] => [
  ...new Map(connections.map((link) => [`${link.fromIndex}/${link.toIndex}/${link.type}`, link])).values(),
]

/** Longest time that full debugging stays on after a save, unless the tenant's profile says another (as ThingsBoard). */
const defaultMaxDebugMs = 15 * 60_000

/** `allEnabled` only switches the time on; a time beyond the limit is cut. */
export const toStoredDebug = (
  node: Pick<RuleNode, 'debugMode' | 'debugSettings'>,
  nowMs: number,
  maxDebugMs = defaultMaxDebugMs,
): DebugSettings | null => {
  const asked = node.debugMode
    ? { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 }
    : (node.debugSettings ?? null)
  if (!asked) return null
  const limit = nowMs + maxDebugMs
  return {
    failuresEnabled: asked.failuresEnabled,
    allEnabled: false,
    allEnabledUntil: asked.allEnabled ? limit : Math.min(asked.allEnabledUntil, limit),
  }
}
