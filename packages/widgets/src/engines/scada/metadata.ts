import { z } from 'zod'
import { flag, list, oneOf, text } from '../../settings/schema.ts'
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
  hint: text('').transform(plainName),
  group: text('').transform(plainName),
  type: z.enum(['value', 'action', 'widgetAction']),
  valueType: z.enum(valueTypes).catch('BOOLEAN'),
  /** What is read and written where a dashboard says nothing else. */
  defaultGetValueSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
  defaultSetValueSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
  defaultWidgetActionSettings: z.record(z.string(), z.unknown()).nullish().catch(null),
})
export type SymbolBehavior = z.output<typeof behaviorSchema>

const limit = z.number().nullish().catch(null)

/** What stands in a list of a property to choose from; `value` is what is stored. */
const choiceSchema = z.object({ value: z.unknown(), label: name() })

const longestCondition = 2_000

const propertyMembers = z.object({
  id,
  name: name(),
  hint: text('').transform(plainName),
  group: text('').transform(plainName),
  /** `text`, `number`, `switch`, `color`, `color_settings`, `font`, `units`, `select`, … */
  type: text('text'),
  default: z.unknown().optional(),
  /** Tells settings of one name apart. */
  subLabel: text('').transform(plainName),
  fieldSuffix: text(''),
  required: flag(false),
  /** Body of a function over `model`, all properties; empty: it is always shown. */
  condition: text('').transform((source) => (source.length <= longestCondition ? source : '')),
  /** Another property without which this one does nothing. */
  disableOnProperty: text(''),
  min: limit,
  max: limit,
  step: limit,
  items: list(choiceSchema),
  multiple: flag(false),
  allowEmptyOption: flag(false),
  rows: limit,
  dateTimeType: oneOf(['date', 'time', 'datetime'], 'datetime'),
  arrayItemName: text('').transform(plainName),
  arrayItemType: text('text'),
})

/** One setting of the look. */
export type SymbolProperty = z.output<typeof propertyMembers> & {
  /** Of a `fieldset`, and of the items of a list of such. */
  properties: readonly SymbolProperty[]
}

const none = z.unknown().transform((): readonly SymbolProperty[] => [])
const innermost = propertyMembers.extend({ properties: none })
/** Parts of parts of parts are as deep as anybody has made them. */
const inner = propertyMembers.extend({ properties: list(innermost) })
const propertySchema = propertyMembers.extend({ properties: list(inner) })

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
