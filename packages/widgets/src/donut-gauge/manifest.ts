import { digitalGaugeSettings, upgradeDigitalGauge } from '../engines/gauge/digital-settings.ts'
import { defineWidget } from '../widget.ts'

export const donutGauge = defineWidget({
  type: 'donut-gauge',
  fqns: [
    'digital_gauges.simple_gauge_justgage',
    'digital_gauges.mini_gauge_justgage',
    'digital_gauges.simple_neon_gauge_justgage',
    'digital_gauges.digital_thermometer',
  ],
  name: 'Donut gauge',
  description: 'The newest value as the filled part of a ring.',
  data: 'latest',
  settings: digitalGaugeSettings('donut'),
  upgrade: upgradeDigitalGauge,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 4, rows: 4, minColumns: 2, minRows: 2 },
})
