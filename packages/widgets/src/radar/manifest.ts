import { z } from 'zod'
import { fill, lineTypes, shapes } from '../engines/chart/look-settings.ts'
import { latestUpgrade } from '../engines/latest-chart/old-charts.ts'
import { latestParts } from '../engines/latest-chart/settings.ts'
import { color, flag, number, oneOf } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

export const radarSettings = z.object({
  ...latestParts(),
  shape: oneOf(['polygon', 'circle'], 'polygon'),
  color: color('#3F52DD'),
  showLine: flag(true),
  lineType: oneOf(lineTypes, 'solid'),
  lineWidth: number(2),
  showPoints: flag(true),
  pointShape: oneOf(shapes, 'circle'),
  pointSize: number(4),
  showLabel: flag(false),
  labelPosition: oneOf(['top', 'bottom'], 'top'),
  labelFont: font({ size: 11, weight: '400', lineHeight: '1' }),
  labelColor: color('rgba(0, 0, 0, 0.76)'),
  fillAreaSettings: fill('none', 0.4, { start: 80, end: 20 }),
  normalizeAxes: flag(false),
  axisShowLabel: flag(true),
  axisLabelFont: font({ size: 12, weight: '600', lineHeight: '1' }),
  axisShowTickLabels: flag(false),
  axisTickLabelFont: font({ size: 11, weight: '400', lineHeight: '1' }),
  axisTickLabelColor: color('rgba(0, 0, 0, 0.54)'),
})

export const radar = defineWidget({
  type: 'radar',
  fqns: ['radar', 'charts.radar_chart_js'],
  name: 'Radar',
  description: 'The shape that newest values make, each on an axis of its own.',
  data: 'latest',
  settings: radarSettings,
  upgrade: latestUpgrade,
  size: { columns: 8, rows: 5, minColumns: 3, minRows: 2 },
})
