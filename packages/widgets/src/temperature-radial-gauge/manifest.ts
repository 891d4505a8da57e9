import { radialGaugeSettings } from '../engines/gauge/analogue-settings.ts'
import { defineWidget } from '../widget.ts'

export const temperatureRadialGauge = defineWidget({
  type: 'temperature-radial-gauge',
  fqns: ['analogue_gauges.temperature_radial_gauge_canvas_gauges'],
  name: 'Temperature radial gauge',
  description: 'A temperature as a needle on a dial from cold to warm.',
  data: 'latest',
  settings: radialGaugeSettings({
    min: -60,
    max: 60,
    major: 12,
    minor: 12,
    startAngle: 67.5,
    ticksAngle: 225,
    border: true,
  }),
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 5, minColumns: 2, minRows: 2 },
})
