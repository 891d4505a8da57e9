import type { ChainDocument } from '../model/document.ts'
import { isSameDocument } from '../model/same.ts'
import type { Edit } from '../model/edits.ts'
import type { Contradiction } from '../model/merge.ts'
import { type DraftInput, type DraftState, DraftStore } from '../../drafts/draft-store.ts'
import type { DraftDeed } from '../../drafts/model.ts'

/** What is chosen on the canvas: ids of nodes, wires and notes. */
export type Selection = {
  nodes: ReadonlySet<string>
  wires: ReadonlySet<string>
  notes: ReadonlySet<string>
}

/** What was asked to be shown: the canvas goes to it, its panel opens, at a member of its configuration (`a/b`) when named. */
export type Revealed = {
  id: string
  path: string | null
  /** Another one each time: the same place may be asked for twice. */
  asked: number
}

type Beside = {
  selection: Selection
  revealed: Revealed | null
  /** Rule chains that nodes name and that are not there. */
  missingChains: ReadonlySet<string>
}
export type EditorState = DraftState<ChainDocument, Contradiction, string> & Beside

const nothing: Selection = { nodes: new Set(), wires: new Set(), notes: new Set() }

/** The one place that holds an open chain. All views read it through `useEditor` and change it through `edit`. */
export class EditorStore extends DraftStore<ChainDocument, Contradiction, string, Beside> {
  constructor(input: DraftInput<ChainDocument>) {
    super(input, { selection: nothing, revealed: null, missingChains: new Set() })
  }

  /** Changes the document as one step to undo. `name` is a key under `chainEditor.step`. */
  edit(name: string, change: Edit, join: string | null = null): void {
    this.take(name, change(this.document), join)
  }

  select(selection: Partial<Selection>): void {
    this.set({ selection: { ...nothing, ...selection } })
  }

  /** Selects a node or note and asks for it to be shown. */
  reveal(id: string, path: string | null = null): void {
    const isNote = this.document.notes[id] !== undefined
    this.set({
      selection: { ...nothing, [isNote ? 'notes' : 'nodes']: new Set([id]) },
      revealed: { id, path, asked: (this.get().revealed?.asked ?? 0) + 1 },
    })
  }

  protected override follow(document: ChainDocument): Partial<Beside> {
    return { selection: within(this.get().selection, document) }
  }

  protected override nameOf(deed: DraftDeed): string {
    return deed
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
