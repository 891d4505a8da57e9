import type { ChainDocument, DocNode } from '../model/document.ts'

/** A line of the drawing: one wire, or all wires between the same two boxes when a collapsed group hides their ends. */
export type DrawnWire = {
  id: string
  from: string
  to: string
  labels: readonly string[]
  /** The wires of the document that it stands for. */
  wires: readonly string[]
}

/** The group that hides a node, or null. */
export const hidingGroup = (document: ChainDocument, node: DocNode | undefined): string | null => {
  const group = node?.group ?? null
  return group !== null && document.notes[group]?.group?.collapsed ? group : null
}

/** What a node is drawn as: itself, or the box of the group that hides it. */
const drawnAs = (document: ChainDocument, id: string): string => hidingGroup(document, document.nodes[id]) ?? id

/** All lines; those inside a collapsed group are left out, those that cross its border lead to its box. */
export const drawnWires = (document: ChainDocument): DrawnWire[] => {
  const isPlain = !Object.values(document.notes).some((note) => note.group?.collapsed)
  const drawn = new Map<string, DrawnWire>()
  for (const [id, wire] of Object.entries(document.wires)) {
    const from = isPlain ? wire.from : drawnAs(document, wire.from)
    const to = isPlain ? wire.to : drawnAs(document, wire.to)
    if (from === to) continue
    const key = from === wire.from && to === wire.to ? id : `~${from}>${to}`
    const known = drawn.get(key)
    drawn.set(
      key,
      known
        ? { ...known, labels: [...new Set([...known.labels, ...wire.labels])], wires: [...known.wires, id] }
        : { id: key, from, to, labels: wire.labels, wires: [id] },
    )
  }
  return [...drawn.values()]
}

/** Nodes of each group, by its id. */
export const membersOf = (document: ChainDocument): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, string[]>()
  for (const node of Object.values(document.nodes)) {
    if (node.group === null || !document.notes[node.group]?.group) continue
    const known = members.get(node.group)
    if (known) known.push(node.id)
    else members.set(node.group, [node.id])
  }
  return members
}
