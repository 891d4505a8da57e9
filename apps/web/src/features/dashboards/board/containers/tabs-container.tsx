'use client'
import { stateTitle } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { WidgetIcon } from '@thingwire/widgets/views'
import { type KeyboardEvent, useId } from 'react'
import { useBoard, useStateScope } from '../board-context.ts'
import { ContainerFrame, type ContainerProps } from './container-frame.tsx'
import { useChosenSections } from './use-open-sections.ts'

/** One section at a time, chosen by its tab. */
export const TabsContainer = ({ widget, container }: ContainerProps) => {
  const { SectionView, isPhone } = useBoard()
  const { state } = useStateScope()
  const [chosen, choose] = useChosenSections(widget.id)
  const id = useId()
  const { sections } = container
  const shown = sections.find((one) => one.id === chosen[0]) ?? sections[0]
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, tabs: ParentNode | null) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const at = shown ? sections.indexOf(shown) : -1
    const next = sections[(at + step + sections.length) % sections.length]
    if (!next) return
    choose([next.id])
    tabs?.querySelectorAll<HTMLElement>('[role=tab]')[sections.indexOf(next)]?.focus()
  }
  const head = (
    <div
      role="tablist"
      aria-label={widget.card.title || undefined}
      className="tw-fading-x flex min-w-0 gap-4 self-stretch overflow-x-auto px-3 [scrollbar-width:none]"
    >
      {sections.map((section) => (
        <button
          key={section.id}
          type="button"
          role="tab"
          data-no-drag
          data-section={section.id}
          id={`${id}-${section.id}`}
          aria-controls={`${id}-panel`}
          aria-selected={section === shown}
          tabIndex={section === shown ? 0 : -1}
          onClick={() => choose([section.id])}
          onKeyDown={(event) => onKeyDown(event, event.currentTarget.parentElement)}
          className={cn(
            'relative -mb-px flex min-h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-drop:bg-accent/15 data-drop:text-ink',
            section === shown && 'border-accent text-ink',
          )}
        >
          {section.icon ? <WidgetIcon name={section.icon} size={16} /> : null}
          {stateTitle(section.title, state.params) || '—'}
        </button>
      ))}
    </div>
  )
  return (
    <ContainerFrame widget={widget} head={head} sectionId={shown?.id ?? null} isNatural={isPhone}>
      {shown ? (
        <div
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${shown.id}`}
          className={cn('pt-3', !isPhone && 'h-full')}
        >
          <SectionView key={shown.stateId} stateId={shown.stateId} params={null} isEditable isNatural={isPhone} />
        </div>
      ) : null}
    </ContainerFrame>
  )
}
