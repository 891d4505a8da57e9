import { doughnutSettings } from '../engines/latest-chart/doughnut-settings.ts'

import { defineWidget } from '../widget.ts'

export const horizontalDoughnut = defineWidget({
  type: 'horizontal-doughnut',
  fqns: ['horizontal_doughnut'],
  name: 'Horizontal doughnut',
  description: 'A doughnut with its legend beside it, for low cards.',
  data: 'latest',
  settings: doughnutSettings('right'),

  size: { columns: 8, rows: 3, minColumns: 4, minRows: 2 },
})
