import type { GroupInterval, TimeWindowModel } from './model.ts'
import { addPeriods, momentAt, type Period, startOf, type WindowRange } from './range.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Widths a person can name. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  day,
  7 * day,
]

/** The server refuses more buckets than this (700), a little is left for the open one. */
const mostBuckets = 650
/** About one bucket for four pixels of a wide chart. */
const wantedBuckets = 240

/** Calendar widths in ms, on the average; the order is that of the width. */
const calendarMs = { WEEK: 7 * day, WEEK_ISO: 7 * day, MONTH: 30.44 * day, QUARTER: 91.310625 * day } as const

export const msOfInterval = (group: GroupInterval): number =>
  typeof group === 'number' ? group : Math.floor(calendarMs[group])

const automatic = (durationMs: number): number =>
  steps.find((step) => durationMs / step <= wantedBuckets) ?? Math.ceil(durationMs / mostBuckets / day) * day

const fits = (group: GroupInterval, durationMs: number): boolean => durationMs / msOfInterval(group) <= mostBuckets

/** How points of the range are folded: in which buckets, and how wide they are on the average (0: not at all). */
export const intervalOf = (
  model: Pick<TimeWindowModel, 'aggregation' | 'interval'>,
  range: WindowRange,
): { group: GroupInterval; ms: number } => {
  if (model.aggregation === 'NONE') return { group: 0, ms: 0 }
  const durationMs = Math.max(1, range.endTs - range.startTs)
  const { interval } = model
  if (interval !== null && fits(interval, durationMs)) return { group: interval, ms: msOfInterval(interval) }
  // A calendar that is too fine gives way to a coarser one, so that buckets still end where months do.
  const coarser =
    typeof interval === 'string' ? (['MONTH', 'QUARTER'] as const).find((one) => fits(one, durationMs)) : null
  const group = coarser ?? automatic(durationMs)
  return { group, ms: msOfInterval(group) }
}

const calendarPeriods = {
  WEEK: 'week',
  WEEK_ISO: 'isoWeek',
  MONTH: 'month',
  QUARTER: 'quarter',
} as const satisfies Record<string, Period>

/**
 * Where the buckets of the range start; the first may start before it. Buckets of a number of ms stand on multiples of
 * it since the epoch, so that a window that moves on cuts the same ones again.
 */
export const bucketsOf = (range: WindowRange, group: GroupInterval, zone: string): number[] => {
  const starts: number[] = []
  if (typeof group === 'number') {
    const width = Math.max(group, (range.endTs - range.startTs) / (2 * mostBuckets), 1)
    for (let at = Math.floor(range.startTs / width) * width; at < range.endTs; at += width) starts.push(at)
    return starts
  }
  const period = calendarPeriods[group]
  let at = startOf(momentAt(range.startTs, zone), period)
  while (at.epochMilliseconds < range.endTs && starts.length <= 10_000) {
    starts.push(at.epochMilliseconds)
    at = addPeriods(at, period, 1)
  }
  return starts
}

/** Where the bucket that holds `ts` starts. */
export const bucketStart = (ts: number, group: GroupInterval, zone: string): number =>
  typeof group === 'number'
    ? group > 0
      ? Math.floor(ts / group) * group
      : ts
    : startOf(momentAt(ts, zone), calendarPeriods[group]).epochMilliseconds

/** The widths a person may choose for a range: no finer than a 500th of it, no coarser than itself. */
export const allowedIntervals = (rangeMs: number): GroupInterval[] => {
  const allowed = (ms: number) => ms >= rangeMs / 500 && ms <= rangeMs
  const numbers = steps.filter(allowed)
  const calendars = (['WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER'] as const).filter((one) => allowed(calendarMs[one]))
  return [...numbers, ...calendars]
}
