'use client'
import type { z } from 'zod'
import { LatestChart } from '../engines/latest-chart/latest-view.tsx'
import { Radar } from '../engines/latest-chart/radar.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { radarSettings } from './manifest.ts'

export const RadarChart = (p: WidgetViewProps<z.output<typeof radarSettings>>) => (
  <LatestChart {...p} draw={(picture) => <Radar picture={picture} settings={p.settings} />} />
)
