import type { Runtime } from './types.ts'

/** Time zones: their offsets, and what the clock of a place shows. */
export const installZones = ($: Runtime): void => {
  /** Names that are no names of the time zone database. */
  const short: Record<string, string> = {
    ...{ Z: 'UTC', EST: '-05:00', MST: '-07:00', HST: '-10:00', PST: 'America/Los_Angeles', CST: 'America/Chicago' },
    ...{ IST: 'Asia/Kolkata', JST: 'Asia/Tokyo', CTT: 'Asia/Shanghai', BST: 'Asia/Dhaka', AET: 'Australia/Sydney' },
    ...{ ACT: 'Australia/Darwin', ART: 'Africa/Cairo', AST: 'America/Anchorage', ECT: 'Europe/Paris' },
  }
  const fixedOffset = (zone: string): number | null => {
    const match = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(zone)
    if (!match) return /^(?:UTC|GMT|UT|Z)$/.test(zone) ? 0 : null
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
    return minutes > 1080 ? null : (match[1] === '-' ? -1 : 1) * (minutes * 60 + Number(match[4] ?? 0)) * 1000
  }
  const clocks = new Map<string, Intl.DateTimeFormat | null>()
  const clockOf = (zone: string): Intl.DateTimeFormat | null => {
    const known = clocks.get(zone)
    if (known !== undefined) return known
    let made: Intl.DateTimeFormat | null = null
    try {
      if (/^[A-Za-z][\w+\-/]{0,60}$/.test(zone))
        made = new Intl.DateTimeFormat('en-US', {
          ...{ timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
          ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
        })
    } catch {
      made = null
    }
    if (clocks.size > 20) clocks.clear()
    clocks.set(zone, made)
    return made
  }
  const named = (zone: string) => (Object.hasOwn(short, zone) ? (short[zone] ?? zone) : zone)
  $.isZone = (zone: string): boolean => fixedOffset(named(zone)) !== null || clockOf(named(zone)) !== null
  $.zoneName = named
  /** What the clock of a zone is ahead of UTC, in milliseconds. */
  $.offsetAt = (zoneName: string, ms: number): number => {
    const zone = named(zoneName)
    const fixed = fixedOffset(zone)
    if (fixed !== null) return fixed
    const clock = clockOf(zone) ?? $.fail(`the time zone ${zoneName} is not known`)
    const parts: Record<string, string> = {}
    for (const { type, value } of clock.formatToParts(ms)) parts[type] = value
    const number = (name: string) => Number(parts[name])
    const year = parts.era === 'BC' ? 1 - number('year') : number('year')
    const shown = new Date(
      Date.UTC(2000, number('month') - 1, number('day'), number('hour'), number('minute'), number('second')),
    )
    shown.setUTCFullYear(year, number('month') - 1, number('day'))
    return shown.getTime() - Math.floor(ms / 1000) * 1000
  }
  const offsetAt = $.offsetAt as (zone: string, ms: number) => number
  /** The moment at which the clock of a zone shows this; the first of two, or after a gap. */
  $.momentAt = (zone: string, shown: number): number => {
    const before = offsetAt(zone, shown - 86_400_000)
    const after = offsetAt(zone, shown + 86_400_000)
    return offsetAt(zone, shown - before) !== before && offsetAt(zone, shown - after) === after
      ? shown - after
      : shown - before
  }
  /** An offset as text: +05:30. */
  $.offsetText = (offset: number, colon: string, isShort: boolean): string => {
    const minutes = Math.floor(Math.abs(offset) / 60_000)
    const two = (part: number) => String(part).padStart(2, '0')
    const rest = minutes % 60
    return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${isShort && rest === 0 ? '' : colon + two(rest)}`
  }
}

/** Names of months, days and times of day in a language. */
export const installLocales = ($: Runtime): void => {
  const chosen = new Map<string, string | null>()
  /** The locale of a language tag; null for what is none, which has the plain form. */
  $.localeOf = (tag: unknown): string | null => {
    const text = $.isNull(tag) || tag === '' ? 'en-US' : $.string(tag)
    const known = chosen.get(text)
    if (known !== undefined) return known
    let made: string | null = null
    try {
      if (/^[A-Za-z][\w-]{1,40}$/.test(text)) made = Intl.DateTimeFormat.supportedLocalesOf([text])[0] ?? null
    } catch {
      made = null
    }
    if (chosen.size > 50) chosen.clear()
    chosen.set(text, made)
    return made
  }
  const formats = new Map<string, Intl.DateTimeFormat>()
  $.localFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = locale + JSON.stringify(options)
    const known = formats.get(key)
    if (known) return known
    if (formats.size > 20) formats.clear()
    const made = new Intl.DateTimeFormat(locale, { ...options, numberingSystem: 'latn' })
    formats.set(key, made)
    return made
  }
  const format = $.localFormat as (locale: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat
  const part = (locale: string, options: Intl.DateTimeFormatOptions, type: string, ms: number): string =>
    format(locale, { timeZone: 'UTC', ...options })
      .formatToParts(ms)
      .find((found) => found.type === type)?.value ?? ''
  type Width = 'short' | 'long' | 'narrow'
  $.monthName = (locale: string, month: number, width: Width, isAlone: boolean): string =>
    part(locale, isAlone ? { month: width } : { month: width, day: 'numeric' }, 'month', Date.UTC(2001, month - 1, 1))
  $.dayName = (locale: string, day: number, width: Width): string =>
    part(locale, { weekday: width, day: 'numeric', month: 'short' }, 'weekday', Date.UTC(2001, 0, day))
  $.halfName = (locale: string, hour: number): string =>
    part(locale, { hour: 'numeric', hour12: true }, 'dayPeriod', Date.UTC(2001, 0, 1, hour))
  /** Where a language has no short name of a zone, another form of English may. */
  const others = ['en-GB', 'en-IN', 'en-AU', 'en-CA']
  $.zoneTitle = (locale: string, zone: string, width: 'short' | 'long', ms: number): string => {
    const known = ($.zoneName as (zone: string) => string)(zone)
    const offset = /^(GMT|UTC|UT)?[+-]/.exec(known)
    if (offset) {
      const text = ($.offsetText as (offset: number, colon: string, isShort: boolean) => string)(
        ...([($.offsetAt as (zone: string, ms: number) => number)(known, ms), ':', false] as const),
      )
      return offset[1] === undefined ? text : `GMT${text}`
    }
    const timeZone = /^(?:GMT|UTC|UT|Z)$/.test(known) ? 'UTC' : known
    const title = (language: string) => part(language, { timeZone, timeZoneName: width }, 'timeZoneName', ms)
    const own = title(locale)
    if (width === 'long' || !/^GMT[+-]/.test(own) || !locale.startsWith('en')) return own
    return others.map(title).find((other) => !/^GMT[+-]/.test(other)) ?? own
  }
}
