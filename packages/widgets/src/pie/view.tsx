'use client'
import type { z } from 'zod'
import { LatestChart } from '../engines/latest-chart/latest-view.tsx'
import { Pie } from '../engines/latest-chart/pie.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { pieSettings } from './manifest.ts'

export const PieChart = (p: WidgetViewProps<z.output<typeof pieSettings>>) => {
  const { settings } = p
  return (
    <LatestChart
      {...p}
      clickSource="sliceClick"
      draw={(picture) => (
        <Pie
          picture={picture}
          look={{
            hole: Math.max(0, Math.min(0.9, settings.innerRadius)),
            radius: Math.max(0.1, Math.min(1, settings.radius / 100)),
            isClockwise: settings.clockwise,
            label: settings.showLabel ? settings.labelPosition : null,
            labelFont: settings.labelFont,
            labelColor: settings.labelColor,
            borderWidth: settings.borderWidth,
            borderColor: settings.borderColor,
            total: null,
          }}
        />
      )}
    />
  )
}
