import { z } from 'zod'
import { flag, number, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const ranges = (alpha: string) => [
  { from: null, to: 25, color: `rgba(227, 71, 71, ${alpha})` },
  { from: 25, to: 50, color: `rgba(246, 206, 67, ${alpha})` },
  { from: 50, to: null, color: `rgba(92, 223, 144, ${alpha})` },
]

const settings = z.object({
  layout: oneOf(['vertical_solid', 'horizontal_solid', 'vertical_divided', 'horizontal_divided'], 'vertical_solid'),
  sectionsCount: number(4),
  showValue: flag(true),
  autoScaleValueSize: flag(true),
  valueFont: font({ size: 20, lineHeight: '24px' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  batteryLevelColor: colorSettings({ color: 'rgba(224, 224, 224, 1)', ranges: ranges('1') }),
  batteryShapeColor: colorSettings({ color: 'rgba(224, 224, 224, 0.32)', ranges: ranges('0.32') }),
  background: background(),
  padding: text('12px'),
})
export type BatteryLevelSettings = z.output<typeof settings>

export const batteryLevel = defineWidget({
  type: 'battery-level',
  fqns: ['battery_level'],
  name: 'Battery level',
  description: 'A charge in percent as a battery that is more or less full.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 3, rows: 3, minColumns: 2, minRows: 1 },
})
