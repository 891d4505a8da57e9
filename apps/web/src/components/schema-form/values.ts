import type { FieldOf, FormField } from './form-field.ts'

export type Values = Readonly<Record<string, unknown>>

export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in a control of text. */
export const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** A changed copy; undefined takes the member away. What the form does not know stays. */
export const withMember = (values: unknown, key: string, value: unknown): Values => {
  const { [key]: _, ...rest } = isValues(values) ? values : {}
  if (value === undefined) return rest
  // In its old place, so that a file shows as changed only what was.
  return isValues(values) && Object.hasOwn(values, key) ? { ...values, [key]: value } : { ...rest, [key]: value }
}

/** What "not set" is written as: null where the schema takes it, else the member is left out. */
export const unset = (field: FormField): null | undefined => (field.isNullable ? null : undefined)

/** What a setting starts with when a person adds it: as little as the schema lets one leave. */
export const initialOf = (field: FormField): unknown => {
  switch (field.kind) {
    case 'text':
      return ''
    case 'number':
      return Math.max(field.least ?? 0, 0)
    case 'flag':
      return false
    case 'choice':
      return field.options[0]
    case 'fixed':
      return field.value
    case 'texts':
    case 'list':
      return []
    case 'map':
    case 'raw':
      return {}
    case 'object':
      return requiredOf(field.members)
    case 'union':
      return field.variants[0] ? variantValue(field, field.variants[0].value, undefined) : {}
  }
}

const requiredOf = (members: readonly FormField[]): Values =>
  Object.fromEntries(members.filter((one) => one.isRequired).map((one) => [one.key, initialOf(one)]))

/**
 * A union's value after another variant was chosen: members that only the old one had go, those that both have or that
 * nobody knows stay. A member that has another title now is another setting: a password of one sort is none of the other.
 */
export const variantValue = (field: FieldOf<'union'>, chosen: string, before: unknown): Values => {
  const values = isValues(before) ? before : {}
  const membersOf = (tag: unknown) => field.variants.find(({ value }) => value === tag)?.members ?? []
  const members = membersOf(chosen)
  const titleIn = (of: readonly FormField[], key: string) => of.find((one) => one.key === key)?.title
  const stays = (key: string) => {
    const title = titleIn(members, key)
    if (title !== undefined) return title === titleIn(membersOf(values[field.tag]), key)
    return key !== field.tag && !field.variants.some((one) => titleIn(one.members, key) !== undefined)
  }
  const kept = Object.entries(values).filter(([key]) => stays(key))
  return { [field.tag]: chosen, ...requiredOf(members), ...Object.fromEntries(kept) }
}

/** A person's word for a constant: ON_EVERY_MESSAGE becomes "On every message"; abbreviations stay. */
export const optionText = (value: string): string => {
  if (abbreviations.has(value) || !/^[A-Z][A-Z0-9_]*$/.test(value)) return value
  const words = value.replaceAll(/(\d)_(?=\d)/g, '$1.').split('_')
  const text = words.map((word) => (abbreviations.has(word) ? word : word.toLowerCase())).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const abbreviations = new Set(
  'AI AWS CA DELETE FIFO GET HEAD HTTP ID JS JSON MQTT OPTIONS PATCH PEM POST PUT RPC RX SMPP SMS SNS SQS TBEL TRACE TRX TX URL'.split(
    ' ',
  ),
)
