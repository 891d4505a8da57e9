import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { defineWidget } from '../widget.ts'

export const areaChartKeySettings = chartKeySettings({ fill: 'opacity' })

export const areaChart = defineWidget({
  type: 'area-chart',
  fqns: ['area_chart'],
  name: 'Area chart',
  description: 'Filled courses over the time window; stacked they show the whole and its parts.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: areaChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
