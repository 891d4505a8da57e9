import { chartKeySettings, type ChartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema, type ChartSettings } from '../engines/chart/settings.ts'
import type { RangeColor } from '../engines/chart/frame.ts'
import type { RangeChartSettings } from './manifest.ts'

/** In order, without overlap: where two ranges meet in disorder, the lower one holds. */
export const orderedRanges = (ranges: RangeChartSettings['rangeColors']): RangeColor[] => {
  const sorted = ranges
    .filter((one) => one.from !== null || one.to !== null)
    .sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY))
  return sorted.map((one, index) => {
    const below = sorted[index - 1]?.to ?? null
    return one.from !== null && below !== null && one.from < below ? { ...one, from: below } : one
  })
}

/** Where one range ends and the next begins. */
export const rangeEdges = (ranges: readonly RangeColor[]): number[] =>
  [...new Set(ranges.flatMap(({ from, to }) => [from, to]))]
    .flatMap((edge) => (edge === null ? [] : [edge]))
    .sort((a, b) => a - b)

/** `≥ 40`, `20 – 30`, `< -20` */
export const rangeName = ({ from, to }: RangeColor, format: (value: number) => string): string => {
  if (from === null) return to === null ? '' : `< ${format(to)}`
  if (to === null) return `≥ ${format(from)}`
  return from === to ? format(from) : `${format(from)} – ${format(to)}`
}

/** The settings of a range chart as those of a plain one. */
export const asChart = (settings: RangeChartSettings, ranges: readonly RangeColor[]): ChartSettings => {
  const edges = settings.showRangeThresholds
    ? rangeEdges(ranges).map((value) => ({ ...settings.rangeThreshold, type: 'constant' as const, value }))
    : []
  return {
    ...chartSettingsSchema.parse({ legendConfig: { position: settings.legendPosition } }),
    ...settings,
    yAxes: [{ ...settings.yAxis, id: 'default' }],
    thresholds: [...edges, ...settings.thresholds],
  }
}

const keySchema = chartKeySettings()

export const asKey = (settings: RangeChartSettings): ChartKeySettings => {
  const { fillArea, fillAreaOpacity, ...line } = settings
  return keySchema.parse({
    type: 'line',
    lineSettings: { ...line, fillAreaSettings: { type: fillArea ? 'opacity' : 'none', opacity: fillAreaOpacity } },
  })
}
