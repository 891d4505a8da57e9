'use client'
import type { OpenTarget, StateEntry } from '@thingwire/dashboards'
import { WidgetNotice } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type SectionProps, type StateScope, StateProvider, useBoard, useStateScope } from '../board-context.ts'
import { LayoutView } from '../layout-view.tsx'
import { entryOf } from '../state-scope.tsx'

/** Containers in containers, and states in their widgets. */
const deepest = 4

/** What stands in a section of a container: a part of the state around it, which its actions act on. */
export const SectionView = ({ stateId, params, isEditable, isNatural }: SectionProps) => {
  const t = useTranslations('board')
  const { document } = useBoard()
  const outer = useStateScope()
  const definition = document.states.get(stateId)
  const scope = useMemo((): StateScope | null => {
    if (!definition) return null
    const entry: StateEntry = { id: stateId, params: params ?? outer.state.params }
    const within: StateScope = {
      ...outer,
      stack: [...outer.stack.slice(0, -1), entry],
      state: entry,
      definition,
      around: [...outer.around, outer.state.id],
      isEditable: outer.isEditable && isEditable,
    }
    if (params === null) return within
    // What is opened from here is opened for the entity that this one is drawn for.
    return {
      ...within,
      open: (target) => {
        const opened = entryOf(within, { ...target, stateId: target.stateId ?? outer.state.id }, document.states)
        if (opened) outer.push(opened)
      },
      update: (target: OpenTarget) => outer.update({ ...target, entity: target.entity ?? params.entity }),
    }
  }, [definition, stateId, params, isEditable, outer, document])
  if (!scope) return <WidgetNotice state={{ status: 'failed', reason: t('noSuchState', { state: stateId }) }} />
  if (scope.around.includes(stateId) || scope.around.length > deepest)
    return <WidgetNotice state={{ status: 'failed', reason: t('stateInItself', { state: stateId }) }} />
  return (
    <StateProvider value={scope}>
      <LayoutView layout={scope.definition.layouts.main} isSection isNatural={isNatural} />
    </StateProvider>
  )
}
