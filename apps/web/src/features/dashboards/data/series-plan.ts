import type { Aggregation } from '@thingwire/contracts'
import {
  bucketStart,
  bucketsOf,
  type Comparison,
  comparisonRange,
  type GroupInterval,
  intervalOf,
  msOfInterval,
  type QuickInterval,
  rangeOf,
  type TimeWindowModel,
  type WindowRange,
} from '@thingwire/dashboards'

/** How a series is read; equal plans of equal questions share their points. */
export type SeriesPlan = {
  isLive: boolean
  span: TimeWindowModel['span']
  /** IANA name. */
  zone: string
  aggregation: Aggregation
  /** 0: raw points. */
  group: GroupInterval
  /** Most raw points of a key, the newest; with `thinTo` they are all drawn. */
  limit: number
  /** About so many raw points draw the same line as all of them; null: they come as they are. */
  thinTo: number | null
  /** The last point before the window comes, too. */
  withPrevious: boolean
  /** An earlier time instead, to compare with. */
  shift: { by: Comparison; customMs: number | null } | null
}

/** The plan of a window for a widget that draws its points, or lists them. */
export const planSeries = (
  model: TimeWindowModel,
  options: { now: number; viewerZone: string; thinTo: number | null; withPrevious: boolean },
): SeriesPlan => {
  const zone = model.timeZone ?? options.viewerZone
  // Of a day so far, buckets are those of the whole day: they stay the same while it goes on.
  const whole = { ...model, span: wholeSpan(model.span) }
  const { group } = intervalOf(model, rangeOf(whole, options.now, options.viewerZone))
  return {
    isLive: model.mode === 'realtime' && model.span.kind !== 'fixed',
    span: model.span,
    zone,
    aggregation: model.aggregation,
    group,
    limit: model.limit,
    thinTo: options.thinTo,
    withPrevious: options.withPrevious,
    shift: null,
  }
}

const wholeSpan = (span: TimeWindowModel['span']): TimeWindowModel['span'] =>
  span.kind === 'quick' ? { ...span, interval: span.interval.replace(/_SO_FAR$/, '') as QuickInterval } : span

export const windowOf = (plan: SeriesPlan, now: number): WindowRange =>
  rangeOf({ span: plan.span, timeZone: plan.zone }, now, plan.zone)

export const shownRange = (plan: SeriesPlan, now: number): WindowRange => {
  const range = windowOf(plan, now)
  const { shift, span, zone } = plan
  if (!shift) return range
  return comparisonRange(range, shift.by, shift.customMs, zone, span.kind === 'quick' ? span.interval : null)
}

/** Width of the buckets on the average, ms; 0: none. */
export const widthOf = ({ group }: SeriesPlan): number => (group === 0 ? 0 : msOfInterval(group))

/** Where the bucket after that of `ts` starts. */
export const bucketEnd = (ts: number, { group, zone }: SeriesPlan): number => {
  if (typeof group === 'number') return bucketStart(ts, group, zone) + group
  const start = bucketStart(ts, group, zone)
  return bucketsOf({ startTs: start, endTs: start + msOfInterval(group) * 2 }, group, zone)[1] ?? start
}

/** Wider open buckets hold too many raw points to be folded here; they are read again when something came in. */
const widestFoldMs = 120_000

/**
 * What is read at first: `startTs` to `closedTs` as the plan folds it; raw points from there on are folded here (`foldsFrom`)
 * or, with null, the open bucket is read with the others and again whenever points came in.
 */
export const readingOf = (
  plan: SeriesPlan,
  now: number,
): { startTs: number; closedTs: number; foldsFrom: number | null } => {
  const range = shownRange(plan, now)
  const { group, zone } = plan
  const startTs = group === 0 ? range.startTs : bucketStart(range.startTs, group, zone)
  if (!plan.isLive || plan.shift) return { startTs, closedTs: range.endTs, foldsFrom: null }
  if (group === 0) return { startTs, closedTs: now, foldsFrom: now }
  const openTs = bucketStart(now, group, zone)
  return widthOf(plan) <= widestFoldMs
    ? { startTs, closedTs: openTs, foldsFrom: openTs }
    : { startTs, closedTs: bucketEnd(now, plan), foldsFrom: null }
}
