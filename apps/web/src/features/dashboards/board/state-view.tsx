'use client'
import type { DashboardLayout, StateEntry } from '@thingwire/dashboards'
import { WidgetNotice } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useMemo, useState } from 'react'
import { type Board, useBoard, useStateScope } from './board-context.ts'
import { LayoutView } from './layout-view.tsx'
import { StateArea } from './state-scope.tsx'

const deepest = 4

type StateViewProps = ComponentProps<Board['StateView']>

/** A state inside of a widget, a dialog or a popover: with a stack of its own, which begins with it. */
export const StateView = ({ stateId, params, grid }: StateViewProps) => {
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
      <StateMain {...(grid ? { grid } : {})} />
    </StateArea>
  )
}

const StateMain = ({ grid }: Pick<StateViewProps, 'grid'>) => {
  const { definition } = useStateScope()
  const { main } = definition.layouts
  const layout = useMemo(() => (grid ? withGrid(main, grid) : main), [main, grid])
  return <LayoutView layout={layout} isNested />
}

const withGrid = (layout: DashboardLayout, wanted: NonNullable<StateViewProps['grid']>): DashboardLayout => {
  const { grid } = layout
  const changed = {
    ...grid,
    autoFillHeight: wanted.fills || grid.autoFillHeight,
    mobileAutoFillHeight: wanted.fills || grid.mobileAutoFillHeight,
    margin: Math.min(50, Math.max(0, wanted.margin ?? grid.margin)),
    outerMargin: wanted.outerMargin ?? grid.outerMargin,
    backgroundColor: wanted.background ?? grid.backgroundColor,
  }
  return { ...layout, grid: changed }
}
