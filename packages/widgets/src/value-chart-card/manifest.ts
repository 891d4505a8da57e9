import { z } from 'zod'
import { flag, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  layout: oneOf(['left', 'right'], 'left'),
  autoScale: flag(true),
  showValue: flag(true),
  valueFont: font({ size: 28, lineHeight: '32px' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  background: background(),
  padding: text('12px'),
})
export type ValueChartCardSettings = z.output<typeof settings>

export const valueChartCard = defineWidget({
  type: 'value-chart-card',
  fqns: ['simple_value_and_chart_card'],
  name: 'Simple value and chart card',
  description: 'The newest value beside a line of how it went over the time window.',
  data: 'series',
  points: { thinned: true },
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 2, minColumns: 2, minRows: 1 },
})
