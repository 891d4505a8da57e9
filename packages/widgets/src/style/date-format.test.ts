import { describe, expect, it } from 'vitest'
import { dateFormat, formatDate, formatPattern } from './date-format.ts'

const ts = Date.UTC(2026, 2, 7, 14, 5, 9, 42)
const utc = { locale: 'en', timeZone: 'UTC' }
const ago = { ...utc, age: () => '3 min ago' }

describe('dates of files', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2026-03-07 14:05:09'],
    ['MMM dd yyyy HH:mm:ss.SSS', 'Mar 07 2026 14:05:09.042'],
    ['EEE, MMMM d, yy h:mm a', 'Sat, March 7, 26 2:05 PM'],
    ["d.M.yyyy 'at' H'h'", '7.3.2026 at 14h'],
  ])('writes %s', (pattern, text) => {
    expect(formatPattern(ts, pattern, utc)).toBe(text)
  })

  it('is in the place of the viewer', () => {
    expect(formatPattern(ts, 'MMMM d HH:mm', { locale: 'de', timeZone: 'Asia/Tokyo' })).toBe('März 7 23:05')
  })

  it('tells how long ago, as finely as needed, or by a pattern', () => {
    expect(formatDate(ts, dateFormat().parse(undefined), ago)).toBe('3 min ago')
    const auto = dateFormat().parse({ auto: true, lastUpdateAgo: false, autoDateFormatSettings: { day: 'd MMM' } })
    expect(formatDate(Date.UTC(2026, 2, 7), auto, ago)).toBe('7 Mar')
    expect(formatDate(ts, auto, { ...ago, interval: 3_600_000 })).toBe('Mar 07 2026 14:05')
    expect(formatDate(ts, dateFormat().parse({ format: 'yyyy', lastUpdateAgo: false }), ago)).toBe('2026')
  })

  it('says nothing of a time that no calendar has', () => {
    expect(formatPattern(Number.NaN, 'yyyy', utc)).toBe('—')
    expect(formatPattern(1e20, 'yyyy', utc)).toBe('—')
  })
})
