import { type Extras, mapValue, readExtras, rulesFor } from '@thingwire/dashboards'
import type { CSSProperties } from 'react'
import { type Scheme, type Surface, textColor, themeSurface } from './ground-colors.ts'
import { over, parseColor, toCss } from './rgb.ts'

/** What mappings and colour rules of a data key make of a value; null: they say nothing of that. */
export type ValueLook = {
  text: string | null
  /** Of the text. */
  color: string | null
  icon: string | null
  background: string | null
  row: string | null
}

export const noLook: ValueLook = { text: null, color: null, icon: null, background: null, row: null }

const known = new WeakMap<object, Extras>()
const extrasOf = (dataKey: object): Extras => {
  const before = known.get(dataKey)
  if (before) return before
  const made = readExtras(dataKey)
  known.set(dataKey, made)
  return made
}

/**
 * How a value of a key is shown.
 * @param other values of other columns of a table, by name
 */
export const valueLook = (value: unknown, dataKey: object, other?: (column: string) => unknown): ValueLook => {
  const { mappings, colorRules } = extrasOf(dataKey)
  if (mappings.length + colorRules.length === 0) return noLook
  const mapped = mapValue(value, mappings)
  const rules = rulesFor(value, colorRules, other)
  return {
    text: mapped?.text ?? null,
    // A rule is about how things are; the colour of a mapping is that of its word.
    color: rules.text?.color ?? mapped?.color ?? null,
    icon: rules.text?.icon ?? rules.background?.icon ?? mapped?.icon ?? null,
    background: rules.background?.color ?? null,
    row: rules.row?.color ?? null,
  }
}

/** A tint, so that the theme's own text on it stays readable. */
const tintOf = (color: string | null, share: number) => {
  const parsed = color === null ? null : parseColor(color)
  return parsed && { ...parsed, a: parsed.a * share }
}

/** Of a cell of a table. */
export const cellLook = ({ color, background }: ValueLook, theme: Scheme): CSSProperties | undefined => {
  const tint = tintOf(background, 0.24)
  if (color === null && !tint) return undefined
  const base = themeSurface[theme]
  const surface: Surface = tint ? { ...base, rgb: over(tint, base.rgb) } : base
  return {
    ...(color === null ? {} : { color: textColor(color, surface) }),
    ...(tint ? { backgroundColor: toCss(tint) } : {}),
  }
}

/** Of a row of a table, by the looks of its cells: the first that says something. */
export const rowLook = (looks: Iterable<ValueLook>): CSSProperties | undefined => {
  for (const { row } of looks) {
    const tint = tintOf(row, 0.16)
    if (tint) return { backgroundColor: toCss(tint) }
  }
  return undefined
}
