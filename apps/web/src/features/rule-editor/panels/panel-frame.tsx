'use client'
import { cn, IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useSyncExternalStore } from 'react'
import type { EditorStore } from '../store/editor-store.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { panelWidths, setPanelWidth, usePanelWidth } from './panel-width.ts'
import { isSheetFull, SheetGrip } from './sheet-grip.tsx'

type Props = {
  label: string
  icon?: ReactNode
  title: ReactNode
  subtitle?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** The panel beside the canvas, over it on narrow screens, a sheet below it on phones. Undo works in its fields as it does on the canvas. */
export const PanelFrame = ({ label, icon, title, subtitle, actions, children }: Props) => {
  const t = useTranslations('chainPanels')
  const store = useEditorStore()
  const width = usePanelWidth()
  const isFull = useSyncExternalStore(isSheetFull.subscribe, isSheetFull.get, () => false)
  const close = () => store.select({})
  return (
    <aside
      data-side-panel
      aria-label={label}
      style={{ width }}
      onKeyDown={(event) => {
        if (isUndoOrRedo(event)) {
          event.preventDefault()
          event.stopPropagation()
          store[event.shiftKey || event.key.toLowerCase() === 'y' ? 'redo' : 'undo']()
        } else if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          if (!focusDrawn(store)) close()
        }
      }}
      // What is typed next, in another field, is a step of its own.
      onBlur={() => store.endStep()}
      className={cn(
        'relative flex shrink-0 flex-col bg-surface max-lg:z-20 max-lg:shadow-pop',
        'sm:max-w-[60vw] sm:animate-slide-left sm:border-l sm:max-lg:absolute sm:max-lg:inset-y-0 sm:max-lg:right-0 sm:max-lg:max-w-full',
        'max-sm:w-full! max-sm:rounded-t-xl max-sm:border-t',
        isFull
          ? 'max-sm:absolute max-sm:inset-0'
          : // Above a keyboard there is no room for both.
            'max-sm:h-[58%] max-sm:min-h-64 max-sm:[@media(max-height:560px)]:absolute max-sm:[@media(max-height:560px)]:inset-0 max-sm:[@media(max-height:560px)]:h-auto',
      )}
    >
      <SheetGrip isFull={isFull} close={close} />
      <ResizeHandle label={t('width')} width={width} />
      <header className="flex items-start gap-3 px-4 pb-3 sm:pt-4">
        {icon}
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-5 font-semibold break-words">{title}</h2>
          {subtitle ? <div className="mt-0.5 text-xs text-ink-3">{subtitle}</div> : null}
        </div>
        {actions}
        <IconButton label={t('close')} size="icon-sm" onClick={close} className="-mr-1 pointer-coarse:-my-2">
          <X />
        </IconButton>
      </header>
      {children}
    </aside>
  )
}

/** Back to what is selected on the canvas, where keys go on with it; false: it is nothing that takes the focus. */
const focusDrawn = (store: EditorStore): boolean => {
  const { nodes, notes, wires } = store.get().selection
  const [id] = [...nodes, ...notes, ...wires]
  const drawn =
    id === undefined
      ? null
      : document.querySelector<HTMLElement | SVGElement>(
          `:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`,
        )
  drawn?.focus()
  return drawn !== null
}

/** An editor with a history of its own, as one of code, has dealt with the key already. */
const isUndoOrRedo = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.defaultPrevented && /^[zy]$/i.test(event.key)

const keySteps: Readonly<Record<string, number>> = { ArrowLeft: 16, ArrowRight: -16 }

const ResizeHandle = ({ label, width }: { label: string; width: number }) => {
  const start = useRef<{ x: number; width: number } | null>(null)
  const onMove = (event: PointerEvent) => {
    if (start.current) setPanelWidth(start.current.width + start.current.x - event.clientX)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no line between paragraphs
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={panelWidths.least}
      aria-valuemax={panelWidths.most}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = null
      }}
      onDoubleClick={() => setPanelWidth(panelWidths.usual)}
      onKeyDown={(event) => {
        const by = keySteps[event.key]
        if (by !== undefined) setPanelWidth(width + by)
      }}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none before:absolute before:inset-y-0 before:left-[3px] before:w-0.5 before:bg-transparent hover:before:bg-accent focus-visible:before:bg-accent max-sm:hidden"
    />
  )
}

/** The part of a panel that scrolls. */
export const PanelBody = ({ children }: { children: ReactNode }) => (
  <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-5 overflow-y-auto p-4">
    {children}
  </div>
)

type PanelSectionProps = { title: string; aside?: ReactNode; part?: string; children: ReactNode }
/** A part of a panel with a name; a hairline stands before it. */
export const PanelSection = ({ title, aside, part, children }: PanelSectionProps) => (
  <section
    // Keys of the canvas take the focus to a part.
    {...(part !== undefined && { 'data-part': part, tabIndex: -1, 'aria-label': title })}
    className="grid scroll-mt-4 grid-cols-[minmax(0,1fr)] gap-3 border-t pt-4 outline-offset-4"
  >
    <div className="flex min-h-7 items-center justify-between gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      {aside}
    </div>
    {children}
  </section>
)
