import { formatPattern } from '../../style/date-format.ts'
import { fontPx } from '../../style/font.ts'
import type { WidgetSeries } from '../../widget.ts'
import { numberOf, type SourceLookup } from '../../style/color-settings.ts'
import { keyLabel } from '../../format.ts'
import type { DigitalGaugeSettings } from './digital-settings.ts'
import { placeOf } from './scale.ts'

/** The words of a gauge; empty ones are not shown. */
export type GaugeTexts = { title: string; unit: string; time: string }

export const textsOf = (
  settings: DigitalGaugeSettings,
  series: WidgetSeries,
  ts: number | undefined,
  place: { locale: string; timeZone: string },
): GaugeTexts => {
  const label = keyLabel(series.dataKey, series.entity.name)
  const title = settings.showTitle ? settings.title || label : ''
  const unit = settings.showUnitTitle ? settings.unitTitle || label : ''
  return {
    title,
    // Both fall back to the label: once is enough.
    unit: unit === title ? '' : unit,
    time: settings.showTimestamp && ts !== undefined ? formatPattern(ts, settings.timestampFormat, place) : '',
  }
}

/** Shares of the scale at which ticks stand; those outside of it are left out. */
export const tickShares = (
  settings: DigitalGaugeSettings,
  ends: { min: number; max: number },
  lookup: SourceLookup,
): number[] =>
  settings.showTicks
    ? settings.ticksValue.flatMap((source) => {
        const { share, outside } = placeOf(numberOf(lookup(source)), ends.min, ends.max)
        return share === null || outside ? [] : [share]
      })
    : []

/**
 * Digital gauges are drawn for a tile of this size; sizes of type in their settings are for it and grow with the tile, but
 * only so far.
 */
export const digitalScale = (size: { width: number; height: number }): number =>
  Math.max(0.6, Math.min(1.5, size.width / 200, size.height / 170))

export const scaledPx = (font: Parameters<typeof fontPx>[0], scale: number, least = 10): number =>
  Math.max(least, fontPx(font) * scale)
