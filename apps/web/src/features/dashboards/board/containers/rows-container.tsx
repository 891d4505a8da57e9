'use client'
import { stateTitle } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { WidgetIcon } from '@thingwire/widgets/views'
import { ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { useBoard, useStateScope } from '../board-context.ts'
import { useEditingHere } from '../editing.ts'
import { ContainerFrame, type ContainerProps } from './container-frame.tsx'
import { useChosenSections } from './use-open-sections.ts'

/** Sections below each other that fold. */
export const RowsContainer = ({ widget, container }: ContainerProps) => {
  const { SectionView } = useBoard()
  const { state } = useStateScope()
  const editing = useEditingHere()
  const [toggled, setToggled] = useChosenSections(widget.id)
  const id = useId()
  return (
    <ContainerFrame widget={widget} sectionId={null} isNatural>
      <div className="grid grid-cols-[minmax(0,1fr)]">
        {container.sections.map((section) => {
          const isOpen = section.isCollapsed === toggled.includes(section.id)
          return (
            <div key={section.id} className="min-w-0">
              <h3 data-section={section.id} className="flex items-center border-b data-drop:bg-accent/15">
                <button
                  type="button"
                  aria-expanded={isOpen}
                  aria-controls={`${id}-${section.id}`}
                  onClick={() =>
                    setToggled(
                      toggled.includes(section.id)
                        ? toggled.filter((one) => one !== section.id)
                        : [...toggled, section.id],
                    )
                  }
                  className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1 text-left text-sm font-semibold hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <ChevronRight
                    aria-hidden
                    className={cn(
                      'size-4 shrink-0 text-ink-3 transition-transform duration-100',
                      isOpen && 'rotate-90',
                    )}
                  />
                  {section.icon ? <WidgetIcon name={section.icon} size={16} /> : null}
                  <span className="truncate">{stateTitle(section.title, state.params) || '—'}</span>
                </button>
                {editing ? <editing.ContainerTools widgetId={widget.id} sectionId={section.id} /> : null}
              </h3>
              <div id={`${id}-${section.id}`} hidden={!isOpen} className="py-3">
                {isOpen ? <SectionView stateId={section.stateId} params={null} isEditable isNatural /> : null}
              </div>
            </div>
          )
        })}
      </div>
    </ContainerFrame>
  )
}
