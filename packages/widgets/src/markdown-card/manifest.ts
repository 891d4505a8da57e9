import { z } from 'zod'
import { codeElse, markup } from '../settings/code.ts'
import { flag } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const markdownCardSettingsSchema = z.object({
  useMarkdownTextFunction: flag(false, { title: 'Text by a function' }),
  markdownTextPattern: markup('### Markdown/HTML card\n - **Current entity**: ${entityName}.\n', {
    title: 'Text',
    hint: 'Markdown or HTML with ${entityName} and ${key:decimals}',
    when: { useMarkdownTextFunction: [false] },
  }),
  markdownTextFunction: codeElse('', {
    title: 'Function',
    args: ['data', 'ctx'],
    when: { useMarkdownTextFunction: [true] },
  }),
  applyDefaultMarkdownStyle: flag(true, { title: 'Look of Markdown' }),
  markdownCss: markup('', { title: 'CSS' }),
})

export const markdownCard = defineWidget({
  type: 'markdown-card',
  fqns: ['cards.markdown_card', 'gateway_widgets.markdown_card'],
  name: 'Markdown card',
  description: 'A text in Markdown or HTML with values in it.',
  data: 'latest',
  // Texts of files write values in ways of their own; a unit that is converted changes the values themselves.
  values: ['units'],
  settings: markdownCardSettingsSchema,
  actionSources: ['elementClick'],
  limits: { datasourcesOptional: true },
  size: { columns: 8, rows: 4, minColumns: 2, minRows: 1 },
})
