import { z } from 'zod'
import { defineWidget } from '../widget.ts'

/** A member that a file has wrong falls back to its default: an import must not cost the whole widget. */
const flag = (fallback: boolean) => z.boolean().catch(fallback).default(fallback)

export const chartSettingsSchema = z.object({
  showLegend: flag(true),
  stack: flag(false),
  /** Values over the whole axis; null: as the data asks. */
  yMin: z.number().nullable().catch(null).default(null),
  yMax: z.number().nullable().catch(null).default(null),
})

/** Settings of one data key, in ThingsBoard's words. */
export const chartKeySettingsSchema = z.object({
  type: z.enum(['line', 'bar']).catch('line').default('line'),
  showInLegend: flag(true),
  dataHiddenByDefault: flag(false),
  lineSettings: z
    .object({
      showLine: flag(true),
      smooth: flag(false),
      step: flag(false),
      stepType: z.enum(['start', 'middle', 'end']).catch('start').default('start'),
      lineType: z.enum(['solid', 'dashed', 'dotted']).catch('solid').default('solid'),
      lineWidth: z.number().min(0.5).max(10).catch(1.75).default(1.75),
      showPoints: flag(false),
      fillAreaSettings: z
        .object({
          type: z.enum(['none', 'opacity', 'gradient']).catch('none').default('none'),
          opacity: z.number().min(0).max(1).catch(0.2).default(0.2),
        })
        .catch({ type: 'none', opacity: 0.2 })
        .prefault({}),
    })
    .prefault({}),
})
export type ChartKeySettings = z.infer<typeof chartKeySettingsSchema>

export const timeSeriesChart = defineWidget({
  type: 'time-series-chart',
  fqns: [
    'time_series_chart',
    'line_chart',
    'bar_chart',
    'point_chart',
    'range_chart',
    'charts.basic_timeseries',
    'charts.timeseries_bars_flot',
    'charts.state_chart',
  ],
  name: 'Time series chart',
  description: 'Lines or bars of one or more keys over the time window, moving on as values arrive.',
  data: 'series',
  settings: chartSettingsSchema,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
