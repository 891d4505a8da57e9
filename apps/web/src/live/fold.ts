import type { Aggregation, LivePoint } from '@thingwire/contracts'

/** The raw points of one bucket by their moment, so that one that comes twice counts once. `start`: its left edge. */
export type Bucket = { start: number; values: Map<number, number> }

/** `values` is never empty: a bucket begins with its first point. */
export const bucketValue = (values: Iterable<number>, agg: Exclude<Aggregation, 'NONE'>): number => {
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    count++
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  switch (agg) {
    case 'AVG':
      return sum / count
    case 'SUM':
      return sum
    case 'MIN':
      return min
    case 'MAX':
      return max
    case 'COUNT':
      return count
  }
}

/**
 * Live points of one key on top of its history. Every raw point from `rawSince` on is known here, in `buckets`
 * (ascending, the newest few); buckets before it are only known as the server folded them.
 */
export type Course = { points: readonly LivePoint[]; buckets: readonly Bucket[]; rawSince: number }

/** `interval`: width of buckets, ms; 0: raw points, at most `limit`. */
type FoldPlan = { agg: Aggregation; interval: number; limit: number }

/** Left edges of the first and the last bucket that got a point too late to be folded here. */
export type Stale = { fromTs: number; toTs: number }
type Folded = { course: Course; stale: Stale | null }

/** Points in step with the clock fall into the open bucket, those a little late into the ones before it. */
const bucketsKept = 3

/**
 * Takes in raw points in any order; each moment counts once. With buckets a point is drawn at the middle of its bucket as
 * the server does. `stale`: what must be read from the server again, because its raw points are not known here.
 */
export const foldIn = (course: Course, incoming: readonly LivePoint[], plan: FoldPlan): Folded => {
  if (plan.interval === 0 || plan.agg === 'NONE') {
    const points = mergeByTs(course.points, ascending(incoming)).slice(-plan.limit)
    return { course: { ...course, points }, stale: null }
  }
  const { interval, agg } = plan
  const touched = new Map<number, Bucket>()
  let stale: Stale | null = null
  for (const [ts, value] of incoming) {
    if (typeof value !== 'number') continue
    const start = Math.floor(ts / interval) * interval
    if (start < course.rawSince) {
      stale = widen(stale, { fromTs: start, toTs: start })
      continue
    }
    const known = touched.get(start) ?? course.buckets.find((bucket) => bucket.start === start)
    if (known?.values.get(ts) === value) continue
    const bucket = touched.get(start) ?? { start, values: new Map(known?.values) }
    bucket.values.set(ts, value)
    touched.set(start, bucket)
  }
  if (touched.size === 0) return { course, stale }
  const fresh = [...touched.values()].sort((a, b) => a.start - b.start)
  const points = mergeByTs(
    course.points,
    fresh.map(({ start, values }): LivePoint => [start + interval / 2, bucketValue(values.values(), agg)]),
  )
  return { course: { points, ...keepNewest(course, touched, interval) }, stale }
}

const keepNewest = (course: Course, touched: ReadonlyMap<number, Bucket>, interval: number) => {
  const all = [...course.buckets.filter((bucket) => !touched.has(bucket.start)), ...touched.values()]
  all.sort((a, b) => a.start - b.start)
  const dropped = all.at(-bucketsKept - 1)
  return {
    buckets: all.slice(-bucketsKept),
    rawSince: dropped ? Math.max(course.rawSince, dropped.start + interval) : course.rawSince,
  }
}

export const widen = (known: Stale | null, more: Stale): Stale =>
  known ? { fromTs: Math.min(known.fromTs, more.fromTs), toTs: Math.max(known.toTs, more.toTs) } : more

const isAscending = (points: readonly LivePoint[]): boolean =>
  points.every(([ts], index) => index === 0 || ts > (points[index - 1]?.[0] ?? -Infinity))

/** Of two points with one moment the later in the list stays. */
const ascending = (points: readonly LivePoint[]): readonly LivePoint[] =>
  isAscending(points)
    ? points
    : [...new Map(points.map((point) => [point[0], point])).values()].sort((a, b) => a[0] - b[0])

/** Both ascending; where both have a moment, `newer` counts. */
export const mergeByTs = (points: readonly LivePoint[], newer: readonly LivePoint[]): LivePoint[] => {
  const merged: LivePoint[] = []
  let index = 0
  for (const point of newer) {
    for (let old = points[index]; old && old[0] < point[0]; old = points[++index]) merged.push(old)
    if (points[index]?.[0] === point[0]) index++
    merged.push(point)
  }
  for (; index < points.length; index++) {
    const old = points[index]
    if (old) merged.push(old)
  }
  return merged
}

/** `newer` in place of everything from `fromTs` on and before `endTs`. */
export const replaceRange = (
  points: readonly LivePoint[],
  newer: readonly LivePoint[],
  fromTs: number,
  endTs: number,
): LivePoint[] => [...points.filter(([ts]) => ts < fromTs), ...newer, ...points.filter(([ts]) => ts >= endTs)]
