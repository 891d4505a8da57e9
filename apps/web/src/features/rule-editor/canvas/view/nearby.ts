import type { Drawing } from '../drawer.ts'
import type { FlowNode } from '../flow.ts'
import type { Box } from '../guides.ts'

/** How far a wire may lead around its own ends. */
const detour = 48

export const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const boxOf = ({ position, width = 0, height = 0 }: FlowNode): Box => ({ ...position, width, height })

const around = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x) - detour, Math.min(a.y, b.y) - detour]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) + detour - x,
    height: Math.max(a.y + a.height, b.y + b.height) + detour - y,
  }
}

/**
 * The part of a drawing that can be seen in an area: its nodes, and its wires with both their ends. `kept`: ids that are
 * drawn in any case.
 */
export const nearby = ({ nodes, edges }: Drawing, area: Box, kept: ReadonlySet<string>): Drawing => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const shown = new Set<string>()
  for (const node of nodes) if (kept.has(node.id) || (!node.hidden && meet(boxOf(node), area))) shown.add(node.id)
  const wires = edges.filter(({ id, source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)]
    const isSeen = from && to && (kept.has(id) || meet(around(boxOf(from), boxOf(to)), area))
    if (isSeen) shown.add(source).add(target)
    return isSeen
  })
  return { nodes: nodes.filter(({ id }) => shown.has(id)), edges: wires }
}

/** What must be drawn in any case, and nothing else: wires with both their ends. */
export const only = ({ nodes, edges }: Drawing, kept: ReadonlySet<string>): Drawing => {
  const wires = edges.filter(({ id }) => kept.has(id))
  const shown = new Set([...kept, ...wires.flatMap(({ source, target }) => [source, target])])
  return { nodes: nodes.filter(({ id }) => shown.has(id)), edges: wires }
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, index) => one === b[index])

/** The one before when nothing about it is different. */
export const unlessSame = (before: Drawing, next: Drawing): Drawing =>
  isSameList(before.nodes, next.nodes) && isSameList(before.edges, next.edges) ? before : next

/**
 * What was shown, and of what is to be shown beside it the first few nodes, with the wires between all these. `seen`: what
 * lies there comes in any case.
 */
export const withFew = (before: Drawing, wanted: Drawing, most: number, seen: Box | null): Drawing => {
  const had = new Set(before.nodes.map(({ id }) => id))
  let left = most
  const nodes = wanted.nodes.filter(
    (node) => had.has(node.id) || (seen !== null && meet(boxOf(node), seen)) || left-- > 0,
  )
  if (nodes.length === wanted.nodes.length) return wanted
  const shown = new Set(nodes.map(({ id }) => id))
  return { nodes, edges: wanted.edges.filter(({ source, target }) => shown.has(source) && shown.has(target)) }
}
