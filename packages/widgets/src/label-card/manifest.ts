import { z } from 'zod'
import { color, flag, number, text, icon } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  autoScale: flag(true),
  label: text('Thermostat'),
  labelFont: font({ size: 20, weight: '400', lineHeight: '24px' }),
  labelColor: color('rgba(0, 0, 0, 0.87)'),
  showIcon: flag(true),
  icon: icon('thermostat'),
  iconSize: number(24),
  iconSizeUnit: text('px'),
  iconColor: color('#5469FF'),
  background: background(),
  padding: text('12px'),
})
export type LabelCardSettings = z.output<typeof settings>

export const labelCard = defineWidget({
  type: 'label-card',
  fqns: ['label_card'],
  name: 'Label card',
  description: 'A line of text with an icon, as a heading on a dashboard.',
  data: 'none',
  settings,
  actionSources: ['cardClick'],
  limits: { datasourcesOptional: true },
  size: { columns: 6, rows: 1, minColumns: 2, minRows: 1 },
})
