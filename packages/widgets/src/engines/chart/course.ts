import type { LivePoint } from '@thingwire/contracts'

/**
 * The points of a series as they are drawn: `x0 y0 x1 y1 …`, times ascending, NaN where the line has a hole. One flat array,
 * so that a part of it is looked at without copying and ECharts takes it as it is.
 */
export type Course = Float64Array<ArrayBuffer>

const gapFactor = 3.5
/** Below this no silence between raw points counts as a gap. */
const smallestRawGapMs = 10_000
/** So many distances tell what is usual; all of them would have to be sorted with every new point. */
const sampledSteps = 500

/** What a value is on a numeric axis; NaN: nothing. */
export const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN
  const parsed = Number(value)
  if (!Number.isFinite(parsed)) return value === 'true' ? 1 : value === 'false' ? 0 : Number.NaN
  return parsed
}

const isAscending = (points: readonly LivePoint[]): boolean => {
  for (let i = 1; i < points.length; i++) if ((points[i]?.[0] ?? 0) < (points[i - 1]?.[0] ?? 0)) return false
  return true
}

const usualStep = (times: Float64Array, count: number): number => {
  const stride = Math.max(1, Math.floor(count / sampledSteps))
  const steps: number[] = []
  for (let i = stride; i < count; i += stride) steps.push(((times[i] ?? 0) - (times[i - stride] ?? 0)) / stride)
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
}

type CourseOptions = {
  /** Bucket width in ms; 0: raw points. */
  interval: number
  /** Silence is bridged: a state lasts until the next one. */
  isContinuous?: boolean
  toValue?: (value: unknown) => number
}

/**
 * Numbers only, in order, and a hole inside every silence that is long against both the bucket width and the usual distance
 * of the points, so that no line is drawn over missing data. A device may well send less often than the buckets of a short
 * window are wide.
 */
export const toCourse = (points: readonly LivePoint[], options: CourseOptions): Course => {
  const { interval, isContinuous = false, toValue = toNumber } = options
  // They come in order; only what does not is put in order, in a copy.
  const ordered = isAscending(points) ? points : [...points].sort((a, b) => a[0] - b[0])
  const times = new Float64Array(ordered.length)
  const values = new Float64Array(ordered.length)
  let count = 0
  for (const [ts, raw] of ordered) {
    const value = toValue(raw)
    if (Number.isNaN(value)) continue
    times[count] = ts
    values[count] = value
    count++
  }
  const shortest = interval > 0 ? interval * gapFactor : smallestRawGapMs
  const longest = isContinuous ? Number.POSITIVE_INFINITY : Math.max(shortest, usualStep(times, count) * gapFactor)
  return withHoles(times, values, count, longest)
}

const withHoles = (times: Float64Array, values: Float64Array, count: number, longest: number): Course => {
  let holes = 0
  for (let i = 1; i < count; i++) if ((times[i] ?? 0) - (times[i - 1] ?? 0) > longest) holes++
  const course: Course = new Float64Array((count + holes) * 2)
  let at = 0
  for (let i = 0; i < count; i++) {
    const ts = times[i] ?? 0
    const before = i > 0 ? (times[i - 1] ?? 0) : ts
    if (ts - before > longest) {
      course[at++] = before + 1
      course[at++] = Number.NaN
    }
    course[at++] = ts
    course[at++] = values[i] ?? 0
  }
  return course
}

export const pointCount = (course: Course): number => course.length / 2
export const timeAt = (course: Course, index: number): number => course[index * 2] ?? Number.NaN
export const valueAt = (course: Course, index: number): number => course[index * 2 + 1] ?? Number.NaN

/** Index of the first point at or after the time; the number of points when there is none. */
export const indexAtOrAfter = (course: Course, ts: number): number => {
  let low = 0
  let high = pointCount(course)
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeAt(course, middle) < ts) low = middle + 1
    else high = middle
  }
  return low
}

/** The point with a value that is nearest in time; -1 when there is none. */
export const nearestIndex = (course: Course, ts: number): number => {
  const right = indexAtOrAfter(course, ts)
  let after = right
  while (after < pointCount(course) && Number.isNaN(valueAt(course, after))) after++
  let before = right - 1
  while (before >= 0 && Number.isNaN(valueAt(course, before))) before--
  if (after >= pointCount(course)) return before
  if (before < 0) return after
  return timeAt(course, after) - ts < ts - timeAt(course, before) ? after : before
}

/** The last point with a value at or before the time; -1 when there is none. */
export const indexInForce = (course: Course, ts: number): number => {
  let index = indexAtOrAfter(course, ts)
  if (index === pointCount(course) || timeAt(course, index) > ts) index--
  while (index >= 0 && Number.isNaN(valueAt(course, index))) index--
  return index
}

/** Points without a neighbour that a line could lead to: they must be drawn as dots to be seen. */
export const lonePoints = (course: Course): Course => {
  const lone: number[] = []
  for (let i = 0; i < pointCount(course); i++) {
    const isLone =
      !Number.isNaN(valueAt(course, i)) && Number.isNaN(valueAt(course, i - 1)) && Number.isNaN(valueAt(course, i + 1))
    if (isLone) lone.push(timeAt(course, i), valueAt(course, i))
  }
  return Float64Array.from(lone)
}

/** The last state lasts until `until`. */
export const extended = (course: Course, until: number): Course => {
  const last = pointCount(course) - 1
  if (last < 0 || timeAt(course, last) >= until) return course
  const longer: Course = new Float64Array(course.length + 2)
  longer.set(course)
  longer[course.length] = until
  longer[course.length + 1] = valueAt(course, last)
  return longer
}
