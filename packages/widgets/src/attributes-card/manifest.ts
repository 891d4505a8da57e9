import { z } from 'zod'
import { defineWidget } from '../widget.ts'

export const attributesCard = defineWidget({
  type: 'attributes-card',
  fqns: ['cards.attributes_card', 'gateway_widgets.attributes_card'],
  name: 'Attributes card',
  description: 'Keys and their newest values, one under the other, for each entity.',
  data: 'latest',
  settings: z.object({}),
  size: { columns: 8, rows: 4, minColumns: 3, minRows: 2 },
})
