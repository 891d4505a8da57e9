'use client'
import { useMemo } from 'react'
import { TimeChart } from '../engines/chart/chart-view.tsx'
import { keyReader } from '../engines/chart/read-key.ts'
import type { ChartSettings } from '../engines/chart/settings.ts'
import type { WidgetViewProps } from '../widget.ts'
import { combinedBarKeySettings, combinedLineKeySettings } from './manifest.ts'

const readBar = keyReader(combinedBarKeySettings)
const readLine = keyReader(combinedLineKeySettings)

/** The first key of the widget is the one with bars, unless a key says itself what it is. */
export const CombinedChart = (p: WidgetViewProps<ChartSettings>) => {
  const barKey = p.state.status === 'ready' ? p.state.series[0]?.dataKey.settings : undefined
  const readKey = useMemo(() => (settings: unknown) => (settings === barKey ? readBar : readLine)(settings), [barKey])
  return <TimeChart {...p} readKey={readKey} />
}
