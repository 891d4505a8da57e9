import { z } from 'zod'
import { color, list, number, text } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  backgroundImageUrl: text('', { title: 'Picture', editor: 'picture' }),
  labels: list(
    z.object({
      pattern: text('${#0}'),
      /** In percent of the picture. */
      x: number(50, { title: 'From the left', suffix: '%' }),
      y: number(50, { title: 'From the top', suffix: '%' }),
      backgroundColor: color(),
      /** Sizes are percent of the picture's height. */
      font: font({ size: 6 }),
    }),
  ),
})
export type LabelOverImageSettings = z.output<typeof settings>

export const labelOverImage = defineWidget({
  type: 'label-over-image',
  fqns: ['cards.label_widget'],
  name: 'Label over image',
  description: 'Newest values at their places on a picture.',
  data: 'latest',
  values: ['units', 'decimals'],
  settings,
  limits: { datasourcesOptional: true },
  size: { columns: 6, rows: 5, minColumns: 2, minRows: 2 },
})
