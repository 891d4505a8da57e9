import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { defineWidget } from '../widget.ts'

export const stateChartKeySettings = chartKeySettings({
  step: true,
  stepType: 'end',
  pointShape: 'circle',
  pointSize: 6,
  fill: 'opacity',
})

export const stateChart = defineWidget({
  type: 'state-chart',
  fqns: ['state_chart', 'charts.state_chart'],
  name: 'State chart',
  description: 'Which state something was in, and for how long.',
  data: 'series',
  points: { thinned: true, marksMoment: true, withPrevious: true },
  settings: chartSettingsSchema,
  keySettings: stateChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 5, minColumns: 4, minRows: 2 },
})
