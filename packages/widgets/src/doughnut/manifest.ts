import { doughnutSettings } from '../engines/latest-chart/doughnut-settings.ts'
import { latestUpgrade } from '../engines/latest-chart/old-charts.ts'
import { defineWidget } from '../widget.ts'

export const doughnut = defineWidget({
  type: 'doughnut',
  fqns: ['doughnut', 'charts.doughnut_chart_js'],
  name: 'Doughnut',
  description: 'Newest values as parts of a ring, with the sum in its middle.',
  data: 'latest',
  settings: doughnutSettings('bottom'),
  upgrade: latestUpgrade,
  size: { columns: 7, rows: 4, minColumns: 3, minRows: 2 },
})
