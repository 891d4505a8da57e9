import type { Aggregation } from '@thingwire/contracts'

export type TimeWindow = { kind: 'last'; durationMs: number } | { kind: 'fixed'; startTs: number; endTs: number }

/** How a series is read: over which time, folded how, into buckets of which width (ms; 0: raw points, at most `limit`). */
export type SeriesPlan = { window: TimeWindow; agg: Aggregation; interval: number; limit: number }

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

export const durationOf = (window: TimeWindow): number =>
  window.kind === 'last' ? window.durationMs : Math.max(1, window.endTs - window.startTs)

/** The first nameable width that gives no more than the wanted number of buckets. */
export const chooseInterval = (durationMs: number): number =>
  steps.find((step) => durationMs / step <= wantedBuckets) ?? Math.ceil(durationMs / mostBuckets / day) * day

export const toPlan = (window: TimeWindow, agg: Aggregation, limit: number): SeriesPlan => ({
  window,
  agg,
  interval: agg === 'NONE' ? 0 : chooseInterval(durationOf(window)),
  limit,
})

/**
 * Where the closed buckets begin and the open one starts, at `now`. Boundaries stand on multiples of the width since the
 * epoch, so that a window that moves on cuts the same buckets again.
 */
export const bucketRange = (plan: SeriesPlan, now: number): { startTs: number; openTs: number; endTs: number } => {
  const { window, interval } = plan
  const endTs = window.kind === 'last' ? now : window.endTs
  const startTs = window.kind === 'last' ? now - window.durationMs : window.startTs
  if (interval === 0) return { startTs, openTs: endTs, endTs }
  const floor = (ts: number) => Math.floor(ts / interval) * interval
  return { startTs: floor(startTs), openTs: window.kind === 'last' ? floor(now) : endTs, endTs }
}
