import type { LivePoint } from '@thingwire/contracts'
import type { WidgetManifest, WidgetSeries, WidgetState } from '@thingwire/widgets/manifests'

/** How many points are not after a moment. */
const countAt = (points: readonly LivePoint[], ts: number): number => {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[0] ?? 0) <= ts) low = middle + 1
    else high = middle
  }
  return low
}

/** Cuts series at a moment; those of which nothing more is cut than before stay the same objects. */
export const createCut = () => {
  let before = new Map<WidgetSeries, { count: number; cut: WidgetSeries }>()
  const cutOne = (series: WidgetSeries, ts: number, next: typeof before): WidgetSeries => {
    // A value beside the series is of that moment already.
    if (series.role !== 'main') return series
    const count = countAt(series.points, ts)
    if (count === series.points.length) return series
    const known = before.get(series)
    const one = known?.count === count ? known : { count, cut: { ...series, points: series.points.slice(0, count) } }
    next.set(series, one)
    return one.cut
  }
  return (state: WidgetState, ts: number): WidgetState => {
    if (state.status !== 'ready') return state
    const next: typeof before = new Map()
    const series = state.series.map((one) => cutOne(one, ts, next))
    before = next
    return { ...state, series }
  }
}

/** Whether a widget would show what came after the moment: charts mark it in their picture, others must not have it. */
export const isCut = ({ data, points }: WidgetManifest): boolean => data === 'series' && points?.marksMoment !== true
