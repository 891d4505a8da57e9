import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { defineWidget } from '../widget.ts'

export const combinedBarKeySettings = chartKeySettings({ type: 'bar' })
export const combinedLineKeySettings = chartKeySettings()

export const combinedChart = defineWidget({
  type: 'combined-chart',
  fqns: ['combined_chart'],
  name: 'Combined chart',
  description: 'Bars and lines in one picture: the first key as bars, the others as lines over them.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: chartSettingsSchema,
  keySettings: combinedLineKeySettings,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
