import { z } from 'zod'
import { xAxis, yAxis } from '../engines/chart/axis-settings.ts'
import { fill } from '../engines/chart/look-settings.ts'
import { chartParts } from '../engines/chart/settings.ts'
import { color, flag, number, oneOf } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const barChartWithLabelsSettings = z.object({
  ...chartParts,
  dataZoom: flag(false),
  showBarLabel: flag(true),
  barLabelFont: font({ size: 12, weight: '400', lineHeight: '12px' }),
  barLabelColor: color('rgba(0, 0, 0, 0.54)'),
  showBarValue: flag(true),
  barValueFont: font({ size: 12, weight: '700', lineHeight: '12px' }),
  barValueColor: color('rgba(0, 0, 0, 0.76)'),
  showBarBorder: flag(false),
  barBorderWidth: number(2),
  barBorderRadius: number(2),
  /** Text stands on the bars: in full colour it could not be read. */
  barBackgroundSettings: fill('opacity', 0.35),
  yAxis: yAxis({ editor: 'axis', title: 'Value axis' }),
  xAxis: xAxis(),
  legendPosition: oneOf(['top', 'bottom', 'left', 'right'], 'top'),
})
export type BarChartWithLabelsSettings = z.output<typeof barChartWithLabelsSettings>

export const barChartWithLabels = defineWidget({
  type: 'bar-chart-with-labels',
  fqns: ['bar_chart_with_labels'],
  name: 'Bar chart with labels',
  description: 'Bars of each interval with value and name written into them.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: barChartWithLabelsSettings,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
