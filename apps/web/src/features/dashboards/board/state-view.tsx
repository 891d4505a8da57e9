'use client'
import type { StateEntry, StateParams } from '@thingwire/dashboards'
import { WidgetNotice } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useBoard, useStateScope } from './board-context.ts'
import { LayoutView } from './layout-view.tsx'
import { StateArea } from './state-scope.tsx'

const deepest = 4

/** A state inside of a widget, a dialog or a popover: with a stack of its own, which begins with it. */
export const StateView = ({ stateId, params }: { stateId: string; params: StateParams }) => {
  const t = useTranslations('board')
  const { document } = useBoard()
  const { around, state } = useStateScope()
  const [followed, setFollowed] = useState<readonly StateEntry[]>([])
  const first = useMemo((): StateEntry => ({ id: stateId, params }), [stateId, params])
  const stack = useMemo(() => [first, ...followed], [first, followed])
  const within = useMemo(() => [...around, state.id], [around, state.id])
  const shown = stack.at(-1)?.id ?? stateId
  if (!document.states.has(shown)) {
    return <WidgetNotice state={{ status: 'failed', reason: t('noSuchState', { state: shown }) }} />
  }
  if (within.includes(shown) || within.length > deepest) {
    return <WidgetNotice state={{ status: 'failed', reason: t('stateInItself', { state: shown }) }} />
  }
  return (
    <StateArea stack={stack} onStack={(next) => setFollowed(next.slice(1))} around={within}>
      <StateMain />
    </StateArea>
  )
}

const StateMain = () => {
  const { definition } = useStateScope()
  return <LayoutView layout={definition.layouts.main} isNested />
}
