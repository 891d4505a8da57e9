import { type Course, indexAtOrAfter, pointCount, timeAt, valueAt } from './course.ts'
import type { TimeRange } from '../../widget.ts'

/** Four points a column draw the same line as all of them do: where it enters, its extremes, and where it leaves. */
const pointsPerColumn = 4

/** Indexes of what lies in the range, with the neighbours outside to which lines lead. */
const visible = (course: Course, range: TimeRange): [from: number, to: number] => [
  Math.max(0, indexAtOrAfter(course, range.startTs) - 1),
  Math.min(pointCount(course), indexAtOrAfter(course, range.endTs) + 1),
]

/**
 * The part of a course that is seen, in as many points as pixels can show. Few points are handed on as they are, without
 * copying.
 */
export const sample = (course: Course, range: TimeRange, width: number): Course => {
  const [from, to] = visible(course, range)
  const columns = Math.max(1, Math.floor(width))
  if (to - from <= columns * pointsPerColumn) return course.subarray(from * 2, to * 2)
  const out: Course = new Float64Array(columns * (pointsPerColumn + 1) * 2 + 4)
  const start = timeAt(course, from)
  const scale = columns / Math.max(1, timeAt(course, to - 1) - start)
  let length = 0
  const put = (index: number) => {
    out[length++] = timeAt(course, index)
    out[length++] = valueAt(course, index)
  }
  let i = from
  while (i < to) {
    const column = Math.min(columns - 1, Math.floor((timeAt(course, i) - start) * scale))
    const first = i
    let low = -1
    let high = -1
    let hole = -1
    let last = i
    for (; i < to && Math.min(columns - 1, Math.floor((timeAt(course, i) - start) * scale)) === column; i++) {
      const value = valueAt(course, i)
      if (Number.isNaN(value)) hole = i
      else {
        if (low < 0 || value < valueAt(course, low)) low = i
        if (high < 0 || value > valueAt(course, high)) high = i
      }
      last = i
    }
    for (const index of [...new Set([first, low, high, hole, last])].filter((one) => one >= 0).sort((a, b) => a - b))
      put(index)
  }
  return out.subarray(0, length)
}

/** Beyond this the span of an axis would no longer be a number. */
const mostDrawable = 1e300

/** The same, without values that no axis can hold. */
export const drawable = (course: Course): Course => {
  if (!course.some((value) => Math.abs(value) > mostDrawable)) return course
  return course.map((value) => Math.max(-mostDrawable, Math.min(mostDrawable, value)))
}

const haveSameTimes = (a: Course, b: Course): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 2) if (a[i] !== b[i]) return false
  return true
}

/**
 * Courses that are stacked, with the same times in each: they are added up by their place in the list. Between two of its
 * points a course gets what its line has there; in a hole, and beyond its ends, nothing.
 */
export const aligned = (courses: readonly Course[], isStepped: boolean): Course[] => {
  const [first] = courses
  if (!first || courses.every((course) => haveSameTimes(course, first))) return [...courses]
  const times = Float64Array.from(
    new Set(courses.flatMap((course) => Array.from({ length: pointCount(course) }, (_, i) => timeAt(course, i)))),
  ).sort()
  return courses.map((course) => {
    const out: Course = new Float64Array(times.length * 2)
    let right = 0
    for (const [i, ts] of times.entries()) {
      while (right < pointCount(course) && timeAt(course, right) < ts) right++
      out[i * 2] = ts
      out[i * 2 + 1] = timeAt(course, right) === ts ? valueAt(course, right) : between(course, right, ts, isStepped)
    }
    return out
  })
}

const between = (course: Course, right: number, ts: number, isStepped: boolean): number => {
  const before = valueAt(course, right - 1)
  const after = valueAt(course, right)
  if (Number.isNaN(before) || Number.isNaN(after) || isStepped) return Number.NaN
  const start = timeAt(course, right - 1)
  return before + ((after - before) * (ts - start)) / (timeAt(course, right) - start)
}

/** The same for courses with the same times: of each column the moments with the largest and the smallest sum. */
export const sampleTogether = (courses: readonly Course[], range: TimeRange, width: number): Course[] => {
  const [first] = courses
  if (!first) return []
  const [from, to] = visible(first, range)
  const columns = Math.max(1, Math.floor(width))
  if (to - from <= columns * pointsPerColumn) return courses.map((course) => course.subarray(from * 2, to * 2))
  const kept: number[] = []
  const perColumn = (to - from) / columns
  for (let column = 0; column < columns; column++) {
    let low = -1
    let high = -1
    let lowSum = Number.POSITIVE_INFINITY
    let highSum = Number.NEGATIVE_INFINITY
    for (let i = Math.floor(from + column * perColumn); i < Math.floor(from + (column + 1) * perColumn); i++) {
      let sum = 0
      for (const course of courses) sum += valueAt(course, i) || 0
      if (sum < lowSum) [low, lowSum] = [i, sum]
      if (sum > highSum) [high, highSum] = [i, sum]
    }
    kept.push(...[...new Set([low, high])].filter((index) => index >= 0).sort((a, b) => a - b))
  }
  return courses.map((course) => {
    const out: Course = new Float64Array(kept.length * 2)
    for (const [i, index] of kept.entries()) {
      out[i * 2] = timeAt(course, index)
      out[i * 2 + 1] = valueAt(course, index)
    }
    return out
  })
}
