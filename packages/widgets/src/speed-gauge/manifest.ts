import { radialGaugeSettings } from '../engines/gauge/analogue-settings.ts'
import { defineWidget } from '../widget.ts'

export const speedGauge = defineWidget({
  type: 'speed-gauge',
  fqns: ['analogue_gauges.speed_gauge_canvas_gauges'],
  name: 'Speed gauge',
  description: 'A speed as a needle on a dial, with a part for too fast.',
  data: 'latest',
  settings: radialGaugeSettings({ min: 0, max: 180, major: 9, minor: 9, border: false }),
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 5, minColumns: 2, minRows: 2 },
})
