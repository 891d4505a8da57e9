import type { EdgeChange, NodeChange } from '@xyflow/react'
import type { ChainDocument } from '../model/document.ts'
import { all, changeNote, type Edit, move } from '../model/edits.ts'
import { inFile, onCanvas, type Place, sizeInFile } from '../model/places.ts'
import type { EditorState, EditorStore, Selection } from '../store/editor-store.ts'
import { type DrawnWire, membersOf } from './collapse.ts'
import { type Describe, Drawer, type Drawing, type Overrides } from './drawer.ts'
import { firstLayout } from './first-layout.ts'
import { entryId, type FlowEdge, type FlowNode } from './flow.ts'
import { regroup } from './grouping.ts'
import { boundsOf, type Box, type Guide, snapBox } from './guides.ts'
import { meet, nearby, only, unlessSame, withFew } from './view/nearby.ts'
import { farZoom, type View } from './view/view.ts'

/** From so many nodes on only those near the view are drawn. */
const many = 150
/**
 * Beside what is seen, this part of the missing nodes comes in one frame: more would make it a long one, and less would
 * make many, each of which costs the more the more is drawn.
 */
const atOnce = { part: 1 / 6, least: 8, most: 64 }
/** So many selected things are drawn wherever they are, so that the focus stays on one of them. */
const fewSelected = 50
/** Things this near to a line are drawn into it; px of the screen, so that a hand feels the same at any size. */
const reach = 6
const noPlaces: ReadonlyMap<string, Place> = new Map()
const noGuides: readonly Guide[] = []
/** Where nodes come to lie when nothing is near that they could stand in line with: every ten units of the file. */
export const gridStep: Place = onCanvas({ x: 10, y: 10 })

const idsOf = ({ nodes, wires, notes }: Selection): readonly string[] => [...nodes, ...wires, ...notes]

/**
 * What the canvas draws of an open chain. It keeps apart what is only drawn (a drag under way) from what is edited: while
 * something is dragged the document and the drawing stand still, `dragged` says where it is, and the end is one edit.
 */
export class FlowStore {
  readonly #editor: EditorStore
  readonly #drawer: Drawer
  readonly #view: Pick<View, 'area' | 'zoom'>
  readonly #listeners = new Set<() => void>()
  #overrides: Overrides
  /** What is drawn elsewhere while nothing is dragged. */
  #resting: Overrides
  /** The drag under way has been taken back, and the hand has not let go yet. */
  #isCalledOff = false
  #guides = noGuides
  readonly #dragListeners = new Set<() => void>()
  #places = noPlaces
  #drawing: Drawing
  /** Of a large drawing what is near the view; null: that is not known yet. */
  #area: Box | null = null
  #shown: Drawing
  /** A picture of the chain is there instead: as long as one looks from afar, and until all is drawn that is near. */
  #isCovered = false
  /** What was chosen before: from afar it stays until the focus has gone from it to what is chosen now. */
  #left: Selection | null = null
  /** On that picture. */
  #pointed: string | null = null
  /** A frame is drawn on that picture, and React Flow knows too little to say what is in it. */
  #isFramed = false
  #drawnFrom: { state: EditorState; overrides: Overrides }
  /** What was taken hold of, without what only follows. */
  #dragged = new Set<string>()
  snaps = true
  /** Whether what is chosen now comes to what is chosen already. */
  isAdding = (): boolean => false

  constructor(editor: EditorStore, view: Pick<View, 'area' | 'zoom'>, describe: Describe) {
    this.#editor = editor
    this.#view = view
    this.#drawer = new Drawer(describe)
    this.#overrides = { places: firstLayout(editor.document) ?? new Map(), sizes: new Map() }
    this.#resting = this.#overrides
    this.#drawnFrom = { state: editor.get(), overrides: this.#overrides }
    this.#drawing = this.#drawer.draw(editor.document, editor.get().selection, this.#overrides)
    this.#shown = this.#drawing
  }

  /** What is drawn: all, or of a large chain what is near the view. */
  readonly get = (): Drawing => this.#shown
  readonly isCovered = (): boolean => this.#isCovered
  /** All of the chain. */
  readonly whole = (): Drawing => this.#drawing
  /** The room that all of it takes up; null: it is empty but for the mark of the entry. */
  readonly bounds = (): Box | null => {
    const boxes = [...this.#drawer.boxes()].map(([, box]) => box)
    return boxes.length < 2 ? null : boundsOf(boxes)
  }
  readonly guides = (): readonly Guide[] => this.#guides
  /** Where on the canvas that is which is being dragged, by id. */
  readonly dragged = (): ReadonlyMap<string, Place> => this.#places
  /** Hears of every step of a drag, and of its end. */
  readonly onDrag = (listener: () => void): (() => void) => {
    this.#dragListeners.add(listener)
    return () => void this.#dragListeners.delete(listener)
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** From now on it follows the editor; ends with the function that it gives. */
  readonly start = (): (() => void) => {
    this.#redraw()
    return this.#editor.subscribe(this.#redraw)
  }

  readonly nodesChanged = (changes: readonly NodeChange<FlowNode>[]): void => {
    this.#select(changes)
    if (this.#isCalledOff) return
    const places = new Map(this.#overrides.places)
    const sizes = new Map(this.#overrides.sizes)
    const moves = new Map<string, Place>()
    let isResize = false
    for (const change of changes) {
      if (change.type === 'position' && change.position) moves.set(change.id, change.position)
      if (change.type === 'dimensions' && change.dimensions && change.resizing !== undefined) {
        isResize = true
        sizes.set(change.id, change.dimensions)
      }
    }
    if (moves.size === 0 && !isResize) return
    const placed = isResize ? moves : this.#snapped(moves)
    for (const [id, place] of placed) places.set(id, place)
    this.#overrides = { places, sizes }
    if (isResize) this.#redraw()
    else this.#drag(placed)
  }

  /**
   * The view is elsewhere: of a large chain other nodes are drawn now. While it moves (`seen` is null) none is taken away.
   * Few come at a time, when it rests beside what is `seen`; false: there are more, for the next frame.
   */
  look(area: Box, seen: Box | null): boolean {
    this.#area = area
    const before = this.#shown
    const isAll = this.#show(seen === null, seen)
    if (this.#shown !== before) this.#tell()
    return isAll
  }

  /** What a mouse is on is drawn also from afar, so that it can be taken hold of. */
  point(id: string | null): void {
    if (id === this.#pointed) return
    this.#pointed = id
    if (!this.#isAfar() || this.#shown === this.#drawing) return
    const before = this.#shown
    this.#show(this.#places.size > 0)
    if (this.#shown !== before) this.#tell()
  }

  /** A frame begins to be drawn, or is let go. */
  frame(isFramed: boolean): void {
    this.#isFramed = isFramed && this.#isAfar() && this.#shown !== this.#drawing
  }
  /** What lies in it must be chosen for React Flow. */
  get isFramed(): boolean {
    return this.#isFramed
  }

  readonly edgesChanged = (changes: readonly EdgeChange<FlowEdge>[]): void => this.#select(changes)

  /** A hand takes hold of something. */
  readonly began = (): void => {
    this.#isCalledOff = false
  }

  /** Takes back what is being dragged or resized: all lies where it lay, and what the hand does until it lets go means nothing. */
  readonly callOff = (): boolean => {
    if (this.#overrides === this.#resting) return false
    this.#isCalledOff = true
    this.#dragged = new Set()
    this.#guides = noGuides
    this.#overrides = this.#resting
    this.#redraw()
    this.#drag(noPlaces)
    return true
  }

  /** The drag is over: where things lie now is where they belong. `then`: what dropping them there does beside. */
  readonly dropped = (then: readonly Edit[] = []): void => {
    if (this.#isOver()) return
    const dragged = [...this.#dragged]
    this.#dragged = new Set()
    this.#guides = noGuides
    this.#commit('move', dragged, then)
    this.#drag(noPlaces)
  }

  /** The corner of a note was let go. */
  readonly resized = (): void => {
    if (!this.#isOver()) this.#commit('note', [])
  }

  /** Whether what the hand lets go of has been taken back before. */
  #isOver(): boolean {
    const isOver = this.#isCalledOff
    this.#isCalledOff = false
    return isOver
  }

  /** By steps of the file, with the keyboard. */
  moveSelection(dx: number, dy: number): void {
    const { selection } = this.#editor.get()
    const document = this.#editor.document
    const places: Record<string, Place> = {}
    for (const id of this.#withFollowers(document, [...selection.nodes, ...selection.notes])) {
      const one = document.nodes[id] ?? document.notes[id]
      if (one) places[id] = { x: one.x + dx, y: one.y + dy }
    }
    this.#editor.edit('move', move(places), `keys ${Object.keys(places).join(' ')}`)
  }

  #commit(name: 'move' | 'note', dropped: readonly string[], then: readonly Edit[] = []): void {
    const { places, sizes } = this.#overrides
    const filed = Object.fromEntries([...places].map(([id, place]) => [id, inFile(place)]))
    const resizes = [...sizes].map(([id, size]) => changeNote(id, sizeInFile(size)))
    this.#overrides = { places: new Map(), sizes: new Map() }
    this.#resting = this.#overrides
    this.#editor.edit(name, all(move(filed), ...resizes, regroup(dropped), ...then))
    this.#redraw()
  }

  /** What is selected goes with a selected thing that is dragged, wherever it is; React Flow knows of what is drawn alone. */
  #withSelected(moves: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
    if (this.#shown === this.#drawing) return moves
    const { nodes, notes } = this.#editor.get().selection
    const selected = [...nodes, ...notes]
    const [[id, to] = []] = moves
    const boxes = this.#drawer.boxes()
    const from = boxes.get(id ?? '')
    if (!from || !to || !selected.some((one) => moves.has(one))) return moves
    const all = new Map(moves)
    for (const one of selected) {
      const box = boxes.get(one)
      if (box && !moves.has(one)) all.set(one, { x: box.x + to.x - from.x, y: box.y + to.y - from.y })
    }
    return all
  }

  /** Moves that keep to lines and grid; what belongs to a group goes with it. */
  #snapped(moved: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
    const document = this.#editor.document
    const moves = this.#withSelected(moved)
    for (const id of moves.keys()) this.#dragged.add(id)
    const placed = new Map(moves)
    for (const [group, members] of membersOf(document)) {
      const to = moves.get(group)
      const note = document.notes[group]
      if (!to || !note) continue
      const from = onCanvas(note)
      for (const id of members) {
        const member = document.nodes[id]
        if (!member || moves.has(id)) continue
        const at = onCanvas(member)
        placed.set(id, { x: at.x + to.x - from.x, y: at.y + to.y - from.y })
      }
    }
    if (!this.snaps) return placed
    const boxes = this.#drawer.boxes()
    const moving = [...moves].flatMap(([id, place]) => {
      const box = boxes.get(id)
      return box ? [{ ...box, ...place }] : []
    })
    if (moving.length === 0) return placed
    // Nobody lines something up with what cannot be seen.
    const area = this.#view.area()
    const others: Box[] = []
    for (const [id, box] of boxes) if (!placed.has(id) && id !== entryId && meet(box, area)) others.push(box)
    const { dx, dy, guides } = snapBox(boundsOf(moving), others, { reach: reach / this.#view.zoom(), grid: gridStep })
    this.#guides = guides
    for (const [id, place] of placed) placed.set(id, { x: place.x + dx, y: place.y + dy })
    return placed
  }

  #withFollowers(document: ChainDocument, ids: readonly string[]): ReadonlySet<string> {
    const members = membersOf(document)
    return new Set(ids.flatMap((id) => [id, ...(members.get(id) ?? [])]))
  }

  #select(changes: readonly (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[]): void {
    if (this.#isFramed && this.#isAfar()) return
    const { selection } = this.#editor.get()
    const next = { nodes: new Set(selection.nodes), wires: new Set(selection.wires), notes: new Set(selection.notes) }
    let isOther = false
    for (const change of changes) {
      if (change.type !== 'select') continue
      for (const [set, id] of this.#selectable(change.id, next)) {
        if (set.has(id) === change.selected) continue
        isOther = true
        if (change.selected) set.add(id)
        else set.delete(id)
      }
    }
    if (!isOther) return
    if (!this.isAdding()) this.#dropUnseen(next)
    this.#editor.set({ selection: next })
  }

  /** React Flow unselects what is drawn; the rest was chosen with it. */
  #dropUnseen(next: Record<keyof Selection, Set<string>>): void {
    const { nodes, edges } = this.#shown
    if (this.#shown === this.#drawing) return
    const seen = new Set([...nodes, ...edges].flatMap(({ id }) => this.#selectable(id, next).map(([, one]) => one)))
    for (const set of Object.values(next)) for (const id of set) if (!seen.has(id)) set.delete(id)
  }

  /** What of the document a thing of the drawing stands for. */
  #selectable(id: string, next: Record<keyof Selection, Set<string>>): [Set<string>, string][] {
    const { nodes, notes } = this.#editor.document
    if (nodes[id]) return [[next.nodes, id]]
    if (notes[id]) return [[next.notes, id]]
    const wire: DrawnWire | undefined = this.#drawer.wire(id)
    return wire ? wire.wires.map((one) => [next.wires, one]) : []
  }

  readonly #redraw = (): void => {
    const state = this.#editor.get()
    const { state: before, overrides } = this.#drawnFrom
    const isSame =
      state.history.present === before.history.present &&
      state.selection === before.selection &&
      overrides === this.#overrides
    this.#drawnFrom = { state, overrides: this.#overrides }
    if (isSame) return
    if (state.selection !== before.selection) this.#left = before.selection
    this.#drawing = this.#drawer.draw(state.history.present, state.selection, this.#overrides)
    this.#show(this.#places.size > 0)
    this.#tell()
  }

  #isAfar(): boolean {
    return this.#area !== null && this.#view.zoom() < farZoom
  }

  /** False: not all of it yet. */
  #show(isMoving: boolean, seen: Box | null = null): boolean {
    const isAfar = this.#isAfar()
    if (isAfar) this.#isCovered = true
    if (this.#area === null || this.#drawing.nodes.length <= many) {
      this.#shown = this.#drawing
      this.#isCovered = isAfar
      return true
    }
    const { nodes, edges } = this.#shown
    const drawn = [...nodes, ...edges].map(({ id }) => id)
    const selected = idsOf(this.#editor.get().selection)
    const kept = new Set(drawn.filter((id) => isMoving || this.#places.has(id)))
    if (selected.length <= fewSelected) for (const id of selected) kept.add(id)
    if (isAfar) {
      if (this.#pointed !== null) kept.add(this.#pointed)
      const left = this.#left ? idsOf(this.#left) : []
      if (left.length <= fewSelected) for (const id of left) kept.add(id)
      this.#shown = unlessSame(this.#shown, only(this.#drawing, kept))
      return true
    }
    const wanted = nearby(this.#drawing, this.#area, kept)
    const missing = wanted.nodes.length - nodes.length
    const few = Math.min(atOnce.most, Math.max(atOnce.least, Math.ceil(missing * atOnce.part)))
    const isByFew = isMoving || seen !== null || this.#isCovered
    // Behind what is missing the picture is seen.
    const next = isByFew ? withFew(this.#shown, wanted, few, this.#isCovered ? null : seen) : wanted
    this.#shown = unlessSame(this.#shown, next)
    const isAll = next === wanted
    if (isAll) this.#isCovered = false
    return isAll
  }

  #drag(places: ReadonlyMap<string, Place>): void {
    const { document } = this.#editor
    const entry = places.size > 0 ? this.#drawer.entryPlace(document, places) : null
    this.#places = entry ? new Map(places).set(entryId, entry) : places
    for (const listener of this.#dragListeners) listener()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
