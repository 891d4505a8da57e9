import type { Runtime } from './types.ts'

/** Date: months count from 1, days of the week from Monday = 1. The zone of the server is UTC. */
export const installDates = ($: Runtime): void => {
  $.Date = class {
    ms: number
    constructor(ms: number) {
      this.ms = ms
    }
  }
  const isZone = $.isZone as (zone: string) => boolean
  const momentAt = $.momentAt as (zone: string, shown: number) => number
  const zoneOf = (zone: string): string => (isZone(zone) ? zone : $.fail(`the time zone ${zone} is not known`))
  /** The farthest moments that a date can hold. */
  const moment = (ms: number): number =>
    Math.abs(ms) <= 8.64e15 ? Math.trunc(ms) : $.fail('the date is too far from the year 1970')
  $.moment = moment
  const isWithin = (value: number, least: number, most: number) => value >= least && value <= most
  /** What a clock in UTC that shows these parts says; null where there is no such time. Texts may name a 30th of February, which is the last. */
  $.shownAt = (parts: number[], isText: boolean): number | null => {
    const [year = 1970, month = 1, date = 1, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = parts
    const isTime = isWithin(hours, 0, 23) && isWithin(minutes, 0, 59) && isWithin(seconds, 0, 59)
    if (!isTime || !isWithin(month, 1, 12) || !isWithin(milliseconds, 0, 999)) return null
    const at = new Date(Date.UTC(2000, month - 1, 1, hours, minutes, seconds, milliseconds))
    at.setUTCFullYear(year, month, 0)
    const last = at.getUTCDate()
    if (!isWithin(date, 1, isText ? 31 : last)) return null
    return at.setUTCFullYear(year, month - 1, Math.min(date, last))
  }
  const shownAt = (parts: number[], isText = false): number =>
    ($.shownAt as (parts: number[], isText: boolean) => number | null)(parts, isText) ??
    $.fail(`there is no date ${parts.join(', ')}`)
  /** Years of two digits are 1970 to 2069. */
  const ofParts = ([year = 1970, ...rest]: number[]): number =>
    shownAt([year < 70 ? 2000 + year : year <= 99 ? 1900 + year : year, ...rest])
  const form =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*([A-Za-z+-][\w/:+-]*)?$/
  const english =
    /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?(?: (GMT(?:[+-]\d{2}:?\d{2})?|[+-]\d{4}))?$/
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const ofEnglish = (text: string): number | null => {
    const [, date, month = '', year, hours, minutes, seconds, zone = 'UTC'] = english.exec(text) ?? []
    if (date === undefined || !months.includes(month)) return null
    const parts = [year, months.indexOf(month) + 1, date, hours, minutes, seconds ?? 0].map(Number)
    return momentAt(zone, shownAt(parts, true))
  }
  const ofText = (text: string): number => {
    const match = form.exec(text.trim())
    if (!match) return ofEnglish(text.trim()) ?? $.fail(`the date ${text} cannot be read`)
    const parts = match.slice(1, 7).map((part) => Number(part ?? 0))
    const zone = zoneOf((match[8] ?? 'Z').replace(/^UTC$|^GMT$/, 'Z'))
    return momentAt(zone, shownAt([...parts, Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))], true))
  }
  type Reader = (
    text: string,
    pattern: string,
    zone: string,
    locale: string | null,
    how: { isZoneFixed: boolean; isLenient: boolean },
  ) => number | null
  const ofPattern = ([text, pattern, locale, zone]: unknown[], isLenient = false): number => {
    const place = $.isNull(zone) ? 'UTC' : zoneOf($.string(zone))
    const language = ($.localeOf as (tag: unknown) => string | null)(locale)
    return (
      ($.readDate as Reader)($.string(text), $.string(pattern), place, language, {
        ...{ isZoneFixed: !$.isNull(zone), isLenient },
      }) ?? $.fail(`the date ${$.string(text)} does not look like ${$.string(pattern)}`)
    )
  }
  $.makeDate = (parameters: unknown[]): unknown => {
    const [first] = parameters
    if (first === undefined) return new $.Date(Date.now())
    if (typeof first === 'string')
      return new $.Date(moment(parameters.length === 1 ? ofText(first) : ofPattern(parameters)))
    if (parameters.length === 1) {
      if (first instanceof $.Date) return new $.Date(first.ms)
      return new $.Date(
        $.isNumber(first) ? moment($.numberOf(first)) : $.fail(`the date ${$.text(first)} cannot be read`),
      )
    }
    const last = parameters.at(-1)
    const hasZone = typeof last === 'string' && parameters.length > 3
    const shown = ofParts((hasZone ? parameters.slice(0, -1) : parameters).map($.int))
    return new $.Date(moment(hasZone && last !== '' ? momentAt(zoneOf(last), shown) : shown))
  }
  const parsed = (read: () => number): bigint => {
    try {
      return BigInt(moment(read()))
    } catch {
      return -1n
    }
  }
  $.classes.Date = {
    now: () => BigInt(Date.now()),
    /** -1 for what cannot be read. */
    parse: (text: unknown, pattern?: unknown) =>
      parsed(() => (pattern === undefined ? ofText($.string(text)) : ofPattern([text, pattern], true))),
    UTC: (...parts: unknown[]) => {
      const [year = 0, month = 0, date = 0, ...rest] = parts.map($.int)
      return BigInt(ofParts([year === 0 ? 1899 : year, month === 0 ? 12 : month, date === 0 ? 31 : date, ...rest]))
    },
  }
  const own = (value: unknown): Date => (value instanceof $.Date ? new Date(value.ms) : $.fail('not a date'))
  const iso = (value: unknown) => own(value).toISOString().replace('.000Z', 'Z')
  const methods = {
    getTime: (date: unknown) => BigInt(own(date).getTime()),
    valueOf: (date: unknown) => BigInt(own(date).getTime()),
    parseSecondMilli: (date: unknown) => BigInt(own(date).getTime()),
    parseSecond: (date: unknown) => BigInt(Math.floor(own(date).getTime() / 1000)),
    ...{ toISOString: iso, toJSON: iso },
    getLocaleZoneOffset: () => new $.Instance('Z', { getTotalSeconds: () => 0, getId: () => 'Z' }),
    setTime: (date: unknown, ms: unknown) => {
      const given = $.isNumber(ms) ? $.numberOf(ms) : $.fail(`${$.text(ms)} is no time in milliseconds`)
      if (date instanceof $.Date) date.ms = moment(given)
      return null
    },
  }
  $.dateMethods = Object.assign(Object.create(null), methods)
}

/** Dates as people write them, in their language and time zone. */
export const installDateTexts = ($: Runtime): void => {
  type Style = 'full' | 'long' | 'medium' | 'short'
  type Options = { zone: string; date: Style; time: Style; pattern: string | null }
  const isZone = $.isZone as (zone: string) => boolean
  const styles: readonly Style[] = ['full', 'long', 'medium', 'short']
  const styleOf = (value: unknown, other: Style): Style =>
    styles.find((style) => !$.isNull(value) && style === $.text(value).toLowerCase()) ?? other
  /** JSON with timeZone, dateStyle, timeStyle and pattern, or a time zone. A zone that is not known is UTC. */
  const optionsOf = (value: unknown): Options => {
    const text = $.isNull(value) ? '' : $.text(value)
    const given = text.trim().startsWith('{') ? $.fromJson(text) : null
    const part = (name: string): unknown => (given instanceof Map ? given.get(name) : undefined)
    const zone = given === null ? text : $.text(part('timeZone') ?? '')
    const pattern = part('pattern')
    return {
      zone: zone !== '' && isZone(zone) ? zone : 'UTC',
      ...{ date: styleOf(part('dateStyle'), 'short'), time: styleOf(part('timeStyle'), 'medium') },
      pattern: typeof pattern === 'string' && pattern !== '' ? pattern : null,
    }
  }
  const writeDate = $.writeDate as (pattern: string, ms: number, zone: string, locale: string | null) => string
  const plainDates = { full: 'y MMM d, EEE', long: 'y MMM d', medium: 'y MMM d', short: 'y-MM-dd' }
  const plainTimes = { full: 'HH:mm:ss zzzz', long: 'HH:mm:ss z', medium: 'HH:mm:ss', short: 'HH:mm' }
  const shown = (tag: unknown, ms: number, zone: string, date: Style | null, time: Style | null): string => {
    // A long date and a short time stand side by side without the word between them.
    if ((date === 'full' || date === 'long') && (time === 'medium' || time === 'short')) {
      const [first, second] = [shown(tag, ms, zone, date, null), shown(tag, ms, zone, null, time)]
      return `${first}${($.localeOf as (tag: unknown) => string | null)(tag) === null ? ' ' : ', '}${second}`
    }
    const locale = ($.localeOf as (tag: unknown) => string | null)(tag)
    if (locale === null) {
      const parts = [...(date ? [plainDates[date]] : []), ...(time ? [plainTimes[time]] : [])]
      return writeDate(parts.join(' '), ms, zone, null)
    }
    const id = ($.zoneName as (zone: string) => string)(zone).replace(/^(?:GMT|UTC|UT)(?=[+-])/, '')
    const isOffset = /^[+-]/.test(id)
    const clock = isOffset
      ? ($.offsetText as (offset: number, colon: string, isShort: boolean) => string)(
          ($.offsetAt as (zone: string, ms: number) => number)(id, ms),
          ':',
          false,
        )
      : /^(?:GMT|UT|Z)$/.test(id)
        ? 'UTC'
        : id
    const options: Intl.DateTimeFormatOptions = { timeZone: clock }
    if (date) options.dateStyle = date
    if (time) options.timeStyle = time
    const format = ($.localFormat as (locale: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat)(
      locale,
      options,
    )
    return format.format(ms).replace(/[\u202f\u00a0]/g, ' ')
  }
  type Choose = (options: Options) => [date: Style | null, time: Style | null]
  /** A method with a language and options; the first has its own language when none is given. */
  const method =
    (locale: string, choose: Choose, choosePlain: Choose = choose) =>
    (date: unknown, tag: unknown = locale, given?: unknown): string => {
      const ms = date instanceof $.Date ? date.ms : $.fail('not a date')
      const options = optionsOf(given)
      if (options.pattern !== null)
        return writeDate(options.pattern, ms, options.zone, ($.localeOf as (tag: unknown) => string | null)(tag))
      const [day, time] = (given === undefined ? choosePlain : choose)(options)
      return shown(tag, ms, options.zone, day, time)
    }
  const methods = {
    toString: method('en', () => ['full', 'full']),
    toDateString: method('utc', () => ['full', null]),
    toTimeString: method('en', () => [null, 'full']),
    toUTCString: method('utc', () => ['full', 'medium']),
    toLocaleString: method('utc', ({ date, time }) => [date, time]),
    toLocaleDateString: method(
      'utc',
      ({ date }) => [date, null],
      () => ['full', null],
    ),
    toLocaleTimeString: method('en', ({ time }) => [null, time]),
  }
  Object.assign($.dateMethods, methods)
}

/** What reads, sets and moves the parts of a date. Local and UTC are the same. */
export const installDateParts = ($: Runtime): void => {
  const own = (value: unknown): { ms: number } => (value instanceof $.Date ? value : $.fail('not a date'))
  const reading: Record<string, (date: Date) => number> = {
    FullYear: (date) => date.getUTCFullYear(),
    Month: (date) => date.getUTCMonth() + 1,
    Date: (date) => date.getUTCDate(),
    Day: (date) => date.getUTCDay() || 7,
    Hours: (date) => date.getUTCHours(),
    Minutes: (date) => date.getUTCMinutes(),
    Seconds: (date) => date.getUTCSeconds(),
    Milliseconds: (date) => date.getUTCMilliseconds(),
  }
  /** The order in which a setter takes its parts, and the first of them it sets. */
  const calendar = ['FullYear', 'Month', 'Date']
  const clock = ['Hours', 'Minutes', 'Seconds', 'Milliseconds']
  const write = (date: Date, part: string, value: number) => {
    if (part === 'FullYear') date.setUTCFullYear(value)
    else if (part === 'Month') date.setUTCMonth(value - 1)
    else if (part === 'Date') date.setUTCDate(value)
    else if (part === 'Hours') date.setUTCHours(value)
    else if (part === 'Minutes') date.setUTCMinutes(value)
    else if (part === 'Seconds') date.setUTCSeconds(value)
    else date.setUTCMilliseconds(value)
  }
  const set = (parts: string[], target: unknown, values: unknown[]) => {
    const date = new Date(own(target).ms)
    // The day of before may be one that the new month has not.
    if (values.length > 1 && parts[values.length - 1] === 'Date') date.setUTCDate(1)
    for (const [index, value] of values.entries())
      write(date, parts[index] ?? $.fail('too many parameters'), $.int(value))
    own(target).ms = ($.moment as (ms: number) => number)(date.getTime())
    return null
  }
  for (const parts of [calendar, clock, ['Day']]) {
    for (const [index, part] of parts.entries()) {
      for (const name of [part, `UTC${part}`]) {
        $.dateMethods[`get${name}`] = (date) => reading[part]?.(new Date(own(date).ms))
        if (part !== 'Day') $.dateMethods[`set${name}`] = (date, ...values) => set(parts.slice(index), date, values)
      }
    }
  }
  const months = (target: unknown, count: number) => {
    const date = new Date(own(target).ms)
    const day = date.getUTCDate()
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() + count)
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    date.setUTCDate(Math.min(day, last))
    own(target).ms = ($.moment as (ms: number) => number)(date.getTime())
    return null
  }
  $.dateMethods.addYears = (date, count) => months(date, $.int(count) * 12)
  $.dateMethods.addMonths = (date, count) => months(date, $.int(count))
  const lengths = {
    Weeks: 604_800_000,
    Days: 86_400_000,
    Hours: 3_600_000,
    Minutes: 60_000,
    Seconds: 1000,
    Nanos: 0.000001,
  }
  for (const [name, ms] of Object.entries(lengths)) {
    $.dateMethods[`add${name}`] = (date, count) => {
      const by = typeof count === 'bigint' ? Number(count) : $.int(count)
      own(date).ms = ($.moment as (ms: number) => number)(Math.floor(own(date).ms + by * ms))
      return null
    }
  }
}
