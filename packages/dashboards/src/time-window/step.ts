import { addPeriods, momentAt, type Period, startOf, type WindowRange } from './range.ts'

/** Lengths that a navigator of time goes by, as dashboard files write them. */
export const timeSteps = ['hour', 'day', 'week', 'twoWeeks', 'month', 'threeMonths', 'sixMonths'] as const
export type TimeStep = (typeof timeSteps)[number]

const periods: Readonly<Record<TimeStep, readonly [period: Period, count: number]>> = {
  hour: ['hour', 1],
  day: ['day', 1],
  week: ['week', 1],
  twoWeeks: ['week', 2],
  month: ['month', 1],
  threeMonths: ['month', 3],
  sixMonths: ['month', 6],
}

/** The range moved by whole steps of the calendar in a zone; `count` < 0: back. Both ends keep their time of day. */
export const moveRange = (range: WindowRange, step: TimeStep, count: number, zone: string): WindowRange => {
  const [period, size] = periods[step]
  const moved = (ts: number) => addPeriods(momentAt(ts, zone), period, size * count).epochMilliseconds
  return { startTs: moved(range.startTs), endTs: moved(range.endTs) }
}

/** The range of a length that ends with the day of `ts` (with its hour, for an hour). */
export const rangeUpTo = (ts: number, length: TimeStep, zone: string): WindowRange => {
  const [period, size] = periods[length]
  const unit = period === 'hour' ? 'hour' : 'day'
  const end = addPeriods(startOf(momentAt(ts, zone), unit), unit, 1)
  return { startTs: addPeriods(end, period, -size).epochMilliseconds, endTs: end.epochMilliseconds }
}

/** From the start of one day through the end of another, given as `2026-01-31` in a zone; null for what is no range. */
export const rangeOfDays = (from: string, through: string, zone: string): WindowRange | null => {
  const startTs = dayStart(from, zone)
  const last = dayStart(through, zone)
  if (startTs === null || last === null || last < startTs) return null
  return { startTs, endTs: addPeriods(momentAt(last, zone), 'day', 1).epochMilliseconds }
}

const dayStart = (day: string, zone: string): number | null => {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (!year || !month || !date) return null
  const noon = Date.UTC(Number(year), Number(month) - 1, Number(date), 12)
  if (new Date(noon).toISOString().slice(0, 10) !== day) return null
  // Noon in UTC may lie on the day before or after in the zone; the day is the one that is written.
  for (const shift of [0, -1, 1]) {
    const start = startOf(momentAt(noon + shift * 86_400_000, zone), 'day')
    if (dayOf(start.epochMilliseconds, zone) === day) return start.epochMilliseconds
  }
  return null
}

/** The day of a moment in a zone, as `2026-01-31`. */
export const dayOf = (ts: number, zone: string): string => momentAt(ts, zone).toPlainDate().toString()
