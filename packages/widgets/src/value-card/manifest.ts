import { z } from 'zod'
import { flag, number, oneOf, text, icon } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { dateFormat } from '../style/date-format.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const layouts = ['square', 'vertical', 'centered', 'simplified', 'horizontal', 'horizontal_reversed'] as const

export const valueCardSettingsSchema = z.object({
  layout: oneOf(layouts, 'square'),
  autoScale: flag(true),
  showLabel: flag(true),
  labelFont: font({ size: 16, lineHeight: '1.5' }),
  labelColor: colorSettings('rgba(0, 0, 0, 0.54)'),
  showIcon: flag(true),
  icon: icon('thermostat'),
  iconSize: number(40),
  iconSizeUnit: text('px'),
  iconColor: colorSettings('#5469FF'),
  valueFont: font({ size: 52, lineHeight: '100%' }),
  valueColor: colorSettings('rgba(0, 0, 0, 0.87)'),
  showDate: flag(true),
  dateFormat: dateFormat(),
  dateFont: font({ size: 12, lineHeight: '1.33' }),
  dateColor: colorSettings('rgba(0, 0, 0, 0.38)'),
  background: background(),
  padding: text(''),
})
export type ValueCardSettings = z.output<typeof valueCardSettingsSchema>

/** The simple card has a label and a value and nothing else. */
const ofSimpleCard = (settings: Readonly<Record<string, unknown>>) => ({
  layout: settings.labelPosition === 'top' ? 'centered' : 'horizontal',
  showIcon: false,
  showDate: false,
  valueFont: { size: 40 },
})

export const valueCard = defineWidget({
  type: 'value-card',
  fqns: ['cards.value_card', 'cards.horizontal_value_card', 'cards.simple_card'],
  name: 'Value card',
  description: 'The newest value of one key in large type, with its unit and age.',
  data: 'latest',
  settings: valueCardSettingsSchema,
  upgrade: (settings, fqn) => {
    if (fqn === 'cards.simple_card') return ofSimpleCard(settings)
    return fqn === 'cards.horizontal_value_card'
      ? { layout: 'horizontal', valueFont: { size: 36 }, ...settings }
      : { ...settings }
  },
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 4, rows: 3, minColumns: 2, minRows: 1 },
})
