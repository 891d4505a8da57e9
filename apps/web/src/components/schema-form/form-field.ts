import { z } from 'zod'

type Labelled = {
  /** Name of the member in its object; empty at the root and for items of lists. */
  key: string
  title: string
  description: string
  isRequired: boolean
  isNullable: boolean
  /** What a missing member means by the schema; undefined: nothing. */
  fallback: unknown
  /** Which editor the schema asks for, besides what its type says. */
  editor: string | null
  /** When the setting means anything, by its neighbours: any of these. Null: always. */
  when: readonly Condition[] | null
  /** A neighbour that says in which unit this number is; it is shown beside it. */
  unit: string | null
  /** Words behind a number, such as a unit that is always the same. */
  suffix: string
  /** Neighbours that its editor shows, too. */
  covers: readonly string[]
  /** People's words for constants, where the constant alone does not say enough. */
  words: Readonly<Record<string, string>>
  /** Texts to choose from for a setting that takes any: those themselves, or the name of where they are from. */
  suggest: readonly string[] | string
  /** Whether `${key}` and `$[key]` are filled in from the message. */
  isPattern: boolean
  /** A neighbour that says of what type it is. */
  typeFrom: string | null
  /** Whether it does nothing here, and is only kept for where the file may go. */
  isKept: boolean
  /** What the two columns of a map are called. */
  columns: readonly string[]
  /** With which others it stands in a form of many settings; empty: by its name. */
  group: string
}

/** What neighbours have to be; a flag that is not set is off. */
export type Condition = Readonly<Record<string, readonly unknown[]>>

/** One setting as a form shows it. `raw` is anything that has no control of its own: it is edited as JSON. */
export type FormField = Labelled &
  (
    | { kind: 'text'; isSecret: boolean; isId: boolean }
    | { kind: 'number'; least: number | null; most: number | null; isWhole: boolean }
    | { kind: 'flag' }
    | { kind: 'choice'; options: readonly string[] }
    | { kind: 'fixed'; value: unknown }
    | { kind: 'texts'; options: readonly string[] | null }
    | { kind: 'map' }
    | { kind: 'list'; item: FormField }
    | { kind: 'object'; members: readonly FormField[] }
    | { kind: 'union'; tag: string; variants: readonly Variant[] }
    | { kind: 'raw' }
  )

export type FieldOf<Kind extends FormField['kind']> = Extract<FormField, { kind: Kind }>

/** One shape that a union can have; `value` is what its tag says then. */
export type Variant = { value: string; members: readonly FormField[] }

type Json = Readonly<Record<string, unknown>>
type Kinds = FormField extends infer One ? (One extends FormField ? Omit<One, keyof Labelled> : never) : never

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const jsonsIn = (value: unknown): Json[] => listIn(value).filter(isJson)
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
const textsIn = (value: unknown): string[] => listIn(value).filter((one) => typeof one === 'string')

/** The form of a configuration, by what its schema takes; settings stand in the order of the schema. */
export const formOf = (schema: z.ZodType): FormField =>
  fieldOf('', z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), true)

const fieldOf = (key: string, schema: Json, isRequired: boolean): FormField => {
  const { inner, isNullable } = withoutNull(schema)
  return {
    key,
    title: textIn(schema.title) || textIn(inner.title) || titleOf(key),
    description: textIn(schema.description) || textIn(inner.description) || textIn(schema.hint),
    isRequired,
    isNullable,
    fallback: schema.default,
    editor: textIn(schema.editor) || null,
    when: conditionsIn(schema.when),
    unit: textIn(schema.unit) || null,
    suffix: textIn(schema.suffix),
    covers: textsIn(schema.covers),
    words: wordsIn(schema.words),
    suggest: typeof schema.suggest === 'string' ? schema.suggest : textsIn(schema.suggest),
    isPattern: schema.isPattern === true,
    typeFrom: textIn(schema.typeFrom) || null,
    isKept: schema.isKept === true,
    columns: textsIn(schema.columns),
    group: textIn(schema.group),
    ...kindOf({ ...schema, ...inner }),
  }
}

/** Words for a setting that its schema has none for: `labelColor` is "Label colour". */
export const titleOf = (key: string): string => {
  const words = key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/\bcolor(s?)\b/g, 'colour$1')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const conditionsIn = (value: unknown): readonly Condition[] | null => {
  const conditions = Array.isArray(value) ? jsonsIn(value) : isJson(value) ? [value] : []
  if (conditions.length === 0) return null
  return conditions.map((one) => Object.fromEntries(Object.entries(one).map(([key, wanted]) => [key, listIn(wanted)])))
}

const wordsIn = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(isJson(value) ? value : {}).map(([key, word]) => [key, textIn(word)]))

/** Whether a setting means anything beside these neighbours. */
export const isMeant = (field: FormField, siblings: Readonly<Record<string, unknown>>): boolean =>
  field.when === null ||
  field.when.some((condition) =>
    Object.entries(condition).every(([key, wanted]) => {
      const value = siblings[key] ?? null
      return wanted.some((one) => one === value || (one === false && value === null))
    }),
  )

/** `anyOf [something, null]` and `type: [something, null]` say the same: that it may be left open. */
const withoutNull = (schema: Json): { inner: Json; isNullable: boolean } => {
  const types = textsIn(schema.type)
  if (types.includes('null'))
    return { inner: { ...schema, type: types.find((one) => one !== 'null') }, isNullable: true }
  const branches = jsonsIn(schema.anyOf)
  const others = branches.filter(({ type }) => type !== 'null')
  if (branches.length === 0 || others.length === branches.length) return { inner: schema, isNullable: false }
  const [only] = others
  return { inner: only && others.length === 1 ? only : { anyOf: others }, isNullable: true }
}

const kindOf = (schema: Json): Kinds => {
  if ('const' in schema) return { kind: 'fixed', value: schema.const }
  const tagged = jsonsIn(schema.oneOf)
  if (tagged.length > 0) return unionOf(tagged)
  const options = optionsOf(schema)
  if (options) return { kind: 'choice', options }
  switch (schema.type) {
    case 'string':
      return { kind: 'text', isSecret: schema.writeOnly === true, isId: schema.format === 'uuid' }
    case 'boolean':
      return { kind: 'flag' }
    case 'integer':
    case 'number':
      return numberOf(schema)
    case 'array':
      return listOf(schema)
    case 'object':
      return objectOf(schema)
    default:
      return eitherOf(jsonsIn(schema.anyOf))
  }
}

/** The texts of a choice; null: it is none. A schema may add a lone constant to an enumeration. */
const optionsOf = (schema: Json): string[] | null => {
  const own = textsIn(schema.enum)
  if (own.length > 0) return own
  const branches = jsonsIn(schema.anyOf)
  const each = branches.map((one) => (typeof one.const === 'string' ? [one.const] : textsIn(one.enum)))
  return branches.length > 0 && each.every((texts) => texts.length > 0) ? each.flat() : null
}

/** Bounds that only say that a number is exact are not worth words. */
const numberOf = (schema: Json): Kinds => {
  const bound = (value: unknown) =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null
  return {
    kind: 'number',
    least: bound(schema.minimum),
    most: bound(schema.maximum),
    isWhole: schema.type === 'integer',
  }
}

const listOf = (schema: Json): Kinds => {
  if (!isJson(schema.items)) return { kind: 'raw' }
  const item = fieldOf('', schema.items, true)
  if (item.kind === 'text') return { kind: 'texts', options: null }
  if (item.kind === 'choice') return { kind: 'texts', options: item.options }
  return { kind: 'list', item }
}

const membersOf = (schema: Json): FormField[] => {
  const required = textsIn(schema.required)
  return Object.entries(isJson(schema.properties) ? schema.properties : {}).flatMap(([key, member]) =>
    isJson(member) ? [fieldOf(key, member, required.includes(key))] : [],
  )
}

const objectOf = (schema: Json): Kinds => {
  if (isJson(schema.properties)) return { kind: 'object', members: membersOf(schema) }
  const values = schema.additionalProperties
  return isJson(values) && values.type === 'string' ? { kind: 'map' } : { kind: 'raw' }
}

/** Objects that are told apart by one member with a constant in each. */
const unionOf = (branches: readonly Json[]): Kinds => {
  const constants = (branch: Json) => membersOf(branch).filter((one) => one.kind === 'fixed')
  const tag = branches[0] && constants(branches[0])[0]?.key
  const variants = branches.flatMap((branch): Variant[] => {
    const value = constants(branch).find(({ key }) => key === tag)?.value
    return typeof value === 'string' ? [{ value, members: membersOf(branch).filter(({ key }) => key !== tag) }] : []
  })
  return tag === undefined || variants.length < branches.length ? { kind: 'raw' } : { kind: 'union', tag, variants }
}

/** Of several shapes the first that a form can show; values of the others are shown as they are. */
const eitherOf = (branches: readonly Json[]): Kinds =>
  branches.map(kindOf).find(({ kind }) => kind !== 'raw') ?? { kind: 'raw' }
