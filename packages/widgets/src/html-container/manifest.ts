import { z } from 'zod'
import { codeElse, markup } from '../settings/code.ts'
import { list, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const htmlContainerSettingsSchema = z.object({
  type: oneOf(['PLAIN', 'ANGULAR'], 'PLAIN'),
  html: markup('', { title: 'HTML' }),
  css: markup('', { title: 'CSS' }),
  js: codeElse('', { title: 'JavaScript', args: ['ctx', 'container'] }),
  /** Scripts of other addresses; the sandbox loads none. */
  resources: list(z.looseObject({ url: z.string() })),
})

export const htmlContainer = defineWidget({
  type: 'html-container',
  fqns: ['html_container'],
  name: 'HTML container',
  description: 'HTML, CSS and a script of your own, in a sandbox.',
  data: 'none',
  settings: htmlContainerSettingsSchema,
  actionSources: ['javaScript', 'elementClick'],
  limits: { datasourcesOptional: true },
  size: { columns: 9, rows: 6, minColumns: 2, minRows: 1 },
})
