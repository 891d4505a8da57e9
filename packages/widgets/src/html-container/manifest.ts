import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { list, oneOf, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const htmlContainerSettingsSchema = z.object({
  type: oneOf(['PLAIN', 'ANGULAR'], 'PLAIN'),
  html: text('', { title: 'HTML' }),
  css: text('', { title: 'CSS' }),
  js: functionSourceSchema.catch('').default(''),
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
