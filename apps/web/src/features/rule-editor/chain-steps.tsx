'use client'
import { useTranslations } from 'next-intl'
import { UndoRedo } from '../drafts/undo-redo.tsx'
import { useEditor, useEditorStore } from './store/use-editor.ts'

/** One step of the draft back and forth. */
export const ChainSteps = ({ className }: { className: string }) => {
  const t = useTranslations('chainEditor')
  const store = useEditorStore()
  const undoable = useEditor(({ history }) => history.past.at(-1)?.name)
  const redoable = useEditor(({ history }) => history.future[0]?.name)
  const wordOf = (name: string | undefined) => {
    if (name === undefined) return null
    return t.has(`step.${name}` as 'step.move') ? t(`step.${name}` as 'step.move') : ''
  }
  return (
    <UndoRedo
      undoable={wordOf(undoable)}
      redoable={wordOf(redoable)}
      undo={store.undo}
      redo={store.redo}
      className={className}
    />
  )
}
