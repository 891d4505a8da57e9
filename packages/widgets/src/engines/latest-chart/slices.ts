import type { DataKey } from '@thingwire/contracts'
import { keyLabel, newest } from '../../format.ts'
import { markColor } from '../../style/ground-colors.ts'
import type { WidgetEntity, WidgetSeries } from '../../widget.ts'
import { numberOf } from '../../style/color-settings.ts'
import { unitText } from '../chart/numbers.ts'

/** One value among others. */
export type Slice = {
  id: string
  label: string
  color: string
  /** Null: nothing that a number can be read from. */
  value: number | null
  units: string | null
  decimals: number | null
  entity: WidgetEntity
  dataKey: DataKey
}

const paletteSize = 8

/** Newest values as parts; colours of the file, and of the theme where it has none or the same twice. */
export const slicesOf = (
  series: readonly WidgetSeries[],
  p: { units: string | null; decimals: number | null; theme: 'light' | 'dark'; isSorted: boolean },
): Slice[] => {
  const entities = new Set(series.map((one) => one.entity.id.id))
  const taken = new Set<string>()
  const slices = series.map((one, index): Slice => {
    const label = keyLabel(one.dataKey, one.entity.name)
    const wanted = one.dataKey.color?.toLowerCase()
    const isFree = wanted !== undefined && !taken.has(wanted)
    if (isFree) taken.add(wanted)
    const value = numberOf(newest(one.points)?.[1])
    return {
      id: one.id,
      label: entities.size > 1 && !label.includes(one.entity.name) ? `${one.entity.name} · ${label}` : label,
      color: isFree ? markColor(wanted, p.theme) : `var(--tw-series-${(index % paletteSize) + 1})`,
      value,
      units: unitText(one.dataKey.units) ?? p.units,
      decimals: one.dataKey.decimals ?? p.decimals,
      entity: one.entity,
      dataKey: one.dataKey,
    }
  })
  return p.isSorted
    ? slices.sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY))
    : slices
}

/** Sums of larger ones would be no numbers any more. */
const mostShare = 1e300

/** A share of a whole cannot be less than nothing. */
export const shareOf = (slice: Slice): number => Math.min(mostShare, Math.max(0, slice.value ?? 0))

export const totalOf = (slices: readonly Slice[]): number => slices.reduce((sum, slice) => sum + shareOf(slice), 0)

/** A unit that all parts have; sums of unlike things have none. */
export const commonUnits = (slices: readonly Slice[]): string | null => {
  const units = new Set(slices.map((slice) => slice.units))
  return units.size === 1 ? (slices[0]?.units ?? null) : null
}

export const mostDecimals = (slices: readonly Slice[]): number | null => {
  const known = slices.flatMap((slice) => (slice.decimals === null ? [] : [slice.decimals]))
  return known.length === 0 ? null : Math.max(...known)
}
