import { z } from 'zod'
import { flag, number, text, icon } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  autoScale: flag(true),
  showLabel: flag(true),
  label: text('Temperature'),
  labelFont: font({ size: 20, weight: '400', lineHeight: '24px' }),
  labelColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  showIcon: flag(true),
  icon: icon('thermostat'),
  iconSize: number(24),
  iconSizeUnit: text('px'),
  iconColor: colorSettings('#5469FF'),
  valueFont: font({ size: 20, weight: '400', lineHeight: '24px' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  background: background(),
  padding: text('12px'),
})
export type LabelValueCardSettings = z.output<typeof settings>

export const labelValueCard = defineWidget({
  type: 'label-value-card',
  fqns: ['label_value_card'],
  name: 'Label & value card',
  description: 'A label and the newest value in one line.',
  data: 'latest',
  settings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 1, minColumns: 2, minRows: 1 },
})
