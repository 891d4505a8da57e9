import { z } from 'zod'
import { text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const frameSettingsSchema = z.object({
  url: text('', { title: 'Address', hint: 'http or https; ${entityName} and ${key} are filled in' }),
})

export const frame = defineWidget({
  type: 'frame',
  fqns: [],
  name: 'Web page',
  description: 'A page of another site, walled off from the console.',
  data: 'latest',
  values: [],
  settings: frameSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 12, rows: 8, minColumns: 4, minRows: 2 },
})
