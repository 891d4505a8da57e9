import type { WidgetEntity, WidgetSeries } from '../../widget.ts'
import type { Position } from './coordinates.ts'
import { entityKey, type Place } from './places.ts'
import { geoPlane, mercator, type Plane } from './plane.ts'
import type { MapLayer } from './settings.ts'

/** Where something was. */
export type TripPoint = {
  /** Epoch ms. */
  ts: number
  /** Longitudes go on beyond 180° over the date line. */
  at: Position
}

type Course = { label: string; name: string; points: WidgetSeries['points'] }

/** The way of one entity over the time window. */
export type Trip = {
  /** Stays the same as long as layer, source and entity do. */
  id: string
  layer: number
  source: number
  entity: WidgetEntity
  alias: string
  /** Ascending in time, at least one. */
  points: readonly TripPoint[]
  /** What else is known of it, by key. */
  courses: readonly Course[]
  /** Times of the points at which it stops where it goes from point to point, ascending; none: at each. */
  stops?: readonly number[]
}

type Points = WidgetSeries['points']

/** The last index of a list whose time is not after `ts`; -1: none. */
const lastBefore = (length: number, timeAt: (index: number) => number | undefined, ts: number): number => {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timeAt(middle) ?? Number.POSITIVE_INFINITY) <= ts) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Both values at each moment that has both; where no moment has, each value stands until the next of its key. */
const pairs = (first: Points, second: Points): [ts: number, first: unknown, second: unknown][] => {
  const others = new Map(second.map(([ts, value]) => [ts, value] as const))
  const common = first.flatMap(([ts, value]): [number, unknown, unknown][] =>
    others.has(ts) ? [[ts, value, others.get(ts)]] : [],
  )
  if (common.length > 0) return common
  const made: [number, unknown, unknown][] = []
  let [i, j] = [0, 0]
  while (i < first.length || j < second.length) {
    const ts = Math.min(first[i]?.[0] ?? Number.POSITIVE_INFINITY, second[j]?.[0] ?? Number.POSITIVE_INFINITY)
    while ((first[i]?.[0] ?? Number.POSITIVE_INFINITY) <= ts) i += 1
    while ((second[j]?.[0] ?? Number.POSITIVE_INFINITY) <= ts) j += 1
    const [one, other] = [first[i - 1], second[j - 1]]
    if (one && other) made.push([ts, one[1], other[1]])
  }
  return made
}

const isKey = ({ dataKey }: WidgetSeries, key: { name: string; label: string }) =>
  dataKey.label === key.label || dataKey.name === key.name

/** `skipped`: points that name no place. */
const pointsOf = (first: Points, second: Points, plane: Plane): { points: TripPoint[]; skipped: number } => {
  const points: TripPoint[] = []
  let [skipped, turn, before] = [0, 0, Number.NaN]
  for (const [ts, a, b] of pairs(first, second)) {
    const position = plane.place(a, b)
    if (!position) {
      skipped += 1
      continue
    }
    const [lon, lat] = position
    if (Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360
    before = lon
    points.push({ ts, at: [lon + turn, lat] })
  }
  return { points, skipped }
}

/** `unplaced` counts ways that have points which name no place; those points are left out. */
export const tripsOf = (
  layers: readonly MapLayer[],
  series: readonly WidgetSeries[],
  plane: Plane = geoPlane,
): { trips: Trip[]; unplaced: number } => {
  // Most maps have none, and ten thousand series are not looked through for nothing.
  if (!layers.some(({ kind }) => kind === 'trip')) return { trips: [], unplaced: 0 }
  const groups = Map.groupBy(
    series.filter(({ role }) => role === 'main'),
    (one) => `${one.datasource} ${entityKey(one.entity)}`,
  )
  const trips: Trip[] = []
  let unplaced = 0
  for (const [index, layer] of layers.entries()) {
    if (layer.kind !== 'trip') continue
    for (const [group, own] of groups) {
      const [one] = own
      if (!one || (layer.sources !== null && !layer.sources.includes(one.datasource))) continue
      const [first, second] = [layer.settings.xKey, layer.settings.yKey].map((key) =>
        own.find((candidate) => isKey(candidate, key)),
      )
      if (!first || !second) continue
      const { points, skipped } = pointsOf(first.points, second.points, plane)
      if (skipped > 0) unplaced += 1
      if (points.length === 0) continue
      const courses = own.map(({ dataKey: { label, name, type }, points: known }) => ({
        ...{ label: label || name, name: type === 'function' ? label : name, points: known },
      }))
      trips.push({
        ...{
          id: `${index} ${group}`,
          layer: index,
          source: one.datasource,
          entity: one.entity,
          alias: one.datasourceName,
        },
        ...{ points, courses },
      })
    }
  }
  return { trips, unplaced }
}

/** What all ways cover together; null without any. */
export const spanOfTrips = (trips: readonly Trip[]): { startTs: number; endTs: number } | null =>
  trips.length === 0
    ? null
    : {
        startTs: Math.min(...trips.map(({ points }) => points[0]?.ts ?? Number.POSITIVE_INFINITY)),
        endTs: Math.max(...trips.map(({ points }) => points.at(-1)?.ts ?? Number.NEGATIVE_INFINITY)),
      }

/** Where a line on the screen goes, degrees clockwise from the right. */
export const directionOf = (from: Position, to: Position): number => {
  const [[x1, y1], [x2, y2]] = [mercator(from), mercator(to)]
  return (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI
}

/** Further than any way goes with no news of it. */
const lookAround = 50

/** Where it was heading at a point: towards the next other place, at the end as before. */
const headingAt = ({ points }: Trip, index: number): number => {
  const here = points[index]?.at
  if (!here) return 0
  const isElsewhere = ({ at }: TripPoint) => at[0] !== here[0] || at[1] !== here[1]
  const next = points.slice(index + 1, index + lookAround).find(isElsewhere)
  if (next) return directionOf(here, next.at)
  const former = points.slice(Math.max(0, index - lookAround), index).findLast(isElsewhere)
  return former ? directionOf(former.at, here) : 0
}

export type Moment = { at: Position; heading: number; index: number }

/** The time of the stop that is not after `ts`, at the beginning of the first one; `ts` where it stops at each point. */
const stopBefore = ({ stops }: Trip, ts: number): number =>
  stops?.[
    Math.max(
      0,
      lastBefore(stops.length, (one) => stops[one], ts),
    )
  ] ?? ts

/**
 * Where it was at a time: between two points on the line from one to the other, before the first and after the last there.
 * @param snap stays at the last point, or stop, until the next
 */
export const momentOf = (trip: Trip, ts: number, snap: boolean): Moment | null => {
  const { points } = trip
  const until = snap ? stopBefore(trip, ts) : ts
  const index = Math.max(
    0,
    lastBefore(points.length, (one) => points[one]?.ts, until),
  )
  const [here, next] = [points[index], points[index + 1]]
  if (!here) return null
  const heading = headingAt(trip, index)
  if (snap || !next || ts <= here.ts) return { at: here.at, heading, index }
  const share = (ts - here.ts) / (next.ts - here.ts)
  const at: Position = [here.at[0] + (next.at[0] - here.at[0]) * share, here.at[1] + (next.at[1] - here.at[1]) * share]
  return { at, heading, index }
}

/** The last value of each key up to a time. */
export const valuesAt = (
  trip: Trip,
  ts: number,
  more: Readonly<Record<string, unknown>> = {},
): Map<string, unknown> => {
  const values = new Map<string, unknown>()
  for (const { label, name, points } of trip.courses) {
    const value = points[lastBefore(points.length, (one) => points[one]?.[0], ts)]?.[1]
    values.set(label, value)
    if (!values.has(name)) values.set(name, value)
  }
  for (const [name, value] of Object.entries(more)) if (!values.has(name)) values.set(name, value)
  return values
}

/** A way as a place: where it is at a time, and what is known of it then. */
export const tripPlace = (trip: Trip, ts: number, snap: boolean, more: Readonly<Record<string, unknown>>): Place[] => {
  const moment = momentOf(trip, ts, snap)
  const { id, layer, source, entity, alias } = trip
  if (!moment) return []
  const known = snap ? stopBefore(trip, ts) : ts
  const shape = { type: 'Point' as const, coordinates: moment.at }
  return [{ id, layer, source, entity, alias, shape, heading: moment.heading, values: valuesAt(trip, known, more) }]
}
