'use client'
import { cn, IconButton } from '@thingwire/ui'
import { useStore } from '@xyflow/react'
import {
  Keyboard,
  LayoutDashboard,
  Magnet,
  Map as MapIcon,
  Maximize,
  Minus,
  Plus,
  Search,
  StickyNote,
} from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useSyncExternalStore } from 'react'
import { ChainSteps } from '../chain-steps.tsx'
import { useEditor } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'

/** The view of the canvas, in its corner. */
export const CanvasControls = () => {
  const t = useTranslations('chainCanvas.view')
  const canvas = useCanvas()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const snaps = useSyncExternalStore(canvas.snaps.subscribe, canvas.snaps.get, canvas.snaps.get)
  const isFinding = useSyncExternalStore(canvas.find.subscribe, canvas.find.get, canvas.find.get)
  const hasMap = useSyncExternalStore(canvas.map.subscribe, canvas.map.get, canvas.map.get)
  return (
    <>
      {isReadOnly || isFinding ? null : (
        // In the head of a phone there is no room for them.
        <ChainSteps className="absolute top-3 left-15 pointer-coarse:top-[11px] rounded-lg border bg-surface shadow-card sm:hidden pointer-coarse:[&>button]:size-10 pointer-coarse:[&>button]:before:inset-0" />
      )}
      <div
        role="toolbar"
        aria-label={useTranslations('chainCanvas')('controls')}
        className="absolute bottom-3 left-3 z-10 flex items-center rounded-lg border bg-surface p-0.5 shadow-card"
      >
        <Tool label={t('zoomOut')} onClick={canvas.zoomOut} icon={<Minus />} />
        <Zoom />
        <Tool label={t('zoomIn')} onClick={canvas.zoomIn} icon={<Plus />} />
        <Tool label={t('fit')} onClick={canvas.fit} icon={<Maximize />} />
        <Tool label={t('find')} onClick={canvas.openFind} icon={<Search />} />
        <Line />
        {isReadOnly ? null : (
          <>
            <Tool label={t('note')} onClick={() => canvas.addNote()} icon={<StickyNote />} />
            <Tool label={t('arrange')} onClick={() => void canvas.arrange(true)} icon={<LayoutDashboard />} />
            <Tool label={t('snap')} isOn={snaps} onClick={() => canvas.setSnaps(!snaps)} icon={<Magnet />} />
          </>
        )}
        <Tool
          label={t('minimap')}
          isOn={hasMap}
          onClick={() => canvas.map.set(!hasMap)}
          icon={<MapIcon />}
          className="max-md:hidden"
        />
        <Tool label={t('shortcuts')} onClick={canvas.openShortcuts} icon={<Keyboard />} className="max-sm:hidden" />
      </div>
    </>
  )
}

type ToolProps = { label: string; icon: ReactNode; onClick: () => void; isOn?: boolean; className?: string }
const Tool = ({ label, icon, onClick, isOn, className }: ToolProps) => (
  <IconButton
    label={label}
    size="icon-sm"
    onClick={onClick}
    {...(isOn !== undefined && { 'aria-pressed': isOn })}
    className={cn('pointer-coarse:size-10 pointer-coarse:before:inset-0', isOn && 'text-accent-text', className)}
  >
    {icon}
  </IconButton>
)

const Line = () => <span aria-hidden className="mx-0.5 h-4 w-px bg-line" />

const Zoom = () => {
  const format = useFormatter()
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <span className="w-10 text-center text-2xs text-ink-3 tabular-nums max-sm:hidden">
      {format.number(zoom / 100, { style: 'percent' })}
    </span>
  )
}
