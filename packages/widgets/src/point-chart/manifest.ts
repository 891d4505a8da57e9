import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { flotKey, flotUpgrade } from '../engines/chart/flot.ts'
import { defineWidget } from '../widget.ts'

export const pointChartKeySettings = chartKeySettings({
  showLine: false,
  showPoints: true,
  pointShape: 'circle',
  pointSize: 8,
})

export const pointChart = defineWidget({
  type: 'point-chart',
  fqns: ['point_chart'],
  name: 'Point chart',
  description: 'Values over the time window as single points.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: pointChartKeySettings,
  upgrade: flotUpgrade,
  upgradeKey: flotKey,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
