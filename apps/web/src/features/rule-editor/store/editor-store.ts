import { beginHistory, type History, rebase, redo, step, undo } from '@thingwire/editing'
import type { ChainDocument } from '../model/document.ts'
import { isSameDocument } from '../model/same.ts'
import type { Edit } from '../model/edits.ts'
import type { Conflict } from './conflict.ts'

/** What is chosen on the canvas: ids of nodes, wires and notes. */
export type Selection = {
  nodes: ReadonlySet<string>
  wires: ReadonlySet<string>
  notes: ReadonlySet<string>
}

export type SaveState =
  /** Everything is with the server. */
  | { kind: 'saved'; at: number | null }
  /** It will be, in a moment. */
  | { kind: 'waiting' }
  | { kind: 'saving' }
  /** Kept in this browser until the server takes it; `reason` for people. */
  | { kind: 'kept'; reason: string }
  /** Nowhere but in this page: the server does not take it, and this browser keeps nothing. */
  | { kind: 'unsaved'; reason: string }
  /** Somebody else's edits contradict those here; the person has to choose. Kept in this browser until then. */
  | { kind: 'conflict'; conflict: Conflict }

/** What was asked to be shown: the canvas goes to it, its panel opens, at a member of its configuration (`a/b`) when named. */
export type Revealed = {
  id: string
  path: string | null
  /** Another one each time: the same place may be asked for twice. */
  asked: number
}

export type EditorState = {
  history: History<ChainDocument>
  /** What is published, and its version. */
  published: ChainDocument
  version: number
  /** Revision of the draft on the server; null: there is none. */
  revision: number | null
  selection: Selection
  isReadOnly: boolean
  save: SaveState
  revealed: Revealed | null
  /** Rule chains that nodes name and that are not there. */
  missingChains: ReadonlySet<string>
}

const nothing: Selection = { nodes: new Set(), wires: new Set(), notes: new Set() }

export type EditorInput = Pick<EditorState, 'published' | 'version' | 'revision' | 'isReadOnly'> & {
  document: ChainDocument
}

/**
 * The one place that holds an open chain. All views read it through `useEditor` and change it through `edit`; it neither
 * fetches nor draws.
 */
export class EditorStore {
  #state: EditorState
  readonly #listeners = new Set<() => void>()

  constructor({ document, ...input }: EditorInput) {
    this.#state = {
      ...input,
      history: beginHistory(document),
      selection: nothing,
      save: { kind: 'saved', at: null },
      revealed: null,
      missingChains: new Set(),
    }
  }

  readonly get = (): EditorState => this.#state
  get document(): ChainDocument {
    return this.#state.history.present
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  readonly set = (change: Partial<EditorState>): void => {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /**
   * Changes the document as one step to undo. `name` is a key under `chainEditor.step`; steps in a row with the same `join`
   * become one.
   */
  edit(name: string, change: Edit, join: string | null = null): void {
    if (this.#state.isReadOnly) return
    this.#go(step(this.#state.history, change(this.document), name, join))
  }
  readonly undo = (): void => this.#go(undo(this.#state.history))
  readonly redo = (): void => this.#go(redo(this.#state.history))

  select(selection: Partial<Selection>): void {
    this.set({ selection: { ...nothing, ...selection } })
  }

  /** Selects a node or note and asks for it to be shown. */
  reveal(id: string, path: string | null = null): void {
    const isNote = this.document.notes[id] !== undefined
    this.set({
      selection: { ...nothing, [isNote ? 'notes' : 'nodes']: new Set([id]) },
      revealed: { id, path, asked: (this.#state.revealed?.asked ?? 0) + 1 },
    })
  }

  /** The document as the server has made it of what is here; no step of its own. */
  replace(document: ChainDocument): void {
    const { history } = this.#state
    this.#go(document === history.present ? history : { ...history, present: document, open: null })
  }

  /** Puts what others did under all steps; see `rebase`. */
  rebase(onto: Edit): void {
    this.#go(rebase(this.#state.history, onto))
  }

  /** The next change is a step of its own, even if it is of the same kind as the last. */
  endStep(): void {
    if (this.#state.history.open !== null) this.set({ history: { ...this.#state.history, open: null } })
  }

  #go(history: History<ChainDocument>): void {
    if (history === this.#state.history) return
    this.set({ history, selection: within(this.#state.selection, history.present) })
  }
}

/** What is chosen and still there. */
const within = (selection: Selection, document: ChainDocument): Selection => {
  const kept = (ids: ReadonlySet<string>, there: Readonly<Record<string, unknown>>): ReadonlySet<string> =>
    [...ids].every((id) => there[id]) ? ids : new Set([...ids].filter((id) => there[id]))
  const nodes = kept(selection.nodes, document.nodes)
  const wires = kept(selection.wires, document.wires)
  const notes = kept(selection.notes, document.notes)
  const isSame = nodes === selection.nodes && wires === selection.wires && notes === selection.notes
  return isSame ? selection : { nodes, wires, notes }
}

/** Whether there is nothing to publish. */
export const isPublished = ({ history, published }: EditorState): boolean => isSameDocument(history.present, published)
