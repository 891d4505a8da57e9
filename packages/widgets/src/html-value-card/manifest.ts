import { z } from 'zod'
import { markup } from '../settings/code.ts'
import { defineWidget } from '../widget.ts'

export const htmlValueCardSettingsSchema = z.object({
  cardHtml: markup('', { title: 'HTML', hint: '${key:decimals} stands for a value' }),
  cardCss: markup('', { title: 'CSS' }),
})

export const htmlValueCard = defineWidget({
  type: 'html-value-card',
  fqns: ['cards.html_value_card'],
  name: 'HTML value card',
  description: 'A piece of HTML with newest values in it.',
  data: 'latest',
  // Texts of files write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: htmlValueCardSettingsSchema,
  actionSources: ['elementClick'],
  size: { columns: 8, rows: 3, minColumns: 2, minRows: 1 },
})
