import { Temporal } from 'temporal-polyfill'
import { momentAt } from './range.ts'
import { isTimeZone } from './read.ts'

/** What clocks of the zone show, as a field for date and time takes it: `2026-11-22T09:30`. */
export const toWallClock = (ts: number, zone: string): string =>
  momentAt(ts, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** The moment at which clocks of the zone show that; null for what is no date and time. */
export const fromWallClock = (text: string, zone: string): number | null => {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(isTimeZone(zone) ? zone : 'UTC').epochMilliseconds
  } catch {
    return null
  }
}
