'use client'
import { duplicateWidgets, removeWidgets } from '@thingwire/dashboards/edit'
import { Button, IconButton } from '@thingwire/ui'
import { ClipboardPaste, Copy, CopyPlus, LayoutPanelTop, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useEditor, useEditorStore, useSelection } from '../store/use-editor.ts'
import { ToStateDialog } from './to-state-dialog.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useSelectionGrid } from './use-selection-grid.ts'

/** While several widgets are chosen with taps: how many they are, and what can be done with them. */
export const ChoosingBar = () => {
  const isChoosing = useEditor((state) => state.isChoosing)
  return isChoosing ? <Bar /> : null
}

const Bar = () => {
  const t = useTranslations('dashboardEditor')
  const s = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const ids = useSelection()
  const { at } = useSelectionGrid()
  // Keys that copy and paste belong to the grids.
  const clipboard = useClipboard(useRef(null), at)
  const [isMoving, setMoving] = useState(false)
  const isNone = ids.length === 0
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) store.endChoosing()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [store])
  return (
    <>
      <div
        role="toolbar"
        aria-label={t('chosen')}
        className="fixed bottom-[max(0.75rem,env(safe-area-inset-bottom))] left-1/2 z-40 flex max-w-[calc(100vw-1rem)] -translate-x-1/2 items-center gap-1 rounded-lg border bg-raised p-1.5 shadow-pop"
      >
        <output className="px-2 text-sm font-medium whitespace-nowrap tabular-nums">
          {isNone ? t('tapToChoose') : t('selected', { count: ids.length })}
        </output>
        <IconButton label={t('copyWidgets')} disabled={isNone} onClick={() => clipboard.copy('copy')}>
          <Copy />
        </IconButton>
        <IconButton label={t('pasteWidgets')} onClick={() => clipboard.paste('copies', null)}>
          <ClipboardPaste />
        </IconButton>
        <IconButton
          label={t('duplicate')}
          disabled={isNone}
          onClick={() => store.run(duplicateWidgets(at, ids, () => crypto.randomUUID()))}
        >
          <CopyPlus />
        </IconButton>
        <IconButton label={s('toState')} disabled={isNone} onClick={() => setMoving(true)}>
          <LayoutPanelTop />
        </IconButton>
        <IconButton label={t('remove')} disabled={isNone} onClick={() => store.run(removeWidgets(at, ids))}>
          <Trash2 />
        </IconButton>
        <Button variant="primary" onClick={() => store.endChoosing()}>
          {t('chosenDone')}
        </Button>
      </div>
      {isMoving && !isNone ? <ToStateDialog at={at} ids={ids} onClose={() => setMoving(false)} /> : null}
    </>
  )
}
