import type { TimeRange } from '../../widget.ts'
import { fromLocal, toLocal } from './zone.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const month = 30 * day
const year = 365 * day

/** Distances that people count in. */
const evenSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 4, 6, 12].map((count) => count * hour),
  ...[1, 2, 3, 7].map((count) => count * day),
]
const monthSteps = [1, 2, 3, 6]
const yearSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

const most = 200

/**
 * Where a time axis has its labels: whole minutes, hours, days, months by the clocks of the zone, at most `count` of them.
 * @returns epoch ms, ascending, inside the range
 */
export const timeTicks = (range: TimeRange, count: number, timeZone: string): number[] => {
  const span = range.endTs - range.startTs
  if (!(span > 0) || count < 1) return []
  const wanted = span / Math.min(most, count)
  const even = evenSteps.find((step) => step >= wanted)
  const ticks = even === undefined ? monthTicks(range, wanted, timeZone) : evenTicks(range, even, timeZone)
  const inside = ticks.filter((ts) => ts >= range.startTs && ts <= range.endTs)
  return inside.filter((ts, index) => index === 0 || ts > (inside[index - 1] ?? ts))
}

const evenTicks = (range: TimeRange, step: number, timeZone: string): number[] => {
  // Below an hour every zone has the same whole steps, but for those that are half an hour or so apart.
  const start = toLocal(range.startTs, timeZone)
  const end = toLocal(range.endTs, timeZone)
  const ticks: number[] = []
  if (step >= day) {
    // Days count from the first of each month, so that labels do not jump as the window moves.
    for (let at = dayStart(start); at <= end && ticks.length < most; at = dayAfter(at, step / day)) {
      ticks.push(fromLocal(at, timeZone))
    }
    return ticks
  }
  for (let at = Math.ceil(start / step) * step; at <= end && ticks.length < most; at += step) {
    ticks.push(fromLocal(at, timeZone))
  }
  return ticks
}

const dayStart = (local: number): number => {
  const date = new Date(local)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
}

const dayAfter = (local: number, days: number): number => {
  const date = new Date(local)
  const next = date.getUTCDate() + days
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  // The last step of a month would leave hardly any room before the first of the next one.
  const isShort = length - next < days / 2
  return next > length || (days > 1 && isShort)
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), next)
}

const monthTicks = (range: TimeRange, wanted: number, timeZone: string): number[] => {
  const first = new Date(toLocal(range.startTs, timeZone)).getUTCFullYear()
  const last = new Date(toLocal(range.endTs, timeZone)).getUTCFullYear()
  const months = monthSteps.find((step) => step * month >= wanted)
  const years = months === undefined ? (yearSteps.find((step) => step * year >= wanted) ?? 1_000) : 1
  const ticks: number[] = []
  for (let at = Math.floor(first / years) * years; at <= last && ticks.length < most * 12; at += years) {
    for (let m = 0; m < 12; m += months ?? 12) ticks.push(fromLocal(Date.UTC(at, m, 1), timeZone))
  }
  return ticks
}
