import type { Runtime } from './types.ts'

/** Date: months count from 1, days of the week from Monday = 1. The zone of the server is UTC. */
export const installDates = ($: Runtime): void => {
  $.Date = class {
    ms: number
    constructor(ms: number) {
      this.ms = ms
    }
  }
  const zoned = (zone: string): number => {
    const offset = /^(?:UTC|GMT|Z)?(?:([+-])(\d{2}):?(\d{2})?)?$/.exec(zone)
    if (!offset) return $.fail(`the zone ${zone} is not supported`)
    return (offset[1] === '-' ? -1 : 1) * (Number(offset[2] ?? 0) * 60 + Number(offset[3] ?? 0)) * 60_000
  }
  const checked = (what: string, value: number, least: number, most: number) =>
    value < least || value > most ? $.fail(`${what} ${value} is not between ${least} and ${most}`) : value
  const ofParts = (parts: number[]): number => {
    const [year = 1970, month = 1, date = 1, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = parts
    checked('month', month, 1, 12)
    checked('hour', hours, 0, 23)
    checked('minute', minutes, 0, 59)
    checked('second', seconds, 0, 59)
    checked('day', date, 1, new Date(Date.UTC(year, month, 0)).getUTCDate())
    const at = new Date(Date.UTC(2000, month - 1, date, hours, minutes, seconds, milliseconds))
    return at.setUTCFullYear(year, month - 1, date)
  }
  const form =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/
  const ofText = (text: string): number => {
    const match = form.exec(text.trim())
    if (!match) return $.fail(`the date ${text} cannot be read`)
    const parts = match.slice(1, 7).map((part) => Number(part ?? 0))
    return ofParts([...parts, Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))]) - zoned(match[8] ?? 'Z')
  }
  $.makeDate = (parameters: unknown[]): unknown => {
    const [first] = parameters
    if (first === undefined) return new $.Date(Date.now())
    if (typeof first === 'string') {
      return parameters.length === 1 ? new $.Date(ofText(first)) : $.fail('dates with a pattern are not supported')
    }
    if (parameters.length === 1) return new $.Date($.numberOf(first))
    const last = parameters.at(-1)
    const numbers = (typeof last === 'string' ? parameters.slice(0, -1) : parameters).map($.int)
    return new $.Date(ofParts(numbers) - (typeof last === 'string' ? zoned(last) : 0))
  }
  $.classes.Date = {
    now: () => BigInt(Date.now()),
    parse: (text: unknown) => BigInt(ofText($.string(text))),
    UTC: (...parts: unknown[]) => {
      const [year = 0, month = 0, date = 0, ...rest] = parts.map($.int)
      return BigInt(ofParts([year === 0 ? 1899 : year, month === 0 ? 12 : month, date === 0 ? 31 : date, ...rest]))
    },
  }
  const own = (value: unknown): Date => (value instanceof $.Date ? new Date(value.ms) : $.fail('not a date'))
  const iso = (value: unknown) => own(value).toISOString().replace('.000Z', 'Z')
  const english = (value: unknown) => {
    const at = own(value)
    const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
    const months = 'January February March April May June July August September October November December'.split(' ')
    const two = (part: number) => String(part).padStart(2, '0')
    const time = `${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCHours() < 12 ? 'AM' : 'PM'}`
    const day = `${days[at.getUTCDay()]}, ${months[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()}`
    return `${day} at ${time} Coordinated Universal Time`
  }
  const methods = {
    getTime: (date: unknown) => BigInt(own(date).getTime()),
    valueOf: (date: unknown) => BigInt(own(date).getTime()),
    parseSecondMilli: (date: unknown) => BigInt(own(date).getTime()),
    parseSecond: (date: unknown) => BigInt(Math.floor(own(date).getTime() / 1000)),
    toISOString: iso,
    toJSON: iso,
    toString: (date: unknown) => english(date),
    setTime: (date: unknown, ms: unknown) => {
      if (date instanceof $.Date) date.ms = $.numberOf(ms)
      return null
    },
  }
  $.dateMethods = Object.assign(Object.create(null), methods)
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
    const isWhole = parts[0] !== undefined && calendar.includes(parts[0]) && values.length > 1
    if (isWhole && values.length === 3) date.setUTCDate(1)
    for (const [index, value] of values.entries())
      write(date, parts[index] ?? $.fail('too many parameters'), $.int(value))
    own(target).ms = date.getTime()
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
    own(target).ms = date.getTime()
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
      own(date).ms = Math.floor(own(date).ms + $.numberOf(count) * ms)
      return null
    }
  }
}
