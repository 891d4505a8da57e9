'use client'
import { cn, IconButton } from '@thingwire/ui'
import { Redo2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** `undoable`, `redoable`: what the step was, for people; null: there is none. */
export const UndoRedo = (p: {
  undoable: string | null
  redoable: string | null
  undo: () => void
  redo: () => void
  className?: string
}) => {
  const t = useTranslations('drafts')
  const labelOf = (word: string, step: string | null) => (step ? `${word}: ${step}` : word)
  return (
    <div className={cn('flex', p.className)}>
      <IconButton label={labelOf(t('undo'), p.undoable)} disabled={p.undoable === null} onClick={p.undo}>
        <Undo2 />
      </IconButton>
      <IconButton label={labelOf(t('redo'), p.redoable)} disabled={p.redoable === null} onClick={p.redo}>
        <Redo2 />
      </IconButton>
    </div>
  )
}
