'use client'
import type { z } from 'zod'
import { Bars } from '../engines/latest-chart/bars.tsx'
import { LatestChart } from '../engines/latest-chart/latest-view.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { barsSettings } from './manifest.ts'

export const LatestBars = (p: WidgetViewProps<z.output<typeof barsSettings>>) => (
  <LatestChart {...p} draw={(picture) => <Bars picture={picture} settings={p.settings} />} />
)
