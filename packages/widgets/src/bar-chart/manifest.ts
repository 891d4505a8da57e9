import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { defineWidget } from '../widget.ts'

export const barChartKeySettings = chartKeySettings({ type: 'bar' })

export const barChart = defineWidget({
  type: 'bar-chart',
  fqns: ['bar_chart', 'charts.timeseries_bars_flot'],
  name: 'Bar chart',
  description: 'Values of each interval of the time window as bars, side by side or stacked.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: barChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
