import type { Place } from '../../model/places.ts'
import { endsOf, type FlowEdge, type FlowNode } from '../flow.ts'
import type { Box } from '../guides.ts'

export const boxOf = ({ position, width = 0, height = 0 }: FlowNode): Box => ({ ...position, width, height })

/** How far a wire that leads back goes beyond its ends. */
const detour = 24

/** Where a wire goes: through two bends from its first point to its last, or around corners. */
export type Way = { isCurve: boolean; points: readonly Place[] }

/** The way of a wire as React Flow draws it, as numbers; null while one of its ends has no port. */
export const wayOf = (from: FlowNode, to: FlowNode, at: { from: Place; to: Place }): Way | null => {
  const ends = endsOf(from, to, at)
  if (!ends) return null
  const [start, end] = [
    { x: ends.sourceX, y: ends.sourceY },
    { x: ends.targetX, y: ends.targetY },
  ]
  if (end.x < start.x + 16) {
    const middle = (start.y + end.y) / 2
    const [out, into] = [start.x + detour, end.x - detour]
    const corners = [
      { x: out, y: start.y },
      { x: out, y: middle },
      { x: into, y: middle },
      { x: into, y: end.y },
    ]
    return { isCurve: false, points: [start, ...corners, end] }
  }
  const bend = (end.x - start.x) / 2
  return { isCurve: true, points: [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end] }
}

/** The room that a way takes up; a curve stays within its bends. */
export const roomOf = ({ points }: Way): Box => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

const curveSteps = 16

/** A curve as lines that lie so close to it that nobody could point between them. */
const linesOf = ({ isCurve, points }: Way): readonly Place[] => {
  const [a, b, c, d] = points
  if (!isCurve || !a || !b || !c || !d) return points
  return Array.from({ length: curveSteps + 1 }, (_, step) => {
    const t = step / curveSteps
    const s = 1 - t
    const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y }
  })
}

const apartFromLine = (at: Place, a: Place, b: Place): number => {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length))
  return Math.hypot(at.x - a.x - t * dx, at.y - a.y - t * dy)
}

/** How far a point is from a way. */
export const apartFrom = (at: Place, way: Way): number => {
  const lines = linesOf(way)
  let least = Infinity
  for (let index = 1; index < lines.length; index++) {
    const [a, b] = [lines[index - 1], lines[index]]
    if (a && b) least = Math.min(least, apartFromLine(at, a, b))
  }
  return least
}

/** What the ends of wires are looked up in. */
export const byIdOf = (nodes: readonly FlowNode[]): ReadonlyMap<string, FlowNode> =>
  new Map(nodes.map((node) => [node.id, node]))

/** The way of a wire of a drawing, its dragged ends where they are dragged. */
export const wayIn = (
  { source, target }: FlowEdge,
  byId: ReadonlyMap<string, FlowNode>,
  places: ReadonlyMap<string, Place>,
): Way | null => {
  const [from, to] = [byId.get(source), byId.get(target)]
  if (!from || !to || from.hidden || to.hidden) return null
  return wayOf(from, to, { from: places.get(source) ?? from.position, to: places.get(target) ?? to.position })
}
