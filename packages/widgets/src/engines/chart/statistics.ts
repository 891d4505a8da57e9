import type { TimeRange } from '../../widget.ts'
import { type Course, indexAtOrAfter, pointCount, timeAt, valueAt } from './course.ts'

/** Of the points inside the window; null where there is none. */
export type Statistics = { min: number; max: number; avg: number; total: number; latest: number }

export const statisticsOf = (course: Course, range: TimeRange): Statistics | null => {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let total = 0
  let count = 0
  let latest = Number.NaN
  for (let i = indexAtOrAfter(course, range.startTs); i < pointCount(course) && timeAt(course, i) <= range.endTs; i++) {
    const value = valueAt(course, i)
    if (Number.isNaN(value)) continue
    if (value < min) min = value
    if (value > max) max = value
    total += value
    count++
    latest = value
  }
  return count === 0 ? null : { min, max, avg: total / count, total, latest }
}
