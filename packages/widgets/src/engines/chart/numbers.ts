import { formatValue } from '../../format.ts'

/** Beyond this a number is told by its power of ten: nobody counts digits. */
const plainBelow = 1e15
const compactFrom = 1e6

/** A number on an axis: short, in the viewer's language. */
export const axisNumber = (value: number, decimals: number | null, locale: string): string => {
  const size = Math.abs(value)
  if (size >= plainBelow || (size > 0 && size < 1e-6)) return value.toExponential(1).replace('e+', 'e')
  if (size >= compactFrom) return value.toLocaleString(locale, { notation: 'compact', maximumFractionDigits: 2 })
  return formatValue(value, { name: '', decimals }, locale)
}

/** A value that is read closely: in the tooltip, the legend, at a point. */
export const closeNumber = (value: number, decimals: number | null | undefined, locale: string): string =>
  !Number.isFinite(value)
    ? '—'
    : Math.abs(value) >= plainBelow
      ? value.toExponential(3).replace('e+', 'e')
      : formatValue(value, { name: '', decimals: decimals ?? null }, locale)

export const withUnit = (text: string, unit: string | null | undefined): string => (unit ? `${text} ${unit}` : text)

/** Units of a file: the text itself, or what they are converted from. */
export const unitText = (units: unknown): string | null => {
  if (typeof units === 'string') return units || null
  if (typeof units === 'object' && units !== null && 'from' in units && typeof units.from === 'string')
    return units.from
  return null
}
