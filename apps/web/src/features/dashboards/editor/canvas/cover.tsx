'use client'
import { titleOfWidget, widgetOf } from '@thingwire/dashboards/edit'
import { cn } from '@thingwire/ui'
import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useConfiguration, useEditorStore, useSelection } from '../store/use-editor.ts'
import { edges } from './edges.ts'
import { useRest } from './use-rest.ts'

type Props = {
  id: string
  title: string
  isSelected: boolean
  isLocked: boolean
  hasHandles?: boolean
  letsThrough?: boolean
}

const cursors = {
  n: 'top-0 inset-x-2 h-2 -translate-y-1/2 cursor-ns-resize',
  s: 'bottom-0 inset-x-2 h-2 translate-y-1/2 cursor-ns-resize',
  w: 'left-0 inset-y-2 w-2 -translate-x-1/2 cursor-ew-resize',
  e: 'right-0 inset-y-2 w-2 translate-x-1/2 cursor-ew-resize',
  nw: 'top-0 left-0 size-4 -translate-1/2 cursor-nwse-resize',
  ne: 'top-0 right-0 size-4 translate-x-1/2 -translate-y-1/2 cursor-nesw-resize',
  sw: 'bottom-0 left-0 size-4 -translate-x-1/2 translate-y-1/2 cursor-nesw-resize',
  se: 'bottom-0 right-0 size-4 translate-1/2 cursor-nwse-resize',
} as const

/** Over a widget that is edited: takes the clicks, shows that it is selected, and has the edges to pull at. */
export const Cover = ({ id, title, isSelected, isLocked, hasHandles, letsThrough }: Props) => {
  const t = useTranslations('dashboardEditor')
  return (
    <div
      role="option"
      // The grid has the focus and moves it among them.
      tabIndex={-1}
      aria-selected={isSelected}
      aria-label={title || t('untitled')}
      data-widget={id}
      className={cn(
        'absolute inset-0 rounded-lg',
        isLocked || !hasHandles ? 'cursor-default' : 'cursor-move',
        isSelected ? 'z-10 touch-none ring-2 ring-accent' : 'hover:ring-1 hover:ring-accent/60',
        letsThrough && 'pointer-events-none',
      )}
    >
      {isLocked ? (
        <span className="absolute top-1 right-1 rounded-sm bg-surface p-1 text-ink-3" title={t('locked')}>
          <Lock aria-hidden className="size-3" />
        </span>
      ) : null}
      {isSelected && hasHandles && !isLocked
        ? edges.map((edge) => (
            <span
              key={edge}
              aria-hidden
              data-edge={edge}
              className={cn('pointer-events-auto absolute touch-none', cursors[edge])}
            >
              {edge.length === 2 ? (
                <span className="absolute inset-1 rounded-full border-2 border-accent bg-surface" />
              ) : null}
            </span>
          ))
        : null}
    </div>
  )
}

/** Over a widget in a list, where nothing can be moved. A finger that rests on it begins choosing several. */
export const ListCover = ({ id }: { id: string }) => {
  const store = useEditorStore()
  const rest = useRest(() => {
    const { isChoosing, selection } = store.get()
    if (!isChoosing) store.choose([id])
    else if (!selection.includes(id)) store.toggle(id)
  })
  const isSelected = useSelection().includes(id)
  const widget = widgetOf(useConfiguration(), id)
  const t = useTranslations('dashboardEditor')
  return (
    <button
      type="button"
      data-widget={id}
      aria-pressed={isSelected}
      aria-label={t('editWidget', { name: titleOfWidget(widget) || t('untitled') })}
      {...rest.handlers}
      onClick={() => {
        if (rest.wasRest()) return
        if (store.get().isChoosing) store.toggle(id)
        else store.set({ selection: [id], side: 'widget' })
      }}
      className={cn('absolute inset-0 touch-pan-y rounded-lg select-none', isSelected && 'ring-2 ring-accent')}
    />
  )
}
