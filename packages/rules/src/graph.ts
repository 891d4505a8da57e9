import type { NodeConnection } from '@thingwire/contracts'

export type ChainGraph = {
  nodes: readonly { name: string }[]
  connections: readonly NodeConnection[]
  firstNodeIndex?: number | null | undefined
}

/** Everything that makes a chain's drawing invalid, as sentences for its author; empty when it is sound. */
export const graphProblems = ({ nodes, connections, firstNodeIndex }: ChainGraph): string[] => {
  const problems: string[] = []
  const exists = (index: number) => Number.isInteger(index) && index >= 0 && index < nodes.length
  if (firstNodeIndex !== null && firstNodeIndex !== undefined && !exists(firstNodeIndex)) {
    problems.push(`The first node has index ${firstNodeIndex}, but the chain has ${nodes.length} nodes.`)
  }
  let inRange = true
  for (const { fromIndex, toIndex, type } of connections) {
    if (!exists(fromIndex) || !exists(toIndex)) {
      inRange = false
      problems.push(
        `Connection "${type}" goes from node ${fromIndex} to ${toIndex}, but the chain has ${nodes.length} nodes.`,
      )
    } else if (fromIndex === toIndex) {
      problems.push(`Can't create the relation to yourself: node "${nodes[fromIndex]?.name}", connection "${type}".`)
    }
  }
  if (!inRange) return problems
  const onCycle = topologicalOrder(nodes.length, connections).left
  if (onCycle.length > 0 && problems.length === 0) {
    const names = onCycle.slice(0, 5).map((index) => `"${nodes[index]?.name}"`)
    problems.push(
      `Can't create circling relations in rule chain: the circle runs through or leads to ${names.join(', ')}.`,
    )
  }
  return problems
}

/** Kahn's algorithm; nodes on or behind a cycle are `left`. Ties keep index order, so that the result is stable. */
export const topologicalOrder = (
  nodeCount: number,
  connections: readonly NodeConnection[],
): { order: number[]; left: number[] } => {
  const incoming = new Array<number>(nodeCount).fill(0)
  const outgoing: number[][] = Array.from({ length: nodeCount }, () => [])
  for (const { fromIndex, toIndex } of connections) {
    outgoing[fromIndex]?.push(toIndex)
    incoming[toIndex] = (incoming[toIndex] ?? 0) + 1
  }
  const order: number[] = []
  for (let index = 0; index < nodeCount; index++) if (incoming[index] === 0) order.push(index)
  for (let at = 0; at < order.length; at++) {
    for (const target of outgoing[order[at] ?? 0] ?? []) {
      const remaining = (incoming[target] ?? 0) - 1
      incoming[target] = remaining
      if (remaining === 0) order.push(target)
    }
  }
  const reached = new Set(order)
  const left: number[] = []
  for (let index = 0; index < nodeCount; index++) if (!reached.has(index)) left.push(index)
  return { order, left }
}
