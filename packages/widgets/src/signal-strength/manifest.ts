import { z } from 'zod'
import { color, flag, number, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { dateFormat } from '../style/date-format.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  layout: oneOf(['wifi', 'cellular_bar'], 'wifi'),
  showDate: flag(false),
  dateFormat: dateFormat(),
  dateFont: font({ size: 12, lineHeight: '16px' }),
  dateColor: color('rgba(0, 0, 0, 0.38)'),
  activeBarsColor: colorSettings({
    color: 'rgba(92, 223, 144, 1)',
    ranges: [
      { from: null, to: -85, color: 'rgba(227, 71, 71, 1)' },
      { from: -85, to: -70, color: 'rgba(255, 122, 0, 1)' },
      { from: -70, to: -55, color: 'rgba(246, 206, 67, 1)' },
      { from: -55, to: null, color: 'rgba(92, 223, 144, 1)' },
    ],
  }),
  noSignalRssiValue: number(-100),
  inactiveBarsColor: color('rgba(224, 224, 224, 1)'),
  showTooltip: flag(true),
  showTooltipValue: flag(true),
  showTooltipDate: flag(true),
  tooltipDateFormat: dateFormat(),
  background: background(),
  padding: text('12px'),
})
export type SignalStrengthSettings = z.output<typeof settings>

export const signalStrength = defineWidget({
  type: 'signal-strength',
  fqns: ['signal_strength'],
  name: 'Signal strength',
  description: 'A signal in dBm as four bars or waves.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 3, rows: 3, minColumns: 2, minRows: 1 },
})
