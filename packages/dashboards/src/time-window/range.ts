import { Temporal } from 'temporal-polyfill'
import type { QuickInterval, TimeWindowModel } from './model.ts'
import { isTimeZone, latestTs } from './read.ts'

/** From `startTs`, before `endTs`; epoch ms. */
export type WindowRange = { startTs: number; endTs: number }

type Moment = Temporal.ZonedDateTime
export type Period = 'hour' | 'day' | 'week' | 'isoWeek' | 'month' | 'quarter' | 'halfYear' | 'year'

export const momentAt = (ts: number, zone: string): Moment =>
  Temporal.Instant.fromEpochMilliseconds(Math.min(latestTs, Math.max(-latestTs, Math.floor(ts)))).toZonedDateTimeISO(
    isTimeZone(zone) ? zone : 'UTC',
  )

/** The first moment of the calendar period that holds `at`, in its own zone. */
export const startOf = (at: Moment, period: Period): Moment => {
  const day = at.startOfDay()
  switch (period) {
    case 'hour':
      return at.round({ smallestUnit: 'hour', roundingMode: 'floor' })
    case 'day':
      return day
    case 'week':
      return day.subtract({ days: at.dayOfWeek % 7 }).startOfDay()
    case 'isoWeek':
      return day.subtract({ days: at.dayOfWeek - 1 }).startOfDay()
    case 'month':
      return day.with({ day: 1 }).startOfDay()
    case 'quarter':
      return day.with({ day: 1, month: at.month - ((at.month - 1) % 3) }).startOfDay()
    case 'halfYear':
      return day.with({ day: 1, month: at.month > 6 ? 7 : 1 }).startOfDay()
    case 'year':
      return day.with({ day: 1, month: 1 }).startOfDay()
  }
}

const durations: Readonly<Record<Period, Temporal.DurationLike>> = {
  hour: { hours: 1 },
  day: { days: 1 },
  week: { weeks: 1 },
  isoWeek: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  halfYear: { months: 6 },
  year: { years: 1 },
}

/** `count` periods on (or back): from the start of a day to the start of a day, else at the same time of the day. */
export const addPeriods = (at: Moment, period: Period, count: number): Moment => {
  const one = Temporal.Duration.from(durations[period])
  let moved = at
  for (let step = 0; step < Math.abs(count); step++) moved = count < 0 ? moved.subtract(one) : moved.add(one)
  // The clock may change at midnight, which makes a day start at another time than the one before.
  return period === 'hour' || at.epochMilliseconds !== at.startOfDay().epochMilliseconds ? moved : moved.startOfDay()
}

/** Which calendar period a preset means, how many periods back, and whether it ends now. */
type QuickMeaning = { period: Period; back: number; untilNow: boolean }
const whole = (period: Period, back = 0): QuickMeaning => ({ period, back, untilNow: false })
const soFar = (period: Period): QuickMeaning => ({ period, back: 0, untilNow: true })

const meanings: Readonly<Record<QuickInterval, QuickMeaning>> = {
  YESTERDAY: whole('day', 1),
  DAY_BEFORE_YESTERDAY: whole('day', 2),
  THIS_DAY_LAST_WEEK: whole('day', 7),
  PREVIOUS_WEEK: whole('week', 1),
  PREVIOUS_WEEK_ISO: whole('isoWeek', 1),
  PREVIOUS_MONTH: whole('month', 1),
  PREVIOUS_QUARTER: whole('quarter', 1),
  PREVIOUS_HALF_YEAR: whole('halfYear', 1),
  PREVIOUS_YEAR: whole('year', 1),
  CURRENT_HOUR: whole('hour'),
  CURRENT_DAY: whole('day'),
  CURRENT_DAY_SO_FAR: soFar('day'),
  CURRENT_WEEK: whole('week'),
  CURRENT_WEEK_ISO: whole('isoWeek'),
  CURRENT_WEEK_SO_FAR: soFar('week'),
  CURRENT_WEEK_ISO_SO_FAR: soFar('isoWeek'),
  CURRENT_MONTH: whole('month'),
  CURRENT_MONTH_SO_FAR: soFar('month'),
  CURRENT_QUARTER: whole('quarter'),
  CURRENT_QUARTER_SO_FAR: soFar('quarter'),
  CURRENT_HALF_YEAR: whole('halfYear'),
  CURRENT_HALF_YEAR_SO_FAR: soFar('halfYear'),
  CURRENT_YEAR: whole('year'),
  CURRENT_YEAR_SO_FAR: soFar('year'),
}

const quickRange = (interval: QuickInterval, now: number, zone: string): WindowRange => {
  const { period, back, untilNow } = meanings[interval]
  const start = addPeriods(startOf(momentAt(now, zone), period), period, -back)
  const startTs = start.epochMilliseconds
  // A window that began this very moment is one millisecond long, not none.
  return { startTs, endTs: untilNow ? Math.max(now, startTs + 1) : addPeriods(start, period, 1).epochMilliseconds }
}

/**
 * What the window covers at `now`. Presets are counted in the zone of the window, else the viewer's; those of a whole
 * period reach to its end, which may lie ahead.
 */
export const rangeOf = (
  model: Pick<TimeWindowModel, 'span' | 'timeZone'>,
  now: number,
  viewerZone: string,
): WindowRange => {
  const { span } = model
  switch (span.kind) {
    case 'last':
      return { startTs: Math.max(0, now - span.durationMs), endTs: now }
    case 'quick':
      return quickRange(span.interval, now, model.timeZone ?? viewerZone)
    case 'fixed':
      return { startTs: span.startTs, endTs: span.endTs }
    case 'all':
      return { startTs: 0, endTs: now }
  }
}

export const comparisons = ['previousInterval', 'days', 'weeks', 'months', 'years', 'customInterval'] as const
export type Comparison = (typeof comparisons)[number]

const comparedPeriods = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const

/**
 * The earlier range that a range is compared with, just as long where it is not a preset: with `previousInterval`, a
 * month is compared with the whole month before it, and the month so far with as much of the one before.
 */
export const comparisonRange = (
  range: WindowRange,
  by: Comparison,
  customMs: number | null,
  zone: string,
  quick: QuickInterval | null = null,
): WindowRange => {
  const length = range.endTs - range.startTs
  if (by === 'customInterval') {
    const back = customMs !== null && customMs > 0 ? Math.round(customMs) : 0
    return { startTs: range.startTs - back, endTs: range.endTs - back }
  }
  if (by !== 'previousInterval') {
    const endTs = addPeriods(momentAt(range.endTs, zone), comparedPeriods[by], -1).epochMilliseconds
    return { startTs: endTs - length, endTs }
  }
  if (!quick) return { startTs: range.startTs - length, endTs: range.startTs }
  const { period, untilNow } = meanings[quick]
  // This day of last week is compared with the same day of the week before, not with its eve.
  const step = quick === 'THIS_DAY_LAST_WEEK' ? 'week' : period
  const start = addPeriods(momentAt(range.startTs, zone), step, -1)
  const end = untilNow ? addPeriods(momentAt(range.endTs, zone), step, -1) : addPeriods(start, period, 1)
  return { startTs: start.epochMilliseconds, endTs: end.epochMilliseconds }
}
