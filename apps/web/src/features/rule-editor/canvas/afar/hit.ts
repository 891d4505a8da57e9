import type { Place } from '../../model/places.ts'
import type { Selection } from '../../store/editor-store.ts'
import type { Drawing } from '../drawer.ts'
import type { FlowNode } from '../flow.ts'
import type { Box } from '../guides.ts'
import { meet } from '../view/nearby.ts'
import { apartFrom, boxOf, byIdOf, roomOf, wayIn } from './shapes.ts'

/** What is pointed at; `node` is a note or a group, too. */
export type Hit = { kind: 'node' | 'wire'; id: string }

/** An open group is taken hold of at its title; what lies in it is pointed at through it. */
const titleHeight = 32

const touchedBox = (node: FlowNode): Box | null => {
  if (node.hidden || node.type === 'entry') return null
  const box = boxOf(node)
  const isOpen = node.type === 'frame' && node.data.note.group?.collapsed !== true
  return isOpen ? { ...box, height: Math.min(box.height, titleHeight) } : box
}

const apartFromBox = ({ x, y }: Place, box: Box): number =>
  Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height))

const noPlaces: ReadonlyMap<string, Place> = new Map()

/** The nearest thing of a drawing that is not farther from a point than `reach`, in units of the canvas; nodes before wires. */
export const hitAt = ({ nodes, edges }: Drawing, at: Place, reach: number): Hit | null => {
  let least = reach
  let hit: Hit | null = null
  for (const node of nodes) {
    const box = touchedBox(node)
    const apart = box ? apartFromBox(at, box) : Infinity
    // What is drawn later lies above what was drawn before.
    if (apart > least) continue
    least = apart
    hit = { kind: 'node', id: node.id }
  }
  if (hit) return hit
  const byId = byIdOf(nodes)
  const around = { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach }
  for (const edge of edges) {
    const way = edge.type === 'wire' ? wayIn(edge, byId, noPlaces) : null
    if (!way || !meet(roomOf(way), around)) continue
    const apart = apartFrom(at, way)
    if (apart > least) continue
    least = apart
    hit = { kind: 'wire', id: edge.id }
  }
  return hit
}

const isWithin = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height

/** What a frame that is drawn around it chooses: what lies in it as a whole, and the wires that lead to and from that. */
export const selectionIn = ({ nodes, edges }: Drawing, area: Box): Selection => {
  const inside = new Set<string>()
  const chosen = { nodes: new Set<string>(), notes: new Set<string>(), wires: new Set<string>() }
  for (const node of nodes) {
    if (node.hidden || node.type === 'entry' || !isWithin(boxOf(node), area)) continue
    inside.add(node.id)
    chosen[node.type === 'rule' ? 'nodes' : 'notes'].add(node.id)
  }
  for (const edge of edges)
    if (edge.type === 'wire' && (inside.has(edge.source) || inside.has(edge.target)))
      for (const id of edge.data?.wire.wires ?? []) chosen.wires.add(id)
  return chosen
}

/** The selection once something has been clicked: that alone, or with `before` that taken to it or away from it. */
export const chosenWith = (drawing: Drawing, hit: Hit, before: Selection | null): Selection => {
  const next = { nodes: new Set(before?.nodes), notes: new Set(before?.notes), wires: new Set(before?.wires) }
  const toggle = (set: Set<string>, ids: readonly string[]) => {
    const isChosen = ids.every((id) => set.has(id))
    for (const id of ids)
      if (isChosen) set.delete(id)
      else set.add(id)
  }
  if (hit.kind === 'node') {
    const node = drawing.nodes.find(({ id }) => id === hit.id)
    toggle(node?.type === 'rule' ? next.nodes : next.notes, [hit.id])
  } else {
    const edge = drawing.edges.find(({ id }) => id === hit.id)
    toggle(next.wires, edge?.type === 'wire' ? (edge.data?.wire.wires ?? []) : [])
  }
  return next
}
