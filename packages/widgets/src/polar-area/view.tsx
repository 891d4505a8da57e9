'use client'
import type { z } from 'zod'
import { PolarArea } from '../engines/latest-chart/bars.tsx'
import { LatestChart } from '../engines/latest-chart/latest-view.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { polarAreaSettings } from './manifest.ts'

export const PolarAreaChart = (p: WidgetViewProps<z.output<typeof polarAreaSettings>>) => (
  <LatestChart
    {...p}
    draw={(picture) => (
      <PolarArea picture={picture} settings={p.settings} startAngle={p.settings.angleAxisStartAngle} />
    )}
  />
)
