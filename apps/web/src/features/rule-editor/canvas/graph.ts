import type { RuleChainMetadata } from '@thingwire/contracts'
import type { NodeCategory, NodeManifest } from '@thingwire/rules'

/** One box of the canvas. `index` is its place in the metadata, which connections refer to. */
export type ChainNode = {
  id: string
  index: number
  name: string
  typeName: string
  className: string
  category: NodeCategory | 'unknown'
  icon: string
  description: string
  isEntry: boolean
  /** Why messages that reach it fail, or null. */
  trouble: { kind: 'unknown' } | { kind: 'needs'; part: string } | null
  isDebugged: boolean
  configuration: unknown
  position: { x: number; y: number }
}

/** One arrow; all labels between the same two nodes share it. */
export type ChainEdge = { id: string; source: string; target: string; labels: string[] }
export type ChainGraph = { nodes: ChainNode[]; edges: ChainEdge[] }

export const nodeSize = { width: 216, height: 56 }
/** Files place boxes of 170 × 50; ours are wider, so the distances grow with them. */
const scale = { x: 1.32, y: 1.28 }
const autoGap = { x: nodeSize.width + 96, y: nodeSize.height + 32 }

export type FindManifest = (className: string) => NodeManifest | undefined

const shortName = (className: string) => className.split('.').at(-1) ?? className

/** Depth of each node from the entry, breadth first; nodes that are not reached follow in columns of their own. */
const depths = (metadata: RuleChainMetadata): number[] => {
  const depth = metadata.nodes.map(() => -1)
  const visit = (start: number, at: number) => {
    let level = [start]
    for (let now = at; level.length > 0; now++) {
      const next: number[] = []
      for (const index of level) {
        if (depth[index] !== -1) continue
        depth[index] = now
        for (const c of metadata.connections) if (c.fromIndex === index) next.push(c.toIndex)
      }
      level = next
    }
  }
  if (metadata.firstNodeIndex !== null && metadata.firstNodeIndex !== undefined) visit(metadata.firstNodeIndex, 0)
  for (const index of depth.keys()) if (depth[index] === -1) visit(index, 0)
  return depth
}

/** Places from the file; a file without places is laid out by distance from the entry. */
const positions = (metadata: RuleChainMetadata): { x: number; y: number }[] => {
  const places = metadata.nodes.map((node) => [node.additionalInfo?.layoutX, node.additionalInfo?.layoutY] as const)
  const distinct = new Set(places.map(([x, y]) => `${x} ${y}`))
  const isPlaced = places.every(([x, y]) => x !== undefined && y !== undefined) && distinct.size === places.length
  if (isPlaced) return places.map(([x = 0, y = 0]) => ({ x: x * scale.x, y: y * scale.y }))
  const filled = new Map<number, number>()
  return depths(metadata).map((depth) => {
    const row = filled.get(depth) ?? 0
    filled.set(depth, row + 1)
    return { x: depth * autoGap.x, y: row * autoGap.y }
  })
}

/** The canvas of a stored chain. */
export const toGraph = (metadata: RuleChainMetadata, findManifest: FindManifest): ChainGraph => {
  const placed = positions(metadata)
  const idOf = (index: number) => metadata.nodes[index]?.id?.id ?? `new-${index}`
  const nodes = metadata.nodes.map((node, index): ChainNode => {
    const manifest = findManifest(node.type)
    const debug = node.debugSettings
    return {
      id: idOf(index),
      index,
      name: node.name,
      className: node.type,
      typeName: manifest?.name ?? shortName(node.type),
      category: manifest?.category ?? 'unknown',
      icon: manifest?.icon ?? 'unknown',
      description: manifest?.description ?? '',
      isEntry: metadata.firstNodeIndex === index,
      trouble: manifest ? (manifest.needs ? { kind: 'needs', part: manifest.needs } : null) : { kind: 'unknown' },
      isDebugged: debug?.allEnabled === true || debug?.failuresEnabled === true,
      configuration: node.configuration,
      position: placed[index] ?? { x: 0, y: 0 },
    }
  })
  const edges = new Map<string, ChainEdge>()
  for (const { fromIndex, toIndex, type } of metadata.connections) {
    if (!metadata.nodes[fromIndex] || !metadata.nodes[toIndex]) continue
    const id = `${idOf(fromIndex)}>${idOf(toIndex)}`
    const edge = edges.get(id) ?? { id, source: idOf(fromIndex), target: idOf(toIndex), labels: [] }
    edge.labels.push(type)
    edges.set(id, edge)
  }
  return { nodes, edges: [...edges.values()] }
}
