import type { Aggregation, LivePoint } from '@thingwire/contracts'

/** One bucket that raw points are folded into as they arrive. `start` is its left edge. */
export type Bucket = { start: number; count: number; sum: number; min: number; max: number }

export const emptyBucket = (start: number): Bucket => ({ start, count: 0, sum: 0, min: Infinity, max: -Infinity })

export const addToBucket = (bucket: Bucket, value: number): Bucket => ({
  start: bucket.start,
  count: bucket.count + 1,
  sum: bucket.sum + value,
  min: Math.min(bucket.min, value),
  max: Math.max(bucket.max, value),
})

export const bucketValue = (bucket: Bucket, agg: Exclude<Aggregation, 'NONE'>): number => {
  switch (agg) {
    case 'AVG':
      return bucket.sum / bucket.count
    case 'SUM':
      return bucket.sum
    case 'MIN':
      return bucket.min
    case 'MAX':
      return bucket.max
    case 'COUNT':
      return bucket.count
  }
}

/** Live points of one key on top of its history. `lastTs`: the newest raw point taken in. */
export type Course = { points: LivePoint[]; open: Bucket | null; lastTs: number }

type FoldPlan = { agg: Aggregation; interval: number; limit: number }

/**
 * Takes in new raw points, ascending. Points already taken in (a server that closes a gap sends some twice) do not
 * count again. With buckets the last point is the open bucket, drawn at its middle as the server does.
 */
export const foldIn = (course: Course, incoming: readonly LivePoint[], plan: FoldPlan): Course => {
  const fresh = incoming.filter(([ts]) => ts > course.lastTs)
  if (fresh.length === 0) return course
  const lastTs = fresh.at(-1)?.[0] ?? course.lastTs
  if (plan.interval === 0 || plan.agg === 'NONE') {
    return { points: [...course.points, ...fresh].slice(-plan.limit), open: null, lastTs }
  }
  const { interval, agg } = plan
  const points = [...course.points]
  let open = course.open
  for (const [ts, value] of fresh) {
    if (typeof value !== 'number') continue
    const start = Math.floor(ts / interval) * interval
    const isSame = open?.start === start
    open = addToBucket(isSame && open ? open : emptyBucket(start), value)
    if (isSame) points.pop()
    points.push([start + interval / 2, bucketValue(open, agg)])
  }
  return { points, open, lastTs }
}

/** Drops what has left the window; the same array when nothing has. */
export const trimBefore = (points: LivePoint[], startTs: number): LivePoint[] => {
  const first = points.findIndex(([ts]) => ts >= startTs)
  if (first === 0) return points
  return first === -1 ? [] : points.slice(first)
}

/** `newer` in place of everything from its first moment on. */
export const replaceTail = (points: readonly LivePoint[], newer: readonly LivePoint[], fromTs: number): LivePoint[] => [
  ...points.filter(([ts]) => ts < fromTs),
  ...newer,
]
