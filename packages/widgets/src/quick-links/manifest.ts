import { z } from 'zod'
import { number } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const quickLinksSettingsSchema = z.object({
  columns: number(3, { title: 'Columns' }),
})

export const quickLinks = defineWidget({
  type: 'quick-links',
  fqns: ['home_page_widgets.quick_links'],
  name: 'Quick links',
  description: 'The places of the console in a few columns.',
  data: 'none',
  settings: quickLinksSettingsSchema,
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 3, minColumns: 3, minRows: 1 },
})
