import { functionSourceSchema } from '@thingwire/dashboards'
import { type About, shared, text } from './schema.ts'

type AboutCode = About & {
  /** Names of its arguments. */
  args?: readonly string[]
}

const meta = ({ args, ...about }: AboutCode) => ({
  editor: 'widget-function',
  ...about,
  ...(args && { columns: args }),
})

/** Code of a file; null: none. */
export const code = (about: AboutCode = {}) =>
  shared(['code', about], () => functionSourceSchema.nullable().catch(null).default(null).meta(meta(about)))

/** The same, where another function, or nothing as an empty text, stands for none. */
export const codeElse = (fallback: string, about: AboutCode) =>
  functionSourceSchema.catch(fallback).default(fallback).meta(meta(about))

/** HTML, Markdown or CSS, in which `${…}` may stand for values. */
export const markup = (fallback: string, about: About) => text(fallback, { editor: 'markup', ...about })
