import type { NodeConnection, RuleChainFile, RuleNode } from '@thingwire/contracts'

export const ruleChainInputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'

type Drawing = RuleChainFile['metadata']

/** The drawing without links, the nodes that were made of them, by index, and what is wrong with links. */
type LinkedDrawing = { drawing: Drawing; made: readonly number[]; problems: string[] }

/**
 * Files of early versions link chains beside the nodes. Each box that such links were drawn to becomes a node, which
 * carries no name of its own yet.
 */
export const linksAsNodes = (drawing: Drawing): LinkedDrawing => {
  const { ruleChainConnections, ...rest } = drawing
  const nodes = [...drawing.nodes]
  const connections: NodeConnection[] = [...drawing.connections]
  const problems: string[] = []
  const boxes = new Map<string, number>()
  for (const link of ruleChainConnections ?? []) {
    if (link.fromIndex >= drawing.nodes.length) {
      problems.push(
        `Rule chain link "${link.type}" starts at node ${link.fromIndex}, but the chain has ${drawing.nodes.length} nodes.`,
      )
      continue
    }
    const { layoutX, layoutY, ruleChainNodeId } = link.additionalInfo ?? {}
    const box = JSON.stringify([link.targetRuleChainId.id, layoutX, layoutY, ruleChainNodeId])
    const toIndex = boxes.get(box) ?? nodes.length
    connections.push({ fromIndex: link.fromIndex, toIndex, type: link.type })
    if (toIndex < nodes.length) continue
    boxes.set(box, toIndex)
    nodes.push(inputNode(link.targetRuleChainId.id, layoutX, layoutY))
  }
  return { drawing: { ...rest, nodes, connections, ruleChainConnections: null }, made: [...boxes.values()], problems }
}

const inputNode = (ruleChainId: string, layoutX: number | undefined, layoutY: number | undefined): RuleNode => ({
  type: ruleChainInputClass,
  name: 'Rule Chain Input',
  singletonMode: false,
  configurationVersion: 0,
  configuration: { ruleChainId },
  additionalInfo: {
    ...(layoutX === undefined ? {} : { layoutX }),
    ...(layoutY === undefined ? {} : { layoutY }),
  },
})
