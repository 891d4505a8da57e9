'use client'
import type { DashboardDocument, DashboardLayout, DashboardState, LayoutDimension } from '@thingwire/dashboards'
import { Sheet } from '@thingwire/ui'
import { findWidget } from '@thingwire/widgets/manifests'
import { preloadView } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { type CSSProperties, useMemo } from 'react'
import { useBoard, useStateScope, useWholeDocument } from './board-context.ts'
import { LayoutView } from './layout-view.tsx'

/** The layouts of the state shown: the main one, and beside it (on a phone over it) the right one where there is one. */
export const StateLayouts = () => {
  const t = useTranslations('board')
  const { isPhone } = useBoard()
  const { widgets } = useWholeDocument()
  const { definition, state, isRightOpen, setRightOpen } = useStateScope()
  // Places have to be measured before anything is drawn in them; the code can be on its way meanwhile.
  useMemo(() => preloadViews(definition, widgets), [definition, widgets])
  const { main, right } = definition.layouts
  // Another state, or the same for another entity, is drawn anew.
  const key = JSON.stringify(state)
  if (!right) return <LayoutView key={key} layout={main} />
  if (main.grid.layoutType === 'divider') return <Divided key={key} main={main} right={right} />
  return (
    <>
      <LayoutView key={key} layout={main} />
      {isPhone ? (
        <Sheet
          open={isRightOpen}
          onOpenChange={setRightOpen}
          title={t('rightPanel')}
          closeLabel={t('closeRight')}
          className="max-w-[92vw]"
        >
          <div className="-mx-5 -mb-5 h-full">
            <LayoutView layout={right} />
          </div>
        </Sheet>
      ) : isRightOpen ? (
        <aside aria-label={t('rightPanel')} className="flex w-[min(40%,480px)] shrink-0 border-l">
          <LayoutView key={key} layout={right} />
        </aside>
      ) : null}
    </>
  )
}

const preloadViews = ({ layouts }: DashboardState, widgets: DashboardDocument['widgets']): void => {
  const shown = [...layouts.main.items, ...(layouts.right?.items ?? [])]
  const types = shown.flatMap(({ widgetId }) => findWidget(widgets.get(widgetId)?.typeFullFqn ?? '')?.type ?? [])
  for (const type of new Set(types)) preloadView(type)
}

const widths = (dimension: LayoutDimension | null): { main: CSSProperties; right: CSSProperties } => {
  if (dimension?.type === 'fixed') {
    const fixed = { width: dimension.fixedWidth, flex: 'none' }
    return dimension.fixedLayout === 'main' ? { main: fixed, right: { flex: 1 } } : { main: { flex: 1 }, right: fixed }
  }
  const left = dimension?.leftWidthPercentage ?? 50
  return { main: { flex: `${left} 1 0` }, right: { flex: `${100 - left} 1 0` } }
}

/** Two panes side by side; on a phone one below the other, in the order that the file wants. */
const Divided = ({ main, right }: { main: DashboardLayout; right: DashboardLayout }) => {
  const { isPhone } = useBoard()
  const share = widths(main.grid.layoutDimension)
  if (isPhone) {
    const isRightFirst = right.grid.mobileDisplayLayoutFirst
    return (
      <div className="flex size-full flex-col overflow-y-auto [&>*]:flex-none [&>*]:h-auto">
        <LayoutView layout={isRightFirst ? right : main} />
        <LayoutView layout={isRightFirst ? main : right} />
      </div>
    )
  }
  return (
    <>
      <div className="flex min-w-0" style={share.main}>
        <LayoutView layout={main} />
      </div>
      <div className="flex min-w-0 border-l" style={share.right}>
        <LayoutView layout={right} />
      </div>
    </>
  )
}
