import { z } from 'zod'
import { list, text } from '../../settings/schema.ts'
import { bindingSchema } from './bindings.ts'

/** Ids of values, actions and properties, as code and bindings name them. */
const id = z.string().min(1).max(120)

/** Names of ThingsBoard's own files are keys of its texts: the key's last part says nearly the same. */
const plainName = (name: string): string =>
  name.replaceAll(/\{i18n:[\w.-]*?([\w-]+)\}/g, (_, key: string) => {
    const words = key.replaceAll('-', ' ')
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  })

const name = () => text('').transform(plainName)

const valueTypes = ['BOOLEAN', 'INTEGER', 'DOUBLE', 'STRING', 'JSON'] as const

/** Something that a symbol shows or does: a value that is read, an action that writes, an action of the dashboard. */
const behaviorSchema = z.object({
  id,
  name: name(),
  hint: text(''),
  group: text(''),
  type: z.enum(['value', 'action', 'widgetAction']),
  valueType: z.enum(valueTypes).catch('BOOLEAN'),
  /** What is read and written where a dashboard says nothing else. */
  defaultGetValueSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
  defaultSetValueSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
  defaultWidgetActionSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
})
export type SymbolBehavior = z.output<typeof behaviorSchema>

/** One setting of the look. */
const propertySchema = z.object({
  id,
  name: name(),
  group: text(''),
  /** `text`, `number`, `switch`, `color`, `color_settings`, `font`, `units`, `select`, … */
  type: text('text'),
  default: z.unknown().optional(),
})
export type SymbolProperty = z.output<typeof propertySchema>

const code = z.string().max(200_000).nullish().catch(null)

const tagSchema = z.object({
  tag: id,
  /** JavaScript of files; runs in the sandbox only. */
  stateRenderFunction: code,
  actions: z
    .record(z.string(), z.object({ actionFunction: code }))
    .nullish()
    .catch(null),
  /** Ours: what the tag's elements show, without code. */
  bind: bindingSchema.nullish().catch(null),
})

const mostCells = 64

/** What stands in `tb:metadata` of a symbol. Members that do not fit are left out. */
export const symbolMetadataSchema = z.object({
  title: text(''),
  description: text(''),
  searchTags: list(z.string()),
  /** In cells of a board with 24 columns. */
  widgetSizeX: z.number().positive().max(mostCells).catch(3),
  widgetSizeY: z.number().positive().max(mostCells).catch(3),
  stateRenderFunction: code,
  tags: list(tagSchema),
  behavior: list(behaviorSchema),
  properties: list(propertySchema),
})
export type SymbolMetadata = z.output<typeof symbolMetadataSchema>

/** Code that does nothing, as editors leave it. */
const isCode = (source: string | null | undefined): boolean =>
  (source ?? '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .trim() !== ''

/** Whether it takes the sandbox to draw it. */
export const hasCode = ({ stateRenderFunction, tags }: SymbolMetadata): boolean =>
  isCode(stateRenderFunction) ||
  tags.some(
    (tag) =>
      isCode(tag.stateRenderFunction) ||
      Object.values(tag.actions ?? {}).some(({ actionFunction }) => isCode(actionFunction)),
  )
