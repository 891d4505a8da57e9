import type { Runtime } from './types.ts'

/** Dates by patterns such as `yyyy-MM-dd HH:mm:ss`: written and read. */
export const installPatternsOfDates = ($: Runtime): void => {
  type Token = { letter: string; count: number } | { text: string } | { optional: Token[] }
  type Width = 'short' | 'long' | 'narrow'
  const monthName = $.monthName as (locale: string, month: number, width: Width, isAlone: boolean) => string
  const dayName = $.dayName as (locale: string, day: number, width: Width) => string
  const halfName = $.halfName as (locale: string, hour: number) => string
  const zoneTitle = $.zoneTitle as (locale: string, zone: string, width: 'short' | 'long', ms: number) => string
  const offsetAt = $.offsetAt as (zone: string, ms: number) => number
  const offsetText = $.offsetText as (offset: number, colon: string, isShort: boolean) => string
  const bad = (pattern: string): never => $.fail(`the date pattern ${pattern} is not supported`)
  const letters = 'GyuMLdDEecQahHkKmsSAnNVzOXxZ'
  const tokens = new Map<string, Token[]>()
  const tokensOf = (pattern: string): Token[] => {
    const known = tokens.get(pattern)
    if (known) return known
    if (pattern.length > 100) bad(`${pattern.slice(0, 50)}…`)
    const outer: Token[][] = [[]]
    const add = (token: Token) => outer.at(-1)?.push(token)
    for (const [whole, quoted, run] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[\s\S]/g)) {
      if (quoted !== undefined) add({ text: quoted === '' ? "'" : quoted.replaceAll("''", "'") })
      else if (run !== undefined) {
        if (!letters.includes(run) || whole.length > 9) bad(pattern)
        add({ letter: run, count: whole.length })
      } else if (whole === '[') outer.push([])
      else if (whole === ']') {
        const inner = outer.pop() ?? []
        if (outer.length === 0 || outer.length > 9) bad(pattern)
        add({ optional: inner })
      } else if ("'{}#".includes(whole)) bad(pattern)
      else add({ text: whole })
    }
    // A bracket at the end may stay open.
    while (outer.length > 1) {
      const inner = outer.pop() ?? []
      add({ optional: inner })
    }
    const made = outer[0] ?? []
    if (tokens.size > 100) tokens.clear()
    tokens.set(pattern, made)
    return made
  }
  const padded = (value: number, count: number) => String(value).padStart(count, '0')
  const widthOf = (count: number): Width => (count === 4 ? 'long' : count === 5 ? 'narrow' : 'short')
  const zoneText = (letter: string, count: number, zone: string, locale: string, ms: number): string => {
    const offset = offsetAt(zone, ms)
    if (letter === 'V') return zone
    if (letter === 'z') return zoneTitle(locale, zone, count === 4 ? 'long' : 'short', ms)
    if (letter === 'O' || (letter === 'Z' && count === 4)) {
      if (offset === 0) return 'GMT'
      const text = offsetText(offset, ':', count < 4)
      return `GMT${count < 4 ? text.replace(/^([+-])0/, '$1') : text}`
    }
    if (letter === 'Z')
      return count === 5 ? (offset === 0 ? 'Z' : offsetText(offset, ':', false)) : offsetText(offset, '', false)
    if (letter === 'X' && offset === 0) return 'Z'
    return offsetText(offset, count % 2 > 0 && count > 1 ? ':' : '', count === 1)
  }
  const written = (letter: string, count: number, ms: number, zone: string, locale: string): string => {
    const at = new Date(ms + offsetAt(zone, ms))
    const hour = at.getUTCHours()
    const day = at.getUTCDay() || 7
    const today = Math.floor(at.getTime() / 86_400_000)
    const newYear = new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(at.getUTCFullYear()) / 86_400_000
    const ofDay = at.getTime() - today * 86_400_000
    const numbers: Record<string, number> = {
      ...{ d: at.getUTCDate(), H: hour, k: hour || 24, K: hour % 12, h: hour % 12 || 12 },
      ...{ m: at.getUTCMinutes(), s: at.getUTCSeconds(), e: (day % 7) + 1, c: (day % 7) + 1 },
      ...{ D: today - newYear + 1, A: ofDay },
      ...{ n: at.getUTCMilliseconds() * 1_000_000, N: ofDay * 1_000_000 },
    }
    const number = numbers[letter]
    if (number !== undefined && !('ec'.includes(letter) && count > 2)) return padded(number, count)
    if (letter === 'y' || letter === 'u') {
      const year = at.getUTCFullYear()
      return count === 2 ? padded(((year % 100) + 100) % 100, 2) : padded(year, count)
    }
    const month = at.getUTCMonth() + 1
    if (letter === 'M' || letter === 'L')
      return count < 3 ? padded(month, count) : monthName(locale, month, widthOf(count), letter === 'L')
    if ('Eec'.includes(letter)) return dayName(locale, day, widthOf(count))
    if (letter === 'Q') return count < 3 ? padded(Math.ceil(month / 3), count) : `Q${Math.ceil(month / 3)}`
    if (letter === 'a') return halfName(locale, hour)
    if (letter === 'S') return padded(at.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count)
    if (letter === 'G') return at.getUTCFullYear() > 0 ? 'AD' : 'BC'
    return zoneText(letter, count, zone, locale, ms)
  }
  const write = (list: Token[], ms: number, zone: string, locale: string): string =>
    list
      .map((token) => {
        if ('text' in token) return token.text
        if ('optional' in token) return write(token.optional, ms, zone, locale)
        return written(token.letter, token.count, ms, zone, locale)
      })
      .join('')
  $.writeDate = (pattern: string, ms: number, zone: string, locale: string | null): string =>
    write(tokensOf(pattern), ms, zone, locale ?? 'en')

  type Read = {
    text: string
    at: number
    fields: Record<string, number>
    zone: string | null
    locale: string
    isLenient: boolean
  }
  const isNumeric = (token: Token | undefined): boolean =>
    token !== undefined &&
    'letter' in token &&
    ('ydHhkKmsSDAnNu'.includes(token.letter) || ('ML'.includes(token.letter) && token.count < 3))
  const readNumber = (read: Read, letter: string, count: number, isNextNumeric: boolean): boolean => {
    const free = read.isLenient && !isNextNumeric
    const isYear = letter === 'y' || letter === 'u'
    const isFixed = letter === 'S' || count === 2 || isNextNumeric
    const most = isFixed && !free ? count : isYear ? 9 : Math.max(count, letter === 'D' || letter === 'S' ? 3 : 2)
    const least = free ? 1 : letter === 'S' ? count : Math.min(count, isYear ? 4 : 2)
    const digits = /^[+-]?\d+/.exec(read.text.slice(read.at, read.at + most))?.[0]
    if (digits === undefined || digits.length < least) return false
    read.at += digits.length
    const value = Number(digits)
    read.fields[letter === 'L' ? 'M' : letter === 'u' ? 'y' : letter] =
      letter === 'S'
        ? Number(digits.padEnd(3, '0').slice(0, 3))
        : 'yu'.includes(letter) && count === 2
          ? 2000 + value
          : value
    return true
  }
  const readName = (read: Read, names: string[]): number => {
    const rest = read.text.slice(read.at)
    let best = -1
    for (const [index, name] of names.entries())
      if (name !== '' && rest.startsWith(name) && name.length > (names[best]?.length ?? 0)) best = index
    if (best >= 0) read.at += names[best]?.length ?? 0
    return best
  }
  const zoneForm = /^(?:Z|(?:GMT|UTC|UT)?[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?|[A-Z][A-Za-z]*(?:[/_+-][A-Za-z0-9]+)*)/
  const readOne = (read: Read, token: Token, next: Token | undefined): boolean => {
    if ('text' in token) {
      if (!read.text.startsWith(token.text, read.at)) return false
      read.at += token.text.length
      return true
    }
    if ('optional' in token) {
      const before = { at: read.at, fields: { ...read.fields }, zone: read.zone }
      if (!readAll(read, token.optional)) Object.assign(read, before)
      return true
    }
    const { letter, count } = token
    if (isNumeric(token)) return readNumber(read, letter, count, isNumeric(next))
    const numbers = (most: number) => Array.from({ length: most }, (_, index) => index + 1)
    if (letter === 'M' || letter === 'L') {
      const found = readName(
        read,
        numbers(12).map((month) => monthName(read.locale, month, widthOf(count), letter === 'L')),
      )
      read.fields.M = found + 1
      return found >= 0
    }
    if (letter === 'E')
      return (
        readName(
          read,
          numbers(7).map((day) => dayName(read.locale, day, widthOf(count))),
        ) >= 0
      )
    if (letter === 'a') {
      read.fields.a = readName(read, [halfName(read.locale, 0), halfName(read.locale, 12)])
      return read.fields.a >= 0
    }
    if (letter === 'G') return readName(read, ['AD', 'BC']) === 0
    if (!'VzOXxZ'.includes(letter)) return bad(letter)
    const zone = zoneForm.exec(read.text.slice(read.at))?.[0]
    if (zone === undefined || !($.isZone as (zone: string) => boolean)(zone)) return false
    read.at += zone.length
    read.zone = zone
    return true
  }
  const readAll = (read: Read, list: Token[]): boolean =>
    list.every((token, index) => readOne(read, token, list[index + 1]))
  type How = { isZoneFixed: boolean; isLenient: boolean }
  /** The moment a text names, or null; `zone`: that of a text that names none. */
  $.readDate = (text: string, pattern: string, zone: string, locale: string | null, how: How): number | null => {
    const read: Read = { text, at: 0, fields: {}, zone: null, locale: locale ?? 'en', isLenient: how.isLenient }
    if (!readAll(read, tokensOf(pattern)) || (read.at < text.length && !how.isLenient)) return null
    const { y = 1970, M = 1, d = 1, H, k, K, h, a = 0, m = 0, s = 0, S = 0 } = read.fields
    const ofHalf = (h === undefined ? (K ?? 0) : h % 12) + 12 * Math.max(0, a)
    const parts = [y, M, d, H ?? (k === undefined ? ofHalf : k % 24), m, s, S]
    const shownAt = $.shownAt as (parts: number[], isText: boolean) => number | null
    const shown = how.isLenient ? rolled(parts) : shownAt(parts, true)
    const place = how.isZoneFixed ? zone : (read.zone ?? zone)
    return shown === null ? null : ($.momentAt as (zone: string, shown: number) => number)(place, shown)
  }
  /** A 13th month is the first of the next year, and so on. */
  const rolled = ([y = 1970, M = 1, d = 1, ...time]: number[]): number =>
    new Date(Date.UTC(2000, 0, 1, ...time)).setUTCFullYear(y, M - 1, d + (time[0] === 24 ? 1 : 0))
}
