import type { ChainDocument, DocNode, DocNote } from '../model/document.ts'
import { nodeSize, onCanvas, type Place, sizeOnCanvas } from '../model/places.ts'
import type { Selection } from '../store/editor-store.ts'
import { type DrawnWire, drawnWires, hidingGroup, membersOf } from './collapse.ts'
import {
  collapsedHandles,
  collapsedSize,
  entryGap,
  entryHandles,
  entryId,
  entrySize,
  type FlowEdge,
  type FlowNode,
  handlesOf,
  standing,
  unreachedByTab,
} from './flow.ts'
import type { Box } from './guides.ts'
import { lookOf } from './node-look.ts'

export type Drawing = { nodes: FlowNode[]; edges: FlowEdge[] }

/** What is drawn elsewhere than the document says, while it is dragged. */
export type Overrides = {
  places: ReadonlyMap<string, Place>
  sizes: ReadonlyMap<string, { width: number; height: number }>
}

/** Names for screen readers. */
export type Describe = {
  node: (node: DocNode, typeName: string, outs: number) => string
  note: (note: DocNote) => string
  group: (note: DocNote, members: number) => string
  entry: string
  wire: (labels: readonly string[], from: string, to: string) => string
  /** What a wire and a node are called. */
  kinds: { node: string; wire: string }
}

type Cached<T> = { key: readonly unknown[]; made: T }

/** Names are put into words when they are asked for: of a large chain few are drawn. */
const once = (make: () => string): (() => string) => {
  let made: string | undefined
  return () => (made ??= make())
}

const isSameKey = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, index) => Object.is(one, b[index]))

/** What the first node is drawn as: itself, or the collapsed group that hides it. */
const entryOf = (document: ChainDocument): DocNode | DocNote | undefined => {
  const first = document.entry === null ? undefined : document.nodes[document.entry]
  return first ? (document.notes[hidingGroup(document, first) ?? ''] ?? first) : undefined
}

/** Of a node or a group. */
const nameOf = ({ nodes, notes }: ChainDocument, id: string): string => nodes[id]?.name ?? notes[id]?.content ?? ''

const besideEntry = ({ x, y }: Place): Place => ({
  x: x - entryGap - entrySize.width,
  y: y + (nodeSize.height - entrySize.height) / 2,
})

/** Makes the nodes and edges of React Flow; whatever looks as before is the same object as before. */
export class Drawer {
  readonly #describe: Describe
  #nodes = new Map<string, Cached<FlowNode>>()
  #edges = new Map<string, Cached<FlowEdge>>()
  /** Asked for in every step of a drag; null: not since it was drawn. */
  #boxes: ReadonlyMap<string, Box> | null = null
  #wires: { of: ChainDocument; drawn: readonly DrawnWire[]; byId: Map<string, DrawnWire>; outs: Map<string, number> }

  readonly #nodeAttributes
  readonly #wireAttributes

  constructor(describe: Describe) {
    this.#describe = describe
    this.#nodeAttributes = { ...unreachedByTab, 'aria-roledescription': describe.kinds.node }
    this.#wireAttributes = { ...unreachedByTab, 'aria-roledescription': describe.kinds.wire }
    const nothing: ChainDocument = { order: [], nodes: {}, wires: {}, notes: {}, entry: null, tests: [] }
    this.#wires = { of: nothing, drawn: [], byId: new Map(), outs: new Map() }
  }

  draw(document: ChainDocument, selection: Selection, overrides: Overrides): Drawing {
    this.#updateWires(document)
    const nodes: FlowNode[] = []
    const members = membersOf(document)
    const notes = Object.values(document.notes)
    for (const note of notes)
      if (note.group)
        nodes.push(this.#frame(note, members.get(note.id)?.length ?? 0, selection.notes.has(note.id), overrides))
    for (const note of notes) if (!note.group) nodes.push(this.#note(note, selection.notes.has(note.id), overrides))
    nodes.push(this.#entry(document, overrides))
    for (const id of document.order) {
      const node = document.nodes[id]
      if (node) nodes.push(this.#node(document, node, selection.nodes.has(id), overrides))
    }
    const edges = this.#wires.drawn.map((wire) => this.#edge(document, wire, selection))
    if (document.entry !== null) edges.unshift(this.#entryEdge(document, document.entry))
    this.#forget(nodes, edges)
    this.#boxes = null
    return { nodes, edges }
  }

  wire(id: string): DrawnWire | undefined {
    return this.#wires.byId.get(id)
  }

  /** Where everything is drawn that can be seen. */
  boxes(): ReadonlyMap<string, Box> {
    if (this.#boxes) return this.#boxes
    const boxes = new Map<string, Box>()
    for (const [id, { made }] of this.#nodes)
      if (!made.hidden) boxes.set(id, { ...made.position, width: made.width ?? 0, height: made.height ?? 0 })
    this.#boxes = boxes
    return boxes
  }

  #updateWires(document: ChainDocument): void {
    const { of } = this.#wires
    if (of.wires === document.wires && of.notes === document.notes && of.nodes === document.nodes) return
    const outs = new Map<string, number>()
    for (const { from } of Object.values(document.wires)) outs.set(from, (outs.get(from) ?? 0) + 1)
    const drawn = drawnWires(document)
    this.#wires = { of: document, drawn, byId: new Map(drawn.map((wire) => [wire.id, wire])), outs }
  }

  #cachedNode(id: string, key: readonly unknown[], make: () => FlowNode): FlowNode {
    const known = this.#nodes.get(id)
    if (known && isSameKey(known.key, key)) return known.made
    const made = make()
    this.#nodes.set(id, { key, made })
    return made
  }

  #node(document: ChainDocument, doc: DocNode, selected: boolean, { places }: Overrides): FlowNode {
    const position = places.get(doc.id) ?? onCanvas(doc)
    const outs = this.#wires.outs.get(doc.id) ?? 0
    const hidden = hidingGroup(document, doc) !== null
    const key = [doc, selected, position.x, position.y, outs, hidden]
    return this.#cachedNode(doc.id, key, () => {
      const look = lookOf(doc.className)
      const name = once(() => this.#describe.node(doc, look.typeName, outs))
      return {
        id: doc.id,
        type: 'rule',
        position,
        style: standing(position),
        data: { doc, look, outs },
        selected,
        hidden,
        zIndex: 2,
        ...nodeSize,
        measured: nodeSize,
        handles: handlesOf(look, outs),
        get ariaLabel() {
          return name()
        },
        domAttributes: this.#nodeAttributes,
      }
    })
  }

  #note(note: DocNote, selected: boolean, { places, sizes }: Overrides): FlowNode {
    const position = places.get(note.id) ?? onCanvas(note)
    const size = sizes.get(note.id) ?? sizeOnCanvas(note)
    const key = [note, selected, position.x, position.y, size.width, size.height]
    return this.#cachedNode(note.id, key, () => ({
      id: note.id,
      type: 'note',
      position,
      style: standing(position),
      data: { note },
      selected,
      zIndex: 1,
      ...size,
      measured: size,
      handles: [],
      ariaLabel: this.#describe.note(note),
      domAttributes: unreachedByTab,
    }))
  }

  #frame(note: DocNote, members: number, selected: boolean, { places, sizes }: Overrides): FlowNode {
    const isCollapsed = note.group?.collapsed === true
    const position = places.get(note.id) ?? onCanvas(note)
    const size = isCollapsed ? collapsedSize : (sizes.get(note.id) ?? sizeOnCanvas(note))
    const key = [note, members, selected, position.x, position.y, size.width, size.height]
    return this.#cachedNode(note.id, key, () => ({
      id: note.id,
      type: 'frame',
      position,
      data: { note, members },
      selected,
      zIndex: isCollapsed ? 2 : -1,
      ...size,
      measured: size,
      handles: isCollapsed ? collapsedHandles : [],
      connectable: false,
      dragHandle: '.frame-grip',
      // What lies in an open frame is pointed at, not the frame.
      style: { ...standing(position), pointerEvents: isCollapsed ? 'all' : 'none' },
      ariaLabel: this.#describe.group(note, members),
      domAttributes: unreachedByTab,
    }))
  }

  /** Where the mark of the entry goes with what is dragged; null: it stays. */
  entryPlace(document: ChainDocument, places: ReadonlyMap<string, Place>): Place | null {
    const first = entryOf(document)
    const place = first && places.get(first.id)
    return place ? besideEntry(place) : null
  }

  #entry(document: ChainDocument, { places }: Overrides): FlowNode {
    const first = entryOf(document)
    const position = besideEntry(first ? (places.get(first.id) ?? onCanvas(first)) : { x: 0, y: 0 })
    return this.#cachedNode(entryId, [position.x, position.y], () => ({
      id: entryId,
      type: 'entry',
      position,
      style: standing(position),
      data: {},
      draggable: false,
      selectable: false,
      zIndex: 2,
      ...entrySize,
      measured: entrySize,
      handles: entryHandles,
      ariaLabel: this.#describe.entry,
      domAttributes: unreachedByTab,
    }))
  }

  #edge(document: ChainDocument, wire: DrawnWire, selection: Selection): FlowEdge {
    const selected = wire.wires.some((id) => selection.wires.has(id))
    const [from, to] = [nameOf(document, wire.from), nameOf(document, wire.to)]
    const key = [
      from,
      to,
      wire.from,
      wire.to,
      wire.labels,
      wire.wires.length,
      selected,
      document.nodes[wire.from]?.bypass ?? null,
    ]
    // Of a bundle the labels are another list each time.
    const plainKey =
      wire.wires.length > 1 ? key.map((one) => (one === wire.labels ? wire.labels.join('\n') : one)) : key
    const known = this.#edges.get(wire.id)
    if (known && isSameKey(known.key, plainKey)) return known.made
    const name = once(() => this.#describe.wire(wire.labels, from, to))
    const made: FlowEdge = {
      id: wire.id,
      type: 'wire',
      source: wire.from,
      target: wire.to,
      data: { wire },
      selected,
      reconnectable: wire.wires.length === 1 && wire.id === wire.wires[0],
      ariaRole: 'group',
      get ariaLabel() {
        return name()
      },
      domAttributes: this.#wireAttributes,
    }
    this.#edges.set(wire.id, { key: plainKey, made })
    return made
  }

  #entryEdge(document: ChainDocument, entry: string): FlowEdge {
    const target = hidingGroup(document, document.nodes[entry]) ?? entry
    const known = this.#edges.get(entryId)
    if (known && isSameKey(known.key, [target])) return known.made
    const made: FlowEdge = {
      id: entryId,
      type: 'entry',
      source: entryId,
      target,
      data: {},
      selectable: false,
      reconnectable: 'target',
      domAttributes: { 'aria-hidden': true },
    }
    this.#edges.set(entryId, { key: [target], made })
    return made
  }

  /** What is gone is not kept. */
  #forget(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): void {
    if (this.#nodes.size > nodes.length) {
      const there = new Set(nodes.map((node) => node.id))
      for (const id of this.#nodes.keys()) if (!there.has(id)) this.#nodes.delete(id)
    }
    if (this.#edges.size > edges.length) {
      const there = new Set(edges.map((edge) => edge.id))
      for (const id of this.#edges.keys()) if (!there.has(id)) this.#edges.delete(id)
    }
  }
}
