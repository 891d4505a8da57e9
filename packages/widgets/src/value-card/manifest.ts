import { z } from 'zod'
import { defineWidget } from '../widget.ts'

const flag = (fallback: boolean) => z.boolean().catch(fallback).default(fallback)

export const valueCardSettingsSchema = z.object({
  /** ThingsBoard's layouts; those this card does not draw become the nearest it does. */
  layout: z
    .enum(['square', 'vertical', 'centered', 'simplified', 'horizontal', 'horizontal_reversed'])
    .catch('square')
    .default('square'),
  showLabel: flag(true),
  showDate: flag(true),
})

export const valueCard = defineWidget({
  type: 'value-card',
  fqns: [
    'cards.value_card',
    'cards.horizontal_value_card',
    'cards.simple_card',
    'cards.label_value_card',
    'cards.value_chart_card',
  ],
  name: 'Value card',
  description: 'The newest value of one key in large type, with its unit and age.',
  data: 'latest',
  settings: valueCardSettingsSchema,
  size: { columns: 4, rows: 3, minColumns: 2, minRows: 1 },
})
