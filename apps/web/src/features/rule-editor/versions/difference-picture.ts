import type { ChainDifference } from '../model/diff.ts'
import { type ChainDocument, type DocNode, wireId } from '../model/document.ts'
import { nodeSize, onCanvas, type Place } from '../model/places.ts'

export type Mark = 'same' | 'added' | 'removed' | 'changed'

/** Both states over each other, in px of the canvas. */
export type DifferencePicture = {
  box: { x: number; y: number; width: number; height: number }
  nodes: readonly { id: string; name: string; mark: Mark; at: Place }[]
  /** Where nodes stood that stand elsewhere now. */
  ghosts: readonly { id: string; from: Place; to: Place }[]
  wires: readonly { id: string; mark: Mark; from: Place; to: Place }[]
}

const margin = 32
const byId = <T extends { id: string }>(list: readonly T[]) => new Set(list.map(({ id }) => id))

/** What the two states look like over each other: what stays where it is now, what is gone where it was. */
export const pictureDifference = (
  before: ChainDocument,
  after: ChainDocument,
  difference: ChainDifference,
): DifferencePicture => {
  const added = byId(difference.nodes.added)
  const changed = byId(difference.nodes.changed.map((one) => one.after))
  const nodeMark = (id: string): Mark => (added.has(id) ? 'added' : changed.has(id) ? 'changed' : 'same')
  const drawn = (node: DocNode, mark: Mark) => ({ id: node.id, name: node.name, mark, at: onCanvas(node) })
  const nodes = [
    ...difference.nodes.removed.map((node) => drawn(node, 'removed')),
    ...Object.values(after.nodes).map((node) => drawn(node, nodeMark(node.id))),
  ]
  const ghosts = Object.values(after.nodes).flatMap((node) => {
    const was = before.nodes[node.id]
    return was && (was.x !== node.x || was.y !== node.y)
      ? [{ id: node.id, from: onCanvas(was), to: onCanvas(node) }]
      : []
  })
  const places = [...nodes.map(({ at }) => at), ...ghosts.map(({ from }) => from)]
  return { box: boxOf(places), nodes, ghosts, wires: wiresOf(before, after, difference) }
}

const wiresOf = (
  before: ChainDocument,
  after: ChainDocument,
  { wires }: ChainDifference,
): DifferencePicture['wires'] => {
  const idsOf = (list: readonly { from: string; to: string }[]) => new Set(list.map(({ from, to }) => wireId(from, to)))
  const added = idsOf(wires.added)
  const changed = idsOf(wires.changed.map((one) => one.after))
  const out = ({ x, y }: Place): Place => ({ x: x + nodeSize.width, y: y + nodeSize.height / 2 })
  const into = ({ x, y }: Place): Place => ({ x, y: y + nodeSize.height / 2 })
  const line = (id: string, mark: Mark, from: DocNode | undefined, to: DocNode | undefined) =>
    from && to ? [{ id, mark, from: out(onCanvas(from)), to: into(onCanvas(to)) }] : []
  return [
    ...wires.removed.flatMap(({ from, to }) =>
      // An end that is still there stands where it is now.
      line(wireId(from, to), 'removed', after.nodes[from] ?? before.nodes[from], after.nodes[to] ?? before.nodes[to]),
    ),
    ...Object.entries(after.wires).flatMap(([id, { from, to }]) =>
      line(id, added.has(id) ? 'added' : changed.has(id) ? 'changed' : 'same', after.nodes[from], after.nodes[to]),
    ),
  ]
}

const boxOf = (places: readonly Place[]): DifferencePicture['box'] => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of places) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + nodeSize.width)
    bottom = Math.max(bottom, y + nodeSize.height)
  }
  if (left > right) return { x: 0, y: 0, width: 0, height: 0 }
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin }
}
