import { z } from 'zod'
import { latestUpgrade } from '../engines/latest-chart/old-charts.ts'
import { barParts, latestParts } from '../engines/latest-chart/settings.ts'
import { number } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const polarAreaSettings = z.object({
  ...latestParts(),
  ...barParts(100, 'outside'),
  angleAxisStartAngle: number(90),
})

export const polarArea = defineWidget({
  type: 'polar-area',
  fqns: ['polar_area', 'charts.polar_area_chart_js'],
  name: 'Polar area',
  description: 'Newest values as parts of a circle that reach as far as they are large.',
  data: 'latest',
  settings: polarAreaSettings,
  upgrade: latestUpgrade,
  size: { columns: 8, rows: 5, minColumns: 3, minRows: 2 },
})
