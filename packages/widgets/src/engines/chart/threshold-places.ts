import { type Threshold, threshold as thresholdSchema } from './axis-settings.ts'
import type { Frame } from './frame.ts'
import { numbersOf } from './sources.ts'

/** Where a threshold names an axis that is not drawn, it stands on the first one. */
export const axisIndexOf = (frame: Frame, threshold: Threshold): number =>
  Math.max(
    0,
    frame.axes.findIndex((axis) => axis.settings.id === threshold.yAxisId),
  )

const oldThreshold = thresholdSchema()

/** Of the chart, and of keys of older files, which carry their own. */
export const thresholdsOf = (frame: Frame): Threshold[] => [
  ...frame.settings.thresholds,
  ...frame.list.flatMap((item) => {
    const yAxisId = frame.axes[item.axis]?.settings.id ?? 'default'
    return item.isComparison ? [] : item.settings.thresholds.map((one) => ({ ...one, yAxisId }))
  }),
  ...frame.besides.flatMap((series) => {
    const { useAsThreshold, thresholdColor, thresholdLineWidth } = series.dataKey.settings
    if (useAsThreshold !== true) return []
    const own = { type: 'latestKey', latestKey: series.dataKey.name, endSymbol: 'none' }
    return [oldThreshold.parse({ ...own, lineColor: thresholdColor, lineWidth: thresholdLineWidth })]
  }),
]

/** ECharts draws nothing at all where the ends of an axis are further apart than numbers go. */
const farthest = 1e300

/** What stands on an axis, value by value; on a logarithmic one there is no place for zero and below. */
export const limitsOn = (frame: Frame, index: number): { threshold: Threshold; value: number }[] => {
  const isLog = frame.axes[index]?.settings.logScale === true
  return thresholdsOf(frame)
    .filter((threshold) => axisIndexOf(frame, threshold) === index)
    .flatMap((threshold) => numbersOf(threshold, frame.besides).map((value) => ({ threshold, value })))
    .filter(({ value }) => Math.abs(value) < farthest && (!isLog || value > 0))
}
