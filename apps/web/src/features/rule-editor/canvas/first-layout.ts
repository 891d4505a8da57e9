import type { ChainDocument } from '../model/document.ts'
import { nodeSize, type Place } from '../model/places.ts'

const gap = { x: nodeSize.width + 96, y: nodeSize.height + 32 }

/** Depth of each node from the entry, breadth first; nodes that are not reached follow in rows of their own. */
const depths = (document: ChainDocument): ReadonlyMap<string, number> => {
  const targets = new Map<string, string[]>()
  for (const { from, to } of Object.values(document.wires)) {
    const known = targets.get(from)
    if (known) known.push(to)
    else targets.set(from, [to])
  }
  const depth = new Map<string, number>()
  const visit = (start: string) => {
    let level = [start]
    for (let now = 0; level.length > 0; now++) {
      const fresh = level.filter((id) => !depth.has(id))
      for (const id of fresh) depth.set(id, now)
      level = fresh.flatMap((id) => targets.get(id) ?? [])
    }
  }
  if (document.entry !== null) visit(document.entry)
  for (const id of document.order) if (!depth.has(id)) visit(id)
  return depth
}

/**
 * Places on the canvas for a chain that says nothing of them: one that a program made has all its nodes at the same spot.
 * Null: the nodes have places.
 */
export const firstLayout = (document: ChainDocument): ReadonlyMap<string, Place> | null => {
  const spots = new Set(Object.values(document.nodes).map(({ x, y }) => `${x} ${y}`))
  if (document.order.length < 2 || spots.size > 1) return null
  const filled = new Map<number, number>()
  const places = new Map<string, Place>()
  for (const [id, depth] of depths(document)) {
    const row = filled.get(depth) ?? 0
    filled.set(depth, row + 1)
    places.set(id, { x: depth * gap.x, y: row * gap.y })
  }
  return places
}
