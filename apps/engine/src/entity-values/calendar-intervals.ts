export const calendarIntervals = ['WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER'] as const
export type CalendarInterval = (typeof calendarIntervals)[number]

type Day = { year: number; month: number; day: number }

/** Whether the runtime knows a time zone by this name. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * Buckets `[start, end)` in epoch ms that cover the range and change at calendar boundaries of the zone; the first one
 * begins at `startTs` and the last one is cut at `endTs`. Stops after `limit + 1` of them, so that a caller can refuse.
 */
export const calendarBuckets = (
  range: { startTs: number; endTs: number },
  interval: CalendarInterval,
  timeZone: string,
  limit: number,
): { start: number; end: number }[] => {
  const zone = zoneClock(timeZone)
  const buckets: { start: number; end: number }[] = []
  let start = range.startTs
  while (start < range.endTs && buckets.length <= limit) {
    const boundary = zone.startOfDay(nextBoundary(zone.dayOf(start), interval))
    const end = Math.min(boundary, range.endTs)
    buckets.push({ start, end })
    start = end
  }
  return buckets
}

/** The first day of the following interval; days beyond a month's end roll over in `Date.UTC`. */
const nextBoundary = ({ year, month, day }: Day, interval: CalendarInterval): Day => {
  switch (interval) {
    case 'WEEK':
    case 'WEEK_ISO': {
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
      const fromFirst = interval === 'WEEK' ? weekday : (weekday + 6) % 7
      return normalDay(year, month, day - fromFirst + 7)
    }
    case 'MONTH':
      return normalDay(year, month + 1, 1)
    case 'QUARTER':
      return normalDay(year, month - ((month - 1) % 3) + 3, 1)
  }
}

const normalDay = (year: number, month: number, day: number): Day => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const zoneClock = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

  const fieldsOf = (ts: number) => {
    const fields: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(ts)) fields[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields
    return { year, month, day, hour, minute, second }
  }

  const offsetAt = (ts: number): number => {
    const { year, month, day, hour, minute, second } = fieldsOf(ts)
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ts / 1_000) * 1_000
  }

  return {
    dayOf: (ts: number): Day => fieldsOf(ts),
    startOfDay: ({ year, month, day }: Day): number => {
      const asUtc = Date.UTC(year, month - 1, day)
      // The offset at the boundary itself is wanted; guessing twice settles it across a change of summer time.
      const guess = asUtc - offsetAt(asUtc)
      return asUtc - offsetAt(guess)
    },
  }
}
