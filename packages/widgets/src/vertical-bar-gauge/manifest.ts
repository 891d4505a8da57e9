import { digitalGaugeSettings, upgradeDigitalGauge } from '../engines/gauge/digital-settings.ts'
import { defineWidget } from '../widget.ts'

export const verticalBarGauge = defineWidget({
  type: 'vertical-bar-gauge',
  fqns: ['digital_gauges.vertical_bar_justgage', 'digital_gauges.lcd_bar_gauge', 'digital_gauges.digital_vertical_bar'],
  name: 'Vertical bar gauge',
  description: 'The newest value as the filled part of an upright bar.',
  data: 'latest',
  settings: digitalGaugeSettings('verticalBar'),
  upgrade: upgradeDigitalGauge,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 3, rows: 5, minColumns: 2, minRows: 2 },
})
