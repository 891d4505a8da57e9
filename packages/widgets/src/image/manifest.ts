import { z } from 'zod'
import { oneOf, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const imageSettingsSchema = z.object({
  imageUrl: text('', { title: 'Image', editor: 'picture', hint: 'Shown where the data has none' }),
  fit: oneOf(['contain', 'cover', 'fill', 'none'], 'contain', { title: 'Fit' }),
  alternative: text('', { title: 'What it shows, in words', hint: '${entityName} and ${key} are filled in' }),
})

export const image = defineWidget({
  type: 'image',
  fqns: [],
  name: 'Image',
  description: 'A stored image, or the one that a value holds.',
  data: 'latest',
  values: [],
  settings: imageSettingsSchema,
  actionSources: ['cardClick'],
  limits: { datasourcesOptional: true, keys: 1, entities: 1 },
  size: { columns: 6, rows: 5, minColumns: 1, minRows: 1 },
})
