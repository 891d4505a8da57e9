import { isRecord, type JsonRecord, listOf, numberOf, textOf } from '../read.ts'
import { longestText, safePattern } from './pattern.ts'

/** What is shown in place of a value; null: as it is. `icon`: a name as dashboard files have them. */
export type MappedLook = { text: string | null; color: string | null; icon: string | null }

export const specialValues = ['null', 'nan', 'empty', 'true', 'false', 'missing'] as const
/** `missing`: nothing, not a number or an empty text. */
export type SpecialValue = (typeof specialValues)[number]

/** Stored in `thingwire.mappings` of a widget's config, or of a data key; the first that fits counts. */
export type ValueMapping =
  | ({ type: 'value'; value: string | number | boolean } & MappedLook)
  /** From `from` up to, and without, `to`; equal ones mean exactly that; null: without end. */
  | ({ type: 'range'; from: number | null; to: number | null } & MappedLook)
  /** In the text, `$1` stands for what the first group holds. */
  | ({ type: 'regex'; pattern: string } & MappedLook)
  | ({ type: 'special'; match: SpecialValue } & MappedLook)

const lookOf = (file: JsonRecord): MappedLook => ({
  text: typeof file.text === 'string' ? file.text : null,
  color: textOf(file.color),
  icon: textOf(file.icon),
})

const readMapping = (file: unknown): ValueMapping[] => {
  if (!isRecord(file)) return []
  const look = lookOf(file)
  switch (file.type) {
    case 'value': {
      const { value } = file
      const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      return isValue ? [{ type: 'value', value, ...look }] : []
    }
    case 'range': {
      const [from, to] = [numberOf(file.from), numberOf(file.to)]
      return from === null && to === null ? [] : [{ type: 'range', from, to, ...look }]
    }
    case 'regex': {
      const pattern = textOf(file.pattern)
      return pattern === null || !safePattern(pattern) ? [] : [{ type: 'regex', pattern, ...look }]
    }
    case 'special': {
      const match = specialValues.find((one) => one === file.match)
      return match ? [{ type: 'special', match, ...look }] : []
    }
    default:
      return []
  }
}

/** Mappings as they are stored; what is none is left out. */
export const readMappings = (file: unknown): ValueMapping[] => listOf(file).slice(0, 500).flatMap(readMapping)

/** Whether a mapping of a file can be used, for the form in which it is written. */
export const isMapping = (file: unknown): boolean => readMapping(file).length === 1

const isNothing = (value: unknown): boolean => value === null || value === undefined
const isNan = (value: unknown): boolean => typeof value === 'number' && Number.isNaN(value)

const isSpecial = (value: unknown, match: SpecialValue): boolean => {
  switch (match) {
    case 'null':
      return isNothing(value)
    case 'nan':
      return isNan(value)
    case 'empty':
      return value === ''
    case 'true':
      return value === true || value === 'true'
    case 'false':
      return value === false || value === 'false'
    case 'missing':
      return isNothing(value) || isNan(value) || value === ''
  }
}

/** A range of one value holds exactly that value; others hold their lower end and not their upper. */
export const inRange = (value: unknown, from: number | null, to: number | null): boolean => {
  const number = typeof value === 'boolean' ? null : numberOf(value)
  if (number === null) return false
  if (from !== null && from === to) return number === from
  return (from === null || number >= from) && (to === null || number < to)
}

const asText = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, longestText)

const byPattern = (value: unknown, mapping: ValueMapping & { type: 'regex' }): MappedLook | null => {
  if (isNothing(value)) return null
  const text = asText(value)
  const found = safePattern(mapping.pattern)?.exec(text)
  if (!found) return null
  const filled = mapping.text?.replace(/\$(\d)/g, (whole, index: string) => found[Number(index)] ?? whole) ?? null
  return { text: filled, color: mapping.color, icon: mapping.icon }
}

const fits = (value: unknown, mapping: Exclude<ValueMapping, { type: 'regex' }>): boolean => {
  switch (mapping.type) {
    case 'value':
      // Devices send `1` and "1" for the same thing.
      return !isNothing(value) && String(value) === String(mapping.value)
    case 'range':
      return inRange(value, mapping.from, mapping.to)
    case 'special':
      return isSpecial(value, mapping.match)
  }
}

/** What is shown in place of a value; null: no mapping fits. */
export const mapValue = (value: unknown, mappings: readonly ValueMapping[]): MappedLook | null => {
  for (const mapping of mappings) {
    if (mapping.type === 'regex') {
      const look = byPattern(value, mapping)
      if (look) return look
    } else if (fits(value, mapping)) return { text: mapping.text, color: mapping.color, icon: mapping.icon }
  }
  return null
}
