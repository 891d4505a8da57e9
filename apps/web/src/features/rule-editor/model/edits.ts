import { isEqual } from '@thingwire/editing'
import { type ChainDocument, type DocNode, type DocNote, type DocWire, numbered, wireId } from './document.ts'
import type { Place } from './places.ts'

/** A change of a document; it returns the same document when there is nothing to change. */
export type Edit = (document: ChainDocument) => ChainDocument

/** One after the other, as one step to undo. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (document) =>
    edits.reduce((now, edit) => edit(now), document)

export const addNode =
  (node: DocNode): Edit =>
  (document) =>
    numbered({
      ...document,
      order: document.order.includes(node.id) ? document.order : [...document.order, node.id],
      nodes: { ...document.nodes, [node.id]: node },
      // The first node of an empty chain is where its messages enter.
      entry: document.entry ?? (document.order.length === 0 ? node.id : null),
    })

export const changeNode =
  (id: string, change: Partial<Omit<DocNode, 'id'>>): Edit =>
  (document) => {
    const node = document.nodes[id]
    if (!node || isWithin(node, change)) return document
    return { ...document, nodes: { ...document.nodes, [id]: { ...node, ...change } } }
  }

/** Whether a change changes nothing. */
const isWithin = (one: Record<string, unknown>, change: Record<string, unknown>): boolean =>
  Object.entries(change).every(([key, value]) => isEqual(one[key], value))

/** Moves nodes and notes to places of the file. */
export const move =
  (places: Readonly<Record<string, Place>>): Edit =>
  (document) => {
    const nodes: Record<string, DocNode> = {}
    const notes: Record<string, DocNote> = {}
    for (const [id, { x, y }] of Object.entries(places)) {
      const node = document.nodes[id]
      const note = document.notes[id]
      if (node && (node.x !== x || node.y !== y)) nodes[id] = { ...node, x, y }
      if (note && (note.x !== x || note.y !== y)) notes[id] = { ...note, x, y }
    }
    const [anyNode, anyNote] = [Object.keys(nodes).length > 0, Object.keys(notes).length > 0]
    if (!anyNode && !anyNote) return document
    return {
      ...document,
      ...(anyNode && { nodes: { ...document.nodes, ...nodes } }),
      ...(anyNote && { notes: { ...document.notes, ...notes } }),
    }
  }

/** Adds labels to what leads from one node to another; draws the wire when there is none. A node is never wired to itself. */
export const connect =
  (from: string, to: string, labels: readonly string[]): Edit =>
  (document) => {
    if (from === to || !document.nodes[from] || !document.nodes[to] || labels.length === 0) return document
    const id = wireId(from, to)
    const known = document.wires[id]?.labels ?? []
    const more = [...new Set(labels)].filter((label) => !known.includes(label))
    if (more.length === 0) return document
    return { ...document, wires: { ...document.wires, [id]: { from, to, labels: [...known, ...more] } } }
  }

/** The copy of a record without some. */
const without = <T>(record: Readonly<Record<string, T>>, drops: (one: T, id: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([id, one]) => !drops(one, id)))

/** Replaces the labels of a wire; without any the wire goes. */
export const setLabels =
  (id: string, labels: readonly string[]): Edit =>
  (document) => {
    const wire = document.wires[id]
    if (!wire) return document
    if (labels.length === 0) return removeWires([id])(document)
    return { ...document, wires: { ...document.wires, [id]: { ...wire, labels: [...new Set(labels)] } } }
  }

export const removeWires =
  (ids: readonly string[]): Edit =>
  (document) => {
    const gone = new Set(ids)
    return ids.some((id) => document.wires[id])
      ? { ...document, wires: without(document.wires, (_, id) => gone.has(id)) }
      : document
  }

/** Removes nodes with all that leads to and from them. */
export const removeNodes =
  (ids: readonly string[]): Edit =>
  (document) => {
    const gone = new Set(ids.filter((id) => document.nodes[id]))
    if (gone.size === 0) return document
    return {
      ...document,
      order: document.order.filter((id) => !gone.has(id)),
      nodes: without(document.nodes, (_, id) => gone.has(id)),
      wires: without(document.wires, ({ from, to }: DocWire) => gone.has(from) || gone.has(to)),
      entry: document.entry !== null && gone.has(document.entry) ? null : document.entry,
    }
  }

export const setEntry =
  (id: string | null): Edit =>
  (document) =>
    document.entry === id || (id !== null && !document.nodes[id]) ? document : { ...document, entry: id }

export const putNote =
  (note: DocNote): Edit =>
  (document) => ({ ...document, notes: { ...document.notes, [note.id]: note } })

export const changeNote =
  (id: string, change: Partial<Omit<DocNote, 'id'>>): Edit =>
  (document) => {
    const note = document.notes[id]
    return note && !isWithin(note, change) ? putNote({ ...note, ...change })(document) : document
  }

/** Removes notes and groups; the nodes of a group stay. */
export const removeNotes =
  (ids: readonly string[]): Edit =>
  (document) => {
    const gone = new Set(ids.filter((id) => document.notes[id]))
    if (gone.size === 0) return document
    const nodes = { ...document.nodes }
    for (const node of Object.values(document.nodes))
      if (node.group !== null && gone.has(node.group)) nodes[node.id] = { ...node, group: null }
    return { ...document, nodes, notes: without(document.notes, (_, id) => gone.has(id)) }
  }

export const setTests =
  (tests: ChainDocument['tests']): Edit =>
  (document) => ({ ...document, tests })

/** Removes the tests that cannot be read. */
export const dropStrayTests: Edit = (document) => {
  const { strayTests, ...rest } = document
  return strayTests ? rest : document
}
