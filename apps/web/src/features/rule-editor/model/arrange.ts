import type { ChainDocument, DocNode, DocNote } from './document.ts'
import { changeNote, all as inOneStep, type Edit, move } from './edits.ts'
import { layersOf } from './layers.ts'
import { inFile, nodeSize, onCanvas, type Place, sizeInFile } from './places.ts'

/** Room that a group leaves around its nodes, px on the canvas. */
const margin = { side: 20, top: 44, bottom: 20 }
const gap = { between: 36, aside: 24 }
const mostGap = 240

type Spot = Place & { id: string }

/** Labels stand on the wires: they need room between the columns. */
const columnGap = (document: ChainDocument, ids: ReadonlySet<string>): number => {
  const lengths = Object.values(document.wires).flatMap(({ from, to, labels }) =>
    ids.has(from) && ids.has(to) ? [labels.join(' / ').length] : [],
  )
  return Math.min(mostGap, Math.max(96, 64 + 6 * Math.max(0, ...lengths)))
}

/** Above that the better layout takes too long; it also follows wires one by one, which a very long line is too deep for. */
const mostNodes = 1_000
/** Up to that the shortest wires are worth waiting for. */
const fewNodes = 150

/** Corners left above, on the canvas; messages run from left to right. */
const layOut = async (document: ChainDocument, nodes: readonly DocNode[]): Promise<readonly Spot[]> => {
  if (nodes.length > mostNodes) return inColumns(document, nodes)
  try {
    return await inRanks(document, nodes)
  } catch (error) {
    if (error instanceof RangeError) return inColumns(document, nodes)
    throw error
  }
}

/** What is laid out as one: a node, or a group with its nodes in it. Places count from its own corner. */
type Block = { width: number; height: number; spots: readonly Spot[] }

/** Columns of blocks, each as wide as its widest, in the middle of each other. */
const columnsOf = (layers: readonly (readonly Block[])[], columnGap: number): Block => {
  const heights = layers.map((layer) => layer.reduce((sum, { height }) => sum + height + gap.between, -gap.between))
  const height = Math.max(0, ...heights)
  let left = 0
  const spots = layers.flatMap((layer, column) => {
    let top = (height - (heights[column] ?? 0)) / 2
    const placed = layer.flatMap((block) => {
      const at = { x: left, y: top }
      top += block.height + gap.between
      return block.spots.map(({ id, x, y }) => ({ id, x: at.x + x, y: at.y + y }))
    })
    left += Math.max(0, ...layer.map(({ width }) => width)) + columnGap
    return placed
  })
  return { width: Math.max(0, left - columnGap), height, spots }
}

const aNode = (id: string): Block => ({ ...nodeSize, spots: [{ id, x: 0, y: 0 }] })

const inColumns = (document: ChainDocument, nodes: readonly DocNode[]): readonly Spot[] => {
  const between = columnGap(document, new Set(nodes.map(({ id }) => id)))
  const blockOf = new Map(
    nodes.map(({ id, group }) => [id, group !== null && document.notes[group]?.group ? group : id]),
  )
  const members = Map.groupBy(nodes, ({ id }) => blockOf.get(id) ?? id)
  const blocks = new Map(
    [...members].map(([block, within]): [string, Block] => {
      const [only] = within
      if (only?.id === block) return [block, aNode(block)]
      const inner = toColumns(
        document,
        within.map(({ id }) => id),
        aNode,
        between,
      )
      return [
        block,
        {
          width: inner.width + 2 * margin.side,
          height: inner.height + margin.top + margin.bottom,
          spots: inner.spots.map(({ id, x, y }) => ({ id, x: x + margin.side, y: y + margin.top })),
        },
      ]
    }),
  )
  // Between groups wires lead from one to the other, whichever of their nodes they join.
  const wires = Object.values(document.wires).flatMap((wire) => {
    const [from, to] = [blockOf.get(wire.from), blockOf.get(wire.to)]
    return from === undefined || to === undefined || from === to ? [] : [{ ...wire, from, to }]
  })
  const outer: ChainDocument = {
    ...document,
    entry: blockOf.get(document.entry ?? '') ?? null,
    wires: Object.fromEntries(wires.map((wire) => [`${wire.from}>${wire.to}`, wire])),
  }
  return toColumns(outer, [...blocks.keys()], (id) => blocks.get(id) ?? [], between).spots
}

const toColumns = (
  document: ChainDocument,
  ids: readonly string[],
  blockOf: (id: string) => Block | readonly Block[],
  between: number,
): Block =>
  columnsOf(
    layersOf(document, ids).map((layer) => layer.flatMap(blockOf)),
    between,
  )

const inRanks = async (document: ChainDocument, nodes: readonly DocNode[]): Promise<Spot[]> => {
  const dagre = await import('@dagrejs/dagre')
  const ids = new Set(nodes.map(({ id }) => id))
  const graph = new dagre.Graph({ compound: true })
  graph.setGraph({
    ...{ rankdir: 'LR', nodesep: gap.between, edgesep: gap.aside, ranksep: columnGap(document, ids) },
    ranker: nodes.length > fewNodes ? 'tight-tree' : 'network-simplex',
  })
  graph.setDefaultEdgeLabel(() => ({}))
  const groups = new Set(nodes.flatMap(({ group }) => (group !== null && document.notes[group] ? [group] : [])))
  for (const group of groups) graph.setNode(group, {})
  for (const { id, group } of nodes) {
    graph.setNode(id, { ...nodeSize })
    if (group !== null && groups.has(group)) graph.setParent(id, group)
  }
  for (const { from, to } of Object.values(document.wires)) if (ids.has(from) && ids.has(to)) graph.setEdge(from, to)
  dagre.layout(graph)
  return nodes.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id)
    return { id, x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }
  })
}

const middleOf = (places: readonly Place[]): Place => {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)]
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
}

/** The frame around nodes at these places of the canvas, as a note of the file has it. */
const frameOf = (places: readonly Place[]): Pick<DocNote, 'x' | 'y' | 'width' | 'height'> => {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs) - margin.side, Math.min(...ys) - margin.top]
  return {
    ...inFile({ x: left, y: top }),
    ...sizeInFile({
      width: Math.max(...xs) + nodeSize.width + margin.side - left,
      height: Math.max(...ys) + nodeSize.height + margin.bottom - top,
    }),
  }
}

/**
 * Lays out all nodes, or some, so that messages run from left to right; the middle of them stays where it was, and groups
 * stay together. What is arranged is what stands there when the answer comes.
 */
export const arrange = async (document: ChainDocument, chosen: ReadonlySet<string> = new Set()): Promise<Edit> => {
  const isWhole = chosen.size < 2
  const nodes = document.order.flatMap((id) => {
    const node = document.nodes[id]
    return node && (isWhole || chosen.has(id)) ? [node] : []
  })
  if (nodes.length === 0) return (same) => same
  const spots = await layOut(document, nodes)
  const [was, is] = [middleOf(nodes.map(onCanvas)), middleOf(spots)]
  const by = { x: was.x - is.x, y: was.y - is.y }
  const placed = new Map(spots.map(({ id, x, y }) => [id, { x: x + by.x, y: y + by.y }]))
  const frames = Object.values(document.notes).flatMap((note): Edit[] => {
    if (!note.group) return []
    const within = Object.values(document.nodes).filter(({ group }) => group === note.id)
    if (!within.some(({ id }) => placed.has(id))) return []
    return [changeNote(note.id, frameOf(within.map((node) => placed.get(node.id) ?? onCanvas(node))))]
  })
  return inOneStep(move(Object.fromEntries([...placed].map(([id, place]) => [id, inFile(place)]))), ...frames)
}
