'use client'
import { UndoRedo } from '../../drafts/undo-redo.tsx'
import { useEditor, useEditorStore } from './store/use-editor.ts'
import { useStepWords } from './use-step-words.ts'

/** One step of the draft back and forth. */
export const Steps = ({ className }: { className: string }) => {
  const wordsOf = useStepWords()
  const store = useEditorStore()
  const undoable = useEditor(({ history }) => history.past.at(-1)?.name)
  const redoable = useEditor(({ history }) => history.future[0]?.name)
  return (
    <UndoRedo
      undoable={undoable === undefined ? null : wordsOf(undoable)}
      redoable={redoable === undefined ? null : wordsOf(redoable)}
      undo={store.undo}
      redo={store.redo}
      className={className}
    />
  )
}
