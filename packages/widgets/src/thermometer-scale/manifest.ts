import { linearGaugeSettings } from '../engines/gauge/analogue-settings.ts'
import { defineWidget } from '../widget.ts'

export const thermometerScale = defineWidget({
  type: 'thermometer-scale',
  fqns: ['analogue_gauges.temperature_gauge_canvas_gauges'],
  name: 'Thermometer scale',
  description: 'The newest value as a column on a scale: upright in a tall tile, lying in a wide one.',
  data: 'latest',
  settings: linearGaugeSettings({ min: -60, max: 100, major: 8, minor: 8, border: false }),
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 7, rows: 3, minColumns: 2, minRows: 2 },
})
