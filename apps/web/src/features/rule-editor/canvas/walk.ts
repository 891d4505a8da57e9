import type { ChainDocument, DocNode } from '../model/document.ts'
import { onCanvas } from '../model/places.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const targetsOf = (document: ChainDocument): ReadonlyMap<string, readonly string[]> => {
  const targets = new Map<string, string[]>()
  for (const { from, to } of Object.values(document.wires)) {
    const known = targets.get(from)
    if (known) known.push(to)
    else targets.set(from, [to])
  }
  return targets
}

const byHeight = (document: ChainDocument) => (a: string, b: string) => {
  const [one, other] = [document.nodes[a], document.nodes[b]]
  return (one?.y ?? 0) - (other?.y ?? 0) || (one?.x ?? 0) - (other?.x ?? 0)
}

/** All nodes as one reads the chain: from the entry along the wires, upper branches first; then what nothing leads to. */
export const readingOrder = (document: ChainDocument): string[] => {
  const targets = targetsOf(document)
  const seen = new Set<string>()
  const upFirst = byHeight(document)
  const visit = (start: string) => {
    const open = [start]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id) || !document.nodes[id]) continue
      seen.add(id)
      open.push(...[...(targets.get(id) ?? [])].sort(upFirst).reverse())
    }
  }
  if (document.entry !== null) visit(document.entry)
  const reached = new Set(Object.values(document.wires).map((wire) => wire.to))
  for (const id of [...document.order].sort(upFirst)) if (!reached.has(id)) visit(id)
  for (const id of document.order) visit(id)
  return [...seen]
}

const steps: Record<Direction, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
}

/** How far a node lies in a direction; what lies aside counts as farther away. Null: it does not lie there. */
const distance = (from: DocNode, to: DocNode, direction: Direction): number | null => {
  const [a, b] = [onCanvas(from), onCanvas(to)]
  const step = steps[direction]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const ahead = dx * step.x + dy * step.y
  const aside = Math.abs(dx * step.y) + Math.abs(dy * step.x)
  return ahead <= 4 || aside > ahead * 3 + 80 ? null : ahead + 2 * aside
}

/** Of some nodes the nearest in a direction. */
const nearest = (from: DocNode, candidates: readonly DocNode[], direction: Direction): string | null => {
  let best: { id: string; far: number } | null = null
  for (const node of candidates) {
    const far = node.id === from.id ? null : distance(from, node, direction)
    if (far !== null && (best === null || far < best.far)) best = { id: node.id, far }
  }
  return best?.id ?? null
}

/**
 * The node to go to from another: right along its wires, left against them, up and down to what stands there. Where no wire
 * leads, the nearest node in that direction.
 */
export const nextIn = (document: ChainDocument, id: string, direction: Direction): string | null => {
  const from = document.nodes[id]
  if (!from) return null
  const wired =
    direction === 'right'
      ? Object.values(document.wires).flatMap((wire) => (wire.from === id ? [wire.to] : []))
      : direction === 'left'
        ? Object.values(document.wires).flatMap((wire) => (wire.to === id ? [wire.from] : []))
        : []
  const level = wired
    .flatMap((one) => document.nodes[one] ?? [])
    .sort((a, b) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y))
  return level[0]?.id ?? nearest(from, Object.values(document.nodes), direction)
}

/** What is drawn as one line; of a collapsed group it stands for several wires. */
export type Line = { id: string; source: string; target: string }
export type Stop = { kind: 'node' | 'wire'; id: string }

/** The lines that leave a node, upper ones first. */
const linesOut = (document: ChainDocument, lines: readonly Line[], id: string): readonly Line[] => {
  const upFirst = byHeight(document)
  return lines.filter(({ source }) => source === id).toSorted((a, b) => upFirst(a.target, b.target))
}

/** Where Tab goes, one after the other: each node as one reads the chain, then the wires that leave it. */
export const stopsOf = (document: ChainDocument, nodes: readonly string[], lines: readonly Line[]): readonly Stop[] => {
  const outs = Map.groupBy(lines, ({ source }) => source)
  return nodes.flatMap((id): Stop[] => [
    { kind: 'node', id },
    ...linesOut(document, outs.get(id) ?? [], id).map((line): Stop => ({ kind: 'wire', id: line.id })),
  ])
}

/** From a wire: right to where it leads, left to where it comes from, up and down to others that leave the same node. */
export const nextFromWire = (
  document: ChainDocument,
  lines: readonly Line[],
  id: string,
  direction: Direction,
): Stop | null => {
  const line = lines.find((one) => one.id === id)
  if (!line) return null
  if (direction === 'right') return { kind: 'node', id: line.target }
  if (direction === 'left') return { kind: 'node', id: line.source }
  const beside = linesOut(document, lines, line.source)
  const next = beside[beside.indexOf(line) + (direction === 'down' ? 1 : -1)]
  return next ? { kind: 'wire', id: next.id } : null
}
