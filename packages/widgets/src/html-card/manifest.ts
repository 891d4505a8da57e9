import { z } from 'zod'
import { text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const htmlCardSettingsSchema = z.object({
  cardHtml: text("<div class='card'>HTML code here</div>", { title: 'HTML' }),
  cardCss: text('', { title: 'CSS' }),
})

export const htmlCard = defineWidget({
  type: 'html-card',
  fqns: ['cards.html_card'],
  name: 'HTML card',
  description: 'A piece of HTML that stays as it is.',
  data: 'none',
  settings: htmlCardSettingsSchema,
  actionSources: ['elementClick'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 3, minColumns: 2, minRows: 1 },
})
