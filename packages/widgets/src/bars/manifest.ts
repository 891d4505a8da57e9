import { z } from 'zod'
import { latestUpgrade } from '../engines/latest-chart/old-charts.ts'
import { barParts, latestParts } from '../engines/latest-chart/settings.ts'
import { defineWidget } from '../widget.ts'

export const barsSettings = z.object({ ...latestParts(), ...barParts(64, 'top') })

export const bars = defineWidget({
  type: 'bars',
  fqns: ['bars', 'charts.bars'],
  name: 'Bars',
  description: 'Newest values beside each other, to compare them.',
  data: 'latest',
  settings: barsSettings,
  upgrade: latestUpgrade,
  size: { columns: 8, rows: 5, minColumns: 3, minRows: 2 },
})
