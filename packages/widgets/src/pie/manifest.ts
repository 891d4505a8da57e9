import { z } from 'zod'
import { latestUpgrade } from '../engines/latest-chart/old-charts.ts'
import { latestParts } from '../engines/latest-chart/settings.ts'
import { color, flag, number, oneOf } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

export const pieSettings = z.object({
  ...latestParts(),
  showLabel: flag(true),
  labelPosition: oneOf(['inside', 'outside'], 'outside'),
  labelFont: font({ size: 12, weight: 'normal', lineHeight: '1.2' }),
  labelColor: color('#000'),
  borderWidth: number(0),
  borderColor: color('#000'),
  radius: number(80),
  clockwise: flag(false),
  /** Of older files: share of the radius that is open. */
  innerRadius: number(0),
})

export const pie = defineWidget({
  type: 'pie',
  fqns: ['pie', 'charts.pie', 'charts.pie_chart_js'],
  name: 'Pie',
  description: 'Newest values as shares of a whole.',
  data: 'latest',
  settings: pieSettings,
  upgrade: latestUpgrade,
  actionSources: ['sliceClick'],
  size: { columns: 8, rows: 5, minColumns: 3, minRows: 2 },
})
