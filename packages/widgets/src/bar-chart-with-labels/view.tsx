'use client'
import { useMemo } from 'react'
import { TimeChart } from '../engines/chart/chart-view.tsx'
import type { WidgetViewProps } from '../widget.ts'
import { asChart, asKey } from './as-chart.ts'
import type { BarChartWithLabelsSettings } from './manifest.ts'

export const BarChartWithLabels = (p: WidgetViewProps<BarChartWithLabelsSettings>) => {
  const { settings } = p
  const made = useMemo(() => {
    const key = asKey(settings)
    return {
      settings: asChart(settings),
      readKey: () => key,
      look: { barText: { showLabel: settings.showBarLabel, showValue: settings.showBarValue } },
    }
  }, [settings])
  return <TimeChart {...p} settings={made.settings} readKey={made.readKey} look={made.look} />
}
