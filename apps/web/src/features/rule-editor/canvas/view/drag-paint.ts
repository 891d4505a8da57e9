import type { Place } from '../../model/places.ts'
import { endsOf, type FlowNode } from '../flow.ts'
import type { FlowStore } from '../flow-store.ts'
import { labelsPlace, wirePath } from '../wire-path.ts'

/**
 * Draws what is dragged, and its wires, straight on the screen: everything else stands still, so nothing of it is asked.
 * When the drag is over, the drawing is what it was told to be, and has the last word.
 */
export const startDragPaint = (flow: FlowStore, box: { current: HTMLElement | null }): (() => void) => {
  const touched = new Set<string>()
  const find = (selector: string, id: string) =>
    box.current?.querySelector<HTMLElement>(`${selector}="${CSS.escape(id)}"]`) ?? null

  const paint = (ids: Iterable<string>, places: ReadonlyMap<string, Place>) => {
    const { nodes, edges } = flow.whole()
    const moved = new Set(ids)
    const byId = new Map<string, FlowNode>(nodes.map((node) => [node.id, node]))
    const at = (node: FlowNode): Place => places.get(node.id) ?? node.position
    for (const id of moved) {
      const node = byId.get(id)
      const drawn = node && find('.react-flow__node[data-id', id)
      if (!drawn) continue
      const { x, y } = at(node)
      drawn.style.left = `${x}px`
      drawn.style.top = `${y}px`
      touched.add(id)
    }
    for (const { id, source, target } of edges) {
      if (!moved.has(source) && !moved.has(target)) continue
      const [from, to] = [byId.get(source), byId.get(target)]
      const ends = from && to && endsOf(from, to, { from: at(from), to: at(to) })
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
      paint(places.keys(), places)
      return
    }
    paint([...touched], places)
    touched.clear()
  })
}
