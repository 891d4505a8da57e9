import { formatValue, isMoment, newest } from '../../format.ts'
import { numberText } from '../../number-text.ts'
import { numberOf } from '../../style/color-settings.ts'
import { type ValueLook, valueLook } from '../../style/value-look.ts'
import type { WidgetSeries } from '../../widget.ts'

/** A value as a card, a gauge or an indicator shows it. */
export type Reading = {
  /** As it is stored; undefined: never reported. */
  value: unknown
  /** Null where it is not a number. */
  number: number | null
  text: string
  units: string
  ts: number | undefined
  /** By mappings and colour rules of the key. */
  look: ValueLook
}

/** What no card can show is cut; the whole is in the title. */
const mostLetters = 240
const longNumber = 14

export const none = '—'

const writtenNumber = (value: number, series: WidgetSeries, locale: string): string => {
  const text = formatValue(value, series.dataKey, locale)
  if (isMoment(value, series.dataKey.name)) return text
  // Beyond this nobody counts digits.
  return text.length > longNumber && Math.abs(value) >= 1e9
    ? numberText(value, locale, { notation: 'scientific', maximumFractionDigits: 3 })
    : text
}

export const textOf = (value: unknown, series: WidgetSeries, locale: string): string => {
  if (value === undefined || value === null || value === '') return none
  if (typeof value === 'number') return Number.isFinite(value) ? writtenNumber(value, series, locale) : none
  // Devices that send numbers as text: units or decimals of the key say that one is meant.
  const { units, decimals } = series.dataKey
  const number = typeof value === 'string' && (units || decimals != null) ? numberOf(value) : null
  if (number !== null) return writtenNumber(number, series, locale)
  const text = formatValue(value, series.dataKey, locale)
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text
}

/** The newest value of a series. */
export const readingOf = (series: WidgetSeries, locale: string): Reading => {
  const point = newest(series.points)
  const value = point?.[1]
  const look = valueLook(value, series.dataKey)
  const text = look.text ?? textOf(value, series, locale)
  return {
    value,
    number: numberOf(value),
    text,
    // Words have no unit.
    units: look.text !== null || text === none || numberOf(value) === null ? '' : (series.dataKey.units ?? ''),
    ts: point?.[0],
    look,
  }
}

/** What a screen reader hears. */
export const spoken = (label: string, reading: Pick<Reading, 'text' | 'units'>): string =>
  [label, reading.text, reading.units].filter(Boolean).join(' ')
