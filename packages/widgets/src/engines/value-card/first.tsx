'use client'
import type { ReactNode } from 'react'
import { WidgetNotice } from '../../notice.tsx'
import type { WidgetSeries, WidgetState } from '../../widget.ts'

type Ready = { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }

/** For widgets that are about one value: draws it, or what is known of why there is none. */
export const FirstValue = (p: { state: WidgetState; noData: string; children: (ready: Ready) => ReactNode }) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const series = p.state.series.find((one) => one.role === 'main') ?? p.state.series[0]
  if (!series) return <WidgetNotice state={{ status: 'empty', reason: p.noData }} />
  return p.children({ series, all: p.state.series, isStale: p.state.staleSince !== null })
}
