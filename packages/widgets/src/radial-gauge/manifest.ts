import { radialGaugeSettings } from '../engines/gauge/analogue-settings.ts'
import { defineWidget } from '../widget.ts'

export const radialGauge = defineWidget({
  type: 'radial-gauge',
  fqns: ['analogue_gauges.radial_gauge_canvas_gauges'],
  name: 'Radial gauge',
  description: 'The newest value as a needle on a dial.',
  data: 'latest',
  settings: radialGaugeSettings({ min: -100, max: 100, major: 10, minor: 10, border: true }),
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 5, minColumns: 2, minRows: 2 },
})
