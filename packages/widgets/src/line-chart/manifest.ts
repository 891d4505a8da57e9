import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { defineWidget } from '../widget.ts'

export const lineChartKeySettings = chartKeySettings()

export const lineChart = defineWidget({
  type: 'line-chart',
  fqns: ['line_chart'],
  name: 'Line chart',
  description: 'Courses of one or more keys over the time window.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: lineChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
