'use client'
import { containerKindOf } from '@thingwire/dashboards'
import { widgetOf } from '@thingwire/dashboards/edit'
import { IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type CSSProperties, type ReactNode, useEffect } from 'react'
import { useConfiguration, useEditor, useEditorStore, useSelection } from '../store/use-editor.ts'
import { Library } from '../library/library.tsx'
import { sideWidth } from './side-width.ts'
import { ProblemList } from './problem-list.tsx'
import { VersionList } from './version-list.tsx'
import { ContainerPanel } from '../structure/container-panel.tsx'
import { WidgetPanel } from '../panel/widget-panel.tsx'

/** Beside the board: the widget that is selected, else what was asked for. */
export const EditorSide = () => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const side = useEditor((state) => state.side)
  const selection = useSelection()
  const configuration = useConfiguration()
  const [only, ...others] = selection
  const shown = side === 'widget' && others.length === 0 ? only : undefined
  useEffect(() => {
    if (shown === undefined) return
    // On phones the panel has just taken the room in which the widget was.
    const frame = requestAnimationFrame(() =>
      document.querySelector(`[data-widget="${CSS.escape(shown)}"]`)?.scrollIntoView({ block: 'nearest' }),
    )
    return () => cancelAnimationFrame(frame)
  }, [shown])
  const close = () => {
    store.show(null)
    // The keys of the grid go on where the panel had been.
    document.querySelector<HTMLElement>('[data-edit-grid]')?.focus({ preventScroll: true })
  }
  const isContainer = containerKindOf(widgetOf(configuration, selection[0] ?? '')?.typeFullFqn) !== null
  if (side === 'add') return <Library close={close} />
  if (side === 'problems')
    return (
      <Side title={t('problems')} close={close}>
        <ProblemList />
      </Side>
    )
  if (side === 'versions')
    return (
      <Side title={t('versions')} close={close}>
        <VersionList />
      </Side>
    )
  if (shown === undefined) return null
  return (
    <Side title={t('widget')} close={close}>
      {isContainer ? <ContainerPanel key={shown} id={shown} /> : <WidgetPanel key={shown} id={shown} />}
    </Side>
  )
}

const Side = ({ title, close, children }: { title: string; close: () => void; children: ReactNode }) => {
  const common = useTranslations('common')
  return (
    <aside
      aria-label={title}
      style={{ '--side': `${sideWidth}px` } as CSSProperties}
      // On phones it takes the lower part, and the board stays in sight above.
      className="z-30 flex flex-col bg-surface shadow-pop max-sm:h-3/5 max-sm:shrink-0 max-sm:border-t max-sm:[@media(max-height:560px)]:h-full sm:absolute sm:inset-y-0 sm:right-0 sm:w-(--side) sm:max-w-full sm:border-l"
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</h2>
        <IconButton label={common('close')} onClick={close}>
          <X />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
    </aside>
  )
}
