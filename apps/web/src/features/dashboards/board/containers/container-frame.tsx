'use client'
import type { Container, DashboardWidget } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { WidgetIcon } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { type ReactNode, use, useEffect, useLayoutEffect, useState } from 'react'
import { useElementSize } from '../../use-measure.ts'
import { useEditingHere } from '../editing.ts'
import { FitProvider } from '../layout/fit.ts'

export type ContainerProps = { widget: DashboardWidget; container: Container }

/** What all containers have: their place, their head (while edited the grip that moves them), and what is in them. */
export const ContainerFrame = (p: {
  widget: DashboardWidget
  /** In the head, beside or in place of the title. */
  head?: ReactNode
  /** Of the section that tools act on. */
  sectionId: string | null
  /** As high as what is in it; else what is in it is scrolled. */
  isNatural: boolean
  children: ReactNode
}) => {
  const t = useTranslations('board')
  const editing = useEditingHere()
  const { card, id } = p.widget
  const [content, setContent] = useState<HTMLDivElement | null>(null)
  useFit(id, p.isNatural && !editing ? content : null)
  const showsTitle = card.showTitle && card.title !== ''
  return (
    <section
      aria-label={card.title || t('container')}
      data-container={id}
      className={cn(
        'w-full min-w-0',
        p.isNatural && !editing ? '' : 'h-full overflow-hidden',
        editing && 'rounded-lg border border-dashed border-line-strong',
      )}
    >
      <div ref={setContent} className={cn('flex flex-col', !(p.isNatural && !editing) && 'h-full')}>
        {showsTitle || p.head || editing ? (
          <header
            {...(editing ? { 'data-widget': id } : {})}
            {...(editing && p.sectionId !== null ? { 'data-section': p.sectionId } : {})}
            className={cn(
              'flex min-h-10 shrink-0 items-center gap-2 border-b pr-1',
              editing && 'cursor-move touch-none rounded-t-lg bg-sunken select-none data-drop:bg-accent/15',
            )}
          >
            {showsTitle || (editing && !p.head) ? (
              <h2 className="flex min-w-0 shrink-0 items-center gap-1.5 pl-3 text-sm font-semibold">
                {card.showTitleIcon && card.titleIcon ? <WidgetIcon name={card.titleIcon} size={16} /> : null}
                <span className="truncate">{card.title || t('container')}</span>
              </h2>
            ) : null}
            {p.head}
            {editing ? (
              <span data-no-drag className="ml-auto flex shrink-0 items-center">
                <editing.ContainerTools widgetId={id} sectionId={p.sectionId} />
              </span>
            ) : null}
          </header>
        ) : null}
        {/* While it is edited, also what else takes its own height is scrolled here, and the head stays. */}
        <div className={cn('min-w-0', p.isNatural && !editing ? '' : 'min-h-0 flex-1 overflow-y-auto')}>
          {p.children}
        </div>
      </div>
    </section>
  )
}

/** Tells the grid around how high an element is, as long as there is one. */
const useFit = (id: string, element: HTMLElement | null) => {
  const fit = use(FitProvider)
  const { height } = useElementSize(element)
  useLayoutEffect(() => {
    if (element && height > 0) fit?.(id, height)
  }, [fit, id, element, height])
  useEffect(() => {
    if (!element) fit?.(id, null)
  }, [fit, id, element])
  useEffect(() => () => fit?.(id, null), [fit, id])
}
