import { z } from 'zod'
import { markup } from '../settings/code.ts'
import { defineWidget } from '../widget.ts'

export const htmlCardSettingsSchema = z.object({
  cardHtml: markup("<div class='card'>HTML code here</div>", { title: 'HTML' }),
  cardCss: markup('', { title: 'CSS' }),
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
