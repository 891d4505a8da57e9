'use client'
import { TimeChart } from '../engines/chart/chart-view.tsx'
import { keyReader } from '../engines/chart/read-key.ts'
import type { ChartSettings } from '../engines/chart/settings.ts'
import type { WidgetViewProps } from '../widget.ts'
import { areaChartKeySettings } from './manifest.ts'

const readKey = keyReader(areaChartKeySettings)

export const AreaChart = (p: WidgetViewProps<ChartSettings>) => <TimeChart {...p} readKey={readKey} />
