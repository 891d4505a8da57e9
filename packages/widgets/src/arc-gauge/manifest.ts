import { digitalGaugeSettings, upgradeDigitalGauge } from '../engines/gauge/digital-settings.ts'
import { defineWidget } from '../widget.ts'

export const arcGauge = defineWidget({
  type: 'arc-gauge',
  fqns: [
    'digital_gauges.gauge_justgage',
    'digital_gauges.neon_gauge_justgage',
    'digital_gauges.lcd_gauge',
    'digital_gauges.digital_speedometer',
  ],
  name: 'Arc gauge',
  description: 'The newest value as the filled part of an arc.',
  data: 'latest',
  settings: digitalGaugeSettings('arc'),
  upgrade: upgradeDigitalGauge,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 5, rows: 4, minColumns: 2, minRows: 2 },
})
