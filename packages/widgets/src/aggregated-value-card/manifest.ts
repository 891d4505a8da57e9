import { z } from 'zod'
import { color, flag, oneOf, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { colorSettings } from '../style/color-settings.ts'
import { dateFormat } from '../style/date-format.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

export const positions = ['center', 'rightTop', 'rightBottom', 'leftTop', 'leftBottom'] as const

/** Of the keys beside the series. */
export const aggregatedKeySettings = z.object({
  position: oneOf(positions, 'center'),
  font: font({ size: 14, lineHeight: '1' }),
  color: colorSettings('rgba(0, 0, 0, 0.87)'),
  showArrow: flag(false),
})

const settings = z.object({
  autoScale: flag(true),
  showSubtitle: flag(true),
  subtitle: text('${entityName}'),
  subtitleFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  subtitleColor: color('rgba(0, 0, 0, 0.38)'),
  showDate: flag(true),
  dateFormat: dateFormat(),
  dateFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  dateColor: color('rgba(0, 0, 0, 0.38)'),
  showChart: flag(true),
  background: background(),
  // ThingsBoard has 18 px; 12 px is the padding of all our cards.
  padding: text('12px'),
})
export type AggregatedValueCardSettings = z.output<typeof settings>

export const aggregatedValueCard = defineWidget({
  type: 'aggregated-value-card',
  fqns: ['cards.aggregated_value_card'],
  name: 'Value and chart card',
  description: 'A value with how far it is from others, over a line of the time window.',
  data: 'series',
  settings,
  keySettings: aggregatedKeySettings,
  actionSources: ['cardClick'],
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 6, rows: 4, minColumns: 3, minRows: 2 },
})
