import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { defineWidget } from '../widget.ts'

export const timeSeriesChartKeySettings = chartKeySettings()

export const timeSeriesChart = defineWidget({
  type: 'time-series-chart',
  fqns: ['time_series_chart', 'charts.basic_timeseries'],
  name: 'Time series chart',
  description: 'Lines or bars of one or more keys over the time window, moving on as values arrive.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: timeSeriesChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
