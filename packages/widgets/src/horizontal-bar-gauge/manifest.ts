import { digitalGaugeSettings, upgradeDigitalGauge } from '../engines/gauge/digital-settings.ts'
import { defineWidget } from '../widget.ts'

export const horizontalBarGauge = defineWidget({
  type: 'horizontal-bar-gauge',
  fqns: ['digital_gauges.horizontal_bar_justgage', 'digital_gauges.digital_bar'],
  name: 'Horizontal bar gauge',
  description: 'The newest value as the filled part of a lying bar.',
  data: 'latest',
  settings: digitalGaugeSettings('horizontalBar'),
  upgrade: upgradeDigitalGauge,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 3, minColumns: 2, minRows: 1 },
})
