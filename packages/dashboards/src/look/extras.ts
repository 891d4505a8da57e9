import { type JsonRecord, listOf, recordOf } from '../read.ts'
import type { TransformationStep } from '../transform/model.ts'
import { readTransformations } from '../transform/read.ts'
import { readMappings, type ValueMapping } from './mappings.ts'
import { type ColorRule, readColorRules } from './rules.ts'

/** What ours has beside the members of files. */
export type Extras = {
  /** Of a widget's config alone. */
  transformations: readonly TransformationStep[]
  mappings: readonly ValueMapping[]
  colorRules: readonly ColorRule[]
}

/** Of a widget's `config`, or of a data key, as they stand in the file. Those of a key come before those of its widget. */
export const readExtras = (part: unknown): Extras => {
  const { transformations, mappings, colorRules } = recordOf(recordOf(part).thingwire)
  return {
    transformations: readTransformations(transformations),
    mappings: readMappings(mappings),
    colorRules: readColorRules(colorRules),
  }
}

/** A data key with the mappings and rules of its widget behind its own; the same key where the widget has none. */
export const withExtrasOf = <T extends JsonRecord>(key: T, config: unknown): T => {
  const [own, common] = [recordOf(key.thingwire), recordOf(recordOf(config).thingwire)]
  const [mappings, colorRules] = [listOf(common.mappings), listOf(common.colorRules)]
  if (mappings.length + colorRules.length === 0) return key
  const joined = {
    mappings: [...listOf(own.mappings), ...mappings],
    colorRules: [...listOf(own.colorRules), ...colorRules],
  }
  return { ...key, thingwire: { ...own, ...joined } }
}
