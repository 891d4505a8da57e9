import type { WidgetSeries } from '../widget.ts'
import { aggregatedKeySettings, type positions } from './manifest.ts'
import type { z } from 'zod'

export type Position = (typeof positions)[number]
export type Placed = { series: WidgetSeries; settings: z.output<typeof aggregatedKeySettings> }

/**
 * Which key stands where. The keys beside the series carry their places; a place taken twice goes to the first. Without any,
 * the newest value of the series itself stands in the middle.
 */
export const placesOf = (series: readonly WidgetSeries[]): Partial<Record<Position, Placed>> => {
  const places: Partial<Record<Position, Placed>> = {}
  for (const one of series.filter(({ role }) => role === 'beside')) {
    const settings = aggregatedKeySettings.parse(one.dataKey.settings)
    places[settings.position] ??= { series: one, settings }
  }
  const main = series.find(({ role }) => role === 'main')
  if (Object.keys(places).length === 0 && main) {
    places.center = { series: main, settings: aggregatedKeySettings.parse({ font: { size: 40 } }) }
  }
  return places
}
