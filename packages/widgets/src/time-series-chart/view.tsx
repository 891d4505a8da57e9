'use client'
import { TimeChart } from '../engines/chart/chart-view.tsx'
import { keyReader } from '../engines/chart/read-key.ts'
import type { ChartSettings } from '../engines/chart/settings.ts'
import type { WidgetViewProps } from '../widget.ts'
import { timeSeriesChartKeySettings } from './manifest.ts'

const readKey = keyReader(timeSeriesChartKeySettings)

export const TimeSeriesChart = (p: WidgetViewProps<ChartSettings>) => <TimeChart {...p} readKey={readKey} />
