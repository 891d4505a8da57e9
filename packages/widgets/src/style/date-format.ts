import { z } from 'zod'
import { type About, flag, optionalText, part, shared } from '../settings/schema.ts'

type DateDefaults = { lastUpdateAgo?: boolean; format?: string; auto?: boolean }

/** A pattern (`format`), how long ago (`lastUpdateAgo`), or as fine as the time needs (`auto`). */
export const dateFormat = (fallback: DateDefaults = { lastUpdateAgo: true }, about?: About) =>
  shared(['dateFormat', fallback, about], () => datePart(fallback, about))

const datePart = (fallback: DateDefaults, about: About | undefined) =>
  part(
    {
      format: z
        .string()
        .nullable()
        .catch(fallback.format ?? null)
        .default(fallback.format ?? null),
      lastUpdateAgo: flag(fallback.lastUpdateAgo ?? false),
      custom: flag(false),
      auto: flag(fallback.auto ?? false),
      hideLastUpdatePrefix: flag(false),
      autoDateFormatSettings: part({
        millisecond: optionalText(),
        second: optionalText(),
        minute: optionalText(),
        hour: optionalText(),
        day: optionalText(),
        month: optionalText(),
        year: optionalText(),
      }),
    },
    { editor: 'date-format', ...about },
  )
export type DateFormat = z.output<ReturnType<typeof dateFormat>>

type TimeUnit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'

const autoPatterns: Readonly<Record<TimeUnit, string>> = {
  millisecond: 'MMM dd yyyy HH:mm:ss.SSS',
  second: 'MMM dd yyyy HH:mm:ss',
  minute: 'MMM dd yyyy HH:mm',
  hour: 'MMM dd yyyy HH:mm',
  day: 'MMM dd yyyy',
  month: 'MMM yyyy',
  year: 'yyyy',
}

type Place = { locale: string; timeZone: string }
type Fields = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>

const fieldFormats = new Map<string, Intl.DateTimeFormat>()
const format = (locale: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = fieldFormats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  fieldFormats.set(key, made)
  return made
}

const fieldsOf = (ts: number, timeZone: string): Fields => {
  const parts = format('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ts)
  const field = (type: keyof Fields) => Number(parts.find((one) => one.type === type)?.value)
  return {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  }
}

const word = (ts: number, place: Place, options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes) =>
  format(place.locale, { ...options, timeZone: place.timeZone })
    .formatToParts(ts)
    .find((one) => one.type === type)?.value ?? ''

const monthWord = (ts: number, place: Place, month: 'short' | 'long') =>
  word(ts, place, { month, day: 'numeric' }, 'month')

const token = (pattern: string, ts: number, fields: Fields, place: Place): string => {
  const padded = (value: number) => String(value).padStart(pattern.length > 1 ? 2 : 1, '0')
  switch (pattern[0]) {
    case 'y':
      return pattern.length === 2 ? padded(fields.year % 100) : String(fields.year)
    case 'M':
    case 'L':
      return pattern.length <= 2 ? padded(fields.month) : monthWord(ts, place, pattern.length === 3 ? 'short' : 'long')
    case 'd':
      return padded(fields.day)
    case 'E':
      return word(ts, place, { weekday: pattern.length === 4 ? 'long' : 'short' }, 'weekday')
    case 'H':
      return padded(fields.hour)
    case 'h':
      return padded(fields.hour % 12 || 12)
    case 'm':
      return padded(fields.minute)
    case 's':
      return padded(fields.second)
    case 'S':
      return String(((ts % 1_000) + 1_000) % 1_000)
        .padStart(3, '0')
        .slice(0, pattern.length)
    case 'a':
      return fields.hour < 12 ? 'AM' : 'PM'
    case 'z':
    case 'Z':
      return word(ts, place, { timeZoneName: 'short' }, 'timeZoneName')
    default:
      return pattern
  }
}

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { dateStyle: 'short', timeStyle: 'short' },
  medium: { dateStyle: 'medium', timeStyle: 'medium' },
  long: { dateStyle: 'long', timeStyle: 'long' },
  full: { dateStyle: 'full', timeStyle: 'full' },
  shortDate: { dateStyle: 'short' },
  mediumDate: { dateStyle: 'medium' },
  longDate: { dateStyle: 'long' },
  fullDate: { dateStyle: 'full' },
  shortTime: { timeStyle: 'short' },
  mediumTime: { timeStyle: 'medium' },
}

/** The last moment that a calendar knows. */
const lastTs = 8.64e15

/** A time by a pattern of files: `yyyy-MM-dd HH:mm:ss`, `MMM dd`, `EEE, h:mm a`; quoted parts stay as they are. */
export const formatPattern = (ts: number, pattern: string, place: Place): string => {
  if (!Number.isFinite(ts) || Math.abs(ts) > lastTs) return '—'
  const style = styles[pattern]
  if (style) return format(place.locale, { ...style, timeZone: place.timeZone }).format(ts)
  const fields = fieldsOf(ts, place.timeZone)
  return pattern.replaceAll(/'((?:[^']|'')*)'|([a-zA-Z])\2*/g, (whole, quoted: string | undefined) =>
    quoted === undefined ? token(whole, ts, fields, place) : quoted === '' ? "'" : quoted.replaceAll("''", "'"),
  )
}

const spans: readonly [below: number, unit: TimeUnit][] = [
  [1_000, 'millisecond'],
  [60_000, 'second'],
  [3_600_000, 'minute'],
  [86_400_000, 'hour'],
  [30 * 86_400_000, 'day'],
  [365 * 86_400_000, 'month'],
]

/** How fine a time has to be told: by the width of its bucket, else by what is not zero in it. */
export const timeUnitOf = (ts: number, interval: number, timeZone: string): TimeUnit => {
  if (interval > 0) return spans.find(([below]) => interval < below)?.[1] ?? 'year'
  const { month, day, hour, minute, second } = fieldsOf(ts, timeZone)
  if (ts % 1_000 !== 0) return 'millisecond'
  if (second !== 0) return 'second'
  if (minute !== 0) return 'minute'
  if (hour !== 0) return 'hour'
  if (day !== 1) return 'day'
  return month === 1 ? 'year' : 'month'
}

/** A time as a file wants it said. `age` tells how long ago it is. */
export const formatDate = (
  ts: number,
  settings: DateFormat,
  place: Place & { age: (ts: number) => string; interval?: number },
): string => {
  if (!Number.isFinite(ts) || Math.abs(ts) > lastTs) return '—'
  if (settings.lastUpdateAgo) return place.age(ts)
  if (settings.auto && !settings.custom) {
    const unit = timeUnitOf(ts, place.interval ?? 0, place.timeZone)
    return formatPattern(ts, settings.autoDateFormatSettings[unit] || autoPatterns[unit], place)
  }
  return formatPattern(ts, settings.format || 'medium', place)
}
