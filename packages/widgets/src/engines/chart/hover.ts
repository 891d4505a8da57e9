import type { TimeRange } from '../../widget.ts'
import type { ChartSeries } from './arrange.ts'
import { indexInForce, nearestIndex, timeAt, valueAt } from './course.ts'
import type { Frame } from './frame.ts'
import { isShown } from './frame.ts'

/** What a series says at the cursor. `ts` is the time of its point. */
export type Reading = { item: ChartSeries; ts: number; value: number }

export type Hover = {
  /** The moment pointed at, moved to the nearest point of the main series. */
  ts: number
  readings: readonly Reading[]
}

/** How far a point may be from the cursor, px, to be read. */
const reachPx = 24

const shifted = (ts: number, from: TimeRange, to: TimeRange): number =>
  to.startTs + ((ts - from.startTs) / (from.endTs - from.startTs)) * (to.endTs - to.startTs)

/** A state, or a step that leads on from its point, holds until the next one. */
const isInForce = (item: ChartSeries): boolean => item.isStepped && item.settings.lineSettings.stepType === 'end'

const readAt = (frame: Frame, item: ChartSeries, ts: number): Reading | null => {
  const course = frame.courses.get(item.series.id)
  if (!course) return null
  const index = isInForce(item) ? indexInForce(course, ts) : nearestIndex(course, ts)
  if (index < 0) return null
  return { item, ts: timeAt(course, index), value: valueAt(course, index) }
}

type Picture = Pick<Frame, 'list' | 'courses' | 'hidden' | 'range' | 'comparison' | 'interval' | 'size'>

/** What all series say at a moment; null where there is nothing near it. */
export const hoverAt = (frame: Picture, ts: number): Hover | null => {
  const msPerPx = (frame.range.endTs - frame.range.startTs) / Math.max(1, frame.size.width)
  const reach = Math.max(frame.interval * 0.75, msPerPx * reachPx)
  const shown = frame.list.filter((item) => isShown(frame, item))
  const main = shown.filter((item) => !item.isComparison)
  const near = main.flatMap((item) => {
    const reading = readAt(frame as Frame, item, ts)
    return reading && (isInForce(item) || Math.abs(reading.ts - ts) <= reach) ? [reading] : []
  })
  const points = near.filter((reading) => !isInForce(reading.item))
  const at =
    points.length === 0
      ? ts
      : points.reduce((best, one) => (Math.abs(one.ts - ts) < Math.abs(best.ts - ts) ? one : best)).ts
  const readings = shown.flatMap((item) => {
    const own = item.isComparison && frame.comparison ? shifted(at, frame.range, frame.comparison) : at
    const reading = readAt(frame as Frame, item, own)
    return reading && (isInForce(item) || Math.abs(reading.ts - own) <= Math.max(frame.interval * 0.75, msPerPx * 4))
      ? [reading]
      : []
  })
  return readings.length === 0 ? null : { ts: at, readings }
}

/** Start and end of the bucket whose middle, or start, a point stands at. */
export const bucketAt = (ts: number, interval: number): TimeRange => ({
  startTs: ts - interval / 2,
  endTs: ts + interval / 2,
})
