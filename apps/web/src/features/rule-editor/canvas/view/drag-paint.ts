import type { Place } from '../../model/places.ts'
import type { Drawing } from '../drawer.ts'
import { endsOf, type FlowNode } from '../flow.ts'
import type { FlowStore } from '../flow-store.ts'
import { labelsPlace, wirePath } from '../wire-path.ts'

type Taken = {
  drawing: Drawing
  nodes: readonly FlowNode[]
  wires: readonly { id: string; from: FlowNode; to: FlowNode }[]
}

/** What goes with nodes that are dragged: themselves, and the wires at their ends. */
const takenOf = (drawing: Drawing, ids: ReadonlySet<string>): Taken => {
  const byId = new Map(drawing.nodes.map((node) => [node.id, node]))
  const wires = drawing.edges.flatMap(({ id, source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)]
    return from && to && (ids.has(source) || ids.has(target)) ? [{ id, from, to }] : []
  })
  return { drawing, nodes: [...ids].flatMap((id) => byId.get(id) ?? []), wires }
}

/**
 * Draws what is dragged, and its wires, straight on the screen: everything else stands still, so nothing of it is asked.
 * When the drag is over, the drawing is what it was told to be, and has the last word.
 */
export const startDragPaint = (flow: FlowStore, box: { current: HTMLElement | null }): (() => void) => {
  const touched = new Set<string>()
  /** Of this drag; found once, since to look for them costs more than to move them. */
  let taken: Taken | null = null
  const parts = new Map<string, HTMLElement>()
  const find = (selector: string, id: string): HTMLElement | null => {
    const key = `${selector}="${CSS.escape(id)}"]`
    const known = parts.get(key)
    if (known?.isConnected) return known
    const found = box.current?.querySelector<HTMLElement>(key) ?? null
    if (found) parts.set(key, found)
    return found
  }

  const paint = (ids: ReadonlySet<string>, places: ReadonlyMap<string, Place>) => {
    const drawing = flow.whole()
    if (taken?.drawing !== drawing || taken.nodes.length !== ids.size) taken = takenOf(drawing, ids)
    const at = (node: FlowNode): Place => places.get(node.id) ?? node.position
    for (const node of taken.nodes) {
      const drawn = find('.react-flow__node[data-id', node.id)
      if (!drawn) continue
      const { x, y } = at(node)
      drawn.style.left = `${x}px`
      drawn.style.top = `${y}px`
      touched.add(node.id)
    }
    for (const { id, from, to } of taken.wires) {
      const ends = endsOf(from, to, { from: at(from), to: at(to) })
      const drawn = ends && find('.react-flow__edge[data-id', id)
      if (!drawn) continue
      const { path, x, y } = wirePath(ends)
      for (const line of drawn.querySelectorAll('path')) line.setAttribute('d', path)
      const labels = find('.wire-labels[data-wire', id)
      if (labels) Object.assign(labels.style, labelsPlace(x, y))
    }
  }

  return flow.onDrag(() => {
    const places = flow.dragged()
    if (places.size > 0) {
      paint(new Set(places.keys()), places)
      return
    }
    paint(touched, places)
    touched.clear()
    taken = null
    parts.clear()
  })
}
