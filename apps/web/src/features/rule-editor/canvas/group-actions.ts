import type { ChainColor } from '@thingwire/contracts'
import type { DocNote } from '../model/document.ts'
import { changeNote, putNote, removeNotes } from '../model/edits.ts'
import { inFile, type Place } from '../model/places.ts'
import type { CanvasTools } from './actions.ts'
import { groupNodes } from './grouping.ts'
import type { ViewActions } from './view-actions.ts'

const noteSize = { width: 200, height: 120 }

/** Notes, and groups of nodes. */
export const groupActions = ({ editor, far, rf, writing, say, t }: CanvasTools, view: ViewActions) => {
  const startWriting = (id: string) => {
    if (editor.get().isReadOnly) return
    editor.select({ notes: new Set([id]) })
    editor.endStep()
    // On the picture that is seen from afar there is nothing to write in.
    if (far.get()) view.show(id)
    writing.set(id)
  }
  return {
    startWriting,
    stopWriting: (focusAgain: boolean) => {
      const id = writing.get()
      if (id === null) return
      writing.set(null)
      editor.endStep()
      if (focusAgain) view.focus(id)
    },
    contentOf: (id: string): string => editor.document.notes[id]?.content ?? '',
    write: (id: string, content: string) =>
      editor.edit(editor.document.notes[id]?.group ? 'group' : 'note', changeNote(id, { content }), `write ${id}`),
    color: (id: string, color: ChainColor) =>
      editor.edit(editor.document.notes[id]?.group ? 'group' : 'note', changeNote(id, { color })),
    addNote: (place?: Place) => {
      if (editor.get().isReadOnly) return
      const note: DocNote = {
        id: crypto.randomUUID(),
        ...inFile(place ?? rf.screenToFlowPosition(view.middleOfView())),
        ...noteSize,
        content: '',
        color: 'amber',
        group: null,
        rest: {},
      }
      editor.edit('note', putNote(note))
      startWriting(note.id)
    },
    group: () => {
      const { nodes } = editor.get().selection
      if (nodes.size === 0 || editor.get().isReadOnly) return
      const id = crypto.randomUUID()
      editor.edit('group', groupNodes([...nodes], id, t('group.new')))
      say(t('said.grouped'))
      startWriting(id)
    },
    ungroup: (id: string) => editor.edit('group', removeNotes([id])),
    toggleGroup: (id: string) => {
      const group = editor.document.notes[id]?.group
      if (group) editor.edit('group', changeNote(id, { group: { collapsed: !group.collapsed } }))
    },
  }
}
